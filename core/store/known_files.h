/* known_files.h - what is known of the files of a folder, beside a walk of it. */
#ifndef GONGKAI_STORE_KNOWN_FILES_H
#define GONGKAI_STORE_KNOWN_FILES_H

#include "core/store/source_store.h"

struct known_files;

/* Of everything below the folder; free with known_files_free. Files that are stored meanwhile may be
 * unknown to it. */
int known_files_new(struct known_files **out, struct warehouse *warehouse, int64_t folder_id,
                    struct err *err);
void known_files_free(struct known_files *known);

/* Whether the latest version of the path is an input that an importer read and has this stamp: as
 * source_find would tell. To be asked folder by folder, and the folders below a folder in between. */
int known_files_unchanged(struct known_files *known, struct str path, const struct file_stamp *stamp,
                          bool *unchanged, struct err *err);

#endif
