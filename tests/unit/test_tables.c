/* One test a quirk of real pages: how the tables are laid out and what their labels look like.
 * Figures are large and all different, so that one that is shifted shows. */
#include "tests/unit/tables_kit.h"

#define HEAD3 "三、收到和处理政府信息公开申请情况\n"
#define COLUMNS3                                                                                   \
    "(本列数据的勾稽关系为) | 申请人情况 | |||||||\n自然人 | 法人或其他组织 | 总计 | |||||\n"                                  \
    "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
#define NEW "一、本年新收政府信息公开申请数量"
#define ROW1 "101 | 102 | 103 | 104 | 105 | 106 | 621"
#define ROW2 "201 | 202 | 203 | 204 | 205 | 206 | 1221"
#define ROW3 "301 | 302 | 303 | 304 | 305 | 306 | 1821"
#define SAYS1 "101 102 103 104 105 106 621"
#define SAYS2 "201 202 203 204 205 206 1221"
#define SAYS3 "301 302 303 304 305 306 1821"

static void row(const char *text, const char *name, const char *want, const char *sentence)
{
    page_read(text);
    ok(page_row(name, want), "%s", sentence);
}

static void cell(const char *text, const char *code, const char *want, const char *sentence)
{
    page_read(text);
    ok(page_is(code, want), "%s", sentence);
}

static void layouts(void)
{
    row(HEAD3 COLUMNS3 NEW " | " ROW1 " | ||\n", "t3.new", SAYS1, "loose bars with padding");
    row(HEAD3 "|" NEW "|101|102|103|104|105|106|621|\n|二、上年结转|201|202|203|204|205|206|1221|\n",
        "t3.carried_in", SAYS2, "tight outer bars");
    row(HEAD3 "| 项目 | 自然人 | 商业企业 |\n|---|---|---|\n| " NEW " | " ROW1 " |\n", "t3.new", SAYS1,
        "Markdown with its rule");
    row(HEAD3 "| **" NEW "** | **101** | 102 | 103 | 104 | 105 | 106 | *621* |\n", "t3.new", SAYS1,
        "Markdown's bold figures");
    row(HEAD3 NEW "\t101\t102\t103\t104\t105\t106\t621\n", "t3.new", SAYS1, "tabs");
    row(HEAD3 NEW " 101 102 103 104 105 106 621\n", "t3.new", SAYS1, "white space");
    row(HEAD3 NEW "\n\n101\n\n102\n\n103\n\n104\n\n105\n\n106\n\n621\n\n二、上年结转\n\n5\n\n5\n\n"
        "5\n\n5\n\n5\n\n5\n\n30\n", "t3.new",
        SAYS1, "one cell a paragraph");
    row(HEAD3 NEW " |\n101 |\n102 |\n103 |\n104 |\n105 |\n106 |\n621 |\n", "t3.new", SAYS1,
        "one cell a line with a bar behind it");
    row(HEAD3 NEW " | " ROW1 " | 二、上年结转政府信息公开申请数量 | " ROW2 " | 三、本年度办理结果 | (一)予以公开 | " ROW3 "\n",
        "t3.granted", SAYS3, "a whole table on one line with bars");
    row(HEAD3 NEW " 101 102 103 104 105 106 621 (一)予以公开 201 202 203 204 205 206 1221 "
        "(二)部分公开(区分处理的,只计这一情形,不计其他情形) 301 302 303 304 305 306 1821\n",
        "t3.partial", SAYS3, "a whole table on one line with spaces");
    row(HEAD3 "(五)不予处理1.信访举报投\n诉类申请 101 102 103 104 105 106 621\n", "t3.refused_petition",
        SAYS1, "two labels run together and cut over two lines");
    row(HEAD3 "2.其他法律行政法规禁\n        101 102 103 104 105 106 621\n止公开\n"
        "3.危及“三安全一稳定” 201 202 203 204 205 206 1221\n",
        "t3.denied_forbidden", SAYS1, "a label wrapped around its figures");
    row(HEAD3 NEW " 101 102 103 104 105 106 621\n- 4 -\n"
        "(一)予以公开 201 202 203 204 205 206 1221\n", "t3.granted",
        SAYS2, "a page mark inside the table is no figure");
    row(HEAD3 NEW "\n101\n102\n103\n- 12 -\n104\n105\n106\n621\n二、上年结转\n1\n1\n1\n1\n1\n1\n6\n",
        "t3.new", SAYS1,
        "a page mark between cells one a line");
    row(HEAD3 COLUMNS3 NEW " | " ROW1 "\n\n第 7 页\n"
        COLUMNS3 "(四)无法提供 | 1.本机关不掌握相关政府信息 | " ROW2 "\n",
        "t3.unable_not_held", SAYS2, "a header repeated on the next page");
    row(HEAD3 NEW " | " ROW1 "\n\n注:数据来自台账。\n\n(七)总计 | " ROW2 "\n", "t3.handled", SAYS2,
        "a note between two pieces of the table");
    row(HEAD3 "自然人 | 法人或其他组织 | 总计 |\n商业企业 | 科研机构 | 法律服务机构 | 社会公益组织 | 其他 |\n" NEW " | " ROW1 "\n",
        "t3.new", "101 102 103 105 104 106 621", "columns printed in another order keep their labels");
    row(HEAD3 "四、结转下年度继续办理 | " ROW1 "\n" NEW " | " ROW2 "\n", "t3.new", SAYS2,
        "rows out of order");
}

