/* withdrawal.h - taking a report out, or giving it to another agency or year, by a person and
 * with a reason. Kept, shown (v_withdrawal), and undone on request. */
#ifndef GONGKAI_STORE_WITHDRAWAL_H
#define GONGKAI_STORE_WITHDRAWAL_H

#include "core/store/report_store.h"

/* Which reports a person means. */
struct withdrawal_choice {
    int64_t report_id;   /* 0: by agency and year */
    int64_t agency_id;
    int year;
    enum scope scope;    /* SCOPE_UNKNOWN: both */
};

/* Where they are given to: 0 leaves agency or year as they are. Both 0: taken out. */
struct withdrawal_target {
    int64_t agency_id;
    int year;
};

/* Takes out, or gives away, every revision chosen that stands. `count` says how many. */
int withdrawal_make(struct warehouse *warehouse, int64_t run_id,
                    const struct withdrawal_choice *choice, const struct withdrawal_target *to,
                    struct str reason, int64_t *count, struct err *err);

/* Puts back what was withdrawn of the chosen. */
int withdrawal_undo(struct warehouse *warehouse, int64_t run_id,
                    const struct withdrawal_choice *choice, int64_t *count, struct err *err);

#endif
