#include "tests/unit/reading.h"

#define PAGE(body) STR("<html><body>" body "</body></html>")

static void test_text(void)
{
    ok(reads(PAGE("<p>one</p>\n<div>two<br>three</div>four"),
             "P1 one\nP2 two\nP2 three\nP2 four\n"), "blocks and line breaks end paragraphs");
    ok(reads(PAGE("<p>\n a\n  b </p>"), "P2 a b\n"),
       "white space runs together; the line is where the text begins");
    ok(reads(PAGE("<p><span>2</span><span>0</span>19</p>"), "P1 2019\n"),
       "a text split over spans is one text");
    ok(reads(PAGE("<script>1<2</script><style>p{}</style><nav><p>home</p></nav><p>x</p>"),
             "P1 x\n"), "scripts, styles and navigation are not read");
    ok(reads(STR("<title>a - site</title><meta name=ArticleTitle content='a'><p>x</p>"),
             "T a\nP1 x\n"), "the article's own title goes before the page's");
    ok(reads(PAGE("<p>a&nbsp;b&mdash;&#30;&lt;</p>"),
             "P1 a\xC2\xA0" "b\xE2\x80\x94\x1E<\n"), "references become characters");
    ok(reads(PAGE("<pre>a  b\n c | d\n</pre>"), "P1 a  b\nG2\nR c@2|d@2\n"),
       "preformatted text keeps lines and spaces");
    ok(reads(PAGE("<p>a | 1 |</p><p>b | 2 |</p>"), "G1\nR a@1|1@1|@1\nR b@1|2@1|@1\n"),
       "paragraphs with bars are a grid as in plain text");
    ok(refuses(PAGE(" "), "empty", 0), "a page without text is refused");
}

static void test_tables(void)
{
    ok(reads(PAGE("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>"),
             "G1\nR a@1*1x2|b@1*2x1\nR c@1|d@1\n"), "spans are kept, missing end tags supplied");
    ok(reads(PAGE("<table><tr><td>a<td>b\n<tr>\n<td>1\n<td>2</table>"),
             "G1\nR a@1|b@1\nR 1@3|2@4\n"), "each cell knows its line");
    ok(reads(PAGE("<table><tr><td>a<br>b<p>c</p><td>x</table>"), "G1\nR a~b~c@1|x@1\n"),
       "breaks and blocks inside a cell are line breaks");
    ok(reads(PAGE("<table><tr><td><o:p>&nbsp;</o:p><td>&nbsp;5<td></table>"),
             "G1\nR @1|5@1|@1\n"), "cells of hard spaces are empty");
    ok(reads(PAGE("<table><tr><td colspan=99999>a<td rowspan=70000>b<td colspan=0 rowspan=x>c"
                  "<tr><td>d</table>"),
             "G1\nR a@1*1000x1|b@1*1x2|c@1\nR d@1\n"), "absurd spans are cut as browsers do");
    ok(reads(PAGE("<table><tbody><tr><td rowspan=0>a<td>b<tr><td>c<tbody><tr><td>d<td>e</table>"),
             "G1\nR a@1*1x2|b@1\nR c@1\nR d@1|e@1\n"), "rowspan=0 reaches to the end of its group");
    ok(reads(PAGE("<table><caption>t</caption><tr><th>a<th>b</table>"), "G1\nR a@1|b@1\nP1 t\n"),
       "a caption is a paragraph");
    ok(reads(PAGE("<table><tr><td>22<sup>1</sup><td>H<sub>(2)</sub></table>"),
             "G1\nR 22\xEF\xBC\x88" "1\xEF\xBC\x89@1|H\xEF\xBC\x88(2)\xEF\xBC\x89@1\n"),
       "a footnote's mark never joins a figure");
    ok(reads(PAGE("<p>a<span style='vertical-align:sub'>1</span></p><table><tr><td>b<td>22<span "
                  "style='font-size:9px;vertical-align: Super'>1</span><td><b style='vertical-align:"
                  "middle'>3</b>4</table>"),
             "P1 a1\nG1\nR b@1|22\xEF\xBC\x88" "1\xEF\xBC\x89@1|34@1\n"),
       "nor does one that a style raises");
    ok(reads(PAGE("<table><tr><td>a<td><img src=5.png></table>"),
             "G1\nR a@1|[\xE5\x9B\xBE\xE7\x89\x87]@1\n"), "a picture in a cell is not a blank cell");
    ok(reads(PAGE("<table><tr><td>a<td>b<tr style='Display : none'><td>a<td>9<tr><td>c"
                  "<td style='color:red;display:none'>8<td>d</table>"),
             "G1\nR a@1|b@1\nR c@1|d@1\n"), "rows and cells that are not shown are not there");
    ok(reads(PAGE("<div style='display:none'><p>x</p></div>"), "P1 x\n"),
       "a hidden division is read: scripts show it later");
    ok(reads(PAGE("<table><tr><td>a<td><input value=5></table>"), "G1\nR a@1|5@1\n"),
       "what was typed into a form counts");
}

