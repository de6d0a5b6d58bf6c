#include "importers/csv_record.h"
#include "tests/unit/reading.h"

#define HEAD "agency,division,year,scope,code,value\n"

/* Reads the same at every chunk size, so that no test says anything about one only. */
static bool reads_csv(struct str bytes, const char *want)
{
    struct reading reading = {.path = "x.csv"};
    bool same = true;
    for (size_t step = 0; same && step <= bytes.n + 1; step++) {
        reading.step = step;
        const char *got = reading_of(&reading, bytes);
        same = reading.status == 0 && strcmp(got, want) == 0;
        if (!same) {
            diag("in steps of %zu: %s", step, reading.err.english);
            for (char *line = strtok(reading.out.p, "\n"); line; line = strtok(NULL, "\n"))
                diag("%s", line);
        }
    }
    buf_free(&reading.out);
    return same;
}

static bool refuses_csv(struct str bytes, const char *reason, uint32_t line)
{
    struct reading reading = {.path = "x.csv"};
    reading_of(&reading, bytes);
    bool good = reading.status < 0 && strcmp(reading.err.reason, reason) == 0 &&
                reading.err.line == line;
    if (!good)
        diag("%d %s %u %s", reading.status, reading.err.reason, (unsigned)reading.err.line,
             reading.err.english);
    buf_free(&reading.out);
    return good;
}

#define A2 "D A/430700/2021/own@2\nS2\nc1=1@2\n"

static void test_long(void)
{
    ok(reads_csv(STR(HEAD "A,430700,2021,own,c1,1\nA,430700,2021,own,c2,0\n"),
                 A2 "c2=0@3\n"), "a long file is a document a report");
    ok(reads_csv(STR("\xEF\xBB\xBF" HEAD "A,430700,2021,own,c1,1"), A2),
       "a byte order mark and a missing last line end do no harm");
    ok(reads_csv(STR("数值,指标,年份,单位,范围,区划\r\n1,c1,2021年,A,本单位,430700\r\n"), A2),
       "columns may be named in Chinese and stand in any order");
    ok(reads_csv(STR("agency\tdivision\tyear\tscope\tcode\tvalue\nA\t430700\t2021\town\tc1\t1\n"),
                 A2), "tabs part fields as well");
    ok(reads_csv(STR("sep=;\nagency;division;year;scope;code;value\nA;430700;2021;own;c1;1\n"),
                 "D A/430700/2021/own@3\nS3\nc1=1@3\n"), "so do semicolons, as Excel says them");
    ok(reads_csv(STR("2021,,,,,\n" HEAD "A,430700,2021,own,c1,1\n"),
                 "D A/430700/2021/own@3\nS3\nc1=1@3\n"), "a title may stand above the head line");
    ok(reads_csv(STR(HEAD "\nA,430700,2021,own,c1,1\n  \n,,,,,\nA,430700,2021,own,c2,\n"),
                 "D A/430700/2021/own@3\nS3\nc1=1@3\nc2=@6\n"),
       "blank lines are passed over, and counted");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nB,,2021,,c1,2\nA,,2021,own,c2,3\nA,,2020,own,c1,4\n"),
                 "D A//2021/own@2\nS2\nc1=1@2\nc2=3@4\nD B//2021/@3\nS3\nc1=2@3\n"
                 "D A//2020/own@5\nS5\nc1=4@5\n"),
       "rows of one report may lie apart; reports come in order of first appearance");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nA,,2021,own,c1,1\n"),
                 "D A//2021/own@2\nS2\nc1=1@2\n"), "the same cell twice is one cell");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nB,,2021,own,c1,1\nA,,2021,own,c1,2\n"),
                 "X 4 twice A//2021/own\nD B//2021/own@3\nS3\nc1=1@3\n"),
       "with another value it rejects its report alone");
    ok(reads_csv(STR("备注,agency,division,year,scope,code,value\nx,A,430700,2021,own,c1,1\n"),
                 "N 1 columns are kept out: 备注\n" A2), "extra columns are noted");
    ok(refuses_csv(STR("agency,year,code,value,value\nA,2021,c,1,2\n"), "csv-header", 1),
       "a column named twice is refused");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\n" HEAD "A,,2021,own,c2,2\n"),
                 "D A//2021/own@2\nS2\nc1=1@2\nc2=2@4\n"),
       "a head line that comes again is no data");
    ok(reads_csv(STR("code,value\nc1,1\nc2,2\n"), "S2\nc1=1@2\nc2=2@3\n"),
       "who and when may come from elsewhere");
}

static void test_same_report(void)
{
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nB,,2021,,c1,1\nA,,2021年度,本单位,c2,2\n"
                     "　A　,,２０２１,own,c3,3\nA,,2021年度,本单位,c4,4\n"),
                 "D A//2021/own@2\nS2\nc1=1@2\nc2=2@4\nc3=3@5\nc4=4@6\n"
                 "D B//2021/@3\nS3\nc1=1@3\n"),
       "a year and a scope written in several ways are one report");
}

