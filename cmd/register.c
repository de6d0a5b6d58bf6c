/* register: loads a register of divisions, agencies or waivers from a CSV file. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/store/register.h"
#include "importers/csv_record.h"

enum { REGISTER_MOST = 512 << 20, LINES_LOGGED = 50 };

/* A file being loaded. */
struct loading {
    struct session *session;
    const char *path;
    struct arena arena;
    struct register_file file;
    uint32_t bad;
};

static void tell_bad(void *self, const struct err *why)
{
    struct loading *l = self;
    if (l->bad++ < LINES_LOGGED)
        log_err(&l->session->log, LOG_ERROR, "reject", str_from(l->path), why);
}

static void tell_note(void *self, const struct err *what)
{
    struct loading *l = self;
    log_err(&l->session->log, LOG_INFO, "note", str_from(l->path), what);
}

/* Copies a record, which is good only until the next is read. */
static int keep(struct loading *l, const struct csv_record *record, struct register_row *row,
                struct err *err)
{
    struct str *fields = arena_array(&l->arena, record->count + 1, sizeof *fields);
    if (!fields)
        return err_memory(err);
    for (size_t i = 0; i < record->count; i++)
        if (!(fields[i] = arena_copy(&l->arena, record->fields[i].text)).p)
            return err_memory(err);
    *row = (struct register_row){fields, record->count, record->line};
    return 0;
}

static bool is_empty(const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        if (str_trim(record->fields[i].text).n)
            return false;
    return true;
}

static int read_records(struct loading *l, struct csv_reader *reader, struct err *err)
{
    struct csv_record record;
    int got = csv_next(reader, &record, err);
    if (got <= 0)
        return got < 0 ? -1 : err_reject(err, "empty", 0, "holds no text; get the file again");
    if (keep(l, &record, &l->file.head, err) < 0)
        return -1;
    while ((got = csv_next(reader, &record, err)) > 0) {
        if (is_empty(&record))
            continue; /* Excel leaves such lines at the end */
        if (record.broken) {
            struct err why = {0};
            err_reject(&why, "csv-line", record.line, "line %u is no CSV: %s",
                       (unsigned)record.line, record.broken);
            tell_bad(l, &why);
            continue;
        }
        if (arena_grow(&l->arena, &l->file.rows, l->file.count, &l->file.capacity,
                       sizeof *l->file.rows) < 0)
            return err_memory(err);
        if (keep(l, &record, &l->file.rows[l->file.count++], err) < 0)
            return -1;
    }
    return got;
}

static int open_path(struct stream **out, const char *path, struct err *err)
{
    return strcmp(path, "-") == 0 ? stream_descriptor(out, 0, err) : stream_open(out, path, err);
}

static int read_file(struct loading *l, struct err *err)
{
    struct stream *in = NULL;
    struct csv_reader *reader = NULL;
    enum encoding encoding;
    const char *name = session_option(l->session, "encoding");
    if (encoding_named(&encoding, name ? name : "", err) < 0 || open_path(&in, l->path, err) < 0)
        return -1;
    int status = csv_reader_new(&reader, in, encoding, err);
    struct str look;
    if (status == 0)
        status = csv_look(reader, &look, err); /* tells what parts the fields */
    if (status == 0) {
        struct str line = {0};
        str_line(&look, &line);
        char best = ',';
        for (const char *c = ",\t;"; *c; c++)
            if (memchr(line.p, *c, line.n) && !memchr(line.p, best, line.n))
                best = *c;
        csv_reader_delimiter(reader, best);
        csv_back(reader);
        csv_go(reader);
        status = read_records(l, reader, err);
    }
    if (reader)
        csv_reader_free(reader);
    stream_close(in);
    if (status == 0 && l->bad)
        status = err_reject(err, "csv-line", 0,
                            "%u lines cannot be taken, so nothing of the file was; correct them and "
                            "load it again", (unsigned)l->bad);
    return status;
}

