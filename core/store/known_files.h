/* known_files.h - what is known of the files of a folder: one ordered pass, beside a walk of it. */
#ifndef GONGKAI_STORE_KNOWN_FILES_H
#define GONGKAI_STORE_KNOWN_FILES_H

#include "core/store/source_store.h"

struct known_files;

/* Begins before the first path of the folder; free with known_files_free. */
int known_files_new(struct known_files **out, struct warehouse *warehouse, int64_t folder_id,
                    struct err *err);
void known_files_free(struct known_files *known);

/* The latest version of a path, as source_find tells it but for its sha256. To be asked in the byte
 * order of the paths: one out of order may be found unknown (source_id 0) though it is not. */
int known_files_find(struct known_files *known, struct str path, struct str hints,
                     struct source_latest *out, struct err *err);

#endif
