/* agency.h - gives a recognised report to an agency of the register. One that is not in it is
 * added as provisional (registered 0); whose division cannot be told without guessing gets none,
 * is listed, and enters no total.
 *
 * A report's name is taken apart (core/model/agency_name.h) into division names and the rest. The
 * division comes from, the most trusted first: what an input states (report.division), the names
 * printed before the agency's own, the places found around it (report.place). A name that several
 * divisions bear (鼓楼区) counts only when one of these leaves a single one. Within the division
 * the rest is matched to names and aliases, variants being one (管理委员会, 管委会). */
#ifndef GONGKAI_STORE_AGENCY_H
#define GONGKAI_STORE_AGENCY_H

#include "core/model/agency_name.h"
#include "core/model/report.h"
#include "core/store/warehouse.h"

/* The register as matching sees it, read once: divisions, agencies, aliases. */
struct agencies;

/* Reads it. Read it anew after the register has changed. */
int agencies_open(struct agencies **out, struct warehouse *warehouse, struct err *err);
void agencies_close(struct agencies *agencies);

struct agency_match {
    int64_t agency_id;
    enum agency_kind kind;
    enum scope scope;   /* the report's own word, else what the kind implies */
    bool registered;
    bool made;          /* added as provisional just now */
    bool placed;        /* has a division */
    bool misplaced;     /* the division an input states is not in the register of divisions */
};

/* The agency of a report; adds a provisional one when there is none. Call inside a transaction;
 * when that is rolled back, close and open again. */
int agencies_match(struct agencies *agencies, const struct report *report,
                   struct agency_match *out, struct err *err);

/* The agency that a user names (--agency, withdraw --to): by exact name, alias, or place and
 * name; 0 when there is none, or more than one: then `err` says which. Adds nothing. */
int agencies_find(struct agencies *agencies, struct str name, struct str division, int year,
                  int64_t *agency_id, struct err *err);

/* The divisions of this warehouse. Owned by `agencies`. */
const struct gazetteer *agencies_gazetteer(const struct agencies *agencies);

/* Removes provisional agencies that no report or withdrawal refers to any more; returns how many
 * through `removed` (may be NULL). */
int agencies_sweep(struct warehouse *warehouse, uint32_t *removed, struct err *err);

#endif
