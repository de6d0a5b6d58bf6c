#include "core/recognise/figures.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/recognise/form.h"
#include "core/recognise/joins.h"
#include "core/recognise/stated.h"

enum { REMARKS_MAX = 500, FEW_LABELS = 5, ALONE_MANY = 40, WORDS_MAX = 90 };

/* Work on one document. */
struct reading {
    const struct labels *labels;
    const struct document *doc;
    struct report *report;
    struct tables_seen *seen;
    struct atoms atoms;
    struct runs runs;
    struct columns columns;
    struct blocks blocks;
    struct figures figures;
    uint64_t met[TABLE_COUNT];  /* bits of rows whose labels stand in the text */
    uint64_t whole[TABLE_COUNT]; /* of those, rows whose figures were placed */
    bool named; /* cells were named by codes or paths */
    bool column_said; /* that one of several columns of table 1 was taken */
    uint32_t failed[TABLE_COUNT], placed[TABLE_COUNT], alone[TABLE_COUNT];
};

/* Adds a remark; past REMARKS_MAX a report has said enough. */
static int say(struct reading *r, const char *rule, const char *topic, uint16_t cell,
               uint32_t line, struct str detail)
{
    if (r->report->remark_count >= REMARKS_MAX)
        return 0;
    struct str kept = arena_copy(r->report->arena, detail);
    struct remark remark = {.rule = rule, .topic = topic, .cell = cell, .line = line};
    remark.detail = kept;
    return kept.p ? report_remark(r->report, remark) : -1;
}

static struct str table_name(enum table_id table)
{
    static const char *const names[] = {"", "一", "二", "三", "四"};
    return str_from(names[table]);
}

static uint16_t first_cell(const struct reading *r, enum table_id table, int row)
{
    const struct table_labels *t = &r->labels->table[table];
    for (uint32_t k = 0; row >= 0 && k < t->columns; k++)
        if (t->cell[row][k] != CELL_NONE)
            return t->cell[row][k];
    return CELL_NONE;
}

/* Marks the blocks that a run and its labels stand in as parts of a table. */
static void mark(struct reading *r, const struct run *run)
{
    const struct atom *atom = r->atoms.atom;
    struct table_seen *t = &r->seen->table[run->table];
    uint32_t from = run->first;
    for (uint32_t i = run->first; i-- > run->text;) {
        const struct label *l = atom[i].kind == ATOM_TEXT
                                    ? labels_find(r->labels, r->atoms.key + atom[i].key,
                                                  atom[i].key_n)
                                    : NULL;
        if (l || atom[i].row == atom[run->first].row)
            from = i;
    }
    for (uint32_t i = from; i < run->first + run->count; i++)
        r->seen->block_table[r->atoms.row[atom[i].row].block] = (uint8_t)run->table;
    if (!t->first_line || atom[from].line < t->first_line)
        t->first_line = atom[from].line;
    uint32_t last = atom[run->first + run->count - 1].line;
    t->last_line = last > t->last_line ? last : t->last_line;
}

/* The words printed before a run, for a remark. */
static struct str words_before(const struct reading *r, const struct run *run)
{
    uint32_t i = run->first;
    while (i > run->text && r->atoms.atom[i - 1].kind != ATOM_TEXT)
        i--;
    struct str s = i > run->text ? r->atoms.atom[i - 1].text : (struct str){0};
    size_t n = s.n < WORDS_MAX ? s.n : WORDS_MAX;
    while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return str_slice(s, 0, n);
}

static int say_placing(struct reading *r, const struct run *run, enum placing how)
{
    static const char *const topics[] = {
        [PLACING_FAILED] = "row-unread",       [PLACING_BY_PLACE] = "by-place",
        [PLACING_BY_TOTAL] = "by-total",       [PLACING_BY_PATTERN] = "by-pattern",
    };
    uint16_t cell = run->table == TABLE_4 ? CELL_NONE : first_cell(r, run->table, run->row);
    return say(r, "reading", topics[how], cell, r->atoms.atom[run->first].line,
               words_before(r, run));
}