#define STRUCK "[\xE5\x88\xA0\xE9\x99\xA4]"
#define HIDDEN "[\xE9\x9A\x90\xE8\x97\x8F]"
#define CONTROL "[\xE6\x8E\xA7\xE4\xBB\xB6]"
#define SCRIPT "[\xE8\x84\x9A\xE6\x9C\xAC]"
#define FORMULA "[\xE5\x85\xAC\xE5\xBC\x8F]"
#define PICTURE "[\xE5\x9B\xBE\xE7\x89\x87]"
#define TABLE "[\xE8\xA1\xA8\xE6\xA0\xBC]"

/* Whether a cell that holds `inside` says `want`. */
static bool says(const char *inside, const char *want)
{
    char page[1024], document[1024];
    snprintf(page, sizeof page, "<table><tr><td>a<td>%s</td></tr></table>", inside);
    snprintf(document, sizeof document, "G1\nR a@1|%s@1\n", want);
    return reads(str_from(page), document);
}

static void test_struck(void)
{
    ok(says("<del>5</del><ins>12</ins>", "12") && says("<s>5</s>12", "12") &&
           says("<strike>5</strike>12", "12") &&
           says("<span style='text-decoration:line-through'>5</span>12", "12") &&
           says("<b style='TEXT-DECORATION: Underline Line-Through'>5</b>12", "12"),
       "a figure that is struck out never joins the one beside it");
    ok(says("<s>5</s>", STRUCK) && says("<p style='text-decoration:line-through'>5</p>", STRUCK) &&
           says("<del></del>", "") && says("<s>&nbsp;</s>", ""),
       "a cell of struck text alone is not blank, one without is");
    ok(reads(PAGE("<table><tr><td>a<td style='text-decoration:line-through'>5<tr "
                  "style='text-decoration:line-through'><td>b<td></table>"),
             "G1\nR a@1|" STRUCK "@1\nR " STRUCK "@1|@1\n"), "so is a cell that is struck out, or a row");
    ok(reads(PAGE("<p>1<s>2</s>3</p><p style='text-decoration:line-through'>x</p>"
                  "<pre>a<del>b</del></pre>"), "P1 13\nP1 a\n"),
       "struck text is left out outside tables too");
    ok(reads(PAGE("<s><p>x</p><table><tr><td>a<td>5</table>"), "G1\nR a@1|5@1\n"),
       "striking that nobody ends does not reach into the cells of a table");
}

static void test_hidden(void)
{
    ok(says("<span style='visibility:hidden'>5</span>12", "12") &&
           says("<i style='visibility : Hidden'>5</i>12", "12") &&
           says("<b style='display:none'>5</b>12", "12") &&
           says("<input value=5 style='display:none'>12", "12"),
       "text in a cell that is not shown never joins a figure");
    ok(says("<span style='visibility:hidden'>5</span>", HIDDEN) &&
           says("<span style='visibility:visible'>5</span>", "5"),
       "a cell of hidden text alone is not blank");
    ok(reads(PAGE("<table><tr><td>a<td style='visibility:hidden'>5<td>6</table>"),
             "G1\nR a@1|" HIDDEN "@1|6@1\n"), "a hidden cell keeps its column");
    ok(reads(PAGE("<div style='visibility:hidden'><table><tr><td>a<td>5</table></div>"),
             "G1\nR a@1|5@1\n"), "a page hidden until its script has run is read");
}

