#include "core/export/resource_json.h"

#include "core/base/buf.h"

static void member(struct json *json, const char *name, struct str text)
{
    if (text.n > 0)
        json_str(json, name, text);
}

static void field(struct json *json, const struct export_column *column)
{
    json_object(json, NULL);
    json_str(json, "name", column->name);
    member(json, "type", column->type);
    member(json, "unit", column->unit);
    member(json, "description", column->about);
    member(json, "description_zh", column->about_zh);
    json_end_object(json);
}

/* A cell of the form as a column: its labels say what it is. */
static void cell_field(struct json *json, const struct catalog *catalog,
                       const struct form_cell *cell)
{
    const struct cell *meaning = &catalog->cells[cell->id];
    struct buf label = buf_new(4096);
    buf_add(&label, cell->row);
    if (cell->column.n > 0)
        buf_char(&label, '/');
    buf_add(&label, cell->column);
    struct export_column column = {
        .name = str_from(meaning->code),
        .type = meaning->kind == CELL_MONEY ? STR("number") : STR("integer"),
        .unit = cell->unit,
        .about_zh = buf_str(&label),
    };
    field(json, &column);
    buf_free(&label);
}

static void dialect(struct json *json)
{
    json_object(json, "dialect");
    json_text(json, "delimiter", ",");
    json_text(json, "lineTerminator", "\n");
    json_text(json, "quoteChar", "\"");
    json_bool(json, "doubleQuote", true);
    json_bool(json, "header", true);
    json_end_object(json);
}

void resource_json(struct json *json, const struct export_spec *spec,
                   const struct export_column *columns, int count, const struct catalog *catalog,
                   const struct form *form)
{
    member(json, "title", spec->title);
    member(json, "title_zh", spec->title_zh);
    member(json, "description", spec->about);
    member(json, "description_zh", spec->about_zh);
    json_text(json, "profile", "tabular-data-resource");
    json_text(json, "format", "csv");
    json_text(json, "mediatype", "text/csv");
    json_text(json, "encoding", "utf-8");
    dialect(json);
    json_object(json, "schema");
    json_array(json, "fields");
    for (int i = 0; i < count; i++)
        field(json, &columns[i]);
    for (uint32_t i = 0; form && i < form->count; i++)
        if (form->cells[i].id != CELL_NONE)
            cell_field(json, catalog, &form->cells[i]);
    json_end_array(json);
    json_array(json, "missingValues");
    json_text(json, NULL, "");
    json_end_array(json);
    if (spec->key.n > 0) {
        struct str rest = spec->key, word;
        json_array(json, "primaryKey");
        while (str_split(&rest, ' ', &word))
            json_str(json, NULL, word);
        json_end_array(json);
    }
    json_end_object(json);
}
