/* layout.h - a layout writes a page down as one kind of file. A new one is a function and a row of
 * `layouts` in layout.c. */
#ifndef GONGKAI_TESTS_LAYOUT_H
#define GONGKAI_TESTS_LAYOUT_H

#include "core/base/buf.h"
#include "tests/generate/page.h"

/* What a page is written from: `page` for most; `figures` and `who` for those that are data. */
struct subject {
    const struct document *page;
    const struct figures *figures;
    const struct who *who;
    struct arena *arena;
};

struct layout {
    const char *name, *extension;
    uint32_t without; /* quirks that would be lost, or mean something else, in this layout */
    int (*write)(struct buf *out, const struct subject *subject);
    bool bytes; /* writes the file's bytes: no encoding comes over them */
};

extern const struct layout layouts[];
extern const int layout_count;

/* Text with cells between separators: layout_text.c */
int write_pipes_loose(struct buf *out, const struct subject *subject);
int write_pipes_tight(struct buf *out, const struct subject *subject);
int write_pipes_outer(struct buf *out, const struct subject *subject);
int write_pipes_padded(struct buf *out, const struct subject *subject);
int write_pipe_a_line(struct buf *out, const struct subject *subject);
int write_cell_a_line(struct buf *out, const struct subject *subject);
int write_cell_a_paragraph(struct buf *out, const struct subject *subject);
int write_one_line(struct buf *out, const struct subject *subject);
int write_tabs(struct buf *out, const struct subject *subject);
int write_tabs_laid(struct buf *out, const struct subject *subject);
int write_spaces(struct buf *out, const struct subject *subject);
int write_markdown(struct buf *out, const struct subject *subject);
int write_crawled(struct buf *out, const struct subject *subject);

/* Text whose columns are places: layout_columns.c */
int write_columns(struct buf *out, const struct subject *subject);
int write_flipbook(struct buf *out, const struct subject *subject);

/* layout_html.c */
int write_html(struct buf *out, const struct subject *subject);
int write_html_word(struct buf *out, const struct subject *subject);
int write_html_site(struct buf *out, const struct subject *subject);
int write_html_one_table(struct buf *out, const struct subject *subject);

/* layout_csv.c */
int write_csv_form(struct buf *out, const struct subject *subject);
int write_csv_form_semicolon(struct buf *out, const struct subject *subject);
int write_csv_form_tab(struct buf *out, const struct subject *subject);
int write_csv_long(struct buf *out, const struct subject *subject);
int write_csv_wide_codes(struct buf *out, const struct subject *subject);
int write_csv_wide_paths(struct buf *out, const struct subject *subject);

/* layout_office.c */
int write_xlsx(struct buf *out, const struct subject *subject);
int write_docx(struct buf *out, const struct subject *subject);

#endif
