#include "importers/csv_give.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "importers/csv_header.h"

enum { PARTS_MAX = 1 << 26 };

/* Where each cell of the report at hand was met first; entries of another report are stale. */
struct met {
    uint32_t report, line; /* report: its number + 1 */
    struct str value;
};

/* The report at hand; `why` is set when it is a reject. Its texts are in the arena. */
struct giving {
    struct stated_names *names;
    struct document_sink *sink;
    struct arena arena;
    struct met *met;
    struct document *doc;
    uint32_t report;
    struct err why;
    struct buf parts; /* of a value that came in several */
};

bool csv_whose_is_told(const struct str columns[4])
{
    return csv_year(columns[2]) >= 0 && csv_scope(columns[3]).p;
}

static int too_large(const struct giving *g, uint32_t line, struct err *err)
{
    return err_reject(err, "too-large", line,
                      "takes more than %zu bytes of memory; split it, or raise the limit",
                      g->arena.limit);
}

/* Begins a report with the columns that name it: one whose year or scope is none is a reject from the
 * start. */
static int begin(struct giving *g, uint32_t report, struct str bytes, struct err *err)
{
    struct csv_whose whose;
    struct str column[4];
    memcpy(&whose, bytes.p, sizeof whose);
    bytes = str_skip(bytes, sizeof whose);
    for (int i = 0; i < 4; i++) {
        column[i] = str_slice(bytes, 0, whose.lengths[i]);
        bytes = str_skip(bytes, whose.lengths[i]);
    }
    arena_reset(&g->arena);
    g->doc = document_new(&g->arena);
    if (!g->doc)
        return err_memory(err);
    int year = csv_year(column[2]);
    g->report = report;
    g->why = (struct err){0};
    g->doc->names = g->names;
    g->doc->line = whose.line;
    g->doc->declared = (struct declared){
        .agency = arena_copy(&g->arena, str_trim(column[0])),
        .division = arena_copy(&g->arena, str_trim(column[1])),
        .scope = csv_scope(column[3]),
        .year = year < 0 ? 0 : year,
    };
    if (!g->doc->declared.agency.p || !g->doc->declared.division.p)
        return err_memory(err);
    if (year < 0)
        err_reject(&g->why, "csv-line", whose.line,
                   "line %u: \"%.*s\" is no year; write it as 2021", (unsigned)whose.line,
                   STR_ARG(str_slice(column[2], 0, 60)));
    else if (!g->doc->declared.scope.p)
        err_reject(&g->why, "csv-line", whose.line,
                   "line %u: \"%.*s\" is no scope; write own or composite",
                   (unsigned)whose.line, STR_ARG(str_slice(column[3], 0, 60)));
    return 0;
}

/* Hands out the report at hand, if there is one. */
static int end(struct giving *g, struct err *err)
{
    struct document *doc = g->doc;
    g->doc = NULL;
    if (!doc)
        return 0;
    return g->why.kind != ERR_NONE ? g->sink->reject(g->sink->self, &doc->declared, &g->why)
                                   : g->sink->take(g->sink->self, doc, err);
}

/* Adds a cell to the document, unless it is there already. */
static int add_cell(struct giving *g, uint32_t cell, struct str value, uint32_t line)
{
    struct met *met = &g->met[cell];
    if (met->report != g->report + 1) {
        *met = (struct met){g->report + 1, line, value};
        return document_state(g->doc, (struct stated_cell){cell, line, value}) < 0
                   ? too_large(g, line, &g->why)
                   : 0;
    }
    struct str name = g->names->name[cell];
    return str_eq(met->value, value)
               ? 0
               : err_reject(&g->why, "twice", line,
                            "line %u gives %.*s as \"%.*s\", line %u as \"%.*s\"; keep one of them",
                            (unsigned)line, STR_ARG(str_slice(name, 0, 100)),
                            STR_ARG(str_slice(value, 0, 40)), (unsigned)met->line,
                            STR_ARG(str_slice(met->value, 0, 40)));
}

/* The value of an entry, with the parts that came before it; a copy, for pieces do not stay. p is
 * NULL when memory ran out. */
static struct str value_of(struct giving *g, struct str last)
{
    if (g->parts.n == 0) {
        bool zero = last.n == 1 && last.p[0] == '0';
        return zero ? STR("0") : last.n == 0 ? STR("") : arena_copy(&g->arena, last);
    }
    buf_add(&g->parts, last);
    struct str whole = g->parts.failed ? (struct str){0}
                                       : arena_copy(&g->arena, buf_str(&g->parts));
    buf_reset(&g->parts);
    return whole;
}

/* Takes what an entry says that is no cell. */
static int take_other(struct giving *g, uint32_t report, const struct csv_unpacked *entry,
                      struct err *err)
{
    if (entry->other == CSV_OTHER_PART) {
        buf_add(&g->parts, entry->value);
        return 0;
    }
    buf_add(&g->parts, entry->value);
    struct str whole = buf_str(&g->parts);
    int status = g->parts.failed ? err_memory(err) : 0;
    if (status == 0 && entry->other == CSV_OTHER_WHOSE)
        status = end(g, err) < 0 ? -1 : begin(g, report, whole, err);
    else if (status == 0) /* a bad line is told rather than a cell that was given twice */
        memcpy(&g->why, whole.p, sizeof g->why);
    buf_reset(&g->parts);
    return status;
}

static int take_piece(struct giving *g, uint32_t report, struct str piece, struct err *err)
{
    struct csv_unpacked entry = {0};
    while (csv_unpack(&piece, &entry)) {
        if (!entry.is_cell) {
            if (take_other(g, report, &entry, err) < 0)
                return -1;
        } else if (g->why.kind != ERR_NONE) {
            buf_reset(&g->parts);
        } else {
            struct str value = value_of(g, entry.value);
            if (!value.p)
                too_large(g, entry.line, &g->why);
            else
                add_cell(g, entry.cell, value, entry.line);
        }
    }
    return 0;
}

int csv_give(struct pile *pile, struct stated_names *names, const struct import_options *options,
             struct document_sink *sink, struct err *err)
{
    struct giving g = {.names = names, .sink = sink, .arena = arena_new(options->memory_max),
                       .parts = buf_new(PARTS_MAX)};
    struct str piece;
    uint32_t report;
    g.met = calloc((size_t)names->count + 1, sizeof *g.met);
    int status = !g.met ? err_refused(err) : pile_back(pile, err) < 0 ? -1 : 1;
    while (status > 0 && (status = pile_next(pile, &report, &piece, err)) > 0)
        if (take_piece(&g, report, piece, err) < 0)
            status = -1;
    if (status == 0)
        status = end(&g, err);
    free(g.met);
    buf_free(&g.parts);
    arena_free(&g.arena);
    return status;
}
