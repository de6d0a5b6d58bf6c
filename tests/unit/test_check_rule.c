#include "core/check/prove.h"
#include "tests/unit/check_kit.h"

static struct verdict verdict_of(const char *rule, const char *cell, const struct panel *now,
                                 const struct panel *before)
{
    for (uint32_t i = 0; i < set->relation_count; i++) {
        const struct relation *relation = &set->relations[i];
        if (str_eq(relation->rule->name, str_from(rule)) && relation->cell == id_of(cell))
            return evaluate(catalog, relation, now, before);
    }
    ok(false, "there is a rule %s about %s", rule, cell);
    return (struct verdict){0};
}

static void reads_expressions(void)
{
    struct arena arena = arena_new(1 << 20);
    struct side side;
    struct err err = {0};
    struct binding c = {'c', STR("person")};
    ok(pattern_fits(STR("t3.denied_*.person"), STR("t3.denied_secret.person")),
       "a star fits a run of characters");
    ok(!pattern_fits(STR("t3.*"), STR("t3.new.total")), "a star fits no dot");
    ok(!pattern_fits(STR("t3.other_*.total"), STR("t3.other.total")),
       "a star needs what stands before it");
    ok(expression_read(catalog, &arena, STR("t3.denied_*.{c} - 2 * t3.new.{c}[-1] + 7"), c, &side,
                       &err) == 0 && side.count == 9 && side.constant == 7 &&
           side.terms[8].coefficient == -2 && side.terms[8].before,
       "factors, signs, stars, constants and the year before are read");
    static const char *const wrong[] = {
        "t3.nothing.{c}", "t3.new.{d}", "t3.new.{c} t3.new.total", "t3.new.{c} + t3.*.{c}",
        "", "+", "1234567890", "t3.new.{c} *", "t3.new.{c}[-2]", "0 * t3.new.{c}", "t3.new.{c",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ok(expression_read(catalog, &arena, str_from(wrong[i]), c, &side, &err) < 0,
           "`%s` is refused: %s", wrong[i], err.english);
    arena_free(&arena);
}

static void treats_blanks(void)
{
    struct panel p = clean(2021);
    put(&p, "t4.review.upheld", 10);
    put(&p, "t4.review.corrected", 1);
    struct verdict v = verdict_of("case-total", "t4.review.total", &p, NULL);
    ok(v.outcome == OUTCOME_FAIL && v.left == 0 && v.right == 11,
       "a review total of 0 over 10 and 1 fails");
    leave(&p, "t4.review.pending", PANEL_BLANK);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_FAIL,
       "with a blank it fails still: what is stated alone exceeds the total");
    put(&p, "t4.review.total", 12);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_UNVERIFIABLE,
       "with a blank that could make up the rest it is unverifiable");
    leave(&p, "t4.review.pending", PANEL_NA);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_UNVERIFIABLE,
       "a stroke is no figure, as a blank is none");
    leave(&p, "t4.review.total", PANEL_BLANK);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_UNVERIFIABLE,
       "blanks on both sides are unverifiable");
    leave(&p, "t4.review.total", PANEL_ABSENT);
    put(&p, "t4.review.pending", 0);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_UNVERIFIABLE,
       "a total that is not printed is unverifiable");
}

static void takes_either_row_six(void)
{
    struct panel p = clean(2021);
    put(&p, "t3.handled.person", 5);
    put(&p, "t3.granted.person", 3);
    put(&p, "t3.other_misc.person", 2);
    ok(verdict_of("handled", "t3.handled.person", &p, NULL).outcome == OUTCOME_PASS,
       "handled adds the three rows of (六)");
    struct panel one = p;
    leave(&one, "t3.other_misc.person", PANEL_ABSENT);
    leave(&one, "t3.other_fee_unpaid.person", PANEL_ABSENT);
    leave(&one, "t3.other_no_supplement.person", PANEL_ABSENT);
    put(&one, "t3.other.person", 2);
    ok(verdict_of("handled", "t3.handled.person", &one, NULL).outcome == OUTCOME_PASS,
       "handled adds the one row (六)");
    put(&one, "t3.other.person", 1);
    ok(verdict_of("handled", "t3.handled.person", &one, NULL).outcome == OUTCOME_FAIL,
       "handled fails when the one row (六) is short");
    put(&p, "t3.other.person", 2);
    ok(verdict_of("handled", "t3.handled.person", &p, NULL).outcome == OUTCOME_PASS &&
           verdict_of("handled-other", "t3.other.person", &p, NULL).outcome == OUTCOME_PASS,
       "where both are printed (六) is a subtotal and is not added twice");
    put(&p, "t3.other.person", 0);
    ok(verdict_of("handled", "t3.handled.person", &p, NULL).outcome == OUTCOME_PASS &&
           verdict_of("handled-other", "t3.other.person", &p, NULL).outcome == OUTCOME_FAIL,
       "a wrong subtotal (六) is said once");
}

