/* rows.h - one export of sql/exports/: its rows as the CSV of a package, or several where it is split. */
#ifndef GONGKAI_EXPORT_ROWS_H
#define GONGKAI_EXPORT_ROWS_H

#include "core/export/package.h"
#include "core/export/spec.h"
#include "core/store/warehouse.h"

struct rows_wanted {
    struct warehouse *warehouse;
    struct package *package;
    struct json *json; /* the package's datapackage.json */
    const struct export_spec *spec;
    const struct form *form; /* of "each: form", else NULL */
    bool bom, gzip;
};

/* Writes it. Rows stream; nothing grows with them. */
int rows_export(const struct rows_wanted *wanted, struct err *err);

#endif
