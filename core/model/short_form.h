/* short_form.h - how division names are shortened in speech: 常德 for 常德市, 湘西州 for
 * 湘西土家族苗族自治州. */
#ifndef GONGKAI_MODEL_SHORT_FORM_H
#define GONGKAI_MODEL_SHORT_FORM_H

#include <stdint.h>

#include "core/base/arena.h"

/* Writes up to two short forms of a full name, each of two characters or more; returns how many.
 * None for names that are short already (沙县) or would become an everyday word (城区). They are
 * views of `name`, or in `arena`. */
uint32_t short_forms(struct arena *arena, struct str name, struct str forms[2]);

#endif
