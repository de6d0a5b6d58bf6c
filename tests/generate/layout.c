#include "tests/generate/layout.h"

#define BIT(quirk) (UINT32_C(1) << QUIRK_##quirk)

/* What cannot be seen where nothing but white space stands between cells. */
#define SPACES_ONLY                                                                                \
    (BIT(BLANK) | BIT(INNER_SPACES) | BIT(SPACED_FIGURES) | BIT(NOTES) | BIT(THREE_IN_PIECES))
/* Data: labels and the manner of printing do not come into it. */
#define DATA (~(BIT(BLANK) | BIT(NA) | BIT(OTHER_IN_ONE)))

const struct layout layouts[] = {
    {"pipes_loose", "txt", 0, write_pipes_loose},
    {"pipes_tight", "txt", 0, write_pipes_tight},
    {"pipes_outer", "txt", 0, write_pipes_outer},
    {"pipes_padded", "txt", 0, write_pipes_padded},
    {"pipe_a_line", "txt", 0, write_pipe_a_line},
    {"cell_a_line", "txt", BIT(BLANK), write_cell_a_line},
    {"cell_a_paragraph", "txt", BIT(BLANK), write_cell_a_paragraph},
    {"one_line", "txt", 0, write_one_line},
    {"tabs", "txt", 0, write_tabs},
    {"tabs_laid", "txt", 0, write_tabs_laid},
    {"spaces", "txt", SPACES_ONLY, write_spaces},
    {"markdown", "md", 0, write_markdown},
    {"crawled", "txt", 0, write_crawled},
    {"columns", "txt", SPACES_ONLY | BIT(FOUR_IN_THREE), write_columns},
    {"flipbook", "txt", SPACES_ONLY | BIT(FOUR_IN_THREE), write_flipbook},
    {"html", "html", 0, write_html},
    {"html_word", "html", 0, write_html_word},
    {"html_site", "html", 0, write_html_site},
    {"html_one_table", "html", 0, write_html_one_table},
    {"csv_form", "csv", 0, write_csv_form},
    {"csv_form_semicolon", "csv", 0, write_csv_form_semicolon},
    {"csv_form_tab", "csv", 0, write_csv_form_tab},
    {"csv_long", "csv", DATA, write_csv_long},
    {"csv_wide_codes", "csv", DATA, write_csv_wide_codes},
    {"csv_wide_paths", "csv", DATA, write_csv_wide_paths},
};
const int layout_count = sizeof layouts / sizeof *layouts;
