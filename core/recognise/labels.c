#include "core/recognise/labels.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/table.h"

/* Runs from the last character to the first, so that each longer suffix takes one step more. */
static uint32_t hash_step(uint32_t hash, uint16_t c)
{
    return (hash ^ c) * 16777619u;
}

static struct label **bucket_of(const struct labels *labels, uint32_t hash)
{
    return (struct label **)&labels->bucket[(hash ^ hash >> 15) % 4096];
}

static const struct label *in_bucket(const struct labels *labels, uint32_t hash,
                                     const uint16_t *key, size_t n)
{
    for (const struct label *l = *bucket_of(labels, hash); l; l = l->next)
        if (l->n == n && memcmp(l->key, key, n * sizeof *key) == 0)
            return l;
    return NULL;
}

const struct label *labels_find(const struct labels *labels, const uint16_t *key, size_t n)
{
    uint32_t hash = 2166136261u;
    for (size_t i = n; i > 0; i--)
        hash = hash_step(hash, key[i - 1]);
    return n ? in_bucket(labels, hash, key, n) : NULL;
}

const struct label *labels_suffix(const struct labels *labels, const uint16_t *s, size_t n,
                                  bool (*fits)(const void *self, size_t begin,
                                               const struct label *label),
                                  const void *self, size_t *length)
{
    const struct label *best = NULL;
    uint32_t hash = 2166136261u;
    for (size_t i = n; i > 0 && n - i < LABEL_MAX; i--) {
        hash = hash_step(hash, s[i - 1]);
        const struct label *l = in_bucket(labels, hash, s + i - 1, n - i + 1);
        if (l && (!fits || fits(self, i - 1, l))) {
            best = l;
            *length = n - i + 1;
        }
    }
    return best;
}

const struct meaning *label_as(const struct label *label, enum table_id table, enum place place)
{
    for (; label; label = label->same)
        if (label->meaning.place == place && (!table || label->meaning.table == table))
            return &label->meaning;
    return NULL;
}

static int index_of(const struct str *keys, uint32_t count, struct str key)
{
    for (uint32_t i = 0; i < count; i++)
        if (str_eq(keys[i], key))
            return (int)i;
    return -1;
}

int labels_row(const struct table_labels *table, const char *key)
{
    return index_of(table->row, table->rows, str_from(key));
}

int labels_column(const struct table_labels *table, const char *key)
{
    return index_of(table->column, table->columns, str_from(key));
}

static int add_key(struct labels *labels, const uint16_t *key, size_t n, struct meaning meaning,
                   struct err *err)
{
    struct label *first = (struct label *)labels_find(labels, key, n);
    if (n == 0 || n > LABEL_MAX)
        return 0;
    for (const struct label *l = first; l; l = l->same)
        if (l->meaning.table == meaning.table && l->meaning.place == meaning.place &&
            l->meaning.index == meaning.index)
            return 0;
    struct label *label = arena_alloc(&labels->arena, sizeof *label);
    uint16_t *copy = arena_array(&labels->arena, n, sizeof *copy);
    if (!label || !copy)
        return err_memory(err);
    memcpy(copy, key, n * sizeof *key);
    *label = (struct label){.key = copy, .n = (uint16_t)n};
    label->meaning.table = meaning.table;
    label->meaning.place = meaning.place;
    label->meaning.index = meaning.index;
    if (first) {
        label->same = first->same;
        first->same = label;
        return 0;
    }
    uint32_t hash = 2166136261u;
    for (size_t i = n; i > 0; i--)
        hash = hash_step(hash, key[i - 1]);
    label->next = *bucket_of(labels, hash);
    *bucket_of(labels, hash) = label;
    return 0;
}

