/* Bytes written behind come out whole and in order, and a failure is told. */
#include "core/export/behind.h"

#include <stdlib.h>
#include <string.h>

#include "tests/tap.h"

struct end {
    struct buf got;
    size_t most; /* bytes that fit; SIZE_MAX: all */
};

static int take(void *self, const void *bytes, size_t size, struct err *err)
{
    struct end *end = self;
    if (end->got.n + size > end->most)
        return err_set(err, ERR_SYSTEM, "the end is full");
    buf_add(&end->got, (struct str){bytes, size});
    return 0;
}

/* Writes `size` bytes, `step` at a time. */
static int put(struct behind *behind, const char *bytes, size_t size, size_t step, struct err *err)
{
    for (size_t at = 0; at < size; at += step)
        if (sink_write(behind_sink(behind), bytes + at, step < size - at ? step : size - at, err) < 0)
            return -1;
    return behind_settle(behind, err);
}

static void what_is_written_comes_out(const char *bytes, size_t size)
{
    static const size_t steps[] = {1, 1000, 32768, 65536, 100001};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct end end = {buf_new((size_t)1 << 26), SIZE_MAX};
        struct behind *behind = NULL;
        struct err err = {0};
        bool same = behind_new(&behind, (struct sink){take, &end}, &err) == 0;
        same = same && put(behind, bytes, 10, steps[i], &err) == 0 && end.got.n == 10;
        same = same && put(behind, bytes + 10, size - 10, steps[i], &err) == 0 && end.got.n == size &&
               memcmp(end.got.p, bytes, size) == 0;
        ok(same, "%zu bytes come out as they went in, %zu at a time", size, steps[i]);
        behind_free(behind);
        buf_free(&end.got);
    }
}

static void failures_are_told(const char *bytes, size_t size)
{
    struct end end = {buf_new((size_t)1 << 26), 200000};
    struct behind *behind = NULL;
    struct err err = {0};
    ok(behind_new(&behind, (struct sink){take, &end}, &err) == 0 && put(behind, bytes, size, 4096, &err) < 0 &&
           strcmp(err.english, "the end is full") == 0,
       "a failure behind is told as it was");
    size_t then = end.got.n;
    ok(put(behind, bytes, size, 4096, &err) < 0 && end.got.n == then, "nothing goes on after it");
    behind_free(behind);
    buf_free(&end.got);
}

static void what_is_left_is_forgotten(const char *bytes)
{
    struct end end = {buf_new((size_t)1 << 26), SIZE_MAX};
    struct behind *behind = NULL;
    struct err err = {0};
    ok(behind_new(&behind, (struct sink){take, &end}, &err) == 0 &&
           sink_write(behind_sink(behind), bytes, 100, &err) == 0,
       "a little is written");
    behind_free(behind);
    ok(end.got.n == 0, "freed without having settled it forgets that");
    buf_free(&end.got);
}

int main(void)
{
    size_t size = 3000003;
    char *bytes = malloc(size);
    if (!ok(bytes != NULL, "there is memory"))
        return done();
    for (size_t i = 0; i < size; i++)
        bytes[i] = (char)(i * 2654435761u >> 13);
    what_is_written_comes_out(bytes, size);
    failures_are_told(bytes, size);
    what_is_left_is_forgotten(bytes);
    free(bytes);
    return done();
}
