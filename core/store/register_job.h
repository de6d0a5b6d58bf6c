/* register_job.h - what the loaders of the registers share. Private to register*.c. */
#ifndef GONGKAI_STORE_REGISTER_JOB_H
#define GONGKAI_STORE_REGISTER_JOB_H

#include "core/store/register.h"

enum { COLUMNS_MAX = 10 };

/* A column that a register has: its names in English and Chinese, joined by |. */
struct register_column {
    const char *names;
    bool needed;
};

/* A load in the works. at[c] is the place of column c in the file, -1 where it is not there. */
struct register_job {
    struct warehouse *warehouse;
    int64_t run_id;
    const struct register_file *file;
    const struct register_sink *sink;
    struct register_result *result;
    int at[COLUMNS_MAX];
    uint32_t bad;  /* lines that cannot be taken */
    bool all_told; /* it is noted that everything changed */
};

/* Finds the columns by the head line; notes those that are not known. ERR_INPUT when a needed one
 * is missing. */
int register_columns(struct register_job *job, const struct register_column *columns, int count,
                     struct err *err);

/* Whether the head line has a column of one of these names. */
bool register_has(const struct register_file *file, const char *names);

/* The field of a row below a column, trimmed; empty where there is none. */
struct str register_field(const struct register_job *job, const struct register_row *row,
                          int column);

/* A year of four digits (年 may follow), 0 for an empty field. False for anything else. */
bool register_year(struct str s, int *year);

/* Tells of a bad line; the words are those of `why`, which err_reject filled. */
void register_bad(struct register_job *job, const struct err *why);

/* Notes a change of the register for the totals: of an agency (0: of none), in a division (empty:
 * in all). As long as nobody has computed on from any change, one of everything does for all. */
int register_change(struct register_job *job, int64_t agency_id, struct str division,
                    struct err *err);

int register_divisions(struct register_job *job, struct err *err);
int register_successors(struct register_job *job, struct err *err);
int register_agencies(struct register_job *job, struct err *err);
int register_waivers(struct register_job *job, struct err *err);
int register_calendar(struct register_job *job, struct err *err);

#endif
