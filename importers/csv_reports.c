#include "importers/csv_reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/text/hash.h"
#include "importers/csv_header.h"

/* A cell is packed as three numbers of 7 bits a byte: its cell number and its line, as differences
 * from the cell before, and the length of its value + 1, then the value; length 0 stands for the
 * value "0", which nine in ten are. In order that makes three bytes a cell. */
enum {
    CHUNK_BYTES = 240,
    NUMBER_BYTES = 5,
    HELD_MAX = 1 << 30, /* bytes of one file's packed cells */
    KEY_MAX = 1 << 20,  /* bytes of the four columns that name a report */
};

struct chunk {
    struct chunk *next;
    size_t used; /* set when the chunk is left */
    char bytes[];
};

/* What every line touches comes first; the key it was made with lies behind the report itself. */
struct csv_report {
    uint32_t last_line, last_cell;
    char *at, *end; /* room in the last chunk */
    const struct err *why; /* of a reject */
    struct csv_report *next; /* by first appearance */
    struct chunk *head, *tail;
    struct declared declared;
    uint32_t first_line;
};

/* A way to write the four columns of a report (see key_of); 2021 and 2021年 are two of one. */
struct slot {
    uint64_t hash;
    struct str key;
    struct csv_report *report; /* NULL: free */
};

struct csv_reports {
    struct arena arena;
    struct csv_report *first, *newest, *last; /* last: asked for last, often the next too … */
    struct str last_key;                       /* … by this key */
    struct slot *slots;                        /* open addressing, half of them free */
    size_t slots_used, slot_count;
    struct stated_names names; /* of cells; chains of those with the same hash: next + 1 */
    uint32_t *name_next, *name_slots;
    size_t name_capacity, name_slot_count;
    uint32_t last_name;
    struct buf key, plain_key;
};

int csv_reports_new(struct csv_reports **out, struct err *err)
{
    struct csv_reports *r = calloc(1, sizeof *r);
    if (!r)
        return err_memory(err);
    r->arena = arena_new(HELD_MAX);
    r->names.arena = &r->arena;
    r->key = buf_new(KEY_MAX);
    r->plain_key = buf_new(KEY_MAX);
    *out = r;
    return 0;
}

void csv_reports_free(struct csv_reports *r)
{
    if (!r)
        return;
    arena_free(&r->arena);
    buf_free(&r->key);
    buf_free(&r->plain_key);
    free(r->slots);
    free(r->names.name);
    free(r->names.cell);
    free(r->name_next);
    free(r->name_slots);
    free(r);
}

static int too_much(struct err *err)
{
    return err_reject(err, "too-large", 0,
                      "the cells of this file take more than %d bytes of memory; split it",
                      (int)HELD_MAX);
}

/* Names of cells ------------------------------------------------------------------------------- */

static void link_name(struct csv_reports *r, uint32_t i)
{
    uint32_t *slot = &r->name_slots[hash_text(r->names.name[i], 0) & (r->name_slot_count - 1)];
    r->name_next[i] = *slot;
    *slot = i + 1;
}

/* Room for `wider` items instead of fewer. -1: none, and the old ones stand. */
static int widen(void *items, size_t wider, size_t size)
{
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, wider * size);
    if (!grown)
        return -1;
    memcpy(items, &grown, sizeof grown);
    return 0;
}

/* Room for one more name. */
static int grow_names(struct csv_reports *r)
{
    size_t wider = r->name_capacity ? r->name_capacity * 2 : 512;
    if (r->names.count < r->name_capacity)
        return 0;
    if (widen(&r->names.name, wider, sizeof *r->names.name) < 0 ||
        widen(&r->names.cell, wider, sizeof *r->names.cell) < 0 ||
        widen(&r->name_next, wider, sizeof *r->name_next) < 0 ||
        widen(&r->name_slots, wider * 2, sizeof *r->name_slots) < 0)
        return -1;
    r->name_capacity = wider;
    r->name_slot_count = wider * 2;
    memset(r->name_slots, 0, r->name_slot_count * sizeof *r->name_slots);
    for (uint32_t i = 0; i < r->names.count; i++)
        link_name(r, i);
    return 0;
}

