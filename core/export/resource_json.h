/* resource_json.h - what datapackage.json says of one CSV: words, dialect, columns with types. */
#ifndef GONGKAI_EXPORT_RESOURCE_JSON_H
#define GONGKAI_EXPORT_RESOURCE_JSON_H

#include "core/base/json.h"
#include "core/export/spec.h"
#include "core/model/catalog.h"

/* Adds its members to the resource. `form` adds a column for each of its cells behind `columns` (a
 * pivot); else NULL. */
void resource_json(struct json *json, const struct export_spec *spec,
                   const struct export_column *columns, int count, const struct catalog *catalog,
                   const struct form *form);

#endif
