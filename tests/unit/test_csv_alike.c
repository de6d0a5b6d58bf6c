/* Lines of a long CSV that are taken as they stand: what comes out is what libcsv reads of them. */
#include <iconv.h>
#include <stdlib.h>

#include "tests/fuzz/many.h"
#include "tests/tap.h"

#define HEAD "agency,division,year,scope,code,value\n"

static unsigned seed = 4711;

static unsigned any(unsigned below)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % below;
}

/* Reads in every way and compares with libcsv; all piece sizes for what is short. */
static bool same(struct str bytes, char delimiter)
{
    struct many plain = {.plain = true};
    bool equal = true;
    many_read(&plain, bytes, delimiter);
    for (size_t step = 0; equal && step < (bytes.n < 300 ? bytes.n + 2 : 7); step++)
        for (int way = 0; equal && way < 4; way++) {
            struct many direct = {.step = bytes.n < 300 ? step : step * step * 97,
                                  .look = way & 1, .held = way & 2 ? 3 : 0};
            many_read(&direct, bytes, delimiter);
            bool seen = direct.headed || direct.look; /* a look may see bytes that are no text */
            equal = seen && (!direct.headed ||
                             str_eq(buf_str(&plain.out), buf_str(&direct.out)));
            if (!equal)
                diag("in steps of %zu, way %d:\n%s\nand plain:\n%s\nfrom:\n%.*s", direct.step, way,
                     buf_str(&direct.out).p, buf_str(&plain.out).p, STR_ARG(bytes));
            buf_free(&direct.out);
        }
    buf_free(&plain.out);
    return equal;
}

