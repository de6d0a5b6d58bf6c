#include "core/base/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

/* A source of bytes. `peeked` holds what was looked at and not yet taken: from `from` to `to`. */
struct stream {
    ssize_t (*pull)(void *self, void *to, size_t size, struct err *err);
    int (*seek)(void *self, uint64_t at, struct err *err); /* NULL: in order only */
    void (*close)(void *self);
    void *self;
    int64_t size;
    char *peeked;
    size_t from, to;
    bool failed;
    struct err why; /* of the failure, told again to whoever reads on */
};

static struct stream *stream_new(void)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (stream)
        stream->size = -1;
    else
        err_refused(NULL);
    return stream;
}

/* Files ------------------------------------------------------------------------------------ */

struct file {
    int fd;
    bool regular, owned;
    uint64_t at;
    struct stat first;
};

/* At the end of a regular file: is it still the file that was opened? */
static int unchanged(const struct file *file, struct err *err)
{
    struct stat now;
    if (!file->regular || fstat(file->fd, &now) < 0)
        return 0;
    if (file->at < (uint64_t)file->first.st_size || now.st_size != file->first.st_size ||
        now.st_mtim.tv_sec != file->first.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != file->first.st_mtim.tv_nsec)
        return err_reject(err, "changed", 0,
                          "the file changed while it was read; import it again when it is whole");
    return 0;
}

