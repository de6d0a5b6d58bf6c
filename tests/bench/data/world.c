#include "tests/bench/data/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/model/gazetteer.h"

#define BIT(quirk) (UINT32_C(1) << QUIRK_##quirk)

/* How often, in a hundred sites, a page is laid out so. */
struct share {
    const char *layout;
    int percent;
};

static const struct share text_layouts[] = {
    {"pipes_loose", 34}, {"crawled", 12}, {"pipes_outer", 8}, {"tabs_laid", 8}, {"pipe_a_line", 7},
    {"columns", 6}, {"tabs", 6}, {"cell_a_line", 5}, {"cell_a_paragraph", 5}, {"pipes_padded", 3},
    {"one_line", 3}, {"markdown", 3},
};

static const struct share html_layouts[] = {
    {"html_site", 50}, {"html", 25}, {"html_word", 15}, {"html_one_table", 10},
};

/* How often, in a hundred sites, labels and figures are printed so. */
static const struct {
    uint32_t quirk;
    unsigned percent;
} site_quirks[] = {
    {BIT(WIDE_PUNCTUATION), 60}, {BIT(ORDINAL_COMMA), 20}, {BIT(SHORT_LABELS), 15},
    {BIT(QUOTES), 20}, {BIT(HEADINGS), 30}, {BIT(EXPLANATIONS), 6}, {BIT(NO_ORDINALS), 4},
    {BIT(INNER_SPACES), 5}, {BIT(TYPO), 4}, {BIT(THOUSANDS), 4}, {BIT(SIGNED), 10},
    {BIT(OLD_NAME), 5}, {BIT(FOUR_IN_THREE), 4}, {BIT(TRADITIONAL), 1},
};

static const char *const bureaus[] = {
    "发展和改革局", "教育局", "科学技术局", "工业和信息化局", "公安局", "民政局", "司法局",
    "财政局", "人力资源和社会保障局", "自然资源局", "生态环境局", "住房和城乡建设局",
    "交通运输局", "水利局", "农业农村局", "商务局", "文化旅游广电体育局", "卫生健康局",
    "退役军人事务局", "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局",
    "林业局", "信访局", "城市管理和综合执法局", "行政审批服务局", "乡村振兴局", "粮食和物资储备局",
    "机关事务服务中心", "档案馆", "气象局",
};

static const char *const townships[] = {
    "城关", "东坪", "漆河", "梅城", "陬市", "大五里", "白沙", "双溪", "龙潭", "清江", "石桥",
    "花桥", "新安", "太平", "和平", "永兴", "长岭", "黄土", "青山", "马头", "金竹", "三河",
    "沙坪", "杨柳", "枫林", "桂花", "团结", "红星", "古城", "泉塘", "洪山", "云台",
};

enum {
    BUREAUS = sizeof bureaus / sizeof *bureaus,
    TOWNSHIPS = sizeof townships / sizeof *townships,
    OWN = 2, /* the government and its office come before the bureaus */
};

/* The layout that falls to one of a hundred. */
static const struct layout *choose(const struct share *shares, int of_hundred)
{
    while (of_hundred >= shares->percent)
        of_hundred -= shares++->percent;
    for (int i = 0; i < layout_count; i++)
        if (!strcmp(layouts[i].name, shares->layout))
            return &layouts[i];
    return NULL;
}

static struct site make_site(struct random *r)
{
    struct site site = {.text = choose(text_layouts, (int)random_below(r, 100)),
                        .html = choose(html_layouts, (int)random_below(r, 100))};
    for (size_t i = 0; i < sizeof site_quirks / sizeof *site_quirks; i++)
        if (random_chance(r, site_quirks[i].percent))
            site.quirks |= site_quirks[i].quirk;
    site.style = random_next(r);
    return site;
}

/* A line of divisions.csv; false unless it is a county of all the years. */
static bool read_county(struct str line, struct str *code, struct str *name, struct str *parent)
{
    struct str field[6] = {{0}};
    for (int i = 0; i < 6; i++)
        if (!str_split(&line, ',', &field[i]))
            return false;
    *code = field[0], *name = field[1], *parent = field[3];
    return str_eq(field[2], STR("county")) && atoi(field[4].p) <= FIRST_YEAR &&
           atoi(field[5].p) >= 2024 && name->n >= 9;
}

