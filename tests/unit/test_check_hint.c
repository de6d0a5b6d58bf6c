#include "tests/unit/check_kit.h"

enum { TRIALS = 600 };

static const struct cause *first_cause(const struct kit_judgement *j)
{
    for (uint32_t i = 0; i < j->count; i++)
        if (j->judged[i].cause)
            return j->judged[i].cause;
    return NULL;
}

/* The cells of the form's tables 三 and 四 that some relation holds. */
static uint32_t linked_cells(const struct panel *p, uint16_t *cells)
{
    uint32_t n = 0;
    for (uint16_t i = 0; i < CATALOG_CELLS; i++)
        if (p->state[i] == PANEL_VALUE && catalog->cells[i].code[0] == 't' &&
            catalog->cells[i].code[1] >= '3')
            cells[n++] = i;
    return n;
}

static int64_t plant(int64_t right)
{
    int64_t wrong = right;
    switch (kit_random(6)) {
    case 0:
        wrong = right * 10;
        break;
    case 1:
        wrong = right / 10;
        break;
    case 2:
        wrong = right + 1 + kit_random(9);
        break;
    case 3:
        wrong = 0;
        break;
    case 4:
        wrong = right > 9 ? right - right % 100 + right % 10 * 10 + right / 10 % 10 : right + 1;
        break;
    default:
        wrong = kit_random(2000);
    }
    return wrong == right ? right + 1 : wrong;
}

/* How many changes of a single cell would mend the report: the arithmetic determines the error
 * when it is one. Worked out by trying each, apart from the search under test. */
static int single_mends(int form, struct panel *p, const struct kit_judgement *j)
{
    int mends = 0;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (p->state[cell] != PANEL_VALUE || !catalog->cells[cell].code)
            continue;
        int64_t printed = p->value[cell];
        bool tried = false, mended = false;
        for (uint32_t i = 0; i < j->count && !tried; i++) {
            const struct relation *relation = j->judged[i].relation;
            if (j->judged[i].verdict.outcome != OUTCOME_FAIL || relation->rule->kind != RULE_EQUAL)
                continue;
            p->value[cell] = printed + 1;
            struct verdict more = evaluate(catalog, relation, p, NULL);
            wide step = (more.left - more.right) -
                        (j->judged[i].verdict.left - j->judged[i].verdict.right);
            p->value[cell] = printed;
            if (step == 0)
                continue;
            tried = true;
            wide right = printed - (j->judged[i].verdict.left - j->judged[i].verdict.right) / step;
            if (right < 0)
                continue;
            p->value[cell] = (int64_t)right;
            mended = true;
            for (uint32_t k = 0; k < set->relation_count; k++)
                if (set->relations[k].rule->kind <= RULE_AT_LEAST && !set->relations[k].crosses &&
                    set->relations[k].rule->where == WHERE_ANY &&
                    rule_for_form(set, set->relations[k].rule, form))
                    mended &= evaluate(catalog, &set->relations[k], p, NULL).outcome != OUTCOME_FAIL;
            p->value[cell] = printed;
        }
        mends += mended;
    }
    return mends;
}

static void names_the_planted_error(int form)
{
    struct arena arena = arena_new(16 << 20);
    struct kit_judgement j;
    int determined = 0, named = 0, undetermined = 0, guessed = 0;
    for (int i = 0; i < TRIALS; i++) {
        struct panel p = balanced(form);
        uint16_t cells[CATALOG_CELLS];
        uint16_t cell = cells[kit_random(linked_cells(&p, cells))];
        int64_t right = p.value[cell];
        p.value[cell] = plant(right);
        arena_reset(&arena);
        judge(&j, form, &p, NULL, &arena);
        const struct cause *cause = first_cause(&j);
        bool hit = cause && cause->kind == CAUSE_CELLS && cause->count == 1 &&
                   cause->changes[0].cell == cell && cause->changes[0].right == right;
        if (single_mends(form, &p, &j) == 1) {
            determined++;
            named += hit;
        } else {
            undetermined++;
            guessed += hit;
        }
    }
    ok(determined > TRIALS / 2 && named * 10 >= determined * 9,
       "form %d: of %d planted errors that the arithmetic determines, %d are named", form,
       determined, named);
    diag("of %d others %d were guessed right", undetermined, guessed);
    arena_free(&arena);
}

static void finds_clean_reports_clean(void)
{
    struct arena arena = arena_new(16 << 20);
    struct kit_judgement j;
    uint32_t failed = 0;
    for (int i = 0; i < TRIALS; i++) {
        struct panel p = balanced(i % 2 ? 2021 : 2019);
        arena_reset(&arena);
        judge(&j, i % 2 ? 2021 : 2019, &p, NULL, &arena);
        failed += j.failed;
    }
    ok(failed == 0, "reports that add up break no rule");
    arena_free(&arena);
}

static struct cause cause_of(const struct panel *now, const struct panel *before, uint32_t *failed)
{
    struct arena arena = arena_new(16 << 20);
    struct kit_judgement j;
    judge(&j, 2021, now, before, &arena);
    const struct cause *cause = first_cause(&j);
    struct cause copy = cause ? *cause : (struct cause){0};
    struct buf buf = buf_new(1 << 16);
    hint_write(&buf, catalog, 2021, 2023, &copy, false);
    diag("%.*s", STR_ARG(buf_str(&buf)));
    buf_reset(&buf);
    hint_write(&buf, catalog, 2021, 2023, &copy, true);
    diag("%.*s", STR_ARG(buf_str(&buf)));
    buf_free(&buf);
    arena_free(&arena);
    if (failed)
        *failed = j.failed;
    return copy;
}

