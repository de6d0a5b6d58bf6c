#include "core/model/agency_name.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/table.h"
#include "core/text/simple.h"

enum { ROWS_MAX = 256 };

enum part { PART_IS, PART_STARTS, PART_ENDS };

struct row {
    enum part part;
    struct str text, has, as;
    enum agency_kind kind;
    bool nation;
};

struct agency_kinds {
    struct row rows[ROWS_MAX];
    uint32_t count;
    struct simple *simple;
};

static const char *const kind_names[] = {"government", "office", "department", "township",
                                         "subdistrict", "zone", "vertical", "other"};
static const char *const kind_chinese[] = {"政府", "办公室", "部门", "乡镇",
                                           "街道", "开发区", "垂直管理", "其他"};

int agency_kind_from(struct str name)
{
    for (int i = 0; i < 8; i++)
        if (str_eq(name, str_from(kind_names[i])) || str_eq(name, str_from(kind_chinese[i])))
            return i;
    return -1;
}

const char *agency_kind_name(enum agency_kind kind)
{
    return kind_names[kind];
}

int agency_kinds_new(struct agency_kinds **out, struct err *err)
{
    static const char *const parts[] = {"is", "starts", "ends"};
    struct table t;
    if (table_open(&t, "kinds.tsv", err) < 0)
        return -1;
    struct agency_kinds *kinds = calloc(1, sizeof *kinds);
    if (!kinds)
        return err_refused(err);
    if (simple_new(&kinds->simple, err) < 0) {
        agency_kinds_free(kinds);
        return -1;
    }
    while (table_next(&t)) {
        int kind = agency_kind_from(table_get(&t, "kind")), part = 0;
        while (part < 3 && !str_eq(table_get(&t, "part"), str_from(parts[part])))
            part++;
        if (kind < 0 || part == 3 || kinds->count == ROWS_MAX || table_get(&t, "text").n == 0) {
            agency_kinds_free(kinds);
            return err_set(err, ERR_SYSTEM, "sql/%s:%u contradicts itself; correct the table",
                           t.name, t.line);
        }
        kinds->rows[kinds->count++] = (struct row){
            .part = (enum part)part,
            .text = table_get(&t, "text"),
            .has = table_get(&t, "has"),
            .as = table_get(&t, "as"),
            .kind = (enum agency_kind)kind,
            .nation = table_number(&t, "nation", 0) == 1,
        };
    }
    *out = kinds;
    return 0;
}

void agency_kinds_free(struct agency_kinds *kinds)
{
    if (kinds)
        simple_free(kinds->simple);
    free(kinds);
}

static size_t char_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

