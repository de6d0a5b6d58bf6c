#include "tests/generate/page.h"

#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"

/* What is being made. Allocation is checked once, at the end: `doc` turns NULL. */
struct maker {
    const struct figures *figures;
    struct manner *manner;
    struct document *doc;
    struct grid_builder *grid;
    bool failed;
};

static void say(struct maker *m, struct str text)
{
    m->failed |= document_paragraph(m->doc, manner_label(m->manner, text), 0) < 0;
}

static void begin(struct maker *m)
{
    m->grid = document_grid(m->doc, 0);
    m->failed |= !m->grid;
}

static void row(struct maker *m)
{
    m->failed |= m->failed || grid_row(m->grid) < 0;
}

static void end(struct maker *m)
{
    m->failed |= m->failed || grid_end(m->grid) < 0;
}

static void raw(struct maker *m, struct str text, int rowspan, int colspan)
{
    struct grid_cell cell = {.text = text, .rowspan = (uint16_t)rowspan, .colspan = (uint16_t)colspan};
    m->failed |= m->failed || grid_cell(m->grid, cell) < 0;
}

static void label(struct maker *m, struct str text, int rowspan, int colspan)
{
    raw(m, manner_label(m->manner, text), rowspan, colspan);
}

static void figure(struct maker *m, uint16_t id, int colspan)
{
    const struct cell *cell = &m->figures->catalog->cells[id];
    raw(m, manner_figure(m->manner, cell, m->figures->figure[id]), 1, colspan);
}

/* The parts of a path joined by '/'; returns their number, at most `most`. */
static int path_parts(struct str path, struct str *parts, int most)
{
    int n = 0;
    while (n < most && str_split(&path, '/', &parts[n]))
        n++;
    return n;
}

/* The cells of one row of the form: from `i` up to the returned index. */
static uint32_t row_end(const struct figures *f, uint32_t i)
{
    uint32_t k = i + 1;
    while (k < f->count && str_eq(f->cells[k].table, f->cells[i].table) &&
           str_eq(f->cells[k].row, f->cells[i].row))
        k++;
    return k;
}

static bool in_table(const struct figures *f, uint32_t i, const char *table)
{
    return i < f->count && str_eq(f->cells[i].table, str_from(table));
}

/* How wide the last of `n` cells is, that a row of `columns` comes out full. */
static int last_span(uint32_t n, uint32_t k, int columns)
{
    return k + 1 == n ? columns - (int)n + 1 : 1;
}

static void extra_row(struct maker *m, uint32_t columns)
{
    label(m, STR("其他主动公开文件"), 1, 1);
    for (uint32_t k = 0; k < columns; k++)
        raw(m, STR("7"), 1, last_span(columns, k, 3));
}

static void table_two(struct maker *m)
{
    const struct figures *f = m->figures;
    struct str article = {0};
    begin(m);
    for (uint32_t i = 0, next; i < f->count; i = next) {
        next = row_end(f, i);
        if (!in_table(f, i, "t2"))
            continue;
        struct str parts[2] = {{0}};
        path_parts(f->cells[i].row, parts, 2);
        if (!str_eq(parts[0], article)) {
            article = parts[0];
            row(m);
            label(m, article, 1, 4);
            row(m);
            label(m, STR("信息内容"), 1, 1);
            for (uint32_t k = i; k < next; k++)
                label(m, f->cells[k].column, 1, last_span(next - i, k - i, 3));
        }
        row(m);
        label(m, parts[1], 1, 1);
        for (uint32_t k = i; k < next; k++)
            figure(m, f->cells[k].id, last_span(next - i, k - i, 3));
        bool normative = str_ends(parts[1], STR("规范性文件"));
        if (normative && manner_has(m->manner, QUIRK_EXTRA_ROW)) {
            row(m);
            extra_row(m, next - i);
        }
    }
    end(m);
}

