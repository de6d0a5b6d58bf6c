/* Rules over reports in a warehouse: each break planted once beside a clean twin, across years,
 * successors and regions; findings come and go with the data. */
#include "tests/unit/check_store_kit.h"

#define FINDINGS "SELECT agency, year, rule, severity, code, reported, computed, difference " \
                 "FROM v_finding ORDER BY year, agency, rule, code"

/* A small report that obeys every rule: `n` applications granted. */
static struct panel plain(int form, int64_t n)
{
    struct panel p = clean(form);
    put(&p, "t3.new.person", n);
    put(&p, "t3.new.total", n);
    put(&p, "t3.granted.person", n);
    put(&p, "t3.granted.total", n);
    put(&p, "t3.handled.person", n);
    put(&p, "t3.handled.total", n);
    return p;
}

static void finds_each_break_once(void)
{
    warehouse_fresh();
    agency(1, "甲局", "430700", "department", true);
    agency(2, "乙局", "430700", "department", true);
    struct panel good = plain(2021, 1234), bad;
    store(2, 2023, SCOPE_OWN, 2021, &good);
    check(false);
    answers(FINDINGS, "", "a clean report has no finding");

    bad = plain(2021, 5);
    put(&bad, "t3.carried_out.person", 1);
    store(1, 2023, SCOPE_OWN, 2021, &bad);
    check(false);
    answers(FINDINGS, "甲局|2023|balance|error|t3.new.person|5|6|-1\n"
            "甲局|2023|row-total|error|t3.carried_out.total|0|1|-1\n",
            "balance and row-total are said with both sides");
    answers("SELECT DISTINCT line, hint FROM v_finding WHERE rule = 'balance'",
            "276|Likely cause (a hint, nothing was changed): table 3 四、结转下年度继续办理 / 自然人 "
            "(t3.carried_out.person) says 1; with 0 all these rules would hold\n",
            "with the line of the source and the likely cause");
    answers("SELECT message, message_zh FROM v_finding WHERE rule = 'balance'",
            "Table 3, column 自然人: new and carried in make 5, but handled and carried out make "
            "5 + 1 = 6 (difference 1)|表三“自然人”列：本年新收与上年结转之和为5，办理结果总计与结转下"
            "年度之和为5 + 1 = 6，相差1，请核对\n", "and a sentence in either language");

    bad = plain(2021, 5);
    put(&bad, "t3.granted.person", 4);
    put(&bad, "t3.granted.total", 4);
    store(1, 2023, SCOPE_OWN, 2021, &bad);
    check(false);
    answers(FINDINGS, "甲局|2023|handled|error|t3.handled.person|5|4|1\n"
            "甲局|2023|handled|error|t3.handled.total|5|4|1\n", "handled");

    bad = plain(2021, 5);
    put(&bad, "t4.review.upheld", 10);
    put(&bad, "t4.review.corrected", 1);
    store(1, 2023, SCOPE_OWN, 2021, &bad);
    check(false);
    answers(FINDINGS, "甲局|2023|case-total|error|t4.review.total|0|11|-11\n",
            "a review total printed 0 over 10 and 1");

    bad = plain(2021, 5);
    put(&bad, "t2.coercion.decisions", -5);
    leave(&bad, "t2.penalties.decisions", PANEL_TEXT);
    store(1, 2023, SCOPE_OWN, 2021, &bad);
    check(false);
    answers(FINDINGS, "甲局|2023|integer|error|t2.penalties.decisions|||\n"
            "甲局|2023|sign|error|t2.coercion.decisions|-5|0|-5\n", "sign and integer");

    bad = plain(2021, 5);
    store(1, 2023, SCOPE_OWN, 2021, &bad);
    check(false);
    answers(FINDINGS, "", "a corrected report clears its own findings");
    warehouse_gone();
}

