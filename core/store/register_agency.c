/* The register of agencies: who has to report, from which year to which, under which names. */
#include <string.h>

#include "core/store/agency_adopt.h"
#include "core/store/register_job.h"
#include "core/store/statement.h"

enum { NAME, DIVISION, KIND, FIRST, LAST, SUCCESSOR, ALIASES };

static const struct register_column columns[] = {
    [NAME] = {"agency|name|单位|机关|单位名称|机关名称|名称", true},
    [DIVISION] = {"division|division_code|区划|区划代码|行政区划", false},
    [KIND] = {"kind|类别|类型|性质", false},
    [FIRST] = {"first_year|起始年份|开始年份|首年", false},
    [LAST] = {"last_year|截止年份|结束年份|末年", false},
    [SUCCESSOR] = {"successor|successors|继任单位|承继单位|继任机关|后继单位|后继", false},
    [ALIASES] = {"aliases|alias|别名|曾用名|简称", false},
};

/* Names in one field are joined by one of these. */
static const char *const joints[] = {";", "；", "|", "、", "\n"};

/* A row read, and the agency it became. */
struct entry {
    struct agency_name name;
    struct str division;
    enum agency_kind kind;
    int first, last;
    int64_t agency_id;
    bool touched; /* it was added or changed */
};

/* A load in the works. */
struct load {
    struct register_job *job;
    struct agencies *agencies;
    struct arena arena;
    struct entry *entries;
};

/* The next of the names joined in `rest`; false at the end. */
static bool next_name(struct str *rest, struct str *name)
{
    while (rest->n) {
        size_t at = rest->n, step = 0;
        for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
            ptrdiff_t found = str_find(*rest, str_from(joints[i]));
            if (found >= 0 && (size_t)found < at) {
                at = (size_t)found;
                step = strlen(joints[i]);
            }
        }
        *name = str_trim(str_slice(*rest, 0, at));
        *rest = str_skip(*rest, at + step);
        if (name->n)
            return true;
    }
    return false;
}

/* The division of a row: its code or its names; without any, what the agency's name says. */
static bool read_division(const struct load *load, const struct register_row *row,
                          struct entry *entry, struct err *why)
{
    const struct gazetteer *g = load->agencies->gazetteer;
    struct str said = register_field(load->job, row, DIVISION);
    const struct places *places = &entry->name.chain.last;
    if (str_eq(said, NATION_CODE) || gazetteer_code(g, said, entry->last)) {
        entry->division = said;
        return true;
    }
    struct chain chain;
    if (said.n) {
        gazetteer_chain(g, said, entry->last, true, &chain);
        places = &chain.last;
        if (chain.length != said.n)
            return err_reject(why, "register-line", row->line,
                              "the division \"%.*s\" is not known; give its code, or register it "
                              "first", STR_ARG(said)) == 0;
    }
    if (places->count == 1) {
        entry->division = places->place[0]->code;
        return true;
    }
    if (!said.n && entry->name.nation) {
        entry->division = NATION_CODE;
        return true;
    }
    return err_reject(why, "register-line", row->line,
                      "the division of %.*s cannot be told; give its code in the column division",
                      STR_ARG(entry->name.clean)) == 0;
}

static bool read_entry(struct load *load, const struct register_row *row, struct entry *entry,
                       struct err *why)
{
    struct register_job *job = load->job;
    struct str name = register_field(job, row, NAME), kind = register_field(job, row, KIND);
    if (!register_year(register_field(job, row, FIRST), &entry->first) ||
        !register_year(register_field(job, row, LAST), &entry->last) ||
        (entry->first && entry->last && entry->last < entry->first))
        return err_reject(why, "register-line", row->line,
                          "the years of \"%.*s\" are four digits each or empty, the first not after "
                          "the last", STR_ARG(name)) == 0;
    if (agency_name_read(load->agencies->gazetteer, load->agencies->kinds, &load->arena, name,
                         entry->last, &entry->name) < 0 || entry->name.clean.n == 0)
        return err_reject(why, "register-line", row->line, "there is no name of an agency") == 0;
    int told = kind.n ? agency_kind_from(kind) : (int)entry->name.kind;
    if (told < 0)
        return err_reject(why, "register-line", row->line,
                          "the kind of \"%.*s\" is government, office, department, township, "
                          "subdistrict, zone, vertical or other, not \"%.*s\"", STR_ARG(name),
                          STR_ARG(kind)) == 0;
    entry->kind = (enum agency_kind)told;
    return read_division(load, row, entry, why);
}