static void labels(void)
{
    row(HEAD3 "(三)不予公开 | 2.其他法律行政止公开 | " ROW1 "\n3.危及\"三安全一稳定\" | " ROW2 "\n",
        "t3.denied_forbidden",
        SAYS1, "a typo between known rows");
    row(HEAD3 "（三）不予公开 | １、属于国家秘密 | " ROW1 "\n", "t3.denied_secret", SAYS1,
        "full-width digits and brackets");
    row(HEAD3 "本年新收 | " ROW1 "\n", "t3.new", SAYS1, "shortened labels without an ordinal");
    row(HEAD3 "二、上年結轉政府信息公開申請數量 | " ROW1 "\n", "t3.carried_in", SAYS1,
        "traditional characters");
    row(HEAD3 "一、本年新收政府信息公開申請數(shù)量 | " ROW1 "\n", "t3.new", SAYS1, "readings in letters");
    row(HEAD3 NEW "(含转办) | " ROW1 "\n", "t3.new", SAYS1, "an explanation behind a label");
    row(HEAD3 "(六)其他处理 | " ROW1 "\n(七)总计 | " ROW2 "\n", "t3.other", SAYS1, "(六) in one row");
    row(HEAD3 "(六)其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | " ROW1
        "\n2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | " ROW2 "\n3.其他 | " ROW3
        "\n(七)总计 | 1 | 1 | 1 | 1 | 1 | 1 | 6\n",
        "t3.other_misc", SAYS3, "其他 is a row below its group");
    ok(page_row("t3.other", "none none none none none none none"), "and the group has no figures");
    row(HEAD3 NEW " | " ROW1 "\n(三)不予公开 | 9 | 9 | 9 | 9 | 9 | 9 | 54\n1.属于国家秘密 | " ROW2 "\n",
        "t3.denied_secret",
        SAYS2, "a group with figures of its own shifts nothing");
    ok(page_said("extra-row") == 1, "and is said to be kept out");
    page_read("一、总体情况\n本机关办理一、本年新收政府信息公开申请数量 500 件,行政许可 9 件。\n" HEAD3 NEW " | " ROW1 "\n");
    ok(page_row("t3.new", SAYS1), "labels inside sentences are no rows");
    ok(page_is("t2.licences.decisions", "none"), "nor are figures behind them");
}

static void one_line_of_prose(void)
{
    page_read(HEAD3 NEW " | " ROW1 "\n(七)总计 | " ROW2 "\n五、其他\n行政处罚 7 件\n");
    ok(page_is("t2.penalties.decisions", "none"), "one row on a line without a header is no table");
}

