#include <string.h>

#include "core/recognise/identity.h"

static const char topics[] = "政府信息公开|政务信息公开|政府公开信息|信息公开|政务公开|政府信息";
static const char reports[] = "年度报告|年报|工作报告|报告";

/* Words that stand around an agency in a title without being part of it. */
static const char before_agency[] = "标题:|题目:|名称:|主题:|附件:|附件1:|附件1|附件|关于|公布|印发|发布|"
                                    "报送|转发|呈报|上报|公示|编制|做好|《|\"|“|‘|【|[|〔|-|_|—|–|·|•|:|、|"
                                    ".|,|>|»|/|#|*|+|=|~|!|<|;|。|;|?|的|开展|2.|1.|年度|年";
static const char behind_agency[] = "》|\"|”|’|】|]|〕|-|_|—|–|·|•|:|、|.|,|>|»|/|#|*|+|=|~|;|关于|公布|发布|"
                                    "的|开展|年度|(本级)|本级|部门|工作|全年|编制|做好|落实|推进|《|“|政府门户网站|"
                                    "印发|(汇总)|单位";
/* Words in which a unit speaks of itself, or a form leaves room for its name. */
static const char nobody[] = "本单位|我局|我单位|本机关|本局|本办|我办|各级|各单位|网站|栏目|平台|单位名称|"
                             "首页|某|XX|xx|××|＊|**|查询|指南|目录|专题|制度|统计表|统计期|统计时|统计指标|统计数|统计情况|情况统计";

bool looks_like_division(struct str words)
{
    size_t n = char_count(words);
    return n >= 2 && n <= 12 && ends_any(words, "市|县|区|省|自治州|盟|旗|州") &&
           !ends_any(words, "全市|全县|全区|全省|城市|地区|我市|我县|我区|我省|本市|本县|本区");
}

enum naming naming_of(const struct identity *identity, struct arena *arena, struct str words,
                      int year, struct agency_name *name)
{
    if (words.n < 6 || char_count(words) > 45 || has_any(words, nobody) ||
        agency_name_read(identity->gazetteer, identity->kinds, arena, words, year, name) < 0)
        return NAMING_NONE;
    if (name->chain.depth && (name->rest.n == 0 || name->told))
        return NAMING_PLACED;
    if (name->told && agency_name_likely(identity->kinds, name->clean))
        return name->nation ? NAMING_PLACED : NAMING_BARE;
    return looks_like_division(words) ? NAMING_BARE : NAMING_NONE;
}

static bool ascii_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
}

/* A bracket that opens (or closes) inside s without its fellow. */
static bool lone_bracket(struct str s, const char *open, const char *close)
{
    return str_has(s, str_from(open)) && !str_has(s, str_from(close));
}

/* Narrows text[from..to) to the agency that may stand in it. */
static void trim(struct str text, size_t *from, size_t *to)
{
    for (bool again = true; again && *from < *to;) {
        struct str s = str_slice(text, *from, *to);
        size_t n = starts_any(s, before_agency);
        again = true;
        if (n && n < s.n) {
            *from += n;
        } else if ((n = ends_any(s, behind_agency)) > 0) {
            *to -= n;
        } else if (ascii_word(s.p[0])) {
            *from += 1;
        } else if (ascii_word(s.p[s.n - 1])) {
            *to -= 1;
        } else if (s.p[0] == '(' && (s.p[s.n - 1] == ')' || lone_bracket(s, "(", ")"))) {
            *from += 1;
        } else if (s.p[s.n - 1] == ')' && lone_bracket(s, ")", "(")) {
            *to -= 1;
        } else if (s.p[s.n - 1] == '(') {
            *to -= 1;
        } else {
            again = false;
        }
    }
    /* of a path 首页>信息公开>年报 the last step */
    for (size_t at = *from; at < *to; at++)
        if (strchr(">/|", text.p[at]) != NULL && at + 1 < *to) {
            *from = at + 1;
            trim(text, from, to);
            return;
        }
}

