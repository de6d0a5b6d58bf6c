/* html.h - what the parts of the HTML importer share. A page is a row of nodes in reading order:
 * of all its elements only those that a reader notices, each with the place where it ends. Two
 * make them: gumbo, whatever the markup (html_tree.c), and a scanner, where that is plain
 * (html_scan.c). What becomes of them is one thing (html_walk.c, html_table.c). */
#ifndef GONGKAI_IMPORTERS_HTML_H
#define GONGKAI_IMPORTERS_HTML_H

#include "core/base/buf.h"
#include "importers/importer.h"

enum html_kind {
    HTML_NOTHING, /* what no reader notices: no node */
    HTML_TEXT,    /* characters, white space as it stands */
    HTML_TYPED,   /* what was typed into an input */
    HTML_PICTURE,
    HTML_LINE,    /* <br> */
    HTML_BLOCK,   /* begins and ends a line of its own */
    HTML_PRE,     /* the same, its text preformatted */
    HTML_RAISED,  /* raised or lowered text */
    HTML_TABLE,
    HTML_CAPTION,
    HTML_SECTION, /* a group of rows */
    HTML_ROW,
    HTML_CELL,
    HTML_UNREAD,  /* what is shown otherwise than as its text, or not at all: see its mark */
};

/* Why what stands in a node is no text of the cell around it. */
enum html_mark {
    MARK_NONE,
    MARK_PICTURE,
    MARK_CONTROL, /* of a form, or a frame */
    MARK_SCRIPT,  /* may write what is shown */
    MARK_FORMULA,
    MARK_TABLE,
    MARK_STRUCK,  /* struck out or deleted */
    MARK_HIDDEN,
};

enum { HTML_NONE = -1 };

struct html_node {
    struct str text;   /* of HTML_TEXT and HTML_TYPED */
    uint32_t line;
    uint32_t end;      /* the node behind the last one inside it */
    uint32_t up;       /* the node around it, HTML_TOP: none */
    int32_t rowspan;   /* of a cell, as stated; HTML_NONE: not stated */
    uint16_t colspan;  /* of a cell, at least 1 */
    uint8_t kind;
    bool skipped;      /* of a block or table: it is not shown, and nothing inside it is here */
    bool icon;         /* of a picture: too small to hold text */
    bool filled;       /* of raised text: something stands in it */
    uint8_t mark;      /* an enum html_mark */
    bool loud;         /* of a marked node: what it shows belongs to the text beside it */
};

#define HTML_TOP UINT32_MAX

struct html_page {
    struct arena *arena; /* of the nodes and of what their texts are no views for */
    struct html_node *nodes;
    uint32_t count, open; /* open: the innermost node that has no end yet, HTML_TOP: none */
    size_t capacity;
    struct str title;
};

/* Text as a browser would show it: white space run together, begun at `line`. */
struct html_text {
    struct buf buf;
    uint32_t line;  /* of the first visible text, 0: none yet */
    bool space;     /* white space came and is not written yet */
    bool bracketed; /* a bracket stands open around raised text */
    /* A bit for each mark that came; of those whose node is loud. */
    unsigned marks, loud;
};

/* An empty page. */
struct html_page html_page_new(struct arena *arena);

/* Begins a node inside the one that is open; NULL when memory ran out. Ends the one that is open.
 * The node is good until the next begins. */
struct html_node *html_begin(struct html_page *page, enum html_kind kind, uint32_t line);
void html_end(struct html_page *page);

/* Makes the nodes of a page as gumbo parses it. What gumbo takes comes out of the page's arena, so
 * that no page takes more memory than allowed, and it stops where a page takes too much time. */
int html_tree(struct html_page *page, struct str text, struct err *err);

enum {
    STYLE_GONE = 1,   /* not shown, its place neither */
    STYLE_HIDDEN = 2, /* not shown, but its place */
    STYLE_STRUCK = 4, /* struck out */
    STYLE_RAISED = 8, /* raised or lowered */
};

/* What the values of attributes mean: a style, as bits; whether an input of that type shows its
 * value as text, or what its mark is; a whole number as C reads one (0: there is none); a span,
 * HTML_NONE where there is no number, and of columns at least 1. */
unsigned html_style(struct str style);
enum html_mark html_input(struct str type);
bool html_is_icon(struct str side);
int32_t html_span(struct str value);
uint16_t html_colspan(struct str value);

/* Whether a node begins and ends a line of its own. */
bool html_breaks(const struct html_node *node);

/* Adds the text of a node, or what it stands for: raised text comes in brackets. html_lower ends
 * raised text. */
void html_add(struct html_text *text, const struct html_node *node);
void html_lower(struct html_text *text);

/* Whether a script may write into the page where it stands. */
bool html_writes(struct str script);

/* Adds a line break, unless nothing stands before it. */
void html_break(struct html_text *text);

/* Whether a table only lays out the page: one column, whole articles in a cell, or nothing but
 * other tables in it. */
bool html_is_layout(const struct html_page *page, uint32_t table, struct html_text *scratch);

/* Appends a table that holds data as a grid; tables inside its cells are left out. */
int html_grid(struct document *doc, const struct html_page *page, uint32_t table,
              struct html_text *scratch);

/* Appends the whole page. */
int html_walk(struct document *doc, const struct html_page *page);

#endif