/* Whether an earlier line of the file has the same name and division. */
static bool stands_twice(const struct load *load, size_t at)
{
    const struct entry *entry = &load->entries[at];
    struct known *k = agency_index_name(load->agencies, entry->name.clean);
    for (; k; k = k->next_name)
        if (k->agency_id < 0 && str_eq(k->name, entry->name.clean) &&
            str_eq(k->division, entry->division))
            return true;
    return false;
}

static int read_entries(struct load *load, struct err *err)
{
    const struct register_file *file = load->job->file;
    load->entries = arena_array(&load->arena, file->count + 1, sizeof *load->entries);
    if (!load->entries)
        return err_memory(err);
    for (size_t i = 0; i < file->count; i++) {
        struct entry *entry = &load->entries[i];
        struct err why = {0};
        bool good = read_entry(load, &file->rows[i], entry, &why);
        if (good && stands_twice(load, i)) {
            err_reject(&why, "register-line", file->rows[i].line,
                       "%.*s stands twice in this file", STR_ARG(entry->name.clean));
            good = false;
        }
        if (!good) {
            register_bad(load->job, &why);
            continue;
        }
        /* a mark in the index, below zero: this file has it on line i */
        struct known mark = {.agency_id = -(int64_t)i - 1, .name = entry->name.clean,
                             .division = entry->division, .registered = true, .gone = true};
        if (agency_index_add(load->agencies, mark) < 0)
            return err_memory(err);
    }
    return 0;
}

/* Years are NULL where the register leaves them open. */
static void bind_entry(sqlite3_stmt *stmt, int at, const struct entry *entry)
{
    bind_str(stmt, at, entry->name.clean);
    bind_filled(stmt, at + 1, entry->division);
    bind_str(stmt, at + 2, str_from(agency_kind_name(entry->kind)));
    if (entry->first)
        sqlite3_bind_int(stmt, at + 3, entry->first);
    if (entry->last)
        sqlite3_bind_int(stmt, at + 4, entry->last);
}

static int set_agency(struct load *load, struct entry *entry, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.agency_set", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, entry->agency_id);
    bind_entry(stmt, 2, entry);
    entry->touched = true;
    return statement_run(load->job->warehouse, stmt, err);
}

static int new_agency(struct load *load, struct entry *entry, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.agency_new", err);
    if (!stmt)
        return -1;
    bind_entry(stmt, 1, entry);
    if (statement_next(load->job->warehouse, stmt, err) < 0)
        return -1;
    entry->agency_id = sqlite3_column_int64(stmt, 0);
    entry->touched = true;
    load->job->result->added++;
    sqlite3_reset(stmt);
    return 0;
}

/* A provisional agency becomes this one: with its reports, under the register's name. */
static int promote(struct load *load, struct entry *entry, struct known *known, struct err *err)
{
    if (known->division.n && !str_eq(known->division, entry->division) &&
        register_change(load->job, known->agency_id, known->division, err) < 0)
        return -1;
    entry->agency_id = known->agency_id;
    known->gone = true;
    load->job->result->adopted++;
    load->job->result->added++;
    return set_agency(load, entry, err);
}

