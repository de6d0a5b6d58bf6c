#include "core/recognise/outline.h"

#include <string.h>

#include "core/recognise/dates.h"
#include "core/recognise/lexicon.h"
#include "core/recognise/words.h"
#include "core/text/number.h"

/* Phrases that head the sections, longest first where one begins another. The `official` ones are
 * headings even among the cells of a table. */
static const struct {
    int number;
    bool official;
    const char *phrase;
} phrases[] = {
    {1, true, "总体情况"},
    {1, false, "基本情况|总体概况|概述|概况|工作总体情况|政府信息公开工作总体情况"},
    {2, true, "主动公开政府信息情况"},
    {2, false, "主动公开政府信息的情况|主动公开信息情况|政府信息主动公开情况|主动公开情况|"
               "行政机关主动公开政府信息情况"},
    {3, true, "收到和处理政府信息公开申请情况|行政机关收到和处理政府信息公开申请情况"},
    {3, false, "收到和处理政府信息公开申请的情况|政府信息公开申请情况|依申请公开政府信息情况|"
               "依申请公开政府信息办理情况|政府信息依申请公开情况|依申请公开情况|"
               "收到和处理信息公开申请情况"},
    {4, true, "政府信息公开行政复议、行政诉讼情况|政府信息公开行政复议行政诉讼情况|"
              "因政府信息公开工作被申请行政复议、提起行政诉讼情况"},
    {4, false, "政府信息公开行政复议和行政诉讼情况|行政复议、行政诉讼情况|行政复议和行政诉讼情况|"
               "行政复议及行政诉讼情况|复议、诉讼情况|政府信息公开行政复议、提起行政诉讼情况|"
               "因政府信息公开申请行政复议、提起行政诉讼情况|政府信息公开行政复议、诉讼情况"},
    {5, true, "存在的主要问题及改进情况|存在问题及改进情况|存在的主要问题及整改措施"},
    {5, false, "政府信息公开工作存在的主要问题|存在的主要问题|存在主要问题|存在的问题|存在问题|"
               "存在的不足|存在不足|存在的困难|主要问题|问题及改进|问题和不足"},
    {6, true, "其他需要报告的事项"},
    {6, false, "其他需要报告事项|其它需要报告的事项|其他需要说明的事项|需要报告的其他事项|"
               "需要说明的其他事项|其他需报告的事项|其他报告事项|其它需报告的事项|"
               "其他应当报告的事项|其他需要公开的事项"},
};

static const char ordinals[] = "一|二|三|四|五|六|七|八|九|十|壹|贰|叁|肆|伍|陆|1|2|3|4|5|6|7|8|9|Ⅰ|Ⅱ|Ⅲ|"
                               "Ⅳ|Ⅴ|Ⅵ";

/* What goes on with a heading: 及改进情况, 和下一步工作打算. */
static const char tails[] = "及|和|与|、|改进|整改|情况|措施|下一步|今后|工作|打算|思路|计划|的|建议|"
                            "意见|方向|以及|下步|主要|努力";

static _Thread_local struct words noise = WORDS("登录|注册|扫一扫|打印|关闭|上一篇|下一篇|相关链接|相关文档|相关附件|分享|"
                            "版权所有|主办单位|主办:|承办|网站地图|ICP备|icp备|公网安备|标识码|联系我们|"
                            "返回顶部|责任编辑|浏览次数|访问量|您是第|友情链接|Copyright|技术支持|"
                            "无障碍|收藏本站|加入收藏");

/* Bytes of the ordinal at the head of a heading (一、 第一部分 (一) 1. 2、), 0 for none. */
static size_t ordinal_of(struct str s)
{
    size_t at = starts_any(s, "第|("), n, parts = 0;
    while ((n = starts_any(str_skip(s, at), ordinals)) > 0 && parts++ < 3)
        at += n;
    if (parts == 0)
        return 0;
    size_t closes = starts_any(str_skip(s, at), "、|.|,|)|部分|章|:|·|。|．");
    at += closes;
    at += starts_any(str_skip(s, at), "、|.|:|,");
    return closes ? at : 0;
}

/* Where the heading ends that began with the phrase up to `at`: behind its tails; 0 when what
 * follows is neither a tail nor a text of its own. */
static size_t heading_end(struct str s, size_t at, bool ordinal)
{
    size_t n;
    while ((n = starts_any(str_skip(s, at), tails)) > 0)
        at += n;
    struct str rest = str_skip(s, at);
    size_t stop = starts_any(rest, ":|。|;|.|……|…");
    if (stop)
        return at + stop;
    if (rest.n == 0)
        return at;
    /* 一、总体情况(略), or text that follows on the same line */
    return ordinal ? at : 0;
}