static void looks_across_years(void)
{
    warehouse_fresh();
    agency(1, "甲局", "430700", "department", true);
    struct panel first = plain(2021, 300), second = plain(2021, 400);
    put(&first, "t3.new.person", 403);
    put(&first, "t3.new.total", 403);
    put(&first, "t3.carried_out.person", 103);
    put(&first, "t3.carried_out.total", 103);
    put(&first, "t2.normative.in_force", 66);
    put(&second, "t3.new.person", 323);
    put(&second, "t3.new.total", 323);
    put(&second, "t3.carried_in.person", 77);
    put(&second, "t3.carried_in.total", 77);
    put(&second, "t2.normative.in_force", 372);
    put(&second, "t2.normative.issued", 8);
    put(&second, "t2.normative.repealed", 2);
    store(1, 2023, SCOPE_OWN, 2021, &second);
    check(false);
    answers(FINDINGS, "", "without a report for the year before, carry and stock are unverifiable");
    store(1, 2022, SCOPE_OWN, 2021, &first);
    check(false);
    answers(FINDINGS, "甲局|2023|carry|warning|t3.carried_in.person|77|103|-26\n"
            "甲局|2023|carry|error|t3.carried_in.total|77|103|-26\n"
            "甲局|2023|stock|warning|t2.normative.in_force|372|72|300\n",
            "it comes, and carry 77 after 103 and stock 372 after 66 are found");
    answers("SELECT DISTINCT hint FROM v_finding WHERE rule = 'carry'",
            "Likely cause (a hint, nothing was changed): the rest of this report agrees with its "
            "figure; look at the report of 2022\n", "the year before is looked at, since the rest "
            "agrees");
    put(&first, "t3.new.person", 377);
    put(&first, "t3.new.total", 377);
    put(&first, "t3.carried_out.person", 77);
    put(&first, "t3.carried_out.total", 77);
    put(&second, "t2.normative.in_force", 72);
    store(1, 2022, SCOPE_OWN, 2021, &first);
    check(false);
    answers("SELECT rule FROM v_finding", "stock\n", "a corrected year before clears this year's");
    store(1, 2023, SCOPE_OWN, 2021, &second);
    check(false);
    answers(FINDINGS, "", "and so does this year's own");
    warehouse_gone();
}

static void follows_successors(void)
{
    warehouse_fresh();
    agency(1, "扶贫开发办公室", "430700", "department", true);
    agency(2, "乡村振兴局", "430700", "department", true);
    agency(3, "农业农村局", "430700", "department", true);
    agency(4, "农机局", "430700", "department", true);
    sql("UPDATE agency SET last_year = 2020 WHERE agency_id = 1;"
        "INSERT INTO agency_successor VALUES (1, 2), (2, 3), (4, 3);"
        "UPDATE agency SET last_year = 2022 WHERE agency_id IN (2, 4)");
    struct panel p = plain(2019, 10);
    put(&p, "t3.new.person", 13);
    put(&p, "t3.new.total", 13);
    put(&p, "t3.carried_out.person", 3);
    put(&p, "t3.carried_out.total", 3);
    store(1, 2020, SCOPE_OWN, 2019, &p);
    struct panel q = plain(2021, 10);
    put(&q, "t3.new.person", 9);
    put(&q, "t3.new.total", 9);
    put(&q, "t3.carried_in.person", 1);
    put(&q, "t3.carried_in.total", 1);
    store(2, 2021, SCOPE_OWN, 2021, &q);
    check(false);
    answers("SELECT agency, year, code, reported, computed FROM v_finding WHERE rule = 'carry' AND "
            "severity = 'error'", "乡村振兴局|2021|t3.carried_in.total|1|3\n",
            "carry goes from an agency to the one it became");

    struct panel a = plain(2021, 20), b = plain(2021, 30), c = plain(2021, 40);
    put(&a, "t3.new.person", 22);
    put(&a, "t3.new.total", 22);
    put(&a, "t3.carried_out.person", 2);
    put(&a, "t3.carried_out.total", 2);
    put(&b, "t3.new.person", 35);
    put(&b, "t3.new.total", 35);
    put(&b, "t3.carried_out.person", 5);
    put(&b, "t3.carried_out.total", 5);
    put(&c, "t3.new.person", 33);
    put(&c, "t3.new.total", 33);
    put(&c, "t3.carried_in.person", 7);
    put(&c, "t3.carried_in.total", 7);
    store(2, 2022, SCOPE_OWN, 2021, &a);
    store(3, 2023, SCOPE_OWN, 2021, &c);
    check(false);
    answers("SELECT count(*) FROM v_finding WHERE rule = 'carry' AND year = 2023", "0\n",
            "a merger of which one report is missing is unverifiable");
    store(4, 2022, SCOPE_OWN, 2021, &b);
    check(false);
    answers("SELECT count(*) FROM v_finding WHERE rule = 'carry' AND year = 2023", "0\n",
            "over a merger the predecessors' sum counts: 2 + 5 = 7");
    put(&b, "t3.new.person", 36);
    put(&b, "t3.new.total", 36);
    put(&b, "t3.carried_out.person", 6);
    put(&b, "t3.carried_out.total", 6);
    store(4, 2022, SCOPE_OWN, 2021, &b);
    check(false);
    answers("SELECT reported, computed FROM v_finding WHERE rule = 'carry' AND year = 2023 AND "
            "severity = 'error'", "7|8\n", "a predecessor's correction reaches its heir");
    sql("UPDATE agency SET last_year = 2023 WHERE agency_id = 4;"
        "INSERT INTO change (run_id, what, agency_id, division_code) "
        "VALUES (1, 'register', 4, '430700')");
    check(false);
    answers("SELECT reported, computed FROM v_finding WHERE rule = 'carry' AND year = 2023 AND "
            "severity = 'error'", "7|2\n", "one that goes on keeps what it carries over");
    sql("UPDATE agency SET last_year = NULL WHERE agency_id = 4;"
        "INSERT INTO agency_successor VALUES (4, 1);"
        "INSERT INTO change (run_id, what) VALUES (1, 'register')");
    check(false);
    answers("SELECT count(*) FROM v_finding WHERE rule = 'carry' AND year = 2023", "0\n",
            "over an agency that was split it is unverifiable");
    warehouse_gone();
}

