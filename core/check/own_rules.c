#include "core/check/own_rules.h"

#include <csv.h>
#include <string.h>

#include "core/base/stream.h"
#include "core/check/prove.h"
#include "core/store/statement.h"
#include "core/text/encoding.h"

enum { FILE_MOST = 1 << 20, COLUMNS = 14 };

/* The columns, in the order of the table `rule` and of struct rule_text. */
static const char *const names[COLUMNS] = {
    "name",  "rule", "forms", "severity", "where", "each",    "left",
    "op",    "right", "limit", "cell",     "basis", "message", "message_zh",
};

static void place(struct rule_text *text, int column, struct str value)
{
    struct str *const fields[COLUMNS] = {
        &text->name,  &text->id,    &text->forms, &text->severity, &text->where,
        &text->each,  &text->left,  &text->op,    &text->right,    &text->limit,
        &text->cell,  &text->basis, &text->message, &text->message_zh,
    };
    *fields[column] = value;
}

static int add_stored(struct rule_set *set, struct warehouse *warehouse, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.own_rules", err);
    int got;
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        struct rule_text text = {0};
        struct err why = {0};
        for (int i = 0; i < COLUMNS; i++)
            place(&text, i, column_str(stmt, i));
        if (rule_set_add(set, &text, true, 0, &why) < 0) {
            err_set(err, ERR_USAGE, "the rule `%.*s` that was loaded with --rules does not fit this"
                    " version: %s", STR_ARG(text.name), why.english);
            sqlite3_reset(stmt);
            return -1;
        }
    }
    return got;
}

int own_rules_load(struct rule_set **out, struct warehouse *warehouse, struct err *err)
{
    struct rule_set *set;
    if (rule_set_load(&set, warehouse->catalog, err) < 0)
        return -1;
    if (add_stored(set, warehouse, err) < 0) {
        rule_set_free(set);
        return -1;
    }
    *out = set;
    return 0;
}

/* A CSV being read: libcsv hands out fields and the ends of rows. */
struct reading {
    struct warehouse *warehouse;
    struct rule_set *set;
    struct arena *arena;
    int column[64]; /* of each field of a row, -1: not known */
    struct rule_text row;
    uint32_t field, line, next_line;
    bool header, failed;
    struct err *err;
};

static int column_named(struct str name)
{
    for (int i = 0; i < COLUMNS; i++)
        if (str_eq(name, str_from(names[i])))
            return i;
    return -1;
}

static void on_field(void *bytes, size_t n, void *self)
{
    struct reading *reading = self;
    uint32_t at = reading->field++;
    if (reading->failed || at >= 64)
        return;
    struct str value = arena_copy(reading->arena, str_trim((struct str){bytes, n}));
    if (!value.p) {
        reading->failed = true;
        err_memory(reading->err);
    } else if (reading->header) {
        reading->column[at] = column_named(value);
    } else if (reading->column[at] >= 0) {
        place(&reading->row, reading->column[at], value);
    }
}

static int store(struct warehouse *warehouse, const struct rule_text *text, struct err *err)
{
    const struct str fields[COLUMNS] = {
        text->name, text->id,   text->forms, text->severity, text->where,   text->each, text->left,
        text->op,   text->right, text->limit, text->cell,    text->basis, text->message,
        text->message_zh,
    };
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "check.add_rule", err);
    if (!stmt)
        return -1;
    for (int i = 0; i < COLUMNS; i++)
        bind_text(stmt, i + 1, fields[i]);
    return statement_run(warehouse, stmt, err);
}

static void end_header(struct reading *reading)
{
    static const int needed[] = {0, 2, 3, 6, 7, 8}; /* name forms severity left op right */
    reading->header = false;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        bool there = false;
        for (uint32_t k = 0; k < reading->field && k < 64; k++)
            there |= reading->column[k] == needed[i];
        if (there)
            continue;
        err_set(reading->err, ERR_INPUT, "the header line of the rules has no column `%s`",
                names[needed[i]]);
        reading->failed = true;
        return;
    }
}

static void on_row(int end, void *self)
{
    struct reading *reading = self;
    (void)end;
    if (reading->failed)
        return;
    if (reading->header)
        end_header(reading);
    else if (rule_set_add(reading->set, &reading->row, true, reading->line, reading->err) < 0 ||
             store(reading->warehouse, &reading->row, reading->err) < 0)
        reading->failed = true;
    reading->field = 0;
    reading->row = (struct rule_text){0};
}

/* Feeds line by line, so that a failure knows where it is. */
static int parse(struct reading *reading, struct str text)
{
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return err_memory(reading->err);
    struct str rest = text, line;
    bool broken = false;
    for (const char *from = rest.p; !broken && !reading->failed && str_line(&rest, &line);
         from = rest.p) {
        reading->next_line++;
        if (reading->field == 0)
            reading->line = reading->next_line;
        size_t n = (size_t)(rest.p - from);
        broken = csv_parse(&parser, from, n, on_field, on_row, reading) != n;
    }
    if (!broken && !reading->failed)
        broken = csv_fini(&parser, on_field, on_row, reading) != 0;
    csv_free(&parser);
    if (broken)
        return err_set(reading->err, ERR_INPUT, "line %u of the rules has a quote out of place",
                       reading->next_line);
    return reading->failed ? -1 : 0;
}

static int read_file(const char *path, struct arena *arena, struct str *text, struct err *err)
{
    struct stream *stream;
    struct str bytes;
    if (stream_open(&stream, path, err) < 0)
        return -1;
    int got = stream_all(stream, arena, FILE_MOST, &bytes, err);
    stream_close(stream);
    return got < 0 ? -1 : encoding_decode(text, arena, bytes, ENCODING_BY_CONTENT, err);
}

int own_rules_replace(struct warehouse *warehouse, const char *path, uint32_t *count,
                      struct err *err)
{
    struct arena arena = arena_new((size_t)16 << 20);
    struct rule_set *set = NULL;
    struct str text;
    int done = -1;
    sqlite3_stmt *forget = warehouse_statement(warehouse, "check.forget_rules", err);
    if (!forget || read_file(path, &arena, &text, err) < 0 ||
        rule_set_load(&set, warehouse->catalog, err) < 0 ||
        statement_run(warehouse, forget, err) < 0)
        goto end;
    uint32_t built_in = set->rule_count;
    struct reading reading = {.warehouse = warehouse, .set = set, .arena = &arena, .header = true,
                              .err = err};
    for (int i = 0; i < 64; i++)
        reading.column[i] = -1;
    if (parse(&reading, text) < 0 || rule_set_prove(set, err) < 0)
        goto end;
    *count = set->rule_count - built_in;
    done = 0;
end:
    rule_set_free(set);
    arena_free(&arena);
    return done;
}
