/* html_open.h - the scanner of plain pages: where it is, and the stack of open elements. */
#ifndef GONGKAI_IMPORTERS_HTML_OPEN_H
#define GONGKAI_IMPORTERS_HTML_OPEN_H

#include "importers/html_scan.h"

/* Pages that nest deeper, or leave more open, are left to gumbo. */
enum { OPEN_MAX = 400, ACTIVE_MAX = 64 };

/* Where the scanner is in the page. */
enum stage { STAGE_BEFORE, STAGE_HEAD, STAGE_AFTER_HEAD, STAGE_BODY };

/* By its document type a page is read as old browsers did, or not: a table ends the paragraph before
 * it, or stands in it. */
enum manner { MANNER_OLD, MANNER_NEW, MANNER_UNKNOWN };

/* An open element. */
struct open {
    const struct html_tag *tag;
    struct str name;
    uint32_t id;
    uint8_t nodes; /* that end with it: its own, and that of a form which goes on in it */
    bool skipped;
};

/* An active formatting element: one that is opened again behind a block that has ended it. Without
 * tag it is a marker: none of those before it. */
struct active {
    const struct html_tag *tag;
    uint32_t id;
    bool skipped;
};

struct scan {
    struct html_page *page;
    const char *begin, *p, *end;
    const char *counted; /* up to here lines are counted */
    uint32_t line;
    enum stage stage;
    enum manner manner;
    bool typed;   /* no document type counts any more */
    bool settled; /* the title is that of the article */
    bool broken;  /* nothing came since a line was ended */
    bool pending; /* visible text has come, and nothing since that makes it a node for gumbo */
    /* Places on the stack, counted from 1; 0: there is none. */
    int form; /* of the form that </form> ends; -1: it is not on the stack */
    int skip; /* of the outermost element that is not shown */
    int pre;  /* of the outermost preformatted one */
    int raised; /* of the outermost raised text */
    int depth, active_count;
    uint32_t ids;
    uint64_t steps; /* along the stack */
    struct open open[OPEN_MAX];
    struct active active[ACTIVE_MAX];
};

/* Functions that return bool say whether all is certain so far; places are counted from 1, 0 says
 * that there is none. */

/* The line of `p`, which is never before that of the last call. */
uint32_t scan_line(struct scan *s, const char *p);

/* A token that the standard passes over: it joins the text on both sides into one, whose lines are
 * then counted without it. */
bool scan_ignore(const struct html_token *token);

/* The role of the innermost open element; ROLE_BODY where none is open. */
static inline enum html_role scan_role(const struct scan *s)
{
    return s->depth > 0 ? s->open[s->depth - 1].tag->role : ROLE_BODY;
}

/* Whether that is a table, a group or a row, directly in which only some elements may stand. */
static inline bool scan_in_table(const struct scan *s)
{
    enum html_role role = scan_role(s);
    return role == ROLE_TABLE || role == ROLE_SECTION || role == ROLE_ROW;
}

/* Whether a cell is open. */
bool scan_in_cell(const struct scan *s);

/* Whether an open element is that of the token. */
bool scan_same(const struct open *open, const struct html_token *token);

/* Whether a tag is one of those through which no end tag of a piece of text reaches. */
bool scan_special(const struct html_tag *tag);

/* Says that something stands in the innermost element, even where that has no node. */
void scan_fill(struct scan *s);

/* Begins a node at `at`; NULL when memory ran out. Adds one that holds no other. */
struct html_node *scan_begin(struct scan *s, enum html_kind kind, const char *at);
bool scan_leaf(struct scan *s, enum html_kind kind, const char *at, struct str text);

/* Opens an element, with its node where it has one. */
bool scan_open(struct scan *s, const struct html_token *token, bool skipped);

/* Ends the innermost element; ends all down to the one at that place. */
void scan_pop(struct scan *s);
bool scan_pop_to(struct scan *s, int place);

/* The place of the innermost open element with that tag, or of that role, in scope. */
int scan_find(const struct scan *s, const struct html_tag *tag);
int scan_find_role(const struct scan *s, enum html_role role);
int scan_find_paragraph(const struct scan *s);

/* Ends the paragraph that is open, if one is. */
bool scan_end_paragraph(struct scan *s);

/* Puts an element on the stack at that place, or takes it off, in the middle of it. */
bool scan_insert(struct scan *s, int place, struct open open);
void scan_remove(struct scan *s, int place);

/* Formatting. Opens again what blocks have ended; opens an element of it; ends one; keeps what is
 * open now from what follows, and forgets all up to there. */
bool scan_reopen(struct scan *s);
bool scan_open_formatting(struct scan *s, const struct html_token *token, bool skipped);
bool scan_end_formatting(struct scan *s, const struct html_tag *tag);
bool scan_mark(struct scan *s);
void scan_unmark(struct scan *s);

/* What a start tag and an end tag in the body do. */
bool scan_start(struct scan *s, const struct html_token *token);
bool scan_end(struct scan *s, const struct html_token *token);

/* Passes over a raw element behind its start tag: what stands in it, where that is asked for. */
bool scan_raw(struct scan *s, const struct html_token *token, struct str *inside);

/* Whether an element is not shown: 1, 0, or -1 where its attributes hold references that may matter,
 * or it is struck out. */
int scan_hidden(const struct html_token *token);

/* The same of an element that opens here: in a cell less is certain. */
int scan_hidden_here(const struct scan *s, const struct html_token *token);

/* Marks where something is shown in a cell that is no text of it. */
bool scan_unread(struct scan *s, enum html_kind kind, const char *at, enum html_mark mark,
                 bool loud);

#endif