/* Whether the head of a line holds a word that every heading has one of. */
static bool may_head(struct str flat)
{
    static _Thread_local struct words heads = WORDS("况|问题|事项|概述|不足|困难");
    return words_in(&heads, str_slice(flat, 0, 120));
}

int heading_of(struct str flat, size_t *after)
{
    if (!may_head(flat))
        return 0;
    size_t ordinal = ordinal_of(flat);
    struct str s = str_skip(flat, ordinal);
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        size_t n = starts_any(s, phrases[i].phrase);
        if (n == 0)
            continue;
        size_t end = heading_end(s, n, ordinal > 0);
        if (end == 0)
            continue;
        *after = ordinal + end;
        return phrases[i].number;
    }
    return 0;
}

/* The heading in a cell of a table: only an official one that fills it. */
static int heading_of_cell(struct str flat)
{
    if (flat.n < STR("总体情况").n || flat.n > 120 || !may_head(flat))
        return 0;
    struct str s = str_skip(flat, ordinal_of(flat));
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (phrases[i].official && starts_any(s, phrases[i].phrase) == s.n && s.n)
            return phrases[i].number;
    return 0;
}

/* The lines being gathered. */
struct gathering {
    const struct simple *simple;
    struct lexicon *lexicon;
    struct arena *arena;
    struct outline *o;
    size_t capacity;
};

