#include "core/model/short_form.h"

#include <string.h>

static const char *const peoples[] = {
    "阿昌族", "白族",     "保安族", "布朗族", "布依族",   "朝鲜族",   "达斡尔族", "傣族",
    "东乡族", "侗族",     "独龙族", "鄂伦春", "鄂温克族", "仡佬族",   "哈尼族",   "哈萨克族",
    "哈萨克", "回族",     "景颇族", "柯尔克孜", "拉祜族", "黎族",     "傈僳族",   "满族",
    "毛南族", "蒙古族",   "蒙古",   "苗族",   "仫佬族",   "纳西族",   "怒族",     "普米族",
    "羌族",   "撒拉族",   "畲族",   "水族",   "塔吉克",   "土家族",   "土族",     "佤族",
    "维吾尔", "锡伯",     "瑶族",   "彝族",   "裕固族",   "藏族",     "壮族",     "各族",
    "京族",   "俄罗斯族", "基诺族", "德昂族", "高山族",   "乌孜别克", "塔塔尔",   "门巴族",
};

static const char *const endings[] = {"自治区", "自治州", "自治县", "自治旗", "特别行政区", "地区",
                                      "林区",   "省",     "市",     "县",     "区",         "盟",
                                      "州",     "旗"};

/* Stems that are everyday words: 开发区 is not the short form of a county, nor is 城 of 城区. */
static const char *const words[] = {"新城", "城中", "城关", "城东", "城西", "城北", "郊",   "市中",
                                    "东城", "西城", "海港", "港口", "中心", "新区", "下城", "上城"};

static bool strip(struct str *s, const char *ending)
{
    struct str e = str_from(ending);
    if (s->n <= e.n || !str_ends(*s, e))
        return false;
    s->n -= e.n;
    return true;
}

static struct str strip_peoples(struct str s)
{
    for (size_t i = 0; i < sizeof peoples / sizeof *peoples;) {
        struct str before = s;
        if (strip(&s, peoples[i]) && s.n >= 6)
            i = 0;
        else {
            s = before;
            i++;
        }
    }
    return s;
}

uint32_t short_forms(struct arena *arena, struct str name, struct str forms[2])
{
    struct str stem = name;
    size_t i = 0;
    while (i < sizeof endings / sizeof *endings && !strip(&stem, endings[i]))
        i++;
    if (i == sizeof endings / sizeof *endings)
        return 0;
    bool autonomous = i < 4;
    if (autonomous)
        stem = strip_peoples(stem);
    if (stem.n < 6)
        return 0; /* one character is no name of its own */
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (str_eq(stem, str_from(words[k])))
            return 0;
    uint32_t n = 0;
    forms[n++] = stem;
    if (i == 1) { /* 湘西州 */
        char *p = arena_alloc(arena, stem.n + 4);
        if (p) {
            memcpy(p, stem.p, stem.n);
            memcpy(p + stem.n, "州", 3);
            forms[n++] = (struct str){p, stem.n + 3};
        }
    }
    return n;
}