static void test_unread(void)
{
    ok(says("<textarea>12</textarea>", CONTROL) && says("<select><option>12</select>", CONTROL) &&
           says("<button>12</button>", CONTROL) && says("<iframe src=x></iframe>", CONTROL) &&
           says("<object data=x></object>", CONTROL) && says("<embed src=x>", CONTROL) &&
           says("<meter value=1>12</meter>", CONTROL) && says("<details>12</details>", CONTROL) &&
           says("<input type=button value=12>", CONTROL),
       "a control in a cell is not a blank cell");
    ok(says("<script>document.write(12)</script>", SCRIPT) && says("<script src=x></script>", SCRIPT),
       "nor is a script");
    ok(says("<math><mn>12</mn></math>", FORMULA), "nor is a formula");
    ok(says("<svg><path d='M0'/></svg>", PICTURE) && says("<canvas></canvas>", PICTURE),
       "nor is a drawing");
    ok(reads(PAGE("<table><tr><td>a<td><table><tr><td>12</table><tr><td>b<td>2<tr><td>c<td>3"
                      "</table>"),
                 "G1\nR a@1|" TABLE "@1\nR b@1|2@1\nR c@1|3@1\nP1 12\n"),
       "nor is a small table in a table of data");
    ok(says("1<textarea>2</textarea>", CONTROL "1") && says("1<select><option>2</select>", CONTROL "1") &&
           says("1<script>document.write(2)</script>", SCRIPT "1") &&
           says("1<math><mn>2</mn></math>", FORMULA "1") &&
           says("1<svg><text>2</text></svg>", PICTURE "1"),
       "what they show beside a figure is no part of it, nor left out without a word");
    ok(says("12<button>x</button><script src=x></script><svg><path/></svg>", "12") &&
           says("<textarea> </textarea><style>p{}</style><noscript>x</noscript>"
                "<input type=hidden value=5><button hidden>x</button>", ""),
       "what shows no figure changes none, nor fills a blank cell");
    ok(says("<input type=number value=12>", "12") && says("<input type=TEXT value=12>", "12") &&
           says("5<input value=12>", CONTROL "512") && says("<input value=12>5", CONTROL "125") &&
           says("<input value=12>\xE4\xBB\xB6", "12\xE4\xBB\xB6") && says("5<img src=x>6", PICTURE "56") &&
           says("5<button>x</button>6", CONTROL "56") && says("5<button>x</button> 6", "5 6"),
       "what was typed is read, and no two figures become one across something shown without a word");
}

static void test_layout(void)
{
    ok(reads(PAGE("<table><tr><td><p>x</p><table><tr><td>a<td>b</table><p>y</p></table>"),
             "P1 x\nG1\nR a@1|b@1\nP1 y\n"),
       "a table around the page is read through, in reading order");
    ok(reads(PAGE("<table><tr><td>menu<td><table><tr><td>a<td>b</table></table>"),
             "P1 menu\nG1\nR a@1|b@1\n"), "also one of several columns");
    ok(reads(PAGE("<table><tr><td>a<td>b<tr><td>c<td>d<table><tr><td>x<td>y</table></table>"),
             "G1\nR a@1|b@1\nR c@1|d@1\nG1\nR x@1|y@1\n"),
       "a table inside a table of data is a grid of its own");
    ok(reads(PAGE("<table><tr><td>one<tr><td>two</table>"), "P1 one\nP1 two\n"),
       "a table of one column is text");
}

/* `head`, then `n` times `piece`. */
static struct str many(const char *head, const char *piece, size_t n)
{
    static struct buf buf;
    buf_free(&buf);
    buf = buf_new(1 << 26);
    buf_text(&buf, head);
    for (size_t i = 0; i < n; i++)
        buf_text(&buf, piece);
    return buf_str(&buf);
}

static void test_hostile(void)
{
    ok(refuses(many("<html>", "<table><tr><td>", 20000), "too-large", 0),
       "300 KB of nested tables are refused");
    ok(refuses(many("<html>", "<b>", 100000), "too-large", 0), "so is any other deep nesting");
    struct reading reading = {0};
    reading_of(&reading, many("<html>", "<p>x", 50000));
    ok(reading.status == 0 && reading.documents == 1, "many paragraphs left open are not deep");
    reading.memory_max = 1 << 20;
    reading_of(&reading, many("<html>", "<p>x", 50000));
    ok(reading.status < 0 && reading.err.kind == ERR_INPUT &&
           strcmp(reading.err.reason, "too-large") == 0,
       "a page that takes too much memory is refused");
    buf_free(&reading.out);
    ok(refuses(STR("<html><meta charset=big5><p>\xA6\x7E"), "encoding", 1),
       "a page that says it is Big5 is asked about");
    ok(reads(STR("<html><meta charset=gb2312><p>\xB7\xE6\x93\x8A\x81\x39\xEE\x39"),
             "P1 \xE9\x94\x8B\xE6\x90\xB3\xE3\x90\x80\n"),
       "gb2312 is read as GB18030");
}

int main(void)
{
    test_text();
    test_tables();
    test_struck();
    test_hidden();
    test_unread();
    test_layout();
    test_hostile();
    return done();
}