static ssize_t file_pull(void *self, void *to, size_t size, struct err *err)
{
    struct file *file = self;
    ssize_t got;
    do
        got = read(file->fd, to, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_reject(err, "unreadable", 0, "cannot be read: %s", strerror(errno));
    file->at += (uint64_t)got;
    return got == 0 && unchanged(file, err) < 0 ? -1 : got;
}

static int file_seek(void *self, uint64_t at, struct err *err)
{
    struct file *file = self;
    if (lseek(file->fd, (off_t)at, SEEK_SET) < 0)
        return err_reject(err, "unreadable", 0, "cannot be read: %s", strerror(errno));
    file->at = at;
    return 0;
}

static void file_close(void *self)
{
    struct file *file = self;
    if (file->owned)
        close(file->fd);
    free(file);
}

static int file_stream(struct stream **out, int fd, const struct stat *first, bool owned,
                       struct err *err)
{
    struct stream *stream = stream_new();
    struct file *file = calloc(1, sizeof *file);
    if (!stream || !file) {
        free(stream);
        free(file);
        return err_refused(err);
    }
    file->fd = fd;
    file->owned = owned;
    file->first = *first;
    file->regular = owned && S_ISREG(first->st_mode);
    stream->self = file;
    stream->pull = file_pull;
    stream->close = file_close;
    if (file->regular) {
        stream->size = first->st_size;
        stream->seek = file_seek;
    }
    *out = stream;
    return 0;
}

static const char *kind_of(mode_t mode)
{
    return S_ISDIR(mode) ? "folder" : S_ISFIFO(mode) ? "FIFO" : S_ISSOCK(mode) ? "socket"
                                                                               : "device";
}

int stream_open(struct stream **out, const char *path, struct err *err)
{
    /* O_NONBLOCK: opening a FIFO that nobody writes to must not wait */
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat first;
    if (fd < 0 && (errno == ENXIO || errno == ENODEV))
        return err_reject(err, "not-a-file", 0, "is no file but a %s; only files are read",
                          "socket");
    if (fd < 0 || fstat(fd, &first) < 0) {
        err_reject(err, "unreadable", 0, "cannot be opened: %s", strerror(errno));
        goto fail;
    }
    if (!S_ISREG(first.st_mode)) {
        err_reject(err, "not-a-file", 0, "is no file but a %s; only files are read",
                   kind_of(first.st_mode));
        goto fail;
    }
    if (file_stream(out, fd, &first, true, err) == 0)
        return 0;
fail:
    if (fd >= 0)
        close(fd);
    return -1;
}

int stream_descriptor(struct stream **out, int fd, struct err *err)
{
    struct stat first;
    if (fstat(fd, &first) < 0)
        return err_reject(err, "unreadable", 0, "cannot be opened: %s", strerror(errno));
    if (S_ISDIR(first.st_mode))
        return err_reject(err, "not-a-file", 0, "is no file but a %s; only files are read",
                          "folder");
    return file_stream(out, fd, &first, false, err);
}

/* Memory ----------------------------------------------------------------------------------- */

struct memory {
    struct str bytes;
    size_t at;
};

static ssize_t memory_pull(void *self, void *to, size_t size, struct err *err)
{
    struct memory *memory = self;
    (void)err;
    size_t left = memory->bytes.n - memory->at;
    size_t n = size < left ? size : left;
    if (n)
        memcpy(to, memory->bytes.p + memory->at, n);
    memory->at += n;
    return (ssize_t)n;
}

static int memory_seek(void *self, uint64_t at, struct err *err)
{
    struct memory *memory = self;
    (void)err;
    memory->at = at < memory->bytes.n ? (size_t)at : memory->bytes.n;
    return 0;
}

int stream_memory(struct stream **out, struct str bytes, struct err *err)
{
    struct stream *stream = stream_new();
    struct memory *memory = calloc(1, sizeof *memory);
    if (!stream || !memory) {
        free(stream);
        free(memory);
        return err_refused(err);
    }
    memory->bytes = bytes;
    *stream = (struct stream){.pull = memory_pull, .seek = memory_seek, .close = free,
                              .self = memory, .size = (int64_t)bytes.n};
    *out = stream;
    return 0;
}

int stream_pull(struct stream **out, ssize_t (*pull)(void *self, void *to, size_t size,
                struct err *err), void *self, struct err *err)
{
    struct stream *stream = stream_new();
    if (!stream)
        return err_memory(err);
    stream->pull = pull;
    stream->self = self;
    *out = stream;
    return 0;
}

/* Gzip ------------------------------------------------------------------------------------- */

enum { GZIP_RATIO = 1000, GZIP_FREE = 1024 * 1024 };

struct gunzip {
    struct stream *inner;
    z_stream z;
    uint64_t most, in, out;
    bool inflating, begun; /* inside a member; at least one was begun */
    unsigned char block[STREAM_PEEK];
};

/* More input behind what is left; -1 on failure. At the end `avail_in` stays 0. */
static int gunzip_fill(struct gunzip *g, struct err *err)
{
    if (g->z.avail_in > 0)
        return 0;
    ssize_t got = stream_read(g->inner, g->block, sizeof g->block, err);
    if (got < 0)
        return -1;
    g->z.next_in = g->block;
    g->z.avail_in = (uInt)got;
    g->in += (uint64_t)got;
    return 0;
}

/* Between members: zero padding is passed over. 1: another member begins, 0: the end. */
static int gunzip_next(struct gunzip *g, struct err *err)
{
    for (;;) {
        if (gunzip_fill(g, err) < 0)
            return -1;
        if (g->z.avail_in == 0)
            return g->begun ? 0
                            : err_reject(err, "damaged", 0, "the gzip file is empty; get it again");
        if (*g->z.next_in != 0 || !g->begun)
            break;
        g->z.next_in++;
        g->z.avail_in--;
    }
    if (inflateReset(&g->z) != Z_OK)
        return err_memory(err);
    g->inflating = g->begun = true;
    return 1;
}

static int gunzip_bounds(const struct gunzip *g, struct err *err)
{
    uint64_t taken = g->in - g->z.avail_in;
    if (g->out > g->most)
        return err_reject(err, "too-large", 0,
                          "unpacks to more than %llu bytes; split it, or raise the limit",
                          (unsigned long long)g->most);
    if (g->out > GZIP_FREE && g->out / GZIP_RATIO > taken)
        return err_reject(err, "bomb", 0,
                          "unpacks to more than %d times its size, as no report does; refused",
                          GZIP_RATIO);
    return 0;
}

static ssize_t gunzip_pull(void *self, void *to, size_t size, struct err *err)
{
    struct gunzip *g = self;
    g->z.next_out = to;
    g->z.avail_out = size < INT32_MAX ? (uInt)size : INT32_MAX;
    uInt room = g->z.avail_out;
    while (g->z.avail_out == room) {
        if (!g->inflating) {
            int more = gunzip_next(g, err);
            if (more <= 0)
                return more;
        }
        if (gunzip_fill(g, err) < 0)
            return -1;
        if (g->z.avail_in == 0)
            return err_reject(err, "damaged", 0,
                              "the gzip data ends too early, after %llu bytes; get the file again",
                              (unsigned long long)g->in);
        int status = inflate(&g->z, Z_NO_FLUSH);
        if (status == Z_MEM_ERROR)
            return err_memory(err);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return err_reject(err, "damaged", 0,
                              "the gzip data is damaged near byte %llu (%s); get the file again",
                              (unsigned long long)(g->in - g->z.avail_in),
                              g->z.msg ? g->z.msg : "inflate");
        g->inflating = status != Z_STREAM_END;
    }
    uInt got = room - g->z.avail_out;
    g->out += got;
    return gunzip_bounds(g, err) < 0 ? -1 : (ssize_t)got;
}

static void gunzip_close(void *self)
{
    struct gunzip *g = self;
    inflateEnd(&g->z);
    stream_close(g->inner);
    free(g);
}

int stream_gunzip(struct stream **out, struct stream *inner, uint64_t most, struct err *err)
{
    struct stream *stream = stream_new();
    struct gunzip *g = calloc(1, sizeof *g);
    if (!stream || !g || inflateInit2(&g->z, 15 + 16) != Z_OK) {
        free(stream);
        free(g);
        stream_close(inner);
        return err_refused(err);
    }
    g->inner = inner;
    g->most = most;
    stream->pull = gunzip_pull;
    stream->close = gunzip_close;
    stream->self = g;
    *out = stream;
    return 0;
}

/* Reading ---------------------------------------------------------------------------------- */

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    if (stream->close)
        stream->close(stream->self);
    free(stream->peeked);
    free(stream);
}

