/* rule_name.h - what a person reads where a rule is named: its name with the id behind it. */
#ifndef GONGKAI_EXPORT_RULE_NAME_H
#define GONGKAI_EXPORT_RULE_NAME_H

#include "core/base/buf.h"
#include "core/base/err.h"
#include "core/base/lang.h"

/* Appends 勾稽关系（balance）, in English equation of the form (balance); or the id alone of a rule that
 * sql/exports/rule-names.tsv has not. */
int rule_name_add(struct buf *out, struct str rule, enum lang lang, struct err *err);

#endif
