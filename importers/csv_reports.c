#include "importers/csv_reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/text/hash.h"
#include "importers/csv_give.h"
#include "importers/csv_header.h"

enum {
    NAMES_MAX = 1 << 26,   /* bytes of all names of cells */
    KEY_MAX = 1 << 22,     /* bytes of the four columns that name a report */
    REPORTS_MAX = 1 << 26,
};

struct csv_reports {
    struct arena arena;
    struct csv_packer packer;
    struct csv_spelled spelled;
    uint64_t *rejected; /* bits */
    uint32_t count, capacity;
    uint32_t last; /* asked for last, often the next too, by the key last_key */
    struct buf key, last_key, plain_key;
    struct stated_names names; /* of cells; chains of those with the same hash: next + 1 */
    uint32_t *name_next, *name_slots;
    size_t name_capacity, name_slot_count;
    uint32_t last_name;
};

int csv_reports_new(struct csv_reports **out, size_t held, struct err *err)
{
    struct csv_reports *r = calloc(1, sizeof *r);
    if (!r)
        return err_refused(err);
    if (pile_new(&r->packer.pile, held, held, err) < 0) {
        free(r);
        return -1;
    }
    r->arena = arena_new(NAMES_MAX);
    r->names.arena = &r->arena;
    r->key = buf_new(KEY_MAX);
    r->last_key = buf_new(KEY_MAX);
    r->plain_key = buf_new(KEY_MAX);
    r->last = CSV_NOBODY;
    *out = r;
    return 0;
}

void csv_reports_free(struct csv_reports *r)
{
    if (!r)
        return;
    pile_free(&r->packer.pile);
    csv_spelled_free(&r->spelled);
    arena_free(&r->arena);
    buf_free(&r->key);
    buf_free(&r->last_key);
    buf_free(&r->plain_key);
    free(r->rejected);
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
                      (int)NAMES_MAX);
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

bool csv_reports_find(const struct csv_reports *r, struct str name, uint32_t *out)
{
    if (r->name_slot_count == 0)
        return false;
    uint32_t at = r->name_slots[hash_text(name, 0) & (r->name_slot_count - 1)];
    while (at && !str_eq(r->names.name[at - 1], name))
        at = r->name_next[at - 1];
    *out = at - 1;
    return at > 0;
}

const struct stated_names *csv_reports_names(const struct csv_reports *r)
{
    return &r->names;
}

int csv_reports_cell(struct csv_reports *r, struct str name, uint32_t *out, struct err *err)
{
    for (uint32_t i = r->last_name; i < r->names.count && i < r->last_name + 2; i++)
        if (str_eq(r->names.name[i], name)) { /* the one behind the last, in a file in order */
            *out = r->last_name = i;
            return 0;
        }
    if (!csv_reports_find(r, name, out)) {
        struct str copy = arena_copy(&r->arena, name);
        if (!copy.p)
            return too_much(err);
        if (grow_names(r) < 0)
            return err_memory(err);
        *out = r->names.count++;
        r->names.name[*out] = copy;
        r->names.cell[*out] = CELL_UNASKED;
        link_name(r, *out);
    }
    r->last_name = *out;
    return 0;
}

/* Who and when --------------------------------------------------------------------------------- */

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

/* Room for the bit of one more report. */
static int grow_rejected(struct csv_reports *r, struct err *err)
{
    if (r->count < r->capacity)
        return 0;
    if (r->count == REPORTS_MAX)
        return too_much(err);
    uint32_t wider = r->capacity ? r->capacity * 2 : 1024;
    uint64_t *bits = realloc(r->rejected, wider / 8);
    if (!bits)
        return err_refused(err);
    memset((char *)bits + r->capacity / 8, 0, (wider - r->capacity) / 8);
    r->rejected = bits;
    r->capacity = wider;
    return 0;
}

