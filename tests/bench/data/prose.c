#include "tests/bench/data/prose.h"

#include <inttypes.h>
#include <stdio.h>

enum { SENTENCES_MAX = 24 };

/* A part of a section: its heading if it has one, and sentences of which `least` to `most` are
 * written. In them {we} is the office, {year} the year, {n} a figure that no table holds, {rate} a
 * percentage; {new} {in} {done} {out} {review} {suit} are figures of the tables. */
struct part {
    int section;
    const char *heading;
    int least, most;
    const char *sentences[SENTENCES_MAX];
};

static const struct part parts[] = {
    {0, NULL, 2, 3, {
        "本报告依照《中华人民共和国政府信息公开条例》的规定和上级关于年度报告编制的要求写成。",
        "报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成。",
        "公众如对报告内容有疑问,可在工作日与{we}政务公开工作机构联系。",
        "报告电子版登载在政府门户网站信息公开专栏,欢迎查阅下载。",
    }},
    {1, "(一)主动公开", 8, 10, {
        "{year}年,{we}围绕中心工作和群众关切,在门户网站信息公开专栏更新各类内容{n}篇,按时率{rate}%。",
        "{we}梳理权责清单和公共服务清单,逐项标明依据、流程、时限与咨询方式,并随机构职能变化及时调整。",
        "凡以{we}名义印发的文件,起草时即确定公开属性,不公开的须写明理由并报分管负责人审定。",
        "财政预算、决算和三公经费在批复后二十日内上网,项目资金的分配结果同步张榜公布。",
        "重大民生项目从立项到验收各环节的进展,都在项目所在村和社区的公开栏里可以看到。",
        "对涉及面广的政策,{we}采用图解、问答和短视频等形式做了解读,全年解读材料{n}份。",
        "{we}把群众常问的办事事项编成口袋册,送到服务大厅和便民点,共印制{n}册。",
        "围绕优化营商环境,集中展示惠企政策、申报条件和兑现进度,企业可以一站查到。",
        "突发事件和舆情出现后,{we}在规定时间内说明情况,用事实回应关切。",
        "按照基层政务公开标准目录,{we}对照事项逐条核对栏目,补齐缺项,合并重复栏目。",
        "会议开放、政府开放日等活动邀请代表委员、企业和居民参加,听取意见{n}人次。",
        "历年规范性文件经过清理后集中展示,失效和废止的均有标注,便于公众分辨。",
        "{we}对建议提案的办理结果做到能公开的全部公开,答复全文可供查阅。",
    }},
    {1, "(二)依申请公开", 3, 5, {
        "{we}设有专人登记、转办和督办,每一件都有台账,答复前由法制机构审核。",
        "申请渠道在公开指南里写明,当面、信函和网上提交同样对待,接待场所挂牌并备有填写样本。",
        "对内容不清楚的,工作人员先与申请人沟通,讲明需要补充什么,避免往返。",
        "答复文书统一格式,写明依据和救济途径,疑难件会同有关单位会商。",
        "{we}定期复盘当年的答复,对反复出现的事项转为主动提供。",
    }},
    {1, "(三)政府信息管理", 5, 6, {
        "{we}建立了从产生、审核、发布到归档的全过程管理制度,每个环节都有责任人。",
        "保密审查坚持先审后发、一事一审,全年没有发生失密泄密情况。",
        "对栏目里的旧内容做了一次普查,更正错漏{n}处,撤下过时内容并注明原因。",
        "公文的公开属性随文流转,归档时一并著录,档案馆与公共图书馆的查阅点同步收到文本。",
        "个人隐私和商业秘密在发布前做去标识处理,名单类内容到期撤下。",
        "数据由业务科室填报、办公室汇总、分管负责人签发,三道把关,口径前后一致。",
        "{we}落实动态调整机制,对原来不予公开而情势已变的材料重新审视。",
    }},
    {1, "(四)平台建设", 5, 7, {
        "门户网站完成改版,检索更快,适老化和无障碍功能通过了测试。",
        "{we}的政务新媒体账号指定专人维护,内容与网站同源,更新不断档。",
        "服务大厅设置查阅专区,配备自助终端,工作人员可当场帮助查找和打印。",
        "网站集约化平台统一了栏目编码,{we}发布的内容可以被上级平台直接调用。",
        "链接失效、错别字和附件打不开等问题每周扫描一次,发现后当日处理。",
        "{we}在村、社区设立公开栏{n}处,不便上网的居民同样看得到。",
        "意见征集和结果反馈成对出现,网友的提问在规定期限内有回音。",
    }},
    {1, "(五)监督保障", 6, 7, {
        "{we}成立由主要负责人任组长的领导小组,办公室承担日常工作,各股室各有联络员。",
        "年初印发工作要点,任务分解到人,季度通报进度,年末一并考核。",
        "全年组织业务培训{n}期,参训人员覆盖所有股室和下属单位。",
        "公开工作纳入绩效考核,占有固定分值,结果与评优挂钩。",
        "社会评议通过问卷和座谈进行,满意率为{rate}%,意见逐条整改。",
        "没有因政务公开工作不力而被追究责任的情况。",
        "{we}聘请了监督员,定期走访服务窗口,所提意见由专人跟踪落实。",
        "第三方评估指出的短板,已列入整改清单,逐条销号。",
    }},
    {5, NULL, 8, 11, {
        "{year}年的工作虽有进展,但与群众期待相比仍有距离。",
        "一是内容的深度不够,有的栏目更新偏重数量,对政策背后的考虑说得少。",
        "二是队伍不稳,经办人员多为兼职,轮岗后业务衔接不上。",
        "三是解读形式单一,文字多、图表少,年轻人和老年人都觉得不够好懂。",
        "部分科室对公开的认识还停留在完成任务上,主动性有待加强。",
        "基层站所条件有限,设备陈旧,线下查阅点的利用率不高。",
        "针对上述问题,{we}将从以下几个方面改进。",
        "完善制度,把公开要求嵌入办文办会流程,从源头减少遗漏。",
        "加强培训,采取以案说法、跟班学习等方式,让经办人员熟悉条例和常见情形。",
        "丰富解读,请起草人讲政策,请受益人谈感受,用身边的例子说明条款。",
        "强化检查,每季度抽查栏目,对问题突出的科室约谈提醒。",
        "推动线上线下融合,使服务窗口、公开栏与网站内容一致。",
    }},
    {6, NULL, 2, 3, {
        "本年度没有收取信息处理费。",
        "{we}落实上级政务公开工作要点的情况已在总体情况中说明。",
        "没有其他需要报告的事项。",
        "人大代表建议和政协委员提案的办理情况另行公布。",
        "本报告数据由各科室提供,经汇总核对后发布。",
    }},
};

