#include "core/export/spec.h"

#include "core/base/resource.h"
#include "core/base/table.h"

/* The value of the next head line "-- key: value"; false behind the head. */
static bool next_line(struct str *rest, struct str *key, struct str *value)
{
    struct str line;
    if (!str_line(rest, &line) || !str_starts(line, STR("-- ")))
        return false;
    line = str_skip(line, 3);
    ptrdiff_t colon = str_find(line, STR(": "));
    *key = colon < 0 ? (struct str){0} : str_slice(line, 0, (size_t)colon);
    *value = colon < 0 ? line : str_trim(str_skip(line, (size_t)colon + 2));
    return true;
}

static void both_languages(struct str text, struct str *english, struct str *chinese)
{
    ptrdiff_t bar = str_find(text, STR(" | "));
    *english = bar < 0 ? text : str_slice(text, 0, (size_t)bar);
    *chinese = bar < 0 ? text : str_skip(text, (size_t)bar + 3);
}

static void read_head(struct export_spec *spec)
{
    struct {
        const char *key;
        struct str *value;
    } fields[] = {
        {"file", &spec->file}, {"key", &spec->key},     {"when", &spec->when},
        {"each", &spec->each}, {"split", &spec->split}, {"pivot", &spec->pivot},
        {"by", &spec->by},
    };
    struct str rest = str_from(spec->sql), key, value;
    while (next_line(&rest, &key, &value)) {
        if (str_eq(key, STR("title")))
            both_languages(value, &spec->title, &spec->title_zh);
        else if (str_eq(key, STR("about")))
            both_languages(value, &spec->about, &spec->about_zh);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (str_eq(key, str_from(fields[i].key)))
                *fields[i].value = value;
    }
}

bool spec_next(uint32_t *cursor, struct export_spec *out)
{
    for (; resources[*cursor].path; ++*cursor) {
        struct str path = str_from(resources[*cursor].path);
        if (!str_starts(path, STR("exports/")) || !str_ends(path, STR(".sql")))
            continue;
        *out = (struct export_spec){.name = str_slice(path, 8, path.n - 4),
                                    .sql = resources[*cursor].text};
        read_head(out);
        ++*cursor;
        return true;
    }
    return false;
}

static bool from_head(const struct export_spec *spec, struct str name, struct export_column *out)
{
    struct str rest = str_from(spec->sql), key, value, word;
    while (next_line(&rest, &key, &value)) {
        if (!str_eq(key, STR("column")) || !str_split(&value, ' ', &word) || !str_eq(word, name))
            continue;
        *out = (struct export_column){.name = name};
        str_split(&value, ' ', &out->type);
        if (!str_starts(value, STR("| ")))
            str_split(&value, ' ', &out->unit);
        if (str_starts(value, STR("| ")))
            value = str_skip(value, 2);
        both_languages(value, &out->about, &out->about_zh);
        return true;
    }
    return false;
}

int spec_column(const struct export_spec *spec, struct str name, struct export_column *out,
                struct err *err)
{
    struct table t;
    if (from_head(spec, name, out))
        return 0;
    if (table_open(&t, "exports/columns.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        if (!str_eq(table_get(&t, "name"), name))
            continue;
        *out = (struct export_column){
            .name = name,
            .type = table_get(&t, "type"),
            .unit = table_get(&t, "unit"),
            .about = table_get(&t, "english"),
            .about_zh = table_get(&t, "chinese"),
        };
        return 0;
    }
    return err_set(err, ERR_SYSTEM, "sql/exports/%.*s.sql: column %.*s is described nowhere; add "
                   "it to sql/exports/columns.tsv", STR_ARG(spec->name), STR_ARG(name));
}