/* Finds the agency that has the name and division of the row, 0 when there is none. */
static int find_exact(struct load *load, struct entry *entry, bool *same, bool *registered,
                      struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.agency", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, entry->name.clean);
    bind_text(stmt, 2, entry->division);
    int got = statement_next(load->job->warehouse, stmt, err);
    if (got <= 0)
        return got;
    entry->agency_id = sqlite3_column_int64(stmt, 0);
    *registered = sqlite3_column_int(stmt, 4);
    *same = *registered && sqlite3_column_int(stmt, 2) == entry->first &&
            sqlite3_column_int(stmt, 3) == entry->last &&
            str_eq(column_str(stmt, 1), str_from(agency_kind_name(entry->kind)));
    sqlite3_reset(stmt);
    return 0;
}

static int put_agency(struct load *load, struct entry *entry, struct err *err)
{
    bool same = false, registered = false;
    if (find_exact(load, entry, &same, &registered, err) < 0)
        return -1;
    if (!entry->agency_id) {
        struct known *known = agency_provisional(load->agencies, &entry->name, entry->division,
                                                 false);
        return known ? promote(load, entry, known, err) : new_agency(load, entry, err);
    }
    if (same)
        return 0;
    if (registered) {
        load->job->result->changed++;
        return set_agency(load, entry, err);
    }
    struct known *known = agency_index_name(load->agencies, entry->name.clean);
    while (known && known->agency_id != entry->agency_id)
        known = known->next_name;
    return known ? promote(load, entry, known, err) : set_agency(load, entry, err);
}

/* A list kept beside an agency (aliases, successors) as text, to tell whether a load changed it. */
static int list_of(struct load *load, const char *statement, int64_t agency_id, struct str *out,
                   struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, statement, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, agency_id);
    int got = statement_next(load->job->warehouse, stmt, err);
    *out = (struct str){"", 0};
    if (got > 0) {
        *out = arena_copy(&load->arena, column_str(stmt, 0));
        sqlite3_reset(stmt);
    }
    return got < 0 ? -1 : out->p ? 0 : err_memory(err);
}

static int run_id(struct load *load, const char *statement, int64_t agency_id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, statement, err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, agency_id);
    return statement_run(load->job->warehouse, stmt, err);
}

/* Counts an agency as changed that so far was not: only its lists are, or its reports. */
static void touch(struct load *load, struct entry *entry)
{
    load->job->result->changed += !entry->touched;
    entry->touched = true;
}

/* Other provisional agencies that the names of this one cover give their reports over. */
static int take_over(struct load *load, struct entry *entry, const struct agency_name *name,
                     bool alias, struct err *err)
{
    struct known *known;
    while ((known = agency_provisional(load->agencies, name, entry->division, alias)) != NULL) {
        if (known->agency_id == entry->agency_id) {
            known->gone = true;
            continue;
        }
        touch(load, entry);
        if (agency_merge(load->job, known, entry->agency_id, err) < 0)
            return -1;
    }
    return 0;
}

static int put_aliases(struct load *load, const struct register_row *row, struct entry *entry,
                       struct err *err)
{
    struct str before, after, rest = register_field(load->job, row, ALIASES), alias;
    if (load->job->at[ALIASES] < 0)
        return 0;
    if (list_of(load, "register.aliases", entry->agency_id, &before, err) < 0 ||
        run_id(load, "register.forget_aliases", entry->agency_id, err) < 0)
        return -1;
    while (next_name(&rest, &alias)) {
        struct agency_name name;
        if (agency_name_read(load->agencies->gazetteer, load->agencies->kinds, &load->arena, alias,
                             entry->last, &name) < 0)
            return err_memory(err);
        sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.alias", err);
        if (!stmt)
            return -1;
        bind_str(stmt, 1, name.clean);
        sqlite3_bind_int64(stmt, 2, entry->agency_id);
        if (statement_run(load->job->warehouse, stmt, err) < 0 ||
            take_over(load, entry, &name, true, err) < 0)
            return -1;
    }
    if (list_of(load, "register.aliases", entry->agency_id, &after, err) < 0)
        return -1;
    if (!str_eq(before, after))
        touch(load, entry);
    return 0;
}

