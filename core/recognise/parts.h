/* parts.h - the parts of the recogniser, and what they hand one another. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_PARTS_H
#define GONGKAI_RECOGNISE_PARTS_H

#include "core/recognise/recognise.h"

struct labels;   /* the labels of the forms and their variants: labels.h */
struct identity; /* names of divisions, words of titles: identity.h */
struct measures; /* what figures in the prose are about: measure.h */

/* Made once, then only read, but for the lexicon. */
struct recogniser {
    const struct catalog *catalog;
    struct labels *labels;
    struct identity *identity;
    struct measures *measures;
    struct simple *simple; /* traditional characters: core/text/simple.h */
    struct lexicon *lexicon; /* of one thread, NULL: nothing is remembered (lexicon.h) */
    bool shared;             /* the rest belongs to another one */
};

enum table_id { TABLE_NONE, TABLE_1, TABLE_2, TABLE_3, TABLE_4, TABLE_COUNT };

/* What was seen of one table: `labels` of its rows that were met, `figures` that were read as
 * values, `blanks` that were read as blank or na; `lines` it spans. */
struct table_seen {
    uint32_t labels, figures, blanks;
    uint32_t unread; /* rows with figures that could not be given to columns */
    uint32_t first_line, last_line;
    bool read;  /* its cells are in the report */
    bool lossy; /* its labels stand there, its figures were lost on the way */
};

/* What was seen of all of them. `block_table[b]` says which table block b of the document
 * belongs to (TABLE_NONE: prose), so that no figure of a table is read as prose. */
struct tables_seen {
    struct table_seen table[TABLE_COUNT];
    uint8_t *block_table;
};

/* Reads the statutory tables: adds facts, remarks (`reading`, `section`) and the form to the
 * report, and says what it saw. Fails only when memory runs out: a document without tables is
 * for refusal_check to judge. */
int tables_read(const struct recogniser *recogniser, const struct document *doc,
                struct report *report, struct tables_seen *seen, struct err *err);

/* The same for a document of stated cells. 1: done; 0: it has to be laid out and read by
 * tables_read, and nothing was added. */
int tables_stated(const struct recogniser *recogniser, const struct document *doc,
                  struct report *report, struct err *err);

struct outline; /* the lines, headings, signature: outline.h */

/* Rejects what is no annual report (ERR_INPUT with its reason), and reports none of whose tables
 * could be read. */
int refusal_check(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  const struct outline *outline, struct err *err);

/* What the path of the source says, looked at once for all documents of a file. NULL when memory ran
 * out. */
struct path_claims;
const struct path_claims *path_claims_read(const struct recogniser *recogniser,
                                           const struct context *context, struct arena *arena);

/* Who reports on which year, with what scope, dated when; adds remarks (`year`). `path` may be NULL:
 * then the context's is looked at. */
int identity_read(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  const struct outline *outline, const struct path_claims *path,
                  struct report *report, struct err *err);

/* The six sections and the figures in them. */
int prose_read(const struct recogniser *recogniser, const struct document *doc,
               const struct tables_seen *seen, const struct outline *outline,
               struct report *report, struct err *err);

/* What they keep for themselves in the recogniser. */
int labels_new(struct labels **out, const struct catalog *catalog, struct err *err);
void labels_free(struct labels *labels);
int identity_new(struct identity **out, const struct simple *simple, struct err *err);
void identity_free(struct identity *identity);
/* The same with a lexicon, to be given back by free(). */
int identity_share(struct identity **out, const struct identity *identity, struct lexicon *lexicon,
                   struct err *err);

#endif
