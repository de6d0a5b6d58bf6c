/* page_parts.h - what the files of the overview share. Not for others. */
#ifndef GONGKAI_EXPORT_PAGE_PARTS_H
#define GONGKAI_EXPORT_PAGE_PARTS_H

#include "core/store/warehouse.h"
#include "core/text/html_out.h"

/* A region that has a page. Strings end in NUL. */
struct region {
    char *code, *name, *level, *parent; /* parent: "" for none */
    int year;                           /* the last one with reports or agencies */
};

/* All of them, ordered by code. */
struct regions {
    struct region *list;
    size_t count, capacity;
};

const struct region *region_find(const struct regions *regions, const char *code);

/* The file of a region's page: its code where that is fit for one. */
void page_name(char name[64], const char *code);

/* From <!DOCTYPE> to the open <main>, with the way from the start to here; and the end. */
void page_begin(struct html_out *html, const struct regions *regions, const struct region *here,
                struct str title);
void page_end(struct html_out *html);

/* A link to a region's page, or its bare name where it has none. */
void page_link(struct html_out *html, const struct regions *regions, const char *code,
               struct str name);

/* What a region's page holds below its heading: its figures in large, then the rest. */
int page_summary(struct html_out *html, struct warehouse *warehouse, const struct region *region,
                 struct err *err);
int page_region(struct html_out *html, struct warehouse *warehouse, const struct regions *regions,
                const struct region *region, struct err *err);

/* The statement of sql/queries/page.sql with its division and year bound; NULL on failure. */
sqlite3_stmt *page_ask(struct warehouse *warehouse, const char *name, const char *code, int year,
                       struct err *err);

#endif
