#include "core/recognise/outline.h"
#include "core/recognise/parts.h"
#include "core/recognise/words.h"

/* How much of a document was read before it is judged: titles stand at the head. */
enum { HEAD_LINES = 40, MANY_LABELS = 12 };

/* What the whole of a document looks like. */
struct look {
    uint32_t labels, figures, blanks, unread; /* of all tables */
    uint32_t headings;                /* of the six sections */
    uint32_t sentences, short_lines;
    uint32_t titles;                  /* lines that name an annual report */
    bool periodic, annual, notice, template, read, lossy;
};

static _Thread_local struct words topic_words = WORDS("信息公开|政务公开");
static _Thread_local struct words annual_words = WORDS("年度报告|年报|工作报告|年度政府信息公开");
static _Thread_local struct words notice_words =
    WORDS("的通知|工作的通知|关于做好|关于报送|关于编制|请各单位|请于|抄送:|印发你们|"
                                   "征求意见|填报说明|填表说明|格式的通知");
static _Thread_local struct words template_words =
    WORDS("XX|xx|××|＊＊|**|某|XXXX|20XX|20××|(单位名称)|(行政机关名称)|___|__年|填报单位:年");

/* Whether a title speaks of less than a year: 第一季度, 上半年, and not of a year's report too. */
static bool is_periodic(struct str flat)
{
    static _Thread_local struct words left_open = WORDS("年季度|年第季度");
    static _Thread_local struct words periods =
        WORDS("季度|季报|上半年|下半年|半年报|半年统计|月报|月份");
    if (!char_most(flat, 60))
        return false;
    if (words_in(&left_open, flat))
        return true; /* 填报单位: 年 季度, left open */
    return words_in(&periods, flat) &&
           has_any(flat, "统计|报表|季报|月报|情况|信息公开|填报") &&
           !has_any(flat, "年度报告|年度工作报告|年度政府信息公开|。|;") &&
           (!has_any(flat, "年报") || has_any(flat, "半年报"));
}

static void look_at_head(const struct outline *o, struct look *look)
{
    for (uint32_t i = 0; i < o->count && i < HEAD_LINES; i++) {
        struct str flat = o->lines[i].flat.text;
        bool title = char_most(flat, 60) && words_in(&topic_words, flat);
        look->periodic = look->periodic || (i < o->body && is_periodic(flat)) ||
                         (has_any(flat, "填报单位") && has_any(flat, "季度|月份|上半年"));
        look->annual = look->annual || (title && words_in(&annual_words, flat) && !is_periodic(flat));
        look->notice = look->notice || (title && ends_any(flat, "的通知|通知|的函|的公告|的通报"));
        look->template = look->template || (title && words_in(&template_words, flat));
    }
}

static void look_at_all(const struct outline *o, const struct tables_seen *seen, struct look *look)
{
    for (int t = TABLE_1; t < TABLE_COUNT; t++) {
        look->labels += seen->table[t].labels;
        look->figures += seen->table[t].figures;
        look->blanks += seen->table[t].blanks;
        look->unread += t == TABLE_1 ? seen->table[t].unread : 0; /* several columns of figures */
        look->read = look->read || seen->table[t].read;
        look->lossy = look->lossy || seen->table[t].lossy;
    }
    for (int n = 1; n < 7; n++)
        look->headings += o->heading[n] != NOWHERE;
    for (uint32_t i = 0; i < o->count; i++) {
        struct str flat = o->lines[i].flat.text;
        if (o->lines[i].table != TABLE_NONE)
            continue;
        bool sentence = str_has(flat, STR("。")), title = char_most(flat, 60);
        look->sentences += sentence;
        look->short_lines += !sentence && char_most(flat, 40);
        look->titles += title && has_any(flat, "信息公开") && words_in(&annual_words, flat);
        look->notice = look->notice || (title && !look->annual && words_in(&notice_words, flat));
    }
    look_at_head(o, look);
}

static int refuse_unread(const struct document *doc, const struct outline *o,
                         const struct look *look, struct err *err)
{
    uint32_t line = doc->line;
    if (o->count == 0 && !doc->has_images)
        return err_reject(err, "empty", line, "holds no text; get the file again");
    /* all labels and not one figure, nor places for them: they were lost on the way */
    bool bare = look->labels >= MANY_LABELS && look->figures == 0 && look->blanks == 0 &&
                look->unread == 0;
    if (bare && look->template && !look->sentences)
        return err_reject(err, "blank-form", line,
                          "the tables are there but not filled in; ask for the report itself");
    if (look->lossy || (bare && !doc->has_images))
        return err_reject(err, "lossy", line,
                          "the labels of the tables are there but their figures were lost when the "
                          "page was copied; get it again from its source");
    if (look->labels && look->figures == 0 && look->blanks)
        return err_reject(err, "blank-form", line,
                          "the tables are there but not filled in; ask for the report itself");
    if (look->headings < 3 && look->notice)
        return err_reject(err, "notice", line,
                          "is a notice about annual reports, not one; nothing to do unless a report "
                          "was meant");
    if (look->headings < 2 && (look->titles > 3 || look->short_lines > 8 * (look->sentences + 1)))
        return err_reject(err, "navigation", line,
                          "is a page of links, not a report; get the page that the link leads to");
    if (doc->has_images)
        return err_reject(err, "images", line,
                          "its tables are pictures, which are not read; ask for the report as text "
                          "or as a spreadsheet");
    return err_reject(err, "no-tables", line,
                      "none of the statutory tables could be read; look whether this is the annual "
                      "report, and whether its tables are in it");
}

int refusal_check(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  const struct outline *outline, struct err *err)
{
    (void)recogniser, (void)context;
    struct look look = {0};
    look_at_all(outline, seen, &look);
    if (look.periodic && !look.annual)
        return err_reject(err, "periodic", doc->line,
                          "is a table of a quarter, a month or half a year, not an annual report");
    if (!look.read)
        return refuse_unread(doc, outline, &look, err);
    /* A unit may hand in a report whose tables it left empty: then it says so in words. */
    bool written = look.headings >= 3 && look.sentences >= 3 && !look.template;
    if (look.figures == 0 && !written)
        return err_reject(err, "blank-form", doc->line,
                          "the tables are there but not filled in; ask for the report itself");
    return 0;
}
