/* report_store.h - writes a report into the warehouse, and decides which revision is current.
 *
 * One report is one agency, year and scope. Met again with the same figures, in whatever file or
 * format, it is the same report with one more source. With other figures it is a revision: the
 * current one is the later by its own date; where one of the two has none, or both have the same,
 * the one that arrived later. Older revisions are kept. */
#ifndef GONGKAI_STORE_REPORT_STORE_H
#define GONGKAI_STORE_REPORT_STORE_H

#include "core/model/report.h"
#include "core/store/contents.h"
#include "core/store/warehouse.h"

/* The report belongs to one agency, year and scope. */
struct report_key {
    int64_t agency_id;
    int year;
    enum scope scope;
};

/* Where it was found, by which run; whether its prose is kept (not with --originals none); what was
 * prepared of it by contents_prepare, NULL: that is done now. */
struct report_origin {
    int64_t run_id, source_id;
    bool keep_prose;
    const struct prepared *prepared;
};

enum stored {
    STORED_NEW,      /* the first of its agency, year and scope */
    STORED_REVISION, /* other figures than the current one's, which it replaced */
    STORED_OLDER,    /* other figures, but of an earlier date: kept as a revision, not current */
    STORED_AGAIN,    /* the same figures as a report that is there: one more source */
    STORED_RESTORED, /* an earlier revision, put back where it had been replaced */
    STORED_WITHDRAWN, /* the same figures as a report that a person took out or gave away */
};

struct stored_report {
    int64_t report_id;
    int revision;
    enum stored how;
};

/* Stores a report whose facts are ordered by cell; inside a transaction. Fails with ERR_INPUT
 * when the same source states the report twice with different figures. */
int report_store(struct warehouse *warehouse, const struct report_key *key,
                 const struct report_origin *origin, const struct report *report,
                 struct stored_report *out, struct err *err);

/* Writes a report as it stands somewhere else, under a number that is free and a revision that is: what
 * a migration does. */
struct report_place {
    int64_t report_id;
    struct report_key key;
    int revision;
    bool current;
    int64_t source_id, run_id;
    bool keep_prose;
};
int report_write(struct warehouse *warehouse, const struct report_place *place,
                 const struct report *report, const struct prepared *prepared, struct err *err);

/* Writes a report's contents anew under its id, after it was read again from the same source.
 * `*out` says what differs; nothing is written when nothing does. */
enum rewritten { REWRITTEN_NOTHING, REWRITTEN_WORDS, REWRITTEN_FIGURES };
int report_rewrite(struct warehouse *warehouse, int64_t report_id,
                   const struct report_origin *origin, const struct report *report,
                   enum rewritten *out, struct err *err);

/* Gives a report to another agency, year or scope, where it becomes the newest revision. */
int report_move(struct warehouse *warehouse, int64_t run_id, int64_t report_id,
                const struct report_key *to, struct err *err);

/* Takes a report that was withdrawn out of its place, leaving that empty until report_elect. */
int report_retire(struct warehouse *warehouse, int64_t run_id, int64_t report_id, struct err *err);

/* Puts a report back whose withdrawal was undone: it is current again unless one with a later
 * date, or where dates do not tell a later revision, is. */
int report_restore(struct warehouse *warehouse, int64_t run_id, int64_t report_id, struct err *err);

/* Ends the reign of a report; one that never lasted until anybody could see it leaves no trace. */
int report_step_down(struct warehouse *warehouse, int64_t report_id, struct err *err);

/* Makes the right revision of that agency, year and scope the current one: of those not withdrawn
 * the one that was current last. Writes tenure and change. `what` is a word of change.what for a
 * report that becomes current. */
int report_elect(struct warehouse *warehouse, int64_t run_id, const struct report_key *key,
                 const char *what, struct err *err);

/* "own" or "composite". */
struct str scope_name(enum scope scope);

#endif
