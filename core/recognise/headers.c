/* headers.c - what stands above figures: the labels of columns, in grids with their places. */
#include "core/recognise/columns.h"

#include <string.h>

enum { THIRD = 7 };

static const struct atom *atom_at(const struct columns *c, uint32_t i)
{
    return &c->runs->atoms->atom[i];
}

static const struct label *label_at(const struct columns *c, uint32_t i)
{
    uint16_t key[2 * LABEL_MAX];
    const struct atom *atom = atom_at(c, i);
    if (atom->kind != ATOM_TEXT)
        return NULL;
    memcpy(key, c->runs->atoms->key + atom->key, atom->key_n * sizeof *key);
    size_t n = fold_unbracket(key, NULL, atom->key_n, false);
    return labels_find(c->labels, key, n);
}

static struct str unit_in(struct str text)
{
    static const char *const units[] = {"亿元", "万元", "萬元", "元"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (str_has(text, str_from(units[i])))
            return i == 2 ? STR("万元") : str_from(units[i]);
    return (struct str){0};
}

void header_forget(struct header *h)
{
    *h = (struct header){.block = UINT32_MAX};
    for (int i = 0; i < PLACES_MAX; i++)
        h->x[i] = UINT32_MAX;
}

/* Reads the column labels in a row of a grid that has no figures into the header of a table. */
static void read_header_row(struct columns *c, enum table_id table, const struct atom_row *row)
{
    struct header *h = &c->header[table];
    uint32_t found = 0;
    for (uint32_t i = row->first; i < row->first + row->count; i++)
        if (atom_at(c, i)->kind == ATOM_FIGURE)
            return;
    for (uint32_t i = row->first; i < row->first + row->count; i++)
        found += label_as(label_at(c, i), table, PLACE_COLUMN) != NULL;
    if (found < (table == TABLE_2 ? 1 : 2))
        return;
    if (h->block != row->block) {
        struct str unit = h->unit;
        uint32_t count = h->count;
        uint8_t order[PLACES_MAX];
        memcpy(order, h->order, sizeof order);
        header_forget(h);
        h->unit = unit;
        h->count = count;
        memcpy(h->order, order, sizeof order);
        h->block = row->block;
    }
    uint32_t width = atom_at(c, row->first + row->count - 1)->end;
    h->width = width > h->width ? width : h->width;
    for (uint32_t i = row->first; i < row->first + row->count; i++) {
        const struct meaning *m = label_as(label_at(c, i), table, PLACE_COLUMN);
        if (!m || m->index >= PLACES_MAX)
            continue;
        h->x[m->index] = atom_at(c, i)->x;
        h->end[m->index] = atom_at(c, i)->end;
    }
}

/* The columns named in a text, in order. Labels cut over several cells are put together. */
static void read_order(struct columns *c, enum table_id table, const struct run_text *text)
{
    struct header *h = &c->header[table];
    uint8_t order[PLACES_MAX];
    uint32_t count = 0, units = 0;
    for (size_t end = text->n; end > 0;) {
        size_t length = 0;
        const struct label *label = runs_suffix(c->labels, text, end, &length);
        const struct meaning *m = label_as(label, table, PLACE_COLUMN);
        bool anew = table == TABLE_2 && label_as(label, table, PLACE_GROUP);
        if (anew) {
            /* 信息内容 and 第二十条 begin another header */
            h->count = count < PLACES_MAX ? 0 : h->count;
            h->unit = units ? h->unit : (struct str){0};
            break;
        }
        if (m && count < PLACES_MAX) {
            order[count++] = m->index;
            struct str unit = unit_in(atom_at(c, text->tag[end - 1])->text);
            if (unit.n) {
                h->unit = unit;
                units++;
            }
        }
        end -= length ? length : 1;
    }
    if (count == 0)
        return;
    h->count = count;
    for (uint32_t i = 0; i < count; i++)
        h->order[i] = order[count - 1 - i];
}

/* A label in the first row of table 3's header, UINT8_MAX: 法人或其他组织, and its atom. */
struct outer {
    uint8_t column;
    uint32_t atom;
};

/* On a page whose lines keep their columns (PDF) a label that is centred over several rows may
 * come on an earlier line than one to its left: then the places tell the order. `outer` comes last
 * label first, and stays so. */
static void order_by_place(const struct columns *c, struct outer *outer, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        const struct atom *a = atom_at(c, outer[i].atom);
        if (c->runs->atoms->row[a->row].grid)
            return;
        for (uint32_t k = 0; k < i; k++)
            if (atom_at(c, outer[k].atom)->x == a->x)
                return; /* no columns were kept */
    }
    for (uint32_t i = 1; i < n; i++)
        for (uint32_t k = i; k > 0 && atom_at(c, outer[k].atom)->x > atom_at(c, outer[k - 1].atom)->x;
             k--) {
            struct outer swap = outer[k];
            outer[k] = outer[k - 1];
            outer[k - 1] = swap;
        }
}

