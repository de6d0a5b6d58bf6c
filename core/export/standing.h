/* standing.h - whether an exported folder still shows what the warehouse holds, so that a night in
 * which nothing came need not write it all again to find that out. */
#ifndef GONGKAI_EXPORT_STANDING_H
#define GONGKAI_EXPORT_STANDING_H

#include <stdbool.h>

#include "core/export/package.h"
#include "core/store/warehouse.h"
#include "core/text/digest.h"

/* A digest of all that exported files depend on: data, program and `options` (a word for each). */
int standing_state(struct warehouse *warehouse, const char *options, char state[DIGEST_HEX],
                   struct err *err);

/* Whether an export stands in the folder, of whatever state. */
bool standing_any(const char *folder);

/* Whether the folder was last written in this state and its files have not been touched since.
 * Then `counts` says how many there are. */
bool standing_holds(const char *folder, const char state[DIGEST_HEX],
                    struct package_counts *counts);

/* Notes the state that the folder was written in (its file .state). */
int standing_note(const char *folder, const char state[DIGEST_HEX], struct err *err);

#endif
