/* One file of the walk: unchanged, an input, or an archive of inputs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/intake.h"
#include "core/base/lang.h"
#include "importers/archive.h"

static void show_progress(const struct intake *intake)
{
    const struct run_counts *c = &intake->session->counts;
    if (intake->progress && intake->seen % 64 == 0)
        fprintf(stderr, tr("\r%lld read, %lld loaded, %lld unchanged, %lld rejected"),
                (long long)c->read, (long long)c->loaded, (long long)c->unchanged,
                (long long)c->rejected);
}

/* A file that can be recognised by what the file system says of it alone. */
static int unchanged_by_stamp(struct intake *intake, const struct source_place *place,
                              const struct source_latest *latest, bool *unchanged, struct err *err)
{
    const struct file_stamp *a = &place->stamp, *b = &latest->stamp;
    int64_t members = 0;
    *unchanged = latest->source_id && latest->same_hints && a->size == b->size &&
                 a->time == b->time && a->inode == b->inode;
    bool some = intake->options.manifest || intake->hints.n > 0;
    if (!some && !(*unchanged && latest->is_input) &&
        source_members(intake->warehouse, place, &members, err) < 0)
        return -1;
    if (!*unchanged && members == 0)
        return 0;
    intake_unchanged(intake, members + (*unchanged ? 1 : 0));
    *unchanged = true;
    return 0;
}