/* The order of the columns of table 3 where a text names all seven: what stands for 法人或其他组织
 * in the first row of the header are the labels of the second. */
static void read_third_order(struct columns *c, const struct run_text *text)
{
    struct outer first[PLACES_MAX];
    uint8_t second[PLACES_MAX], order[PLACES_MAX];
    uint32_t n = 0, m = 0, count = 0, seen = 0;
    const struct table_labels *t = &c->labels->table[TABLE_3];
    int person = labels_column(t, "person"), total = labels_column(t, "total");
    for (size_t end = text->n; end > 0;) {
        size_t length = 0;
        const struct label *label = runs_suffix(c->labels, text, end, &length);
        const struct meaning *column = label_as(label, TABLE_3, PLACE_COLUMN);
        const struct meaning *group = label_as(label, TABLE_3, PLACE_GROUP);
        bool outer = column && (column->index == person || column->index == total);
        if (group && group->index == GROUP_ORGANISATIONS && n < PLACES_MAX)
            first[n++] = (struct outer){UINT8_MAX, text->tag[end - 1]};
        else if (outer && n < PLACES_MAX)
            first[n++] = (struct outer){column->index, text->tag[end - 1]};
        else if (column && m < PLACES_MAX)
            second[m++] = column->index;
        end -= length ? length : 1;
    }
    bool whole = n == 3 && m == THIRD - 2;
    if (whole)
        order_by_place(c, first, n);
    for (uint32_t i = n; i-- > 0 && whole;)
        for (uint32_t k = first[i].column == UINT8_MAX ? m : 1; k-- > 0;)
            order[count++] = first[i].column == UINT8_MAX ? second[k] : first[i].column;
    for (uint32_t i = 0; i < count && count == THIRD; i++)
        seen |= 1u << order[i];
    if (seen == (1u << THIRD) - 1) {
        c->header[TABLE_3].count = THIRD;
        memcpy(c->header[TABLE_3].order, order, THIRD);
    }
}

static bool is_word(const struct columns *c, const struct atom *atom, const char *word)
{
    uint16_t key[LABEL_MAX];
    size_t n = fold(c->labels->folding, str_from(word), key, LABEL_MAX);
    return atom->kind == ATOM_TEXT && n == atom->key_n &&
           memcmp(key, c->runs->atoms->key + atom->key, n * sizeof *key) == 0;
}

/* The header of table 1 where the grid has several columns of figures: which is the total. One
 * that says so goes before one that is called 统计数; two of a kind tell nothing. */
static void read_first_header(struct columns *c, const struct atom_row *row)
{
    static const char *const words[][5] = {{"合计", "总计", "合计数", "总数", "统计总数"},
                                           {"统计数", "统计数据", "数量", "统计数量", NULL}};
    static const char *const heads[] = {"统计指标", "指标", "指标名称", "统计项目", "项目"};
    struct header *h = &c->header[TABLE_1];
    uint32_t end = row->first + row->count;
    bool named = false;
    for (uint32_t i = row->first; i < end; i++) {
        if (atom_at(c, i)->kind == ATOM_FIGURE)
            return;
        for (int w = 0; w < 5; w++)
            named |= is_word(c, atom_at(c, i), heads[w]);
    }
    if (!named || row->count < 3)
        return;
    header_forget(h);
    h->block = row->block;
    h->width = atom_at(c, end - 1)->end;
    for (int kind = 0; kind < 2 && h->count == 0; kind++) {
        for (uint32_t i = row->first; i < end; i++)
            for (int w = 0; w < 5 && words[kind][w]; w++)
                if (is_word(c, atom_at(c, i), words[kind][w])) {
                    h->x[0] = atom_at(c, i)->x;
                    h->end[0] = atom_at(c, i)->end;
                    h->name = atom_at(c, i)->text;
                    h->count++;
                }
    }
    if (h->count != 1)
        header_forget(h);
}

void headers_read(struct columns *c, const struct run *run)
{
    const struct atoms *atoms = c->runs->atoms;
    if (run->table == TABLE_1) {
        /* headings of its parts stand between its header and its figures */
        for (; c->scanned < atom_at(c, run->first)->row; c->scanned++)
            if (atoms->row[c->scanned].grid)
                read_first_header(c, &atoms->row[c->scanned]);
    }
    if (run->table == TABLE_2 || run->table == TABLE_3) {
        for (uint32_t i = run->text; i < run->first; i++)
            if (i == run->text || atom_at(c, i)->row != atom_at(c, i - 1)->row)
                if (atoms->row[atom_at(c, i)->row].grid)
                    read_header_row(c, run->table, &atoms->row[atom_at(c, i)->row]);
        struct run_text text;
        if (run->table == TABLE_3 && !run->barrier && c->header[TABLE_3].count > 0)
            return;
        runs_text(atoms, run->text, run->first, false, &text);
        if (run->table == TABLE_2)
            read_order(c, TABLE_2, &text);
        else
            read_third_order(c, &text);
    }
}
