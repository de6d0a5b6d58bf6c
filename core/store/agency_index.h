/* agency_index.h - agencies by name, and by division and key, in memory. Private to agency*.c. */
#ifndef GONGKAI_STORE_AGENCY_INDEX_H
#define GONGKAI_STORE_AGENCY_INDEX_H

#include "core/store/agency.h"

/* An agency under one of its names: its own, or an alias. `division` is empty where unknown. */
struct known {
    struct known *next_name, *next_key; /* others with the same hash */
    int64_t agency_id;
    struct str name;     /* without white space */
    struct str key;      /* see agency_name.h */
    struct str division;
    enum agency_kind kind;
    int first_year, last_year; /* 0: open */
    bool registered, alias;
    bool gone; /* merged into another */
};

enum { INDEX_HEADS = 1 << 14 };

struct agencies {
    struct warehouse *warehouse;
    struct arena arena, scratch;
    struct gazetteer *gazetteer;
    struct agency_kinds *kinds;
    struct known *by_name[INDEX_HEADS], *by_key[INDEX_HEADS];
};

/* Adds an agency, taking its name apart. `row` needs no key; its text is copied. */
int agency_index_add(struct agencies *agencies, struct known row);

/* The first agency whose name, or key, has the hash of this one; go on by next_name, next_key
 * and compare. */
struct known *agency_index_name(const struct agencies *agencies, struct str name);
struct known *agency_index_key(const struct agencies *agencies, struct str key);

/* Whether a name means one agency wherever it is met: 长沙海关, 中国(上海)自由贸易试验区管委会,
 * but not 审计局, nor 高新区管委会. */
bool agency_is_distinct(const struct agency_name *name, enum agency_kind kind);

#endif