/* Adds a label as printed: with and without its ordinal, with and without what explains it. */
static int add_label(struct labels *labels, struct str text, struct meaning meaning,
                     struct err *err)
{
    for (int explanations = 0; explanations < 2; explanations++) {
        uint16_t key[LABEL_MAX * 2];
        size_t n = fold(labels->folding, text, key, LABEL_MAX * 2);
        n = fold_unbracket(key, NULL, n, explanations);
        /* an ordinal is followed by punctuation: 三类 has none */
        struct str c = text;
        size_t length;
        size_t ordinal = fold_ordinal(key, n);
        if (c.n && c.p[0] == '(')
            c = str_skip(c, 1);
        for (size_t i = 0; i < ordinal && c.n; i++)
            utf8_next(c, &length), c = str_skip(c, length);
        bool parted = c.n && (c.p[0] == '.' || c.p[0] == ')' || str_starts(c, STR("、")));
        if (add_key(labels, key, n, meaning, err) < 0)
            return -1;
        if (ordinal && parted && add_key(labels, key + ordinal, n - ordinal, meaning, err) < 0)
            return -1;
    }
    return 0;
}

static enum table_id table_of(struct str name)
{
    if (name.n == 2 && name.p[0] == 't' && name.p[1] >= '1' && name.p[1] <= '4')
        return (enum table_id)(TABLE_1 + name.p[1] - '1');
    return TABLE_NONE;
}

static int place_of(struct str name, enum place *place)
{
    static const char *const names[] = {"row", "column", "group", "heading"};
    for (int i = 0; i < 4; i++)
        if (str_eq(name, str_from(names[i]))) {
            *place = (enum place)i;
            return 0;
        }
    return -1;
}

/* The place of a key among the rows or columns, added at the end when it is new. */
static int place_index(struct table_labels *table, enum place place, struct str key)
{
    bool row = place == PLACE_ROW;
    struct str *keys = row ? table->row : table->column;
    uint32_t *count = row ? &table->rows : &table->columns;
    int i = index_of(keys, *count, key);
    if (i >= 0 || *count == (row ? TABLE_ROWS : TABLE_COLUMNS_MAX))
        return i;
    keys[*count] = key;
    return (int)(*count)++;
}

static int keep_wording(struct labels *labels, struct table_labels *table, uint32_t row,
                        struct str text, struct err *err)
{
    uint16_t key[LABEL_MAX * 2];
    size_t n = fold(labels->folding, text, key, LABEL_MAX * 2);
    n = fold_unbracket(key, NULL, n, true);
    struct wording *wording = arena_alloc(&labels->arena, sizeof *wording);
    uint16_t *copy = arena_array(&labels->arena, n + 1, sizeof *copy);
    if (!wording || !copy)
        return err_memory(err);
    memcpy(copy, key, n * sizeof *key);
    *wording = (struct wording){copy, (uint16_t)n, table->wording[row]};
    table->wording[row] = wording;
    return 0;
}

static int load_variants(struct labels *labels, struct err *err)
{
    struct table t;
    if (table_open(&t, "labels.tsv", err) < 0)
        return -1;
    while (table_next(&t)) {
        struct meaning meaning = {.table = table_of(table_get(&t, "table"))};
        int index = 0;
        if (place_of(table_get(&t, "place"), &meaning.place) == 0 && meaning.place <= PLACE_COLUMN)
            index = place_index(&labels->table[meaning.table], meaning.place,
                                table_get(&t, "key"));
        if (meaning.place == PLACE_GROUP && str_eq(table_get(&t, "key"), STR("organisations")))
            index = GROUP_ORGANISATIONS;
        if (index < 0 || (!meaning.table && meaning.place != PLACE_HEADING))
            return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table",
                           t.name, t.line);
        meaning.index = (uint8_t)index;
        struct str label = table_get(&t, "label");
        if (add_label(labels, label, meaning, err) < 0 ||
            (meaning.place == PLACE_ROW &&
             keep_wording(labels, &labels->table[meaning.table], meaning.index, label, err) < 0))
            return -1;
    }
    return 0;
}

