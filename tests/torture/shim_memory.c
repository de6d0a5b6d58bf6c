/* Memory: counts what is asked for, refuses the N-th piece. */
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/torture/shim.h"

static void *(*next_malloc)(size_t);
static void *(*next_calloc)(size_t, size_t);
static void *(*next_realloc)(void *, size_t);
static void (*next_free)(void *);
static int (*next_posix_memalign)(void **, size_t, size_t);
static void *(*next_aligned_alloc)(size_t, size_t);

static atomic_long asked, kept;
static long refused;
static bool stay, show, counting;

/* The loader asks for memory while the functions above are looked for. */
static _Alignas(16) char early[64 * 1024];
static size_t early_used;
static bool looking;

static void *take_early(size_t size)
{
    size = (size + 15) & ~(size_t)15;
    if (size > sizeof early - early_used)
        return NULL;
    early_used += size;
    return early + early_used - size;
}

static bool is_early(const void *p)
{
    return (const char *)p >= early && (const char *)p < early + sizeof early;
}

void shim_next(const char *name, void *function)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(function, &found, sizeof found);
}

static bool look(void)
{
    if (next_free)
        return true;
    if (looking)
        return false;
    looking = true;
    shim_next("malloc", &next_malloc);
    shim_next("calloc", &next_calloc);
    shim_next("realloc", &next_realloc);
    shim_next("posix_memalign", &next_posix_memalign);
    shim_next("aligned_alloc", &next_aligned_alloc);
    shim_next("free", &next_free);
    looking = false;
    return true;
}

/* Before main: what the loader and the libraries' own beginnings ask for is not counted. */
__attribute__((constructor)) static void begin(void)
{
    look();
    refused = shim_number("SHIM_ALLOC");
    stay = shim_number("SHIM_STAY") != 0;
    show = shim_number("SHIM_SHOW") != 0;
    void *frame[1];
    if (show)
        backtrace(frame, 1); /* its own memory is got here */
    counting = shim_armed();
}

void shim_memory_counts(long *asked_out, long *kept_out)
{
    *asked_out = atomic_load(&asked);
    *kept_out = atomic_load(&kept);
}

/* Whether this piece is the one to refuse. */
static bool refuse(void)
{
    if (!counting)
        return false;
    long n = atomic_fetch_add(&asked, 1) + 1;
    if (refused == 0 || (stay ? n < refused : n != refused))
        return false;
    if (show) {
        void *frame[32];
        counting = false;
        backtrace_symbols_fd(frame, backtrace(frame, 32), STDERR_FILENO);
        counting = true;
    }
    errno = ENOMEM;
    return true;
}

static void *given(void *p)
{
    if (p)
        atomic_fetch_add(&kept, 1);
    return p;
}

void *malloc(size_t size)
{
    if (!look())
        return take_early(size);
    return refuse() ? NULL : given(next_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    if (!look()) /* the early memory is zero */
        return size && count > SIZE_MAX / size ? NULL : take_early(count * size);
    return refuse() ? NULL : given(next_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    if (!look() || is_early(old)) {
        void *p = !look() ? take_early(size) : malloc(size);
        size_t most = (size_t)(early + sizeof early - (char *)old);
        if (p && old)
            memcpy(p, old, size < most ? size : most);
        return p;
    }
    if (refuse())
        return NULL;
    if (!old)
        return given(next_realloc(NULL, size));
    return next_realloc(old, size);
}

void free(void *p)
{
    if (!p || is_early(p))
        return;
    look();
    atomic_fetch_sub(&kept, 1);
    next_free(p);
}

int posix_memalign(void **out, size_t alignment, size_t size)
{
    look();
    if (refuse())
        return ENOMEM;
    int status = next_posix_memalign(out, alignment, size);
    if (status == 0)
        given(*out);
    return status;
}

void *aligned_alloc(size_t alignment, size_t size)
{
    look();
    return refuse() ? NULL : given(next_aligned_alloc(alignment, size));
}
