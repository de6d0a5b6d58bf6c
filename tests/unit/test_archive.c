#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "core/base/buf.h"
#include "importers/archive.h"
#include "tests/tap.h"

static char seen[8192]; /* what was handed out: path=bytes; or path!reason; */
static struct err err;

static int take(void *self, struct str path, bool member, struct stream *in, struct err *e)
{
    char text[64] = "";
    struct err why = {0};
    (void)self;
    (void)e;
    ssize_t got = stream_read(in, text, sizeof text - 1, &why);
    for (ssize_t more = got; more > 0;) {
        char rest[256];
        more = stream_read(in, rest, sizeof rest, &why);
        if (more < 0)
            got = -1;
    }
    snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%s%.*s%s%s;", member ? "" : "(",
             STR_ARG(path), got < 0 ? "!" : "=", got < 0 ? why.reason : text);
    return 0;
}

static int reject(void *self, struct str path, const struct err *why, struct err *e)
{
    (void)self;
    (void)e;
    snprintf(seen + strlen(seen), sizeof seen - strlen(seen), "%.*s!%s;", STR_ARG(path),
             why->reason);
    return 0;
}

/* Hands out bytes that can be read in order only. */
static ssize_t in_order(void *self, void *to, size_t size, struct err *e)
{
    struct str *rest = self;
    (void)e;
    size_t n = size < rest->n ? size : rest->n;
    if (n)
        memcpy(to, rest->p, n);
    *rest = str_skip(*rest, n);
    return (ssize_t)n;
}

static bool seekable = true;

static int each(struct str bytes, const struct archive_limits *limits)
{
    struct archive_limits usual = archive_limits_usual();
    struct archive_sink sink = {take, reject, NULL};
    struct stream *in = NULL;
    seen[0] = 0;
    err = (struct err){0};
    if ((seekable ? stream_memory(&in, bytes, &err) : stream_pull(&in, in_order, &bytes, &err)) < 0)
        return -1;
    return archive_each(in, STR("x"), limits ? limits : &usual, &sink, &err);
}

static bool finds(struct str bytes, const char *want)
{
    bool good = each(bytes, NULL) == 0 && strcmp(seen, want) == 0;
    if (!good)
        diag("%s %s", seen, err.english);
    return good;
}

/* Gzip of `n` times `text`, in `to`. */
static struct str gzip(struct buf *to, struct str text, size_t n)
{
    static unsigned char block[65536];
    z_stream z = {0};
    if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        abort();
    for (size_t i = 0; i <= n; i++) {
        int status = Z_OK;
        z.next_in = (Bytef *)(uintptr_t)text.p;
        z.avail_in = i < n ? (uInt)text.n : 0;
        do {
            z.next_out = block;
            z.avail_out = sizeof block;
            status = deflate(&z, i < n ? Z_NO_FLUSH : Z_FINISH);
            buf_add(to, (struct str){(char *)block, sizeof block - z.avail_out});
        } while (z.avail_out == 0 || (i == n && status == Z_OK));
    }
    deflateEnd(&z);
    return buf_str(to);
}

static void test_gzip(void)
{
    struct buf buf = buf_new(1 << 24);
    struct str packed = gzip(&buf, STR("hello"), 1);
    ok(finds(packed, "(x=hello;"), "gzip is unpacked, and keeps its own path");
    struct str cut = str_slice(packed, 0, packed.n - 9);
    ok(each(cut, NULL) == 0 && strcmp(seen, "(x!damaged;") == 0,
       "gzip that is cut short is damaged, not short");
    gzip(&buf, STR(" again"), 1);
    ok(finds(buf_str(&buf), "(x=hello again;"), "gzip of several members is all of them");
    buf_add(&buf, (struct str){"\0\0\0\0", 4});
    ok(finds(buf_str(&buf), "(x=hello again;"), "zeros behind gzip are padding");
    buf_reset(&buf);
    static char zeros[1 << 20];
    packed = gzip(&buf, (struct str){zeros, sizeof zeros}, 40);
    ok(each(packed, NULL) == 0 && strcmp(seen, "(x!bomb;") == 0, "a gzip bomb is refused");
    struct archive_limits tight = {1000, 10};
    ok(each(packed, &tight) == 0 && strcmp(seen, "(x!too-large;") == 0,
       "what unpacks past the limit is refused");
    ok(finds(STR("plain"), "(x=plain;"), "what is not packed is handed out as it is");
    ok(finds(STR(""), "(x=;"), "an empty file too");
    buf_free(&buf);
}

/* A fixture as bytes. */
static struct str fixture(struct arena *arena, const char *name)
{
    char path[256];
    struct stream *in = NULL;
    struct str bytes = {0};
    snprintf(path, sizeof path, "fixtures/archives/%s", name);
    if (stream_open(&in, path, &err) < 0 || stream_all(in, arena, 1 << 24, &bytes, &err) < 0)
        diag("%s: %s", path, err.english);
    stream_close(in);
    return bytes;
}

