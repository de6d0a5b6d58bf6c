#include "core/text/gzip_out.h"

#include <stdlib.h>
#include <zlib.h>

enum { ROOM = 1 << 15, LEVEL = 6, GZIP_WINDOW = 15 + 16, MEMORY = 8 };

struct gzip_out {
    z_stream z;
    struct sink sink;
    unsigned char room[ROOM];
};

int gzip_out_open(struct gzip_out **out, struct sink sink, struct err *err)
{
    struct gzip_out *gzip = calloc(1, sizeof *gzip);
    if (!gzip)
        return err_refused(err);
    gzip->sink = sink;
    if (deflateInit2(&gzip->z, LEVEL, Z_DEFLATED, GZIP_WINDOW, MEMORY, Z_DEFAULT_STRATEGY) != Z_OK) {
        free(gzip);
        return err_memory(err);
    }
    *out = gzip;
    return 0;
}

/* Packs what is in the stream's input; passes on whatever comes out. */
static int pump(struct gzip_out *gzip, int flush, struct err *err)
{
    int status;
    do {
        gzip->z.next_out = gzip->room;
        gzip->z.avail_out = ROOM;
        status = deflate(&gzip->z, flush);
        size_t n = ROOM - gzip->z.avail_out;
        if (n > 0 && sink_write(gzip->sink, gzip->room, n, err) < 0)
            return -1;
    } while (gzip->z.avail_out == 0 || (flush == Z_FINISH && status == Z_OK));
    return 0;
}

static int write_packed(void *self, const void *bytes, size_t size, struct err *err)
{
    struct gzip_out *gzip = self;
    for (const unsigned char *p = bytes; size > 0;) {
        size_t n = size < (size_t)1 << 30 ? size : (size_t)1 << 30;
        gzip->z.next_in = (unsigned char *)(uintptr_t)p;
        gzip->z.avail_in = (unsigned)n;
        if (pump(gzip, Z_NO_FLUSH, err) < 0)
            return -1;
        p += n;
        size -= n;
    }
    return 0;
}

struct sink gzip_out_sink(struct gzip_out *gzip)
{
    return (struct sink){write_packed, gzip};
}

int gzip_out_close(struct gzip_out *gzip, struct err *err)
{
    gzip->z.next_in = NULL;
    gzip->z.avail_in = 0;
    int status = pump(gzip, Z_FINISH, err);
    gzip_out_abandon(gzip);
    return status;
}

void gzip_out_abandon(struct gzip_out *gzip)
{
    if (!gzip)
        return;
    deflateEnd(&gzip->z);
    free(gzip);
}
