#include "core/export/layout.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/table.h"

enum { DEPTH = 4, ACROSS = 64 };

/* A label path cut at its slashes. */
struct path {
    struct str part[DEPTH];
    uint32_t depth;
};

static struct path path_of(struct str text)
{
    struct path path = {0};
    while (path.depth < DEPTH - 1 && str_split(&text, '/', &path.part[path.depth]))
        path.depth++;
    if (text.n > 0)
        path.part[path.depth++] = text;
    return path;
}

static bool same_above(const struct path *a, const struct path *b, uint32_t depth)
{
    for (uint32_t i = 0; i < depth; i++)
        if (!str_eq(a->part[i], b->part[i]))
            return false;
    return true;
}

struct str label_in_print(struct arena *arena, struct str label)
{
    static const struct {
        char ascii;
        const char *print;
    } marks[] = {{'(', "（"}, {')', "）"}, {':', "："}, {',', "，"}};
    char *out = arena_alloc(arena, label.n * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; out && i < label.n; i++) {
        const char *print = NULL;
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (marks[k].ascii == label.p[i])
                print = marks[k].print;
        memcpy(out + n, print ? print : label.p + i, print ? 3 : 1);
        n += print ? 3 : 1;
    }
    return (struct str){out, n};
}

static int put(struct arena *arena, struct face_table *t, struct place place, struct err *err)
{
    if (arena_grow(arena, &t->places, t->count, &t->capacity, sizeof *t->places) < 0)
        return err_memory(err);
    place.cell = place.kind == PLACE_FIGURE ? place.cell : CELL_NONE;
    if (place.text.n > 0) {
        place.text = label_in_print(arena, place.text);
        if (!place.text.p)
            return err_memory(err);
    }
    t->places[t->count++] = place;
    return 0;
}

/* The cells of one table of the form, and its distinct row and column labels in order. */
struct matter {
    const struct form_cell *cells;
    uint32_t first, end; /* among the form's cells */
    struct str corner, over;
    struct path columns[ACROSS];
    struct str column_text[ACROSS];
    uint32_t column_count, row_depth, column_depth;
};

static uint32_t column_of(const struct matter *m, struct str text)
{
    uint32_t i = 0;
    while (i < m->column_count && !str_eq(m->column_text[i], text))
        i++;
    return i;
}

static void read_matter(struct matter *m)
{
    for (uint32_t i = m->first; i < m->end; i++) {
        struct path row = path_of(m->cells[i].row), column = path_of(m->cells[i].column);
        m->row_depth = row.depth > m->row_depth ? row.depth : m->row_depth;
        m->column_depth = column.depth > m->column_depth ? column.depth : m->column_depth;
        if (m->column_count < ACROSS &&
            column_of(m, m->cells[i].column) == m->column_count) {
            m->column_text[m->column_count] = m->cells[i].column;
            m->columns[m->column_count++] = column;
        }
    }
}

/* One line of column labels at `depth`, beginning at (row, column) of the table: equal neighbours
 * are merged, a path that ends here goes down to the last of `depths` lines. */
static int put_column_labels(struct arena *arena, struct face_table *t, const struct path *paths,
                             uint32_t count, uint32_t depth, uint32_t depths, uint16_t row,
                             uint16_t column, struct err *err)
{
    for (uint32_t i = 0, next; i < count; i = next) {
        next = i + 1;
        if (paths[i].depth <= depth)
            continue;
        while (next < count && paths[next].depth > depth && paths[i].depth > depth + 1 &&
               same_above(&paths[i], &paths[next], depth + 1))
            next++;
        bool last = paths[i].depth == depth + 1;
        struct place place = {.kind = PLACE_COLUMN, .row = row, .column = (uint16_t)(column + i),
                              .rowspan = last ? (uint16_t)(depths - depth) : 1,
                              .colspan = (uint16_t)(next - i), .text = paths[i].part[depth]};
        if (put(arena, t, place, err) < 0)
            return -1;
    }
    return 0;
}

