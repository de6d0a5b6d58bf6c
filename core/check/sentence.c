#include "core/check/sentence.h"

#include <string.h>

#include "core/model/report.h"

enum { SPELT_MOST = 8 };

void figure_text(char out[FIGURE_TEXT], wide value, bool money)
{
    char digits[48];
    int n = 0;
    bool negative = value < 0;
    unsigned __int128 rest = negative ? -(unsigned __int128)value : (unsigned __int128)value;
    unsigned __int128 parts = money ? rest % MONEY_SCALE : 0;
    if (money)
        rest /= MONEY_SCALE;
    do {
        digits[n++] = (char)('0' + (int)(rest % 10));
        rest /= 10;
    } while (rest);
    size_t at = 0;
    if (negative)
        out[at++] = '-';
    while (n)
        out[at++] = digits[--n];
    if (parts) {
        out[at++] = '.';
        for (int64_t unit = MONEY_SCALE / 10; parts; unit /= 10) {
            out[at++] = (char)('0' + (int)(parts / (uint64_t)unit));
            parts %= (uint64_t)unit;
        }
    }
    out[at] = 0;
}

static const struct form_cell *in_form(const struct form *form, uint16_t cell)
{
    for (uint32_t i = 0; form && i < form->count; i++)
        if (form->cells[i].id == cell)
            return &form->cells[i];
    return NULL;
}

const struct form_cell *label_of(const struct catalog *catalog, int form, uint16_t cell)
{
    const struct form_cell *found = in_form(catalog_form(catalog, form), cell);
    for (uint32_t i = 0; !found && i < catalog->form_count; i++)
        found = in_form(&catalog->forms[i], cell);
    return found;
}

/* Without the heading it stands under, and without the explanation in brackets behind it. */
static struct str shorten(struct str label)
{
    ptrdiff_t slash = str_find(label, STR("/"));
    if (slash >= 0)
        label = str_skip(label, (size_t)slash + 1);
    if (str_ends(label, STR(")")))
        for (size_t i = label.n; i > 1; i--)
            if (label.p[i - 1] == '(')
                return str_slice(label, 0, i - 1);
    return label;
}

void label_row(struct buf *buf, const struct form_cell *cell)
{
    if (cell)
        buf_add(buf, shorten(cell->row));
}

void label_column(struct buf *buf, const struct form_cell *cell)
{
    if (!cell)
        return;
    struct str column = shorten(cell->column);
    if (column.n < cell->column.n && str_eq(column, STR("其他")))
        buf_text(buf, "法人或其他组织—");
    buf_add(buf, column);
}

static void label_table(struct buf *buf, struct str table, bool chinese)
{
    static const char *const names[] = {"表一", "表二", "表三", "表四"};
    if (table.n != 2 || table.p[1] < '1' || table.p[1] > '4')
        buf_add(buf, table);
    else if (chinese)
        buf_text(buf, table.p[1] == '1' ? "统计表" : names[table.p[1] - '1']);
    else if (table.p[1] == '1')
        buf_text(buf, "the statistics table");
    else
        buf_printf(buf, "table %c", table.p[1]);
}

void label_cell(struct buf *buf, const struct form_cell *cell, bool chinese)
{
    if (!cell)
        return;
    label_table(buf, cell->table, chinese);
    buf_text(buf, chinese ? "“" : " ");
    label_row(buf, cell);
    if (cell->column.n) {
        buf_text(buf, chinese ? "·" : " / ");
        label_column(buf, cell);
    }
    buf_text(buf, chinese ? "”" : "");
}

static void add_figure(struct buf *buf, wide value, bool money)
{
    char text[FIGURE_TEXT];
    figure_text(text, value, money);
    buf_text(buf, text);
}