/* Reads the agency in text[from..to), when one stands there. */
static bool agency_in(const struct identity *identity, struct arena *arena,
                      const struct flat *flat, size_t from, size_t to, struct claim *claim)
{
    struct str whole = str_slice(flat->text, from, to);
    if (starts_any(whole, "全市|全县|全区|全省|全州|全盟") == whole.n && whole.n) {
        claim->whole = true;
        return false;
    }
    trim(flat->text, &from, &to);
    if (ends_any(str_slice(flat->text, from, to), "全市|全县|全区|全省|全州|全盟")) {
        claim->whole = true;
        to -= 6;
    }
    struct agency_name name;
    /* compared in simplified characters, kept as printed */
    enum naming naming = naming_of(identity, arena, str_slice(flat->text, from, to), claim->year,
                                   &name);
    if (naming == NAMING_NONE)
        return false;
    struct str printed = flat_printed(flat, from, to);
    bool bare = (name.chain.depth && name.rest.n == 0 && name.kind == KIND_GOVERNMENT) ||
                (!name.told && looks_like_division(printed));
    if (bare) {
        char *p = arena_alloc(arena, printed.n + 13);
        if (!p)
            return false;
        memcpy(p, printed.p, printed.n);
        memcpy(p + printed.n, "人民政府", 13);
        printed = (struct str){p, printed.n + 12};
        claim->whole = true;
    }
    claim->agency = printed;
    claim->naming = naming;
    return true;
}

/* Where the topic begins; 政府 belongs to 人民政府 before it. */
static size_t topic_at(struct str text, size_t *end)
{
    size_t n = 0;
    ptrdiff_t at = find_any(text, topics, &n);
    if (at < 0) {
        *end = text.n;
        return text.n;
    }
    *end = (size_t)at + n;
    if (str_starts(str_skip(text, (size_t)at), STR("政府")) &&
        str_ends(str_slice(text, 0, (size_t)at), STR("人民")))
        return (size_t)at + 6;
    return (size_t)at;
}

/* Reads `flat.text[from..]`, a title without another one inside it. */
static void read_plain(const struct identity *identity, struct arena *arena,
                       const struct flat *flat, size_t from, struct claim *claim)
{
    struct str text = flat->text, t = str_skip(text, from);
    size_t topic_end, n = 0, length = 0, year_end = 0;
    size_t topic = topic_at(t, &topic_end);
    bool marked = false;
    int year = 0;
    ptrdiff_t year_from = -1;
    for (size_t at = 0;;) { /* the first year with 年, else the first */
        int y = 0;
        size_t l = 0;
        bool m = false;
        ptrdiff_t found = year_find(t, at, &y, &l, &m);
        if (found < 0)
            break;
        if (year_from < 0 || (m && !marked)) {
            year_from = found;
            year = y;
            length = l;
            marked = m;
        }
        at = (size_t)found + (l ? l : 1);
    }
    claim->topic = topic < t.n;
    claim->year = year;
    size_t report_end = 0;
    for (struct str rest = t; find_any(rest, reports, &n) >= 0;) {
        size_t step = (size_t)find_any(rest, reports, &n) + n;
        report_end += step;
        rest = str_skip(rest, step);
        claim->report = true;
    }
    if (!claim->topic) {
        ptrdiff_t at = find_any(t, reports, &n);
        topic = at < 0 ? t.n : (size_t)at;
        topic_end = at < 0 ? t.n : (size_t)at + n;
    }
    if (year_from >= 0)
        year_end = (size_t)year_from + length;
    size_t head = year_from >= 0 && (size_t)year_from < topic ? (size_t)year_from : topic;
    size_t tail = report_end > topic_end ? report_end : topic_end;
    if (year_end > tail)
        tail = year_end;
    if (agency_in(identity, arena, flat, from, from + head, claim))
        return;
    if (year_from >= 0 && year_end < topic &&
        agency_in(identity, arena, flat, from + year_end, from + topic, claim))
        return;
    if (tail < t.n && !has_any(str_skip(t, tail), "网|版|首页"))
        agency_in(identity, arena, flat, from + tail, text.n, claim);
}

/* Where the last step of 首页>信息公开>X年报 begins, when it is a report; else 0. */
static size_t last_step(struct str text)
{
    for (size_t at = text.n; at-- > 1;)
        if (text.p[at] == '>' || str_starts(str_skip(text, at), STR("»")))
            return has_any(str_skip(text, at), reports) ? at + 1 : 0;
    return 0;
}

