#include "core/export/layout.h"

#include "tests/tap.h"

/* Every field of the table is covered by exactly one place. */
static bool is_tiled(const struct face_table *t)
{
    static unsigned char covered[128][64];
    for (uint16_t r = 0; r < t->rows; r++)
        for (uint16_t c = 0; c < t->columns; c++)
            covered[r][c] = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        const struct place *p = &t->places[i];
        for (uint16_t r = p->row; r < p->row + p->rowspan; r++)
            for (uint16_t c = p->column; c < p->column + p->colspan; c++) {
                if (r >= t->rows || c >= t->columns || covered[r][c]++) {
                    diag("%.*s: row %u column %u %.*s", STR_ARG(t->table), r, c, STR_ARG(p->text));
                    return false;
                }
            }
    }
    for (uint16_t r = 0; r < t->rows; r++)
        for (uint16_t c = 0; c < t->columns; c++)
            if (!covered[r][c]) {
                diag("%.*s: nothing in row %u column %u", STR_ARG(t->table), r, c);
                return false;
            }
    return true;
}

static const struct place *at(const struct face_table *t, uint16_t row, uint16_t column)
{
    for (uint32_t i = 0; i < t->count; i++)
        if (t->places[i].row == row && t->places[i].column == column)
            return &t->places[i];
    return NULL;
}

static bool is(const struct place *p, const char *text, uint16_t rowspan, uint16_t colspan)
{
    return p && str_eq(p->text, str_from(text)) && p->rowspan == rowspan && p->colspan == colspan;
}

static void table_three_looks_as_printed(const struct face_table *t)
{
    ok(t->rows == 28 && t->columns == 10 && t->head_rows == 3 && t->head_columns == 3,
       "table 三 of form 2021 has three lines of heads and 25 rows");
    ok(at(t, 0, 0)->rowspan == 3 && at(t, 0, 0)->colspan == 3, "its corner covers three by three");
    ok(is(at(t, 0, 3), "申请人情况", 1, 7), "申请人情况 stands over seven columns");
    ok(is(at(t, 1, 3), "自然人", 2, 1), "自然人 goes down two lines");
    ok(is(at(t, 1, 4), "法人或其他组织", 1, 5), "法人或其他组织 stands over five");
    ok(is(at(t, 1, 9), "总计", 2, 1), "总计 goes down two lines");
    ok(is(at(t, 5, 0), "三、本年度办理结果", 22, 1), "三 covers its 22 rows");
    ok(is(at(t, 5, 1), "（一）予以公开", 1, 2), "（一） covers two columns");
    ok(is(at(t, 7, 1), "（三）不予公开", 8, 1), "（三） covers eight rows");
    ok(is(at(t, 27, 0), "四、结转下年度继续办理", 1, 3), "the last row's label covers three columns");
}

static void tables_two_and_four_look_as_printed(const struct face *face)
{
    const struct face_table *t = &face->tables[0];
    ok(t->columns == 4 && is(at(t, 0, 0), "第二十条第（一）项", 1, 4),
       "a section of table 二 begins with a line across");
    ok(is(at(t, 1, 0), "信息内容", 1, 1) && is(at(t, 1, 3), "现行有效件数", 1, 1),
       "the heads of its columns follow");
    ok(is(at(t, 5, 1), "本年处理决定数量", 1, 3), "a single column covers the width");
    t = &face->tables[2];
    ok(t->rows == 4 && t->columns == 15 && is(at(t, 0, 0), "行政复议", 1, 5) &&
           is(at(t, 0, 5), "行政诉讼", 1, 10) && is(at(t, 1, 0), "结果维持", 2, 1) &&
           is(at(t, 1, 10), "复议后起诉", 1, 5) && is(at(t, 2, 14), "总计", 1, 1),
       "table 四 is one line of fifteen below its three lines of heads");
}

int main(void)
{
    struct catalog *catalog = NULL;
    struct err err = {0};
    if (catalog_load(&catalog, &err) < 0)
        return 1;
    struct arena arena = arena_new(1 << 24);
    for (uint32_t i = 0; i < catalog->form_count; i++) {
        const struct form *form = &catalog->forms[i];
        struct face face = {0};
        bool laid = ok(face_of(&arena, form, &face, &err) == 0, "form %d is laid out", form->year);
        uint32_t figures = 0, cells = 0;
        for (uint32_t t = 0; laid && t < face.count; t++) {
            ok(is_tiled(&face.tables[t]), "form %d: table %.*s has no hole and no overlap",
               form->year, STR_ARG(face.tables[t].table));
            for (uint32_t k = 0; k < face.tables[t].count; k++)
                figures += face.tables[t].places[k].kind == PLACE_FIGURE;
        }
        for (uint32_t k = 0; k < form->count; k++)
            cells += form->cells[k].id != CELL_NONE;
        ok(figures == cells && figures > 0, "form %d: every cell has its place", form->year);
        if (form->year == 2021) {
            tables_two_and_four_look_as_printed(&face);
            table_three_looks_as_printed(&face.tables[1]);
        }
    }
    arena_free(&arena);
    catalog_free(catalog);
    return done();
}