/* Bytes of the character at the head of s. */
static size_t character(struct str s)
{
    size_t n = 1;
    while (n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* A copy without white space, in simplified characters; full-width brackets stay as printed. */
static struct str cleaned(const struct simple *simple, struct arena *arena, struct str s)
{
    static const char *const spaces[] = {"\xC2\xA0", "\xE3\x80\x80", "\xEF\xBB\xBF",
                                         "\xE2\x80\x8B", "\xE2\x80\x83", "\xE2\x80\x82"};
    char *p = arena_alloc(arena, s.n + 4);
    if (!p)
        return (struct str){0};
    size_t n = 0;
    while (s.n) {
        size_t size = character(s), skip = s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r');
        for (size_t i = 0; !skip && i < sizeof spaces / sizeof *spaces; i++)
            if (str_starts(s, str_from(spaces[i])))
                skip = strlen(spaces[i]);
        if (!skip && n)
            skip = latin_reading(s);
        if (!skip)
            n += simple_char(simple, str_slice(s, 0, size), p + n);
        s = str_skip(s, skip ? skip : size);
    }
    return (struct str){p, n};
}

/* `before` and `rest` with a trailing bracket (another name of the same agency) left out, full-
 * width brackets made narrow, and the ending of `row` in its usual form. */
static struct str key_of(struct arena *arena, struct str before, struct str rest,
                         const struct row *row)
{
    size_t size = before.n + rest.n + 32;
    char *p = arena_alloc(arena, size);
    if (!p)
        return (struct str){0};
    struct str tail = {0};
    if (row && row->part == PART_ENDS && row->as.n && str_ends(rest, row->text)) {
        rest.n -= row->text.n;
        tail = row->as;
    }
    size_t n = 0;
    const struct str parts[] = {before, rest, tail};
    for (int i = 0; i < 3; i++)
        for (struct str s = parts[i]; s.n && n < size - 1;) {
            bool opens = str_starts(s, STR("（")), closes = str_starts(s, STR("）"));
            p[n++] = opens ? '(' : closes ? ')' : s.p[0];
            s = str_skip(s, opens || closes ? 3 : 1);
        }
    return (struct str){p, n};
}

/* Without a trailing bracket and what is in it, when something is left: 文旅局(文物局). */
static struct str without_bracket(struct str s)
{
    static const char *const open[] = {"(", "（"}, *const close[] = {")", "）"};
    for (int i = 0; i < 2; i++) {
        ptrdiff_t at = str_find(s, str_from(open[i]));
        if (at > 0 && str_ends(s, str_from(close[i])))
            return str_slice(s, 0, (size_t)at);
    }
    return s;
}

/* The row of what stands behind the place; `around` is where the words of `has` may stand. */
static const struct row *row_of_ending(const struct agency_kinds *kinds, struct str rest,
                                       struct str around)
{
    for (uint32_t i = 0; i < kinds->count; i++) {
        const struct row *row = &kinds->rows[i];
        if (row->part == PART_ENDS && str_ends(rest, row->text) && str_has(around, row->has))
            return row;
    }
    return NULL;
}

static const struct row *row_of_head(const struct agency_kinds *kinds, struct str name)
{
    for (uint32_t i = 0; i < kinds->count; i++) {
        const struct row *row = &kinds->rows[i];
        if (row->part == PART_IS && str_eq(name, row->text))
            return row;
        if (row->part == PART_STARTS && str_starts(name, row->text))
            return row;
    }
    return NULL;
}

bool agency_name_likely(const struct agency_kinds *kinds, struct str rest)
{
    rest = without_bracket(rest);
    const struct row *row = row_of_ending(kinds, rest, rest);
    if (row_of_head(kinds, rest))
        return true;
    if (!row)
        return false;
    /* 局 and 办公室 alone are no agencies, nor is 街道办事处; 税务局 and 党政办公室 are */
    bool nameless = char_count(row->text) < 3 ||
                    !(row->kind == KIND_OFFICE || row->kind == KIND_VERTICAL ||
                      row->kind == KIND_GOVERNMENT);
    return rest.n > row->text.n || !nameless;
}

/* Whether a zone's name stands in the rest with something behind it: 经济技术开发区|财政局. */
static bool lies_in_zone(struct str rest)
{
    static const char *const zones[] = {"开发区", "经开区", "高新区", "示范区", "管理区", "工业园区",
                                        "产业园区", "保税区", "度假区", "试验区", "合作区", "新区"};
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        struct str zone = str_from(zones[i]);
        ptrdiff_t at = str_find(rest, zone);
        if (at >= 0 && (size_t)at + zone.n < rest.n)
            return true;
    }
    return false;
}

/* Bytes of the 市, 县, 区, 省 or 州 with which a unit names its own region: 市教育局. 市场监督管理局
 * and 市政管理局 begin with another word. */
static size_t own_region(const struct agency_kinds *kinds, struct str name)
{
    static const char *const regions[] = {"市", "县", "区", "省", "州", "盟", "旗", "本"};
    static const char *const words[] = {"市场", "市容", "市政管", "市政公", "市政工", "市政设", "区域",
                                        "市民", "县域"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(name, str_from(words[i])))
            return 0;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (str_starts(name, str_from(regions[i])) &&
            agency_name_likely(kinds, str_skip(name, 3)))
            return 3;
    return 0;
}

/* 常德经济技术开发区: a short form stands for its city where a zone's name follows. */
static void zone_chain(const struct gazetteer *gazetteer, const struct agency_kinds *kinds,
                       struct str name, int year, struct chain *out)
{
    static const char *const zones[] = {"经济", "经开", "高新", "工业", "产业", "综合", "保税",
                                        "国家", "旅游", "临港", "空港", "新区", "出口"};
    struct chain chain;
    gazetteer_chain(gazetteer, name, year, true, &chain);
    struct str rest = str_skip(name, chain.length);
    const struct row *row = row_of_ending(kinds, rest, rest);
    bool zone = (row && row->kind == KIND_ZONE) || lies_in_zone(rest);
    for (size_t i = 0; zone && chain.depth && i < sizeof zones / sizeof *zones; i++)
        if (str_starts(rest, str_from(zones[i])))
            *out = chain;
}

/* Finds the divisions in a name, and what stands before and behind them. `head` is the row of the
 * words it begins with, or NULL. */
static void read_places(const struct gazetteer *gazetteer, const struct agency_kinds *kinds,
                        const struct row *head, int year, struct agency_name *a)
{
    gazetteer_chain(gazetteer, a->clean, year, false, &a->chain);
    if (a->chain.depth == 0)
        zone_chain(gazetteer, kinds, a->clean, year, &a->chain);
    a->rest = str_skip(a->clean, a->chain.length);
    if (a->chain.depth)
        return;
    if (head && head->part == PART_STARTS) { /* 国家税务总局|常德市|税务局 */
        struct str behind = str_skip(a->clean, head->text.n);
        gazetteer_chain(gazetteer, behind, year, head->kind == KIND_VERTICAL, &a->chain);
        if (a->chain.depth) {
            a->before = head->text;
            a->rest = str_skip(behind, a->chain.length);
        }
    } else if (!head) {
        size_t own = own_region(kinds, a->clean);
        a->own_region = own > 0;
        a->rest = str_skip(a->clean, own);
    }
}

/* The row that decides the kind; sets whether the agency is the nation's. */
static const struct row *read_kind(const struct agency_kinds *kinds, const struct row *head,
                                   struct str plain, struct agency_name *a)
{
    bool zone = a->chain.depth && a->chain.last.place[0]->level == LEVEL_ZONE;
    const struct row *row = row_of_ending(kinds, plain, zone ? a->clean : plain);
    if (!head || (a->chain.depth && head->kind != KIND_VERTICAL))
        return row;
    if (a->chain.depth)
        return head->part == PART_STARTS ? head : row;
    struct str behind = str_skip(a->clean, head->text.n);
    const struct row *next = behind.n ? row_of_head(kinds, behind) : NULL;
    if (head->part == PART_STARTS && next && next->part == PART_IS) {
        a->nation = next->nation; /* 中华人民共和国教育部 */
        return next;
    }
    if (head->kind == KIND_VERTICAL) { /* 国家税务总局; but 中华人民共和国长沙海关 is no ministry */
        a->nation = head->nation && behind.n == 0;
        return head;
    }
    a->nation = head->nation; /* 国家林业和草原局 */
    return head->part == PART_IS || !row ? head : row;
}

int agency_name_read(const struct gazetteer *gazetteer, const struct agency_kinds *kinds,
                     struct arena *arena, struct str name, int year, struct agency_name *out)
{
    struct agency_name a = {.kind = KIND_OTHER};
    a.clean = cleaned(kinds->simple, arena, name);
    if (!a.clean.p)
        return -1;
    const struct row *head = row_of_head(kinds, a.clean);
    read_places(gazetteer, kinds, head, year, &a);
    struct str plain = without_bracket(a.rest);
    const struct row *row = read_kind(kinds, head, plain, &a);
    bool zone = a.chain.depth && a.chain.last.place[0]->level == LEVEL_ZONE;
    if (plain.n == 0 && a.chain.depth) {
        a.kind = zone ? KIND_ZONE : KIND_GOVERNMENT;
        a.told = true;
        a.key = zone ? STR("管委会") : STR("人民政府");
    } else {
        a.kind = row ? row->kind : KIND_OTHER;
        a.told = row != NULL;
        a.key = key_of(arena, a.before, plain, row);
        if (!a.key.p)
            return -1;
    }
    a.in_zone = !zone && a.kind != KIND_VERTICAL && a.kind != KIND_ZONE && lies_in_zone(plain);
    *out = a;
    return 0;
}