static struct str full_name(struct arena *arena, const struct gazetteer *gazetteer, struct str name,
                            struct str parent)
{
    struct places places = gazetteer_named(gazetteer, name, 0, true);
    const struct place *above = gazetteer_code(gazetteer, parent, FIRST_YEAR);
    char text[256];
    if (places.count == 1 || !above)
        return arena_copy(arena, name);
    int n = snprintf(text, sizeof text, "%.*s%.*s", STR_ARG(above->name), STR_ARG(name));
    return arena_copy(arena, (struct str){text, (size_t)n});
}

/* Takes counties from one city on (宿迁, which the examples ask about), round to where it began. */
static int take_counties(struct world *w, const struct gazetteer *gazetteer, long wanted)
{
    for (int round = 0; round < 2 && w->county_count < wanted; round++) {
        struct str rest = str_from(resource_text("divisions.csv")), line, code, name, parent;
        while (w->county_count < wanted && str_line(&rest, &line)) {
            if (!read_county(line, &code, &name, &parent) ||
                (str_cmp(code, STR("3213")) < 0) != (round == 1))
                continue;
            struct random r = {w->seed ^ strtoull(code.p, NULL, 10) * UINT64_C(0xd1342543de82ef95)};
            w->counties[w->county_count++] =
                (struct county){code, full_name(&w->arena, gazetteer, name, parent), make_site(&r)};
        }
    }
    return w->county_count == wanted ? 0 : -1;
}

int world_make(struct world *w, long offices, uint64_t seed, struct err *err)
{
    struct gazetteer *gazetteer;
    long counties = (offices + OFFICES_A_COUNTY - 1) / OFFICES_A_COUNTY;
    if (gazetteer_builtin(&gazetteer, err) < 0)
        return -1;
    *w = (struct world){.arena = arena_new(64 << 20), .offices = offices, .seed = seed};
    w->counties = arena_array(&w->arena, (size_t)counties, sizeof *w->counties);
    int failed = w->counties ? take_counties(w, gazetteer, counties) : -1;
    gazetteer_free(gazetteer);
    return failed;
}

void world_free(struct world *w)
{
    arena_free(&w->arena);
}

/* What stands behind the county's name, and the kind that makes it. */
static const char *tail(const struct office *o, long place, char *out, size_t size)
{
    static const char *const kinds[] = {"镇", "乡", "街道"};
    long township = place - OWN - BUREAUS;
    if (place < OWN) {
        snprintf(out, size, "%s", place ? "人民政府办公室" : "人民政府");
        return place ? "office" : "government";
    }
    if (township < 0) {
        const char *bureau = bureaus[place - OWN];
        snprintf(out, size, "%s", bureau);
        return !strcmp(bureau, "气象局") ? "vertical" : "department";
    }
    /* a step that shares no divisor with their number: no name twice in a county */
    uint64_t at = (o->county->site.style >> 8) + (uint64_t)township * 7;
    const char *kind = kinds[township < 6 ? 0 : township < 11 ? 1 : 2];
    bool street = township >= 11;
    snprintf(out, size, "%s%s%s", townships[at % TOWNSHIPS], kind, street ? "办事处" : "人民政府");
    return street ? "subdistrict" : "township";
}

struct office world_office(const struct world *w, long number, struct arena *arena)
{
    long place = number % OFFICES_A_COUNTY;
    struct office o = {.county = &w->counties[number / OFFICES_A_COUNTY]};
    o.seed = o.county->site.style ^ (uint64_t)(place + 1) * UINT64_C(0x9e6c63d0876a9a47);
    struct random r = {o.seed};
    o.site = random_chance(&r, 80) ? o.county->site : make_site(&r);
    o.size = random_chance(&r, 30) ? 0 : random_chance(&r, 93) ? 1 : 2;
    char behind[128], text[512];
    o.kind = str_from(tail(&o, place, behind, sizeof behind));
    int n = snprintf(text, sizeof text, "%.*s%s", STR_ARG(o.county->name), behind);
    o.name = arena_copy(arena, (struct str){text, (size_t)n});
    return o;
}
