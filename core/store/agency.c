#include "core/store/agency.h"

#include "core/store/agency_index.h"
#include "core/store/statement.h"

/* Where an agency lies: what is known, and how. */
struct position {
    struct places places;
    bool misplaced;
};

/* The divisions that a statement means: a code, or names one under the other. */
static bool stated(const struct gazetteer *g, struct str text, int year, struct places *out)
{
    text = str_trim(text);
    const struct place *place = gazetteer_code(g, text, year);
    if (place || str_eq(text, NATION_CODE)) {
        *out = (struct places){{place}, place != NULL, false};
        return true;
    }
    struct chain chain;
    gazetteer_chain(g, text, year, true, &chain);
    *out = chain.last;
    return chain.depth > 0 && chain.length == text.n;
}

static bool single(const struct places *places)
{
    return places->count == 1;
}

/* A township lies in a county or a zone, or in a city that has none (东莞市). */
static bool may_hold_townships(const struct gazetteer *g, const struct place *place, int year)
{
    return place->level >= LEVEL_COUNTY || !gazetteer_has_below(g, place, year);
}

/* Brings together what is stated, what is printed before the name, and what was found around it:
 * the nearer to the agency the narrower, the more trusted the stronger. */
static struct position locate(const struct gazetteer *g, const struct report *report,
                              const struct agency_name *name)
{
    struct position at = {0};
    int year = report->year;
    struct places around = {0}, told = {0};
    if (report->place.n) {
        struct chain chain;
        gazetteer_chain(g, report->place, year, true, &chain);
        around = chain.last;
    }
    if (report->division.n)
        at.misplaced = !stated(g, report->division, year, &told);
    at.places = name->chain.last;
    if (told.count) {
        if (!at.places.count || !places_narrow(g, &at.places, &told, year))
            at.places = told;
        if (!single(&at.places) && around.count)
            places_narrow(g, &at.places, &around, year);
        return at;
    }
    if (!at.places.count) {
        at.places = around;
        return at;
    }
    if (!single(&at.places) && around.count)
        places_narrow(g, &at.places, &around, year);
    bool township = name->kind == KIND_TOWNSHIP || name->kind == KIND_SUBDISTRICT;
    if (township && single(&at.places) && around.count &&
        !may_hold_townships(g, at.places.place[0], year)) {
        struct places nearer = around;
        if (places_narrow(g, &nearer, &at.places, year))
            at.places = nearer;
    }
    return at;
}

/* Whether the agency exists in a year, as far as the register says. */
static bool active(const struct known *known, int year)
{
    return !year || ((!known->first_year || year >= known->first_year) &&
                     (!known->last_year || year <= known->last_year));
}

/* How well a known name fits: 0 not at all. A registered agency before a provisional one, one
 * that exists in the year before one that does not, the exact name before a variant. */
static int fit(const struct known *known, const struct agency_name *name, int year)
{
    bool exact = str_eq(known->name, name->clean);
    if (!exact && !str_eq(known->key, name->key))
        return 0;
    return 1 + (exact && !known->alias) + 2 * exact + 4 * active(known, year) +
           8 * known->registered;
}

/* The best among the agencies of a division; NULL when there is none, or two are as good. */
static const struct known *best_of(const struct agencies *agencies, struct str division,
                                   const struct agency_name *name, int year)
{
    const struct known *best = NULL;
    int height = 0;
    bool tied = false;
    struct known *lists[] = {agency_index_name(agencies, name->clean),
                             agency_index_key(agencies, name->key)};
    for (int list = 0; list < 2; list++)
        for (struct known *k = lists[list]; k; k = list ? k->next_key : k->next_name) {
            int n = str_eq(k->division, division) ? fit(k, name, year) : 0;
            if (n > height) {
                best = k;
                height = n;
                tied = false;
            } else if (n && n == height && best->agency_id != k->agency_id) {
                tied = true;
            }
        }
    return tied ? NULL : best;
}

bool agency_is_distinct(const struct agency_name *name, enum agency_kind kind)
{
    static const char *const common[] = {"经济", "经开", "高新", "工业", "产业", "综合", "保税",
                                         "开发区", "园区", "新区", "管委会", "管理委员会", "旅游"};
    if (name->nation || kind == KIND_VERTICAL || kind == KIND_OTHER)
        return true;
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (str_starts(name->clean, str_from(common[i])))
            return false;
    return kind == KIND_ZONE;
}