static void show(struct session *session, const struct register_result *r)
{
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_bool(&json, "dry_run", session->dry_run);
        json_int(&json, "rows", r->rows);
        json_int(&json, "added", r->added);
        json_int(&json, "changed", r->changed);
        json_int(&json, "unchanged", r->unchanged);
        json_int(&json, "adopted", r->adopted);
        json_int(&json, "reports_moved", r->moved);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    fprintf(session->out, tr("%u lines: %u added, %u changed, %u unchanged; %u provisional agencies "
                             "became registered or found their place, %u reports were given over\n"),
            (unsigned)r->rows, (unsigned)r->added, (unsigned)r->changed, (unsigned)r->unchanged,
            (unsigned)r->adopted, (unsigned)r->moved);
}

static int work(struct loading *l, enum register_kind kind, struct register_result *result,
                struct err *err)
{
    struct register_sink sink = {tell_bad, tell_note, l};
    struct warehouse *w = l->session->warehouse;
    if (read_file(l, err) < 0 || warehouse_begin(w, err) < 0)
        return -1;
    if (register_load(w, l->session->run_id, kind, &l->file, &sink, result, err) < 0) {
        warehouse_rollback(w);
        return -1;
    }
    if (warehouse_commit(w, err) < 0) {
        warehouse_rollback(w);
        return -1;
    }
    return 0;
}

static int run(struct session *session, struct err *err)
{
    static const char *const kinds[] = {"divisions", "agencies", "waivers", "calendar"};
    struct register_result result;
    int kind = 0;
    while (kind < 4 && strcmp(session->arguments[0], kinds[kind]) != 0)
        kind++;
    if (kind == 4)
        return err_set(err, ERR_USAGE, "a register is divisions, agencies, waivers or calendar, not "
                                       "\"%.100s\"", session->arguments[0]);
    const char *path = session->arguments[1];
    if (strcmp(path, "-") != 0 && access(path, R_OK) != 0)
        return err_set(err, ERR_USAGE, "%s cannot be found (%s)", path, strerror(errno));
    if (session_write(session, err) < 0)
        return -1;
    struct loading l = {.session = session, .path = path,
                        .arena = arena_new(REGISTER_MOST)};
    int status = work(&l, (enum register_kind)kind, &result, err);
    arena_free(&l.arena);
    if (status < 0)
        return -1;
    show(session, &result);
    return EXIT_WELL;
}

static const struct option_row options[] = {
    {"encoding", 'e', "NAME", "the file's encoding, when it cannot be told by content"},
    {0},
};

static const struct example examples[] = {
    {"Load the agencies that have to report", "gongkai register agencies agencies.csv"},
    {"Add zones and other divisions of your own", "gongkai register divisions zones.csv"},
    {"Say which code took the place of which (code,year,new_code)",
     "gongkai register divisions successors.csv"},
    {"Accept findings, each with its reason", "gongkai register waivers waivers.csv"},
    {"Say until when reports are in time", "gongkai register calendar calendar.csv"},
    {"See what a file would change", "gongkai register agencies agencies.csv --dry-run --json"},
    {0},
};

const struct command command_register = {
    .name = "register",
    .summary = "load a register of divisions, agencies or waivers, or the calendar",
    .arguments = "divisions|agencies|waivers|calendar FILE.csv",
    .details = "Lines are added or brought up to date, none is removed; while one line is bad nothing "
               "of the file is taken. Columns, in English or Chinese and any order: agencies have "
               "agency,division,kind,first_year,last_year,successor,aliases; divisions "
               "code,name,level,parent_code,first_year,last_year, or their successors "
               "code,year,new_code; waivers agency,year,rule,code,reason; the "
               "calendar year,scope,due, where reports are due on another day than 31 January (own) "
               "or 31 March (composite). Several names in one field "
               "are joined by ; or 、. Agencies known from reports alone that the register now has "
               "become registered with their reports.",
    .options = options,
    .examples = examples,
    .traits = COMMAND_WRITES | COMMAND_FIGURES | COMMAND_FILLS,
    .least = 2,
    .most = 2,
    .run = run,
};
