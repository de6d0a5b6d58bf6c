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
             "G1\nR none@1|=1+1@1|=1+2@1|=1+3@1|=1+4@1\nR shared@2|=@2|=A1@2\nR kept@3|@3|2@3|0@3\n"),
       "a formula without its result is no blank, with one that is an empty text it is");
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
    test_hidden();
    test_documents();
    test_hostile();
    arena_free(&arena);
    return done();
}
