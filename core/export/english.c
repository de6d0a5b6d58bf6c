#include "core/export/english.h"

#include "core/base/table.h"

struct str english_of(struct str printed)
{
    struct table table;
    struct err none = {0};
    if (printed.n == 0 || table_open(&table, "forms/english.tsv", &none) < 0)
        return (struct str){0};
    while (table_next(&table))
        if (str_eq(table_get(&table, "chinese"), printed))
            return table_get(&table, "english");
    return (struct str){0};
}

void english_add(struct buf *out, struct str path)
{
    struct str whole = english_of(path), piece;
    if (whole.n > 0) {
        buf_add(out, whole);
        return;
    }
    for (bool first = true; str_split(&path, '/', &piece); first = false) {
        struct str english = english_of(piece);
        buf_text(out, first ? "" : " / ");
        buf_add(out, english.n > 0 ? english : piece);
    }
}