/* Sections: 第二十条第(一)项 across, then 信息内容 and the group's columns, then its rows. */
static int lay_sections(struct arena *arena, struct face_table *t, const struct matter *m,
                        struct err *err)
{
    uint32_t widest = 1;
    for (uint32_t i = m->first, end; i < m->end; i = end) {
        uint32_t columns = 0;
        for (end = i; end < m->end && str_eq(m->cells[end].row, m->cells[i].row); end++)
            columns++;
        widest = columns > widest ? columns : widest;
    }
    t->columns = (uint16_t)(widest + 1);
    t->head_columns = 1;
    struct str section = {0};
    uint16_t row = 0;
    for (uint32_t i = m->first, end; i < m->end; i = end, row++) {
        uint32_t columns = 0;
        for (end = i; end < m->end && str_eq(m->cells[end].row, m->cells[i].row); end++)
            columns++;
        struct path path = path_of(m->cells[i].row);
        bool begins = !str_eq(section, path.part[0]);
        section = path.part[0];
        if (begins) {
            struct place heads[] = {
                {.kind = PLACE_SECTION, .row = row, .rowspan = 1, .colspan = t->columns,
                 .text = section},
                {.kind = PLACE_CORNER, .row = (uint16_t)(row + 1), .rowspan = 1, .colspan = 1,
                 .text = m->corner},
            };
            if (put(arena, t, heads[0], err) < 0 || put(arena, t, heads[1], err) < 0)
                return -1;
            row += 2;
        }
        for (int pass = begins ? 0 : 1; pass < 2; pass++) {
            struct place label = {.kind = PLACE_ROW, .row = row, .rowspan = 1, .colspan = 1,
                                  .text = path.part[path.depth - 1]};
            if (pass == 1 && put(arena, t, label, err) < 0)
                return -1;
            for (uint32_t k = 0; k < columns; k++) {
                struct place place = {.row = (uint16_t)(row - (pass == 0)),
                                      .column = (uint16_t)(k + 1), .rowspan = 1,
                                      .colspan = k + 1 < columns ? 1 : (uint16_t)(widest - k)};
                place.kind = pass ? PLACE_FIGURE : PLACE_COLUMN;
                place.cell = m->cells[i + k].id;
                place.text = pass ? (struct str){0} : m->cells[i + k].column;
                if (put(arena, t, place, err) < 0)
                    return -1;
            }
        }
    }
    t->rows = row;
    return 0;
}

/* The labels left of a row of a matrix: each is put where its run of equal rows begins. */
static int put_row_labels(struct arena *arena, struct face_table *t, const struct matter *m,
                          uint32_t first, uint16_t row, struct err *err)
{
    struct path path = path_of(m->cells[first].row);
    struct path before = first > m->first ? path_of(m->cells[first - 1].row) : (struct path){0};
    for (uint32_t depth = 0; depth < path.depth; depth++) {
        if (depth + 1 < path.depth && before.depth > depth + 1 &&
            same_above(&path, &before, depth + 1))
            continue;
        bool last = depth + 1 == path.depth;
        uint16_t rows = 0;
        for (uint32_t i = first; i < m->end;) {
            struct path other = path_of(m->cells[i].row);
            if (other.depth <= depth || !same_above(&path, &other, depth + 1))
                break;
            rows++;
            uint32_t next = i;
            while (next < m->end && str_eq(m->cells[next].row, m->cells[i].row))
                next++;
            i = next;
        }
        struct place place = {.kind = PLACE_ROW, .row = row, .column = (uint16_t)depth,
                              .rowspan = last ? 1 : rows,
                              .colspan = last ? (uint16_t)(m->row_depth - depth) : 1,
                              .text = path.part[depth]};
        if (put(arena, t, place, err) < 0)
            return -1;
    }
    return 0;
}

static int lay_matrix(struct arena *arena, struct face_table *t, const struct matter *m,
                      struct err *err)
{
    uint16_t above = m->over.n > 0;
    t->head_rows = (uint16_t)(m->column_depth + above);
    t->head_columns = (uint16_t)m->row_depth;
    t->columns = (uint16_t)(m->row_depth + m->column_count);
    struct place corner = {.kind = PLACE_CORNER, .rowspan = t->head_rows,
                           .colspan = t->head_columns, .text = m->corner};
    struct place over = {.kind = PLACE_COLUMN, .column = t->head_columns, .rowspan = 1,
                         .colspan = (uint16_t)m->column_count, .text = m->over};
    if (put(arena, t, corner, err) < 0 || (above && put(arena, t, over, err) < 0))
        return -1;
    for (uint32_t depth = 0; depth < m->column_depth; depth++)
        if (put_column_labels(arena, t, m->columns, m->column_count, depth, m->column_depth,
                              (uint16_t)(depth + above), t->head_columns, err) < 0)
            return -1;
    t->rows = t->head_rows;
    for (uint32_t i = m->first, end; i < m->end; i = end, t->rows++) {
        if (put_row_labels(arena, t, m, i, t->rows, err) < 0)
            return -1;
        for (end = i; end < m->end && str_eq(m->cells[end].row, m->cells[i].row); end++) {
            uint32_t column = column_of(m, m->cells[end].column);
            struct place place = {.kind = PLACE_FIGURE, .row = t->rows, .rowspan = 1, .colspan = 1,
                                  .column = (uint16_t)(t->head_columns + column),
                                  .cell = m->cells[end].id};
            if (put(arena, t, place, err) < 0)
                return -1;
        }
    }
    return 0;
}