static void blanks(void)
{
    row(HEAD3 NEW " | | 102 | | 104 | | | 206 |\n", "t3.new", "blank 102 blank 104 blank blank 206",
        "empty cells between bars are blank");
    row(HEAD3 NEW " | / | - | -- | — | 无 | 不适用 | N/A\n(七)总计 | " ROW1 "\n",
        "t3.new", "na na na na na na na",
        "marks that none applies");
    page_read(HEAD3 NEW "\n101\n102\n103\n104\n105\n106\n621\n二、上年结转\n201\n202\n203\n204\n"
        "205\n1015\n(一)予以公开\n1\n2\n3\n4\n5\n6\n21\n(二)部分公开\n1\n2\n3\n4\n5\n6\n21\n");
    ok(page_row("t3.carried_in", "none none none none none none none"),
       "a row that lost a cell is not stored");
    ok(page_said("row-unread") == 1, "and is said to be unread");
    ok(page_row("t3.granted", "1 2 3 4 5 6 21"), "the row behind it is whole");
    row(HEAD3 "   自然人  商业企业 科研机构 公益 法律 其他 总计\n" NEW "   101   102   103   104   105   106   621\n"
        "二、上年结转政府信息公开申请数量   201   202   203   204   205   206  1221\n"
        "(一)予以公开                       301   302   303   304   305   306  1821\n"
        "(二)部分公开                       401               404               805\n",
        "t3.partial", "401 none none 404 none none 805", "places on a line prove figures, not blanks");
    ok(page_said("by-place") == 1, "and it is said that places were gone by");
    row(HEAD3 NEW " 12 343 0 0 0 0 0 12 343\n", "t3.new", "12343 0 0 0 0 0 12343",
        "thousands parted by a space where the total shows it");
    ok(page_said("by-total") == 1, "and it is said that the total chose");
    row(HEAD3 NEW " | 见附件 | 102 | 103 | 104 | 105 | 106 | 621\n", "t3.new",
        "\"见附件\" 102 103 104 105 106 621", "words in the place of a figure are kept");
    ok(page_said("text-cell") == 1, "and said");
    row(HEAD3 NEW " | 12 34 | 102 | 103 | 104 | 105 | 106 | 621\n", "t3.new",
        "\"12 34\" 102 103 104 105 106 621", "two numbers in a cell are none");
    row(HEAD3 NEW " | 1,234 | 1，234 | １２ | 5件 | 6（注） | 0 | 7\n", "t3.new", "1234 1234 12 5 6|注 0 7",
        "thousands, full-width digits, units and notes");
}

static void table_2(void)
{
    static const char old[] = "第二十条第(一)项 | ||||\n信息内容 | 本年新 | 本年新 | 对外公开总数量 | |\n"
                              "规章 | 11 | 12 | 13 | |\n规范性文件 | 21 | 22 | 23 | |\n";
    cell(old, "t2.normative.disclosed_total", "23", "a header cut to 本年新 | 本年新");
    cell(old, "t2.rules.made", "11", "keeps the order of the form");
    static const char fresh[] =
        "第二十条第(一)项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | | | | \n规范性文件 | 21 | 22 | 23\n"
        "其他主动公开文件 | 91 | 92 | 93\n第二十条第(五)项\n信息内容 | 本年处理决定数量\n行政许可 | 124件\n"
        "第二十条第(六)项\n信息内容 | 本年处理决定数量\n行政处罚 | -\n行政强制 | 1,036\n"
        "第二十条第(八)项\n信息内容 | 本年收费金额(单位:万元)\n行政事业性收费 | 251000元\n";
    cell(fresh, "t2.rules.issued", "blank", "a row of empty cells is blank");
    cell(fresh, "t2.normative.repealed", "22", "规范性文件 on form 2021");
    cell(fresh, "t2.licences.decisions", "124", "a unit behind a figure");
    cell(fresh, "t2.penalties.decisions", "na", "a dash");
    cell(fresh, "t2.fees.amount", "25.10000000", "元 below 万元");
    ok(page_said("extra-row") == 1, "an extra row is kept out and said");
    ok(page.report && page.report->form == 2021, "the form is told by the labels");
    cell("第二十条第(一)项 | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | 规章 |  |  |  | 行政规范性文件 | 4 | 0 | 4 | "
         "第二十条第(六)项 | 信息内容 | 本年处理决定数量 | 行政处罚 |  | 行政强制 |  |\n",
         "t2.coercion.decisions", "blank", "blanks on one line with bars");
    cell("信息内容 现行有效件数 本年制发件数 本年废止件数\n规章 1 2 3\n", "t2.rules.in_force", "1",
         "a header in another order");
    cell("第二十条第(五)项\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 8 | -26524 | 93\n"
        "其他对外管理服务事项 | 7 | +1036 | 5\n",
         "t2.services.items_change", "1036", "signed changes");
    cell("第二十条第(五)项\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 8 | －26524 | 93\n",
         "t2.licences.items_change", "-26524", "a full-width minus");
    cell("行政许可 | 8 | 5 | 93\n行政处罚 | 1 | 2 | 3\n政府集中采购 | 7 | 9.5\n", "t2.licences.items_change", "5",
         "a lost header is told by the number of figures");
    page_read("规章 | 1 | 2 | 3\n行政许可 | 5 | 6\n");
    ok(!page.report || page_is("t2.licences.decisions", "none"),
       "figures that fit no form are not stored");
}

