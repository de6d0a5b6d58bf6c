#include "cmd/session.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/lang.h"
#include "core/base/visible.h"
#include "core/store/lock.h"
#include "core/store/statement.h"

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

bool session_stopped(void)
{
    return stopped != 0;
}

/* Whether the command takes such an option at all: asking for another one is our own mistake. */
static bool is_known(const struct session *session, const char *name)
{
    for (const struct option_row *o = common_options; o->name; o++)
        if (strcmp(o->name, name) == 0)
            return true;
    for (const struct option_row *o = session->command->options; o && o->name; o++)
        if (strcmp(o->name, name) == 0)
            return true;
    return strcmp(name, json_option.name) == 0 || strcmp(name, dry_run_option.name) == 0;
}

const char *session_option(const struct session *session, const char *name)
{
    assert(!session->command || is_known(session, name));
    for (int i = session->given_count - 1; i >= 0; i--)
        if (strcmp(session->given[i].row->name, name) == 0)
            return session->given[i].value;
    return NULL;
}

bool session_flag(const struct session *session, const char *name)
{
    return session_option(session, name) != NULL;
}

enum lang session_document_lang(const struct session *session)
{
    return session_flag(session, "lang") ? lang_get() : LANG_ZH;
}

int session_number(const struct session *session, const char *name, long least, long most,
                   long otherwise, long *out, struct err *err)
{
    const char *text = session_option(session, name);
    if (!text) {
        *out = otherwise;
        return 0;
    }
    char *end = NULL;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (errno || end == text || *end || n < least || n > most)
        return err_set(err, ERR_USAGE, "--%s takes a whole number from %ld to %ld, not \"%s\"", name,
                       least, most, text);
    *out = n;
    return 0;
}

int session_choice(const struct session *session, const char *name, const char *const *names,
                   int *out, struct err *err)
{
    const char *text = session_option(session, name);
    if (!text) {
        *out = 0;
        return 0;
    }
    struct buf all = buf_new(4096);
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], text) == 0) {
            *out = i;
            buf_free(&all);
            return 0;
        }
        buf_printf(&all, "%s%s", i ? ", " : "", names[i]);
    }
    err_set(err, ERR_USAGE, "--%s takes one of %s, not \"%s\"", name,
            buf_str(&all).p ? all.p : "", text);
    buf_free(&all);
    return -1;
}

int session_division(struct session *session, struct str code, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(session->warehouse, "agency.is_division", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, code);
    int got = statement_next(session->warehouse, stmt, err);
    sqlite3_reset(stmt);
    return got != 0 ? got
                    : err_set(err, ERR_USAGE, "%.*s is no division that is known; see the register",
                              STR_ARG(code));
}

/* Says that the warehouse was not there, as it happens with a path that is written wrongly. */
static void say_absent(struct session *session)
{
    if (session->command->traits & COMMAND_FILLS)
        return;
    log_begin(&session->log, LOG_WARNING, "absent");
    log_str(&session->log, "warehouse", str_from(session->warehouse_path));
    log_end(&session->log, tr("the warehouse was not there, an empty one is made; if you meant "
                              "another, name it with --warehouse"));
}

int session_read(struct session *session, struct err *err)
{
    const char *path = session->warehouse_path;
    bool absent = access(path, F_OK) != 0;
    enum warehouse_mode mode = !absent            ? WAREHOUSE_READ
                               : session->dry_run ? WAREHOUSE_TRY
                                                  : WAREHOUSE_WRITE;
    if ((!session->catalog && catalog_load(&session->catalog, err) < 0) ||
        warehouse_open(&session->warehouse, path, mode, session->catalog, err) < 0)
        return -1;
    if (!absent)
        return 0;
    say_absent(session);
    if (session->dry_run)
        return 0;
    warehouse_close(session->warehouse);
    session->warehouse = NULL;
    return warehouse_open(&session->warehouse, path, WAREHOUSE_READ, session->catalog, err);
}

int session_write(struct session *session, struct err *err)
{
    bool absent = access(session->warehouse_path, F_OK) != 0;
    enum warehouse_mode mode = session->dry_run ? WAREHOUSE_TRY : WAREHOUSE_WRITE;
    if (!session->catalog && catalog_load(&session->catalog, err) < 0)
        return -1;
    if (lock_take(&session->lock, session->warehouse_path, !session->dry_run, err) < 0 ||
        warehouse_open(&session->warehouse, session->warehouse_path, mode, session->catalog,
                       err) < 0)
        return -1;
    if (absent)
        say_absent(session);
    return run_begin(session->warehouse, session->command->name, &session->run_id, err);
}