static void compares_prose(void)
{
    warehouse_fresh();
    agency(1, "宿迁市人民政府", "321300", "government", true);
    agency(2, "宿迁市人民政府办公室", "321300", "office", true);
    struct panel p = plain(2021, 3646);
    put(&p, "t3.new.person", 3525);
    put(&p, "t3.new.total", 3525);
    put(&p, "t3.carried_in.person", 121);
    put(&p, "t3.carried_in.total", 121);
    put(&p, "t4.review.other", 170);
    put(&p, "t4.review.total", 170);
    put(&p, "t4.suit_direct.other", 25);
    put(&p, "t4.suit_direct.total", 25);
    put(&p, "t4.suit_after_review.other", 52);
    put(&p, "t4.suit_after_review.total", 52);
    struct told_of told[] = {{"new", 3646}, {"review", 134}, {"suit", 57}};
    store_with(1, 2024, SCOPE_COMPOSITE, 2021, &p, told, 3, "");
    check(false);
    answers("SELECT rule, code, reported, computed, line FROM v_finding ORDER BY code",
            "prose|t4.review.total|134|170|7\nprose|t4.suit_direct.total|57|77|7\n",
            "3646 is new and carried in; 134 reviews and 57 suits are not the tables' 170 and 77");
    struct told_of own[] = {{"new", 349}, {"review", 170}, {"suit", 77}};
    store_with(1, 2023, SCOPE_COMPOSITE, 2021, &p, own, 3, "");
    check(false);
    answers("SELECT rule, code, reported, computed FROM v_finding WHERE year = 2023 AND rule = 'prose'",
            "prose|t3.new.total|349|3525\n", "349 applications are neither");
    struct panel office = plain(2021, 349);
    store(2, 2023, SCOPE_OWN, 2021, &office);
    check(false);
    answers("SELECT count(*) FROM v_finding WHERE year = 2023 AND rule = 'prose'", "0\n",
            "unless they are those of the government's own office");
    warehouse_gone();
}

static void looks_at_shape_and_level(void)
{
    warehouse_fresh();
    agency(1, "甲县人民政府", "430721", "government", true);
    agency(2, "常德市人民政府", "430700", "government", true);
    agency(3, "乙局", "430700", "department", true);
    struct panel p = plain(2021, 7);
    put(&p, "t2.rules.in_force", 2);
    store(1, 2021, SCOPE_COMPOSITE, 2021, &p);
    store(2, 2021, SCOPE_COMPOSITE, 2021, &p);
    check(false);
    answers("SELECT agency, rule, severity, code, reported FROM v_finding WHERE rule = 'level'",
            "甲县人民政府|level|warning|t2.rules.in_force|2\n",
            "a county makes no 规章, a city with districts may");
    struct panel q = plain(2019, 7);
    for (uint16_t cell = id_of("t4.review.upheld"); cell < CATALOG_CELLS; cell++)
        q.state[cell] = PANEL_ABSENT;
    for (uint16_t cell = id_of("t2.rules.made"); cell < id_of("t3.new.person"); cell++)
        if (q.state[cell])
            q.state[cell] = PANEL_BLANK;
    store_with(3, 2022, SCOPE_OWN, 2019, &q, NULL, 0, "2021-01-01");
    check(false);
    answers("SELECT rule, severity, message FROM v_finding WHERE agency = '乙局' ORDER BY rule, message",
            "section|warning|Table 2 (主动公开政府信息情况) holds no figure: not a single cell is filled "
            "in with a number\n"
            "section|warning|Table 4 (行政复议、行政诉讼情况) is missing\n"
            "section|warning|The report is on form 2019, but form 2021 is prescribed for 2022\n"
            "year|warning|The report is for 2022, but its period is 2021-01-01 – \n",
            "tables missing and empty, the form of another year, the period of another year");
    warehouse_gone();
}

