#include "core/recognise/identity.h"
#include "core/recognise/words.h"

#include <string.h>

/* Lines behind the first heading that may introduce the report; bytes of a name between 由 and 编制,
 * and those that are looked through for the word behind it. */
enum { INTRODUCTION = 12, NAME_BYTES = 160, NAMED_WITHIN = NAME_BYTES + 12 };

/* Lines [0, end) that may introduce the report: all before section two, at most some behind the
 * first heading. */
static uint32_t introduction_end(const struct outline *o)
{
    uint32_t end = o->body + INTRODUCTION;
    for (int n = 2; n < 7; n++)
        if (o->heading[n] < end)
            end = o->heading[n];
    return end < o->end ? end : o->end;
}

/* Claims the agency in text[from..to) when it is one. */
static bool claim_agency(const struct identity *identity, struct arena *arena,
                         const struct line *line, size_t from, size_t to, struct claim *claim)
{
    struct agency_name name;
    struct str words = str_slice(line->flat.text, from, to);
    enum naming naming = naming_of(identity, arena, words, claim->year, &name);
    if (naming <= claim->naming || (name.chain.depth && name.rest.n == 0))
        return false;
    if (!name.told || has_any(words, "《|》|,|。|(|)|、"))
        return false;
    claim->agency = flat_printed(&line->flat, from, to);
    claim->naming = naming;
    claim->line = line->line;
    return true;
}

/* Offset behind the last of these marks before `at`: where the words before `at` begin. */
static size_t words_begin(struct str s, size_t at)
{
    static _Thread_local struct words marks =
        WORDS(",|。|;|:|、|《|》|(|)|由|“|”|定|求|神|求,|现将|和|!");
    for (size_t i = at; i-- > 0;) {
        size_t n = words_start(&marks, str_skip(s, i)) ? char_size(str_skip(s, i)) : 0;
        if (n && i + n <= at)
            return i + n;
    }
    return 0;
}

int claim_from_sentences(const struct identity *identity, const struct outline *o,
                         struct arena *arena, struct claim *out)
{
    static _Thread_local struct words makes = WORDS("编制|编写|撰写|组织编制|汇总|负责编制");
    static _Thread_local struct words laws = WORDS("根据|按照|依据");
    static _Thread_local struct words issues = WORDS("公布|发布|编制了|编制|形成|现将");
    *out = (struct claim){0};
    for (uint32_t i = 0; i < introduction_end(o); i++) {
        const struct line *line = &o->lines[i];
        struct str s = line->flat.text;
        if (line->table != TABLE_NONE || s.n < 30)
            continue;
        /* 由X编制 */
        for (size_t at = 0, n; at < s.n; at += n) {
            ptrdiff_t by = str_find(str_skip(s, at), STR("由"));
            if (by < 0)
                break;
            size_t from = at + (size_t)by + 3;
            ptrdiff_t made = words_find(&makes, str_slice(s, from, from + NAMED_WITHIN), &n);
            if (made > 0 && made < NAME_BYTES) {
                size_t to = from + (size_t)made;
                while ((n = ends_any(str_slice(s, from, to), "负责|组织|依法|统一|按照要求")) > 0)
                    to -= n;
                claim_agency(identity, arena, line, from, to, out);
            }
            n = (size_t)by + 3;
        }
        /* X根据《中华人民共和国政府信息公开条例》 */
        size_t n = 0;
        ptrdiff_t law = words_find(&laws, s, &n);
        if (law > 0)
            claim_agency(identity, arena, line, words_begin(s, (size_t)law), (size_t)law, out);
        /* 公布X2019年政府信息公开工作年度报告 */
        ptrdiff_t issue = words_find(&issues, s, &n);
        if (issue >= 0) {
            int year = 0;
            size_t length = 0;
            bool marked;
            ptrdiff_t at = year_find(s, (size_t)issue, &year, &length, &marked);
            if (at > issue && marked && has_any(str_skip(s, (size_t)at), "报告")) {
                claim_agency(identity, arena, line, (size_t)issue + n, (size_t)at, out);
                out->year = out->year ? out->year : year;
            }
        }
    }
    return 0;
}

