#include "core/check/rule.h"

#include <stdlib.h>

#include "core/base/table.h"
#include "core/check/expression.h"
#include "core/model/report.h"

static int word_of(struct str s, const char *const *words, int count, const char *column,
                   int *out, struct err *err)
{
    for (int i = 0; i < count; i++)
        if (str_eq(s, str_from(words[i]))) {
            *out = i;
            return 0;
        }
    return err_set(err, ERR_INPUT, "the column `%s` of a rule cannot be `%.*s`", column,
                   STR_ARG(s));
}

static int read_forms(const struct catalog *catalog, struct str s, uint32_t *out, struct err *err)
{
    uint32_t forms = 0;
    for (struct str word; str_split(&s, ' ', &word);) {
        for (uint32_t i = 0; i < catalog->form_count; i++) {
            char name[12] = {0};
            int year = catalog->forms[i].year;
            for (int k = 3; k >= 0; k--, year /= 10)
                name[k] = (char)('0' + year % 10);
            if (str_eq(word, str_from(name)) || str_eq(word, STR("*")))
                forms |= 1u << i;
        }
    }
    if (!forms)
        return err_set(err, ERR_INPUT, "the column `forms` of a rule names forms such as"
                       " `2019 2021`, or `*` for all");
    *out = forms;
    return 0;
}

static int read_limit(struct str s, int64_t *out, struct err *err)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || s.n > 9)
            return err_set(err, ERR_INPUT, "the column `limit` of a rule holds a whole number,"
                           " found `%.*s`", STR_ARG(s));
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return 0;
}

static int copy_texts(struct rule_set *set, struct rule *rule, const struct rule_text *text,
                      struct err *err)
{
    const struct {
        struct str *to, from;
    } texts[] = {
        {&rule->name, text->name},       {&rule->id, text->id.n ? text->id : text->name},
        {&rule->basis, text->basis},     {&rule->message, text->message},
        {&rule->message_zh, text->message_zh},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i].to = arena_copy(&set->arena, texts[i].from);
        if (!texts[i].to->p)
            return err_memory(err);
    }
    return 0;
}

static int read_rule(struct rule_set *set, const struct rule_text *text, struct rule *rule,
                     struct err *err)
{
    static const char *const kinds[] = {"=", "<=", ">=", "prose", "jump", ""};
    static const char *const wheres[] = {"", "own", "composite", "no-rulemaking"};
    static const char *const severities[] = {"error", "warning"};
    int kind = 0, where = 0, severity = 0;
    if (text->name.n == 0)
        return err_set(err, ERR_INPUT, "a rule has no name");
    for (uint32_t i = 0; i < set->rule_count; i++)
        if (str_eq(set->rules[i].name, text->name))
            return err_set(err, ERR_INPUT, "there is a rule called `%.*s` already; give this one"
                           " another name", STR_ARG(text->name));
    if (word_of(text->op, kinds, 6, "op", &kind, err) < 0 ||
        word_of(text->where, wheres, 4, "where", &where, err) < 0 ||
        word_of(text->severity, severities, 2, "severity", &severity, err) < 0 ||
        read_forms(set->catalog, text->forms, &rule->forms, err) < 0 ||
        read_limit(text->limit, &rule->limit, err) < 0 || copy_texts(set, rule, text, err) < 0)
        return -1;
    rule->kind = (enum rule_kind)kind;
    rule->where = (enum rule_where)where;
    rule->severity = (enum severity)severity;
    return 0;
}

/* Notes whether a side reaches into the year before, and counts its amounts. */
static uint32_t look_at(const struct catalog *catalog, const struct side *side,
                        struct relation *relation)
{
    uint32_t amounts = 0;
    for (uint32_t i = 0; i < side->count; i++) {
        relation->crosses |= side->terms[i].before;
        amounts += catalog->cells[side->terms[i].cell].kind == CELL_MONEY;
    }
    return amounts;
}

static int settle(const struct catalog *catalog, struct relation *relation, struct err *err)
{
    uint32_t amounts = look_at(catalog, &relation->left, relation);
    uint32_t terms = relation->left.count;
    for (uint32_t i = 0; i < relation->ways; i++) {
        amounts += look_at(catalog, &relation->right[i], relation);
        terms += relation->right[i].count;
    }
    if (amounts && amounts != terms)
        return err_set(err, ERR_INPUT, "a rule cannot compare amounts in 万元 with counts");
    relation->money = amounts > 0;
    relation->limit = relation->rule->limit;
    if (relation->money && relation->rule->kind <= RULE_AT_LEAST) {
        relation->limit *= MONEY_SCALE;
        relation->left.constant *= MONEY_SCALE;
        for (uint32_t i = 0; i < relation->ways; i++)
            relation->right[i].constant *= MONEY_SCALE;
    }
    return 0;
}

/* The cell a finding is about: the column `cell`, else the first cell named. */
static int choose_cell(struct rule_set *set, const struct rule_text *text, struct binding binding,
                       struct relation *relation, struct err *err)
{
    const struct side *first = relation->left.count ? &relation->left : &relation->right[0];
    struct side cell = {0};
    if (text->cell.n) {
        if (expression_read(set->catalog, &set->arena, text->cell, binding, &cell, err) < 0)
            return -1;
        first = &cell;
    }
    relation->cell = first->count ? first->terms[0].cell : CELL_NONE;
    return 0;
}

