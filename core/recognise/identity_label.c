/* What the page says of the report in fields of its own: 发布机构：常德市教育局, 发布日期：2023-01-20. */
#include "core/recognise/identity.h"
#include "core/recognise/words.h"

static _Thread_local struct words publishers =
    WORDS("发布机构|发文机构|发文机关|发布单位|公开机构|责任部门|信息来源|文章来源|稿件来源|来源|"
                                 "编制单位|报告单位|填报单位");
static _Thread_local struct words published =
    WORDS("发布日期|发布时间|发文日期|成文日期|生成日期|公开日期|发文时间");

/* Where the value of a field begins that the line has: behind its label and colon; -1 for none. A
 * label that fills its line (a cell of a table) has its value in the next: then the line's end. */
static ptrdiff_t value_at(struct str flat, struct words *labels, size_t from)
{
    for (size_t at = from; at < flat.n; at += char_size(str_skip(flat, at))) {
        size_t n = words_start(labels, str_skip(flat, at));
        if (n == 0)
            continue;
        if (at == 0 && n == flat.n)
            return (ptrdiff_t)n;
        n += starts_any(str_skip(flat, at + n), "(盖章)|(公章)");
        if (str_starts(str_skip(flat, at + n), STR(":")))
            return (ptrdiff_t)(at + n + 1);
    }
    return -1;
}

/* The line that holds the value, and where it begins there; false when there is none. */
static bool value_of(const struct outline *o, uint32_t i, struct words *labels, uint32_t *line,
                     size_t *from)
{
    ptrdiff_t at = value_at(o->lines[i].flat.text, labels, 0);
    if (at < 0)
        return false;
    *line = i;
    *from = (size_t)at;
    if (*from == o->lines[i].flat.text.n) {
        *line = i + 1;
        *from = 0;
    }
    return *line < o->count;
}

/* The lines above the body, where such fields stand. */
static uint32_t fields_end(const struct outline *o)
{
    return o->body < o->count ? o->body : o->count < 40 ? o->count : 40;
}

/* The agency that the text begins with at `from`: up to the next field, or as much as is a name. */
static bool name_at(const struct identity *identity, struct arena *arena, const struct line *line,
                    size_t from, struct claim *out)
{
    struct str s = line->flat.text;
    size_t end = from, n = 0;
    ptrdiff_t stop = find_any(str_skip(s, from), "字体|字号|浏览|点击|发布|时间|日期|索引|文号|【|[|作者|"
                                                 "编辑|阅读|访问|来源|分享|打印|,|。|;|20", &n);
    end = stop < 0 ? s.n : from + (size_t)stop;
    struct agency_name name;
    struct str words = str_slice(s, from, end);
    out->naming = naming_of(identity, arena, words, 0, &name);
    if (out->naming == NAMING_NONE || !name.told || (name.chain.depth && name.rest.n == 0))
        return false;
    out->agency = flat_printed(&line->flat, from, end);
    out->line = line->line;
    return true;
}

int claim_from_fields(const struct identity *identity, const struct outline *o,
                      struct arena *arena, struct claim *out)
{
    for (uint32_t i = 0; i < fields_end(o); i++) {
        uint32_t line;
        size_t from;
        *out = (struct claim){0};
        if (value_of(o, i, &publishers, &line, &from) &&
            name_at(identity, arena, &o->lines[line], from, out))
            return 0;
    }
    *out = (struct claim){0};
    return 0;
}

bool date_from_fields(const struct outline *o, struct date *out)
{
    for (uint32_t i = 0; i < fields_end(o); i++) {
        uint32_t line;
        size_t from;
        if (value_of(o, i, &published, &line, &from) &&
            date_at(str_skip(o->lines[line].flat.text, from), false, out))
            return true;
    }
    return false;
}
