#include "importers/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/buf.h"
#include "importers/archive_names.h"
#include "importers/ooxml.h"

enum {
    NAME_MAX_BYTES = 4096,
    RATIO = 1000,                 /* more comes out of one byte of no honest archive … */
    RATIO_FREE = 16 * 1024 * 1024, /* … but a small one may be as packed as it likes */
    IN_MEMORY = 64 * 1024 * 1024, /* a .7z that can be read in order only is held whole */
    DEPTH = 2,                    /* an archive, and the archives in it */
};

/* One job: the bounds it has used up, over all levels. */
struct job {
    const struct archive_limits *limits;
    struct archive_sink *sink;
    struct archive_names names;
    uint64_t out, entries;
};

/* One archive being read. `in` feeds it. */
struct level {
    struct job *job;
    struct stream *in;
    struct archive *archive;
    uint64_t in_bytes, out_bytes;
    struct err why; /* of a failure inside a callback */
    char block[STREAM_PEEK];
};

struct archive_limits archive_limits_usual(void)
{
    return (struct archive_limits){UINT64_C(64) << 30, 10 * 1000 * 1000};
}

static bool is_tar(struct str head)
{
    return head.n >= 265 && (memcmp(head.p + 257, "ustar", 5) == 0);
}

static bool is_archive(struct str head)
{
    static const struct str magic[] = {
        {"PK\3\4", 4}, {"PK\5\6", 4}, {"7z\xBC\xAF\x27\x1C", 6}, {"BZh", 3},
        {"\xFD" "7zXZ", 5}, {"\x28\xB5\x2F\xFD", 4},
    };
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (str_starts(head, magic[i]))
            return ooxml_kind(head) == OOXML_NONE;
    return is_tar(head);
}

static bool is_gzip(struct str head)
{
    return str_starts(head, STR("\x1F\x8B"));
}

bool archive_packs(struct str head)
{
    return is_gzip(head) || is_archive(head);
}

/* Callbacks of libarchive --------------------------------------------------------------------- */

static la_ssize_t feed(struct archive *archive, void *self, const void **block)
{
    struct level *level = self;
    ssize_t got = stream_read(level->in, level->block, sizeof level->block, &level->why);
    if (got < 0) {
        archive_set_error(archive, EIO, "%s", level->why.english);
        return -1;
    }
    level->in_bytes += (uint64_t)got;
    *block = level->block;
    return got;
}

static la_int64_t seek(struct archive *archive, void *self, la_int64_t offset, int whence)
{
    struct level *level = self;
    int64_t size = stream_size(level->in);
    int64_t at = whence == SEEK_SET ? offset : whence == SEEK_END ? size + offset : -1;
    if (at < 0 || stream_seek(level->in, (uint64_t)at, &level->why) < 0) {
        archive_set_error(archive, EIO, "cannot seek");
        return ARCHIVE_FATAL;
    }
    return at;
}

/* The failure of the archive: a callback's own words, else libarchive's. */
static int damaged(struct level *level, struct err *err)
{
    if (level->why.kind != ERR_NONE) {
        *err = level->why;
        return -1;
    }
    if (archive_errno(level->archive) == ENOMEM)
        return err_refused(err);
    const char *words = archive_error_string(level->archive);
    return err_reject(err, "damaged", 0, "the archive is damaged (%s); get it again",
                      words ? words : "no reason given");
}

static int within(struct level *level, struct err *err)
{
    const struct archive_limits *limits = level->job->limits;
    if (level->job->out > limits->bytes_max)
        return err_reject(err, "too-large", 0,
                          "unpacks to more than %llu bytes; split it, or raise the limit",
                          (unsigned long long)limits->bytes_max);
    if (level->out_bytes > RATIO_FREE && level->out_bytes / RATIO > level->in_bytes)
        return err_reject(err, "bomb", 0,
                          "unpacks to more than %d times its size, as no report does; refused",
                          RATIO);
    return 0;
}