static void tells_twins(void)
{
    warehouse_fresh();
    for (int i = 1; i <= 4; i++) {
        char name[32];
        snprintf(name, sizeof name, "第%d局", i);
        agency(i, name, "430700", "department", true);
    }
    struct panel p = plain(2021, 1234), q = plain(2021, 77), zero = clean(2021);
    put(&p, "t2.normative.in_force", 9);
    put(&q, "t2.normative.in_force", 9);
    store(1, 2023, SCOPE_OWN, 2021, &p);
    store(2, 2023, SCOPE_OWN, 2021, &p);
    store(3, 2023, SCOPE_OWN, 2021, &zero);
    store(4, 2023, SCOPE_OWN, 2021, &zero);
    store(1, 2022, SCOPE_OWN, 2021, &q);
    check(false);
    answers("SELECT agency, year, message FROM v_finding WHERE rule = 'twin' ORDER BY agency",
            "第1局|2023|Table 3 is the same, figure for figure, as that of 第2局\n"
            "第2局|2023|Table 3 is the same, figure for figure, as that of 第1局\n",
            "a table like another agency's is told on both, tables of zeros and of stocks are not");
    store(2, 2023, SCOPE_OWN, 2021, &q);
    check(false);
    answers("SELECT count(*) FROM v_finding WHERE rule = 'twin'", "0\n",
            "when one is corrected both are clear");
    store(1, 2023, SCOPE_OWN, 2021, &q);
    check(false);
    answers("SELECT agency, year, message FROM v_finding WHERE rule = 'twin' ORDER BY agency",
            "第1局|2023|Table 3 is the same, figure for figure, as that of 2022\n",
            "a table like last year's is told");
    warehouse_gone();
}

static void adds_up_composites(void)
{
    warehouse_fresh();
    agency(1, "武陵区人民政府", "430702", "government", true);
    agency(2, "教育局", "430702", "department", true);
    agency(3, "公安局", "430702", "department", true);
    struct panel whole = plain(2021, 300), a = plain(2021, 100), b = plain(2021, 200);
    store(1, 2023, SCOPE_COMPOSITE, 2021, &whole);
    check(false);
    answers(FINDINGS, "", "a composite without any part cannot be verified");
    store(2, 2023, SCOPE_OWN, 2021, &a);
    check(false);
    answers("SELECT rule, code, reported, computed, difference, instr(message, '公安局') > 0 "
            "FROM v_finding", "composite|t3.new.person|300|100|200|1\n",
            "one that exceeds the parts received is said once, with who is missing");
    put(&b, "t2.fees.amount", 25 * MONEY_SCALE / 2);
    store(3, 2023, SCOPE_OWN, 2021, &b);
    check(false);
    answers("SELECT rule, code, reported, computed, difference FROM v_finding",
            "composite|t2.fees.amount|0|12.5|-12.5\n",
            "with all parts in, each cell that differs is said, money exactly");
    put(&whole, "t2.fees.amount", 25 * MONEY_SCALE / 2);
    store(1, 2023, SCOPE_COMPOSITE, 2021, &whole);
    check(false);
    answers(FINDINGS, "", "and nothing when they agree");
    put(&a, "t2.coercion.decisions", 40);
    store(2, 2023, SCOPE_OWN, 2021, &a);
    check(false);
    answers("SELECT rule, code, reported, computed FROM v_finding",
            "composite|t2.coercion.decisions|0|40\n", "a part's revision reaches its composite");
    warehouse_gone();
}

