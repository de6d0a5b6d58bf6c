#include "tests/unit/reading.h"

static struct arena arena;

static struct str fixture(const char *name)
{
    char path[256];
    struct stream *in = NULL;
    struct str bytes = {0};
    struct err err = {0};
    snprintf(path, sizeof path, "fixtures/office/%s", name);
    if (stream_open(&in, path, &err) < 0 || stream_all(in, &arena, 1 << 24, &bytes, &err) < 0)
        diag("%s: %s", path, err.english);
    stream_close(in);
    return bytes;
}

static void test_sheets(void)
{
    ok(reads(fixture("cells.xlsx"),
             "G1\nR 甲@1|乙 丙@1\nR 59237.2449@2|1200@2\nR 2021-01-31@3|98%@3\n"
             "R 5@4|=B2*2@4\nR TRUE@5|#REF!@5\nR @7|@7|2023-03-15@7|7@7\n"),
       "cells say what Excel shows: texts, figures, dates, percentages, results, errors");
    ok(reads(fixture("merged.xlsx"),
             "P1 某局2021年政府信息公开工作年度报告\n"
             "G3\nR 项@3*2x2|人@3*2x1\nR 自然人@4|总计@4\nR 新收@5*1x2|一@5|1@5|2@5\nR 二@6|3@6|4@6\n"
             "P7 签名\n"), "merged cells are kept, title and foot are paragraphs");
    ok(reads(fixture("sheets.xlsx"), "P1 表二\nG1\nR a@1|b@1\nR c@2|1@2\nP1 表三\nG1\nR d@1|e@1\nR f@2|2@2\n"),
       "the visible sheets of a workbook are one document in their order");
    struct reading reading = {0};
    reading_of(&reading, fixture("alike.xlsx"));
    ok(reading.documents == 2, "sheets that hold the same form are documents of their own");
    buf_free(&reading.out);
    ok(reads(fixture("wide.xlsx"),
             "D 甲局//2021/@3\nS3\n表三/本年新收/自然人=1@3\n表三/本年新收/总计=2@3\nt3.a=0@3\n"
             "D 乙局//2021/@4\nS4\n表三/本年新收/自然人=3@4\n表三/本年新收/总计=4@4\nt3.a=@4\n"),
       "a sheet of many reports is read like CSV");
}

/* What is printed, or a text that is no figure: never another figure, never a blank. */
static void test_cells(void)
{
    ok(reads(fixture("formulas.xlsx"),
             "G1\nR none@1|=1+1@1|=1+2@1|=1+3@1|=1+4@1\nR shared@2|=@2|=A1@2\nR kept@3|@3|2@3|0@3\n"
             "R two@4|5 12@4|12 5@4\n"),
       "a formula without its result is no blank, with one that is an empty text it is; nor are two values one");
    ok(refuses(fixture("text-beyond.xlsx"), "damaged", 2) &&
           refuses(fixture("text-absent.xlsx"), "damaged", 2) &&
           refuses(fixture("text-negative.xlsx"), "damaged", 2) &&
           refuses(fixture("text-huge.xlsx"), "damaged", 2) &&
           refuses(fixture("text-empty.xlsx"), "damaged", 2),
       "a cell whose text is not in the workbook refuses it: its number is no figure");
    ok(reads(fixture("runs.xlsx"),
             "G1\nR inline@1|12（3）@1|（5）12@1|12（5）@1|12@1|（7）@1\n"
             "R shared@2|12（3）@2|（5）12@2|12（5）@2|12@2|（7）@2\nR font@3|（12）@3|字@3|12@3|@3\n"),
       "what is raised or struck out is no part of the figure it stands at");
}