int session_end_run(struct session *session, int exit_code, struct err *err)
{
    if (run_end(session->warehouse, session->run_id, &session->counts, exit_code, err) < 0)
        return -1;
    session->run_ended = true;
    return 0;
}

struct json session_json(struct session *session)
{
    return json_new(session->out, false);
}

/* SQLite takes such names for databases in memory, for ones that go away, or for addresses. */
static bool is_no_file(const char *path)
{
    return !*path || *path == ':' || strncmp(path, "file:", 5) == 0;
}

/* To a terminal what could move its cursor is escaped. NULL when memory ran out. */
static FILE *standard_output(void)
{
    return isatty(STDOUT_FILENO) ? visible_stream(stdout) : stdout;
}

int session_start(struct session *session, const struct command *command, struct err *err)
{
    static const char *const formats[] = {"text", "json", NULL};
    int format = 0;
    session->command = command;
    session->lock = -1;
    session->quiet = session_flag(session, "quiet");
    session->json = session_flag(session, "json");
    session->dry_run = session_flag(session, "dry-run");
    session->out = stdout;
    session->warehouse_path = session_option(session, "warehouse");
    if (!session->warehouse_path) {
        const char *usual = getenv("GONGKAI_WAREHOUSE");
        session->warehouse_path = usual && *usual ? usual : "gongkai.db";
    }
    if (is_no_file(session->warehouse_path))
        return err_set(err, ERR_USAGE, "\"%s\" is no name of a file for the warehouse",
                       session->warehouse_path);
    if (session_choice(session, "log-format", formats, &format, err) < 0)
        return -1;
    session->log = log_new(stderr, (enum log_format)format, session->quiet);
    session->log.now = warehouse_now;
    if (session->quiet) {
        session->out = open_memstream(&session->held, &session->held_size);
        if (!session->out) {
            session->out = stdout;
            return err_refused(err);
        }
    }
    if (!session->quiet && !(session->out = standard_output())) {
        session->out = stdout;
        return err_memory(err);
    }
    struct sigaction stop = {.sa_handler = on_stop}, ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);
    sigaction(SIGHUP, &stop, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL); /* writing fails instead, and that is said */
    return 0;
}

/* Records the end of a run whose command has not done so, whatever became of its transaction. */
static int record_end(struct session *session, int code, struct err *err)
{
    if (!session->warehouse || session->run_id == 0 || session->run_ended)
        return 0;
    warehouse_rollback(session->warehouse);
    return run_end(session->warehouse, session->run_id, &session->counts, code, err);
}

/* Results held back by -q are shown when the run did not end well. */
static int let_out(struct session *session, int code)
{
    if (session->out != stdout && session->out) {
        fclose(session->out);
        FILE *shown = session->quiet && code != EXIT_WELL ? standard_output() : NULL;
        if (shown)
            fwrite(session->held, 1, session->held_size, shown);
        if (shown && shown != stdout)
            fclose(shown);
        free(session->held);
    }
    session->out = NULL;
    return fflush(stdout) != 0 || ferror(stdout) ? -1 : 0;
}

int session_finish(struct session *session, int result, struct err *err)
{
    int code = result < 0 ? exit_code_of(err) : result;
    struct err late = {0};
    if (record_end(session, code, &late) < 0 && code == EXIT_WELL) {
        *err = late;
        result = -1;
        code = EXIT_SYSTEM;
    }
    if (let_out(session, code) < 0 && code < EXIT_SYSTEM && errno != EPIPE) {
        result = err_set(err, ERR_SYSTEM, "the results could not be written (%s)", strerror(errno));
        code = EXIT_SYSTEM;
    }
    if (code == EXIT_WELL)
        log_drop(&session->log);
    else
        log_release(&session->log);
    bool writes = session->command->traits & COMMAND_WRITES;
    if (code != EXIT_WELL || (writes && !session->quiet)) {
        const char *why = result < 0                         ? err_text(err)
                          : session->closing.english[0] ? err_text(&session->closing)
                                                             : exit_code_text(code);
        log_begin(&session->log, code == EXIT_WELL ? LOG_INFO : LOG_ERROR, session->command->name);
        log_int(&session->log, "exit", code);
        log_end(&session->log, why);
    }
    warehouse_close(session->warehouse);
    catalog_free(session->catalog);
    lock_release(session->lock);
    log_free(&session->log);
    return code;
}
