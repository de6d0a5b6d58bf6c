/* migrate_3.h - a warehouse of version 2 becomes one of version 3 (sql/migrations/0003.sql). */
#ifndef GONGKAI_STORE_MIGRATE_3_H
#define GONGKAI_STORE_MIGRATE_3_H

#include "core/store/warehouse.h"

/* Inside a transaction, with foreign keys off. The sums are made by the caller. */
int migrate_3(struct warehouse *warehouse, struct err *err);

#endif