/* Without a division: the one agency that a person gave this very name as an alias, or whose name
 * is its own. Else none: 审计局 alone is nobody's. */
static const struct known *by_name_alone(const struct agencies *agencies,
                                         const struct agency_name *name)
{
    const struct known *found = NULL;
    struct known *lists[] = {agency_index_name(agencies, name->clean),
                             agency_index_key(agencies, name->key)};
    for (int list = 0; list < 2 && !name->own_region; list++)
        for (struct known *k = lists[list]; k; k = list ? k->next_key : k->next_name) {
            bool exact = str_eq(k->name, name->clean);
            bool same = exact || (name->chain.depth == 0 && str_eq(k->key, name->key));
            if (!k->registered || !same || !((k->alias && exact) || agency_is_distinct(name, k->kind)))
                continue;
            if (found && found->agency_id != k->agency_id)
                return NULL;
            found = k;
        }
    return found;
}

/* A township named with its city alone: the one of that name that the register has there. */
static const struct known *by_region(const struct agencies *agencies, const struct place *region,
                                     const struct agency_name *name, int year)
{
    const struct known *found = NULL;
    for (struct known *k = agency_index_key(agencies, name->key); k; k = k->next_key) {
        const struct place *place = gazetteer_code(agencies->gazetteer, k->division, year);
        if (!k->registered || !str_eq(k->key, name->key) || !place ||
            !gazetteer_below(agencies->gazetteer, place, region->code, year))
            continue;
        if (found && found->agency_id != k->agency_id)
            return NULL;
        found = k;
    }
    return found;
}

static const struct known *look_up(const struct agencies *agencies, const struct agency_name *name,
                                   const struct position *at, struct str division, int year)
{
    const struct known *known = NULL;
    if (division.n)
        known = best_of(agencies, division, name, year);
    else
        known = by_name_alone(agencies, name);
    bool township = name->kind == KIND_TOWNSHIP || name->kind == KIND_SUBDISTRICT;
    if (!known && township && single(&at->places))
        known = by_region(agencies, at->places.place[0], name, year);
    if (!known && !division.n)
        known = best_of(agencies, division, name, year); /* a provisional one without division */
    return known;
}

/* The code of the one division the agency belongs to, empty when that cannot be told. */
static struct str division_of(const struct agencies *agencies, const struct agency_name *name,
                              const struct position *at, const struct report *report)
{
    if (str_eq(str_trim(report->division), NATION_CODE) || (name->nation && !at->places.count))
        return NATION_CODE;
    if (!single(&at->places))
        return (struct str){0};
    bool township = name->kind == KIND_TOWNSHIP || name->kind == KIND_SUBDISTRICT;
    if (township && !may_hold_townships(agencies->gazetteer, at->places.place[0], report->year))
        return (struct str){0};
    return at->places.place[0]->code;
}

static int add(struct agencies *agencies, const struct agency_name *name, struct str division,
               struct known *out, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(agencies->warehouse, "agency.add", err);
    if (!stmt)
        return -1;
    enum agency_kind kind = name->in_zone ? KIND_ZONE : name->kind;
    bind_str(stmt, 1, name->clean);
    bind_filled(stmt, 2, division);
    bind_str(stmt, 3, str_from(agency_kind_name(kind)));
    int got = statement_next(agencies->warehouse, stmt, err);
    if (got < 0)
        return -1;
    *out = (struct known){.agency_id = sqlite3_column_int64(stmt, 0),
                          .name = name->clean,
                          .division = division,
                          .kind = kind};
    sqlite3_reset(stmt);
    return 0;
}

/* What a zone's name has in common with its office's: all before 管理委员会 or 管委会. */
static struct str zone_stem(struct str name)
{
    ptrdiff_t end = str_find(name, STR("管理委员会"));
    if (end < 0)
        end = str_find(name, STR("管委会"));
    return end > 0 ? str_slice(name, 0, (size_t)end) : (struct str){0};
}