static int add_report(struct csv_reports *r, const struct str columns[4], uint32_t line,
                      uint32_t *out, struct err *err)
{
    struct csv_whose whose;
    struct str bytes;
    if (grow_rejected(r, err) < 0)
        return -1;
    memset(&whose, 0, sizeof whose); /* it goes into a file, with what lies between its members */
    whose.line = line;
    for (int i = 0; i < 4; i++)
        whose.lengths[i] = columns[i].n;
    buf_reset(&r->key); /* what stands in it has been put away */
    buf_add(&r->key, (struct str){(const char *)&whose, sizeof whose});
    for (int i = 0; i < 4; i++)
        buf_add(&r->key, columns[i]);
    bytes = buf_str(&r->key);
    if (r->key.failed)
        return too_much(err);
    if (csv_pack_other(&r->packer, r->count, CSV_OTHER_WHOSE, bytes, err) < 0)
        return -1;
    *out = r->count++;
    if (!csv_whose_is_told(columns)) /* told when it is handed out */
        r->rejected[*out / 64] |= UINT64_C(1) << *out % 64;
    return 0;
}

/* A key that is met first: of a new report, or of one that was written in another way. */
static int meet_key(struct csv_reports *r, struct str key, const struct str columns[4],
                    uint32_t line, uint32_t *out, bool *again, struct err *err)
{
    struct str plain[4], same;
    char year[8];
    plain_columns(columns, year, plain);
    if (key_of(&r->plain_key, plain, &same) < 0)
        return too_much(err);
    bool equal = str_eq(key, same);
    *again = csv_spelled_find(&r->spelled, CSV_COLUMNS, same, out);
    if (!equal && (*again ? 0 : csv_spelled_put(&r->spelled, CSV_COLUMNS, same, r->count, err)) < 0)
        return -1;
    if (csv_spelled_put(&r->spelled, CSV_COLUMNS, key, *again ? *out : r->count, err) < 0)
        return -1;
    return *again ? 0 : add_report(r, columns, line, out, err);
}

int csv_reports_of(struct csv_reports *r, const struct str columns[4], uint32_t line,
                   uint32_t *out, bool *again, struct err *err)
{
    struct str key;
    if (key_of(&r->key, columns, &key) < 0)
        return too_much(err);
    *again = true;
    if (r->last != CSV_NOBODY && str_eq((struct str){r->last_key.p, r->last_key.n}, key)) {
        *out = r->last;
        return 0;
    }
    buf_reset(&r->last_key);
    buf_add(&r->last_key, key);
    if (r->last_key.failed)
        return too_much(err);
    r->last = CSV_NOBODY;
    if (!csv_spelled_find(&r->spelled, CSV_COLUMNS, key, out) &&
        meet_key(r, key, columns, line, out, again, err) < 0)
        return -1;
    r->last = *out;
    return 0;
}

bool csv_reports_spelled(const struct csv_reports *r, enum csv_spelling kind, struct str text,
                         uint32_t *report)
{
    return csv_spelled_find(&r->spelled, kind, text, report);
}

int csv_reports_spell(struct csv_reports *r, enum csv_spelling kind, struct str text,
                      uint32_t report, struct err *err)
{
    uint32_t known;
    return csv_spelled_find(&r->spelled, kind, text, &known)
               ? 0
               : csv_spelled_put(&r->spelled, kind, text, report, err);
}

/* Cells ---------------------------------------------------------------------------------------- */

bool csv_reports_rejected(const struct csv_reports *r, uint32_t report)
{
    return r->rejected[report / 64] >> report % 64 & 1;
}

struct csv_packer *csv_reports_packer(struct csv_reports *r)
{
    return &r->packer;
}

int csv_reports_reject(struct csv_reports *r, uint32_t report, const struct err *why,
                       struct err *err)
{
    if (csv_reports_rejected(r, report))
        return 0;
    r->rejected[report / 64] |= UINT64_C(1) << report % 64;
    return csv_pack_other(&r->packer, report, CSV_OTHER_WHY,
                          (struct str){(const char *)why, sizeof *why}, err);
}

int csv_reports_add(struct csv_reports *r, uint32_t report, uint32_t cell, struct str value,
                    uint32_t line, struct err *err)
{
    if (csv_reports_rejected(r, report))
        return 0;
    return csv_pack(&r->packer, report, cell, line, value, err);
}

int csv_reports_give(struct csv_reports *r, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    return csv_give(&r->packer.pile, &r->names, options, sink, err);
}
