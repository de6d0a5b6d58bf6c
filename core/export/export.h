/* export.h - writes the exports of sql/exports/ from a warehouse into a folder. */
#ifndef GONGKAI_EXPORT_EXPORT_H
#define GONGKAI_EXPORT_EXPORT_H

#include "core/export/package.h"
#include "core/store/warehouse.h"

struct export_options {
    const char *folder;
    bool bom;        /* a byte order mark, for Excel */
    bool gzip;       /* every file packed */
    bool dry;        /* write nothing, count what would change */
    bool lazy;       /* nothing to do where the folder was written from the same data before */
    bool (*stopped)(void); /* as in package.h */
    const char *also; /* "when" of the exports written on request alone: "cells"; "" for none */
    const char *only; /* names of exports with commas between: these alone; NULL: all */
};

/* The set for other databases ("when: partitioned"), written by itself with their DDL. */
#define EXPORT_PARTITIONED "partitioned"

/* Writes them all in one view of the warehouse: the same data gives the same bytes. Rows stream;
 * nothing grows with them. */
int export_all(struct warehouse *warehouse, const struct export_options *options,
               struct package_counts *counts, struct err *err);

#endif