static void head_of_three(struct maker *m)
{
    static const char *const organisations[] = {"商业企业", "科研机构", "社会公益组织",
                                                "法律服务机构", "其他"};
    row(m);
    label(m, STR("(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)"), 3, 3);
    label(m, STR("申请人情况"), 1, 7);
    row(m);
    label(m, STR("自然人"), 2, 1);
    label(m, STR("法人或其他组织"), 1, 5);
    label(m, STR("总计"), 2, 1);
    row(m);
    for (int i = 0; i < 5; i++)
        label(m, str_from(organisations[i]), 1, 1);
}

/* How many rows of table 三 from `i` on share the first `depth` parts of their path. */
static int rows_below(const struct figures *f, uint32_t i, int depth)
{
    struct str mine[3] = {{0}}, other[3];
    int n = 0;
    path_parts(f->cells[i].row, mine, 3);
    for (uint32_t k = i; in_table(f, k, "t3"); k = row_end(f, k), n++) {
        if (path_parts(f->cells[k].row, other, 3) < depth)
            return n;
        for (int d = 0; d < depth; d++)
            if (!str_eq(mine[d], other[d]))
                return n;
    }
    return n;
}

static void table_three(struct maker *m)
{
    const struct figures *f = m->figures;
    struct str open[2] = {{0}};
    bool pieces = manner_has(m->manner, QUIRK_THREE_IN_PIECES);
    int rows = 0, page = 4;
    begin(m);
    head_of_three(m);
    for (uint32_t i = 0, next; i < f->count; i = next) {
        next = row_end(f, i);
        if (!in_table(f, i, "t3"))
            continue;
        struct str parts[3] = {{0}};
        int depth = path_parts(f->cells[i].row, parts, 3);
        if (pieces && ++rows % 4 == 0) {
            char mark[32];
            end(m);
            snprintf(mark, sizeof mark, "- %d -", page++);
            say(m, arena_copy(m->manner->arena, str_from(mark)));
            begin(m);
        }
        row(m);
        for (int d = 0; d < depth; d++) {
            bool last = d + 1 == depth;
            if (!last && str_eq(parts[d], open[d]))
                continue;
            /* a cut table has no cells that span its pieces */
            int span = last || pieces ? 1 : rows_below(f, i, d + 1);
            label(m, parts[d], span, last ? 3 - d : 1);
            if (!last)
                open[d] = parts[d];
        }
        for (uint32_t k = i; k < next; k++)
            figure(m, f->cells[k].id, 1);
    }
    end(m);
}

static void heads_of_four(struct maker *m, int blocks, int rowspan)
{
    static const char *const outcomes[] = {"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"};
    for (int b = 0; b < blocks; b++)
        for (int i = 0; i < 5; i++)
            label(m, str_from(outcomes[i]), rowspan, 1);
}

static void row_of_four(struct maker *m, const char *block)
{
    char prefix[40];
    snprintf(prefix, sizeof prefix, "t4.%s", block);
    for (uint32_t i = 0; i < m->figures->count; i++)
        if (in_table(m->figures, i, "t4") &&
            !strncmp(m->figures->catalog->cells[m->figures->cells[i].id].code, prefix,
                     strlen(prefix)))
            figure(m, m->figures->cells[i].id, 1);
}

static void table_four(struct maker *m)
{
    static const char *const blocks[] = {"review.", "suit_direct.", "suit_after_review."};
    static const char *const titles[] = {"行政复议", "未经复议直接起诉", "复议后起诉"};
    if (manner_has(m->manner, QUIRK_FOUR_IN_THREE)) {
        for (int b = 0; b < 3; b++) {
            begin(m);
            row(m);
            label(m, str_from(titles[b]), 1, 5);
            row(m);
            heads_of_four(m, 1, 1);
            row(m);
            row_of_four(m, blocks[b]);
            end(m);
        }
        return;
    }
    begin(m);
    row(m);
    label(m, STR("行政复议"), 1, 5);
    label(m, STR("行政诉讼"), 1, 10);
    row(m);
    heads_of_four(m, 1, 2);
    label(m, STR("未经复议直接起诉"), 1, 5);
    label(m, STR("复议后起诉"), 1, 5);
    row(m);
    heads_of_four(m, 2, 1);
    row(m);
    row_of_four(m, "");
    end(m);
}

