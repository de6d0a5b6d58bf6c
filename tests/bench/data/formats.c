#include "tests/bench/data/writer.h"

const struct format formats[] = {
    {"text", pages_begin, pages_text, pages_end},
    {"html", pages_begin, pages_html, pages_end},
    {"long", csv_long_begin, csv_long, csv_end},
    {"shuffled", csv_shuffled_begin, csv_shuffled, csv_shuffled_end},
    {"wide", csv_wide_begin, csv_wide, csv_end},
};
const int format_count = sizeof formats / sizeof *formats;