static void looks_at_the_year_before(void)
{
    struct panel now = clean(2021), before = clean(2021);
    put(&now, "t3.carried_in.total", 77);
    put(&before, "t3.carried_out.total", 103);
    struct verdict v = verdict_of("carry", "t3.carried_in.total", &now, &before);
    ok(v.outcome == OUTCOME_FAIL && v.left == 77 && v.right == 103, "77 after 103 fails");
    ok(verdict_of("carry", "t3.carried_in.total", &now, NULL).outcome == OUTCOME_UNVERIFIABLE,
       "without a report of the year before it is unverifiable");
    put(&before, "t2.normative.in_force", 66);
    put(&now, "t2.normative.in_force", 372);
    put(&now, "t2.normative.issued", 8);
    put(&now, "t2.normative.repealed", 2);
    v = verdict_of("stock", "t2.normative.in_force", &now, &before);
    ok(v.outcome == OUTCOME_FAIL && v.left == 372 && v.right == 72, "372 in force after 66 fails");
    put(&now, "t2.normative.in_force", 72);
    ok(verdict_of("stock", "t2.normative.in_force", &now, &before).outcome == OUTCOME_PASS,
       "72 in force after 66, 8 issued and 2 repealed, is right");
    struct panel merged = before;
    panel_add(&merged, &before);
    put(&now, "t3.carried_in.total", 206);
    ok(verdict_of("carry", "t3.carried_in.total", &now, &merged).outcome == OUTCOME_PASS,
       "after a merger the predecessors' sum counts");
    leave(&before, "t3.carried_out.total", PANEL_BLANK);
    panel_add(&merged, &before);
    ok(verdict_of("carry", "t3.carried_in.total", &now, &merged).outcome == OUTCOME_UNVERIFIABLE,
       "a predecessor's blank makes the sum unverifiable");
    put(&now, "t3.carried_in.total", 205);
    ok(verdict_of("carry", "t3.carried_in.total", &now, &merged).outcome == OUTCOME_FAIL,
       "unless the others alone exceed what was carried in");
}

static void adds_exactly(void)
{
    struct panel p = clean(2021);
    put(&p, "t4.review.upheld", INT64_MAX);
    put(&p, "t4.review.corrected", INT64_MAX);
    put(&p, "t4.review.total", -2);
    ok(verdict_of("case-total", "t4.review.total", &p, NULL).outcome == OUTCOME_FAIL,
       "sums beyond 64 bits do not wrap");
}

static void takes_users_rules(void)
{
    struct rule_text text = {.name = STR("own"), .forms = STR("2021"), .severity = STR("warning"),
                             .left = STR("t3.granted.total"), .op = STR("<="),
                             .right = STR("t3.new.total + 5"), .limit = STR("1")};
    struct err err = {0};
    uint32_t rules = set->rule_count;
    ok(rule_set_add(set, &text, true, 2, &err) == 0, "a user's rule is taken");
    struct panel p = clean(2021);
    put(&p, "t3.granted.total", 6);
    ok(verdict_of("own", "t3.granted.total", &p, NULL).outcome == OUTCOME_PASS,
       "a difference within the tolerance passes");
    put(&p, "t3.granted.total", 7);
    ok(verdict_of("own", "t3.granted.total", &p, NULL).outcome == OUTCOME_FAIL,
       "a difference beyond it fails");
    ok(rule_set_add(set, &text, true, 3, &err) < 0 && err.line == 3, "a name is taken once");
    text.name = STR("mixed");
    text.right = STR("t2.fees.amount");
    ok(rule_set_add(set, &text, true, 4, &err) < 0, "amounts are not compared with counts");
    text.right = STR("t3.new.total");
    text.op = STR("");
    ok(rule_set_add(set, &text, true, 5, &err) < 0, "a user's rule says what it compares");
    ok(set->rule_count == rules + 1, "a rule that is refused leaves nothing behind");
}

static bool proves_with(const char *name, const char *left, const char *right)
{
    struct err err = {0};
    struct rule_set *more = NULL;
    struct rule_text text = {.name = str_from(name), .forms = STR("*"), .severity = STR("error"),
                             .left = str_from(left), .op = STR("="), .right = str_from(right)};
    bool proved = rule_set_load(&more, catalog, &err) == 0 &&
                  rule_set_add(more, &text, true, 1, &err) == 0 &&
                  rule_set_prove(more, &err) == 0;
    diag("%s: %s", name, proved ? "agrees" : err.english);
    rule_set_free(more);
    return proved;
}

static void proves_the_set(void)
{
    struct err err = {0};
    ok(rule_set_prove(set, &err) == 0, "the rules are free of contradictions and duplicates %s",
       err.english);
    ok(proves_with("fresh", "t2.licences.decisions", "t2.penalties.decisions"),
       "a rule that says something new agrees with them");
    ok(!proves_with("again", "2 * t4.review.upheld + 2 * t4.review.corrected + 2 * t4.review.other"
                    " + 2 * t4.review.pending", "2 * t4.review.total"),
       "a duplicate is told, however it is written");
    ok(!proves_with("never", "t4.review.total", "t4.review.total + 1"),
       "a rule that cannot hold is told");
    ok(!proves_with("against", "t4.review.total", "t4.review.upheld + t4.review.corrected"),
       "a rule that leaves cells no figure but 0 is told");
    ok(!proves_with("shifted", "t4.review.total + 1", "t4.review.upheld + t4.review.corrected +"
                    " t4.review.other + t4.review.pending"), "a contradiction is told");
}

int main(void)
{
    if (!kit_open())
        return done();
    reads_expressions();
    treats_blanks();
    takes_either_row_six();
    looks_at_the_year_before();
    adds_exactly();
    proves_the_set();
    takes_users_rules();
    kit_close();
    return done();
}