/* Ways of saying the figures of table 三 and 四; the second are for none. */
static const char *const received[] = {
    "{year}年本年新收政府信息公开申请{new}件,上年结转{in}件,已办结{done}件,结转下年度继续办理{out}件。",
    "全年收到政府信息公开申请{new}件,办结{done}件,结转下年度{out}件。",
    "本年度,{we}新收到政府信息公开申请{new}件,上年度结转{in}件,全部依法办理,结转下年度继续办理{out}件。",
    "{we}共收到政府信息公开申请{new}件,其中上年结转不计在内;年内答复{done}件。",
};
static const char *const received_none[] = {
    "{year}年{we}没有收到政府信息公开申请。",
    "本年度未收到公民、法人和其他组织提出的政府信息公开申请。",
    "全年收到政府信息公开申请0件。",
};
static const char *const disputed[] = {
    "因政府信息公开引起的行政复议{review}件,行政诉讼{suit}件。",
    "全年发生政府信息公开行政复议案件{review}件;行政诉讼案件{suit}件。",
};
static const char *const disputed_none[] = {
    "未发生因政府信息公开引起的行政复议和行政诉讼。",
    "没有被申请复议或被提起诉讼的情况。",
};

struct writer {
    const struct figures *figures;
    const struct office *office;
    struct arena *arena;
    struct buf text;
    struct random style, random; /* of the site; of the report */
    int year;
};

static struct figure cell(const struct figures *f, const char *code)
{
    return f->figure[catalog_find(f->catalog, str_from(code))->id];
}

