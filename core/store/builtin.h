/* builtin.h - what the program brings along: forms, cells, series, divisions and the views, laid
 * down when a warehouse is made and again when another version of the program has other ones. */
#ifndef GONGKAI_STORE_BUILTIN_H
#define GONGKAI_STORE_BUILTIN_H

#include "core/store/warehouse.h"

/* Whether the warehouse holds exactly what this program brings along. */
bool builtin_is_fresh(struct warehouse *warehouse);

/* Lays it all down, inside a transaction. What a register loaded over a built-in division stays. */
int builtin_load(struct warehouse *warehouse, struct err *err);

#endif
