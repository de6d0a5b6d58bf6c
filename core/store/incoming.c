#include "core/store/incoming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/store/pack.h"

enum { PARTS_MOST = 9999 };

/* `size` bytes as they are, packed into the `packed` that stand at `at` in the temporary file. */
struct part {
    int64_t size, packed, at;
};

struct incoming {
    struct digest *digest;
    char hex[DIGEST_HEX];
    int64_t size, spooled;
    bool keep;
    FILE *spool;
    struct packer *packer;
    char *held; /* the part that is being filled */
    size_t held_size;
    struct part *parts;
    size_t part_count, next; /* next: to be read back */
    size_t at;               /* within `held`, while it is read back */
};

int incoming_new(struct incoming **out, bool keep, struct err *err)
{
    struct incoming *in = calloc(1, sizeof *in);
    if (!in)
        return err_memory(err);
    in->keep = keep;
    if (digest_new(&in->digest, err) < 0)
        goto fail;
    if (keep) {
        in->held = malloc(ORIGINAL_PART);
        in->spool = tmpfile();
        if (!in->held) {
            err_memory(err);
            goto fail;
        }
        if (!in->spool) {
            err_set(err, ERR_SYSTEM, "no temporary file can be made; check $TMPDIR and the disk");
            goto fail;
        }
        if (packer_new(&in->packer, err) < 0)
            goto fail;
    }
    *out = in;
    return 0;
fail:
    incoming_free(in);
    return -1;
}

void incoming_free(struct incoming *incoming)
{
    if (!incoming)
        return;
    digest_free(incoming->digest);
    packer_free(incoming->packer);
    if (incoming->spool)
        fclose(incoming->spool);
    free(incoming->held);
    free(incoming->parts);
    free(incoming);
}

static int spool_part(struct incoming *in, struct err *err)
{
    struct str bytes = {in->held, in->held_size};
    struct part *parts = realloc(in->parts, (in->part_count + 1) * sizeof *parts);
    if (!parts)
        return err_memory(err);
    in->parts = parts;
    if (in->part_count == PARTS_MOST)
        return err_reject(err, "too-large", 0, "the input is too large to be kept");
    char *room = malloc(bytes.n + 1);
    if (!room)
        return err_memory(err);
    struct str packed = packer_pack(in->packer, bytes, room);
    size_t written = fwrite(packed.p, 1, packed.n, in->spool);
    free(room);
    if (written != packed.n)
        return err_set(err, ERR_SYSTEM, "a temporary file cannot be written; free some space in "
                                        "$TMPDIR");
    in->parts[in->part_count++] = (struct part){(int64_t)bytes.n, (int64_t)packed.n, in->spooled};
    in->spooled += (int64_t)packed.n;
    in->held_size = 0;
    return 0;
}

int incoming_add(struct incoming *incoming, struct str bytes, struct err *err)
{
    if (digest_add(incoming->digest, bytes, err) < 0)
        return -1;
    incoming->size += (int64_t)bytes.n;
    while (incoming->keep && bytes.n > 0) {
        size_t room = ORIGINAL_PART - incoming->held_size;
        struct str take = str_slice(bytes, 0, room);
        memcpy(incoming->held + incoming->held_size, take.p, take.n);
        incoming->held_size += take.n;
        bytes = str_skip(bytes, take.n);
        if (incoming->held_size == ORIGINAL_PART && spool_part(incoming, err) < 0)
            return -1;
    }
    return 0;
}

int incoming_read(struct incoming *incoming, struct stream *in, struct err *err)
{
    enum { BLOCK = 1 << 18 };
    ssize_t got = 0;
    char *block = malloc(BLOCK);
    if (!block)
        return err_memory(err);
    while ((got = stream_read(in, block, BLOCK, err)) > 0)
        if (incoming_add(incoming, (struct str){block, (size_t)got}, err) < 0) {
            got = -1;
            break;
        }
    free(block);
    return (int)got;
}

int incoming_end(struct incoming *incoming, char hex[DIGEST_HEX], int64_t *size, struct err *err)
{
    if (digest_end(incoming->digest, incoming->hex, err) < 0)
        return -1;
    if (incoming->keep && (incoming->held_size > 0 || incoming->part_count == 0) &&
        spool_part(incoming, err) < 0)
        return -1;
    memcpy(hex, incoming->hex, DIGEST_HEX);
    *size = incoming->size;
    return 0;
}

size_t incoming_parts(const struct incoming *incoming)
{
    return incoming->keep ? incoming->part_count : 0;
}

const char *incoming_hex(const struct incoming *incoming)
{
    return incoming->hex;
}

int64_t incoming_size(const struct incoming *incoming)
{
    return incoming->size;
}

/* A part as it stands in the temporary file. Others may have read there in between. */
static int fetch(struct incoming *in, const struct part *part, char **data, struct err *err)
{
    char *to = malloc((size_t)part->packed + 1);
    if (!to)
        return err_memory(err);
    if (fseeko(in->spool, part->at, SEEK_SET) != 0 ||
        fread(to, 1, (size_t)part->packed, in->spool) != (size_t)part->packed) {
        free(to);
        return err_set(err, ERR_SYSTEM, "a temporary file cannot be read again");
    }
    *data = to;
    return 0;
}

static int read_back(struct incoming *in, struct err *err)
{
    const struct part *part = &in->parts[in->next];
    char *data = NULL;
    if (fetch(in, part, &data, err) < 0)
        return -1;
    int status = packed_read((struct str){data, (size_t)part->packed}, in->held, part->size);
    free(data);
    if (status < 0)
        return err_set(err, ERR_SYSTEM, "a temporary file cannot be read again");
    in->next++;
    in->at = 0;
    in->held_size = (size_t)part->size;
    return 0;
}

static ssize_t pull_incoming(void *self, void *to, size_t size, struct err *err)
{
    struct incoming *in = self;
    while (in->at == in->held_size) {
        if (in->next == in->part_count)
            return 0;
        if (read_back(in, err) < 0)
            return -1;
    }
    size_t n = in->held_size - in->at < size ? in->held_size - in->at : size;
    memcpy(to, in->held + in->at, n);
    in->at += n;
    return (ssize_t)n;
}

int incoming_stream(struct incoming *incoming, struct stream **out, struct err *err)
{
    incoming->next = incoming->at = incoming->held_size = 0;
    return stream_pull(out, pull_incoming, incoming, err);
}

int incoming_part(struct incoming *incoming, size_t index, char **data, size_t *packed,
                  int64_t *size, struct err *err)
{
    const struct part *part = &incoming->parts[index];
    if (fetch(incoming, part, data, err) < 0)
        return -1;
    *packed = (size_t)part->packed;
    *size = part->size;
    return 0;
}
