/* Originals: kept once, packed or raw, under names that lead nowhere. */
#include "core/store/original.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/store/pack.h"
#include "tests/tap.h"

static struct warehouse *w;
static struct err err;

static int64_t number(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(w->db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return n;
}

static int64_t put(struct str bytes, const char *name)
{
    char hex[DIGEST_HEX];
    int64_t id = -1;
    struct original_name as = {str_from(name), 0};
    if (digest_of(bytes, hex, &err) < 0 ||
        original_put(w, hex, (int64_t)bytes.n, bytes, &as, &id, &err) < 0)
        diag("%s", err.english);
    return id;
}

/* The same as a pipeline does it: packed beforehand. */
static int64_t put_packed(struct str bytes, const char *name)
{
    char hex[DIGEST_HEX], *room = malloc(bytes.n + 1);
    struct packer *packer = NULL;
    int64_t id = -1;
    struct original_name as = {str_from(name), 0};
    if (packer_new(&packer, &err) < 0 || digest_of(bytes, hex, &err) < 0 ||
        original_put_packed(w, hex, (int64_t)bytes.n, packer_pack(packer, bytes, room), &as, &id,
                            &err) < 0)
        diag("%s", err.english);
    packer_free(packer);
    free(room);
    return id;
}

static bool is_named(int64_t id, const char *want)
{
    sqlite3_stmt *stmt = NULL;
    sqlite3_prepare_v2(w->db, "SELECT substr(sqlar_name, 17) FROM original WHERE original_id = ?1",
                       -1, &stmt, NULL);
    sqlite3_bind_int64(stmt, 1, id);
    bool same = sqlite3_step(stmt) == SQLITE_ROW &&
                strcmp((const char *)sqlite3_column_text(stmt, 0), want) == 0;
    if (!same)
        diag("%s", sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    return same;
}

static bool reads_back(int64_t id, struct str want)
{
    struct original_reader *reader = NULL;
    struct stream *in = NULL;
    struct arena arena = arena_new((size_t)256 << 20);
    struct str got = {0};
    bool same = original_open(w, id, &reader, &in, &err) == 0 &&
                stream_all(in, &arena, (size_t)200 << 20, &got, &err) == 0 && str_eq(got, want);
    stream_close(in);
    original_close(reader);
    arena_free(&arena);
    return same;
}

static void names_lead_nowhere(void)
{
    static const struct {
        const char *given, *kept;
    } names[] = {
        {"deep/folder/报告.txt", "/报告.txt"},
        {"../../etc/passwd", "/passwd"},
        {"C:\\Windows\\a.txt", "/a.txt"},
        {"..", "/original"},
        {"a/", "/original"},
        {"-rf", "/_rf"},
        {"line\nbreak\033.txt", "/line_break_.txt"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char bytes[32];
        int n = snprintf(bytes, sizeof bytes, "contents %zu", i);
        int64_t id = put((struct str){bytes, (size_t)n}, names[i].given);
        ok(is_named(id, names[i].kept), "the %zuth name is kept safe for extraction", i + 1);
    }
}

static void long_ones_come_in_parts(void)
{
    size_t size = (size_t)ORIGINAL_PART * 2 + 12345;
    char *bytes = malloc(size), hex[DIGEST_HEX];
    struct incoming *in = NULL;
    struct stream *stream = NULL;
    struct arena arena = arena_new((size_t)256 << 20);
    struct original_name as = {STR("big.csv"), 0};
    struct str got = {0};
    int64_t length = 0, id = 0;
    uint32_t seed = 1;
    for (size_t i = 0; bytes && i < size; i++)
        bytes[i] = (char)("0123456789,\n"[(seed = seed * 1103515245u + 12345u) >> 16 & 7]);
    struct str all = {bytes, size};
    bool good = bytes && incoming_new(&in, true, &err) == 0;
    for (size_t at = 0; good && at < size; at += 99991)
        good = incoming_add(in, str_slice(all, at, at + 99991), &err) == 0;
    ok(good && incoming_end(in, hex, &length, &err) == 0 && length == (int64_t)size &&
           incoming_parts(in) == 3,
       "bytes that come in pieces are packed in parts");
    ok(incoming_stream(in, &stream, &err) == 0 && original_put_incoming(w, in, &as, &id, &err) == 0 &&
           stream_all(stream, &arena, size + 1, &got, &err) == 0 && str_eq(got, all),
       "they can be read while they are being kept");
    stream_close(stream);
    ok(reads_back(id, all), "and afterwards from the warehouse");
    ok(original_verify(w, id, &err) == 1, "their hash is that of the whole");
    incoming_free(in);
    arena_free(&arena);
    free(bytes);
}

int main(void)
{
    char path[] = "/tmp/gongkai-test-XXXXXX";
    int fd = mkstemp(path);
    struct catalog *catalog = NULL;
    if (fd < 0 || catalog_load(&catalog, &err) < 0 ||
        warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0)
        return 2;
    close(fd);
    warehouse_begin(w, &err);
    char zeros[4000] = {0};
    struct str packed = {zeros, sizeof zeros}, tiny = STR("a,b\n1,2\n"), nothing = STR("");
    int64_t a = put(packed, "zeros.bin"), b = put(tiny, "tiny.csv"), c = put(nothing, "empty.txt");
    ok(number("SELECT length(data) < sz FROM sqlar WHERE name LIKE '%zeros.bin'") == 1,
       "bytes are kept packed");
    ok(number("SELECT length(data) = sz FROM sqlar WHERE name LIKE '%tiny.csv'") == 1,
       "or raw where that is no longer");
    ok(reads_back(a, packed) && reads_back(b, tiny) && reads_back(c, nothing),
       "all are read back as they were");
    ok(put(tiny, "another/name.csv") == b && number("SELECT count(*) FROM sqlar") == 3,
       "the same bytes are kept once");
    char ones[4000];
    memset(ones, '1', sizeof ones);
    struct str same = {ones, sizeof ones}, other = STR("packed beforehand");
    ok(put_packed(same, "ones.bin") == put(same, "ones.txt") &&
           reads_back(put_packed(other, "other.txt"), other) && reads_back(put_packed(same, "x"), same),
       "what was packed beforehand is kept as it comes, once");
    names_lead_nowhere();
    long_ones_come_in_parts();
    char hex[DIGEST_HEX];
    struct original_name as = {STR("x"), 0};
    int64_t id;
    digest_of(STR("hash alone"), hex, &err);
    ok(original_put(w, hex, 10, (struct str){0}, &as, &id, &err) == 0 &&
           id == 0 && original_verify(w, id, &err) == 0,
       "of a hash alone nothing is kept, which is no damage");
    ok(!reads_back(id, nothing) && err.kind == ERR_INPUT, "but cannot be read");
    ok(reads_back(put(STR("hash alone"), "x"), STR("hash alone")), "until its bytes come after all");
    warehouse_run_script(w, "UPDATE sqlar SET data = zeroblob(8) WHERE name LIKE '%tiny.csv'", &err);
    ok(original_verify(w, b, &err) < 0 && err.kind == ERR_SYSTEM, "changed bytes are found out");
    warehouse_run_script(w, "DELETE FROM sqlar WHERE name LIKE '%zeros.bin'", &err);
    ok(original_verify(w, a, &err) < 0, "so are missing ones");
    warehouse_close(w);
    catalog_free(catalog);
    unlink(path);
    return done();
}
