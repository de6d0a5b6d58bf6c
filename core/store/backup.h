/* backup.h - a consistent copy of the warehouse, taken while it may be in use. */
#ifndef GONGKAI_STORE_BACKUP_H
#define GONGKAI_STORE_BACKUP_H

#include "core/store/warehouse.h"

/* Copies the warehouse as it stands now to `path`: written beside it under another name, looked
 * at (integrity, references), flushed to disk and then put in its place in one step. An old file
 * of that name stays until then. */
int warehouse_backup(struct warehouse *warehouse, const char *path, struct err *err);

#endif