static void table_4(void)
{
    static const char head[] = "四、政府信息公开行政复议、行政诉讼情况\n";
    static const char five[] = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n";
    char text[2000];
    snprintf(text, sizeof text, "%s行政复议\n%s1 | 2 | 3 | 4 | 10\n未经复议直接起诉\n"
        "%s5 | 6 | 7 | 8 | 26\n复议后起诉\n%s9 | 10 | 11 | 12 | 42\n",
             head, five, five, five);
    cell(text, "t4.suit_direct.other", "7", "three tables of five");
    cell(text, "t4.suit_after_review.total", "42", "the last of them");
    snprintf(text, sizeof text, "%s项目 | %s行政复议 | 1 | 2 | 3 | 4 | 10\n"
        "未经复议直接起诉 | 5 | 6 | 7 | 8 | 26\n复议后起诉 | 9 | 10 | 11 | 12 | 42\n",
             head, five);
    cell(text, "t4.suit_direct.total", "26", "a row for each block");
    snprintf(text, sizeof text, "%s项目 | 行政复议 | 未经复议直接起诉 | 复议后起诉\n结果维持 | 1 | 5 | 9\n"
        "结果纠正 | 2 | 6 | 10\n其他结果 | 3 | 7 | 11\n尚未审结 | 4 | 8 | 12\n总计 | 10 | 26 | 42\n",
             head);
    cell(text, "t4.suit_direct.pending", "8", "a column for each block");
    snprintf(text, sizeof text, "%s行政复议\n结果维持 | 1\n结果纠正 | 2\n其他结果 | 3\n尚未审结 | 4\n总计 | 10\n"
        "未经复议直接起诉\n结果维持 | 5\n结果纠正 | 6\n其他结果 | 7\n尚未审结 | 8\n总计 | 26\n",
             head);
    cell(text, "t4.suit_direct.corrected", "6", "one figure a line");
    snprintf(text, sizeof text, "%s行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n结 结 其 尚\n果 果 他 未\n"
        "总计 结 结 其 尚 总\n维 纠 结 审\n1 2 3 4 10 5 6 7 8 26 9 10 11 12 42\n",
             head);
    cell(text, "t4.review.total", "10", "vertical headers of one character");
}

static void table_4_padded(void)
{
    page_read("四、政府信息公开行政复议、行政诉讼情况\n| | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n"
              "行政复议 | | 1 | 2 | 3 | 4 | 10\n行政诉讼 | 未经复议直接起诉 | 5 | 6 | 7 | 8 | 26\n"
              "| 复议后起诉 | 9 | 10 | 11 | 12 | 42\n");
    ok(page_is("t4.review.upheld", "1") && page_is("t4.review.total", "10"),
       "names of blocks in two columns leave an empty cell before the figures of one");
    ok(page_is("t4.suit_after_review.upheld", "9"), "the other blocks are whole");
}

