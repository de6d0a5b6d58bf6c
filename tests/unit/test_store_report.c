/* Reports in the warehouse: figures, revisions, sources. */
#include "core/store/report_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/store/contents.h"
#include "core/store/origins.h"
#include "core/store/statement.h"
#include "tests/tap.h"
#include "tests/unit/source_kit.h"

static struct warehouse *w;
static struct catalog *catalog;
static struct arena arena;
static struct err err;

/* One value of a query, as text. */
static const char *ask(const char *sql)
{
    static char answer[256];
    sqlite3_stmt *stmt = NULL;
    snprintf(answer, sizeof answer, "(no row)");
    if (sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        snprintf(answer, sizeof answer, "(%s)", sqlite3_errmsg(w->db));
    else if (sqlite3_step(stmt) == SQLITE_ROW)
        snprintf(answer, sizeof answer, "%s",
                 sqlite3_column_text(stmt, 0) ? (const char *)sqlite3_column_text(stmt, 0) : "NULL");
    sqlite3_finalize(stmt);
    return answer;
}

static void answers(const char *sql, const char *want, const char *name)
{
    const char *got = ask(sql);
    if (!ok(strcmp(got, want) == 0, "%s", name))
        diag("got %s, want %s", got, want);
}

static struct fact fact(const char *code, int64_t value, uint32_t line)
{
    return (struct fact){.cell = catalog_find(catalog, str_from(code))->id, .value = value,
                         .line = line};
}

/* A report of three cells; `total` tells its versions apart. */
static struct report *made(int64_t total, const char *dated)
{
    struct report *r = report_new(&arena);
    r->form = 2021;
    r->title = STR("某局2023年政府信息公开工作年度报告");
    r->dated = str_from(dated);
    struct fact blank = fact("t3.new.person", 0, 7);
    blank.state = STATE_BLANK;
    struct fact note = fact("t2.rules.issued", 22, 3);
    note.note = STR("其中修订16件");
    struct fact text = fact("t3.new.legal", 0, 7);
    text.state = STATE_TEXT;
    text.text = STR("见附件");
    if (report_fact(r, fact("t3.new.total", total, 7)) < 0 || report_fact(r, blank) < 0 ||
        report_fact(r, text) < 0 || report_fact(r, fact("t3.granted.person", 0, 8)) < 0 ||
        report_fact(r, fact("t2.fees.amount", INT64_C(5923724490000), 5)) < 0 ||
        report_fact(r, note) < 0)
        abort();
    report_sort(r);
    return r;
}

static int64_t source(const char *path, const char *hash)
{
    return source_kit(w, path, atoll(hash + 1));
}

static struct stored_report put(const struct report *r, const char *path, const char *hash)
{
    struct report_key key = {1, 2023, SCOPE_OWN};
    struct report_origin origin = {1, source(path, hash), true, NULL};
    struct stored_report out = {0};
    err = (struct err){0};
    if (report_store(w, &key, &origin, r, &out, &err) < 0) {
        diag("%s", err.english);
        out.report_id = -1;
    }
    return out;
}

static void origins_come_back(void)
{
    struct fact facts[64];
    uint16_t cells[64];
    uint32_t lines[64], n = 0;
    static const uint32_t on[] = {12, 12, 12, 13, 14, 15, 400, 3, 3, 3, 0, 4294967295u, 5};
    for (; n < sizeof on / sizeof *on; n++) {
        cells[n] = (uint16_t)(n / 3 * 8 + n % 3);
        facts[n] = (struct fact){.cell = cells[n], .line = on[n]};
    }
    struct buf blob = buf_new(4096);
    origins_encode(&blob, facts, n);
    bool same = origins_decode(buf_str(&blob), facts[0].line, cells, n, lines) == 0;
    for (uint32_t i = 0; i < n; i++)
        same = same && lines[i] == on[i];
    ok(same, "the line of every cell comes back from the blob");
    ok(origins_decode(str_slice(buf_str(&blob), 0, blob.n - 1), 12, cells, n, lines) < 0,
       "a blob cut short is refused");
    ok(origins_decode(buf_str(&blob), 12, cells, n - 1, lines) < 0, "and one with bytes left over");
    buf_reset(&blob);
    for (uint32_t i = 0; i < 63; i++)
        facts[i] = (struct fact){.cell = (uint16_t)(i / 7 * 8 + i % 7), .line = 40 + i / 7};
    origins_encode(&blob, facts, 63);
    ok(blob.n <= 10, "nine rows of seven columns take about a byte a row");
    buf_free(&blob);
}

int main(void)
{
    char path[] = "/tmp/gongkai-test-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return 2;
    close(fd);
    setenv("GONGKAI_NOW", "2024-02-01T00:00:00Z", 1);
    arena = arena_new((size_t)16 << 20);
    if (catalog_load(&catalog, &err) < 0 ||
        warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0 ||
        warehouse_run_script(w, "INSERT INTO run (command, started_at) VALUES ('import', '');"
                                "INSERT INTO folder (folder_id, path) VALUES (1, '');"
                                "INSERT INTO agency (name, division_code, kind, registered)"
                                " VALUES ('某局', '430700', 'department', 1)", &err) < 0) {
        diag("%s", err.english);
        return 2;
    }
    warehouse_begin(w, &err);
    origins_come_back();

    struct stored_report a = put(made(10, "2024-01-10"), "a.txt", "h1");
    ok(a.how == STORED_NEW && a.revision == 1, "a first report is new");
    answers("SELECT count(*) FROM v_cell", "6", "every stated cell is in v_cell");
    answers("SELECT value || ' ' || typeof(value) FROM v_cell WHERE code = 't3.new.total'",
            "10 integer", "a count is an integer");
    answers("SELECT value FROM v_cell WHERE code = 't3.granted.person'", "0",
            "a zero whose row is left out is a zero");
    answers("SELECT count(*) FROM fact", "3", "and its row is left out");
    answers("SELECT state || ifnull(value, '-') FROM v_cell WHERE code = 't3.new.person'", "blank-",
            "a blank is no zero");
    answers("SELECT value FROM v_cell WHERE state = 'text'", "见附件", "words are kept as found");
    answers("SELECT value || note FROM v_cell WHERE code = 't2.rules.issued'", "22其中修订16件",
            "a note stays beside its value");
    answers("SELECT value || typeof(value) FROM v_cell WHERE code = 't2.fees.amount'",
            "59237.2449text", "an amount is exact decimal text");
    answers("SELECT count(*) FROM v_cell WHERE code = 't3.carried_in.total'", "0",
            "a cell that is not stated is not there");
    answers("SELECT division || level || source FROM v_report", "常德市prefecturea.txt",
            "v_report names division, level and source");

    struct stored_report b = put(made(10, "2024-01-10"), "mirror.html", "h2");
    ok(b.how == STORED_AGAIN && b.report_id == a.report_id,
       "the same figures from another file are the same report");
    answers("SELECT count(*) FROM v_source", "2", "with two sources");
    struct stored_report c = put(made(11, "2024-01-20"), "a.txt", "h3");
    ok(c.how == STORED_REVISION && c.revision == 2, "other figures are revision 2");
    answers("SELECT group_concat(revision || current) FROM v_revision", "10,21",
            "the later one is current, the old one is kept");
    answers("SELECT value FROM v_cell WHERE code = 't3.new.total'", "11",
            "v_cell shows the current one alone");
    c = put(made(12, "2024-01-05"), "late.txt", "h4");
    ok(c.how == STORED_OLDER && c.revision == 3, "one that is dated earlier arrives late");
    answers("SELECT revision FROM v_report", "2", "and does not become current");
    c = put(made(13, ""), "undated.txt", "h5");
    ok(c.how == STORED_REVISION, "an undated one goes by arrival");
    c = put(made(10, "2024-01-10"), "third.txt", "h1");
    ok(c.how == STORED_AGAIN && c.report_id == a.report_id,
       "an old revision found on another site is a source of it");
    answers("SELECT value FROM v_cell WHERE code = 't3.new.total'", "13", "and changes nothing");
    c = put(made(11, "2024-01-20"), "undated.txt", "h6");
    ok(c.how == STORED_RESTORED && c.revision == 2,
       "a path that goes back to an earlier version takes the warehouse with it");
    answers("SELECT revision FROM v_report", "2", "the earlier revision is current again");
    answers("SELECT count(*) FROM report WHERE current = 1", "1", "there is one current revision");
    answers("SELECT count(*) FROM tenure WHERE to_at IS NULL", "1", "and one open tenure");
    ok(put(made(99, ""), "undated.txt", "h6").report_id == -1 && err.kind == ERR_INPUT,
       "one source cannot state a report in two ways");

    struct report_key other = {1, 2022, SCOPE_OWN}, old = {1, 2023, SCOPE_OWN};
    ok(report_move(w, 1, c.report_id, &other, &err) == 0, "a report can be given to another year");
    answers("SELECT group_concat(year || '/' || revision, ' ') FROM v_report ORDER BY year",
            "2022/1 2023/4", "it is current there, and the last one before it here");
    ok(report_move(w, 1, c.report_id, &old, &err) == 0, "and back");
    answers("SELECT year || ' ' || revision FROM v_report", "2023 5", "as the newest revision");
    enum rewritten changed = REWRITTEN_FIGURES;
    struct report_origin origin = {1, source("undated.txt", "h6"), true, NULL};
    ok(report_rewrite(w, c.report_id, &origin, made(11, "2024-01-20"), &changed, &err) == 0 &&
           changed == REWRITTEN_NOTHING,
       "read again as it was it has not changed");
    ok(report_rewrite(w, c.report_id, &origin, made(11, "2024-01-21"), &changed, &err) == 0 &&
           changed == REWRITTEN_WORDS,
       "with another date its figures have not changed");
    ok(report_rewrite(w, c.report_id, &origin, made(12, "2024-01-21"), &changed, &err) == 0 &&
           changed == REWRITTEN_FIGURES,
       "with other figures they have");
    answers("SELECT report_id || '/' || value FROM v_cell WHERE code = 't3.new.total'",
            "3/12", "and keeps its id");
    answers("SELECT count(*) FROM pragma_foreign_key_check", "0", "no reference is broken");
    warehouse_close(w);
    catalog_free(catalog);
    arena_free(&arena);
    unlink(path);
    return done();
}