static int place(struct reading *r, const struct run *run)
{
    struct placed placed[PLACES_MAX];
    uint32_t places = 0, line = r->atoms.atom[run->first].line;
    bool four = run->table == TABLE_4;
    enum placing how = run->unsure ? PLACING_FAILED
                       : four      ? table_4_place(&r->columns, &r->blocks, run, placed, &places)
                                   : columns_place(&r->columns, run, placed, &places);
    r->alone[run->table] += atoms_single(&r->atoms, &r->atoms.atom[run->first]);
    if (how == PLACING_FAILED) {
        r->failed[run->table]++;
        return say_placing(r, run, how);
    }
    if (run->certainty == ROW_GUESSED &&
        say(r, "reading", "label-guessed", first_cell(r, run->table, run->row), line,
            words_before(r, run)) < 0)
        return -1;
    if (how == PLACING_BY_COLUMN) {
        if (!r->column_said && say(r, "reading", "total-column", CELL_NONE, line,
                                   r->columns.header[TABLE_1].name) < 0)
            return -1;
        r->column_said = true;
    } else if (how != PLACING_CERTAIN && say_placing(r, run, how) < 0) {
        return -1;
    }
    for (uint32_t i = 0; i < places; i++) {
        int row = run->row;
        for (int b = 0; four && b < 3; b++)
            for (uint32_t k = 0; k < r->labels->table[TABLE_4].columns; k++)
                if (r->labels->table[TABLE_4].cell[b][k] == placed[i].cell)
                    row = b * 5 + (int)k;
        if (four || i == 0)
            figures_row(&r->figures, run->table, row);
        if (figures_add(&r->figures, &r->atoms, run->table, placed[i], line,
                        r->columns.header[run->table].unit) < 0)
            return -1;
    }
    r->placed[run->table]++;
    if (!four)
        r->whole[run->table] |= UINT64_C(1) << (run->row & 63);
    mark(r, run);
    return 0;
}

static int join_all(struct reading *r)
{
    for (uint32_t i = 0; i < r->runs.count; i++) {
        struct run *run = &r->runs.run[i];
        enum joining how = joins_settle(&r->runs, run);
        if (how == JOIN_MEMORY)
            return -1;
        run->unsure = how == JOIN_UNSURE;
        if (how == JOIN_DONE && say_placing(r, run, PLACING_BY_TOTAL) < 0)
            return -1;
    }
    return 0;
}

/* Whether a row of those that (六)其他处理 was split into in form 2021 is there. */
static bool has_split_other(const struct reading *r)
{
    const struct table_labels *t = &r->labels->table[TABLE_3];
    for (uint32_t i = 0; i < r->runs.count; i++) {
        const struct run *run = &r->runs.run[i];
        if (run->table == TABLE_3 && run->row >= 0 && str_starts(t->row[run->row], STR("other_")))
            return true;
    }
    return false;
}

static int place_all(struct reading *r)
{
    if (join_all(r) < 0)
        return -1;
    columns_begin(&r->columns, &r->runs);
    r->blocks.last = -1;
    bool split = has_split_other(r);
    int other = labels_row(&r->labels->table[TABLE_3], "other");
    for (uint32_t i = 0; i < r->runs.count; i++) {
        const struct run *run = &r->runs.run[i];
        bool known = run->certainty >= ROW_EXACT;
        bool wide = run->table == TABLE_3 && run->filled >= 2 && !run->is_rest;
        /* (六)其他处理 without figures above its three rows is their group, no row of its own */
        bool bare = split && run->table == TABLE_3 && run->row == other && run->filled == 0;
        if (known && !bare && place(r, run) < 0)
            return -1;
        /* figures in the midst of a table that belong to no row of the form */
        if (!known && run->table && !run->barrier &&
            (wide || (run->table == TABLE_2 && run->certainty == ROW_UNKNOWN &&
                      r->atoms.row[r->atoms.atom[run->first].row].grid)) &&
            words_before(r, run).n > 0 &&
            say(r, "reading", "extra-row", CELL_NONE, r->atoms.atom[run->first].line,
                words_before(r, run)) < 0)
            return -1;
    }
    return 0;
}

/* Which labels of rows stand in the text at all, with figures or without. */
static void meet_labels(struct reading *r)
{
    for (uint32_t i = 0; i < r->atoms.count; i++) {
        const struct atom *atom = &r->atoms.atom[i];
        if (atom->kind != ATOM_TEXT)
            continue;
        const struct label *l = labels_find(r->labels, r->atoms.key + atom->key, atom->key_n);
        if (!l || label_as(l, TABLE_NONE, PLACE_HEADING))
            continue;
        for (int t = TABLE_1; t <= TABLE_4; t++) {
            const struct meaning *m = label_as(l, (enum table_id)t, PLACE_ROW);
            if (m && (t == TABLE_4 || !label_as(l, TABLE_NONE, PLACE_COLUMN)))
                r->met[t] |= UINT64_C(1) << (m->index & 63);
        }
    }
    for (int t = TABLE_1; t <= TABLE_4; t++)
        r->met[t] |= r->whole[t];
}