static void test_bad_lines(void)
{
    ok(reads_csv(STR(HEAD "A,,2021,own,c1\nB,,2021,own,c1,1\nA,,2021,own,c2,2\n"),
                 "X 2 csv-line A//2021/own\nD B//2021/own@3\nS3\nc1=1@3\n"),
       "a line with too few fields rejects its report");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1,234\nB,,2021,own,c1,1\n"),
                 "X 2 csv-line A//2021/own\nD B//2021/own@3\nS3\nc1=1@3\n"),
       "so does one with too many: 1,234 unquoted is no 1");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1,,\n"), "D A//2021/own@2\nS2\nc1=1@2\n"),
       "empty fields too many do no harm");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nrubbish\nA,,2021,own,c2,2\nB,,2021,own,c1,1\n"),
                 "X 3 csv-line A//2021/own\nD B//2021/own@5\nS5\nc1=1@5\n"),
       "a line that names nobody belongs to the report around it");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,1\nrubbish\nB,,2021,own,c1,1\n"),
                 "X 3 csv-line //0/\nD A//2021/own@2\nS2\nc1=1@2\nD B//2021/own@4\nS4\nc1=1@4\n"),
       "between two reports it is told by itself");
    ok(reads_csv(STR(HEAD "A,,20x1,own,c1,1\nB,,2021,own,c1,1\n"),
                 "X 2 csv-line A//0/own\nD B//2021/own@3\nS3\nc1=1@3\n"), "a year that is none too");
    ok(reads_csv(STR(HEAD "A,,2021,mine,c1,1\n"), "X 2 csv-line A//2021/\n"), "a scope that is none too");
    ok(reads_csv(STR(HEAD "A,,2021,own,\"c1,1\nB,,2021,own,c1,1\nC,,2021,own,\"c1\",1\n"),
                 "X 2 csv-line A//2021/own\nD B//2021/own@3\nS3\nc1=1@3\n"
                 "D C//2021/own@4\nS4\nc1=1@4\n"),
       "a quotation mark that is never closed costs its own report only");
    ok(reads_csv(STR(HEAD "A,,2021,own,c\"1,1\nB,,2021,own,c1,1\n"),
                 "X 2 csv-line A//2021/own\nD B//2021/own@3\nS3\nc1=1@3\n"),
       "so does one where none may stand");
    ok(refuses_csv(STR(HEAD "A,,2021,own,c1,1\nA\xFF\xFE,,2021,own,c1,1\n"), "encoding", 3),
       "a file that cannot be decoded is refused at the line");
    ok(reads_csv(STR(HEAD "合计,,2021,own,c1,9\nA,,2021,own,c1,9\n"),
                 "N line 2 holds totals (合计), which are no report; it is kept out\n"
                 "D A//2021/own@3\nS3\nc1=9@3\n"), "a line of totals is no report");
}

static void test_quotes(void)
{
    ok(reads_csv(STR(HEAD "\"A,\"\"B\"\"\",,2021,own,c1,\"1\"\n"),
                 "D A,\"B\"//2021/own@2\nS2\nc1=1@2\n"), "quoted fields hold commas and quotes");
    ok(reads_csv(STR(HEAD "A,,2021,own,c1,\"x\r\ny\"\nA,,2021,own,c2,2\n"),
                 "D A//2021/own@2\nS2\nc1=x~y@2\nc2=2@4\n"),
       "a quoted line break is part of its field, and its lines are counted");
    ok(reads_csv(STR(HEAD "A,,2021,own,\"c\n1\",\"2\n\"\n"),
                 "D A//2021/own@2\nS2\nc~1=2@3\n"), "a field knows the line on which it begins");
}

static void test_wide(void)
{
    ok(reads_csv(STR("单位,区划,年份,范围,t3.a,t3.b,表三/本年新收/自然人\nA,43,2021,own,1,,0\n"
                     "B,43,2021,own,4,/,6\n"),
                 "D A/43/2021/own@2\nS2\nt3.a=1@2\nt3.b=@2\n表三/本年新收/自然人=0@2\n"
                 "D B/43/2021/own@3\nS3\nt3.a=4@3\nt3.b=/@3\n表三/本年新收/自然人=6@3\n"),
       "a wide file is a report a line");
    ok(reads_csv(STR("agency,year,联系人/电话,t3.a,t3.b,t3.c\nA,2021,x,1,2,3\n"),
                 "N 1 columns are kept out: 联系人/电话\n"
                 "D A//2021/@2\nS2\nt3.a=1@2\nt3.b=2@2\nt3.c=3@2\n"),
       "a column whose name only looks like a path is kept out with a note");
    ok(reads_csv(STR("agency,year,联系人,t3.a,t3.b,t3.c\nA,2021,x,1,2\nB,2021,x,1,2,3\n"),
                 "N 1 columns are kept out: 联系人\nX 2 csv-line A//2021/\n"
                 "D B//2021/@3\nS3\nt3.a=1@3\nt3.b=2@3\nt3.c=3@3\n"),
       "a ragged line rejects its report, since nobody knows what is missing");
    ok(reads_csv(STR("agency,year,t3.a,t3.b,t3.c\nA,2021,1,2,3\nA,2021,1,2,4\n"),
                 "X 3 twice A//2021/\n"), "the same report on two lines that differ is refused");
}