/* Whether the zone's own office (党政办公室) is registered beside it: the zone then reports for its
 * region. In a division that is no zone itself other offices stand there too, the city's own and
 * those of other zones, so the office has to bear the zone's name. */
static bool has_office(const struct agencies *agencies, const struct known *zone, int year)
{
    static const char *const keys[] = {"党政办公室", "政府办公室", "管委会办公室"};
    const struct place *place = gazetteer_code(agencies->gazetteer, zone->division, year);
    bool alone = place && place->level == LEVEL_ZONE;
    struct str stem = zone_stem(zone->name);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        for (struct known *k = agency_index_key(agencies, str_from(keys[i])); k; k = k->next_key)
            if (k->kind == KIND_OFFICE && k->registered && str_eq(k->division, zone->division) &&
                (alone || (stem.n > 0 && str_starts(k->name, stem))))
                return true;
    return false;
}

static enum scope scope_of(const struct agencies *agencies, const struct known *known,
                           const struct report *report)
{
    if (report->scope != SCOPE_UNKNOWN && (report->scope_trust > TRUST_NONE || !known->registered))
        return report->scope;
    if (known->kind == KIND_GOVERNMENT)
        return SCOPE_COMPOSITE;
    if (known->kind == KIND_ZONE && known->division.n && has_office(agencies, known, report->year))
        return SCOPE_COMPOSITE;
    return SCOPE_OWN;
}

int agencies_match(struct agencies *agencies, const struct report *report,
                   struct agency_match *out, struct err *err)
{
    struct arena arena = arena_new((size_t)1 << 20);
    struct agency_name name;
    if (agency_name_read(agencies->gazetteer, agencies->kinds, &arena, report->agency,
                         report->year, &name) < 0) {
        arena_free(&arena);
        return err_memory(err);
    }
    struct position at = locate(agencies->gazetteer, report, &name);
    struct str division = division_of(agencies, &name, &at, report);
    const struct known *known = look_up(agencies, &name, &at, division, report->year);
    struct known fresh;
    int status = 0;
    bool made = !known;
    if (made) {
        status = add(agencies, &name, division, &fresh, err);
        known = &fresh;
        if (status == 0 && agency_index_add(agencies, fresh) < 0)
            status = err_memory(err);
    }
    if (status == 0)
        *out = (struct agency_match){
            .agency_id = known->agency_id,
            .kind = known->kind,
            .scope = scope_of(agencies, known, report),
            .registered = known->registered,
            .made = made,
            .placed = known->division.n > 0,
            .misplaced = at.misplaced,
        };
    arena_free(&arena);
    return status;
}

int agencies_find(struct agencies *agencies, struct str name, struct str division, int year,
                  int64_t *agency_id, struct err *err)
{
    struct arena arena = arena_new((size_t)1 << 20);
    struct agency_name parts;
    if (agency_name_read(agencies->gazetteer, agencies->kinds, &arena, name, year, &parts) < 0) {
        arena_free(&arena);
        return err_memory(err);
    }
    struct report asked = {.division = division, .year = year};
    struct position at = locate(agencies->gazetteer, &asked, &parts);
    struct str code = division_of(agencies, &parts, &at, &asked);
    const struct known *known = look_up(agencies, &parts, &at, code, year);
    if (!code.n && !(known && known->registered)) { /* a person means the one that is there */
        bool several = false;
        known = NULL;
        for (struct known *k = agency_index_name(agencies, parts.clean); k; k = k->next_name) {
            if (!str_eq(k->name, parts.clean))
                continue;
            several = several || (known && known->agency_id != k->agency_id);
            known = k;
        }
        if (several)
            known = NULL;
    }
    int status = 0;
    if (known)
        *agency_id = known->agency_id;
    else
        status = err_set(err, ERR_USAGE,
                         "no agency, or more than one, is called %.*s; give its full name, and its "
                         "division with --division", STR_ARG(name));
    arena_free(&arena);
    return status;
}

int agencies_sweep(struct warehouse *warehouse, uint32_t *removed, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "agency.sweep", err);
    if (!stmt || statement_run(warehouse, stmt, err) < 0)
        return -1;
    if (removed)
        *removed = (uint32_t)sqlite3_changes(warehouse->db);
    return 0;
}