static void add_name(struct buf *buf, const struct reading *r, enum table_id table, uint32_t row)
{
    const struct form *form;
    uint16_t cell = first_cell(r, table, (int)row);
    for (uint32_t f = 0; f < r->labels->catalog->form_count; f++) {
        form = &r->labels->catalog->forms[f];
        for (uint32_t i = 0; i < form->count; i++)
            if (form->cells[i].id == cell && cell != CELL_NONE) {
                buf_text(buf, buf->n ? "、" : "");
                buf_add(buf, form->cells[i].row);
                return;
            }
    }
}

/* Names the rows of the form that the text does not have, or has without figures. */
static int say_missing(struct reading *r, enum table_id table, int form)
{
    const struct table_labels *t = &r->labels->table[table];
    struct buf buf = buf_new(1 << 14);
    uint32_t missing = 0;
    if (!(r->labels->form[form].rows[table] & ~r->whole[table]))
        return 0;
    for (uint32_t row = 0; row < t->rows; row++) {
        bool due = false;
        for (uint32_t k = 0; k < t->columns; k++)
            due |= t->cell[row][k] != CELL_NONE &&
                   (r->labels->cell_forms[t->cell[row][k]] >> form & 1);
        if (!due || (r->whole[table] >> row & 1))
            continue;
        /* one row (六)其他处理 stands for its three */
        if (table == TABLE_3 && str_starts(t->row[row], STR("other")) &&
            (r->whole[table] >> labels_row(t, "other") & 1))
            continue;
        if (missing++ < 4)
            add_name(&buf, r, table, row);
    }
    int status = 0;
    if (missing > 0) {
        if (missing > 4)
            buf_printf(&buf, " … (%u)", (unsigned)missing);
        status = say(r, "reading", "rows-missing", CELL_NONE, r->seen->table[table].first_line,
                     buf_str(&buf));
    }
    buf_free(&buf);
    return status;
}

/* Whether so much of a table was read that it can be trusted; what else is left of it is not. */
static bool trusted(const struct reading *r, enum table_id table)
{
    uint32_t met = bits(r->met[table]), whole = bits(r->whole[table]);
    bool no_repeats = r->atoms.cell_lines >= ALONE_MANY && r->atoms.repeated_lines == 0;
    if (r->placed[table] == 0)
        return false;
    if (no_repeats && r->alone[table] > 0)
        return false;
    if (table == TABLE_4)
        return true;
    /* one row on a line, without a header: 行政处罚 7 件 in prose */
    if (table == TABLE_2 && whole == 1 && !r->named && r->columns.header[TABLE_2].count == 0)
        return false;
    if (r->alone[table] > 0 && r->failed[table] * 4 > r->placed[table] + r->failed[table])
        return false;
    return met < FEW_LABELS ? true : whole * 2 >= met;
}

static void count_seen(struct reading *r)
{
    for (uint32_t i = 0; i < r->figures.count; i++) {
        const struct stated *s = &r->figures.stated[i];
        struct table_seen *t = &r->seen->table[s->table];
        t->figures += s->fact.state == STATE_VALUE;
        t->blanks += s->fact.state == STATE_BLANK || s->fact.state == STATE_NA;
    }
}

/* The form of the report, and what its tables miss. */
static int settle_form(struct reading *r)
{
    unsigned tables = 0;
    bool mixed = false;
    int form = form_settle(r->labels, r->doc, r->report, &mixed);
    if (form < 0)
        return 0;
    if (mixed && say(r, "section", "mixed-forms", CELL_NONE, 0, (struct str){0}) < 0)
        return -1;
    for (int t = TABLE_1; t <= TABLE_4; t++)
        tables |= r->seen->table[t].read ? 1u << t : 0;
    bool first = r->report->form == 2014;
    for (int t = TABLE_1; t <= TABLE_4; t++) {
        const struct table_seen *seen = &r->seen->table[t];
        bool due = first ? t == TABLE_1 : t != TABLE_1;
        if (seen->read) {
            if (t != TABLE_4 && say_missing(r, (enum table_id)t, form) < 0)
                return -1;
        } else if (due && tables) {
            const char *topic = seen->lossy ? "table-lossy" : seen->labels ? "table-unread"
                                                                           : "table-missing";
            if (say(r, "section", topic, CELL_NONE, seen->first_line,
                    table_name((enum table_id)t)) < 0)
                return -1;
        }
    }
    return 0;
}

