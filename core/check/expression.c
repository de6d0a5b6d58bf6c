#include "core/check/expression.h"

#include <string.h>

enum { CODE_MOST = 96, NUMBER_MOST = 9 };
#define CONSTANT_MOST INT64_C(9999999999)

bool pattern_fits(struct str pattern, struct str code)
{
    size_t i = 0, k = 0, star = SIZE_MAX, from = 0;
    while (k < code.n) {
        if (i < pattern.n && pattern.p[i] == '*') {
            star = i++;
            from = k;
        } else if (i < pattern.n && pattern.p[i] == code.p[k]) {
            i++;
            k++;
        } else if (star != SIZE_MAX && code.p[from] != '.') {
            i = star + 1;
            k = ++from;
        } else {
            return false;
        }
    }
    while (i < pattern.n && pattern.p[i] == '*')
        i++;
    return i == pattern.n;
}

static bool is_code(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '*' ||
           c == '{' || c == '}';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void skip_space(struct str *rest)
{
    while (rest->n && rest->p[0] == ' ')
        *rest = str_skip(*rest, 1);
}

/* Writes the code with its variable filled in. */
static int fill_in(struct str code, struct binding binding, char out[CODE_MOST], struct str *filled,
                   struct err *err)
{
    size_t n = 0;
    for (size_t i = 0; i < code.n; i++) {
        struct str piece = {code.p + i, 1};
        if (code.p[i] == '{') {
            if (i + 2 >= code.n || code.p[i + 2] != '}' || code.p[i + 1] != binding.variable)
                return err_set(err, ERR_INPUT, "`%.*s` names a variable that the column `each` does"
                               " not; write {x} for the x of `x=...`", STR_ARG(code));
            piece = binding.value;
            i += 2;
        }
        if (n + piece.n >= CODE_MOST)
            return err_set(err, ERR_INPUT, "`%.*s` is too long for a code", STR_ARG(code));
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
    }
    *filled = (struct str){out, n};
    return 0;
}

static int add_term(struct arena *arena, struct side *side, size_t *capacity, struct term term,
                    const char *code, struct err *err)
{
    for (uint32_t i = 0; i < side->count; i++)
        if (side->terms[i].cell == term.cell && side->terms[i].before == term.before)
            return err_set(err, ERR_INPUT, "%s stands twice on one side of a rule; name it once",
                           code);
    if (arena_grow(arena, &side->terms, side->count, capacity, sizeof *side->terms) < 0)
        return err_memory(err);
    side->terms[side->count++] = term;
    return 0;
}

static int add_cells(const struct catalog *catalog, struct arena *arena, struct side *side,
                     size_t *capacity, struct str pattern, struct term term, struct err *err)
{
    uint32_t before = side->count;
    const struct cell *only = str_has(pattern, STR("*")) ? NULL : catalog_find(catalog, pattern);
    uint16_t first = only ? only->id : 0;
    for (uint16_t id = first; id < (only ? first + 1 : CATALOG_CELLS); id++) {
        const char *code = catalog->cells[id].code;
        if (!code || !pattern_fits(pattern, str_from(code)))
            continue;
        term.cell = id;
        if (add_term(arena, side, capacity, term, code, err) < 0)
            return -1;
    }
    if (side->count == before)
        return err_set(err, ERR_INPUT, "no cell is called `%.*s`; see v_dictionary for the codes",
                       STR_ARG(pattern));
    return 0;
}

static int read_number(struct str *rest, int64_t *out, struct err *err)
{
    int64_t n = 0;
    size_t digits = 0;
    for (; digits < rest->n && is_digit(rest->p[digits]); digits++)
        if (digits < NUMBER_MOST)
            n = n * 10 + (rest->p[digits] - '0');
    if (digits > NUMBER_MOST)
        return err_set(err, ERR_INPUT, "a number in a rule has at most %d digits", NUMBER_MOST);
    *rest = str_skip(*rest, digits);
    *out = n;
    return 0;
}

/* One term behind its sign: a number, a code, or a number times a code. */
static int read_term(const struct catalog *catalog, struct arena *arena, struct str *rest,
                     struct binding binding, int sign, struct side *side, size_t *capacity,
                     struct err *err)
{
    int64_t factor = 1;
    if (rest->n && is_digit(rest->p[0])) {
        if (read_number(rest, &factor, err) < 0)
            return -1;
        skip_space(rest);
        if (!rest->n || rest->p[0] != '*') {
            side->constant += sign * factor;
            if (side->constant > CONSTANT_MOST || side->constant < -CONSTANT_MOST)
                return err_set(err, ERR_INPUT, "the numbers in a rule add up to more than it may "
                               "hold");
            return 0;
        }
        *rest = str_skip(*rest, 1);
        skip_space(rest);
    }
    size_t n = 0;
    while (n < rest->n && is_code(rest->p[n]))
        n++;
    if (n == 0 || factor == 0)
        return err_set(err, ERR_INPUT, "expected a code such as t3.new.total, found `%.*s`",
                       STR_ARG(*rest));
    char room[CODE_MOST];
    struct str code = {0};
    if (fill_in(str_slice(*rest, 0, n), binding, room, &code, err) < 0)
        return -1;
    *rest = str_skip(*rest, n);
    struct term term = {.coefficient = (int32_t)(sign * factor)};
    if (str_starts(*rest, STR("[-1]"))) {
        term.before = true;
        *rest = str_skip(*rest, 4);
    }
    return add_cells(catalog, arena, side, capacity, code, term, err);
}

int expression_read(const struct catalog *catalog, struct arena *arena, struct str text,
                    struct binding binding, struct side *out, struct err *err)
{
    struct side side = {0};
    size_t capacity = 0;
    struct str rest = text;
    int sign = 1;
    skip_space(&rest);
    if (rest.n && rest.p[0] == '-') {
        sign = -1;
        rest = str_skip(rest, 1);
        skip_space(&rest);
    }
    for (;;) {
        if (read_term(catalog, arena, &rest, binding, sign, &side, &capacity, err) < 0)
            return -1;
        skip_space(&rest);
        if (!rest.n)
            break;
        if (rest.p[0] != '+' && rest.p[0] != '-')
            return err_set(err, ERR_INPUT, "expected + or - between two codes, found `%.*s`",
                           STR_ARG(rest));
        sign = rest.p[0] == '-' ? -1 : 1;
        rest = str_skip(rest, 1);
        skip_space(&rest);
    }
    *out = side;
    return 0;
}

/* What stands for the star of the pattern in a code that fits it. */
static struct str star_of(struct str pattern, struct str code)
{
    size_t star = (size_t)str_find(pattern, STR("*"));
    return str_slice(code, star, code.n - (pattern.n - star - 1));
}

static int add_value(struct arena *arena, struct each *each, size_t *capacity, struct str value,
                     struct err *err)
{
    for (uint32_t i = 0; i < each->count; i++)
        if (str_eq(each->values[i], value))
            return 0;
    if (arena_grow(arena, &each->values, each->count, capacity, sizeof *each->values) < 0)
        return err_memory(err);
    each->values[each->count++] = value;
    return 0;
}

int each_read(const struct catalog *catalog, struct arena *arena, struct str text,
              struct each *out, struct err *err)
{
    struct each each = {0};
    size_t capacity = 0;
    struct str list = str_trim(text);
    if (list.n == 0) {
        if (add_value(arena, &each, &capacity, (struct str){"", 0}, err) < 0)
            return -1;
        *out = each;
        return 0;
    }
    if (list.n < 3 || list.p[1] != '=')
        return err_set(err, ERR_INPUT, "`each` reads `c=person business` or `r=t3.*.total`, found"
                       " `%.*s`", STR_ARG(text));
    each.variable = list.p[0];
    list = str_skip(list, 2);
    for (struct str word; str_split(&list, ' ', &word);) {
        bool starred = str_has(word, STR("*"));
        if (word.n && !starred && add_value(arena, &each, &capacity, word, err) < 0)
            return -1;
        for (uint16_t id = 0; starred && id < CATALOG_CELLS; id++) {
            const char *code = catalog->cells[id].code;
            if (code && pattern_fits(word, str_from(code)) &&
                add_value(arena, &each, &capacity, star_of(word, str_from(code)), err) < 0)
                return -1;
        }
    }
    if (!each.count)
        return err_set(err, ERR_INPUT, "`%.*s` fits no cell; see v_dictionary for the codes",
                       STR_ARG(text));
    *out = each;
    return 0;
}
