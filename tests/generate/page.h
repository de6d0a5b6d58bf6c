/* page.h - one made-up report as a document: headings, prose, and the tables with their spans. The
 * layouts write it down in the formats that offices publish. */
#ifndef GONGKAI_TESTS_PAGE_H
#define GONGKAI_TESTS_PAGE_H

#include "core/model/document.h"
#include "tests/generate/manner.h"

/* Who reports: `agency` as registered, `title` as the title names it (a government's composite
 * is titled by its region alone). `dated` is an ISO date, or empty for the 16th of January. */
struct who {
    struct str agency, title;
    int year;
    struct str dated;
};

/* The page of these figures. NULL when memory ran out. */
struct document *page_make(const struct figures *figures, const struct who *who,
                           struct manner *manner);

#endif
