/* recognise.h - one recogniser for every document: finds the statutory tables by label and
 * structure together, and says who reports on which year. */
#ifndef GONGKAI_RECOGNISE_H
#define GONGKAI_RECOGNISE_H

#include "core/model/catalog.h"
#include "core/model/document.h"
#include "core/model/report.h"

/* What is known before the text is read, each with the trust of its origin: a manifest, options,
 * the file name, the folder. Empty and 0: not stated. `path` is the source's path, whose name
 * and folders may say what the text does not; `folder` the absolute one that it was met below. */
struct context {
    struct str path, folder;
    struct str agency, division;
    int year;
    enum scope scope;
    enum trust trust; /* of the four above: TRUST_MANIFEST or TRUST_OPTION */
    int now_year;     /* in which it is read; 0: not told */
};

/* The recogniser: labels, headings and the gazetteer of division names, made once, read by any
 * number of threads. */
struct recogniser;
int recogniser_new(struct recogniser **out, const struct catalog *catalog, struct err *err);

/* The same for one thread alone, to be freed before it: it remembers what short texts mean from one
 * document to the next, and is several times as fast. */
int recogniser_share(struct recogniser **out, const struct recogniser *recogniser,
                     struct err *err);
void recogniser_free(struct recogniser *recogniser);

/* Reads one document into a report, allocated in `arena`. Fails with ERR_INPUT and a reason of
 * sql/reasons.tsv when the document is no annual report, or holds no table that can be read;
 * never fills in what is not printed. Strings of the report may be views of the document's. */
int recognise(const struct recogniser *recogniser, const struct document *doc,
              const struct context *context, struct arena *arena, struct report **out,
              struct err *err);

#endif