static int finish(struct reading *r)
{
    unsigned tables = 0;
    for (int t = TABLE_1; t <= TABLE_4; t++) {
        struct table_seen *seen = &r->seen->table[t];
        seen->labels = bits(r->met[t]);
        seen->read = trusted(r, (enum table_id)t);
        seen->lossy = !seen->read && seen->labels >= 2 &&
                      r->atoms.cell_lines >= ALONE_MANY && r->atoms.repeated_lines == 0;
        seen->unread = r->failed[t];
        tables |= seen->read ? 1u << t : 0;
    }
    count_seen(r);
    if (figures_settle(&r->figures, tables) < 0)
        return -1;
    return settle_form(r);
}

/* Cells named in full, by their code or Chinese path, with the figure beside. */
static int read_named(struct reading *r)
{
    for (uint32_t i = 0; i < r->atoms.rows; i++) {
        const struct atom_row *row = &r->atoms.row[i];
        const struct atom *name = &r->atoms.atom[row->first];
        if (!row->grid || row->count != 2 || name->kind != ATOM_TEXT)
            continue;
        uint16_t cell = labels_cell(r->labels, name->text);
        if (cell == CELL_NONE) {
            if (labels_is_name(name->text) &&
                say(r, "reading", "unknown-cell", CELL_NONE, name->line, name->text) < 0)
                return -1;
            continue;
        }
        enum table_id table = (enum table_id)(r->labels->catalog->cells[cell].code[1] - '0');
        struct placed placed = {cell, row->first + 1};
        r->atoms.atom[row->first + 1].kind = name[1].kind == ATOM_TEXT ? ATOM_WORDS : name[1].kind;
        struct str unit = r->labels->catalog->cells[cell].kind == CELL_MONEY ? STR("万元")
                                                                              : (struct str){0};
        if (figures_add(&r->figures, &r->atoms, table, placed, name[1].line, unit) < 0)
            return -1;
        r->placed[table]++;
        r->named = true;
        r->seen->block_table[row->block] = (uint8_t)table;
        r->whole[table] |= r->labels->cell_rows[cell];
        r->atoms.atom[row->first].kind = r->atoms.atom[row->first + 1].kind = ATOM_STOP;
    }
    return 0;
}

int tables_stated(const struct recogniser *recogniser, const struct document *doc,
                  struct report *report, struct err *err)
{
    struct tables_seen seen = {0};
    struct reading r = {.labels = recogniser->labels, .doc = doc, .report = report, .seen = &seen};
    struct stated_seen stated;
    int read = stated_read(r.labels, doc, report, &stated);
    if (read == 0)
        return 0;
    for (int t = TABLE_1; read > 0 && t < TABLE_COUNT; t++) {
        r.met[t] = r.whole[t] = stated.rows[t];
        r.placed[t] = stated.cells[t];
        seen.table[t].read = stated.cells[t] > 0;
    }
    return read > 0 && settle_form(&r) == 0 ? 1 : arena_failed(report->arena, err);
}

int tables_read(const struct recogniser *recogniser, const struct document *doc,
                struct report *report, struct tables_seen *seen, struct err *err)
{
    struct reading r = {.labels = recogniser->labels, .doc = doc, .report = report, .seen = seen};
    r.figures = (struct figures){.report = report, .labels = recogniser->labels};
    seen->block_table = arena_array(report->arena, doc->count + 1, sizeof *seen->block_table);
    if (!seen->block_table || atoms_read(&r.atoms, recogniser, doc, report->arena) < 0 ||
        read_named(&r) < 0 || runs_find(&r.runs, &r.atoms) < 0)
        return arena_failed(report->arena, err);
    joins_find(&r.runs);
    runs_assign(&r.runs);
    if (place_all(&r) < 0)
        return arena_failed(report->arena, err);
    meet_labels(&r);
    return finish(&r) < 0 ? arena_failed(report->arena, err) : 0;
}