static int read_sides(struct rule_set *set, const struct rule_text *text, struct binding binding,
                      struct relation *relation, struct err *err)
{
    const struct catalog *catalog = set->catalog;
    enum rule_kind kind = relation->rule->kind;
    if (kind == RULE_PROSE) {
        relation->measure = arena_copy(&set->arena, text->left);
        if (!relation->measure.p)
            return err_memory(err);
    } else if (expression_read(catalog, &set->arena, text->left, binding, &relation->left, err) < 0) {
        return -1;
    }
    struct str rest = text->right;
    for (struct str way; kind != RULE_JUMP && str_split(&rest, '|', &way);) {
        if (relation->ways == RELATION_WAYS)
            return err_set(err, ERR_INPUT, "a rule has at most %d ways, parted by |",
                           RELATION_WAYS);
        if (expression_read(catalog, &set->arena, way, binding, &relation->right[relation->ways],
                            err) < 0)
            return -1;
        relation->ways++;
    }
    if (!relation->ways && kind != RULE_JUMP)
        return err_set(err, ERR_INPUT, "the column `right` of a rule is empty");
    return 0;
}

static int compile(struct rule_set *set, const struct rule_text *text, const struct rule *rule,
                   struct err *err)
{
    struct each each;
    if (each_read(set->catalog, &set->arena, text->each, &each, err) < 0)
        return -1;
    for (uint32_t i = 0; i < each.count; i++) {
        struct binding binding = {each.variable, each.values[i]};
        struct relation relation = {.rule = rule};
        if (read_sides(set, text, binding, &relation, err) < 0 ||
            choose_cell(set, text, binding, &relation, err) < 0 ||
            settle(set->catalog, &relation, err) < 0)
            return -1;
        if (arena_grow(&set->arena, &set->relations, set->relation_count, &set->relation_capacity,
                       sizeof *set->relations) < 0)
            return err_memory(err);
        set->relations[set->relation_count++] = relation;
    }
    return 0;
}

int rule_set_add(struct rule_set *set, const struct rule_text *text, bool own, uint32_t line,
                 struct err *err)
{
    uint32_t rules = set->rule_count, relations = set->relation_count;
    if (rules == RULES_MOST)
        return err_set(err, ERR_INPUT, "there are more than %d rules", RULES_MOST);
    struct rule *rule = &set->rules[rules];
    *rule = (struct rule){.own = own};
    if (read_rule(set, text, rule, err) < 0)
        goto fail;
    set->rule_count++;
    if (rule->kind != RULE_CODE && compile(set, text, rule, err) < 0)
        goto fail;
    if (own && rule->kind == RULE_CODE) {
        err_set(err, ERR_INPUT, "the column `op` of a rule is one of =, <=, >=, prose, jump");
        goto fail;
    }
    return 0;
fail:
    set->rule_count = rules;
    set->relation_count = relations;
    if (err)
        err->line = line;
    return -1;
}

static struct rule_text text_of(const struct table *t)
{
    return (struct rule_text){
        .name = table_get(t, "name"),
        .id = table_get(t, "rule"),
        .forms = table_get(t, "forms"),
        .severity = table_get(t, "severity"),
        .where = table_get(t, "where"),
        .each = table_get(t, "each"),
        .left = table_get(t, "left"),
        .op = table_get(t, "op"),
        .right = table_get(t, "right"),
        .limit = table_get(t, "limit"),
        .cell = table_get(t, "cell"),
        .basis = table_get(t, "basis"),
        .message = table_get(t, "message"),
        .message_zh = table_get(t, "message_zh"),
    };
}

int rule_set_load(struct rule_set **out, const struct catalog *catalog, struct err *err)
{
    struct rule_set *set = calloc(1, sizeof *set);
    if (!set)
        return err_memory(err);
    set->arena = arena_new((size_t)32 << 20);
    set->catalog = catalog;
    set->rules = arena_array(&set->arena, RULES_MOST, sizeof *set->rules);
    struct table t;
    if (!set->rules) {
        err_memory(err);
        goto fail;
    }
    if (table_open(&t, "rules.tsv", err) < 0)
        goto fail;
    while (table_next(&t)) {
        struct rule_text text = text_of(&t);
        struct err why = {0};
        if (rule_set_add(set, &text, false, t.line, &why) < 0) {
            err_set(err, ERR_SYSTEM, "sql/rules.tsv:%u: %s", t.line, why.english);
            goto fail;
        }
    }
    *out = set;
    return 0;
fail:
    rule_set_free(set);
    return -1;
}

void rule_set_free(struct rule_set *set)
{
    if (!set)
        return;
    arena_free(&set->arena);
    free(set);
}

const struct rule *rule_set_code(const struct rule_set *set, const char *name)
{
    for (uint32_t i = 0; i < set->rule_count; i++)
        if (set->rules[i].kind == RULE_CODE && str_eq(set->rules[i].name, str_from(name)))
            return &set->rules[i];
    return NULL;
}

bool rule_for_form(const struct rule_set *set, const struct rule *rule, int form)
{
    for (uint32_t i = 0; i < set->catalog->form_count; i++)
        if (set->catalog->forms[i].year == form)
            return rule->forms >> i & 1;
    return false;
}
