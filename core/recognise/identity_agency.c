#include <string.h>

#include "core/recognise/identity.h"
#include "core/recognise/words.h"

/* Words that stand around an agency in a title without being part of it. */
static _Thread_local struct words before_agency =
    WORDS("标题:|题目:|名称:|主题:|附件:|附件1:|附件1|附件|关于|公布|印发|发布|"
                                    "报送|转发|呈报|上报|公示|编制|做好|《|\"|“|‘|【|[|〔|-|_|—|–|·|•|:|、|"
                                    ".|,|>|»|/|#|*|+|=|~|!|<|;|。|;|?|的|开展|2.|1.|年度|年");
static _Thread_local struct words behind_agency =
    WORDS("》|\"|”|’|】|]|〕|-|_|—|–|·|•|:|、|.|,|>|»|/|#|*|+|=|~|;|关于|公布|发布|"
                                    "的|开展|年度|(本级)|本级|部门|工作|全年|编制|做好|落实|推进|《|“|政府门户网站|"
                                    "印发|(汇总)|单位");
/* Words in which a unit speaks of itself, or a form leaves room for its name. They are whole words
 * of their own; an agency's name may hold 统计, 查询 or 目录. */
static _Thread_local struct words self_words =
    WORDS("本单位|我局|我单位|本机关|本局|本办|我办|我委|我镇|我乡|我街道|首页|各|该|相关|"
                                 "上级|下设|机关各");
static _Thread_local struct words template_words =
    WORDS("某|XX|xx|××|＊|**|单位名称|机关名称|各级人民|有关部门|有关单位");
static _Thread_local struct words page_words =
    WORDS("网站|栏目|平台|专栏|专题|网|目录|指南|制度|首页|频道");

/* Whether words that end like an agency's name are none. */
static bool is_nobody(struct str words)
{
    return words_start(&self_words, words) || words_in(&template_words, words) ||
           words_end(&page_words, words);
}

bool looks_like_division(struct str words)
{
    size_t n = char_count(words);
    return n >= 2 && n <= 12 && ends_any(words, "市|县|区|省|自治州|盟|旗|州") &&
           !ends_any(words, "全市|全县|全区|全省|城市|地区|我市|我县|我区|我省|本市|本县|本区");
}

enum naming naming_of(const struct identity *identity, struct arena *arena, struct str words,
                      int year, struct agency_name *name)
{
    if (words.n < 6 || !char_most(words, 45) || is_nobody(words) ||
        name_read(identity, arena, words, year, name) < 0)
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
        size_t n = words_start(&before_agency, s);
        again = true;
        if (n && n < s.n) {
            *from += n;
        } else if ((n = words_end(&behind_agency, s)) > 0) {
            *to -= n;
        } else if (ascii_word(s.p[0]) && !str_starts(s, STR("12345政务"))) {
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

bool agency_in(const struct identity *identity, struct arena *arena,
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
