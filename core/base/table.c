#include "core/base/table.h"

#include "core/base/resource.h"

static bool next_line(struct table *table, struct str *line)
{
    while (str_line(&table->rest, line)) {
        table->line++;
        if (line->n > 0 && line->p[0] != '#')
            return true;
    }
    return false;
}

static uint32_t fields_of(struct str line, struct str field[TABLE_COLUMNS])
{
    uint32_t n = 0;
    struct str rest = line;
    while (n < TABLE_COLUMNS && str_split(&rest, '\t', &field[n]))
        n++;
    for (uint32_t i = n; i < TABLE_COLUMNS; i++)
        field[i] = (struct str){0};
    return n;
}

int table_open(struct table *table, const char *resource, struct err *err)
{
    const char *text = resource_text(resource);
    if (!text)
        return err_set(err, ERR_SYSTEM, "%s is not compiled in; build the program again", resource);
    *table = (struct table){.name = resource, .rest = str_from(text)};
    struct str line;
    if (!next_line(table, &line))
        return err_set(err, ERR_SYSTEM, "%s has no header line; build the program again", resource);
    table->columns = fields_of(line, table->header);
    return 0;
}

bool table_next(struct table *table)
{
    struct str line;
    if (!next_line(table, &line))
        return false;
    fields_of(line, table->field);
    return true;
}

struct str table_get(const struct table *table, const char *header)
{
    struct str want = str_from(header);
    for (uint32_t i = 0; i < table->columns; i++)
        if (str_eq(table->header[i], want))
            return table->field[i];
    return (struct str){0};
}

long table_number(const struct table *table, const char *header, long otherwise)
{
    struct str s = table_get(table, header);
    long n = 0;
    if (s.n == 0 || s.n > 9)
        return otherwise;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return otherwise;
        n = n * 10 + (s.p[i] - '0');
    }
    return n;
}
