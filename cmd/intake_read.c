/* Reading a file: its bytes and their hash, the inputs that lie in it, what is recognised in them.
 * Any thread may do it; what is found is handed over as offers. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/intake_offer.h"
#include "importers/archive.h"
#include "importers/importer.h"

enum { DOCUMENT_MOST = 64 << 20 };

/* A file in the works, and the input at hand. */
struct reading {
    struct intake_reader *reader;
    struct intake_job *job;
    struct intake_input file; /* views of what was offered of it */
    struct intake_said said;  /* of the input at hand */
    bool any;                 /* a report or a reject was found in it */
    struct hashing *hashing;  /* of a long file: until it ends these are held back */
    struct offer *held[2];    /* of the file, and of the file as an input */
    int held_count;
    struct err unread;        /* hashing failed: nothing is handed over any more */
};

static struct offer *offer_of(struct reading *r, enum offer_kind kind, struct err *err)
{
    struct offer *offer = r->reader->offer(r->reader->self);
    if (!offer) {
        err_memory(err);
        return NULL;
    }
    offer->kind = kind;
    return offer;
}

static void drop(struct reading *r, struct offer *offer)
{
    r->reader->drop(r->reader->self, offer);
}

/* Waits for the hash, and hands over what was held back for it. */
static int settle(struct reading *r, struct err *err)
{
    int count = r->held_count;
    int status = hashing_end(r->hashing, r->file.sha256, &r->file.size, err);
    r->hashing = NULL;
    r->held_count = 0;
    if (status < 0) {
        r->unread = *err;
        r->file.sha256[0] = 0;
    }
    for (int i = 0; i < count; i++) {
        struct offer *offer = r->held[i];
        if (status < 0) {
            drop(r, offer);
            continue;
        }
        memcpy(offer->input.sha256, r->file.sha256, sizeof offer->input.sha256);
        offer->input.size = r->file.size;
        status = r->reader->hand(r->reader->self, offer, err);
    }
    return status;
}

static int hand(struct reading *r, struct offer *offer, struct err *err)
{
    bool waits = offer->kind == OFFER_FILE || (offer->kind == OFFER_INPUT && !offer->member);
    if (r->hashing && waits && r->held_count < 2) {
        r->held[r->held_count++] = offer;
        return 0;
    }
    if (r->unread.kind || (r->hashing && settle(r, err) < 0)) {
        if (r->unread.kind)
            *err = r->unread;
        drop(r, offer);
        return -1;
    }
    return r->reader->hand(r->reader->self, offer, err);
}

/* The writer wants no more of this file: whatever is being read is left, as a reject would be. */
static int skipped(const struct reading *r, struct err *err)
{
    if (!atomic_load_explicit(&r->job->skip, memory_order_relaxed))
        return 0;
    return err_set(err, ERR_INPUT, "there is nothing new in it");
}

/* What is recognised -------------------------------------------------------------------------- */

/* Whose report it is, as the input states it: agency/year/scope, or empty. */
static struct str whose_words(struct arena *arena, const struct declared *whose)
{
    if (!whose || (!whose->agency.n && !whose->year))
        return STR("");
    struct buf words = buf_new(4096);
    buf_printf(&words, "%.*s/%d/%.*s", STR_ARG(whose->agency), whose->year, STR_ARG(whose->scope));
    struct str copy = arena_copy(arena, buf_str(&words));
    buf_free(&words);
    return copy;
}

static int offer_reject(struct reading *r, const struct declared *whose, const struct err *why,
                        struct err *err)
{
    struct offer *offer = offer_of(r, OFFER_REJECT, err);
    if (!offer)
        return -1;
    r->any = true;
    offer->why = *why;
    offer->whose = whose_words(&offer->arena, whose);
    return hand(r, offer, err);
}