static void ranks_jumps(void)
{
    warehouse_fresh();
    for (int i = 1; i <= 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "第%d局", i);
        agency(i, name, "430702", "department", true);
        struct panel before = plain(2021, 100 + i), now = plain(2021, 100 + i);
        if (i == 1)
            now = plain(2021, 900);
        if (i == 2)
            now = clean(2021);
        put(&now, "t2.fees.amount", i == 3 ? 123456 * MONEY_SCALE : 10 * MONEY_SCALE);
        put(&before, "t2.fees.amount", i == 3 ? 12 * MONEY_SCALE : 10 * MONEY_SCALE);
        store(i, 2022, SCOPE_OWN, 2021, &before);
        store(i, 2023, SCOPE_OWN, 2021, &now);
    }
    check(false);
    answers("SELECT agency, severity, code, reported, computed, difference FROM v_finding "
            "WHERE rule = 'jump' ORDER BY code, agency",
            "第3局|warning|t2.fees.amount|123456|12|123444\n"
            "第1局|warning|t3.handled.total|900|101|799\n"
            "第1局|warning|t3.new.total|900|101|799\n",
            "what moves the region's total is found, what does not is not");
    answers("SELECT message, hint FROM v_finding WHERE rule = 'jump' AND code = 't2.fees.amount'",
            "table 2 行政事业性收费 / 本年收费金额: 123456 after 12 in 2022; the change is 99.9 % of the "
            "total of 武陵区 (rank 1)|Likely cause (a hint, nothing was changed): 元 for 万元, or the "
            "other way round\n", "with its effect, its rank, and the unit that was mistaken");
    warehouse_gone();
}

static void keeps_when_it_was_first_seen(void)
{
    warehouse_fresh();
    agency(1, "甲局", "430700", "department", true);
    struct panel p = plain(2021, 5);
    put(&p, "t4.review.total", 3);
    store(1, 2023, SCOPE_OWN, 2021, &p);
    check(false);
    sql("UPDATE finding SET first_seen = '2001-01-01T00:00:00Z'");
    put(&p, "t2.coercion.decisions", 7);
    store(1, 2023, SCOPE_OWN, 2021, &p);
    check(false);
    answers("SELECT count(*), first_seen, (SELECT revision FROM report r WHERE r.report_id = "
            "f.report_id) FROM finding f", "1|2001-01-01T00:00:00Z|2\n",
            "a finding that a revision does not mend keeps when it was first seen");
    check(true);
    answers("SELECT count(*), first_seen FROM finding", "1|2001-01-01T00:00:00Z\n",
            "and so it does when everything is checked again");
    ok(check(false) == 0, "without changes nothing is looked at");
    sql("INSERT INTO waiver VALUES ('甲局', 2023, 'case-total', '', '上级已核', '2024-01-01')");
    answers("SELECT waived, waiver_reason, waived_at FROM v_finding", "1|上级已核|2024-01-01\n",
            "a waiver stands beside it, with reason and date");
    sql("INSERT INTO agency_alias VALUES ('甲委', 1); UPDATE waiver SET agency = '甲委'");
    answers("SELECT waived, (SELECT applies FROM v_waiver) FROM v_finding", "1|1\n",
            "also under another name of the agency");
    p = plain(2021, 5);
    store(1, 2023, SCOPE_OWN, 2021, &p);
    check(false);
    answers("SELECT agency, rule, applies FROM v_waiver", "甲委|case-total|0\n",
            "one that no finding answers to any more is told");
    warehouse_gone();
}

