/* gazetteer.h - names of administrative divisions: what a name may mean in a year, under whom it
 * lies, and which names stand at the head of a text. Never guesses: it hands out every candidate. */
#ifndef GONGKAI_MODEL_GAZETTEER_H
#define GONGKAI_MODEL_GAZETTEER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"

enum division_level { LEVEL_NATION, LEVEL_PROVINCE, LEVEL_PREFECTURE, LEVEL_COUNTY, LEVEL_ZONE };

/* The code of the nation, which stands above every province. */
#define NATION_CODE STR("000000")

/* One division (行政区划) in one period: the same code may bear several names over the years.
 * `parent` is a code, empty below the nation. `last_year` is 0 when it is valid today. */
struct place {
    struct str code, name, parent;
    enum division_level level;
    int first_year, last_year;
};

struct gazetteer;

/* Makes one of `count` places, whose text is copied. */
int gazetteer_new(struct gazetteer **out, const struct place *places, uint32_t count,
                  struct err *err);

/* Makes one of the compiled-in divisions (sql/divisions.csv). */
int gazetteer_builtin(struct gazetteer **out, struct err *err);
void gazetteer_free(struct gazetteer *gazetteer);

/* The level of that name in a file (nation, province, prefecture, county, zone); -1 for none. */
int division_level_from(struct str name);

/* The name of a level in files and views. */
const char *division_level_name(enum division_level level);

enum { PLACES_MAX = 32, CHAIN_MAX = 6 };

/* What a name may mean: each code once, in the period nearest to the year asked for. When some
 * bore the name in that year or the next (a report appears in the year after), the others are
 * left out. `shortened`: the text has a short form (常德 for 常德市). */
struct places {
    const struct place *place[PLACES_MAX];
    uint32_t count;
    bool shortened;
};

/* The longest division name that `text` begins with: its length in bytes, 0 for none. Short forms
 * are taken only when `shorts` is set. `year` 0: of any time. */
size_t gazetteer_prefix(const struct gazetteer *gazetteer, struct str text, int year, bool shorts,
                        struct places *out);

/* What the whole of `name` may mean. */
struct places gazetteer_named(const struct gazetteer *gazetteer, struct str name, int year,
                              bool shorts);

/* The division of a code in the period nearest to the year (0: the latest); NULL when unknown. */
const struct place *gazetteer_code(const struct gazetteer *gazetteer, struct str code, int year);

/* Whether the division lies below the one with code `above` (or is it), going by the parents of
 * the year. Everything lies below the nation. */
bool gazetteer_below(const struct gazetteer *gazetteer, const struct place *place,
                     struct str above, int year);

/* Whether any division lies directly below this one in the year. */
bool gazetteer_has_below(const struct gazetteer *gazetteer, const struct place *place, int year);

/* Division names one after the other, each below the one before: 湖南省常德市武陵区. `length` in
 * bytes, `names[0]` the widest; `last` is what the last name may mean, narrowed by those before. */
struct chain {
    size_t length;
    uint32_t depth;
    struct str names[CHAIN_MAX];
    struct places last;
};

/* Reads the chain that `text` begins with; depth 0 when it begins with no division. Short forms
 * count only where another name, full and below it, follows (南京鼓楼区), or where `shorts` is
 * set. White space, '/', '-', '·' and '_' between names are passed over. */
void gazetteer_chain(const struct gazetteer *gazetteer, struct str text, int year, bool shorts,
                     struct chain *out);

/* Keeps of `places` those below one of `above`. Leaves all when none would stay, and returns
 * false: the two contradict one another. */
bool places_narrow(const struct gazetteer *gazetteer, struct places *places,
                   const struct places *above, int year);

/* The first chain of full names of three characters or more at or after byte `from` of a text;
 * shorter names (和县, 文县) count only below another. Returns its offset, or -1. */
ptrdiff_t gazetteer_find(const struct gazetteer *gazetteer, struct str text, size_t from, int year,
                         struct chain *out);

#endif