/* Form 2014: indicator, unit, figure. */
static void table_one(struct maker *m)
{
    const struct figures *f = m->figures;
    begin(m);
    row(m);
    label(m, STR("统计指标"), 1, 1);
    label(m, STR("单位"), 1, 1);
    label(m, STR("统计数"), 1, 1);
    for (uint32_t i = 0; i < f->count; i++) {
        row(m);
        label(m, f->cells[i].row, 1, 1);
        if (f->cells[i].id == CELL_NONE) {
            raw(m, STR("——"), 1, 1);
            raw(m, STR("——"), 1, 1);
        } else {
            label(m, f->cells[i].unit, 1, 1);
            figure(m, f->cells[i].id, 1);
        }
    }
    end(m);
}

static void opening(struct maker *m, const struct who *who)
{
    struct arena *arena = m->manner->arena;
    struct buf buf = buf_new(1 << 16);
    static const char *const titles[] = {"年政府信息公开工作年度报告", "年度政府信息公开工作报告",
                                         "年度政府信息公开工作年度报告"};
    buf_printf(&buf, "%.*s%d%s", STR_ARG(who->title), who->year,
               titles[m->manner->random.state % 3]);
    say(m, m->doc->title = arena_copy(arena, buf_str(&buf)));
    buf_reset(&buf);
    buf_printf(&buf, "本报告由%.*s编制,所列数据的统计期限自%d年1月1日起至%d年12月31日止。",
               STR_ARG(who->agency), who->year, who->year);
    say(m, arena_copy(arena, buf_str(&buf)));
    buf_free(&buf);
}

/* Says the paragraphs of a section, or `otherwise` where there is no prose. */
static void section(struct maker *m, const struct who *who, int number, struct str otherwise)
{
    for (int i = 0; who->prose && i < who->prose->count[number]; i++)
        say(m, who->prose->paragraph[number][i]);
    if (!who->prose && otherwise.n)
        say(m, otherwise);
}

static void closing(struct maker *m, const struct who *who)
{
    struct buf buf = buf_new(1 << 16);
    say(m, STR("六、其他需要报告的事项"));
    section(m, who, 6, STR("无其他需要报告的事项。"));
    say(m, who->agency);
    int year = who->year + 1, month = 1, day = 16;
    if (who->dated.n)
        sscanf(who->dated.p, "%d-%d-%d", &year, &month, &day);
    buf_printf(&buf, "%d年%d月%d日", year, month, day);
    say(m, arena_copy(m->manner->arena, buf_str(&buf)));
    buf_free(&buf);
}

struct document *page_make(const struct figures *figures, const struct who *who,
                           struct manner *manner)
{
    struct maker m = {.figures = figures, .manner = manner, .doc = document_new(manner->arena)};
    if (!m.doc)
        return NULL;
    opening(&m, who);
    section(&m, who, 0, STR(""));
    say(&m, STR("一、总体情况"));
    section(&m, who, 1, STR("本机关认真落实政府信息公开各项要求,健全制度,完善平台,强化监督。"));
    if (figures->form->year == 2014) {
        say(&m, STR("二、政府信息公开情况统计表"));
        table_one(&m);
    } else {
        say(&m, STR("二、主动公开政府信息情况"));
        table_two(&m);
        say(&m, STR("三、收到和处理政府信息公开申请情况"));
        table_three(&m);
        say(&m, STR("四、政府信息公开行政复议、行政诉讼情况"));
        table_four(&m);
    }
    bool headings = manner_has(manner, QUIRK_HEADINGS);
    say(&m, headings ? STR("五、存在的主要问题及整改措施") : STR("五、存在的主要问题及改进情况"));
    section(&m, who, 5, STR("一是公开的主动性还需加强。二是业务培训不够。下一步将认真改进。"));
    closing(&m, who);
    return m.failed ? NULL : m.doc;
}