static ssize_t pull_member(void *self, void *to, size_t size, struct err *err)
{
    struct level *level = self;
    la_ssize_t got = archive_read_data(level->archive, to, size);
    if (got < 0)
        return damaged(level, err);
    level->out_bytes += (uint64_t)got;
    level->job->out += (uint64_t)got;
    return within(level, err) < 0 ? -1 : (ssize_t)got;
}

/* Members ------------------------------------------------------------------------------------- */

static int dispatch(struct job *job, struct stream *in, struct str path, int depth,
                    struct err *err);

static bool is_dropping(struct str name)
{
    struct str last = name;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '/')
            last = str_skip(name, i + 1);
    return str_starts(name, STR("__MACOSX/")) || str_has(name, STR("/__MACOSX/")) ||
           str_starts(last, STR("._")) || str_eq(last, STR(".DS_Store")) ||
           str_eq(last, STR("Thumbs.db")) || str_eq(last, STR("desktop.ini"));
}

/* archive/member, the member's name as UTF-8. */
static int member_path(struct arena *arena, struct str archive, struct archive_entry *entry,
                       struct str *name, struct str *out, struct err *err)
{
    const char *raw = archive_entry_pathname(entry);
    if (!raw)
        raw = archive_entry_pathname_utf8(entry);
    struct str bytes = str_from(raw ? raw : "");
    bytes = str_slice(bytes, 0, NAME_MAX_BYTES);
    while (str_starts(bytes, STR("./")))
        bytes = str_skip(bytes, 2);
    if (encoding_decode(name, arena, bytes, ENCODING_BY_CONTENT, NULL) < 0) {
        /* no encoding that we know: the bytes past ASCII are shown as ? */
        *name = arena_copy(arena, bytes);
        for (size_t i = 0; name->p && i < name->n; i++)
            if ((unsigned char)name->p[i] >= 0x80)
                ((char *)(uintptr_t)name->p)[i] = '?';
    }
    char *path = arena_alloc(arena, archive.n + 1 + name->n + 1);
    if (!name->p || !path)
        return err_memory(err);
    memcpy(path, archive.p, archive.n);
    path[archive.n] = '/';
    memcpy(path + archive.n + 1, name->p, name->n);
    *out = (struct str){path, archive.n + 1 + name->n};
    return 0;
}

/* Why a member is not handed out; 0 when it is. */
static int refusal(struct archive_entry *entry, struct err *why)
{
    if (archive_entry_hardlink(entry) || archive_entry_filetype(entry) == AE_IFLNK)
        return err_reject(why, "not-a-file", 0,
                          "is a link inside an archive; put the file itself into it");
    if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0)
        return err_reject(why, "not-a-file", 0, "is no file; only files are read from archives");
    if (archive_entry_is_encrypted(entry) > 0)
        return err_reject(why, "encrypted", 0, "is encrypted; pack it again without a password");
    return 0;
}

static int hand_out(struct level *level, struct str archive, struct archive_entry *entry,
                    int depth, struct err *err)
{
    struct job *job = level->job;
    struct arena arena = arena_new(64 * NAME_MAX_BYTES);
    struct str name = {0}, path = {0};
    struct err why = {0};
    struct stream *in = NULL;
    int status = member_path(&arena, archive, entry, &name, &path, err);
    if (status == 0 && archive_entry_filetype(entry) != AE_IFDIR && !is_dropping(name) &&
        !str_ends(name, STR("/"))) {
        if (++job->entries > job->limits->entries_max)
            status = err_reject(err, "too-large", 0, "holds more than %llu members; split it",
                                (unsigned long long)job->limits->entries_max);
        else if (archive_names_add(&job->names, &arena, &path, err) < 0)
            status = -1;
        else if (refusal(entry, &why) < 0)
            status = job->sink->reject(job->sink->self, path, &why, err);
        else if ((status = stream_pull(&in, pull_member, level, err)) == 0)
            status = dispatch(job, in, path, depth, err);
    }
    arena_free(&arena);
    return status;
}

