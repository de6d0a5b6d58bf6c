/* The statements of sql/queries/, each prepared on first use and kept until the warehouse closes. */
#include "core/store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/store/lack.h"

enum { SLOTS = 1024, FILE_NAME = 64 };

struct warehouse_statement {
    char *name;
    sqlite3_stmt *stmt;
};

static struct warehouse_statement *slot_of(struct warehouse_statement *table, const char *name)
{
    unsigned h = 2166136261u;
    for (const char *p = name; *p; p++)
        h = (h ^ (unsigned char)*p) * 16777619u;
    while (table[h % SLOTS].name && strcmp(table[h % SLOTS].name, name) != 0)
        h++;
    return &table[h % SLOTS];
}

struct str statement_block(const char *text, struct str title)
{
    struct str rest = str_from(text), line;
    const char *from = NULL;
    while (rest.p && str_line(&rest, &line)) {
        bool other = str_starts(line, STR("-- @"));
        if (other && from)
            return (struct str){from, (size_t)(line.p - from)};
        if (other && str_eq(str_trim(str_skip(line, 4)), title))
            from = line.p + line.n + 1;
    }
    return from ? str_from(from) : (struct str){0};
}

struct str statement_text(const char *name)
{
    char path[FILE_NAME];
    const char *dot = strrchr(name, '.');
    if (!dot || (size_t)(dot - name) + sizeof "queries/.sql" > sizeof path)
        return (struct str){0};
    snprintf(path, sizeof path, "queries/%.*s.sql", (int)(dot - name), name);
    return statement_block(resource_text(path), str_from(dot + 1));
}

void statement_name(struct buf *sql, struct str name)
{
    buf_char(sql, '"');
    for (size_t i = 0; i < name.n; i++) {
        if (name.p[i] == '"')
            buf_char(sql, '"');
        buf_char(sql, name.p[i]);
    }
    buf_char(sql, '"');
}

bool statement_is_alone(const char *tail)
{
    struct str rest = str_from(tail), line;
    while (str_line(&rest, &line)) {
        line = str_trim(line);
        if (line.n > 0 && !str_starts(line, STR("--")))
            return false;
    }
    return true;
}

static int prepare(struct warehouse *warehouse, const char *name, sqlite3_stmt **out,
                   struct err *err)
{
    struct str text = statement_text(name);
    if (!text.p)
        return err_set(err, ERR_SYSTEM, "no statement %s is compiled in; build the program again",
                       name);
    const char *tail = "";
    char *copy = strndup(text.p, text.n);
    if (!copy)
        return err_memory(err);
    int status = 0;
    if (sqlite3_prepare_v3(warehouse->db, copy, -1, SQLITE_PREPARE_PERSISTENT, out, &tail) !=
        SQLITE_OK)
        status = lack_met() ? err_memory(err)
                            : err_set(err, ERR_SYSTEM, "statement %s cannot be prepared: %s", name,
                                      sqlite3_errmsg(warehouse->db));
    else if (!*out || !statement_is_alone(tail))
        status = err_set(err, ERR_SYSTEM, "statement %s is not one statement; correct sql/queries",
                         name);
    if (status < 0)
        sqlite3_finalize(*out);
    free(copy);
    return status;
}

sqlite3_stmt *warehouse_statement(struct warehouse *warehouse, const char *name, struct err *err)
{
    if (!warehouse->statements) {
        warehouse->statements = calloc(SLOTS, sizeof *warehouse->statements);
        if (!warehouse->statements) {
            err_memory(err);
            return NULL;
        }
    }
    struct warehouse_statement *s = slot_of(warehouse->statements, name);
    if (!s->name) {
        sqlite3_stmt *stmt = NULL;
        if (prepare(warehouse, name, &stmt, err) < 0)
            return NULL;
        s->name = strdup(name);
        if (!s->name) {
            sqlite3_finalize(stmt);
            err_memory(err);
            return NULL;
        }
        s->stmt = stmt;
    }
    sqlite3_reset(s->stmt);
    sqlite3_clear_bindings(s->stmt);
    return s->stmt;
}

void statements_reset(struct warehouse *warehouse)
{
    for (size_t i = 0; warehouse->statements && i < SLOTS; i++)
        sqlite3_reset(warehouse->statements[i].stmt);
}

void statements_free(struct warehouse *warehouse)
{
    for (size_t i = 0; warehouse->statements && i < SLOTS; i++) {
        sqlite3_finalize(warehouse->statements[i].stmt);
        free(warehouse->statements[i].name);
    }
    free(warehouse->statements);
    warehouse->statements = NULL;
}

int statement_run(struct warehouse *warehouse, sqlite3_stmt *stmt, struct err *err)
{
    int got = sqlite3_step(stmt);
    int status = lack_met()                                ? err_memory(err)
                 : got == SQLITE_DONE || got == SQLITE_ROW ? 0
                                                           : warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return status;
}

int statement_next(struct warehouse *warehouse, sqlite3_stmt *stmt, struct err *err)
{
    int got = sqlite3_step(stmt);
    if (got == SQLITE_ROW && !lack_met())
        return 1;
    int status = lack_met()           ? err_memory(err)
                 : got == SQLITE_DONE ? 0
                                      : warehouse_error(warehouse, err);
    sqlite3_reset(stmt);
    return status;
}

int bind_str(sqlite3_stmt *stmt, int index, struct str s)
{
    if (!s.p)
        return sqlite3_bind_null(stmt, index);
    return sqlite3_bind_text64(stmt, index, s.p, s.n, SQLITE_TRANSIENT, SQLITE_UTF8);
}

int bind_text(sqlite3_stmt *stmt, int index, struct str s)
{
    return bind_str(stmt, index, s.p ? s : STR(""));
}

int bind_filled(sqlite3_stmt *stmt, int index, struct str s)
{
    return s.n ? bind_str(stmt, index, s) : sqlite3_bind_null(stmt, index);
}

static int digit_of(char c)
{
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

int bind_hex(sqlite3_stmt *stmt, int index, const char *hex)
{
    char bytes[32];
    size_t n = 0;
    for (; n < sizeof bytes && hex[2 * n] && hex[2 * n + 1]; n++)
        bytes[n] = (char)(digit_of(hex[2 * n]) << 4 | digit_of(hex[2 * n + 1]));
    return sqlite3_bind_blob64(stmt, index, bytes, n, SQLITE_TRANSIENT);
}

struct str column_str(sqlite3_stmt *stmt, int index)
{
    const unsigned char *p = sqlite3_column_text(stmt, index);
    return (struct str){(const char *)p, (size_t)sqlite3_column_bytes(stmt, index)};
}
