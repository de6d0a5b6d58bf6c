#include "tests/generate/manner.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/buf.h"

static const char *const names[QUIRKS] = {
    [QUIRK_WIDE_PUNCTUATION] = "wide_punctuation",
    [QUIRK_ORDINAL_COMMA] = "ordinal_comma",
    [QUIRK_INNER_SPACES] = "inner_spaces",
    [QUIRK_QUOTES] = "quotes",
    [QUIRK_TYPO] = "typo",
    [QUIRK_SHORT_LABELS] = "short_labels",
    [QUIRK_NO_ORDINALS] = "no_ordinals",
    [QUIRK_EXPLANATIONS] = "explanations",
    [QUIRK_TRADITIONAL] = "traditional",
    [QUIRK_PINYIN] = "pinyin",
    [QUIRK_OLD_NAME] = "old_name",
    [QUIRK_EXTRA_ROW] = "extra_row",
    [QUIRK_HEADINGS] = "headings",
    [QUIRK_THOUSANDS] = "thousands",
    [QUIRK_WIDE_DIGITS] = "wide_digits",
    [QUIRK_UNITS] = "units",
    [QUIRK_NOTES] = "notes",
    [QUIRK_SPACED_FIGURES] = "spaced_figures",
    [QUIRK_SIGNED] = "signed",
    [QUIRK_YUAN] = "yuan",
    [QUIRK_BLANK] = "blank",
    [QUIRK_NA] = "na",
    [QUIRK_FOUR_IN_THREE] = "four_in_three",
    [QUIRK_THREE_IN_PIECES] = "three_in_pieces",
    [QUIRK_OTHER_IN_ONE] = "other_in_one",
};

struct change {
    const char *from, *to;
};

static const struct change wide[] = {{"(", "（"}, {")", "）"}, {",", "，"}, {":", "："}, {0}};
static const struct change comma[] = {{"1.", "1、"}, {"2.", "2、"}, {"3.", "3、"}, {"4.", "4、"},
                                      {"5.", "5、"}, {"6.", "6、"}, {"7.", "7、"}, {"8.", "8、"},
                                      {0}};
static const struct change spaced[] = {{"商业企业", "商业 企业"},
                                       {"科研机构", "科研 机构"},
                                       {"结果维持", "结 果 维 持"},
                                       {"行政处罚", "行政 处罚"},
                                       {"统计指标", "统 计 指 标"},
                                       {"总计", "总 计"},
                                       {0}};
static const struct change ascii_quotes[] = {{"“", "\""}, {"”", "\""}, {0}};
static const struct change corner_quotes[] = {{"“", "「"}, {"”", "」"}, {0}};
static const struct change single_quotes[] = {{"“", "‘"}, {"”", "’"}, {0}};
static const struct change typos[] = {{"其他法律行政法规禁止公开", "其他法律行政止公开"},
                                      {"没有现成信息需要另行制作", "没有现成信息需另行制作"},
                                      {"社会公益组织", "社会公益组级"},
                                      {"无正当理由大量反复申请", "无正当理由大量反覆申请"},
                                      {0}};
static const struct change shorter[] = {{"(区分处理的,只计这一情形,不计其他情形)", ""},
                                        {"、行政机关不再处理其政府信息公开申请", ""},
                                        {"(不同渠道和方式公开相同信息计1条)", ""},
                                        {"(不包括政府公报及政府网站工作人员数)", ""},
                                        {0}};
static const struct change no_ordinals[] = {{"一、本年新收", "本年新收"},
                                            {"二、上年结转", "上年结转"},
                                            {"四、结转下年度", "结转下年度"},
                                            {"三、本年度办理", "本年度办理"},
                                            {0}};
static const struct change traditional[] = {
    {"开", "開"}, {"数", "數"}, {"项", "項"}, {"规", "規"}, {"总", "總"}, {"业", "業"},
    {"关", "關"}, {"机", "機"}, {"务", "務"}, {"处", "處"}, {"结", "結"}, {"计", "計"},
    {"诉", "訴"}, {"议", "議"}, {"维", "維"}, {"纠", "糾"}, {"审", "審"}, {"转", "轉"},
    {"请", "請"}, {"执", "執"}, {"过", "過"}, {"个", "個"}, {0}};
static const struct change pinyin[] = {{"数", "數(shù)"}, {"据", "據(jù)"}, {"总", "總(zǒng)"},
                                       {"规", "規(guī)"}, {0}};
static const struct change old_name[] = {{"行政规范性文件", "规范性文件"}, {0}};

const char *quirk_name(enum quirk quirk)
{
    return names[quirk];
}

bool manner_has(const struct manner *manner, enum quirk quirk)
{
    return manner->quirks >> quirk & 1;
}

struct str text_replace(struct arena *arena, struct str text, const char *from, const char *to)
{
    struct buf buf = buf_new(1 << 20);
    ptrdiff_t at;
    while ((at = str_find(text, str_from(from))) >= 0) {
        buf_add(&buf, str_slice(text, 0, (size_t)at));
        buf_text(&buf, to);
        text = str_skip(text, (size_t)at + strlen(from));
    }
    buf_add(&buf, text);
    struct str copy = arena_copy(arena, buf_str(&buf));
    buf_free(&buf);
    return copy;
}