static void cells_lost(void)
{
    page_read("二、主动公开政府信息情况\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
              "规章 | 1 | 2 | 3\n行政规范性文件 | 41 | 43\n");
    ok(page_is("t2.rules.in_force", "3") && page_is("t2.normative.repealed", "none"),
       "two figures between bars for three columns are not stored");
    ok(page_said("row-unread") == 1, "and the row is said to be unread");
    page_read(HEAD3 "项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计\n"
              NEW " | " ROW1 "\n二、上年结转 | 201 | 203 | 204 | 205 | 206 | 1221\n(七)总计 | " ROW3 "\n");
    ok(page_row("t3.carried_in", "none none none none none none none"),
       "six figures between bars for seven columns are not stored");
}

static void column_of_remarks(void)
{
    page_read(HEAD3 "项目 | 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 | 备注\n"
              NEW " | " ROW1 " | 9\n二、上年结转 | 201 | | 203 | 204 | 205 | 206 | 1019 | 8\n"
              "(七)总计 | " ROW3 " |\n");
    ok(page_row("t3.new", SAYS1), "figures in a column of remarks are none of the form");
    ok(page_row("t3.carried_in", "201 blank 203 204 205 206 1019"),
       "nor do they fill an empty cell before them");
    page_read(HEAD3 NEW " | " ROW1 " |\n二、上年结转 | 201 | | 203 | 204 | 205 | 206 | 1019 | 8\n"
              "(七)总计 | " ROW3 " |\n");
    ok(page_row("t3.carried_in", "none none none none none none none") &&
           page_said("row-unread") == 1,
       "without a header seven figures in eight places that do not add up are not stored");
}

static void two_reports(void)
{
    static const char second[] =
        "津市市体育局2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信息内容 | 本年处理决定数量\n行政许可 | 91\n"
        HEAD3 NEW " | " ROW2 "\n四、结转下年度继续办理 | " ROW3 "\n";
    char text[4000];
    snprintf(text, sizeof text, "常德市教育局2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
             "信息内容 | 本年处理决定数量\n行政许可 | 81\n%s", second);
    page_read(text);
    ok(page_is("t2.licences.decisions", "81") && page_is("t3.new.person", "none"),
       "a table that only another agency's report in the file has is not taken");
    ok(page_said("several-reports") == 1, "and it is said that there is another report");
    snprintf(text, sizeof text, "津市市体育局2020年政府信息公开工作年度报告\n行政许可 | 5 | 6 | 7\n"
             "四、结转下年度继续办理 | " ROW1 "\n%s", second);
    page_read(text);
    ok(page_row("t3.new", SAYS2) && page_is("t2.licences.decisions", "91"),
       "of two years in a file the one that is asked for is taken");
    snprintf(text, sizeof text, "常德市教育局2021年政府信息公开工作年度报告\n" HEAD3 NEW " | " ROW1 "\n"
             "常德市教育局2021年政府信息公开工作年度报告\n二、上年结转 | " ROW2 "\n上一篇\n"
             "津市市体育局2021年政府信息公开工作年度报告\n");
    page_read(text);
    ok(page_row("t3.carried_in", SAYS2) && page_said("several-reports") == 0,
       "the title at the head of each page, and links to others, begin no report");
}

