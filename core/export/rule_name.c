#include "core/export/rule_name.h"

#include "core/base/table.h"

int rule_name_add(struct buf *out, struct str rule, enum lang lang, struct err *err)
{
    struct table table;
    if (table_open(&table, "exports/rule-names.tsv", err) < 0)
        return -1;
    while (table_next(&table)) {
        if (!str_eq(table_get(&table, "rule"), rule))
            continue;
        bool chinese = lang == LANG_ZH;
        struct str name = table_get(&table, chinese ? "chinese" : "english");
        buf_printf(out, chinese ? "%.*s（%.*s）" : "%.*s (%.*s)", STR_ARG(name), STR_ARG(rule));
        return 0;
    }
    buf_add(out, rule);
    return 0;
}