int csv_reports_cell(struct csv_reports *r, struct str name, uint32_t *out, struct err *err)
{
    for (uint32_t i = r->last_name; i < r->names.count && i < r->last_name + 2; i++)
        if (str_eq(r->names.name[i], name)) { /* the one behind the last, in a file in order */
            *out = r->last_name = i;
            return 0;
        }
    if (grow_names(r) < 0)
        return err_memory(err);
    uint32_t at = r->name_slots[hash_text(name, 0) & (r->name_slot_count - 1)];
    while (at && !str_eq(r->names.name[at - 1], name))
        at = r->name_next[at - 1];
    if (!at) {
        struct str copy = arena_copy(&r->arena, name);
        if (!copy.p)
            return too_much(err);
        at = ++r->names.count;
        r->names.name[at - 1] = copy;
        r->names.cell[at - 1] = CELL_UNASKED;
        link_name(r, at - 1);
    }
    *out = r->last_name = at - 1;
    return 0;
}

/* Who and when --------------------------------------------------------------------------------- */

/* Reads the four columns; a report whose year or scope is none is a reject from the start. */
static int judge(struct csv_reports *r, struct csv_report *report, const struct str columns[4],
                 struct err *err)
{
    struct err why = {0};
    int year = csv_year(columns[2]);
    report->declared = (struct declared){
        .agency = arena_copy(&r->arena, str_trim(columns[0])),
        .division = arena_copy(&r->arena, str_trim(columns[1])),
        .scope = csv_scope(columns[3]),
        .year = year < 0 ? 0 : year,
    };
    if (!report->declared.agency.p || !report->declared.division.p)
        return too_much(err);
    if (year < 0)
        err_reject(&why, "csv-line", report->first_line,
                   "line %u: \"%.*s\" is no year; write it as 2021", (unsigned)report->first_line,
                   STR_ARG(str_slice(columns[2], 0, 60)));
    else if (!report->declared.scope.p)
        err_reject(&why, "csv-line", report->first_line,
                   "line %u: \"%.*s\" is no scope; write own or composite",
                   (unsigned)report->first_line, STR_ARG(str_slice(columns[3], 0, 60)));
    return why.kind == ERR_NONE ? 0 : csv_reports_reject(r, report, &why, err);
}

/* The four columns as one text: their lengths, then their bytes. */
static int key_of(struct buf *buf, const struct str columns[4], struct str *out)
{
    size_t lengths[4] = {columns[0].n, columns[1].n, columns[2].n, columns[3].n};
    buf_reset(buf);
    buf_add(buf, (struct str){(const char *)lengths, sizeof lengths});
    for (int i = 0; i < 4; i++)
        buf_add(buf, columns[i]);
    *out = buf_str(buf);
    return buf->failed ? -1 : 0;
}

/* The slot of a key: of its report, or the free one where it belongs. */
static struct slot *slot_of(struct csv_reports *r, uint64_t hash, struct str key)
{
    size_t i = hash & (r->slot_count - 1);
    while (r->slots[i].report &&
           (r->slots[i].hash != hash || !str_eq(r->slots[i].key, key)))
        i = (i + 1) & (r->slot_count - 1);
    return &r->slots[i];
}

static int grow_slots(struct csv_reports *r)
{
    if ((r->slots_used + 2) * 2 < r->slot_count)
        return 0;
    size_t old = r->slot_count, wider = old ? old * 2 : 1024;
    struct slot *slots = calloc(wider, sizeof *slots);
    if (!slots)
        return -1;
    for (size_t i = 0; i < old; i++) {
        size_t at = r->slots[i].hash & (wider - 1);
        if (!r->slots[i].report)
            continue;
        while (slots[at].report)
            at = (at + 1) & (wider - 1);
        slots[at] = r->slots[i];
    }
    free(r->slots);
    r->slots = slots;
    r->slot_count = wider;
    return 0;
}

static struct csv_report *add_report(struct csv_reports *r, struct str *key, uint32_t line)
{
    struct csv_report *report = arena_alloc(&r->arena, sizeof *report + key->n);
    if (!report)
        return NULL;
    memcpy(report + 1, key->p, key->n);
    *key = (struct str){(const char *)(report + 1), key->n};
    report->first_line = report->last_line = line;
    if (r->newest)
        r->newest->next = report;
    else
        r->first = report;
    r->newest = report;
    return report;
}