int claim_from_title(const struct identity *identity, struct arena *arena, struct str printed,
                     struct claim *out)
{
    struct flat flat;
    if (flatten(identity->simple, arena, printed, &flat) < 0)
        return -1;
    struct claim claim = {0};
    claim.periodic = has_any(flat.text, "季度|季报|上半年|下半年|半年报|月报|月份");
    size_t step = last_step(flat.text);
    ptrdiff_t about = str_find(flat.text, STR("关于"));
    if (step) {
        read_plain(identity, arena, &flat, step, &claim);
    } else if (about >= 0) { /* X关于印发《Y》的通知: what it is about goes before who says so */
        read_plain(identity, arena, &flat, (size_t)about + 6, &claim);
        if (claim.agency.n == 0 && about > 0)
            agency_in(identity, arena, &flat, 0, (size_t)about, &claim);
    } else {
        read_plain(identity, arena, &flat, 0, &claim);
    }
    *out = claim;
    return 0;
}

/* What a title may look like: short, no sentence. */
static bool may_be_title(struct str flat)
{
    return char_count(flat) <= 70 &&
           !has_any(flat, "。|;|编制|根据|按照|如下|现将|组成|联系|电话:|来源:|发布时间|发布日期|日期:");
}

static int worth(const struct claim *claim, uint32_t lines)
{
    if (!claim->topic && !claim->report)
        return 0;
    return (claim->topic && claim->report ? 8 : 3) + 2 * (int)claim->naming +
           (claim->year ? 3 : 0) - (int)lines + 1;
}

/* The text of lines [first, first + count) put together. */
static struct str join(struct arena *arena, const struct outline *o, uint32_t first,
                       uint32_t count)
{
    size_t size = 1, n = 0;
    for (uint32_t i = first; i < first + count; i++)
        size += o->lines[i].text.n;
    char *p = arena_alloc(arena, size);
    for (uint32_t i = first; p && i < first + count; i++) {
        memcpy(p + n, o->lines[i].text.p, o->lines[i].text.n);
        n += o->lines[i].text.n;
    }
    return (struct str){p, p ? n : 0};
}

/* A title over several lines: a name or the first half of one above, no list of titles. */
static bool may_join(const struct identity *identity, struct arena *arena,
                     const struct outline *o, uint32_t first, uint32_t count)
{
    for (uint32_t i = first; i + 1 < first + count; i++) {
        struct claim claim;
        const struct line *line = &o->lines[i];
        if (!may_be_title(line->flat.text) || has_any(line->flat.text, reports) ||
            char_count(line->flat.text) > 40 || has_any(line->flat.text, ">|»|首页|网站|门户") ||
            claim_from_title(identity, arena, line->text, &claim) < 0 ||
            (claim.naming == NAMING_NONE && !claim.year && !claim.topic))
            return false;
    }
    return true;
}

int claim_from_text(const struct identity *identity, const struct outline *o, struct arena *arena,
                    struct claim *out, struct str *title)
{
    enum { WINDOW = 80, LINES = 3 };
    int best = 0;
    uint32_t limit = o->body < o->count ? o->body : (o->count < 40 ? o->count : 40);
    uint32_t first = limit > WINDOW ? limit - WINDOW : 0;
    *out = (struct claim){0};
    *title = (struct str){0};
    for (uint32_t i = limit; i-- > first;) {
        if (!may_be_title(o->lines[i].flat.text) || o->lines[i].flat.text.n < 6)
            continue;
        for (uint32_t count = 1; count <= LINES && count <= i - first + 1; count++) {
            uint32_t from = i + 1 - count;
            struct claim claim;
            if (count > 1 && !may_join(identity, arena, o, from, count))
                break;
            struct str text = count == 1 ? o->lines[i].text : join(arena, o, from, count);
            if (!text.p || claim_from_title(identity, arena, text, &claim) < 0)
                return -1;
            int value = worth(&claim, count);
            if (value <= best)
                continue;
            best = value;
            claim.line = o->lines[from].line;
            *out = claim;
            *title = text;
        }
    }
    return 0;
}
