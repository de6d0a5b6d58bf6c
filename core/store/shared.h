/* shared.h - rows that many reports and sources have in common, each kept once: found, or made. What was
 * found stays in memory with the warehouse, until something is undone (shared_forget). */
#ifndef GONGKAI_STORE_SHARED_H
#define GONGKAI_STORE_SHARED_H

#include "core/store/contents.h"
#include "core/store/warehouse.h"

/* The tables that are a text each. */
enum shared_text { SHARED_PHRASE, SHARED_FORMAT, SHARED_HEADING, SHARED_FOLDER };
int shared_text(struct warehouse *warehouse, enum shared_text table, struct str text, int64_t *id,
                struct err *err);

int shared_subfolder(struct warehouse *warehouse, int64_t folder_id, struct str path, int64_t *id,
                     struct err *err);

/* The set of cells, the sections with their headings, and the lines of the cells of a report. */
int shared_presence(struct warehouse *warehouse, const struct report *report,
                    const struct prepared *prepared, int64_t *id, struct err *err);
int shared_outline(struct warehouse *warehouse, const struct prepared *prepared, int64_t *id,
                   struct err *err);
int shared_origin(struct warehouse *warehouse, const struct prepared *prepared, int64_t *id,
                  struct err *err);

int shared_prose_kind(struct warehouse *warehouse, const struct prose_figure *figure, int64_t *id,
                      struct err *err);

/* Forgets all ids: rows that they belong to may have been undone. */
void shared_forget(struct warehouse *warehouse);

#endif