static int take_document(void *self, struct document *doc, struct err *err)
{
    struct reading *r = self;
    struct report *report = NULL;
    if (skipped(r, err) < 0)
        return -1;
    struct intake_reader *reader = r->reader;
    if (!reader->recogniser &&
        recogniser_share(&reader->recogniser, reader->intake->recogniser, err) < 0)
        return -1;
    arena_reset(&reader->scratch);
    if (recognise(reader->recogniser, doc, &r->said.context, &reader->scratch, &report, err) < 0) {
        struct err why = *err;
        return why.kind == ERR_INPUT ? offer_reject(r, &doc->declared, &why, err) : -1;
    }
    struct offer *offer = offer_of(r, OFFER_REPORT, err);
    if (!offer)
        return -1;
    r->any = true;
    offer->whose = whose_words(&offer->arena, &doc->declared);
    offer->report = report_copy(report, &offer->arena);
    if (!offer->report || contents_prepare(offer->report, &offer->prepared, err) < 0) {
        drop(r, offer);
        return err_memory(err);
    }
    return hand(r, offer, err);
}

static int take_reject(void *self, const struct declared *whose, const struct err *why)
{
    struct err err = {0};
    return offer_reject(self, whose, why, &err);
}

static void take_note(void *self, const struct err *what)
{
    struct reading *r = self;
    struct err err = {0};
    struct offer *offer = offer_of(r, OFFER_NOTE, &err);
    if (!offer)
        return;
    offer->why = *what;
    (void)hand(r, offer, &err);
}

static int recognise_all(struct reading *r, struct stream *in, const struct importer *importer,
                         const struct import_options *options, struct err *err)
{
    struct document_sink sink = {take_document, take_reject, take_note, r};
    if (importer->read(in, options, &sink, err) < 0)
        return -1;
    return r->any ? 0 : err_reject(err, "empty", 0, "there is no report in it");
}

/* Recognises one input, whose own offer is `offer`, and hands over all of it. */
static int take_input(struct reading *r, struct offer *offer, struct stream *in, struct err *err)
{
    struct import_options options = {r->said.encoding, offer->input.place.path, DOCUMENT_MOST};
    const struct importer *importer = NULL;
    struct err why = {0};
    struct str head = {0};
    r->any = false;
    int status = stream_peek(in, STREAM_PEEK, &head, &why);
    if (status == 0)
        importer = importer_for(head, &options);
    offer->input.format = importer ? importer->name : "";
    if (intake_pack(r->reader, &offer->arena, &offer->input, err) < 0) {
        drop(r, offer);
        return -1;
    }
    if (hand(r, offer, err) < 0)
        return -1;
    if (status == 0)
        status = recognise_all(r, in, importer, &options, &why);
    if (status < 0 && why.kind != ERR_INPUT) {
        *err = why;
        return -1;
    }
    struct offer *end = offer_of(r, OFFER_INPUT_END, err);
    if (!end)
        return -1;
    end->failed = status < 0;
    end->why = why;
    return hand(r, end, err);
}

/* What lies in the file ----------------------------------------------------------------------- */

static int offer_refused(struct reading *r, struct str path, const struct err *why,
                         struct err *err)
{
    struct offer *offer = offer_of(r, OFFER_REFUSED, err);
    if (!offer)
        return -1;
    offer->why = *why;
    offer->input = (struct intake_input){.place = r->file.place, .bytes = STR(""), .format = ""};
    offer->input.place.path = arena_copy(&offer->arena, path);
    if (intake_say(r->reader->intake, &offer->arena, offer->input.place.path, r->job->folder, NULL,
                   &offer->input.said, err) < 0 ||
        digest_of(offer->input.bytes, offer->input.sha256, err) < 0) {
        drop(r, offer);
        return -1;
    }
    return hand(r, offer, err);
}

/* Fills the offer of a member with its bytes. */
static int read_member(struct reading *r, struct str path, struct stream *in, struct offer *offer,
                       struct err *err)
{
    offer->member = true;
    offer->input = (struct intake_input){.place = r->file.place};
    offer->input.place.path = arena_copy(&offer->arena, path);
    if (!offer->input.place.path.p)
        return err_memory(err);
    if (intake_read_bytes(in, &offer->arena, true, &offer->input, err) < 0)
        return -1;
    return intake_say(r->reader->intake, &offer->arena, offer->input.place.path, r->job->folder,
                      NULL, &offer->input.said, err);
}

