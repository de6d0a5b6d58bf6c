#include "tests/generate/layout.h"

#define BIT(quirk) (UINT32_C(1) << QUIRK_##quirk)

/* What cannot be seen where nothing but white space stands between cells. */
#define SPACES_ONLY                                                                                \
    (BIT(BLANK) | BIT(INNER_SPACES) | BIT(SPACED_FIGURES) | BIT(NOTES) | BIT(THREE_IN_PIECES))
/* Data: labels and the manner of printing do not come into it. */
#define DATA (~(BIT(BLANK) | BIT(NA) | BIT(OTHER_IN_ONE)))

const struct layout layouts[] = {
    {"pipes_loose", "txt", 0, write_pipes_loose, false},
    {"pipes_tight", "txt", 0, write_pipes_tight, false},
    {"pipes_outer", "txt", 0, write_pipes_outer, false},
    {"pipes_padded", "txt", 0, write_pipes_padded, false},
    {"pipe_a_line", "txt", 0, write_pipe_a_line, false},
    {"cell_a_line", "txt", BIT(BLANK), write_cell_a_line, false},
    {"cell_a_paragraph", "txt", BIT(BLANK), write_cell_a_paragraph, false},
    {"one_line", "txt", 0, write_one_line, false},
    {"tabs", "txt", 0, write_tabs, false},
    {"tabs_laid", "txt", 0, write_tabs_laid, false},
    {"spaces", "txt", SPACES_ONLY, write_spaces, false},
    {"markdown", "md", 0, write_markdown, false},
    {"crawled", "txt", 0, write_crawled, false},
    {"columns", "txt", SPACES_ONLY | BIT(FOUR_IN_THREE), write_columns, false},
    {"flipbook", "txt", SPACES_ONLY | BIT(FOUR_IN_THREE), write_flipbook, false},
    {"html", "html", 0, write_html, false},
    {"html_word", "html", 0, write_html_word, false},
    {"html_site", "html", 0, write_html_site, false},
    {"html_one_table", "html", 0, write_html_one_table, false},
    {"csv_form", "csv", 0, write_csv_form, false},
    {"csv_form_semicolon", "csv", 0, write_csv_form_semicolon, false},
    {"csv_form_tab", "csv", 0, write_csv_form_tab, false},
    {"csv_long", "csv", DATA, write_csv_long, false},
    {"csv_wide_codes", "csv", DATA, write_csv_wide_codes, false},
    {"csv_wide_paths", "csv", DATA, write_csv_wide_paths, false},
    {"xlsx", "xlsx", 0, write_xlsx, true},
    {"docx", "docx", 0, write_docx, true},
};
const int layout_count = sizeof layouts / sizeof *layouts;