int claim_from_signature(const struct identity *identity, const struct outline *o,
                         struct arena *arena, struct claim *out)
{
    *out = (struct claim){0};
    if (o->signed_by == NOWHERE)
        return 0;
    const struct line *line = &o->lines[o->signed_by];
    size_t to = line->flat.text.n;
    if (o->signed_by == o->dated) { /* name and date on one line */
        struct date date;
        for (to = 0; to < line->flat.text.n; to += char_size(str_skip(line->flat.text, to)))
            if (date_at(str_skip(line->flat.text, to), false, &date))
                break;
    }
    claim_agency(identity, arena, line, 0, to, out);
    return 0;
}

/* 12月31日 behind a date whose year it shares. */
static size_t day_of_year(struct str s, int year, struct date *out)
{
    char text[64];
    size_t head = 7; /* 2019年 */
    struct str rest = str_slice(s, 0, 30);
    for (int i = 3, y = year; i >= 0; i--, y /= 10)
        text[i] = (char)('0' + y % 10);
    memcpy(text + 4, "年", 3);
    memcpy(text + head, rest.p, rest.n);
    size_t n = date_at((struct str){text, head + rest.n}, false, out);
    return n > head ? n - head : 0;
}

void period_from_text(const struct outline *o, struct date *from, struct date *to, uint32_t *line)
{
    static _Thread_local struct words periods =
        WORDS("统计|时限|期限|起至|日止|所列数据|数据的");
    *from = *to = (struct date){0};
    uint32_t end = o->heading[2] < o->end ? o->heading[2] : o->end;
    for (uint32_t i = 0; i < end; i++) {
        struct str s = o->lines[i].flat.text;
        if (!words_in(&periods, s))
            continue;
        for (size_t at = 0; at < s.n; at += char_size(str_skip(s, at))) {
            struct date a, b;
            size_t n = date_at(str_skip(s, at), true, &a);
            if (n == 0)
                continue;
            size_t next = at + n, gap;
            next += starts_any(str_skip(s, next), "起|开始");
            while ((gap = starts_any(str_skip(s, next), "至|到|-|—|~|–|―|,|止")) > 0)
                next += gap;
            if (next == at + n)
                continue;
            if (date_at(str_skip(s, next), true, &b) == 0 &&
                day_of_year(str_skip(s, next), a.year, &b) == 0)
                continue;
            *from = a;
            *to = b;
            *line = o->lines[i].line;
            return;
        }
    }
}

enum { YEARS = YEAR_LAST - YEAR_FIRST + 1 };

/* How often each year is named in the prose (as 2019年), and the line where it first is. */
struct years {
    uint32_t count[YEARS], line[YEARS];
};

static void count_years(const struct outline *o, struct years *years)
{
    memset(years, 0, sizeof *years);
    for (uint32_t i = o->body; i < o->end; i++) {
        struct str s = o->lines[i].flat.text;
        int year = 0;
        size_t length = 0;
        bool marked = false;
        if (o->lines[i].table != TABLE_NONE)
            continue;
        for (ptrdiff_t at = 0; (at = year_find(s, (size_t)at, &year, &length, &marked)) >= 0;
             at += (ptrdiff_t)length)
            if (marked && years->count[year - YEAR_FIRST]++ == 0)
                years->line[year - YEAR_FIRST] = o->lines[i].line;
    }
}

/* The year named most, as an index; the later of two named as often. */
static int most_named(const struct years *years)
{
    int best = 0;
    for (int k = 1; k < YEARS; k++)
        if (years->count[k] && years->count[k] >= years->count[best])
            best = k;
    return best;
}

int year_of_prose(const struct outline *o, int year, uint32_t *line)
{
    enum { NEAR = 3 };
    struct years years;
    count_years(o, &years);
    int best = most_named(&years), found = best + YEAR_FIRST;
    /* a declared year may be any number */
    if (year >= YEAR_FIRST && year <= YEAR_LAST && years.count[year - YEAR_FIRST])
        return 0;
    if (years.count[best] < 2 || (year && (found < year - NEAR || found > year + NEAR)))
        return 0; /* one mention of another year is about something else */
    *line = years.line[best];
    return found;
}
