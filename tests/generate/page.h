/* page.h - one made-up report as a document: headings, prose, and the tables with their spans. The
 * layouts write it down in the formats that offices publish. */
#ifndef GONGKAI_TESTS_PAGE_H
#define GONGKAI_TESTS_PAGE_H

#include "core/model/document.h"
#include "tests/generate/manner.h"

enum { PROSE_SECTIONS = 7, PROSE_PARAGRAPHS = 12 };

/* The paragraphs of the sections of prose, by their number; 0 stands before the first. */
struct prose {
    struct str paragraph[PROSE_SECTIONS][PROSE_PARAGRAPHS];
    int count[PROSE_SECTIONS];
};

/* Who reports: `agency` as registered, `title` as the title names it (a government's composite
 * is titled by its region alone). `dated` is an ISO date, or empty for the 16th of January.
 * Without `prose` a sentence stands in each section. */
struct who {
    struct str agency, title;
    int year;
    struct str dated;
    const struct prose *prose;
};

/* The page of these figures. NULL when memory ran out. */
struct document *page_make(const struct figures *figures, const struct who *who,
                           struct manner *manner);

#endif
