#include "core/text/csv_out.h"

#include <csv.h>
#include <string.h>

#include "core/base/buf.h"
#include "tests/tap.h"

static int into_buf(void *self, const void *bytes, size_t size, struct err *err)
{
    struct buf *buf = self;
    buf_add(buf, (struct str){bytes, size});
    return buf->failed ? err_memory(err) : 0;
}

/* One text cell as written, without BOM and line end. */
static struct str written(struct buf *buf, const char *text)
{
    static struct csv_out csv;
    buf_reset(buf);
    csv_out_open(&csv, (struct sink){into_buf, buf}, false);
    csv_out_text(&csv, str_from(text));
    csv_out_row(&csv);
    csv_out_close(&csv, NULL);
    struct str s = buf_str(buf);
    return str_slice(s, 0, s.n - 1);
}

struct cells {
    struct buf text;
    unsigned count, rows;
};

static void on_cell(void *bytes, size_t size, void *self)
{
    struct cells *cells = self;
    cells->count++;
    if (size > 0)
        buf_add(&cells->text, (struct str){bytes, size});
    buf_char(&cells->text, '|');
}

static void on_row(int c, void *self)
{
    (void)c;
    ((struct cells *)self)->rows++;
}

static void cells_are_written_so_that_nothing_runs(struct buf *buf)
{
    static const char *const cases[][2] = {
        {"常德市", "常德市"},
        {"430700", "\"430700\""},
        {"", "\"\""},
        {"=1+1", "\"'=1+1\""},
        {"+SUM(A1)", "\"'+SUM(A1)\""},
        {"-cmd", "\"'-cmd\""},
        {"@x", "\"'@x\""},
        {"\tx", "\"'\tx\""},
        {"\r=1", "\"'\r=1\""},
        {"＝1+1", "\"'＝1+1\""},
        {"'=1", "\"''=1\""},
        {"'s", "\"'s\""},
        {"-", "\"'-\""},
        {"-26524", "\"-26524\""},
        {"+1036", "\"+1036\""},
        {"-0.5", "\"-0.5\""},
        {"-1-1", "\"'-1-1\""},
        {"-1.", "\"'-1.\""},
        {"a\"b", "\"a\"\"b\""},
        {"甲,乙", "\"甲,乙\""},
        {"a;=1", "\"a;=1\""},
        {"行\n二", "\"行\n二\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str got = written(buf, cases[i][0]);
        if (!ok(str_eq(got, str_from(cases[i][1])), "the cell %zu is written safely", i + 1))
            diag("%s gave %.*s", cases[i][0], STR_ARG(got));
    }
}

static void numbers_and_nothing_keep_apart(struct buf *buf)
{
    static struct csv_out csv;
    buf_reset(buf);
    csv_out_open(&csv, (struct sink){into_buf, buf}, true);
    csv_out_integer(&csv, INT64_MIN);
    csv_out_integer(&csv, 0);
    csv_out_decimal(&csv, STR("59237.2449"));
    csv_out_decimal(&csv, STR("=2"));
    csv_out_null(&csv);
    csv_out_text(&csv, STR(""));
    csv_out_row(&csv);
    csv_out_close(&csv, NULL);
    ok(str_eq(buf_str(buf),
              STR("\xef\xbb\xbf-9223372036854775808,0,59237.2449,\"'=2\",,\"\"\n")),
       "numbers stand bare, NULL is nothing, empty text is quoted, a BOM goes first");
}

static void what_is_written_reads_back(struct buf *buf)
{
    static struct csv_out csv;
    enum { ROWS = 3000 };
    buf_reset(buf);
    csv_out_open(&csv, (struct sink){into_buf, buf}, false);
    struct buf expected = buf_new(1 << 20);
    for (int i = 0; i < ROWS; i++) {
        csv_out_text(&csv, STR("他说\"好\",\r\n再来"));
        csv_out_integer(&csv, i);
        csv_out_row(&csv);
        buf_printf(&expected, "他说\"好\",\r\n再来|%d|", i);
    }
    ok(csv_out_close(&csv, NULL) == 0, "a CSV longer than the buffer is written");
    struct csv_parser parser;
    struct cells cells = {.text = buf_new(1 << 20)};
    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI);
    size_t took = csv_parse(&parser, buf->p, buf->n, on_cell, on_row, &cells);
    ok(took == buf->n && csv_fini(&parser, on_cell, on_row, &cells) == 0, "libcsv reads it strictly");
    ok(cells.rows == ROWS && str_eq(buf_str(&cells.text), buf_str(&expected)),
       "every cell reads back as it went in");
    csv_free(&parser);
    buf_free(&cells.text);
    buf_free(&expected);
}

static int refuse(void *self, const void *bytes, size_t size, struct err *err)
{
    (void)bytes, (void)size;
    ++*(int *)self;
    return err_set(err, ERR_SYSTEM, "no room");
}

static void a_failed_write_is_told_once(void)
{
    static struct csv_out csv;
    int calls = 0;
    struct err err = {0};
    csv_out_open(&csv, (struct sink){refuse, &calls}, true);
    for (int i = 0; i < 100000; i++)
        csv_out_integer(&csv, i);
    ok(csv_out_close(&csv, &err) < 0 && err.kind == ERR_SYSTEM && calls == 1,
       "after a failed write nothing more is tried, and the end says why");
}

int main(void)
{
    struct buf buf = buf_new(1 << 20);
    cells_are_written_so_that_nothing_runs(&buf);
    numbers_and_nothing_keep_apart(&buf);
    what_is_written_reads_back(&buf);
    a_failed_write_is_told_once();
    buf_free(&buf);
    return done();
}
