/* rule.h - the rules as data: sql/rules.tsv and the users' own, compiled to linear relations
 * over cells. */
#ifndef GONGKAI_CHECK_RULE_H
#define GONGKAI_CHECK_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/err.h"
#include "core/model/catalog.h"

/* How the two sides of a relation stand to each other. A rule that is no linear relation
 * (RULE_CODE) has no relations: a function of its own looks at the report. */
enum rule_kind { RULE_EQUAL, RULE_AT_MOST, RULE_AT_LEAST, RULE_PROSE, RULE_JUMP, RULE_CODE };

enum severity { SEVERITY_ERROR, SEVERITY_WARNING };

/* Which reports a rule is for. */
enum rule_where {
    WHERE_ANY,
    WHERE_OWN,
    WHERE_COMPOSITE,
    WHERE_NO_RULEMAKING, /* agencies that may not make 规章 */
};

/* A row of the rules. `id` is the finding's rule; several rows may share one, `name` is unique.
 * `forms` has bit i for catalog->forms[i]. `limit` is the tolerance of a relation, in the
 * figures' own unit, or the threshold of a rule that is none. Texts are templates, see
 * sentence.h. */
struct rule {
    struct str name, id, basis, message, message_zh;
    enum rule_kind kind;
    enum rule_where where;
    enum severity severity;
    uint32_t forms;
    int64_t limit;
    bool own; /* a user's */
};

/* A cell times a coefficient, of the report's year or of the year before. */
struct term {
    uint16_t cell;
    bool before;
    int32_t coefficient;
};

struct side {
    struct term *terms;
    uint32_t count;
    int64_t constant;
};

enum { RELATION_WAYS = 8 };

/* left (=, <=, >=) right, where the right side may be stated in several ways of which one must
 * hold. `cell` is what a finding is about. `measure` is the left side of a prose relation.
 * `crosses`: some term is of the year before. `money`: its figures are amounts. */
struct relation {
    const struct rule *rule;
    uint16_t cell;
    struct str measure;
    struct side left, right[RELATION_WAYS];
    uint32_t ways;
    int64_t limit; /* of its rule, scaled as its figures are */
    bool crosses, money;
};

enum { RULES_MOST = 1024 };

struct rule_set {
    struct arena arena;
    const struct catalog *catalog;
    struct rule *rules; /* RULES_MOST: relations point at them */
    struct relation *relations;
    uint32_t rule_count, relation_count;
    size_t relation_capacity;
};

/* A row of rules as text, in the columns of sql/rules.tsv. */
struct rule_text {
    struct str name, id, forms, severity, where, each, left, op, right, limit, cell, basis;
    struct str message, message_zh;
};

/* The rules that are compiled in. Free with rule_set_free. */
int rule_set_load(struct rule_set **out, const struct catalog *catalog, struct err *err);
void rule_set_free(struct rule_set *set);

/* Adds a rule. Fails (ERR_INPUT, with `line`) on what cannot be read; the set is then unchanged
 * but for memory. */
int rule_set_add(struct rule_set *set, const struct rule_text *text, bool own, uint32_t line,
                 struct err *err);

/* The rule of that name that is no linear relation; NULL when there is none. */
const struct rule *rule_set_code(const struct rule_set *set, const char *name);

/* Whether a rule is for reports on this form. */
bool rule_for_form(const struct rule_set *set, const struct rule *rule, int form);

#endif
