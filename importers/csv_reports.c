#include "importers/csv_reports.h"

#include <stdlib.h>
#include <string.h>

#include "core/text/hash.h"

/* A cell is packed as three numbers of 7 bits a byte: its cell number and its line, as differences
 * from the cell before, and the length of its value + 1, then the value; length 0 stands for the
 * value "0", which nine in ten are. In order that makes three bytes a cell. */
enum {
    CHUNK_BYTES = 240,
    NUMBER_BYTES = 5,
    HELD_MAX = 1 << 30, /* bytes of one file's packed cells */
};

struct chunk {
    struct chunk *next;
    uint32_t used, size;
    char bytes[];
};

struct csv_report {
    struct str columns[4]; /* as they stand */
    struct declared declared;
    uint32_t first_line, last_line, last_cell, cells;
    struct chunk *head, *tail;
    const struct err *why; /* of a reject */
    uint32_t next;         /* with the same hash, + 1 */
};

/* A name with a number: the cells. */
struct name {
    struct str text;
    uint32_t next; /* with the same hash, + 1 */
};

struct table {
    uint32_t *slots; /* number + 1 of the first entry with that hash */
    size_t size;     /* a power of two */
};

struct csv_reports {
    struct arena arena;
    struct csv_report *reports;
    struct name *names;
    size_t count, capacity, name_count, name_capacity;
    struct table by_columns, by_name;
    uint32_t last_report, last_name; /* the ones asked for last: the next is often the same */
};

int csv_reports_new(struct csv_reports **out, struct err *err)
{
    struct csv_reports *r = calloc(1, sizeof *r);
    if (!r)
        return err_memory(err);
    r->arena = arena_new(HELD_MAX);
    *out = r;
    return 0;
}

void csv_reports_free(struct csv_reports *r)
{
    if (!r)
        return;
    arena_free(&r->arena);
    free(r->reports);
    free(r->names);
    free(r->by_columns.slots);
    free(r->by_name.slots);
    free(r);
}

static int too_much(struct err *err)
{
    return err_reject(err, "too-large", 0,
                      "the cells of this file take more than %d bytes of memory; split it",
                      (int)HELD_MAX);
}

/* Room for one more in an array that doubles. */
static int grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return 0;
    size_t wider = *capacity ? *capacity * 2 : 64;
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = realloc(old, wider * size);
    if (!grown)
        return -1;
    memcpy(items, &grown, sizeof grown);
    *capacity = wider;
    return 0;
}

/* Makes room for `count` entries; `rehash` puts the old ones back. */
static int table_grow(struct table *table, size_t count, void (*rehash)(struct csv_reports *),
                      struct csv_reports *r)
{
    if (count * 2 < table->size)
        return 0;
    size_t wider = table->size ? table->size * 2 : 1024;
    uint32_t *slots = calloc(wider, sizeof *slots);
    if (!slots)
        return -1;
    free(table->slots);
    *table = (struct table){slots, wider};
    rehash(r);
    return 0;
}

static uint64_t hash_columns(const struct str columns[4])
{
    uint64_t hash = 0;
    for (int i = 0; i < 4; i++)
        hash = hash_text(columns[i], hash + 1);
    return hash;
}

static void link_report(struct csv_reports *r, uint32_t i)
{
    uint32_t *slot = &r->by_columns.slots[hash_columns(r->reports[i].columns) &
                                          (r->by_columns.size - 1)];
    r->reports[i].next = *slot;
    *slot = i + 1;
}

static void link_name(struct csv_reports *r, uint32_t i)
{
    uint32_t *slot = &r->by_name.slots[hash_text(r->names[i].text, 0) & (r->by_name.size - 1)];
    r->names[i].next = *slot;
    *slot = i + 1;
}

static void link_reports(struct csv_reports *r)
{
    for (uint32_t i = 0; i < r->count; i++)
        link_report(r, i);
}

static void link_names(struct csv_reports *r)
{
    for (uint32_t i = 0; i < r->name_count; i++)
        link_name(r, i);
}

int csv_reports_cell(struct csv_reports *r, struct str name, uint32_t *out, struct err *err)
{
    for (uint32_t i = r->last_name; i < r->name_count && i < r->last_name + 2; i++)
        if (str_eq(r->names[i].text, name)) { /* the one behind the last, in a file in order */
            *out = r->last_name = i;
            return 0;
        }
    if (table_grow(&r->by_name, r->name_count, link_names, r) < 0)
        return err_memory(err);
    uint32_t at = r->by_name.slots[hash_text(name, 0) & (r->by_name.size - 1)];
    while (at && !str_eq(r->names[at - 1].text, name))
        at = r->names[at - 1].next;
    if (!at) {
        struct str copy = arena_copy(&r->arena, name);
        if (!copy.p)
            return too_much(err);
        if (grow(&r->names, r->name_count, &r->name_capacity, sizeof *r->names) < 0)
            return err_memory(err);
        r->names[r->name_count++] = (struct name){.text = copy};
        link_name(r, (uint32_t)r->name_count - 1);
        at = (uint32_t)r->name_count;
    }
    *out = r->last_name = at - 1;
    return 0;
}