/* The registered agency that a successor's name means: in the same division first, else the only
 * one of that name. 0 when none, or several. */
static int successor_of(struct load *load, const struct entry *entry, struct str text,
                        int64_t *out, struct err *err)
{
    struct agency_name name;
    if (agency_name_read(load->agencies->gazetteer, load->agencies->kinds, &load->arena, text, 0,
                         &name) < 0)
        return err_memory(err);
    sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.registered_named", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, name.clean);
    bind_str(stmt, 2, entry->division);
    int got, rows = 0;
    bool here = false;
    *out = 0;
    while ((got = statement_next(load->job->warehouse, stmt, err)) > 0) {
        if (rows++ == 0) {
            *out = sqlite3_column_int64(stmt, 0);
            here = sqlite3_column_int(stmt, 1);
        } else if (!here) {
            *out = 0;
        }
    }
    return got;
}

static int put_successors(struct load *load, const struct register_row *row, struct entry *entry,
                          struct err *err)
{
    struct str before, after, rest = register_field(load->job, row, SUCCESSOR), text;
    if (load->job->at[SUCCESSOR] < 0)
        return 0;
    if (list_of(load, "register.successors", entry->agency_id, &before, err) < 0 ||
        run_id(load, "register.forget_successors", entry->agency_id, err) < 0)
        return -1;
    while (next_name(&rest, &text)) {
        int64_t id = 0;
        if (successor_of(load, entry, text, &id, err) < 0)
            return -1;
        if (!id || id == entry->agency_id) {
            struct err why = {0};
            err_reject(&why, "register-line", row->line,
                       "the successor \"%.*s\" of %.*s is not in the register", STR_ARG(text),
                       STR_ARG(entry->name.clean));
            register_bad(load->job, &why);
            continue;
        }
        sqlite3_stmt *stmt = warehouse_statement(load->job->warehouse, "register.successor", err);
        if (!stmt)
            return -1;
        sqlite3_bind_int64(stmt, 1, entry->agency_id);
        sqlite3_bind_int64(stmt, 2, id);
        if (statement_run(load->job->warehouse, stmt, err) < 0)
            return -1;
    }
    if (list_of(load, "register.successors", entry->agency_id, &after, err) < 0)
        return -1;
    if (!str_eq(before, after))
        touch(load, entry);
    return 0;
}

static int write_entries(struct load *load, struct err *err)
{
    const struct register_file *file = load->job->file;
    for (size_t i = 0; i < file->count; i++)
        if (put_agency(load, &load->entries[i], err) < 0)
            return -1;
    for (size_t i = 0; i < file->count; i++)
        if (take_over(load, &load->entries[i], &load->entries[i].name, false, err) < 0 ||
            put_aliases(load, &file->rows[i], &load->entries[i], err) < 0 ||
            put_successors(load, &file->rows[i], &load->entries[i], err) < 0)
            return -1;
    for (size_t i = 0; i < file->count; i++) {
        const struct entry *entry = &load->entries[i];
        load->job->result->unchanged += !entry->touched;
        if (entry->touched &&
            register_change(load->job, entry->agency_id, entry->division, err) < 0)
            return -1;
    }
    return 0;
}

int register_agencies(struct register_job *job, struct err *err)
{
    struct load load = {.job = job, .arena = arena_new((size_t)512 << 20)};
    if (register_columns(job, columns, 7, err) < 0 ||
        agencies_open(&load.agencies, job->warehouse, err) < 0)
        return -1;
    int status = read_entries(&load, err);
    if (status == 0 && !job->bad)
        status = write_entries(&load, err);
    agencies_close(load.agencies);
    arena_free(&load.arena);
    return status;
}