static void never_silent(void)
{
    page_read("二、主动公开政府信息情况\n信息内容\n本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n0\n规范性文件\n"
              "行政许可\n行政处罚\n三、收到和处理政府信息公开申请情况\n自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n"
              "其他\n总计\n一、本年新收政府信息公开申请数量\n二、上年结转政府信息公开申请数量\n(一)予以公开\n(二)部分公开\n"
              "1.属于国家秘密\n2.其他法律行政法规禁止公开\n4.保护第三方合法权益\n5.属于三类内部事务信息\n6.属于四类过程性信息\n"
              "7.属于行政执法案卷\n8.属于行政查询事项\n1.本机关不掌握相关政府信息\n2.没有现成信息需要另行制作\n"
              "3.补正后申请内容仍不明确\n1.信访举报投诉类申请\n2.重复申请\n3.要求提供公开出版物\n(七)总计\n四、结转下年度继续办理\n"
              "行政复议\n行政诉讼\n结果维持\n结果纠正\n其他结果\n尚未审结\n未经复议直接起诉\n复议后起诉\n");
    ok(!page.report && strcmp(page.err.reason, "lossy") == 0, "a page without its repeated lines is lossy");
    page_read(HEAD3 NEW " | " ROW1 "\n(七)总计 | " ROW2 "\n" NEW " | 7 | 7 | 7 | 7 | 7 | 7 | 42\n");
    ok(page_row("t3.new", SAYS1) && page_said("printed-twice") == 1,
       "a table printed twice with other figures is said");
    page_read(HEAD3 NEW " | " ROW1 " | " ROW2 "\n(七)总计 | " ROW3 "\n");
    ok(page_row("t3.new", "none none none none none none none") && page_said("row-unread") == 1,
       "last year beside this year is not guessed");
    page_read(HEAD3 NEW " | " ROW1 "\n(一)予以公开 | " ROW2 "\n");
    ok(page_said("rows-missing") == 1, "rows that are not there are said");
    ok(page_said("table-missing") == 2, "tables that are not there are said");
    page_read(HEAD3 "(二)部分公开(区分处理的,只计这一情形,不计其他情  153 12\n           形)       10 18 12 11 216\n");
    ok(page_row("t3.partial", "153 12 10 18 12 11 216") && page_said("by-total") == 1,
       "a row on two lines is put together where it adds up");
    page_read(HEAD3 "(二)部分公开(区分处理的,只计这一情形,不计其他情  153 12\n           形)       10 18 12 11 999\n");
    ok(!page.report || page_is("t3.partial.person", "none"), "and left where it does not");
    page_read(HEAD3 NEW "      1126  0  0  0  0  3  1126\n"
                        "                                     2                 5\n"
                        "(一)予以公开  1 1 1 1 1 1 6\n");
    ok(page_row("t3.granted", "1 1 1 1 1 1 6"), "figures below figures shift no row");
}

/* A table 3 of eleven rows, one cell a line behind bars or none, with figures of six columns. */
static void without_totals(const char *separator, const char *mark, const char *last)
{
    static const char *const rows[] = {
        "(一)予以公开", "(二)部分公开", "1.属于国家秘密", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
        "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
        "2.重复申请", "3.要求提供公开出版物"};
    static char text[8000];
    /* a page on which nothing is said twice would be one whose repeated lines were dropped */
    int n = snprintf(text, sizeof text, HEAD3 "自然人%s总计%s申请人情况%s申请人情况%s", separator,
                     separator, separator, separator);
    for (int r = 0; r < 11; r++) {
        n += snprintf(text + n, sizeof text - (size_t)n, "%s%s", rows[r], separator);
        for (int k = 0; k < 6; k++)
            n += snprintf(text + n, sizeof text - (size_t)n, "%d%s", 900 + r * 10 - k, separator);
        if (r == 4)
            n += snprintf(text + n, sizeof text - (size_t)n, "%s", mark);
    }
    snprintf(text + n, sizeof text - (size_t)n, "%s", last);
    page_read(text);
}

static void blank_totals(void)
{
    without_totals("\n", "", "(七)总计\n1\n2\n3\n4\n5\n6\n21\n");
    ok(page_row("t3.granted", "900 899 898 897 896 895 blank"),
       "总计 filled on a few rows only, cells one a line");
    ok(page_said("by-pattern") == 11, "and each row so read is said");
    without_totals("\n", "7\n", "");
    ok(page_row("t3.denied_third_party", "none none none none none none none"),
       "a page number in the place of a blank total is not taken for it");
    without_totals(" |\n", "7\n", "");
    ok(page_row("t3.denied_third_party", "940 939 938 937 936 935 blank"),
       "where cells have bars, a number without one is a page mark");
}

