#include "core/model/gazetteer.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/model/short_form.h"

enum { NAME_CHARS = 31, LEADS = 4096 };

/* A name and the places that bear it: places[first .. first + count). */
struct entry {
    struct str name;
    uint32_t first, count;
};

/* One bearer of a name while the index is being made. */
struct bearer {
    struct str name;
    uint32_t place;
};

/* Names, full ones or short forms, found by hash. `lengths` says for the hash of a first
 * character which lengths (in characters) names have that begin with it. */
struct index {
    struct entry *entries, **slots;
    uint32_t *bearers;
    uint32_t count, mask;
    uint32_t lengths[LEADS];
};

struct gazetteer {
    struct arena arena;
    struct place *places; /* ordered by code, then by first year */
    uint32_t count;
    struct index full, shorts;
};

static uint32_t hash(struct str s)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 16777619u;
    return h ^ h >> 15;
}

/* Bytes of the character at the head of s. */
static size_t character(struct str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static uint32_t characters(struct str s)
{
    uint32_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

static uint32_t lead(struct str s)
{
    return hash(str_slice(s, 0, character(s))) % LEADS;
}

static int by_name(const void *a, const void *b)
{
    const struct bearer *x = a, *y = b;
    int c = str_cmp(x->name, y->name);
    return c ? c : (x->place > y->place) - (x->place < y->place);
}

static int by_code(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    int c = str_cmp(x->code, y->code);
    return c ? c : x->first_year - y->first_year;
}

/* Makes the index of `count` bearers, which it orders. */
static int index_make(struct arena *arena, struct index *index, struct bearer *bearers,
                      uint32_t count)
{
    uint32_t size = 16;
    while (size < count * 2)
        size *= 2;
    index->mask = size - 1;
    index->slots = arena_array(arena, size, sizeof *index->slots);
    index->entries = arena_array(arena, count, sizeof *index->entries);
    index->bearers = arena_array(arena, count, sizeof *index->bearers);
    if (!index->slots || !index->entries || !index->bearers)
        return -1;
    if (count)
        qsort(bearers, count, sizeof *bearers, by_name);
    for (uint32_t i = 0; i < count; i++) {
        index->bearers[i] = bearers[i].place;
        if (i && str_eq(bearers[i].name, bearers[i - 1].name)) {
            index->entries[index->count - 1].count++;
            continue;
        }
        struct entry *entry = &index->entries[index->count++];
        *entry = (struct entry){bearers[i].name, i, 1};
        uint32_t slot = hash(entry->name) & index->mask;
        while (index->slots[slot])
            slot = (slot + 1) & index->mask;
        index->slots[slot] = entry;
        index->lengths[lead(entry->name)] |= UINT32_C(1) << characters(entry->name);
    }
    return 0;
}

static const struct entry *index_find(const struct index *index, struct str name)
{
    for (uint32_t i = hash(name) & index->mask; index->slots[i]; i = (i + 1) & index->mask)
        if (str_eq(index->slots[i]->name, name))
            return index->slots[i];
    return NULL;
}

static int copy_places(struct gazetteer *g, const struct place *places, uint32_t count)
{
    g->places = arena_array(&g->arena, count, sizeof *g->places);
    if (!g->places)
        return -1;
    for (uint32_t i = 0; i < count; i++) {
        struct place p = places[i];
        uint32_t n = characters(p.name);
        if (n < 2 || n > NAME_CHARS)
            continue; /* the nation without a name, or what is no name */
        p.code = arena_copy(&g->arena, p.code);
        p.name = arena_copy(&g->arena, p.name);
        p.parent = arena_copy(&g->arena, p.parent);
        if (!p.code.p || !p.name.p || !p.parent.p)
            return -1;
        g->places[g->count++] = p;
    }
    if (g->count)
        qsort(g->places, g->count, sizeof *g->places, by_code);
    return 0;
}

static int index_places(struct gazetteer *g)
{
    struct bearer *full = arena_array(&g->arena, g->count, sizeof *full);
    struct bearer *shorts = arena_array(&g->arena, (size_t)g->count * 2, sizeof *shorts);
    uint32_t short_count = 0;
    if (!full || !shorts)
        return -1;
    for (uint32_t i = 0; i < g->count; i++) {
        full[i] = (struct bearer){g->places[i].name, i};
        struct str forms[2];
        if (g->places[i].level == LEVEL_ZONE || g->places[i].level == LEVEL_NATION)
            continue;
        uint32_t n = short_forms(&g->arena, g->places[i].name, forms);
        for (uint32_t k = 0; k < n; k++)
            shorts[short_count++] = (struct bearer){forms[k], i};
    }
    return index_make(&g->arena, &g->full, full, g->count) < 0 ||
                   index_make(&g->arena, &g->shorts, shorts, short_count) < 0
               ? -1
               : 0;
}

int gazetteer_new(struct gazetteer **out, const struct place *places, uint32_t count,
                  struct err *err)
{
    struct gazetteer *g = calloc(1, sizeof *g);
    if (!g)
        return err_refused(err);
    g->arena = arena_new((size_t)256 << 20);
    if (copy_places(g, places, count) < 0 || index_places(g) < 0) {
        gazetteer_free(g);
        return err_memory(err);
    }
    *out = g;
    return 0;
}

void gazetteer_free(struct gazetteer *gazetteer)
{
    if (!gazetteer)
        return;
    arena_free(&gazetteer->arena);
    free(gazetteer);
}

static int number(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n && n < 100000; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

int gazetteer_builtin(struct gazetteer **out, struct err *err)
{
    const char *text = resource_text("divisions.csv");
    if (!text)
        return err_set(err, ERR_SYSTEM, "%s is not compiled in; build the program again",
                       "divisions.csv");
    struct arena arena = arena_new((size_t)64 << 20);
    struct place *places = NULL;
    size_t count = 0, capacity = 0;
    struct str rest = str_from(text), line, field[6];
    str_line(&rest, &line); /* the header */
    while (str_line(&rest, &line)) {
        int n = 0;
        while (n < 6 && str_split(&line, ',', &field[n]))
            n++;
        int level = n == 6 ? division_level_from(field[2]) : -1;
        if (level < 0)
            continue;
        if (arena_grow(&arena, &places, count, &capacity, sizeof *places) < 0) {
            arena_free(&arena);
            return err_memory(err);
        }
        int last = number(field[5]);
        places[count++] = (struct place){field[0], field[1], field[3], (enum division_level)level,
                                         number(field[4]), last == 2024 ? 0 : last};
    }
    int status = gazetteer_new(out, places, (uint32_t)count, err);
    arena_free(&arena);
    return status;
}

static const char *const level_names[] = {"nation", "province", "prefecture", "county", "zone"};

int division_level_from(struct str name)
{
    for (int i = 0; i < 5; i++)
        if (str_eq(name, str_from(level_names[i])))
            return i;
    return -1;
}

const char *division_level_name(enum division_level level)
{
    return level_names[level];
}

/* Years between the period of a place and a year: 0 inside it. */
static int distance(const struct place *place, int year)
{
    if (year == 0)
        return place->last_year ? 1 : 0;
    if (year < place->first_year)
        return place->first_year - year;
    return place->last_year && year > place->last_year ? year - place->last_year : 0;
}

const struct place *gazetteer_code(const struct gazetteer *g, struct str code, int year)
{
    uint32_t low = 0, high = g->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (str_cmp(g->places[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct place *best = NULL;
    for (; low < g->count && str_eq(g->places[low].code, code); low++)
        if (!best || distance(&g->places[low], year) <= distance(best, year))
            best = &g->places[low]; /* of two as near, the later one */
    return best;
}

/* Whether it bore its name in the year or the one after. */
static bool current(const struct place *place, int year)
{
    return distance(place, year) == 0 || (year && distance(place, year + 1) == 0);
}

static void places_add(struct places *places, const struct place *place, int year)
{
    for (uint32_t i = 0; i < places->count; i++)
        if (str_eq(places->place[i]->code, place->code)) {
            if (distance(place, year) < distance(places->place[i], year))
                places->place[i] = place;
            return;
        }
    if (places->count < PLACES_MAX)
        places->place[places->count++] = place;
}

/* Adds the bearers of a name; then leaves out those of other times, unless all are. */
static void collect(const struct gazetteer *g, const struct index *index,
                    const struct entry *entry, int year, struct places *out)
{
    for (uint32_t i = 0; i < entry->count; i++)
        places_add(out, &g->places[index->bearers[entry->first + i]], year);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++)
        if (current(out->place[i], year))
            out->place[kept++] = out->place[i];
    if (kept)
        out->count = kept;
}

struct places gazetteer_named(const struct gazetteer *g, struct str name, int year, bool shorts)
{
    struct places out = {0};
    const struct entry *entry = index_find(&g->full, name);
    if (entry) {
        collect(g, &g->full, entry, year, &out);
        return out;
    }
    if (shorts && (entry = index_find(&g->shorts, name)) != NULL) {
        out.shortened = true;
        collect(g, &g->shorts, entry, year, &out);
    }
    return out;
}

/* Calls for every name of the index that `text` begins with, longest first, until one suits. */
static size_t prefix_below(const struct gazetteer *g, const struct index *index, struct str text,
                           int year, const struct places *above, struct places *out)
{
    if (text.n == 0)
        return 0;
    uint32_t lengths = index->lengths[lead(text)];
    size_t ends[NAME_CHARS + 1] = {0};
    uint32_t n = 0;
    for (size_t at = 0; lengths >> (n + 1) && n < NAME_CHARS && at < text.n; n++) {
        at += character(str_skip(text, at));
        ends[n + 1] = at;
    }
    for (; n > 0; n--) {
        if (!(lengths >> n & 1))
            continue;
        const struct entry *entry = index_find(index, str_slice(text, 0, ends[n]));
        if (!entry)
            continue;
        struct places found = {.shortened = index == &g->shorts};
        collect(g, index, entry, year, &found);
        if (above && !places_narrow(g, &found, above, year))
            continue;
        *out = found;
        return ends[n];
    }
    return 0;
}

size_t gazetteer_prefix(const struct gazetteer *g, struct str text, int year, bool shorts,
                        struct places *out)
{
    size_t n = prefix_below(g, &g->full, text, year, NULL, out);
    if (n == 0 && shorts)
        n = prefix_below(g, &g->shorts, text, year, NULL, out);
    return n;
}

bool gazetteer_below(const struct gazetteer *g, const struct place *place, struct str above,
                     int year)
{
    if (str_eq(above, NATION_CODE))
        return true;
    for (int steps = 0; place && steps < 8; steps++) {
        if (str_eq(place->code, above))
            return true;
        place = place->parent.n ? gazetteer_code(g, place->parent, year) : NULL;
    }
    return false;
}

bool gazetteer_has_below(const struct gazetteer *g, const struct place *place, int year)
{
    for (uint32_t i = 0; i < g->count; i++)
        if (str_eq(g->places[i].parent, place->code) && distance(&g->places[i], year) == 0)
            return true;
    return false;
}

bool places_narrow(const struct gazetteer *g, struct places *places, const struct places *above,
                   int year)
{
    const struct place *kept[PLACES_MAX];
    uint32_t n = 0;
    for (uint32_t i = 0; i < places->count; i++)
        for (uint32_t k = 0; k < above->count; k++)
            if (gazetteer_below(g, places->place[i], above->place[k]->code, year)) {
                kept[n++] = places->place[i];
                break;
            }
    if (n == 0)
        return false;
    memcpy(places->place, kept, n * sizeof *kept);
    places->count = n;
    return true;
}

/* Bytes of what may stand between the names of a chain. */
static size_t between(struct str text)
{
    static const char *const marks[] = {" ", "\t", "/", "-", "_", "·", "　", "•", "\xC2\xA0"};
    size_t at = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks;) {
        struct str mark = str_from(marks[i]);
        if (str_starts(str_skip(text, at), mark)) {
            at += mark.n;
            i = 0;
        } else {
            i++;
        }
    }
    return at;
}

static void chain_add(struct chain *chain, struct str text, size_t from, size_t n,
                      const struct places *places)
{
    chain->names[chain->depth++] = str_slice(text, from, from + n);
    chain->length = from + n;
    chain->last = *places;
}

void gazetteer_chain(const struct gazetteer *g, struct str text, int year, bool shorts,
                     struct chain *out)
{
    *out = (struct chain){0};
    struct places found = {0};
    size_t n = prefix_below(g, &g->full, text, year, NULL, &found);
    if (n == 0) {
        n = prefix_below(g, &g->shorts, text, year, NULL, &found);
        if (n == 0)
            return;
        struct places next = {0};
        size_t at = n + between(str_skip(text, n));
        if (!shorts && prefix_below(g, &g->full, str_skip(text, at), year, &found, &next) == 0)
            return;
    }
    chain_add(out, text, 0, n, &found);
    while (out->depth < CHAIN_MAX) {
        struct places next = {0};
        size_t at = out->length + between(str_skip(text, out->length));
        n = prefix_below(g, &g->full, str_skip(text, at), year, &out->last, &next);
        if (n == 0 && shorts)
            n = prefix_below(g, &g->shorts, str_skip(text, at), year, &out->last, &next);
        if (n == 0)
            return;
        chain_add(out, text, at, n, &next);
    }
}

ptrdiff_t gazetteer_find(const struct gazetteer *g, struct str text, size_t from, int year,
                         struct chain *out)
{
    for (size_t at = from; at < text.n; at += character(str_skip(text, at))) {
        struct str here = str_skip(text, at);
        if (!g->full.lengths[lead(here)] && !g->shorts.lengths[lead(here)])
            continue;
        gazetteer_chain(g, here, year, false, out);
        if (out->depth > 1 || (out->depth == 1 && characters(out->names[0]) > 2))
            return (ptrdiff_t)at;
    }
    *out = (struct chain){0};
    return -1;
}