/* The columns in the one way that all others stand for; as they are where year or scope is none. */
static void plain_columns(const struct str columns[4], char year[8], struct str out[4])
{
    int number = csv_year(columns[2]);
    struct str scope = csv_scope(columns[3]);
    for (int i = 0; i < 4; i++)
        out[i] = str_trim(columns[i]);
    if (number > 0)
        out[2] = (struct str){year, (size_t)snprintf(year, 8, "%d", number)};
    if (scope.p)
        out[3] = scope;
}

static struct slot *take_slot(struct csv_reports *r, struct slot *slot, uint64_t hash,
                              struct str key, struct csv_report *report)
{
    *slot = (struct slot){hash, key, report};
    r->slots_used++;
    return slot;
}

/* A key that is met first: of a new report, or of one that was written in another way. */
static int meet_key(struct csv_reports *r, struct str key, const struct str columns[4],
                    uint32_t line, struct slot **out, struct err *err)
{
    struct str plain[4], same;
    char year[8];
    plain_columns(columns, year, plain);
    if (key_of(&r->plain_key, plain, &same) < 0)
        return too_much(err);
    uint64_t plain_hash = hash_text(same, 0);
    struct slot *slot = slot_of(r, plain_hash, same);
    if (!slot->report) {
        struct csv_report *report = add_report(r, &same, line);
        if (!report)
            return too_much(err);
        take_slot(r, slot, plain_hash, same, report);
        if (judge(r, report, columns, err) < 0)
            return -1;
    }
    *out = slot;
    if (str_eq(slot->key, key))
        return 0;
    struct csv_report *report = slot->report;
    uint64_t hash = hash_text(key, 0);
    key = arena_copy(&r->arena, key);
    if (!key.p)
        return too_much(err);
    *out = take_slot(r, slot_of(r, hash, key), hash, key, report);
    return 0;
}

int csv_reports_of(struct csv_reports *r, const struct str columns[4], uint32_t line,
                   struct csv_report **out, struct err *err)
{
    struct str key;
    if (key_of(&r->key, columns, &key) < 0)
        return too_much(err);
    if (r->last && str_eq(r->last_key, key)) {
        *out = r->last;
        return 0;
    }
    if (grow_slots(r) < 0)
        return err_memory(err);
    struct slot *slot = slot_of(r, hash_text(key, 0), key);
    if (!slot->report && meet_key(r, key, columns, line, &slot, err) < 0)
        return -1;
    r->last_key = slot->key;
    *out = r->last = slot->report;
    return 0;
}

int csv_reports_reject(struct csv_reports *r, struct csv_report *report, const struct err *why,
                       struct err *err)
{
    if (report->why)
        return 0;
    struct err *kept = arena_alloc(&r->arena, sizeof *kept);
    if (!kept)
        return too_much(err);
    *kept = *why;
    report->why = kept;
    return 0;
}

/* Packing -------------------------------------------------------------------------------------- */

static char *put(char *to, uint32_t n)
{
    for (; n >= 0x80; n >>= 7)
        *to++ = (char)(n | 0x80);
    *to++ = (char)n;
    return to;
}

static const char *get(const char *from, uint32_t *n)
{
    *n = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char c = (unsigned char)*from++;
        *n |= (uint32_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return from;
    }
}

/* Differences of either sign as small numbers: 0, -1, 1, -2 … */
static uint32_t zigzag(uint32_t now, uint32_t before)
{
    uint32_t d = now - before;
    return d & UINT32_C(0x80000000) ? ~(d << 1) : d << 1;
}

static uint32_t zagzig(uint32_t n, uint32_t before)
{
    return before + ((n >> 1) ^ (0u - (n & 1)));
}

static void leave_chunk(struct csv_report *report)
{
    if (report->tail)
        report->tail->used = (size_t)(report->at - report->tail->bytes);
}

static int add_chunk(struct csv_reports *r, struct csv_report *report, size_t need)
{
    size_t size = need > CHUNK_BYTES ? need : CHUNK_BYTES;
    struct chunk *chunk = arena_alloc(&r->arena, sizeof *chunk + size);
    if (!chunk)
        return -1;
    leave_chunk(report);
    if (report->tail)
        report->tail->next = chunk;
    else
        report->head = chunk;
    report->tail = chunk;
    report->at = chunk->bytes;
    report->end = chunk->bytes + size;
    return 0;
}

