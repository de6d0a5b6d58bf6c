/* The bytes of an input: read, hashed, packed, and opened once more. */
#include <string.h>

#include "cmd/intake_offer.h"

/* Reads what fits into memory; *whole says whether that was all. `size` as far as it is known. */
static int read_head(struct arena *arena, struct stream *in, int64_t size, struct str *head,
                     bool *whole, struct err *err)
{
    size_t n = 0, room = size > 0 && size < ORIGINAL_PART ? (size_t)size + 1 : 1 << 16;
    char *to = arena_bytes(arena, room);
    for (ssize_t got; n <= ORIGINAL_PART; n += (size_t)got) {
        if (to && n == room) {
            size_t wider = room * 2 > ORIGINAL_PART ? ORIGINAL_PART + 1 : room * 2;
            char *grown = arena_bytes(arena, wider);
            if (grown)
                memcpy(grown, to, n);
            to = grown;
            room = wider;
        }
        if (!to)
            return err_memory(err);
        got = stream_read(in, to + n, room - n, err);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
    }
    *head = (struct str){to, n};
    *whole = n <= ORIGINAL_PART;
    return 0;
}

/* Hashes all of a stream, keeping it when `keep`. */
static int read_long(struct str head, struct stream *in, bool keep, struct intake_input *input,
                     struct err *err)
{
    int status = incoming_new(&input->incoming, keep, err);
    if (status == 0)
        status = incoming_add(input->incoming, head, err);
    if (status == 0)
        status = incoming_read(input->incoming, in, err);
    if (status == 0)
        status = incoming_end(input->incoming, input->sha256, &input->size, err);
    if (status == 0 && !keep) { /* the hash was all that was wanted */
        incoming_free(input->incoming);
        input->incoming = NULL;
    }
    return status;
}

int intake_pack(struct intake_reader *reader, struct arena *arena, struct intake_input *input,
                struct err *err)
{
    if (!reader->intake->options.keep_originals || !input->bytes.p)
        return 0;
    char *to = arena_bytes(arena, input->bytes.n + 1);
    if (!to)
        return err_memory(err);
    if (!reader->packer && packer_new(&reader->packer, err) < 0)
        return -1;
    input->packed = packer_pack(reader->packer, input->bytes, to);
    return 0;
}

int intake_read_bytes(struct stream *in, struct arena *arena, bool keep,
                      struct intake_input *input, struct err *err)
{
    struct str head = {0};
    bool whole = false;
    if (read_head(arena, in, stream_size(in), &head, &whole, err) < 0)
        return -1;
    if (!whole)
        return read_long(head, in, keep, input, err);
    input->bytes = head;
    input->size = (int64_t)head.n;
    return digest_of(head, input->sha256, err);
}

int intake_open_again(const struct intake_input *input, struct stream **out, struct err *err)
{
    if (input->bytes.p)
        return stream_memory(out, input->bytes, err);
    if (input->incoming)
        return incoming_stream(input->incoming, out, err);
    return stream_open(out, input->real, err);
}
