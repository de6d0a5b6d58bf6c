/* Every usual agency comes back from every usual title exactly as it stands there. */
#include <stdio.h>
#include <string.h>

#include "core/recognise/identity.h"
#include "tests/tap.h"

static const char *const bureaus[] = {
    "人民政府办公室", "政府办公室", "发展和改革委员会", "发展和改革局", "教育局", "教育体育局", "教育和体育局", "科学技术局",
    "工业和信息化局", "工业和信息化委员会", "经济和信息化局", "民族宗教事务局", "民族事务委员会", "公安局",
    "公安局交通警察支队", "民政局", "司法局", "财政局", "人力资源和社会保障局", "人力资源社会保障局", "自然资源局",
    "自然资源和规划局", "国土资源局", "规划局", "生态环境局", "环境保护局", "住房和城乡建设局", "住房和城乡建设委员会",
    "交通运输局", "水利局", "水务局", "农业农村局", "农业委员会", "林业局", "林业和草原局", "商务局",
    "商务和粮食局", "文化和旅游局", "文化旅游广电体育局", "文化广电新闻出版局", "文化广播电视和旅游局(文物局)",
    "卫生健康委员会", "卫生健康局", "卫生和计划生育委员会", "退役军人事务局", "应急管理局", "安全生产监督管理局",
    "审计局", "统计局", "市场监督管理局", "市场监督管理局(知识产权局)", "食品药品监督管理局", "工商行政管理局",
    "质量技术监督局", "国有资产监督管理委员会", "体育局", "医疗保障局", "信访局", "人民防空办公室", "人防办",
    "国防动员办公室", "机关事务管理局", "机关事务服务中心", "行政审批服务局", "行政审批局", "政务服务管理局",
    "政务服务中心", "政务服务数据管理局", "政务公开办公室", "政府信息公开办公室", "政府信息中心", "大数据管理局",
    "大数据发展局", "数据局", "数据资源管理局", "信息中心", "营商环境建设局", "金融工作办公室", "地方金融监督管理局",
    "乡村振兴局", "扶贫开发办公室", "扶贫开发领导小组办公室", "移民事务中心", "水库移民工作局", "城市管理局",
    "城市管理和综合执法局", "城市管理行政执法局", "综合行政执法局", "城市管理委员会", "园林绿化局", "市政管理局",
    "市容环境卫生管理处", "房产服务中心", "房产管理局", "住房公积金管理中心", "公共资源交易中心", "公共资源交易管理局",
    "供销合作社联合社", "供销合作联社", "残疾人联合会", "红十字会", "科学技术协会", "文学艺术界联合会",
    "工商业联合会", "总工会", "妇女联合会", "归国华侨联合会", "社会科学界联合会", "档案馆", "档案局",
    "档案查询服务中心", "地方志办公室", "地方志编纂委员会办公室", "史志研究室", "党史研究室", "政策研究室",
    "政府研究室", "发展研究中心", "参事室", "文史研究馆", "外事办公室", "外事侨务办公室", "台湾事务办公室",
    "侨务办公室", "投资促进局", "招商局", "粮食和物资储备局", "粮食局", "海洋与渔业局", "海洋发展局",
    "畜牧兽医局", "畜牧水产事务中心", "农业机械化服务中心", "农机局", "气象局", "地震局", "邮政管理局",
    "烟草专卖局", "无线电管理处", "国家保密局", "机构编制委员会办公室", "消防救援支队", "森林公安局", "公路局",
    "公路建设养护中心", "航道管理处", "港航事务中心", "水文水资源勘测中心", "疾病预防控制中心", "社会保险事业管理局",
    "社会保险服务中心", "就业服务中心", "劳动监察支队", "不动产登记中心", "土地储备中心", "测绘地理信息局",
    "矿产资源管理局", "煤炭工业局", "能源局", "盐务管理局", "广播电视台", "广播电视局", "融媒体中心", "图书馆",
    "博物馆", "第一人民医院", "中医医院", "第一中学", "职业技术学院", "实验小学", "自来水公司", "城市建设投资集团",
    "国有林场", "德山监狱", "驻北京办事处", "接待办公室", "重点项目建设办公室", "棚户区改造指挥部办公室", "旅游发展委员会",
    "物价局", "法制办公室", "目录管理中心", "制度创新办公室", "专题教育办公室", "指南编写办公室", "青年报社",
    "12345政务服务便民热线管理中心", "妇幼保健院", "仲裁委员会", "革命根据地纪念馆", "人大代表联系工作委员会", "中央苏区根据地办公室", "税务局", "国家税务局", "地方税务局",
};