int csv_reports_add(struct csv_reports *r, struct csv_report *report, uint32_t cell,
                    struct str value, uint32_t line, struct err *err)
{
    size_t need = 3 * NUMBER_BYTES + value.n;
    if (report->why)
        return 0;
    if ((size_t)(report->end - report->at) < need && add_chunk(r, report, need) < 0)
        return too_much(err);
    bool zero = value.n == 1 && value.p[0] == '0';
    char *to = put(report->at, zigzag(cell, report->last_cell));
    to = put(to, zigzag(line, report->last_line));
    to = put(to, zero ? 0 : (uint32_t)value.n + 1);
    if (!zero && value.n > 0) {
        memcpy(to, value.p, value.n);
        to += value.n;
    }
    report->at = to;
    report->last_cell = cell;
    report->last_line = line;
    return 0;
}

/* Handing out ----------------------------------------------------------------------------------- */

/* Where each cell of the report at hand was met first; entries of another report are stale. */
struct met {
    uint32_t report, line;
    struct str value;
};

/* Adds a cell to the document, unless it is there already. */
static int give_cell(struct csv_reports *r, uint32_t number, struct met *met, struct document *doc,
                     uint32_t cell, struct str value, uint32_t line, struct err *err)
{
    struct str name = r->names.name[cell];
    if (met->report == number + 1 && str_eq(met->value, value))
        return 0;
    if (met->report == number + 1)
        return err_reject(err, "twice", line,
                          "line %u gives %.*s as \"%.*s\", line %u as \"%.*s\"; keep one of them",
                          (unsigned)line, STR_ARG(str_slice(name, 0, 100)),
                          STR_ARG(str_slice(value, 0, 40)), (unsigned)met->line,
                          STR_ARG(str_slice(met->value, 0, 40)));
    *met = (struct met){number + 1, line, value};
    if (document_state(doc, (struct stated_cell){cell, line, value}) < 0)
        return err_reject(err, "too-large", line,
                          "takes more than %zu bytes of memory; split it, or raise the limit",
                          r->arena.limit);
    return 0;
}

static int give_cells(struct csv_reports *r, const struct csv_report *report, uint32_t number,
                      struct met *met, struct document *doc, struct err *err)
{
    uint32_t cell = 0, line = report->first_line;
    for (const struct chunk *chunk = report->head; chunk; chunk = chunk->next)
        for (const char *at = chunk->bytes; at < chunk->bytes + chunk->used;) {
            uint32_t a, b, n;
            at = get(get(get(at, &a), &b), &n);
            cell = zagzig(a, cell);
            line = zagzig(b, line);
            struct str value = n ? (struct str){at, n - 1} : STR("0");
            at += n ? n - 1 : 0;
            if (give_cell(r, number, &met[cell], doc, cell, value, line, err) < 0)
                return -1;
        }
    return 0;
}

static int give_report(struct csv_reports *r, struct csv_report *report, uint32_t number,
                       struct met *met, struct arena *arena, struct document_sink *sink,
                       struct err *err)
{
    struct err why = {0};
    leave_chunk(report);
    if (report->why)
        return sink->reject(sink->self, &report->declared, report->why);
    struct document *doc = document_new(arena);
    if (!doc)
        return err_memory(err);
    doc->declared = report->declared;
    doc->line = report->first_line;
    doc->names = &r->names;
    if (give_cells(r, report, number, met, doc, &why) < 0)
        return sink->reject(sink->self, &report->declared, &why);
    return sink->take(sink->self, doc, err);
}

int csv_reports_give(struct csv_reports *r, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct met *met = calloc((size_t)r->names.count + 1, sizeof *met);
    int status = met ? 0 : err_memory(err);
    uint32_t number = 0;
    for (struct csv_report *report = r->first; met && report && status == 0; report = report->next) {
        status = give_report(r, report, number++, met, &arena, sink, err);
        arena_reset(&arena);
    }
    free(met);
    arena_free(&arena);
    return status;
}
