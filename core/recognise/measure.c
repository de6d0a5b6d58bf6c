#include "core/recognise/measure.h"

#include <stdlib.h>

#include "core/base/table.h"
#include "core/recognise/flat.h"

enum { MEASURES_MAX = 64, WORDS_MAX = 400 };

struct row {
    struct str measure;
    const char *units, *around, *not; /* words joined by |, NUL-terminated */
    const char *has[3];               /* groups, NULL behind the last */
};

struct measures {
    struct arena arena;
    struct row rows[MEASURES_MAX];
    uint32_t count;
};

int measures_new(struct measures **out, struct err *err)
{
    struct table t;
    if (table_open(&t, "prose.tsv", err) < 0)
        return -1;
    struct measures *m = calloc(1, sizeof *m);
    if (!m)
        return err_memory(err);
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
        row->units = arena_copy(&m->arena, table_get(&t, "units")).p;
        row->around = arena_copy(&m->arena, table_get(&t, "around")).p;
        row->not = arena_copy(&m->arena, table_get(&t, "not")).p;
        for (int i = 0; i < 3 && str_split(&groups, '&', &group); i++)
            if (!(row->has[i] = arena_copy(&m->arena, group).p))
                row->units = NULL;
        if (!row->units || !row->around || !row->not) {
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
        bool fits = starts_any(unit, row->units) == unit.n;
        for (int k = 0; fits && k < 3 && row->has[k]; k++)
            fits = has_any(clause, row->has[k]);
        if (fits && *row->around)
            fits = has_any(sentence, row->around);
        if (fits && !(*row->not && has_any(clause, row->not)))
            return row->measure;
    }
    return (struct str){0};
}