/* Who and when --------------------------------------------------------------------------------- */

/* A year as people write it: 2021, 2021年, 2021年度, full-width digits too. 0: empty, -1: none. */
static int year_of(struct str s)
{
    int year = 0;
    for (s = str_trim(s); s.n > 0;) {
        bool wide = s.n >= 3 && s.p[0] == '\xEF' && s.p[1] == '\xBC' &&
                    s.p[2] >= '\x90' && s.p[2] <= '\x99';
        int digit = wide ? s.p[2] - '\x90' : s.p[0] - '0';
        if (digit < 0 || digit > 9)
            break;
        if (year > 999)
            return -1;
        year = year * 10 + digit;
        s = str_skip(s, wide ? 3 : 1);
    }
    if (s.n > 0 && !str_eq(s, STR("年")) && !str_eq(s, STR("年度")))
        return -1;
    return year == 0 && s.n == 0 ? 0 : year < 1990 || year > 2200 ? -1 : year;
}

/* own or composite; empty when not stated; NULL when it is neither. */
static struct str scope_of(struct str s)
{
    static const char *const own[] = {"own", "本单位", "本机关", "本级", "自身"};
    static const char *const composite[] = {"composite", "汇总", "综合", "本行政区域", "全区域"};
    s = str_trim(s);
    if (s.n == 0)
        return STR("");
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(s, str_from(own[i])))
            return STR("own");
    for (size_t i = 0; i < sizeof composite / sizeof *composite; i++)
        if (str_eq(s, str_from(composite[i])))
            return STR("composite");
    return (struct str){0};
}

static int judge(struct csv_reports *r, uint32_t i, struct err *err)
{
    struct csv_report *report = &r->reports[i];
    struct err why = {0};
    int year = year_of(report->columns[2]);
    report->declared = (struct declared){
        .agency = str_trim(report->columns[0]),
        .division = str_trim(report->columns[1]),
        .scope = scope_of(report->columns[3]),
        .year = year < 0 ? 0 : year,
    };
    if (year < 0)
        err_reject(&why, "csv-line", report->first_line,
                   "line %u: \"%.*s\" is no year; write it as 2021", (unsigned)report->first_line,
                   STR_ARG(str_slice(report->columns[2], 0, 60)));
    else if (!report->declared.scope.p)
        err_reject(&why, "csv-line", report->first_line,
                   "line %u: \"%.*s\" is no scope; write own or composite",
                   (unsigned)report->first_line, STR_ARG(str_slice(report->columns[3], 0, 60)));
    return why.kind == ERR_NONE ? 0 : csv_reports_reject(r, i, &why, err);
}

static bool same_columns(const struct str a[4], const struct str b[4])
{
    /* the agency last: within a file its neighbours differ in it least */
    return str_eq(a[2], b[2]) && str_eq(a[0], b[0]) && str_eq(a[1], b[1]) && str_eq(a[3], b[3]);
}

int csv_reports_of(struct csv_reports *r, const struct str columns[4], uint32_t line,
                   uint32_t *out, struct err *err)
{
    if (r->last_report < r->count && same_columns(r->reports[r->last_report].columns, columns)) {
        *out = r->last_report;
        return 0;
    }
    if (table_grow(&r->by_columns, r->count, link_reports, r) < 0)
        return err_memory(err);
    uint32_t at = r->by_columns.slots[hash_columns(columns) & (r->by_columns.size - 1)];
    while (at && !same_columns(r->reports[at - 1].columns, columns))
        at = r->reports[at - 1].next;
    if (!at) {
        struct csv_report report = {.first_line = line, .last_line = line};
        for (int i = 0; i < 4; i++)
            if (!(report.columns[i] = arena_copy(&r->arena, columns[i])).p)
                return too_much(err);
        if (grow(&r->reports, r->count, &r->capacity, sizeof *r->reports) < 0)
            return err_memory(err);
        r->reports[r->count++] = report;
        link_report(r, (uint32_t)r->count - 1);
        if (judge(r, (uint32_t)r->count - 1, err) < 0)
            return -1;
        at = (uint32_t)r->count;
    }
    *out = r->last_report = at - 1;
    return 0;
}