static ssize_t pull(struct stream *stream, void *to, size_t size, struct err *err)
{
    if (!stream->failed) {
        stream->why = (struct err){.kind = ERR_SYSTEM, .reason = ""};
        ssize_t got = stream->pull(stream->self, to, size, &stream->why);
        if (got >= 0)
            return got;
        stream->failed = true;
    }
    if (err)
        *err = stream->why;
    return -1;
}

ssize_t stream_read(struct stream *stream, void *to, size_t size, struct err *err)
{
    size_t held = stream->to - stream->from;
    if (held == 0)
        return size ? pull(stream, to, size, err) : 0;
    size_t n = size < held ? size : held;
    memcpy(to, stream->peeked + stream->from, n);
    stream->from += n;
    return (ssize_t)n;
}

int stream_ahead(struct stream *stream, size_t least, struct str *out, struct err *err)
{
    if (!stream->peeked && !(stream->peeked = malloc(STREAM_PEEK)))
        return err_refused(err);
    if (least > STREAM_PEEK)
        least = STREAM_PEEK;
    if (stream->from > 0 && stream->to - stream->from < least) {
        memmove(stream->peeked, stream->peeked + stream->from, stream->to - stream->from);
        stream->to -= stream->from;
        stream->from = 0;
    }
    while (stream->to - stream->from < least) {
        ssize_t got = pull(stream, stream->peeked + stream->to, STREAM_PEEK - stream->to, err);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        stream->to += (size_t)got;
    }
    *out = (struct str){stream->peeked + stream->from, stream->to - stream->from};
    return 0;
}

int stream_peek(struct stream *stream, size_t size, struct str *out, struct err *err)
{
    if (stream_ahead(stream, size, out, err) < 0)
        return -1;
    *out = str_slice(*out, 0, size < STREAM_PEEK ? size : STREAM_PEEK);
    return 0;
}

void stream_skip(struct stream *stream, size_t size)
{
    size_t held = stream->to - stream->from;
    stream->from += size < held ? size : held;
}

static int too_large(size_t most, struct err *err)
{
    return err_reject(err, "too-large", 0, "is larger than %zu bytes; split it, or raise the limit",
                      most);
}

int stream_all(struct stream *stream, struct arena *arena, size_t most, struct str *out,
               struct err *err)
{
    /* one byte more than expected, so that the end is seen without growing */
    size_t capacity = stream->size >= 0 ? (size_t)stream->size + 1 : STREAM_PEEK, n = 0;
    if (stream->size >= 0 && (uint64_t)stream->size > most)
        return too_large(most, err);
    char *p = arena_alloc(arena, capacity + 1);
    for (;;) {
        if (!p)
            return too_large(arena->limit, err);
        ssize_t got = stream_read(stream, p + n, capacity - n, err);
        if (got < 0)
            return -1;
        n += (size_t)got;
        if (n > most)
            return too_large(most, err);
        if (got == 0)
            break;
        if (n == capacity) {
            char *wider = arena_alloc(arena, capacity * 2 + 1);
            if (wider)
                memcpy(wider, p, n);
            p = wider;
            capacity *= 2;
        }
    }
    p[n] = 0;
    *out = (struct str){p, n};
    return 0;
}

int64_t stream_size(const struct stream *stream)
{
    return stream->size;
}

int stream_seek(struct stream *stream, uint64_t at, struct err *err)
{
    stream->from = stream->to = 0;
    if (!stream->seek)
        return err_set(err, ERR_SYSTEM, "this stream can be read in order only");
    return stream->seek(stream->self, at, err);
}