/* Reads what fits into memory; *whole says whether that was all. `size` as far as it is known. */
static int read_head(struct intake *intake, struct stream *in, int64_t size, struct str *head,
                     bool *whole, struct err *err)
{
    size_t n = 0, room = size > 0 && size < ORIGINAL_PART ? (size_t)size + 1 : 1 << 16;
    char *to = arena_alloc(&intake->bytes, room);
    for (ssize_t got; n <= ORIGINAL_PART; n += (size_t)got) {
        if (to && n == room) {
            size_t wider = room * 2 > ORIGINAL_PART ? ORIGINAL_PART + 1 : room * 2;
            char *grown = arena_alloc(&intake->bytes, wider);
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
                     struct incoming **out, struct err *err)
{
    enum { BLOCK = 1 << 18 };
    struct incoming *incoming = NULL;
    char *block = malloc(BLOCK);
    if (!block)
        return err_memory(err);
    int status = incoming_new(&incoming, keep, err);
    if (status == 0)
        status = incoming_add(incoming, head, err);
    while (status == 0) {
        ssize_t got = stream_read(in, block, BLOCK, err);
        if (got <= 0) {
            status = (int)got;
            break;
        }
        status = incoming_add(incoming, (struct str){block, (size_t)got}, err);
    }
    if (status == 0)
        status = incoming_end(incoming, input->sha256, &input->size, err);
    free(block);
    if (status < 0)
        incoming_free(incoming);
    else
        *out = incoming;
    return status;
}

int intake_keep_long(struct intake *intake, const struct intake_input *input,
                     const struct original_name *name, int64_t *original_id, struct err *err)
{
    struct intake_input again = {0};
    struct incoming *incoming = NULL;
    struct stream *in = NULL;
    if (stream_open(&in, input->real, err) < 0)
        return -1;
    int status = read_long(STR(""), in, true, &again, &incoming, err);
    stream_close(in);
    if (status == 0 && strcmp(again.sha256, input->sha256) != 0)
        status = err_reject(err, "changed", 0, "the file changed while it was read; it will be read "
                                               "again by the next run");
    if (status == 0)
        status = original_put_incoming(intake->warehouse, incoming, name, original_id, err);
    incoming_free(incoming);
    return status;
}

/* Whether the path's latest version has these very bytes: then only its stamp is noted, and when
 * options or manifest say something else of it now, it is read again under its own name. */
static int unchanged_by_hash(struct intake *intake, const struct intake_input *input,
                             bool *unchanged, struct err *err)
{
    struct source_latest latest;
    if (source_find(intake->warehouse, &input->place, buf_str(&intake->hints), &latest, err) < 0)
        return -1;
    *unchanged = false;
    if (!latest.source_id || strcmp(latest.sha256, input->sha256) != 0)
        return 0;
    int again = latest.same_hints ? 0 : reread_one(intake, latest.source_id, err);
    if (again < 0)
        return -1;
    *unchanged = latest.same_hints || again > 0;
    if (!*unchanged)
        return 0;
    if (!again)
        intake_unchanged(intake, 1);
    return source_touch(intake->warehouse, latest.source_id, &input->place.stamp, err);
}

/* What archive_each hands out: the file itself, or members. */
struct handing {
    struct intake *intake;
    const struct intake_file *file;
    struct intake_input *outer; /* the file itself, whose bytes are known */
};

static int take_member(struct handing *handing, struct str path, struct stream *in, struct err *err)
{
    struct intake *intake = handing->intake;
    struct intake_input input = {.place = handing->file->place};
    struct context context;
    struct stream *again = NULL;
    struct str head;
    bool whole, unchanged = false;
    struct arena kept = intake->bytes; /* the archive's own bytes stay below */
    intake->bytes = arena_new(INTAKE_BYTES_MOST);
    input.place.path = path;
    int status = intake_context(intake, path, NULL, &context, err);
    if (status == 0)
        status = read_head(intake, in, stream_size(in), &head, &whole, err);
    if (status == 0 && whole) {
        input.bytes = head;
        input.size = (int64_t)head.n;
        status = digest_of(head, input.sha256, err);
    } else if (status == 0) {
        status = read_long(head, in, true, &input, &input.incoming, err);
    }
    if (status == 0)
        status = unchanged_by_hash(intake, &input, &unchanged, err);
    if (status == 0 && !unchanged) {
        status = whole ? stream_memory(&again, input.bytes, err)
                       : incoming_stream(input.incoming, &again, err);
        if (status == 0)
            status = intake_take(intake, &input, again, err);
        stream_close(again);
    } else if (status < 0 && err->kind == ERR_INPUT) {
        struct err why = *err;
        input.bytes = STR("");
        status = digest_of(input.bytes, input.sha256, err);
        if (status == 0)
            status = intake_refuse(intake, &input, &why, err);
    }
    incoming_free(input.incoming);
    arena_free(&intake->bytes);
    intake->bytes = kept;
    return status;
}

static int handed(void *self, struct str path, bool member, struct stream *in, struct err *err)
{
    struct handing *handing = self;
    if (session_stopped())
        return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
    if (member)
        return take_member(handing, path, in, err);
    struct context context;
    if (intake_context(handing->intake, path, handing->file->real, &context, err) < 0)
        return -1;
    return intake_take(handing->intake, handing->outer, in, err);
}

static int refused(void *self, struct str path, const struct err *why, struct err *err)
{
    struct handing *handing = self;
    struct intake_input input = {.place = handing->file->place, .bytes = STR("")};
    struct context context;
    bool unchanged;
    input.place.path = path;
    if (intake_context(handing->intake, path, NULL, &context, err) < 0 ||
        digest_of(input.bytes, input.sha256, err) < 0 ||
        unchanged_by_hash(handing->intake, &input, &unchanged, err) < 0)
        return -1;
    return unchanged ? 0 : intake_refuse(handing->intake, &input, why, err);
}

/* Opens the bytes once more, as archive_each wants them. */
static int open_again(const struct intake_file *file, const struct intake_input *input,
                      struct stream **out, struct err *err)
{
    if (input->bytes.p)
        return stream_memory(out, input->bytes, err);
    if (input->incoming)
        return incoming_stream(input->incoming, out, err);
    return stream_open(out, file->real, err);
}

static int take_bytes(struct intake *intake, const struct intake_file *file,
                      struct intake_input *input, struct err *err)
{
    struct handing handing = {intake, file, input};
    struct archive_sink sink = {handed, refused, &handing};
    struct archive_limits limits = archive_limits_usual();
    struct stream *in = NULL;
    bool unchanged;
    if (unchanged_by_hash(intake, input, &unchanged, err) < 0)
        return -1;
    if (unchanged)
        return 0;
    if (open_again(file, input, &in, err) == 0 &&
        archive_each(in, input->place.path, &limits, &sink, err) == 0)
        return 0;
    if (err->kind != ERR_INPUT)
        return -1;
    struct err why = *err;
    return intake_refuse(intake, input, &why, err);
}

int intake_file(struct intake *intake, const struct intake_file *file, struct err *err)
{
    struct intake_input input = {.place = file->place, .real = file->real};
    struct source_latest latest;
    struct context context;
    struct stream *in = NULL;
    struct incoming *hashed = NULL;
    struct str head = {0};
    bool whole = false, unchanged = false;
    intake->seen++;
    show_progress(intake);
    if (intake_context(intake, file->place.path, file->real, &context, err) < 0 ||
        source_find(intake->warehouse, &file->place, buf_str(&intake->hints), &latest, err) < 0)
        return -1;
    if (!file->standard_input &&
        unchanged_by_stamp(intake, &file->place, &latest, &unchanged, err) < 0)
        return -1;
    if (unchanged)
        return 0;
    arena_reset(&intake->bytes);
    int status = file->standard_input ? stream_descriptor(&in, STDIN_FILENO, err)
                                      : stream_open(&in, file->real, err);
    if (status == 0)
        status = read_head(intake, in, stream_size(in), &head, &whole, err);
    if (status == 0 && whole) {
        input.bytes = head;
        input.size = (int64_t)head.n;
        status = digest_of(head, input.sha256, err);
    } else if (status == 0) {
        status = read_long(head, in, file->standard_input, &input, &hashed, err);
        input.incoming = file->standard_input ? hashed : NULL;
    }
    stream_close(in);
    if (status == 0)
        status = take_bytes(intake, file, &input, err);
    else if (err->kind == ERR_INPUT) {
        struct err why = *err;
        input.bytes = STR("");
        input.place.stamp = (struct file_stamp){0}; /* try again by all means */
        status = digest_of(input.bytes, input.sha256, err);
        if (status == 0)
            status = unchanged_by_hash(intake, &input, &unchanged, err);
        if (status == 0 && !unchanged)
            status = intake_refuse(intake, &input, &why, err);
    }
    incoming_free(hashed);
    return status;
}