static void test_form(void)
{
    ok(reads_csv(STR("A 2021,,,\n,,,\na,b,c,\nd,1,,\nfoot,,,\n"),
                 "P1 A 2021\nG3\nR a@3|b@3|c@3\nR d@4|1@4|@4\nP5 foot\n"),
       "the form is a grid between its title and its foot");
    ok(reads_csv(STR("a,b\n\"x\ny\",2\nc,\n"), "G1\nR a@1|b@1\nR x~y@2|2@3\nP4 c\n"),
       "its cells know their lines");
    ok(reads_csv(STR("a;b;c\n1,5;2;3\n"), "G1\nR a@1|b@1|c@1\nR 1,5@2|2@2|3@2\n"),
       "semicolons part where there are more of them");
    ok(reads_csv(STR("\xFF\xFE" "a\0,\0b\0\n\0" "1\0,\0" "2\0\n\0"), "G1\nR a@1|b@1\nR 1@2|2@2\n"),
       "UTF-16 with its mark is read");
    ok(refuses_csv(STR("a,b\n1,\"2\n"), "csv-line", 2), "a quote never closed refuses the form");
    ok(refuses_csv(STR(",,\n,,\n"), "empty", 0), "a form of empty cells is refused");
}

static void test_kinds(void)
{
    struct import_options options = {.path = STR("a.csv")};
    ok(strcmp(importer_for(STR("<html><body><p>a,b</p></body></html>"), &options)->name, "html") == 0,
       "a .csv that is a page is read as a page");
    options.path = STR("a.txt");
    ok(strcmp(importer_for(STR(HEAD), &options)->name, "csv") == 0,
       "a .txt that is a long CSV is read as CSV");
    ok(strcmp(importer_for(STR("x\ny\n"), &options)->name, "text") == 0, "text is text");
    ok(strcmp(importer_for(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), &options)->name, "office") == 0,
       "an old Word file is LibreOffice's");
    ok(strcmp(importer_for(STR("<?xml version='1.0'?><Workbook><Table><Cell>1</Cell></Table>"), &options)
                  ->name, "") == 0, "a workbook of 2003 in XML is no page");
    ok(strcmp(importer_for(STR("<?xml version='1.0'?><!DOCTYPE html><html><p>x"), &options)->name,
              "html") == 0, "a page that begins as XML is one");
    ok(strcmp(importer_for(STR("MIME-Version: 1.0\r\n\r\n<html><table><tr><td colspan=3D\"4\">"),
                           &options)->name, "") == 0, "a web archive is no page");
    ok(strcmp(importer_for(STR("BMW 2021\n"), &options)->name, "text") == 0,
       "a text may begin like a picture");
    ok(refuses(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0"), "format", 0),
       "and refused with a hint where it is neither text nor sheets");
}

/* Random records of the characters that matter, read with and without the direct way. */
static void test_same_as_libcsv(void)
{
    static const char letters[] = "ab ,\t\"\n\r1\"\n,";
    unsigned seed = 12345;
    bool same = true;
    for (int round = 0; same && round < 4000; round++) {
        char text[64];
        size_t n = 0;
        for (; n < sizeof text; n++) {
            seed = seed * 1103515245u + 12345u;
            text[n] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        struct buf out[2] = {buf_new(1 << 16), buf_new(1 << 16)};
        for (int plain = 0; plain < 2; plain++) {
            struct stream *in = NULL;
            struct csv_reader *reader = NULL;
            struct csv_record record;
            if (stream_memory(&in, (struct str){text, n}, NULL) < 0 ||
                csv_reader_new(&reader, in, ENCODING_UTF8, NULL) < 0)
                abort();
            csv_reader_plain(reader, plain);
            csv_reader_delimiter(reader, round & 1 ? ',' : '\t');
            while (csv_next(reader, &record, NULL) > 0) {
                buf_printf(&out[plain], "%u+%u %s", (unsigned)record.line, (unsigned)record.lines,
                           record.broken ? "broken" : "");
                for (size_t i = 0; i < record.count; i++)
                    buf_printf(&out[plain], "[%.*s@%u]", STR_ARG(record.fields[i].text),
                               (unsigned)record.fields[i].line);
            }
            csv_reader_free(reader);
            stream_close(in);
        }
        same = str_eq(buf_str(&out[0]), buf_str(&out[1]));
        if (!same)
            diag("%.*s\n%s\n%s", (int)n, text, out[0].p, out[1].p);
        buf_free(&out[0]);
        buf_free(&out[1]);
    }
    ok(same, "lines split directly are split as libcsv splits them");
}

int main(void)
{
    test_long();
    test_same_report();
    test_bad_lines();
    test_quotes();
    test_wide();
    test_form();
    test_kinds();
    test_same_as_libcsv();
    return done();
}