/* Flattens a line: once for each short text; a figure is flat. */
static int flatten_line(struct gathering *g, struct line *line)
{
    static const uint32_t places[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    if (line->cell && line->text.n < sizeof places / sizeof *places &&
        number_is_digits(line->text)) {
        line->flat = (struct flat){line->text, line->text, places};
        return 0;
    }
    line->word = lexicon_word(g->lexicon, line->text);
    if (!line->word)
        return flatten(g->simple, g->arena, line->text, &line->flat);
    if (!(line->word->known & WORD_FLAT) &&
        flatten(g->simple, lexicon_arena(g->lexicon), line->text, &line->word->flat) < 0) {
        line->word = NULL;
        return flatten(g->simple, g->arena, line->text, &line->flat);
    }
    line->word->known |= WORD_FLAT;
    line->flat = line->word->flat;
    return 0;
}

static int add_line(struct gathering *g, struct line line)
{
    line.text = str_trim(line.text);
    if (line.text.n == 0)
        return 0;
    struct outline *o = g->o;
    if (arena_grow(g->arena, &o->lines, o->count, &g->capacity, sizeof *o->lines) < 0 ||
        flatten_line(g, &line) < 0)
        return -1;
    if (line.flat.text.n)
        o->lines[o->count++] = line;
    return 0;
}

static int add_block(struct gathering *g, const struct block *block, uint32_t index,
                     uint8_t table)
{
    struct line line = {.line = block->line, .block = index, .table = table};
    if (block->kind == BLOCK_PARAGRAPH) {
        struct str rest = block->text;
        for (; str_line(&rest, &line.text); line.line++)
            if (add_line(g, line) < 0)
                return -1;
        return 0;
    }
    line.cell = true;
    for (uint32_t i = 0; i < block->grid.count; i++) {
        line.text = block->grid.cells[i].text;
        line.line = block->grid.cells[i].line;
        if (add_line(g, line) < 0)
            return -1;
    }
    return 0;
}

static int heading_at(const struct outline *o, uint32_t i, size_t *after)
{
    const struct line *line = &o->lines[i];
    struct str flat = line->flat.text;
    struct word *word = line->word;
    if (line->table != TABLE_NONE) {
        int number = word && word->known & WORD_OFFICIAL ? word->official : heading_of_cell(flat);
        if (word)
            word->official = (uint8_t)number, word->known |= WORD_OFFICIAL;
        *after = flat.n;
        return number;
    }
    if (word && word->known & WORD_SECTION) {
        *after = word->after;
        return word->section;
    }
    int number = heading_of(flat, after);
    if (word && (number == 0 || *after <= UINT8_MAX)) {
        word->section = (uint8_t)number;
        word->after = number ? (uint8_t)*after : 0;
        word->known |= WORD_SECTION;
    }
    return number;
}

/* Of several headings of one section the first that content follows: not one of a table of
 * contents, where the next line is a heading too. */
static void find_headings(struct outline *o)
{
    bool listed[7] = {false};
    for (int n = 0; n < 7; n++)
        o->heading[n] = NOWHERE;
    size_t after = 0, next_after = 0;
    for (uint32_t i = 0; i < o->count; i++) {
        int n = heading_at(o, i, &after);
        if (n == 0)
            continue;
        int next = i + 1 < o->count ? heading_at(o, i + 1, &next_after) : 0;
        bool in_list = next == n + 1 && after == o->lines[i].flat.text.n;
        if (o->heading[n] != NOWHERE && !(listed[n] && !in_list))
            continue;
        o->heading[n] = i;
        o->after[n] = after;
        listed[n] = in_list;
    }
    /* a heading before the one of an earlier section was a list of contents, or none */
    for (int n = 2; n < 7; n++)
        if (o->heading[1] != NOWHERE && o->heading[n] != NOWHERE && o->heading[n] < o->heading[1])
            o->heading[n] = NOWHERE;
}

static bool is_noise(const struct line *line)
{
    return line->table == TABLE_NONE && char_most(line->flat.text, 60) &&
           !str_has(line->flat.text, STR("。")) && words_in(&noise, line->flat.text);
}

/* Whether a line may be a name or a date put under a text: short, no sentence. */
static bool is_short(struct str flat)
{
    static _Thread_local struct words stops = WORDS("。|;|?|!|:");
    return char_most(flat, 45) && !words_in(&stops, flat);
}

/* The date a line consists of, or ends with behind a name; `at` is where it begins. */
static bool date_line(struct str flat, size_t *at, struct date *date)
{
    while (starts_any(flat, "(") && ends_any(flat, ")"))
        flat = str_slice(flat, 1, flat.n - 1);
    if (!is_short(flat))
        return false;
    for (size_t i = 0; i < flat.n; i += char_size(str_skip(flat, i))) {
        size_t n = date_at(str_skip(flat, i), false, date);
        if (n && i + n == flat.n) {
            *at = i;
            return true;
        }
        if (n)
            i += n - 1;
    }
    return false;
}

/* The first line that the signature may stand on: behind every heading and table. */
static uint32_t last_section(const struct outline *o)
{
    uint32_t from = o->body;
    for (int n = 1; n < 7; n++)
        if (o->heading[n] != NOWHERE && o->heading[n] + 1 > from)
            from = o->heading[n] + 1;
    for (uint32_t i = from; i < o->count; i++)
        if (o->lines[i].table != TABLE_NONE)
            from = i + 1;
    return from;
}

/* The signature stands behind the last section: the agency, and the date below or above it. What
 * follows is not the report's. */
static int find_end(struct outline *o, struct arena *arena)
{
    uint32_t from = last_section(o);
    o->end = o->count;
    o->dated = o->signed_by = NOWHERE;
    for (uint32_t i = from; i < o->end; i++) {
        size_t at = 0;
        struct date date;
        if (is_noise(&o->lines[i])) {
            o->end = i;
        } else if (date_line(o->lines[i].flat.text, &at, &date)) {
            o->date = date_text(arena, date);
            o->dated = i;
            o->signed_by = at > 0 ? i : NOWHERE;
            o->end = i + 1;
        }
    }
    if (o->dated == NOWHERE) {
        if (o->end > from && is_short(o->lines[o->end - 1].flat.text))
            o->signed_by = o->end - 1;
        return 0;
    }
    uint32_t below = o->dated + 1;
    if (o->signed_by != NOWHERE)
        return o->date.p ? 0 : -1;
    if (o->dated > from && is_short(o->lines[o->dated - 1].flat.text))
        o->signed_by = o->dated - 1;
    else if (below < o->count && is_short(o->lines[below].flat.text) && !is_noise(&o->lines[below]))
        o->signed_by = below, o->end = below + 1;
    return o->date.p ? 0 : -1;
}

int outline_read(const struct recogniser *recogniser, const struct document *doc,
                 const struct tables_seen *seen, struct arena *arena, struct outline *out)
{
    struct outline o = {0};
    struct gathering gathering = {recogniser->simple, recogniser->lexicon, arena, &o, 0};
    bool listed = document_declares(doc); /* cells one a line: no text */
    if (!listed) { /* room for all of them, if each paragraph is a line */
        for (uint32_t b = 0; b < doc->count; b++)
            gathering.capacity += doc->blocks[b].kind == BLOCK_GRID ? doc->blocks[b].grid.count : 1;
        o.lines = (void *)arena_bytes(arena, gathering.capacity * sizeof *o.lines);
        if (!o.lines)
            return -1;
    }
    for (uint32_t b = 0; b < doc->count; b++) {
        if (listed && doc->blocks[b].kind == BLOCK_GRID)
            continue;
        uint8_t table = seen->block_table ? seen->block_table[b] : TABLE_NONE;
        if (add_block(&gathering, &doc->blocks[b], b, table) < 0)
            return -1;
    }
    find_headings(&o);
    o.body = o.count;
    for (int n = 1; n < 7; n++)
        if (o.heading[n] < o.body)
            o.body = o.heading[n];
    for (uint32_t i = 0; i < o.body; i++)
        if (o.lines[i].table != TABLE_NONE && !o.lines[i].cell)
            o.body = i;
    if (find_end(&o, arena) < 0)
        return -1;
    *out = o;
    return 0;
}
