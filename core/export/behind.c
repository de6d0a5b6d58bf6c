#include "core/export/behind.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/thread.h"

enum { BLOCKS = 8, BLOCK = 1 << 16 };

struct block {
    size_t used;
    char bytes[BLOCK];
};

struct behind {
    struct sink to;
    struct block block[BLOCKS]; /* the n-th is block[n % BLOCKS] */
    bool tried, runs;           /* to start the thread; it is there */
    pthread_t thread;

    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint64_t full, gone; /* blocks handed over, and passed on */
    bool stop, failed;
    struct err failure;
};

static int pass_on(struct behind *b, struct block *block, struct err *err)
{
    int status = block->used ? sink_write(b->to, block->bytes, block->used, err) : 0;
    block->used = 0;
    return status;
}

static void *work(void *self)
{
    struct behind *b = self;
    pthread_mutex_lock(&b->lock);
    while (!b->stop) {
        if (b->gone == b->full) {
            pthread_cond_wait(&b->moved, &b->lock);
            continue;
        }
        struct block *block = &b->block[b->gone % BLOCKS];
        struct err err = {0};
        bool good = !b->failed;
        pthread_mutex_unlock(&b->lock);
        good = good && pass_on(b, block, &err) == 0;
        pthread_mutex_lock(&b->lock);
        block->used = 0;
        if (!good && !b->failed) {
            b->failed = true;
            b->failure = err;
        }
        b->gone++;
        pthread_cond_broadcast(&b->moved);
    }
    pthread_mutex_unlock(&b->lock);
    return NULL;
}

/* Waits until fewer blocks than that are on their way. */
static int wait_for(struct behind *b, uint64_t fewer, struct err *err)
{
    pthread_mutex_lock(&b->lock);
    while (b->full - b->gone >= fewer)
        pthread_cond_wait(&b->moved, &b->lock);
    bool failed = b->failed;
    pthread_mutex_unlock(&b->lock);
    if (failed && err)
        *err = b->failure;
    return failed ? -1 : 0;
}

/* The block at hand is full. */
static int hand_over(struct behind *b, struct err *err)
{
    if (!b->tried) {
        b->tried = true;
        b->runs = thread_start(&b->thread, work, b);
    }
    if (!b->runs)
        return pass_on(b, &b->block[0], err);
    pthread_mutex_lock(&b->lock);
    b->full++;
    pthread_cond_broadcast(&b->moved);
    pthread_mutex_unlock(&b->lock);
    return wait_for(b, BLOCKS, err);
}

static int take(void *self, const void *bytes, size_t size, struct err *err)
{
    struct behind *b = self;
    for (const char *p = bytes; size > 0;) {
        struct block *block = &b->block[b->full % BLOCKS];
        size_t n = BLOCK - block->used < size ? BLOCK - block->used : size;
        memcpy(block->bytes + block->used, p, n);
        block->used += n;
        p += n;
        size -= n;
        if (block->used == BLOCK && hand_over(b, err) < 0)
            return -1;
    }
    return 0;
}

struct sink behind_sink(struct behind *behind)
{
    return (struct sink){take, behind};
}

int behind_settle(struct behind *b, struct err *err)
{
    if (b->runs && wait_for(b, 1, err) < 0)
        return -1;
    return pass_on(b, &b->block[b->full % BLOCKS], err); /* what began a block */
}

int behind_new(struct behind **out, struct sink to, struct err *err)
{
    struct behind *b = calloc(1, sizeof *b);
    if (!b)
        return err_memory(err);
    b->to = to;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->moved, NULL);
    *out = b;
    return 0;
}

void behind_free(struct behind *b)
{
    if (!b)
        return;
    if (b->runs) {
        pthread_mutex_lock(&b->lock);
        b->stop = true;
        pthread_cond_broadcast(&b->moved);
        pthread_mutex_unlock(&b->lock);
        pthread_join(b->thread, NULL);
    }
    pthread_mutex_destroy(&b->lock);
    pthread_cond_destroy(&b->moved);
    free(b);
}