static int take_member(struct reading *r, struct str path, struct stream *in, struct err *err)
{
    struct offer *offer = offer_of(r, OFFER_INPUT, err);
    struct stream *again = NULL;
    struct err why = {0};
    if (!offer)
        return -1;
    if (read_member(r, path, in, offer, &why) < 0 || intake_open_again(&offer->input, &again, &why) < 0) {
        drop(r, offer);
        *err = why;
        return why.kind == ERR_INPUT ? offer_refused(r, path, &why, err) : -1;
    }
    r->said = offer->input.said;
    int status = take_input(r, offer, again, err);
    stream_close(again);
    return status;
}

static int handed(void *self, struct str path, bool member, struct stream *in, struct err *err)
{
    struct reading *r = self;
    if (session_stopped())
        return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
    if (skipped(r, err) < 0)
        return -1;
    if (member)
        return take_member(r, path, in, err);
    struct offer *offer = offer_of(r, OFFER_INPUT, err);
    if (!offer)
        return -1;
    offer->input = r->file;
    r->said = r->job->said;
    return take_input(r, offer, in, err);
}

static int refused(void *self, struct str path, const struct err *why, struct err *err)
{
    return offer_refused(self, path, why, err);
}

/* Looks into the bytes of the file, which have been handed over. */
static int look_into(struct reading *r, struct err *err)
{
    struct archive_sink sink = {handed, refused, r};
    struct archive_limits limits = archive_limits_usual();
    struct stream *in = NULL;
    if (!r->hashing && strcmp(r->job->known, r->file.sha256) == 0)
        return 0; /* the writer looks whether there is anything to do about it */
    if (intake_open_again(&r->file, &in, err) < 0)
        return -1;
    return archive_each(in, r->file.place.path, &limits, &sink, err);
}

/* A long file that has not been met before is hashed beside what else is done with it. */
static bool may_hash_beside(const struct reading *r, const struct stream *in)
{
    return !r->job->standard_input && !r->job->known[0] && stream_size(in) > ORIGINAL_PART &&
           r->reader->intake->options.threads != 1;
}

static int read_file(struct reading *r, struct offer *offer, bool short_only, struct err *err)
{
    const struct intake_job *job = r->job;
    struct stream *in = NULL;
    struct str head;
    if ((job->standard_input ? stream_descriptor(&in, STDIN_FILENO, err)
                             : stream_open(&in, job->real, err)) < 0)
        return -1;
    offer->input = (struct intake_input){.place = job->place, .said = job->said, .real = job->real};
    int status = short_only ? stream_peek(in, STREAM_PEEK, &head, err) : 0;
    if (status == 0 && short_only && (stream_size(in) > INTAKE_SHORT || archive_packs(head)))
        status = 1;
    if (status == 0 && may_hash_beside(r, in))
        status = hashing_begin(&r->hashing, job->real, err);
    if (status == 0 && !r->hashing)
        status = intake_read_bytes(in, &offer->arena, job->standard_input, &offer->input, err);
    stream_close(in);
    return status;
}

int intake_read(struct intake_reader *reader, struct intake_job *job, bool short_only,
                struct err *err)
{
    struct reading r = {.reader = reader, .job = job, .file = {.place = job->place}};
    struct offer *offer = offer_of(&r, OFFER_FILE, err);
    struct err why = {0};
    if (!offer)
        return -1;
    int status = read_file(&r, offer, short_only, &why);
    if (status != 0)
        drop(&r, offer);
    if (status > 0)
        return 1;
    if (status == 0) {
        r.file = offer->input; /* the offer lives as long as the writer is at the file */
        if (hand(&r, offer, err) < 0)
            return -1;
        status = look_into(&r, &why);
        if (r.hashing && status < 0 && why.kind != ERR_INPUT) { /* the run stops */
            hashing_free(r.hashing);
            *err = why;
            return -1;
        }
        if (r.hashing && settle(&r, err) < 0 && !r.unread.kind)
            return -1;
    }
    if (r.unread.kind) {
        why = r.unread;
        r.unread = (struct err){0};
        status = -1;
    }
    if (status < 0 && why.kind == ERR_INPUT && !r.file.sha256[0]) {
        struct err unread = why;
        r.file.place.stamp = (struct file_stamp){0}; /* try again by all means */
        status = offer_refused(&r, job->place.path, &unread, &why);
    }
    struct offer *end = offer_of(&r, OFFER_FILE_END, err);
    if (!end)
        return -1;
    end->failed = status < 0;
    end->why = why;
    return hand(&r, end, err);
}