int csv_reports_reject(struct csv_reports *r, uint32_t report, const struct err *why,
                       struct err *err)
{
    if (r->reports[report].why)
        return 0;
    struct err *kept = arena_alloc(&r->arena, sizeof *kept);
    if (!kept)
        return too_much(err);
    *kept = *why;
    r->reports[report].why = kept;
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

static int add_chunk(struct csv_reports *r, struct csv_report *report, size_t need)
{
    size_t size = need > CHUNK_BYTES ? need : CHUNK_BYTES;
    struct chunk *chunk = arena_alloc(&r->arena, sizeof *chunk + size);
    if (!chunk)
        return -1;
    chunk->size = (uint32_t)size;
    if (report->tail)
        report->tail->next = chunk;
    else
        report->head = chunk;
    report->tail = chunk;
    return 0;
}

int csv_reports_add(struct csv_reports *r, uint32_t i, uint32_t cell, struct str value,
                    uint32_t line, struct err *err)
{
    struct csv_report *report = &r->reports[i];
    size_t need = 3 * NUMBER_BYTES + value.n;
    if (report->why)
        return 0;
    if ((!report->tail || report->tail->size - report->tail->used < need) &&
        add_chunk(r, report, need) < 0)
        return too_much(err);
    char *start = report->tail->bytes + report->tail->used, *to = start;
    bool zero = value.n == 1 && value.p[0] == '0';
    to = put(to, zigzag(cell, report->last_cell));
    to = put(to, zigzag(line, report->last_line));
    to = put(to, zero ? 0 : (uint32_t)value.n + 1);
    if (!zero && value.n > 0) {
        memcpy(to, value.p, value.n);
        to += value.n;
    }
    report->tail->used += (uint32_t)(to - start);
    report->last_cell = cell;
    report->last_line = line;
    report->cells++;
    return 0;
}

/* Handing out ----------------------------------------------------------------------------------- */

/* Where each cell of the report at hand was met first; entries of another report are stale. */
struct met {
    uint32_t report, line;
    struct str value;
};

/* Adds a cell to the grid, unless it is there already. */
static int give_cell(struct csv_reports *r, uint32_t number, struct met *met, struct grid_builder *grid,
                     uint32_t cell, struct str value, uint32_t line, struct err *err)
{
    struct str name = r->names[cell].text;
    if (met->report == number + 1 && str_eq(met->value, value))
        return 0;
    if (met->report == number + 1)
        return err_reject(err, "twice", line,
                          "line %u gives %.*s as \"%.*s\", line %u as \"%.*s\"; keep one of them",
                          (unsigned)line, STR_ARG(str_slice(name, 0, 100)),
                          STR_ARG(str_slice(value, 0, 40)), (unsigned)met->line,
                          STR_ARG(str_slice(met->value, 0, 40)));
    *met = (struct met){number + 1, line, value};
    if (grid_row(grid) < 0 ||
        grid_cell(grid, (struct grid_cell){.text = name, .line = line}) < 0 ||
        grid_cell(grid, (struct grid_cell){.text = value, .line = line}) < 0)
        return err_reject(err, "too-large", line,
                          "takes more than %zu bytes of memory; split it, or raise the limit",
                          r->arena.limit);
    return 0;
}

static int give_cells(struct csv_reports *r, uint32_t number, struct met *met,
                      struct grid_builder *grid, struct err *err)
{
    const struct csv_report *report = &r->reports[number];
    uint32_t cell = 0, line = report->first_line;
    for (const struct chunk *chunk = report->head; chunk; chunk = chunk->next)
        for (const char *at = chunk->bytes; at < chunk->bytes + chunk->used;) {
            uint32_t a, b, n;
            at = get(get(get(at, &a), &b), &n);
            cell = zagzig(a, cell);
            line = zagzig(b, line);
            struct str value = n ? (struct str){at, n - 1} : STR("0");
            at += n ? n - 1 : 0;
            if (give_cell(r, number, &met[cell], grid, cell, value, line, err) < 0)
                return -1;
        }
    return 0;
}

static int give_report(struct csv_reports *r, uint32_t number, struct met *met,
                       struct arena *arena, struct document_sink *sink, struct err *err)
{
    struct csv_report *report = &r->reports[number];
    struct err why = {0};
    if (report->why)
        return sink->reject(sink->self, &report->declared, report->why);
    struct document *doc = document_new(arena);
    struct grid_builder *grid = doc ? document_grid(doc, report->first_line) : NULL;
    if (!grid)
        return err_memory(err);
    doc->declared = report->declared;
    doc->line = report->first_line;
    if (give_cells(r, number, met, grid, &why) < 0)
        return sink->reject(sink->self, &report->declared, &why);
    return grid_end(grid) < 0 ? err_memory(err) : sink->take(sink->self, doc, err);
}

int csv_reports_give(struct csv_reports *r, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct met *met = calloc(r->name_count + 1, sizeof *met);
    int status = met ? 0 : err_memory(err);
    for (uint32_t i = 0; i < r->count && status == 0; i++) {
        status = give_report(r, i, met, &arena, sink, err);
        arena_reset(&arena);
    }
    free(met);
    arena_free(&arena);
    return status;
}
