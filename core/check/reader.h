/* reader.h - reads reports from the warehouse the way the rules look at them. */
#ifndef GONGKAI_CHECK_READER_H
#define GONGKAI_CHECK_READER_H

#include "core/base/arena.h"
#include "core/check/panel.h"
#include "core/model/report.h"
#include "core/store/warehouse.h"

/* A current report: who says what in which year. Strings are in the reader's memory until the
 * next report is read; `division` is empty when not known. */
struct subject {
    int64_t report_id, agency_id, presence_id;
    int year, form;
    enum scope scope;
    struct str agency, kind, division, period_from, period_to;
};

/* A cell that holds words where a figure belongs. */
struct words_cell {
    uint16_t cell;
    struct str text;
};

/* A figure of the prose that is about a measure. */
struct told {
    struct str measure, sentence;
    int64_t value;
    int decimals;
    uint32_t line;
};

struct reader;
int reader_new(struct reader **out, struct warehouse *warehouse, struct err *err);
void reader_free(struct reader *reader);

/* Fills a subject from a row of the statements check.every, check.slot or check.subject. The
 * strings live in `arena`. */
int reader_subject(sqlite3_stmt *stmt, struct arena *arena, struct subject *out, struct err *err);

/* Fills the panel of a report. */
int reader_panel(struct reader *reader, int64_t report_id, int64_t presence_id, struct panel *out,
                 struct err *err);

/* Fills `before` with the report of the year before, or with the sum of those of the agencies
 * that were merged into this one; `*id` with its report's id where it is one report. Returns 1,
 * or 0 when the year before is not known: no report, one of several missing, an agency that was
 * split. */
int reader_before(struct reader *reader, const struct subject *subject, struct panel *before,
                  int64_t *id, struct err *err);

/* Cells that hold words, in the order of their ids. */
int reader_words(struct reader *reader, int64_t report_id, struct arena *arena,
                 struct words_cell **out, uint32_t *count, struct err *err);

/* The figures told in the prose that are about a measure, in reading order. */
int reader_told(struct reader *reader, int64_t report_id, struct arena *arena, struct told **out,
                uint32_t *count, struct err *err);

/* The source's line of every cell (0: not stated), in `arena`. */
int reader_lines(struct reader *reader, int64_t report_id, struct arena *arena, uint32_t **out,
                 struct err *err);

/* Runs a statement with integers bound; *out is the first column of its first row, 0 for none. */
int reader_number(struct warehouse *warehouse, const char *name, const int64_t *bound, int count,
                  int64_t *out, struct err *err);

#endif
