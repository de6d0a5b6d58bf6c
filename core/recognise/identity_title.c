#include <string.h>

#include "core/recognise/identity.h"
#include "core/recognise/words.h"

static _Thread_local struct words topics =
    WORDS("政府信息公开|政务信息公开|政府公开信息|信息公开|政务公开");
static _Thread_local struct words weak_topics = WORDS("政府信息|公开工作");
static _Thread_local struct words reports = WORDS("年度报告|年报|工作报告|报告");

/* A title's parts, as offsets: the year, and the end of what makes it a report. */
struct parts {
    size_t year_from, year_end; /* both at the end of the text where there is no year */
    size_t tail;
    int year;
};

/* The first year with 年, else the first. */
static void find_year(struct str t, struct parts *parts)
{
    bool marked = false;
    parts->year_from = parts->year_end = t.n;
    for (size_t at = 0;;) {
        int year = 0;
        size_t length = 0;
        bool m = false;
        ptrdiff_t found = year_find(t, at, &year, &length, &m);
        if (found < 0)
            return;
        if (!parts->year || (m && !marked)) {
            parts->year_from = (size_t)found;
            parts->year_end = (size_t)found + length;
            parts->year = year;
            marked = m;
        }
        at = (size_t)found + length;
    }
}

/* Where the last of these words that ends within text[0..end) begins, -1 for none. A word inside a
 * longer one (信息公开 in 政府信息公开) is none. */
static ptrdiff_t last_of(struct str text, size_t end, struct words *words, size_t *length)
{
    ptrdiff_t last = -1;
    for (size_t at = 0; at < end;) {
        size_t n = words_start(words, str_slice(text, at, end));
        if (n) {
            last = (ptrdiff_t)at;
            *length = n;
        }
        at += n ? n : char_size(str_skip(text, at));
    }
    return last;
}

/* Reads the agency of a title that speaks of its topic from `topic` on: before it, or between the
 * year and it. */
static bool agency_before(const struct identity *identity, struct arena *arena,
                          const struct flat *flat, size_t from, const struct parts *parts,
                          size_t topic, struct claim *claim)
{
    struct str t = str_skip(flat->text, from);
    size_t to = topic;
    /* 政府 belongs to 人民政府 before it, not to 政府信息公开 */
    if (str_ends(str_slice(t, 0, topic), STR("人民")) && str_starts(str_skip(t, topic), STR("政府")))
        to += sizeof "政府" - 1;
    if (parts->year_from >= topic)
        return agency_in(identity, arena, flat, from, from + to, claim);
    return agency_in(identity, arena, flat, from, from + parts->year_from, claim) ||
           (parts->year_end < to &&
            agency_in(identity, arena, flat, from + parts->year_end, from + to, claim));
}

/* Where the rest of a title begins that has nothing but the year before 年报 (2020年报_审计局); 0 for
 * other titles. */
static size_t behind_report(struct str t, const struct parts *parts)
{
    size_t at = parts->year && parts->year_from == 0 ? parts->year_end : 0, n;
    if (at && str_ends(str_slice(t, 0, at), STR("年")) && str_starts(str_skip(t, at), STR("报")))
        at -= sizeof "年" - 1; /* 2020年报 */
    while ((n = starts_any(str_skip(t, at), "政府信息公开|信息公开|政务公开|工作|情况|_|-|:|的")) > 0)
        at += n;
    return (n = words_start(&reports, str_skip(t, at))) > 0 ? at + n : 0;
}

/* Reads `flat.text[from..]`, a title without another one inside it. An agency's name may hold the
 * words of the topic itself (政务公开办公室): the last ones that leave a name before them count. */
static void read_plain(const struct identity *identity, struct arena *arena,
                       const struct flat *flat, size_t from, struct claim *claim)
{
    struct str t = str_skip(flat->text, from);
    struct parts parts = {0};
    size_t n = 0;
    find_year(t, &parts);
    claim->year = parts.year;
    ptrdiff_t report = last_of(t, t.n, &reports, &n);
    claim->report = report >= 0;
    parts.tail = report >= 0 ? (size_t)report + n : 0;
    ptrdiff_t topic = last_of(t, t.n, &topics, &n);
    claim->topic = topic >= 0;
    struct words *words = claim->topic ? &topics : &weak_topics;
    if (topic < 0)
        topic = last_of(t, t.n, &weak_topics, &n);
    if (topic >= 0 && (size_t)topic + n > parts.tail)
        parts.tail = (size_t)topic + n;
    if (parts.year && parts.year_end > parts.tail)
        parts.tail = parts.year_end;
    size_t behind = behind_report(t, &parts);
    claim->tail = behind && agency_in(identity, arena, flat, from + behind, flat->text.n, claim);
    if (claim->tail)
        return;
    if (parts.year && agency_in(identity, arena, flat, from, from + parts.year_from, claim))
        return;
    if (topic < 0) {
        topic = report < 0 ? (ptrdiff_t)t.n : report;
        words = &reports;
    }
    for (; topic >= 0; topic = last_of(t, (size_t)topic, words, &n))
        if (agency_before(identity, arena, flat, from, &parts, (size_t)topic, claim))
            return;
    claim->tail = parts.tail < t.n &&
                  agency_in(identity, arena, flat, from + parts.tail, flat->text.n, claim);
}

/* Where the last step of 首页>信息公开>X年报 begins, when it is a report; else 0. */
static size_t last_step(struct str text)
{
    for (size_t at = text.n; at-- > 1;)
        if (text.p[at] == '>' || str_starts(str_skip(text, at), STR("»")))
            return words_in(&reports, str_skip(text, at)) ? at + 1 : 0;
    return 0;
}

int title_read(const struct identity *identity, struct arena *arena, struct str printed,
               struct claim *out)
{
    struct flat flat;
    if (flatten(identity->simple, arena, printed, &flat) < 0)
        return -1;
    static _Thread_local struct words periods =
        WORDS("季度|季报|上半年|下半年|半年报|月报|月份");
    struct claim claim = {0};
    claim.periodic = words_in(&periods, flat.text);
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
    static _Thread_local struct words others =
        WORDS("。|;|编制本|编制而|编制完|编制,|根据《|按照《|根据国|根据省|根据中华|按照国|"
                          "按照省|按照要求|如下|现将|部分组成|联系方式|联系电话|电话:|来源:|发布时间|"
                          "发布日期|日期:");
    return char_most(flat, 70) && !words_in(&others, flat);
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
        if (!may_be_title(line->flat.text) || words_in(&reports, line->flat.text) ||
            !char_most(line->flat.text, 40) || has_any(line->flat.text, ">|»|首页|网站|门户") ||
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