/* A small report with known figures. */
static struct panel small(void)
{
    struct panel p = clean(2021);
    static const struct {
        const char *row;
        int64_t figures[7];
    } rows[] = {
        {"new", {40, 12, 3, 0, 1, 0, 56}},     {"carried_in", {2, 0, 0, 0, 0, 0, 2}},
        {"granted", {21, 10, 2, 0, 1, 0, 34}}, {"denied_process", {6, 1, 1, 0, 0, 0, 8}},
        {"unable_not_held", {12, 1, 0, 0, 0, 0, 13}}, {"handled", {39, 12, 3, 0, 1, 0, 55}},
        {"carried_out", {3, 0, 0, 0, 0, 0, 3}},
    };
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++)
        for (int c = 0; c < 7; c++) {
            char code[64];
            snprintf(code, sizeof code, "t3.%s.%s", rows[r].row, columns[c]);
            put(&p, code, rows[r].figures[c]);
        }
    return p;
}

static void set_row(struct panel *p, const char *row, const int64_t figures[7])
{
    for (int c = 0; c < 7; c++) {
        char code[64];
        snprintf(code, sizeof code, "t3.%s.%s", row, columns[c]);
        put(p, code, figures[c]);
    }
}

static void guesses_how_it_came_about(void)
{
    struct panel p = small();
    uint32_t failed;
    cause_of(&p, NULL, &failed);
    ok(failed == 0, "the small report adds up");

    put(&p, "t3.granted.person", 12);
    struct cause cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_CELLS && cause.changes[0].right == 21 && cause.guess == GUESS_SWAPPED,
       "12 for 21 has two digits swapped");

    p = small();
    put(&p, "t4.review.upheld", 10);
    put(&p, "t4.review.corrected", 1);
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_CELLS && cause.changes[0].cell == id_of("t4.review.total") &&
           cause.changes[0].right == 11 && cause.guess == GUESS_TOTAL,
       "a review total of 0 over 10 and 1 was left at 0");

    p = small();
    set_row(&p, "granted", (int64_t[]){2, 1, 10, 2, 0, 1, 0});
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_ROW && cause.guess == GUESS_SPLIT, "21 was read as 2 and 1");

    p = small();
    set_row(&p, "granted", (int64_t[]){0, 21, 10, 2, 0, 1, 0});
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_ROW && cause.guess == GUESS_SHIFTED, "a row moved right is told");
    set_row(&p, "granted", (int64_t[]){10, 2, 0, 1, 0, 0, 34});
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_ROW && cause.guess == GUESS_SHIFTED, "a row moved left is told");

    p = small();
    put(&p, "t3.granted.person", 10);
    put(&p, "t3.granted.business", 21);
    cause = cause_of(&p, NULL, &failed);
    ok(failed == 2 && cause.kind == CAUSE_CELLS && cause.count == 2 &&
           cause.guess == GUESS_EXCHANGED,
       "two figures in each other's place are told, though the row's total holds");

    p = small();
    put(&p, "t3.handled.person", 44);
    put(&p, "t3.handled.business", 7);
    cause = cause_of(&p, NULL, &failed);
    ok(failed == 4 && cause.kind == CAUSE_CELLS && cause.count == 2,
       "column errors that cancel in 总计 are found, and both cells named");

    p = small();
    put(&p, "t3.granted.total", -34);
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_CELLS && cause.guess == GUESS_SIGN, "a minus too many is told");

    p = small();
    put(&p, "t4.review.upheld", 3);
    put(&p, "t4.review.other", 3);
    put(&p, "t4.review.total", 4);
    cause = cause_of(&p, NULL, NULL);
    ok(cause.kind == CAUSE_RIVALS && cause.count == 3,
       "where the arithmetic does not tell which, the rivals are named");
}

static void looks_at_last_year(void)
{
    struct panel now = small(), before = clean(2021);
    put(&before, "t3.carried_out.person", 9);
    put(&before, "t3.carried_out.total", 9);
    struct cause cause = cause_of(&now, &before, NULL);
    ok(cause.kind == CAUSE_BEFORE, "a carry-over that the rest agrees with points at last year");
    put(&before, "t3.carried_out.person", 2);
    put(&before, "t3.carried_out.total", 2);
    put(&now, "t3.carried_in.total", 20);
    uint32_t failed;
    cause = cause_of(&now, &before, &failed);
    ok(failed == 3 && cause.kind == CAUSE_CELLS && cause.count == 1 &&
           cause.changes[0].cell == id_of("t3.carried_in.total") && cause.guess == GUESS_ZEROS,
       "a carry-over that nothing agrees with is itself the cause");
}

int main(void)
{
    if (!kit_open())
        return done();
    finds_clean_reports_clean();
    names_the_planted_error(2021);
    names_the_planted_error(2019);
    guesses_how_it_came_about();
    looks_at_last_year();
    kit_close();
    return done();
}