/* A side as a sum: 10 + 1 = 11. Terms of 0 are left out, and all when they are many. */
static void spell(struct buf *buf, const struct side *side, wide value,
                  const struct sentence *with, bool chinese)
{
    uint32_t terms = side->constant != 0, gaps = 0;
    bool money = with->relation->money;
    for (uint32_t i = 0; i < side->count; i++) {
        const struct panel *panel = side->terms[i].before ? with->before : with->now;
        terms += panel->value[side->terms[i].cell] != 0;
        gaps += panel->state[side->terms[i].cell] != PANEL_VALUE;
    }
    bool first = true;
    for (uint32_t i = 0; terms > 1 && terms <= SPELT_MOST && i < side->count; i++) {
        const struct term *term = &side->terms[i];
        const struct panel *panel = term->before ? with->before : with->now;
        wide figure = panel->value[term->cell];
        if (figure == 0)
            continue;
        bool minus = term->coefficient < 0;
        buf_text(buf, first ? minus ? "-" : "" : minus ? " - " : " + ");
        add_figure(buf, figure * (minus ? -term->coefficient : term->coefficient), money);
        first = false;
    }
    if (!first && side->constant) {
        buf_text(buf, side->constant < 0 ? " - " : " + ");
        add_figure(buf, side->constant < 0 ? -(wide)side->constant : side->constant, money);
    }
    if (!first)
        buf_text(buf, " = ");
    add_figure(buf, value, money);
    if (gaps)
        buf_text(buf, chinese ? "（未填的不计）" : " (without the cells that hold no figure)");
}

static void spell_side(struct buf *buf, const struct sentence *with, bool right, bool chinese)
{
    const struct relation *relation = with->relation;
    if (!relation || !with->verdict || (right && !relation->ways))
        add_figure(buf, right ? with->computed : with->reported, with->money);
    else if (right)
        spell(buf, &relation->right[with->verdict->way], with->verdict->right, with, chinese);
    else
        spell(buf, &relation->left, with->verdict->left, with, chinese);
}

static void add_value(struct buf *buf, struct str key, const struct sentence *with, bool chinese)
{
    const struct form_cell *cell =
        with->cell == CELL_NONE ? NULL : label_of(with->catalog, with->form, with->cell);
    wide difference = with->reported - with->computed;
    const struct {
        const char *key;
        struct str text;
    } texts[] = {
        {"agency", with->agency}, {"sentence", with->sentence}, {"region", with->region},
        {"effect", with->effect}, {"rank", with->rank},         {"other", with->other},
        {"table", chinese ? with->table_zh : with->table},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_eq(key, str_from(texts[i].key)))
            buf_add(buf, texts[i].text);
    if (str_eq(key, STR("year")))
        buf_printf(buf, "%d", with->year);
    else if (str_eq(key, STR("before")))
        buf_printf(buf, "%d", with->year - 1);
    else if (str_eq(key, STR("code")) && with->cell != CELL_NONE)
        buf_text(buf, with->catalog->cells[with->cell].code);
    else if (str_eq(key, STR("label")))
        label_cell(buf, cell, chinese);
    else if (str_eq(key, STR("row")))
        label_row(buf, cell);
    else if (str_eq(key, STR("column")))
        label_column(buf, cell);
    else if (str_eq(key, STR("reported")))
        add_figure(buf, with->reported, with->money);
    else if (str_eq(key, STR("computed")))
        add_figure(buf, with->computed, with->money);
    else if (str_eq(key, STR("difference")))
        add_figure(buf, difference < 0 ? -difference : difference, with->money);
    else if (str_eq(key, STR("left")) || str_eq(key, STR("right")))
        spell_side(buf, with, key.p[0] == 'r', chinese);
}

void sentence_fill(struct buf *buf, struct str template, const struct sentence *with,
                   bool chinese)
{
    while (template.n) {
        const char *open = memchr(template.p, '{', template.n);
        const char *close = open ? memchr(open, '}', template.n - (size_t)(open - template.p))
                                 : NULL;
        if (!close) {
            buf_add(buf, template);
            return;
        }
        size_t before = (size_t)(open - template.p);
        buf_add(buf, str_slice(template, 0, before));
        add_value(buf, (struct str){open + 1, (size_t)(close - open - 1)}, with, chinese);
        template = str_skip(template, (size_t)(close - template.p) + 1);
    }
}
