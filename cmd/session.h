/* session.h - what every command has at hand: its options and arguments, the warehouse, the log,
 * the counters of the run. */
#ifndef GONGKAI_CMD_SESSION_H
#define GONGKAI_CMD_SESSION_H

#include <stdint.h>
#include <stdio.h>

#include "cmd/command.h"
#include "core/base/json.h"
#include "core/base/lang.h"
#include "core/base/log.h"
#include "core/store/run.h"
#include "core/store/warehouse.h"

enum { SESSION_OPTIONS = 48 };

struct session {
    const struct command *command;
    const char *warehouse_path;
    bool quiet, json, dry_run;
    char **arguments; /* what is no option */
    int argument_count;
    FILE *out; /* for results; under -q held back until the exit code is known */
    struct log log;
    struct catalog *catalog;     /* after session_read or session_write */
    struct warehouse *warehouse; /* likewise */
    int64_t run_id;              /* after session_write */
    struct run_counts counts;    /* of this run, for v_run */
    bool run_ended;              /* its end is recorded already */
    struct err closing;          /* why the exit code is what it is; empty: the code says it */
    /* private */
    int lock;
    struct {
        const struct option_row *row;
        const char *value;
    } given[SESSION_OPTIONS];
    int given_count;
    char *held; /* what `out` holds back */
    size_t held_size;
};

/* The value of an option; NULL (false) when it was not given. `name` is a row of the command's
 * table or of the common ones. */
const char *session_option(const struct session *session, const char *name);
bool session_flag(const struct session *session, const char *name);

/* An option that is a whole number from `least` to `most`; `otherwise` when not given. */
int session_number(const struct session *session, const char *name, long least, long most,
                   long otherwise, long *out, struct err *err);

/* An option that is one of `names` (ends with NULL); the first one when not given. */
int session_choice(const struct session *session, const char *name, const char *const *names,
                   int *out, struct err *err);

/* The language of documents (report, the overview): Chinese unless --lang says otherwise. It never
 * follows the locale, so that the same warehouse gives the same bytes wherever the job runs. */
enum lang session_document_lang(const struct session *session);

/* Opens the warehouse to read it; an empty one is made when it is absent, and that is said. */
int session_read(struct session *session, struct err *err);

/* Takes the lock, opens the warehouse to write (under --dry-run to try) and begins the run's row
 * of v_run. The row is ended by main, or with the data's own transaction by session_end_run. */
int session_write(struct session *session, struct err *err);

/* Whether the warehouse knows a division of this code: ERR_USAGE when not, lest nothing be found, or stored
 * where no total finds it, as if all were well. */
int session_division(struct session *session, struct str code, struct err *err);

/* Ends the run's row inside the open transaction. */
int session_end_run(struct session *session, int exit_code, struct err *err);

/* JSON on standard output, in the house layout. */
struct json session_json(struct session *session);

/* Whether SIGTERM or SIGINT asked the run to stop: look between two inputs. */
bool session_stopped(void);

/* For main alone: readies the session and its signals; ends it with a closing line. */
int session_start(struct session *session, const struct command *command, struct err *err);
int session_finish(struct session *session, int result, struct err *err);

#endif