static int open_archive(struct level *level, struct err *err)
{
    struct archive *a = level->archive;
    if (!a)
        return err_memory(err);
    archive_read_support_format_zip(a);
    archive_read_support_format_tar(a);
    archive_read_support_format_7zip(a);
    archive_read_support_filter_bzip2(a);
    archive_read_support_filter_xz(a);
    archive_read_support_filter_zstd(a);
    archive_read_set_read_callback(a, feed);
    if (stream_size(level->in) >= 0)
        archive_read_set_seek_callback(a, seek);
    archive_read_set_callback_data(a, level);
    return archive_read_open1(a) == ARCHIVE_OK ? 0 : damaged(level, err);
}

static void leave_locale(locale_t utf8, locale_t own)
{
    if (utf8) {
        uselocale(own);
        freelocale(utf8);
    }
}

static int each_member(struct job *job, struct stream *in, struct str path, int depth,
                       struct err *err)
{
    /* libarchive decodes names by the locale of this thread */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    if (!utf8 && errno == ENOMEM)
        return err_refused(err);
    locale_t own = utf8 ? uselocale(utf8) : (locale_t)0;
    struct level *level = calloc(1, sizeof *level);
    if (!level) {
        leave_locale(utf8, own);
        return err_refused(err);
    }
    level->job = job;
    level->in = in;
    level->archive = archive_read_new();
    uint64_t before = job->entries;
    int status = open_archive(level, err);
    while (status == 0) {
        struct archive_entry *entry;
        int got = archive_read_next_header(level->archive, &entry);
        if (got == ARCHIVE_EOF)
            break;
        if (got < ARCHIVE_WARN)
            status = damaged(level, err);
        else
            status = hand_out(level, path, entry, depth, err);
    }
    if (status == 0 && job->entries == before)
        status = err_reject(err, "empty", 0, "the archive holds no files; get it again");
    archive_read_free(level->archive);
    free(level);
    leave_locale(utf8, own);
    return status;
}

/* A .7z has its table at the end: where one cannot seek, it is read into memory. */
static int each_in_memory(struct job *job, struct stream *in, struct str path, int depth,
                          struct err *err)
{
    struct arena arena = arena_new(3 * (size_t)IN_MEMORY);
    struct str bytes;
    struct stream *memory = NULL;
    int status = stream_all(in, &arena, IN_MEMORY, &bytes, err);
    if (status == 0)
        status = stream_memory(&memory, bytes, err);
    if (status == 0)
        status = each_member(job, memory, path, depth, err);
    stream_close(memory);
    arena_free(&arena);
    return status;
}

/* Hands out what `in` holds, and closes it. `depth` counts the archives around it. */
static int dispatch(struct job *job, struct stream *in, struct str path, int depth,
                    struct err *err)
{
    struct str head = {0};
    struct err why = {0};
    int status = 0;
    if (stream_peek(in, STREAM_PEEK, &head, &why) < 0)
        goto take; /* whoever reads it is told why */
    if (is_gzip(head)) {
        uint64_t left = job->limits->bytes_max - job->out;
        if (stream_gunzip(&in, in, left, err) < 0)
            return -1;
        if (stream_peek(in, STREAM_PEEK, &head, &why) < 0)
            goto take;
    }
    if (is_archive(head)) {
        if (depth == DEPTH) {
            err_reject(&why, "nested", 0,
                       "is an archive in an archive in an archive; unpack the outer one");
            status = job->sink->reject(job->sink->self, path, &why, err);
        } else if (str_starts(head, STR("7z")) && stream_size(in) < 0) {
            status = each_in_memory(job, in, path, depth + 1, err);
        } else {
            status = each_member(job, in, path, depth + 1, err);
        }
        /* a bad archive in a good one is one bad member */
        if (status < 0 && depth > 0 && err->kind == ERR_INPUT) {
            why = *err;
            status = job->sink->reject(job->sink->self, path, &why, err);
        }
        stream_close(in);
        return status;
    }
take:
    status = job->sink->take(job->sink->self, path, depth > 0, in, err);
    stream_close(in);
    return status;
}

int archive_each(struct stream *in, struct str path, const struct archive_limits *limits,
                 struct archive_sink *sink, struct err *err)
{
    struct job job = {.limits = limits, .sink = sink};
    struct err local = {0};
    int status = dispatch(&job, in, path, 0, err ? err : &local);
    archive_names_free(&job.names);
    return status;
}
