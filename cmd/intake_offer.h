/* intake_offer.h - what reading hands to the writer: of each file its bytes, then for each input in
 * it what was recognised. Private to intake*.c. */
#ifndef GONGKAI_CMD_INTAKE_OFFER_H
#define GONGKAI_CMD_INTAKE_OFFER_H

#include <stdatomic.h>

#include "cmd/intake.h"
#include "core/store/contents.h"
#include "core/store/pack.h"
#include "core/text/digest.h"

/* A file that is to be read. Everything it names is in `arena`. */
struct intake_job {
    struct arena arena;
    const char *real; /* to open it by */
    struct source_place place;
    struct str folder;
    struct intake_said said;
    char known[DIGEST_HEX]; /* hash of the path's latest version, "": none: those bytes need not
                             * be looked into */
    bool standard_input;
    atomic_bool skip;       /* the writer wants no more of it */
};

/* One input whose bytes are known: a file, or a member of an archive. */
struct intake_input {
    struct source_place place;
    struct intake_said said;
    const char *real;          /* of a long file, which is read again to be kept */
    const char *format;        /* the importer's name; "" when none was reached */
    char sha256[DIGEST_HEX];
    int64_t size;
    struct str bytes;          /* of a short input; p is NULL for a long one */
    struct str packed;         /* the same as they are kept; p is NULL: not packed yet */
    struct incoming *incoming; /* of a long one that cannot be read again; its own */
};

/* In this order: FILE, then for each input INPUT, any number of REPORT, REJECT and NOTE, and
 * INPUT_END; between inputs REFUSED; and FILE_END at last. */
enum offer_kind {
    OFFER_FILE,      /* input: the file as a whole */
    OFFER_INPUT,     /* input; `member` of an archive, or the file itself */
    OFFER_REPORT,    /* report */
    OFFER_REJECT,    /* whose, why: one report of the input */
    OFFER_NOTE,      /* why: something set aside that the user should know */
    OFFER_INPUT_END, /* failed, why: the input as a whole is a reject */
    OFFER_REFUSED,   /* input, why: what cannot be read at all */
    OFFER_FILE_END,  /* failed, why: the file is damaged, or the run must stop */
};

struct offer {
    struct offer *next; /* in line */
    struct offer *all;  /* of the pool */
    struct arena arena; /* everything below is in it */
    enum offer_kind kind;
    bool member, failed;
    struct intake_input input;
    struct report *report;
    struct prepared prepared; /* of the report */
    struct str whose;
    struct err why;
};

/* What a thread needs to read files. */
struct intake_reader {
    const struct intake *intake;
    struct arena scratch; /* what is recognised in one document */
    /* Made on first use, the owner's to free: */
    struct recogniser *recogniser;
    struct packer *packer;
    /* An empty offer, NULL when memory ran out; one that is handed over (not 0: stop); and one
     * that is not. */
    struct offer *(*offer)(void *self);
    int (*hand)(void *self, struct offer *offer, struct err *err);
    void (*drop)(void *self, struct offer *offer);
    void *self;
};

/* Hashes a file on a thread of its own; *out is NULL where none can be started. It has to be ended or
 * freed (NULL is allowed), which waits for it. */
struct hashing;
int hashing_begin(struct hashing **out, const char *path, struct err *err);
int hashing_end(struct hashing *hashing, char sha256[DIGEST_HEX], int64_t *size, struct err *err);
void hashing_free(struct hashing *hashing);

/* All bytes of an input: short ones in the arena, long ones hashed, and kept when `keep`. Packs a
 * short one that is to be kept, so that the writer need not. The bytes once more, to look into
 * them. */
int intake_read_bytes(struct stream *in, struct arena *arena, bool keep,
                      struct intake_input *input, struct err *err);
int intake_pack(struct intake_reader *reader, struct arena *arena, struct intake_input *input,
                struct err *err);
int intake_open_again(const struct intake_input *input, struct stream **out, struct err *err);

/* Whether `intake_read` may be long about it: a file of this size or less that is no archive is
 * read in one go. */
enum { INTAKE_SHORT = 1 << 20 };

/* Reads a file and hands over what is in it. With `short_only` nothing is done and 1 returned when
 * it is long or an archive. -1: handing over failed, or no offer could be made. */
int intake_read(struct intake_reader *reader, struct intake_job *job, bool short_only,
                struct err *err);

/* Stores what is offered of a file, in order; the writer's side. Fails when the run must stop. */
int intake_taking_new(struct intake_taking **out, struct intake *intake, struct err *err);
void intake_taking_free(struct intake_taking *taking);
/* The offer is the taking's from then on, until it is spent; `*done`: it was the file's last one. */
int intake_take(struct intake_taking *taking, struct intake_job *job, struct offer *offer,
                bool *done, struct err *err);

/* The jobs. An offer belongs to the pool when it is spent. */
int intake_pool_new(struct intake_pool **out, struct intake *intake, long threads,
                    struct err *err);
/* Stops the threads; what has not been stored is forgotten. NULL is allowed. */
void intake_pool_free(struct intake_pool *pool);
/* An empty job, to be filled and then put in line; stores the oldest one first when there are
 * many. NULL with `err`. */
struct intake_job *intake_pool_job(struct intake_pool *pool, struct err *err);
void intake_pool_put(struct intake_pool *pool);
/* Stores all that is in line. */
int intake_pool_drain(struct intake_pool *pool, struct err *err);
void offer_spent(struct intake_pool *pool, struct offer *offer);

#endif
