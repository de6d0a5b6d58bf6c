#include "core/recognise/measure.h"

#include <stdlib.h>

#include "core/base/table.h"
#include "core/recognise/flat.h"
#include "core/recognise/words.h"

enum { MEASURES_MAX = 64, WORDS_MAX = 400 };

struct row {
    struct str measure;
    struct words *units;
    struct words *around, *not;     /* NULL: none */
    struct words *has[3];           /* groups, NULL behind the last */
};

struct measures {
    struct arena arena;
    struct row rows[MEASURES_MAX];
    uint32_t count;
};

/* A list of words made ready; *out is NULL for none. */
static int words_of(struct measures *m, struct str list, struct words **out)
{
    if (list.n == 0)
        return 0;
    struct words *words = arena_alloc(&m->arena, sizeof *words);
    if (!words || !(words->list = arena_copy(&m->arena, list).p))
        return -1;
    words_prepare(words);
    *out = words;
    return 0;
}

int measures_new(struct measures **out, struct err *err)
{
    struct table t;
    if (table_open(&t, "prose.tsv", err) < 0)
        return -1;
    struct measures *m = calloc(1, sizeof *m);
    if (!m)
        return err_refused(err);
    m->arena = arena_new((size_t)1 << 20);
    while (table_next(&t)) {
        struct str groups = table_get(&t, "has"), group;
        if (m->count == MEASURES_MAX || groups.n == 0) {
            measures_free(m);
            return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table",
                           t.name, t.line);
        }
        struct row *row = &m->rows[m->count++];
        row->measure = table_get(&t, "measure");
        int status = 0;
        if (words_of(m, table_get(&t, "units"), &row->units) < 0 ||
            words_of(m, table_get(&t, "around"), &row->around) < 0 ||
            words_of(m, table_get(&t, "not"), &row->not) < 0)
            status = -1;
        for (int i = 0; i < 3 && str_split(&groups, '&', &group); i++)
            if (words_of(m, group, &row->has[i]) < 0)
                status = -1;
        if (status < 0) {
            measures_free(m);
            return err_memory(err);
        }
    }
    *out = m;
    return 0;
}

void measures_free(struct measures *measures)
{
    if (!measures)
        return;
    arena_free(&measures->arena);
    free(measures);
}

struct str measure_of(const struct measures *measures, struct str unit, struct str clause,
                      struct str sentence)
{
    for (uint32_t i = 0; i < measures->count; i++) {
        const struct row *row = &measures->rows[i];
        bool fits = (row->units ? words_start(row->units, unit) : 0) == unit.n;
        for (int k = 0; fits && k < 3 && row->has[k]; k++)
            fits = words_in(row->has[k], clause);
        if (fits && row->around)
            fits = words_in(row->around, sentence);
        if (fits && !(row->not && words_in(row->not, clause)))
            return row->measure;
    }
    return (struct str){0};
}