static void test_formats(void)
{
    ok(reads(fixture("formats-same.xlsx"),
             "G1\nR 1@1|1234@1|12.5@1\nR 2@2|12@2|-5@2|0@2\nR 3@3|12@3|12.5@3\n"
             "R 4@4|1234567@4|0@4\nR 5@5|1234.5@5\nR 6@6|-5@6\nR 7@7|1234@7|0@7|-5@7\n"
             "R 8@8|12.5@8|0@8\nR 9@9|5@9|-5@9|0@9\nR 10@10|12件@10\nR 11@11|1234.5万元@11\n"
             "R 12@12|5@12|-5@12\nR 13@13|7@13\nR 14@14|5@14|(5)@14\nR 15@15|12.5@15\n"
             "R 16@16|5@16|-5@16\nR 17@17|5@17\nR 18@18|1234@18|-5@18|0@18\n"
             "R 19@19|12.5@19|-5@19|0@19\nR 20@20|1234@20|-5@20\nR 21@21|12@21\nR 22@22|12.5@22\n"
             "R 23@23|12人@23\nR 24@24|12.5@24\nR 25@25|12 万@25\nR 26@26|约12@26\n"
             "R 27@27|12@27\nR 28@28|12@28\nR 29@29|5@29\nR 30@30|12@30\nR 31@31|12%@31\n"),
       "a number in a format that prints it is read, with the words around it");
    ok(reads(fixture("formats-other.xlsx"),
             "G1\nR 1@1|[12.6 0]@1|[0.4 0]@1\nR 2@2|[12.345 0.00]@2\nR 3@3|[12.4 #,##0]@3\n"
             "R 4@4|[1234 0.00E+00]@4\nR 5@5|[0.5 # ?/?]@5\nR 6@6|[1234 #,##0,]@6\n"
             "R 7@7|[1234 0.0,,]@7\nR 8@8|[12345 0!.0,\"万\"]@8\nR 9@9|[12345 0\\.0,\"万\"]@9\n"
             "R 10@10|[12 \"5\"0]@10\nR 11@11|[12 0\\5]@11\nR 12@12|[12 0*10]@12\n"
             "R 13@13|[12 -0]@13\nR 14@14|[1234 00-00]@14\nR 15@15|[112 0 00]@15\n"
             "R 16@16|[-5 0;0]@16\nR 17@17|[0 0;-0;\"/\"]@17\nR 18@18|[0 0;-0;\"无\"]@18\n"
             "R 19@19|[0 0;-0;]@19\nR 20@20|[0 0;-0;;@]@20\nR 21@21|[12 ;;;]@21|[0 ;;;]@21\n"
             "R 22@22|[12 \"无\"]@22|[0 \"无\"]@22\nR 23@23|[12 \"-\"]@23\nR 24@24|[0 #]@24\n"
             "R 25@25|[0 #,###]@25\nR 26@26|[12 [=0]\"无\";0]@26\n"
             "R 27@27|[12345 [>=10000]0!.0,\"万\";0]@27\nR 28@28|[12 0\".\"5]@28\n"
             "R 29@29|[-5 0;;]@29\nR 30@30|[12]@30\n"),
       "a number in a format that prints another or none is a text, and no figure");
}

static void test_hidden(void)
{
    ok(reads(fixture("hidden.xlsx"),
             "P1 行\nG1\nR 项@1|人@1\nR 甲@2|1@2\nR 丁@5|4@5\n"
             "P1 列\nG1\nR 项@1|人@1|注@1\nR 甲@2|3@2|子@2\n"
             "P1 合\nG1\nR 项@1*1x2|庚@1*1x2|人@1\nR b@2\nR 一@4|4@4|6@4\nR 三@5|7@5|9@5\n"),
       "hidden rows and columns are left out; a merge that begins in one begins behind it");
    ok(reads(fixture("hidden-wide.xlsx"), "D 甲局//2021/@2\nS2\nt3.a=1@2\n"),
       "a hidden row of a table of many reports is no report");
}

static void test_documents(void)
{
    ok(reads(fixture("report.docx"),
             "T 核心标题\nP1 标题\nP2 甲\nP2 乙\nP3 新\n"
             "G4\nR 项@4*1x2|人@5*2x1\nR a@7|b@8\nR 收@9|1~2@10|@12\nR @13|3@13|22（1）@14\nP15 尾\n"),
       "paragraphs and tables come in order, merged; what is deleted or hidden is not read");
    ok(reads(fixture("nested.docx"), "P1 前\nG2\nR a@2|b@3\nP4 后\n"),
       "a table inside a table of one column is a grid between its texts");
    ok(reads(fixture("seen.docx"),
             "P7 12\nG9\nR 1@9|2@10\nG13\nR 1@13|2@14\nG17\nR 1@17|2@18\nG1\n"
             "R 项@1|a@2|b@3|c@4|d@5\nR 表@6|[表格]@8|[表格]@11|[表格]12@12|字@16\n"
             "R 图@20|[图片]@21|[图片]@22|[图片]@23|12@24\n"
             "R 号@25|[符号]@26|[符号]2@27|字@28|@29\nR 音@30|12@31|@32|@33|1@34\n"),
       "what is seen in a cell and cannot be read is marked: it is no blank, and no figure is beside it");
}

static void test_hostile(void)
{
    ok(refuses(fixture("bomb.xlsx"), "bomb", 0), "entities are refused before they are counted");
    ok(refuses(fixture("zip-bomb.xlsx"), "bomb", 0), "a part that unpacks without end is refused");
    struct str whole = fixture("cells.xlsx");
    int good = 0, bad = 0;
    for (size_t n = 100; n < whole.n; n += 37) {
        struct reading reading = {0};
        reading_of(&reading, str_slice(whole, 0, n));
        good += reading.status == 0;
        bad += reading.status < 0 && reading.err.kind == ERR_INPUT;
        buf_free(&reading.out);
    }
    ok(good == 0 && bad > 10, "a workbook that is cut short is refused wherever it is cut");
    struct arena copy = arena_new(1 << 20);
    int strange = 0;
    for (size_t i = 30; i < whole.n; i += 7) {
        struct str changed = arena_copy(&copy, whole);
        struct reading reading = {0};
        ((char *)(uintptr_t)changed.p)[i] ^= 0x55;
        reading_of(&reading, changed);
        strange += reading.status < 0 && reading.err.kind != ERR_INPUT;
        buf_free(&reading.out);
    }
    arena_free(&copy);
    ok(strange == 0, "one with a wrong byte is read or refused, and nothing else happens");
}

int main(void)
{
    arena = arena_new(1 << 24);
    test_sheets();
    test_cells();
    test_formats();
    test_hidden();
    test_documents();
    test_hostile();
    arena_free(&arena);
    return done();
}