static struct recogniser recogniser;
static struct arena arena;

/* Whether a title, or file name, is of this agency in 2021. */
static bool gives(const char *format, const char *place, const char *name, bool file)
{
    char title[400], wanted[200];
    struct claim claim = {0};
    arena_reset(&arena);
    snprintf(wanted, sizeof wanted, "%s%s", place, name);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(title, sizeof title, format, wanted);
#pragma GCC diagnostic pop
    int status = file ? claim_from_file_name(recogniser.identity, &arena, str_from(title), &claim)
                      : claim_from_title(recogniser.identity, &arena, str_from(title), &claim);
    bool good = status == 0 && str_eq(claim.agency, str_from(wanted)) && claim.year == 2021;
    if (!good)
        diag("%s: %.*s %d", title, STR_ARG(claim.agency), claim.year);
    return good;
}

/* The same with the title above a report's text. */
static bool heads(const char *name)
{
    char title[400];
    struct claim claim = {0};
    struct str found;
    struct outline o;
    arena_reset(&arena);
    snprintf(title, sizeof title, "%s2021年政府信息公开工作年度报告", name);
    struct document *doc = document_new(&arena);
    struct tables_seen seen = {.block_table = arena_array(&arena, 8, 1)};
    if (document_paragraph(doc, STR("网站首页"), 1) < 0 ||
        document_paragraph(doc, str_from(title), 2) < 0 ||
        document_paragraph(doc, STR("一、总体情况"), 3) < 0 ||
        document_paragraph(doc, STR("做了工作。"), 4) < 0 ||
        outline_read(&recogniser, doc, &seen, &arena, &o) < 0 ||
        claim_from_text(recogniser.identity, &o, &arena, &claim, &found) < 0)
        return false;
    bool good = str_eq(claim.agency, str_from(name)) && str_eq(found, str_from(title));
    if (!good)
        diag("%s: %.*s", title, STR_ARG(claim.agency));
    return good;
}

static void all(const char *format, bool file, const char *places[], const char *sentence)
{
    bool good = true;
    for (size_t i = 0; i < sizeof bureaus / sizeof *bureaus; i++)
        for (size_t p = 0; places[p]; p++)
            if (!gives(format, places[p], bureaus[i], file))
                good = false;
    ok(good, "%s", sentence);
}

int main(void)
{
    struct err err = {0};
    static const char *places[] = {"常德市", "湖南省常德市武陵区", "鼓楼区", "桃源县", NULL};
    static const char *nowhere[] = {"", NULL};
    arena = arena_new((size_t)64 << 20);
    if (!ok(simple_new(&recogniser.simple, &err) == 0 &&
                identity_new(&recogniser.identity, recogniser.simple, &err) == 0,
            "the words of titles are read"))
        return done();
    bool good = true;
    for (size_t i = 0; i < sizeof bureaus / sizeof *bureaus; i++)
        good = heads(bureaus[i]) && good;
    ok(good, "a title above the text gives the agency");
    all("%s2021年政府信息公开工作年度报告", false, places, "the year may stand behind the agency");
    all("%s2021年度政府信息公开年报", false, places, "the report may be called 年报");
    all("2021年度%s政府信息公开工作年度报告", false, places, "the year may stand before the agency");
    all("%s政府信息公开工作年度报告（2021年度）", false, places, "the year may stand at the end");
    all("%s政府信息公开2021年年度报告", false, places, "the year may stand behind the topic");
    all("%s关于2021年度政府信息公开工作情况的报告", false, places, "the agency may report on its work");
    all("%s2021年信息公开年度报告", false, places, "the topic may be short");
    all("关于印发《%s2021年政府信息公开工作年度报告》的通知", false, places, "the title may be quoted");
    all("首页 > 政府信息公开年报 > %s2021年政府信息公开工作年度报告", false, places,
        "the title may end a path of links");
    all("inbox/2021/%s2021年政府信息公开工作年度报告.txt.gz", true, places, "so may the file's name");
    all("inbox/07-%s-2021.html", true, places, "a file may be named by agency and year alone");
    all("2021年报_%s", false, nowhere, "the agency may stand at the end, without a place");
    all("%s2021年政府信息公开工作年度报告", false, nowhere, "an agency may be named without a place");
    identity_free(recogniser.identity);
    simple_free(recogniser.simple);
    arena_free(&arena);
    return done();
}
