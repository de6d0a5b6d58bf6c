/* html_scan.h - what the parts of the scanner of plain pages share: its tags and its tokens. */
#ifndef GONGKAI_IMPORTERS_HTML_SCAN_H
#define GONGKAI_IMPORTERS_HTML_SCAN_H

#include "importers/html.h"

/* How an element behaves in the HTML standard's construction of a tree, as far as a reader can
 * notice. */
enum html_role {
    ROLE_INLINE,  /* a piece of text: nothing */
    ROLE_BLOCK,   /* ends a paragraph before it */
    ROLE_P,
    ROLE_HEADING,
    ROLE_ITEM,    /* <li>: ends the item before it */
    ROLE_TERM,    /* <dt>, <dd>: each ends the other */
    ROLE_PRE,
    ROLE_FORM,
    ROLE_BUTTON,
    ROLE_OBJECT,  /* a scope of its own */
    ROLE_TABLE,
    ROLE_CAPTION,
    ROLE_COLUMN,
    ROLE_SECTION,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_VOID,    /* a piece of text in which nothing stands, and which no reader notices */
    ROLE_SOURCE,  /* the same, but no piece of text */
    ROLE_META,    /* the same, and belongs into the head */
    ROLE_NOSCRIPT,
    ROLE_LINE,
    ROLE_RULE,
    ROLE_PICTURE,
    ROLE_INPUT,
    ROLE_RAW,     /* up to its end tag no markup is read in it */
    ROLE_TITLE,   /* the same, and belongs into the head */
    ROLE_SELECT,
    ROLE_DRAWING,
    ROLE_OPTION,
    ROLE_HTML,
    ROLE_HEAD,
    ROLE_BODY,
    ROLE_ODD,     /* what the scanner leaves to gumbo */
};

enum {
    TAG_FORMATTING = 1, /* opened again behind a block that ended it */
    TAG_SCOPE = 2,      /* what stands around it cannot be ended from inside */
    TAG_SKIPPED = 4,    /* never shown */
    TAG_STYLED = 8,     /* not shown where its style says so */
    TAG_ENDS = 16,      /* ends by itself: it cannot nest deep */
    TAG_SHOWN = 32,     /* shows something in a cell that is no text of it … */
    TAG_LOUD = 64,      /* … and belongs to the text beside it */
    TAG_RARE = 128,     /* left to gumbo in a cell */
};

struct html_tag {
    char head[9];     /* its first eight letters, small */
    const char *rest; /* those behind them */
    uint8_t role, kind, flags;
};

/* The tag of that name, in any case; html_unknown when it is none of the table. */
extern const struct html_tag html_unknown;
const struct html_tag *html_tag(struct str name);

/* The attributes that matter. */
enum html_attribute {
    ATTRIBUTE_STYLE,
    ATTRIBUTE_HIDDEN,
    ATTRIBUTE_ROLE,
    ATTRIBUTE_ROWSPAN,
    ATTRIBUTE_COLSPAN,
    ATTRIBUTE_WIDTH,
    ATTRIBUTE_HEIGHT,
    ATTRIBUTE_TYPE,
    ATTRIBUTE_VALUE,
    ATTRIBUTE_NAME,
    ATTRIBUTE_CONTENT,
    ATTRIBUTES,
};

/* A start or end tag. */
struct html_token {
    const struct html_tag *tag;
    struct str name;
    const char *at, *behind; /* its < and what follows its > */
    bool end, closed; /* an end tag; a start tag that ends with /> */
    unsigned has; /* a bit for each attribute that is there: values as they stand in the page */
    struct str value[ATTRIBUTES];
};

static inline bool html_has(const struct html_token *token, enum html_attribute attribute)
{
    return token->has >> attribute & 1;
}

/* What stands at `p`, up to `end`. Each returns what follows it; NULL where that is not certain,
 * or not there: a tag whose < stands at p; a comment, a document type or another declaration; the
 * content of a raw element, up to its end tag. */
const char *html_read_tag(struct html_token *token, const char *p, const char *end);
const char *html_skip_declaration(const char *p, const char *end);
const char *html_skip_raw(struct str name, const char *p, const char *end);

/* The character reference at the head of `s`, as UTF-8 in the arena or anywhere for good. Its
 * length; 0 when the & stands for itself, -1 where that is not certain. */
int html_reference(struct str *out, struct arena *arena, struct str s);

/* Whether a text holds nothing but characters that stand for themselves: no references, no control
 * characters, no carriage returns. */
bool html_is_plain(struct str s);

/* How many bytes at the head of `s` are a character that stands for itself, though its first byte
 * may begin another; 0 when it does not. */
int html_plain_length(struct str s);

/* The same text with its references resolved. -1 where that is not certain. */
int html_resolve(struct str *out, struct arena *arena, struct str s);

/* Makes the nodes of a page whose markup leaves no doubt about its tree. 1: they are made; 0: it
 * does leave one, or memory ran out; ask gumbo. */
int html_scan(struct html_page *page, struct str text);

#endif