static void test_archives(void)
{
    struct arena arena = arena_new(1 << 26);
    ok(finds(fixture(&arena, "gbk.zip"),
             "x/\xE5\xB9\xB4\xE6\x8A\xA5/\xE4\xB8\x80.txt=one;x/b.txt=two;"),
       "a zip with GBK names gives them in UTF-8");
    ok(finds(fixture(&arena, "utf8.zip"), "x/\xE5\xB9\xB4\xE6\x8A\xA5.txt=one;"),
       "a zip with UTF-8 names too");
    ok(finds(fixture(&arena, "plain.tar"), "x/\xE5\xB9\xB4\xE6\x8A\xA5.txt=one;x/b.txt=two;"),
       "a tar is read in place");
    ok(finds(fixture(&arena, "plain.tar.gz"), "x/\xE5\xB9\xB4\xE6\x8A\xA5.txt=one;x/b.txt=two;"),
       "a packed tar too");
    ok(finds(fixture(&arena, "evil.tar"),
             "x/../../etc/passwd=up;x//etc/shadow=root;x/link!not-a-file;x/fifo!not-a-file;"),
       "names that lead out are only names, links and devices are refused");
    ok(finds(fixture(&arena, "nested.zip"), "x/inner.zip/a.txt=one;x/deep.zip/deeper.zip!nested;"),
       "an archive in an archive is read, a third level refused");
    ok(finds(fixture(&arena, "broken-inner.zip"), "x/bad.zip!damaged;x/good.txt=one;"),
       "a damaged archive inside a good one is one bad member");
    ok(each(fixture(&arena, "cut.zip"), NULL) < 0 && strcmp(err.reason, "damaged") == 0,
       "an archive that is cut short is damaged");
    ok(each(fixture(&arena, "empty.zip"), NULL) < 0 && strcmp(err.reason, "empty") == 0,
       "an archive without files is refused");
    ok(finds(fixture(&arena, "locked.zip"), "x/a.txt!encrypted;"),
       "an encrypted member is refused by name");
    ok(finds(fixture(&arena, "droppings.zip"), "x/a.txt=one;"),
       "what systems drop into archives is passed over");
    ok(finds(fixture(&arena, "plain.7z"), "x/\xE5\xB9\xB4\xE6\x8A\xA5.txt=one;x/b.txt=two;"),
       "a .7z is read in place");
    seekable = false;
    ok(finds(fixture(&arena, "plain.7z"), "x/\xE5\xB9\xB4\xE6\x8A\xA5.txt=one;x/b.txt=two;"),
       "also one from standard input");
    ok(finds(fixture(&arena, "gbk.zip"),
             "x/\xE5\xB9\xB4\xE6\x8A\xA5/\xE4\xB8\x80.txt=one;x/b.txt=two;"),
       "a zip from standard input keeps its names");
    ok(finds(fixture(&arena, "nested.zip"), "x/inner.zip/a.txt=one;x/deep.zip/deeper.zip!nested;"),
       "and its nested ones");
    seekable = true;
    struct archive_limits few = {1 << 20, 1};
    ok(each(fixture(&arena, "plain.tar"), &few) < 0 && strcmp(err.reason, "too-large") == 0,
       "an archive of too many members is refused");
    arena_free(&arena);
}

static void test_files(void)
{
    struct stream *in = NULL;
    char folder[] = "/tmp/gongkai-XXXXXX", path[64];
    if (!mkdtemp(folder))
        abort();
    ok(stream_open(&in, folder, &err) < 0 && strcmp(err.reason, "not-a-file") == 0,
       "a folder is no file, whatever it is called");
    snprintf(path, sizeof path, "%s/fifo", folder);
    ok(mkfifo(path, 0600) == 0 && stream_open(&in, path, &err) < 0 &&
           strcmp(err.reason, "not-a-file") == 0, "a FIFO is refused without waiting for a writer");
    unlink(path);
    ok(stream_open(&in, "/dev/null", &err) < 0 && strcmp(err.reason, "not-a-file") == 0,
       "a device is refused");
    ok(stream_open(&in, path, &err) < 0 && strcmp(err.reason, "unreadable") == 0,
       "a file that is not there is unreadable");
    snprintf(path, sizeof path, "%s/shrinks", folder);
    FILE *file = fopen(path, "w");
    for (int i = 0; file && i < 100000; i++)
        fputs("text\n", file);
    if (file)
        fclose(file);
    char some[1000];
    bool opened = stream_open(&in, path, &err) == 0 && stream_read(in, some, sizeof some, &err) > 0;
    opened = opened && truncate(path, 2000) == 0;
    ssize_t got = 1;
    while (opened && (got = stream_read(in, some, sizeof some, &err)) > 0)
        continue;
    ok(got < 0 && strcmp(err.reason, "changed") == 0,
       "a file that shrinks while it is read is not taken for a shorter one");
    stream_close(in);
    unlink(path);
    rmdir(folder);
}

int main(void)
{
    test_gzip();
    test_archives();
    test_files();
    return done();
}