/* The last part of a path; moves the rest before it out. */
static struct str leaf_of(struct str *path)
{
    struct str rest = *path, leaf;
    size_t at = path->n;
    while (at > 0 && path->p[at - 1] != '/')
        at--;
    /* 本年增/减 is one label: a path's parts begin with no single character */
    if (at > 0 && path->n - at <= 3)
        at = 0;
    leaf = str_skip(*path, at);
    *path = at ? str_slice(rest, 0, at - 1) : (struct str){0};
    return leaf;
}

/* Splits a code: t3.new.person is row new, column person; t1.disclosed is row disclosed. */
static void split_code(const char *code, struct str *row, struct str *column)
{
    struct str rest = str_skip(str_from(code), 3);
    const char *dot = rest.n ? memchr(rest.p, '.', rest.n) : NULL;
    *row = dot ? str_slice(rest, 0, (size_t)(dot - rest.p)) : rest;
    *column = dot ? str_skip(rest, row->n + 1) : STR("figure");
}

static int load_cell(struct labels *labels, const struct form_cell *cell, uint32_t form,
                     struct err *err)
{
    enum table_id table = table_of(cell->table);
    struct table_labels *t = &labels->table[table];
    struct str row_path = cell->row, column_path = cell->column, row_key, column_key;
    struct meaning group = {.table = table, .place = PLACE_GROUP};
    struct str row_label = table == TABLE_1 ? cell->row : leaf_of(&row_path);
    struct str column_label = leaf_of(&column_path);
    if (!table)
        return err_set(err, ERR_SYSTEM, "the forms hold an unknown table %.*s; correct sql/forms",
                       STR_ARG(cell->table));
    if (cell->id == CELL_NONE)
        return add_label(labels, cell->row, group, err);
    split_code(labels->catalog->cells[cell->id].code, &row_key, &column_key);
    int row = place_index(t, PLACE_ROW, row_key);
    int column = place_index(t, PLACE_COLUMN, column_key);
    if (row < 0 || column < 0)
        return err_set(err, ERR_SYSTEM, "table %.*s has more rows than fit; raise TABLE_ROWS",
                       STR_ARG(cell->table));
    t->cell[row][column] = cell->id;
    labels->cell_forms[cell->id] |= (uint8_t)(1u << form);
    labels->cell_rows[cell->id] |= UINT64_C(1) << row;
    if (keep_wording(labels, t, (uint32_t)row, row_label, err) < 0)
        return -1;
    struct meaning meaning = {.table = table, .place = PLACE_ROW, .index = (uint8_t)row};
    if (add_label(labels, row_label, meaning, err) < 0)
        return -1;
    meaning.place = PLACE_COLUMN;
    meaning.index = (uint8_t)column;
    if (column_label.n && add_label(labels, column_label, meaning, err) < 0)
        return -1;
    while (table != TABLE_1 && row_path.n)
        if (add_label(labels, leaf_of(&row_path), group, err) < 0)
            return -1;
    while (column_path.n)
        if (add_label(labels, leaf_of(&column_path), group, err) < 0)
            return -1;
    return 0;
}

/* Which cells and rows each form has, once all of them are known. */
static void note_forms(struct labels *labels)
{
    for (uint32_t f = 0; f < labels->catalog->form_count; f++)
        for (uint32_t i = 0; i < labels->catalog->forms[f].count; i++) {
            uint16_t cell = labels->catalog->forms[f].cells[i].id;
            uint64_t bit = UINT64_C(1) << cell % 64;
            if (cell == CELL_NONE)
                continue;
            struct str code = str_from(labels->catalog->cells[cell].code);
            bool own = labels->cell_forms[cell] == 1u << f && !str_starts(code, STR("t3.other."));
            labels->form[f].cells[cell / 64] |= bit;
            labels->form[f].own[cell / 64] |= own ? bit : 0;
            labels->form[f].rows[code.p[1] - '0'] |= labels->cell_rows[cell];
        }
}

