/* page.h - the overview as static pages: one a region, an index in pages, a map of tiles. No script,
 * no request that leaves the folder. */
#ifndef GONGKAI_EXPORT_PAGE_H
#define GONGKAI_EXPORT_PAGE_H

#include "core/base/lang.h"
#include "core/export/package.h"
#include "core/store/warehouse.h"

struct page_options {
    struct package_options package;
    enum lang lang; /* of its words; names stay as they are */
    bool lazy; /* nothing to do where the folder was written from the same data before */
};

/* Writes index.html, regions-N.html, CODE.html and style.css to the folder, under the rules of
 * package.h. */
int page_export(struct warehouse *warehouse, const struct page_options *options,
                struct package_counts *counts, struct err *err);

#endif