static int64_t value(const struct writer *w, struct str name)
{
    static const struct {
        const char *name, *code;
    } cells[] = {{"new", "t3.new.total"}, {"in", "t3.carried_in.total"},
                 {"done", "t3.handled.total"}, {"out", "t3.carried_out.total"},
                 {"review", "t4.review.total"}, {"suit", "t4.suit_direct.total"}};
    int64_t sum = 0;
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        if (str_eq(name, str_from(cells[i].name)))
            sum = cell(w->figures, cells[i].code).value;
    if (str_eq(name, STR("suit")))
        sum += cell(w->figures, "t4.suit_after_review.total").value;
    return sum;
}

/* What the office calls itself. */
static const char *we(const struct writer *w)
{
    static const char *const bureau[] = {"我局", "本单位", "本机关"};
    static const char *const township[] = {"我镇", "本机关", "本级政府"};
    uint64_t style = w->office->site.style;
    if (str_eq(w->office->kind, STR("government")))
        return style & 1 ? "全县" : "全区";
    if (str_eq(w->office->kind, STR("township")))
        return township[style % 3];
    if (str_eq(w->office->kind, STR("subdistrict")))
        return "街道";
    return bureau[style % 3];
}

static void say(struct writer *w, const char *sentence)
{
    struct str rest = str_from(sentence), name;
    ptrdiff_t open;
    while ((open = str_find(rest, STR("{"))) >= 0) {
        buf_add(&w->text, str_slice(rest, 0, (size_t)open));
        rest = str_skip(rest, (size_t)open + 1);
        str_split(&rest, '}', &name);
        if (str_eq(name, STR("we")))
            buf_text(&w->text, we(w));
        else if (str_eq(name, STR("year")))
            buf_printf(&w->text, "%d", w->year);
        else if (str_eq(name, STR("n")))
            buf_printf(&w->text, "%" PRIu64, 2 + random_below(&w->random, 400));
        else if (str_eq(name, STR("rate")))
            buf_printf(&w->text, "%" PRIu64, 90 + random_below(&w->random, 10));
        else
            buf_printf(&w->text, "%" PRId64, value(w, name));
    }
    buf_add(&w->text, rest);
}

/* What the tables hold is told where they hold it. */
static void say_figures(struct writer *w)
{
    uint64_t n = random_next(&w->style), nothing = random_next(&w->random);
    if (cell(w->figures, "t3.new.total").state == STATE_VALUE) {
        bool none = value(w, STR("new")) + value(w, STR("in")) == 0;
        say(w, none ? received_none[nothing % 3] : received[n % 4]);
    }
    if (cell(w->figures, "t4.review.total").state == STATE_VALUE) {
        bool none = value(w, STR("review")) + value(w, STR("suit")) == 0;
        say(w, none ? disputed_none[nothing % 2] : disputed[n % 2]);
    }
}

/* The site's order of the sentences, of which the report leaves some out. */
static void say_part(struct writer *w, const struct part *part)
{
    int count = 0, order[SENTENCES_MAX] = {0};
    while (count < SENTENCES_MAX && part->sentences[count]) {
        int at = (int)random_below(&w->style, (uint64_t)count + 1);
        order[count] = order[at];
        order[at] = count++;
    }
    int wanted = part->least + (int)random_below(&w->random, (uint64_t)(part->most - part->least + 1));
    for (int i = 0, said = 0; i < count && said < wanted; i++) {
        bool skip = count - i > wanted - said && random_chance(&w->random, 25);
        if (!skip) {
            say(w, part->sentences[order[i]]);
            said++;
        }
    }
}

bool prose_make(struct prose *out, const struct figures *figures, const struct office *office,
                int year, struct arena *arena)
{
    struct writer w = {figures, office, arena, buf_new(1 << 20), {office->site.style},
                       {office->seed ^ (uint64_t)year * UINT64_C(0x94d049bb133111eb)}, year};
    *out = (struct prose){0};
    bool headings = random_chance(&w.style, 70), made = true;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const struct part *part = &parts[i];
        struct str *paragraph = out->paragraph[part->section];
        int *count = &out->count[part->section];
        if (part->heading && headings)
            paragraph[(*count)++] = str_from(part->heading);
        buf_reset(&w.text);
        if (str_starts(str_from(part->heading), STR("(二)")))
            say_figures(&w);
        say_part(&w, part);
        struct str text = arena_copy(arena, buf_str(&w.text));
        made = made && text.p && !w.text.failed;
        paragraph[(*count)++] = text;
    }
    buf_free(&w.text);
    return made;
}
