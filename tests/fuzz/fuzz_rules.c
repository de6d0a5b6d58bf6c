/* Rules as users write them: a line holds each, left, op and right between tabs. Whatever it is,
 * it is refused or compiled; what is compiled can be evaluated, and its causes looked for. */
#include <string.h>

#include "core/check/evaluate.h"
#include "core/check/hint.h"
#include "core/check/prove.h"
#include "tests/fuzz/read.h"

static struct panel figures(const struct catalog *catalog, uint64_t seed)
{
    struct panel panel = {0};
    for (uint16_t i = 0; i < CATALOG_CELLS; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        panel.state[i] = catalog->cells[i].code ? (uint8_t)(seed >> 60) % 5 : PANEL_ABSENT;
        panel.value[i] = panel.state[i] == PANEL_VALUE ? (int64_t)(seed >> (seed & 63)) : 0;
    }
    return panel;
}

static void judge(const struct rule_set *set, const struct catalog *catalog, uint64_t seed)
{
    struct arena arena = arena_new(64 << 20);
    struct panel now = figures(catalog, seed), before = figures(catalog, ~seed);
    struct judged *judged = arena_array(&arena, set->relation_count + 1, sizeof *judged);
    uint32_t count = 0;
    for (uint32_t i = 0; judged && i < set->relation_count; i++) {
        if (set->relations[i].rule->kind > RULE_AT_LEAST)
            continue;
        judged[count].relation = &set->relations[i];
        judged[count].verdict = evaluate(catalog, &set->relations[i], &now, &before);
        fuzz_holds(judged[count].verdict.outcome != OUTCOME_PASS || !judged[count].verdict.partial);
        count++;
    }
    if (judged)
        fuzz_holds(hint_find(catalog, judged, count, &now, &before, &arena, NULL) == 0);
    arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct catalog *catalog = NULL;
    struct rule_set *set = NULL;
    struct str rest = {(const char *)data, size}, line;
    char name[] = "own-a";
    if (size > 4096 || catalog_load(&catalog, NULL) < 0)
        return 0;
    if (rule_set_load(&set, catalog, NULL) < 0) {
        catalog_free(catalog);
        return 0;
    }
    for (uint32_t n = 0; n < 20 && str_line(&rest, &line); n++) {
        struct rule_text text = {.forms = STR("*"), .severity = STR("error")};
        struct str *const fields[] = {&text.each, &text.left, &text.op, &text.right, &text.limit,
                                      &text.cell, &text.where};
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (!str_split(&line, '\t', fields[i]))
                break;
        name[4] = (char)('a' + n);
        text.name = str_from(name);
        uint32_t rules = set->rule_count, relations = set->relation_count;
        struct err err = {0};
        if (rule_set_add(set, &text, true, n + 1, &err) < 0)
            fuzz_holds(err.kind != ERR_NONE && set->rule_count == rules &&
                       set->relation_count == relations);
    }
    struct err why = {0};
    if (size % 16 == 0 && rule_set_prove(set, &why) < 0) /* seldom: it takes its time */
        fuzz_holds(why.kind != ERR_NONE);
    judge(set, catalog, size);
    rule_set_free(set);
    catalog_free(catalog);
    return 0;
}