static void padded_header(void)
{
    page_read("四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼 | |||||||||||||\n"
              "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||||||\n"
              "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | "
              "尚未审结 | 总计 | |||||\n1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42\n");
    ok(page_is("t4.suit_after_review.upheld", "9"), "the header of table 4 padded with empty cells");
    ok(page_said("printed-twice") == 0, "is no row of blanks");
}

static void first_form(void)
{
    page_read("政府信息公开情况统计表\n统计指标 | 单位 | 统计数\n一、主动公开情况 | —— | ——\n"
              "(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) | 条 | 1101\n其中:主动公开规范性文件数 | 条 | 1102\n"
              "四、行政复议数量 | 件 | 1201\n(一)维持具体行政行为数 | 件 | 1202\n(二)被依法纠错数 | 件 | 1203\n"
                  "(三)其他情形数 | 件 | 1204\n"
              "五、行政诉讼数量 | 件 | 1301\n(二)被依法纠错数 | 件 | 1303\n(三)其他情形数 | 件 | 1304\n"
                  "七、依申请公开信息收取的费用 | 万元 | 1.5\n");
    ok(page.report && page.report->form == 2014, "the first form is told by its labels");
    ok(page_is("t1.disclosed_normative", "1102"), "其中 is no part of a label");
    ok(page_is("t1.review_other", "1204") && page_is("t1.suit_other", "1304"),
       "one label twice is told by what stands before");
    ok(page_is("t1.fees_charged", "1.50000000"), "an amount with its unit in a column of its own");
}

static void first_form_columns(void)
{
    page_read("政府信息公开情况统计表\n统计指标 | 单位 | 本级 | 部门 | 合计\n一、主动公开情况 | | | |\n"
              "(一)主动公开政府信息数 | 条 | 11 | 12 | 23\n其中:主动公开规范性文件数 | 条 | 5 | | \n"
              "二、回应解读情况 | | | |\n1.参加或举办新闻发布会总次数 | 次 | | | 31\n"
              "三、依申请公开情况 | | | |\n(一)收到申请数 | 件 | 1 | 2\n");
    ok(page_is("t1.disclosed", "23"), "of several columns the one of the total is taken");
    ok(page_is("t1.disclosed_normative", "blank"), "where it is empty, no other is taken for it");
    ok(page_is("t1.press_conferences", "31"), "below every heading of the table");
    ok(page_is("t1.received", "none") && page_said("row-unread") == 1,
       "a row that lost a column is not stored");
    ok(page_said("total-column") == 1, "and it is said once which column was taken");
    page_read("政府信息公开情况统计表\n统计指标 | 单位 | 2016年 | 2017年\n(一)主动公开政府信息数 | 条 | 11 | 12\n"
              "三、依申请公开情况 | | |\n(一)收到申请数 | 件 | 1 | 2\n");
    ok(!page.report && strcmp(page.err.reason, "lossy") != 0,
       "two years beside each other are refused, not guessed");
}

static void named(void)
{
    page_read("t3.new.person | 501\n表三/本年新收/总计 | 502\n表二/行政许可/处理决定数量 | 503\n"
        "表四/复议后起诉/尚未审结 | \nt9.nothing.here | 4\nt3.nothing.here | 4\n");
    ok(page_is("t3.new.person", "501"), "a cell named by its code");
    ok(page_is("t3.new.total", "502"), "a cell named by a path");
    ok(page_is("t2.licences.decisions", "503"), "a path with a variant of the label");
    ok(page_is("t4.suit_after_review.pending", "blank"), "a named cell without a figure is blank");
    ok(page_said("unknown-cell") == 2, "each name of no cell is said");
}

int main(void)
{
    if (!ok(page_begin(), "the labels agree with the forms")) {
        diag("%s", page.err.english);
        return done();
    }
    layouts();
    labels();
    one_line_of_prose();
    blanks();
    table_2();
    table_4();
    table_4_padded();
    column_of_remarks();
    two_reports();
    cells_lost();
    never_silent();
    blank_totals();
    padded_header();
    first_form();
    first_form_columns();
    named();
    return page_end();
}