int labels_new(struct labels **out, const struct catalog *catalog, struct err *err)
{
    struct labels *labels = calloc(1, sizeof *labels);
    if (!labels)
        return err_refused(err);
    labels->arena = arena_new((size_t)8 << 20);
    labels->catalog = catalog;
    memset(labels->table, 0, sizeof labels->table);
    for (int t = 0; t < TABLE_COUNT; t++)
        for (int r = 0; r < TABLE_ROWS; r++)
            for (int c = 0; c < TABLE_COLUMNS_MAX; c++)
                labels->table[t].cell[r][c] = CELL_NONE;
    if (folding_new(&labels->folding, err) < 0 || load_variants(labels, err) < 0)
        goto fail;
    for (uint32_t f = 0; f < catalog->form_count; f++)
        for (uint32_t i = 0; i < catalog->forms[f].count; i++)
            if (load_cell(labels, &catalog->forms[f].cells[i], f, err) < 0)
                goto fail;
    note_forms(labels);
    *out = labels;
    return 0;
fail:
    labels_free(labels);
    return -1;
}

void labels_free(struct labels *labels)
{
    if (!labels)
        return;
    folding_free(labels->folding);
    arena_free(&labels->arena);
    free(labels);
}

static const struct label *label_of_part(const struct labels *labels, struct str part)
{
    uint16_t key[LABEL_MAX * 2];
    const struct label *label = NULL;
    for (int explanations = 1; explanations >= 0 && !label; explanations--) {
        size_t n = fold(labels->folding, part, key, LABEL_MAX * 2);
        label = labels_find(labels, key, fold_unbracket(key, NULL, n, explanations));
    }
    return label;
}

/* The row that a label means behind another row of its path; -1 when it means none, or several
 * and nothing before it says which. */
static int next_row(const struct label *label, enum table_id table, int before)
{
    int row = -1, rows = 0;
    for (; label; label = label->same) {
        const struct meaning *m = &label->meaning;
        if (m->table != table || m->place != PLACE_ROW || m->index <= before)
            continue;
        row = row < 0 || m->index < row ? m->index : row;
        rows++;
    }
    return rows > 1 && before < 0 ? -1 : row;
}

static uint16_t cell_of_path(const struct labels *labels, struct str path)
{
    static const char *const names[] = {"表一", "表二", "表三", "表四"};
    struct str part;
    str_split(&path, '/', &part);
    enum table_id table = TABLE_NONE;
    for (int i = 0; i < 4; i++)
        if (str_eq(str_trim(part), str_from(names[i])))
            table = (enum table_id)(TABLE_1 + i);
    int row = -1, column = table == TABLE_1 ? 0 : -1;
    while (table && str_split(&path, '/', &part)) {
        if (str_starts(path, STR("减"))) { /* 本年增/减 is one label */
            part.n += 1 + STR("减").n;
            str_split(&path, '/', &(struct str){0});
        }
        const struct label *label = label_of_part(labels, part);
        const struct meaning *as_column = label_as(label, table, PLACE_COLUMN);
        int as_row = next_row(label, table, row);
        if (as_row < 0 && !as_column && !label_as(label, table, PLACE_GROUP))
            return CELL_NONE;
        if (as_column && (!path.n || as_row < 0) && (row >= 0 || as_row < 0))
            column = as_column->index;
        else if (as_row >= 0)
            row = as_row;
    }
    return row >= 0 && column >= 0 ? labels->table[table].cell[row][column] : CELL_NONE;
}

bool labels_is_name(struct str text)
{
    struct str s = str_trim(text);
    return (s.n > 3 && s.p[0] == 't' && s.p[1] >= '0' && s.p[1] <= '9' && s.p[2] == '.') ||
           (str_starts(s, STR("表")) && memchr(s.p, '/', s.n));
}

uint16_t labels_cell(const struct labels *labels, struct str name)
{
    struct str s = str_trim(name);
    if (s.n > 3 && s.p[0] == 't' && s.p[2] == '.') {
        const struct cell *cell = catalog_find(labels->catalog, s);
        return cell ? cell->id : CELL_NONE;
    }
    return str_starts(s, STR("表")) && memchr(s.p, '/', s.n) ? cell_of_path(labels, s) : CELL_NONE;
}