/* One line of figures; the paths above them are row and column label together. */
static int lay_line(struct arena *arena, struct face_table *t, const struct matter *m,
                    struct err *err)
{
    struct path paths[ACROSS];
    uint32_t count = m->end - m->first < ACROSS ? m->end - m->first : ACROSS, depths = 0;
    for (uint32_t i = 0; i < count; i++) {
        paths[i] = path_of(m->cells[m->first + i].row);
        if (paths[i].depth < DEPTH)
            paths[i].part[paths[i].depth++] = m->cells[m->first + i].column;
        depths = paths[i].depth > depths ? paths[i].depth : depths;
    }
    t->head_rows = (uint16_t)depths;
    t->rows = (uint16_t)(depths + 1);
    t->columns = (uint16_t)count;
    for (uint32_t depth = 0; depth < depths; depth++)
        if (put_column_labels(arena, t, paths, count, depth, depths, (uint16_t)depth, 0, err) < 0)
            return -1;
    for (uint32_t i = 0; i < count; i++) {
        struct place place = {.kind = PLACE_FIGURE, .row = (uint16_t)depths,
                              .column = (uint16_t)i, .rowspan = 1, .colspan = 1,
                              .cell = m->cells[m->first + i].id};
        if (put(arena, t, place, err) < 0)
            return -1;
    }
    return 0;
}

static int lay_list(struct arena *arena, struct face_table *t, const struct matter *m,
                    struct err *err)
{
    static const char *const heads[] = {"统计指标", "单位", "统计数"}; /* lint: the form's */
    t->head_rows = 1;
    t->head_columns = 2;
    t->columns = 3;
    for (uint16_t c = 0; c < 3; c++)
        if (put(arena, t,
                (struct place){.kind = PLACE_COLUMN, .column = c, .rowspan = 1, .colspan = 1,
                               .text = str_from(heads[c])},
                err) < 0)
            return -1;
    t->rows = 1;
    for (uint32_t i = m->first; i < m->end; i++, t->rows++) {
        const struct form_cell *cell = &m->cells[i];
        bool heading = cell->id == CELL_NONE;
        struct place line[] = {
            {.kind = heading ? PLACE_SECTION : PLACE_ROW, .row = t->rows, .rowspan = 1,
             .colspan = heading ? 3 : 1, .text = cell->row},
            {.kind = PLACE_ROW, .row = t->rows, .column = 1, .rowspan = 1, .colspan = 1,
             .text = cell->unit},
            {.kind = PLACE_FIGURE, .row = t->rows, .column = 2, .rowspan = 1, .colspan = 1,
             .cell = cell->id},
        };
        for (int k = 0; k < (heading ? 1 : 3); k++)
            if (put(arena, t, line[k], err) < 0)
                return -1;
    }
    return 0;
}

static const struct {
    const char *name;
    int (*lay)(struct arena *, struct face_table *, const struct matter *, struct err *);
} shapes[] = {
    {"sections", lay_sections},
    {"matrix", lay_matrix},
    {"line", lay_line},
    {"list", lay_list},
};

/* Reads "6 3 3 3"; true when there is one for each column and they fill the page. */
static bool read_widths(struct face_table *t, struct str text)
{
    struct str word;
    unsigned count = 0, sum = 0;
    while (str_split(&text, ' ', &word) && count < FACE_ACROSS && word.n == 1) {
        t->width[count] = (uint8_t)(word.p[0] - '0');
        sum += t->width[count++];
    }
    return count == t->columns && sum == FACE_ACROSS;
}

int face_of(struct arena *arena, const struct form *form, struct face *out, struct err *err)
{
    struct table layout;
    struct face face = {.form = form};
    if (table_open(&layout, "forms/layout.tsv", err) < 0)
        return -1;
    while (table_next(&layout)) {
        if (table_number(&layout, "form", 0) != form->year || face.count == FACE_TABLES)
            continue;
        struct face_table *t = &face.tables[face.count];
        *t = (struct face_table){.table = table_get(&layout, "table"),
                                 .title = table_get(&layout, "title")};
        struct matter *m = arena_alloc(arena, sizeof *m);
        if (!m)
            return err_memory(err);
        *m = (struct matter){.cells = form->cells, .corner = table_get(&layout, "corner"),
                             .over = table_get(&layout, "over")};
        while (m->first < form->count && !str_eq(form->cells[m->first].table, t->table))
            m->first++;
        for (m->end = m->first; m->end < form->count &&
                                str_eq(form->cells[m->end].table, t->table);)
            m->end++;
        read_matter(m);
        struct str shape = table_get(&layout, "shape");
        size_t i = 0;
        while (i < sizeof shapes / sizeof *shapes && !str_eq(shape, str_from(shapes[i].name)))
            i++;
        if (i == sizeof shapes / sizeof *shapes)
            return err_set(err, ERR_SYSTEM, "sql/forms/layout.tsv: no shape is named %.*s",
                           STR_ARG(shape));
        if (shapes[i].lay(arena, t, m, err) < 0)
            return -1;
        if (!read_widths(t, table_get(&layout, "widths")))
            return err_set(err, ERR_SYSTEM, "sql/forms/layout.tsv: the widths of form %d, table "
                           "%.*s do not fit its columns", form->year, STR_ARG(t->table));
        face.count++;
    }
    *out = face;
    return 0;
}
