/* schema.h - which tables, indexes and views of a file are the program's. What analysts have laid down
 * beside them is left alone, whatever is made anew, and not sealed. */
#ifndef GONGKAI_STORE_SCHEMA_H
#define GONGKAI_STORE_SCHEMA_H

#include "core/store/warehouse.h"

/* Whether sql/schema.sql or sql/views.sql creates this; `kind` is "table", "index" or "view". */
bool schema_is_ours(struct str kind, struct str name);

/* Drops the program's views: those of this build, and those that an earlier one has sealed. An
 * analyst's view of the same name goes with them. */
int schema_drop_views(struct warehouse *warehouse, struct err *err);

/* Lays them down anew. */
int schema_lay_views(struct warehouse *warehouse, struct err *err);

#endif
