/* agency_adopt.h - provisional agencies that turn out to be registered ones: their reports are
 * given over, and nothing is left in two places. Private to agency*.c and register*.c. */
#ifndef GONGKAI_STORE_AGENCY_ADOPT_H
#define GONGKAI_STORE_AGENCY_ADOPT_H

#include "core/store/agency_index.h"
#include "core/store/register_job.h"

/* The provisional agency that the registered one called `name` in `division` is, by this name or
 * by one of its aliases; NULL when there is none (any more). `alias`: the name is an alias, which
 * also finds one whose division is not known. */
struct known *agency_provisional(const struct agencies *agencies, const struct agency_name *name,
                                 struct str division, bool alias);

/* Gives all reports of a provisional agency to another, and removes it. Reports with the same
 * figures become one with the sources of both. */
int agency_merge(struct register_job *job, struct known *from, int64_t to, struct err *err);

/* Looks anew where provisional agencies lie, after the divisions have changed: a zone that is
 * registered now takes its agencies. */
int agencies_place_again(struct register_job *job, struct err *err);

#endif