/* The rules printed on the forms once more, as plain SQL over v_cell. */
static void agrees_with_plain_sql(void)
{
    static const char ROWS[] =
        "WITH x AS (SELECT report_id, substr(code, 4, instr(substr(code, 4), '.') - 1) AS line, "
        "substr(code, 4 + instr(substr(code, 4), '.')) AS col, value FROM v_cell "
        "WHERE code LIKE 't3.%'), "
        "b AS (SELECT report_id, 'balance' AS rule, 't3.new.' || col AS code, "
        "sum(CASE line WHEN 'new' THEN value WHEN 'carried_in' THEN value ELSE 0 END) AS l, "
        "sum(CASE line WHEN 'handled' THEN value WHEN 'carried_out' THEN value ELSE 0 END) AS r "
        "FROM x GROUP BY report_id, col UNION ALL "
        "SELECT report_id, 'handled', 't3.handled.' || col, "
        "sum(CASE line WHEN 'handled' THEN value ELSE 0 END), "
        "sum(CASE WHEN line IN ('new', 'carried_in', 'handled', 'carried_out') THEN 0 ELSE value END) "
        "FROM x GROUP BY report_id, col UNION ALL "
        "SELECT report_id, 'row-total', 't3.' || line || '.total', "
        "sum(CASE col WHEN 'total' THEN value ELSE 0 END), "
        "sum(CASE col WHEN 'total' THEN 0 ELSE value END) FROM x GROUP BY report_id, line UNION ALL "
        "SELECT report_id, 'case-total', rtrim(code, 'abcdefghijklmnopqrstuvwxyz') || 'total', "
        "sum(CASE WHEN code LIKE '%.total' THEN value ELSE 0 END), "
        "sum(CASE WHEN code LIKE '%.total' THEN 0 ELSE value END) FROM v_cell "
        "WHERE code LIKE 't4.%' "
        "GROUP BY report_id, rtrim(code, 'abcdefghijklmnopqrstuvwxyz')) "
        "SELECT report_id, rule, code, l, r, l - r FROM b WHERE l <> r ORDER BY 1, 2, 3";
    warehouse_fresh();
    for (int i = 0; i < 40; i++) {
        char name[32];
        snprintf(name, sizeof name, "第%d局", i);
        agency(i + 1, name, "430700", "department", true);
        struct panel p = balanced(i % 2 ? 2021 : 2019);
        for (int64_t k = kit_random(3); k > 0; k--) {
            uint16_t cell = (uint16_t)(id_of("t3.new.person") + kit_random(270));
            if (p.state[cell] == PANEL_VALUE)
                p.value[cell] += kit_random(9);
        }
        store(i + 1, i % 2 ? 2021 : 2020, SCOPE_OWN, i % 2 ? 2021 : 2019, &p);
    }
    check(false);
    char *want = strdup(ask(ROWS));
    ok(strlen(want) > 200, "errors were planted");
    answers("SELECT report_id, rule, code, reported, computed, difference FROM v_finding WHERE "
            "rule IN ('balance', 'handled', 'row-total', 'case-total') ORDER BY 1, 2, 3", want,
            "the rules printed on the form, as plain SQL over v_cell, find the same");
    free(want);
    warehouse_gone();
}

#define ALL_FINDINGS "SELECT finding_id, rule, report_id, cell_id, difference, message, hint " \
                     "FROM finding ORDER BY finding_id"

/* Many changes, one after the other: what is kept up with them is what a check of everything
 * finds. */
static void keeps_up_with_changes(void)
{
    warehouse_fresh();
    static const char *const divisions[] = {"430702", "430703", "430700"};
    for (int i = 0; i < 12; i++) {
        char name[32];
        snprintf(name, sizeof name, "第%d局", i);
        agency(i + 1, name, divisions[i % 3], i < 3 ? "government" : "department", i % 4 != 0);
    }
    sql("INSERT INTO agency_successor VALUES (4, 5), (6, 5), (7, 8)");
    int different = 0, runs = 0;
    for (int i = 0; i < 150; i++) {
        int id = 1 + (int)kit_random(12), year = 2021 + (int)kit_random(3);
        struct panel p = kit_random(3) ? plain(2021, 100 + kit_random(4)) : balanced(2021);
        if (kit_random(3) == 0)
            put(&p, "t3.carried_out.total", kit_random(3));
        struct told_of told = {"new", 100};
        store_with(id, year, id <= 3 ? SCOPE_COMPOSITE : SCOPE_OWN, 2021, &p, &told, 1, "");
        if (kit_random(6) == 0) {
            char script[400];
            snprintf(script, sizeof script, "UPDATE agency SET registered = 1 - registered, last_year "
                     "= %d WHERE agency_id = %d; INSERT INTO change (run_id, what, agency_id, "
                     "division_code) SELECT 1, 'register', agency_id, division_code FROM agency "
                     "WHERE agency_id = %d", 2021 + (int)kit_random(4), id, id);
            sql(script);
        }
        if (kit_random(4))
            continue;
        check(false);
        char *kept = strdup(ask(ALL_FINDINGS));
        check(true);
        different += strcmp(kept, ask(ALL_FINDINGS)) != 0;
        free(kept);
        runs++;
    }
    ok(runs > 20 && different == 0, "%d checks of what changed found what a check of all finds: %d did"
       " not", runs, different);
    check(false);
    char *kept = strdup(ask(ALL_FINDINGS));
    sql("DELETE FROM finding; DELETE FROM table_digest");
    check(true);
    ok(strcmp(kept, ask(ALL_FINDINGS)) == 0, "and what is found does not depend on how it came");
    free(kept);
    warehouse_gone();
}

int main(void)
{
    if (!kit_open())
        return done();
    finds_each_break_once();
    looks_across_years();
    follows_successors();
    compares_prose();
    looks_at_shape_and_level();
    tells_twins();
    adds_up_composites();
    ranks_jumps();
    keeps_when_it_was_first_seen();
    agrees_with_plain_sql();
    keeps_up_with_changes();
    kit_close();
    return done();
}
