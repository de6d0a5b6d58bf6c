/* migrate_2.h - a warehouse of version 1 becomes one of version 2 (sql/migrations/0002.sql). */
#ifndef GONGKAI_STORE_MIGRATE_2_H
#define GONGKAI_STORE_MIGRATE_2_H

#include "core/store/warehouse.h"

/* Inside a transaction, with foreign keys off: the caller looks whether all hold. Every source and report
 * keeps its number. */
int migrate_2(struct warehouse *warehouse, struct err *err);

#endif
