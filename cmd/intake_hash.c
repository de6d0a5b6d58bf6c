/* The hash of a long file, made on a thread of its own while the file is read. */
#include <stdlib.h>
#include <string.h>

#include "cmd/intake_offer.h"
#include "core/base/thread.h"

struct hashing {
    struct stream *in;
    struct digest *digest;
    pthread_t thread;
    atomic_bool cancelled;
    char sha256[DIGEST_HEX];
    int64_t size;
    int status;
    struct err err;
};

static int hash_all(struct hashing *h, char *block, size_t size)
{
    while (!atomic_load_explicit(&h->cancelled, memory_order_relaxed)) {
        ssize_t got = stream_read(h->in, block, size, &h->err);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        if (digest_add(h->digest, (struct str){block, (size_t)got}, &h->err) < 0)
            return -1;
        h->size += got;
    }
    return digest_end(h->digest, h->sha256, &h->err);
}

static void *hashing_main(void *self)
{
    enum { BLOCK = 1 << 18 };
    struct hashing *h = self;
    char *block = malloc(BLOCK);
    h->status = block ? hash_all(h, block, BLOCK) : err_refused(&h->err);
    free(block);
    return NULL;
}

static void hashing_dispose(struct hashing *h)
{
    stream_close(h->in);
    digest_free(h->digest);
    free(h);
}

int hashing_begin(struct hashing **out, const char *path, struct err *err)
{
    struct hashing *h = calloc(1, sizeof *h);
    if (!h)
        return err_refused(err);
    if (stream_open(&h->in, path, err) < 0 || digest_new(&h->digest, err) < 0) {
        hashing_dispose(h);
        return -1;
    }
    if (!thread_start(&h->thread, hashing_main, h)) {
        hashing_dispose(h);
        h = NULL; /* it is done without */
    }
    *out = h;
    return 0;
}

int hashing_end(struct hashing *h, char sha256[DIGEST_HEX], int64_t *size, struct err *err)
{
    pthread_join(h->thread, NULL);
    int status = h->status;
    if (status < 0)
        *err = h->err;
    memcpy(sha256, h->sha256, DIGEST_HEX);
    *size = h->size;
    hashing_dispose(h);
    return status;
}

void hashing_free(struct hashing *h)
{
    if (!h)
        return;
    atomic_store(&h->cancelled, true);
    pthread_join(h->thread, NULL);
    hashing_dispose(h);
}