static struct str changed(struct manner *m, struct str text, const struct change *changes)
{
    for (; changes->from; changes++)
        text = text_replace(m->arena, text, changes->from, changes->to);
    return text;
}

struct str manner_label(struct manner *m, struct str label)
{
    static const struct change *const quotes[] = {ascii_quotes, corner_quotes, single_quotes};
    if (manner_has(m, QUIRK_EXPLANATIONS) && str_eq(label, STR("规章")))
        label = STR("规章(设区的市、自治州人民政府应提供相关数据)");
    else if (manner_has(m, QUIRK_EXPLANATIONS) && str_ends(label, STR("规范性文件")))
        label = text_replace(m->arena, label, "规范性文件", "规范性文件(以部门名义印发的)");
    if (manner_has(m, QUIRK_SHORT_LABELS))
        label = changed(m, label, shorter);
    if (manner_has(m, QUIRK_NO_ORDINALS))
        label = changed(m, label, no_ordinals);
    if (manner_has(m, QUIRK_TYPO))
        label = changed(m, label, typos);
    if (manner_has(m, QUIRK_OLD_NAME))
        label = changed(m, label, old_name);
    if (manner_has(m, QUIRK_QUOTES))
        label = changed(m, label, quotes[m->random.state % 3]);
    if (manner_has(m, QUIRK_ORDINAL_COMMA))
        label = changed(m, label, comma);
    if (manner_has(m, QUIRK_INNER_SPACES))
        label = changed(m, label, spaced);
    if (manner_has(m, QUIRK_PINYIN))
        label = changed(m, label, pinyin);
    if (manner_has(m, QUIRK_TRADITIONAL))
        label = changed(m, label, traditional);
    if (manner_has(m, QUIRK_WIDE_PUNCTUATION))
        label = changed(m, label, wide);
    return label;
}

/* 1234567 -> 1,234,567 */
static void add_thousands(struct buf *buf, int64_t value, const char *separator)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%" PRId64, value < 0 ? -value : value);
    if (value < 0)
        buf_char(buf, '-');
    for (int i = 0; i < n; i++) {
        if (i && (n - i) % 3 == 0)
            buf_text(buf, separator);
        buf_char(buf, digits[i]);
    }
}

static void add_figure(struct manner *m, struct buf *buf, const struct cell *cell, int64_t value)
{
    bool money = cell->kind == CELL_MONEY;
    int64_t whole = money ? value / MONEY_SCALE : value;
    int64_t part = money ? value % MONEY_SCALE : 0;
    if (money && manner_has(m, QUIRK_YUAN)) {
        buf_printf(buf, "%" PRId64 "元", value / (MONEY_SCALE / 10000));
        return;
    }
    if (manner_has(m, QUIRK_SIGNED) && cell->kind == CELL_SIGNED && value > 0)
        buf_char(buf, '+');
    if (manner_has(m, QUIRK_THOUSANDS))
        add_thousands(buf, whole, m->random.state & 1 ? "," : "，");
    else
        buf_printf(buf, "%" PRId64, whole);
    if (part) {
        char decimals[16];
        int n = snprintf(decimals, sizeof decimals, ".%08" PRId64, part < 0 ? -part : part);
        while (n && decimals[n - 1] == '0')
            decimals[--n] = 0;
        buf_text(buf, decimals);
    }
    if (manner_has(m, QUIRK_UNITS) && !money && random_chance(&m->random, 50))
        buf_text(buf, "件");
    if (manner_has(m, QUIRK_NOTES) && cell->kind == CELL_COUNT && value > 3 &&
        !strncmp(cell->code, "t2.", 3) && random_chance(&m->random, 60))
        buf_text(buf, m->random.state & 1 ? "（其中修订2件）" : "(含转发1件)");
}

struct str manner_figure(struct manner *m, const struct cell *cell, struct figure figure)
{
    static const char *const na[] = {"/", "-", "--", "—", "－", "无", "不适用", "N/A"};
    static const char *const around[] = {" ", "\u00a0", "\u3000", "  "};
    struct buf buf = buf_new(1 << 16);
    if (figure.state == STATE_NA)
        buf_text(&buf, na[m->random.state % 8]);
    else if (figure.state == STATE_VALUE)
        add_figure(m, &buf, cell, figure.value);
    struct str text = arena_copy(m->arena, buf_str(&buf));
    buf_reset(&buf);
    if (manner_has(m, QUIRK_WIDE_DIGITS)) {
        for (size_t i = 0; i < text.n; i++) {
            if (text.p[i] >= '0' && text.p[i] <= '9')
                buf_printf(&buf, "\xef\xbc%c", 0x90 + text.p[i] - '0');
            else
                buf_char(&buf, text.p[i]);
        }
        text = arena_copy(m->arena, buf_str(&buf));
        buf_reset(&buf);
    }
    if (manner_has(m, QUIRK_SPACED_FIGURES) && figure.state == STATE_VALUE) {
        buf_text(&buf, around[random_below(&m->random, 4)]);
        buf_add(&buf, text);
        buf_text(&buf, random_chance(&m->random, 30) ? around[random_below(&m->random, 4)] : "");
        text = arena_copy(m->arena, buf_str(&buf));
    }
    buf_free(&buf);
    return text;
}
