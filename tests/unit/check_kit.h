/* check_kit.h - reports as panels, for the tests of the rules. */
#ifndef GONGKAI_TESTS_CHECK_KIT_H
#define GONGKAI_TESTS_CHECK_KIT_H

#include <stdlib.h>
#include <string.h>

#include "core/check/evaluate.h"
#include "core/check/expression.h"
#include "core/check/hint.h"
#include "core/check/rule.h"
#include "tests/tap.h"

static struct catalog *catalog;
static struct rule_set *set;

static const char *const columns[] = {"person", "business", "research", "charity",
                                      "legal",  "other",    "total"};

__attribute__((unused)) static bool kit_open(void)
{
    struct err err = {0};
    if (catalog_load(&catalog, &err) < 0 ||
        !ok(rule_set_load(&set, catalog, &err) == 0, "the compiled-in rules can be read")) {
        diag("%s", err.english);
        return false;
    }
    return true;
}

__attribute__((unused)) static void kit_close(void)
{
    rule_set_free(set);
    catalog_free(catalog);
}

__attribute__((unused)) static uint16_t id_of(const char *code)
{
    const struct cell *cell = catalog_find(catalog, str_from(code));
    if (!cell)
        ok(false, "%s is a cell", code);
    return cell ? cell->id : 0;
}

__attribute__((unused)) static void put(struct panel *panel, const char *code, int64_t value)
{
    panel->value[id_of(code)] = value;
    panel->state[id_of(code)] = PANEL_VALUE;
}

__attribute__((unused)) static void leave(struct panel *panel, const char *code,
                                          enum panel_state state)
{
    panel->value[id_of(code)] = 0;
    panel->state[id_of(code)] = (uint8_t)state;
}

/* A report on that form that states every cell, all zero. */
__attribute__((unused)) static struct panel clean(int year)
{
    struct panel panel = {0};
    const struct form *form = catalog_form(catalog, year);
    for (uint32_t i = 0; i < form->count; i++)
        if (form->cells[i].id != CELL_NONE)
            panel.state[form->cells[i].id] = PANEL_VALUE;
    return panel;
}

static uint64_t kit_seed = 1;

__attribute__((unused)) static int64_t kit_random(int64_t below)
{
    kit_seed = kit_seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)(kit_seed >> 33) % below;
}

/* Mostly zeros and small figures, now and then a large one. */
static int64_t kit_figure(void)
{
    int64_t kind = kit_random(10);
    return kind < 5 ? 0 : kind < 8 ? kit_random(20) : kind < 9 ? kit_random(500) : kit_random(9000);
}

/* A report of table 三 and 四 with random figures that obey every rule. */
__attribute__((unused)) static struct panel balanced(int form)
{
    struct panel p = clean(form);
    uint16_t in = id_of("t3.carried_in.person"), new = id_of("t3.new.person"),
             out = id_of("t3.carried_out.person"), handled = id_of("t3.handled.person"),
             granted = id_of("t3.granted.person");
    for (uint16_t c = 0; c < 6; c++) {
        int64_t all = 0;
        for (uint16_t row = granted; row < CATALOG_CELLS - CATALOG_SLOTS; row += CATALOG_SLOTS) {
            uint16_t cell = (uint16_t)(row + c);
            if (row == handled || row == out || p.state[cell] != PANEL_VALUE ||
                strncmp(catalog->cells[cell].code, "t3.", 3) != 0)
                continue;
            p.value[cell] = c < 2 || kit_random(4) == 0 ? kit_figure() : 0;
            all += p.value[cell];
        }
        p.value[handled + c] = all;
        p.value[out + c] = kit_random(5) * (c < 2);
        p.value[in + c] = kit_random(all + p.value[out + c] + 1) / 4;
        p.value[new + c] = all + p.value[out + c] - p.value[in + c];
    }
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        const char *code = catalog->cells[cell].code;
        if (!code || p.state[cell] != PANEL_VALUE || !str_ends(str_from(code), STR(".total")))
            continue;
        uint16_t first = cell & ~7u;
        if (code[1] == '4')
            for (uint16_t i = first; i < cell; i++)
                p.value[i] = kit_figure();
        p.value[cell] = 0;
        for (uint16_t i = first; i < cell; i++)
            p.value[cell] += p.value[i];
    }
    return p;
}

struct kit_judgement {
    struct judged judged[512];
    uint32_t count, failed;
};

/* Holds every relation for the form to a report, and looks for the causes. */
__attribute__((unused)) static void judge(struct kit_judgement *j, int form,
                                          const struct panel *now, const struct panel *before,
                                          struct arena *arena)
{
    struct err err = {0};
    *j = (struct kit_judgement){0};
    for (uint32_t i = 0; i < set->relation_count && j->count < 512; i++) {
        const struct relation *relation = &set->relations[i];
        if (relation->rule->kind > RULE_AT_LEAST || relation->rule->where != WHERE_ANY ||
            !rule_for_form(set, relation->rule, form))
            continue;
        struct judged *judged = &j->judged[j->count++];
        judged->relation = relation;
        judged->verdict = evaluate(catalog, relation, now, before);
        j->failed += judged->verdict.outcome == OUTCOME_FAIL;
    }
    if (hint_find(catalog, j->judged, j->count, now, before, arena, &err) < 0)
        ok(false, "causes are looked for: %s", err.english);
}

#endif
