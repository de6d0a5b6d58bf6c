#include <string.h>

#include "core/recognise/identity.h"

enum { PLACE_MAX = 400 };

/* The divisions above `place`, the widest first, and its own name, joined by '/'. */
static size_t full_path(const struct gazetteer *g, const struct place *place, int year, char *to)
{
    const struct place *up[CHAIN_MAX];
    int n = 0;
    size_t at = 0;
    for (; place && n < CHAIN_MAX; n++) {
        up[n] = place;
        place = place->parent.n ? gazetteer_code(g, place->parent, year) : NULL;
    }
    while (n-- > 0) {
        if (at + up[n]->name.n + 2 > PLACE_MAX)
            break;
        if (at)
            to[at++] = '/';
        memcpy(to + at, up[n]->name.p, up[n]->name.n);
        at += up[n]->name.n;
    }
    return at;
}

static size_t chain_text(const struct chain *chain, char *to)
{
    size_t at = 0;
    for (uint32_t i = 0; i < chain->depth && at + chain->names[i].n + 2 < PLACE_MAX; i++) {
        if (at)
            to[at++] = '/';
        memcpy(to + at, chain->names[i].p, chain->names[i].n);
        at += chain->names[i].n;
    }
    return at;
}

/* The places that a file name or the folders name, read from the widest folder to the nearest:
 * 湖南省/常德市/武陵区. A later folder that contradicts begins anew. */
static void places_of_path(const struct gazetteer *g, struct str path, bool folders, int year,
                           struct chain *out)
{
    *out = (struct chain){0};
    struct str part, rest = path;
    while (str_split(&rest, '/', &part)) {
        bool file = !rest.p;
        if (file == folders)
            continue;
        struct chain chain;
        size_t from = 0;
        while (from < part.n && (unsigned char)part.p[from] < 0x80)
            from++; /* 2020-, 01_ */
        struct str words = str_skip(part, from);
        gazetteer_chain(g, words, year, false, &chain);
        if (!chain.depth) { /* a folder may be called 常德, or 常德2020 */
            gazetteer_chain(g, words, year, true, &chain);
            struct str behind = str_skip(words, chain.length);
            if (behind.n && (unsigned char)behind.p[0] >= 0x80)
                chain = (struct chain){0};
        }
        if (!chain.depth)
            continue;
        struct places narrowed = chain.last;
        if (out->depth && places_narrow(g, &narrowed, &out->last, year) &&
            out->depth + chain.depth <= CHAIN_MAX) {
            bool same = str_eq(chain.names[0], out->names[out->depth - 1]);
            for (uint32_t i = same; i < chain.depth; i++)
                out->names[out->depth++] = chain.names[i];
            out->last = narrowed;
        } else {
            *out = chain;
        }
    }
}

/* The place in the address of the report's own text: 地址:南京市鼓楼区…. */
static void place_of_address(const struct gazetteer *g, const struct outline *o, int year,
                             struct chain *out)
{
    *out = (struct chain){0};
    for (uint32_t i = 0; i < o->end; i++) {
        size_t n = 0;
        struct str s = o->lines[i].flat.text;
        ptrdiff_t at = o->lines[i].table == TABLE_NONE ? find_any(s, "地址:|地址为|地址", &n) : -1;
        if (at < 0)
            continue;
        gazetteer_chain(g, str_skip(s, (size_t)at + n), year, false, out);
        if (out->depth)
            return;
    }
}

static int keep(struct report *report, const char *text, size_t n)
{
    report->place = arena_copy(report->arena, (struct str){text, n});
    return report->place.p ? 0 : -1;
}

int place_find(const struct identity *identity, const struct outline *o,
               const struct document *doc, struct str path, const struct agency_name *name,
               struct report *report)
{
    const struct gazetteer *g = identity->gazetteer;
    char text[PLACE_MAX];
    int year = report->year;
    struct places own = name->chain.last;
    bool small = name->kind == KIND_TOWNSHIP || name->kind == KIND_SUBDISTRICT;
    if (own.count == 1 && !(small && own.place[0]->level < LEVEL_COUNTY))
        return keep(report, text, full_path(g, own.place[0], year, text));
    struct chain around[4];
    places_of_path(g, path, false, year, &around[0]);
    places_of_path(g, path, true, year, &around[1]);
    struct flat title;
    if (flatten(identity->simple, report->arena, doc->title, &title) < 0)
        return -1;
    gazetteer_find(g, title.text, 0, year, &around[2]);
    place_of_address(g, o, year, &around[3]);
    for (int i = 0; i < 4; i++) {
        struct places found = around[i].last;
        if (!found.count)
            continue;
        if (own.count) { /* 鼓楼区: the city around it; 唐山市大五里镇: the county below it */
            struct places narrowed = own.count > 1 ? own : found;
            if (!places_narrow(g, &narrowed, own.count > 1 ? &found : &own, year) ||
                narrowed.count != 1)
                continue;
            return keep(report, text, full_path(g, narrowed.place[0], year, text));
        }
        /* without a place of its own it needs one that says which: not a portal's, not the street
         * its office stands in */
        if (i == 3 || (i == 2 && (found.count != 1 || found.place[0]->level < LEVEL_COUNTY)))
            continue;
        if (found.count == 1)
            return keep(report, text, full_path(g, found.place[0], year, text));
        return keep(report, text, chain_text(&around[i], text));
    }
    if (own.count)
        return keep(report, text, chain_text(&name->chain, text));
    return 0;
}

int place_contradicted(const struct identity *identity, struct str path,
                       const struct agency_name *name, struct report *report)
{
    const struct gazetteer *g = identity->gazetteer;
    struct chain around;
    char text[PLACE_MAX];
    if (!name->chain.last.count)
        return 0;
    places_of_path(g, path, true, report->year, &around);
    struct places own = name->chain.last, found = around.last;
    if (!found.count || places_narrow(g, &own, &around.last, report->year) ||
        places_narrow(g, &found, &name->chain.last, report->year))
        return 0;
    struct str folder = arena_copy(report->arena, (struct str){text, chain_text(&around, text)});
    return !folder.p ? -1
                     : identity_remark(report, "reading", "place-contradicted", report->line,
                                       report->agency, folder);
}
