/* own_rules.h - users' own rules: read from a CSV, kept in the warehouse beside the compiled-in
 * ones. */
#ifndef GONGKAI_CHECK_OWN_RULES_H
#define GONGKAI_CHECK_OWN_RULES_H

#include "core/check/rule.h"
#include "core/store/warehouse.h"

/* All rules that hold for a warehouse: the compiled-in ones and its own. Free with
 * rule_set_free. */
int own_rules_load(struct rule_set **out, struct warehouse *warehouse, struct err *err);

/* Replaces the warehouse's own rules by those of a CSV file: a header line with the column names of
 * sql/rules.tsv (name, forms, severity, left, op, right at least), then one rule a line. A file
 * with its header alone takes them all away. Fails (ERR_INPUT, with the line) on a rule that
 * cannot be read, that is there twice or that contradicts the others; nothing is changed then.
 * Inside a transaction. `*count`: how many there are now. */
int own_rules_replace(struct warehouse *warehouse, const char *path, uint32_t *count,
                      struct err *err);

#endif