static void test_cases(void)
{
    static const struct {
        const char *name, *text;
    } cases[] = {
        {"in order", HEAD "A,43,2021,own,a,1\nA,43,2021,own,b,0\nA,43,2021,own,c,/\nB,43,2021,own,a,\n"
                     "B,43,2021,own,b,2.5\nB,43,2021,own,c,3\n"},
        {"in any order", HEAD "A,,2021,own,a,1\nB,,2021,own,b,2\nA,,2021,own,b,3\nB,,2021,own,a,4\n"
                         "A,,2021,own,c,5\nC,,2021,own,a,6\nB,,2021,own,c,7\nA,,2021,own,d,8\n"},
        {"with CRLF", HEAD "A,,2021,own,a,1\r\nA,,2021,own,b,2\r\nA,,2021,own,c,3\r\n"},
        {"with CR alone", "agency,code,value\rA,a,1\rA,b,2\rA,c,3\r"},
        {"with CR in between", HEAD "A,,2021,own,a,1\rA,,2021,own,b,2\nA,,2021,own,c,3\r\nA,,2021,own,d,4"},
        {"without a last line end", HEAD "A,,2021,own,a,1\nA,,2021,own,b,2\nA,,2021,own,c,3"},
        {"with notes and quotes", HEAD "A,,2021,own,a,1\nA,,2021,own,b,22（其中修订16件）\n"
                                  "A,,2021,own,c,\"1,234\"\n\"A\",,2021,own,d,4\nA,,2021,own,e,5\n"
                                  "A,,2021,own,\"f\",6\nA,,2021,own,g,\"7\n7\"\nA,,2021,own,h,8\n"},
        {"with spaces", HEAD "A,,2021,own,a,1\n A ,, 2021,own,b,2\nA,,2021,own, c , 3 \nA,,2021,own,d,4 \n"
                        " A ,, 2021,own,e,5\n A ,, 2021,own,f,6\n"},
        {"with bad lines", HEAD "A,,2021,own,a,1\nA,,2021,own,b\nA,,2021,own,c,3\nB,,2021,own,a,1,2\n"
                           "B,,2021,own,b,1\nC,,2021,own,a,1\nrubbish\nC,,2021,own,b,2\nD,,2021,own,a,1\n"
                           "rubbish\nE,,2021,own,a,1\nE,,2021,own,b,2\n"},
        {"with a bad line of nobody's behind another report",
         "agency,year,code,value\nA,2021,a,1\n,2021,a,1\nA,2021,b,1\n,2021,b,1\nA,2021,a,1\n,2021,b\n"
         "A,2021,a,1\n,2021,a,1\n"},
        {"with empty fields behind", HEAD "A,,2021,own,a,1,,\nA,,2021,own,b,2,\nA,,2021,own,c,3\n"},
        {"with a cell twice", HEAD "A,,2021,own,a,1\nA,,2021,own,a,1\nA,,2021,own,b,1\nB,,2021,own,a,1\n"
                              "A,,2021,own,b,2\nB,,2021,own,b,2\nA,,2021,own,c\n"},
        {"with the head line again", "agency,code,value\nagency,a,1\nagency,code,1\nagency,b,2\n"
                                     "agency,code,value\nagency,c,3\nA,a,1\nA,code,value\n"},
        {"with totals", HEAD "合计,,2021,own,a,1\nA,,2021,own,a,1\n合计,,2021,own,b,1\nA,,2021,own,b,1\n"},
        {"with years and scopes in several ways",
         HEAD "A,,2021,own,a,1\nA,,2021年,own,b,1\nA,,2021,本单位,c,1\nA,,2021年,own,d,1\nA,,2021,,a,1\n"
              "A,,20x1,own,a,1\nA,,20x1,own,b,1\nA,,2021,mine,a,1\n"},
        {"with extra columns", "备注,agency,年,code,value\nx,A,2021,a,1\nx,A,2021,b,2\ny,A,2021,c,3\n"},
        {"with columns in another order", "value,code,agency,year\n1,a,A,2021\n2,b,A,2021\n"},
        {"of codes and values alone", "code,value\na,1\nb,2\nc,3\nd,\"4\"\ne,5\n"},
        {"with blank lines", HEAD "\nA,,2021,own,a,1\n\n  \nA,,2021,own,b,2\n,,,,,\n\nA,,2021,own,c,3\n"},
        {"of Chinese names", "单位,年份,指标,数值\n甲局,2021,表三/本年新收/总计,1\n甲局,2021,表三/上年结转/总计,2\n"
                             "乙局,2021,表三/本年新收/总计,3\n乙局,2021,表三/上年结转/总计,4\n"},
        {"with bytes that are no text", HEAD "A,,2021,own,a,1\nA,,2021,own,b,2\nA\xFF\xFE,,2021,own,c,1\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        ok(same(str_from(cases[i].text), ','), "lines %s are read as libcsv reads them", cases[i].name);
    ok(same(STR("agency\tyear\tcode\tvalue\nA\t2021\ta\t1,5\nA\t2021\tb\t2;5\nA\t2021\tc\t3\n"), '\t'),
       "lines parted by tabs too");
}

/* Lines of a few reports, most of them plain, with what may go wrong sprinkled in. */
static void nasty(struct buf *out, bool shuffled)
{
    static const char *const agencies[] = {"常德市教育局", "A", "某\"局", " 甲局", "合计", "B,"};
    static const char *const values[] = {"", "/", "12", "3.5", "\"7\"", "1,2", "约5", " 8", "9 ", "\t4",
                                         "5\r", "\"6", "x\"y", "七（其中1件）", "1\n"};
    unsigned agency = 0, year = 2020, code = 0;
    buf_text(out, HEAD);
    for (unsigned line = 0, lines = any(60); line < lines; line++) {
        if (shuffled || any(9) == 0) {
            agency = any(25) ? any(2) : any(6);
            year = 2020 + any(2);
            code = 0;
        }
        code = shuffled || any(20) == 0 ? any(9) : code + 1;
        if (any(40) == 0)
            buf_text(out, any(2) ? "rubbish\n" : "\n");
        buf_printf(out, "%s,%s,%u%s,%s,%sc%u,%s%s", agencies[agency], any(30) ? "43" : "", year,
                   any(30) ? "" : "年", any(30) ? "own" : "", any(50) ? "" : "t", code,
                   any(6) ? "0" : values[any(sizeof values / sizeof *values)],
                   any(50) ? "\n" : any(2) ? "\r\n" : ",\n");
    }
}

static struct str in_gb18030(struct str text, char *to, size_t size)
{
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    char *from = (char *)(uintptr_t)text.p, *end = to;
    if (cd == (iconv_t)-1 || iconv(cd, &from, &text.n, &end, &size) == (size_t)-1)
        abort();
    iconv_close(cd);
    return (struct str){to, (size_t)(end - to)};
}

static void test_chance(void)
{
    struct buf text = buf_new(1 << 20);
    bool equal = true;
    for (int round = 0; equal && round < 400; round++) {
        buf_reset(&text);
        nasty(&text, round & 1);
        equal = same(buf_str(&text), ',');
        char bytes[1 << 14];
        equal = equal && same(in_gb18030(buf_str(&text), bytes, sizeof bytes), ',');
    }
    ok(equal, "so are lines of all kinds, in UTF-8 and in GB18030");
    buf_free(&text);
}

int main(void)
{
    test_cases();
    test_chance();
    return done();
}
