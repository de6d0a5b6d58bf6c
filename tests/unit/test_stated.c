/* Cells stated by name: read one by one they give what they give when they are laid out as a table
 * and looked through as any other document. */
#include <stdlib.h>

#include "tests/fuzz/same.h"
#include "tests/tap.h"

enum { ROUNDS = 3000 };

static struct catalog *catalog;
static struct recogniser *recogniser;
static unsigned seed = 20240131;
static int plain; /* documents that were read one by one */

static unsigned any(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

/* What may stand in a cell, plain figures first. */
static const char *const texts[] = {
    "0", "1", "17", "00", "007", "", "", "/", "-", "—", "无", "N/A", "1,234", "+5", "-3", "3.0",
    "22（其中修订16件）", "１２", "999999999999999", "12,34", "3.5", "59237.2449", "0.000000001",
    "124件", "251000元", "5万元", "12*", "**5**", "*", "1234567890123456", "99999999999999999999",
    "件", "有", "约20", "一、总体情况", "第 4 页", "- 4 -", "4", " 4", "表三", "自然人", "\xE2\x80\x8B",
};
enum { TEXTS = sizeof texts / sizeof *texts, PLAIN_TEXTS = 18 };

/* The cells of a form by code or by path, some left out, some strange ones among them. */
static int build(struct document *doc, struct stated_names *names, const struct form *form,
                 unsigned how)
{
    static const char *const strange[] = {"t3.new.persons", "表三/没有", "x", "", "t9.a", "自然人"};
    bool paths = how & 1, gaps = how & 2, words = how & 4, odd = how & 8;
    uint32_t line = 2;
    for (uint32_t i = 0; i < form->count; i++) {
        const struct form_cell *cell = &form->cells[i];
        char path[400] = "";
        static const char *const tables[] = {"一", "二", "三", "四"};
        if (cell->id == CELL_NONE || (gaps && any(9) == 0))
            continue;
        int n = snprintf(path, sizeof path, "表%s/%.*s%s%.*s", tables[cell->table.p[1] - '1'],
                         STR_ARG(cell->row), cell->column.n ? "/" : "", STR_ARG(cell->column));
        struct str name = paths ? (struct str){path, (size_t)n}
                                : str_from(catalog->cells[cell->id].code);
        if (odd && any(60) == 0)
            name = str_from(strange[any(sizeof strange / sizeof *strange)]);
        bool again = odd && any(150) == 0;
        uint32_t at = again && names->count ? any(names->count) : names->count;
        if (at == names->count) {
            names->name[at] = arena_copy(doc->arena, name);
            names->cell[at] = CELL_UNASKED;
            names->count++;
        }
        struct str text = str_from(texts[any(words ? TEXTS : PLAIN_TEXTS)]);
        if (any(10))
            text = STR("0");
        line += any(20) > 0;
        if (document_state(doc, (struct stated_cell){at, line, text}) < 0)
            return -1;
    }
    return 0;
}

static bool same(unsigned round)
{
    static const char *const agencies[] = {"常德市教育局", "", "武陵区人民政府办公室", "鼓楼区审计局",
                                           "某某局", "湖南省人民政府"};
    static const char *const paths[] = {"a.csv", "湖南省/常德市2023.csv", "/data/江苏省/徐州市教育局.csv",
                                        "2022年政府信息公开年报/长.csv"};
    static const char *const divisions[] = {"430700", "", "430000", "999999", "常德市"};
    static const char *const scopes[] = {"own", "", "composite"};
    struct arena arena = arena_new((size_t)16 << 20);
    struct str name[512];
    uint16_t cell[512];
    struct stated_names names = {.arena = &arena, .name = name, .cell = cell};
    struct document *doc = document_new(&arena), laid;
    struct context context = {.path = str_from(paths[any(4)])};
    struct buf one = buf_new(1 << 20), two = buf_new(1 << 20);
    const struct form *form = &catalog->forms[any(catalog->form_count)];
    if (!doc)
        abort();
    if (any(4) == 0)
        context.folder = STR("/home/x/常德市");
    if (any(8) == 0)
        context.year = 2021, context.trust = TRUST_OPTION;
    doc->names = &names;
    doc->line = 2;
    doc->declared = (struct declared){str_from(agencies[any(6)]), str_from(divisions[any(5)]),
                                      str_from(scopes[any(3)]), any(9) ? 2014 + (int)any(12) : 0};
    if (build(doc, &names, form, round % 16) < 0 || document_lay_out(doc, &arena, &laid) < 0)
        abort();
    same_recognise(&one, recogniser, &laid, &context);
    for (int again = 0; again < 2; again++) { /* the second time the names are known */
        same_recognise(&two, recogniser, doc, &context);
        if (!str_eq(buf_str(&one), buf_str(&two)))
            break;
    }
    bool equal = str_eq(buf_str(&one), buf_str(&two));
    plain += equal && names.claims != NULL;
    if (!equal)
        diag("round %u:\n%s\nand one by one:\n%s", round, one.p, two.p);
    buf_free(&one);
    buf_free(&two);
    arena_free(&arena);
    return equal;
}

int main(void)
{
    struct err err = {0};
    bool good = catalog_load(&catalog, &err) == 0 &&
                recogniser_new(&recogniser, catalog, &err) == 0;
    ok(good, "the tables are there");
    for (unsigned round = 0; good && round < ROUNDS; round++)
        good = same(round);
    ok(good, "stated cells read one by one give the report that a table of them gives");
    ok(plain > ROUNDS / 8, "and many of them are read one by one");
    diag("%d of %d", plain, ROUNDS);
    recogniser_free(recogniser);
    catalog_free(catalog);
    return done();
}
