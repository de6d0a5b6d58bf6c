/* The jobs in line, and the threads that read them.
 *
 * Jobs are begun and stored in the order in which they were put. The writer - the thread that all
 * of this is called from - stores the oldest one when the line is full, which does not depend on
 * who was how fast: log and warehouse come out the same with any number of threads. While the
 * oldest one is still being read the writer reads a later one itself, as long as that is a short
 * matter; a long one it cannot be interrupted in, and reading an archive might have to wait for
 * the writer. A job whose turn comes before anybody began it is read and stored by the writer,
 * offer by offer. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/intake_offer.h"
#include "core/base/thread.h"

enum {
    LINE = 256,                /* jobs */
    READERS_MOST = 8,          /* one writer keeps no more of them busy */
    JOB_BYTES = 1 << 28,       /* of names */
    OFFER_BYTES = 80 << 20,    /* one may hold the bytes of an input, or one long report */
    SCRATCH_BYTES = 96 << 20,
    HELD_MOST = 24 << 20,      /* by all offers that wait */
    HELD_BY_ONE = 6 << 20,     /* by those of the oldest job */
    PUBLISH = 1 << 16,         /* offers are put in line for the writer together */
};

enum job_state { WAITING, READING, LATER, READ }; /* LATER: only in its turn, by the writer */

struct line_job {
    struct intake_job job; /* first: the one stands for the other */
    enum job_state state;
    struct offer *first, *last; /* that wait for the writer */
    size_t held;
};

/* Who reads: a thread, or the writer. */
struct hand {
    struct intake_pool *pool;
    struct intake_reader reader;
    struct line_job *job;
    struct offer *first, *last; /* not yet in line */
    size_t held;
    bool direct; /* each offer is stored at once */
    pthread_t thread;
};

struct intake_pool {
    struct intake *intake;
    pthread_mutex_t lock;
    pthread_cond_t work, offered, room;
    struct line_job *line;
    uint64_t oldest, begun, put; /* jobs, counted from the first; begun: those taken in order */
    size_t held;
    bool stop;
    struct err failed; /* why a reader gave up, kind 0: none did */
    struct offer *spare, *all;
    struct hand writer, readers[READERS_MOST];
    int wanted, running;
};

/* Offers -------------------------------------------------------------------------------------- */

static size_t size_of(const struct offer *offer)
{
    return sizeof *offer + offer->arena.held;
}

static struct offer *offer_new(void *self)
{
    struct hand *hand = self;
    struct intake_pool *pool = hand->pool;
    pthread_mutex_lock(&pool->lock);
    struct offer *offer = pool->spare;
    if (offer)
        pool->spare = offer->next;
    pthread_mutex_unlock(&pool->lock);
    if (offer) {
        offer->next = NULL;
        return offer;
    }
    offer = calloc(1, sizeof *offer);
    if (!offer)
        return NULL;
    offer->arena = arena_new(OFFER_BYTES);
    pthread_mutex_lock(&pool->lock);
    offer->all = pool->all;
    pool->all = offer;
    pthread_mutex_unlock(&pool->lock);
    return offer;
}

static void clear(struct offer *offer)
{
    enum { KEPT = 256 << 10 }; /* what it may keep to be used again */
    if (offer->kind == OFFER_FILE || (offer->kind == OFFER_INPUT && offer->member))
        incoming_free(offer->input.incoming);
    if (offer->arena.held > KEPT)
        arena_free(&offer->arena);
    else
        arena_reset(&offer->arena);
    struct offer empty = {.all = offer->all, .arena = offer->arena};
    *offer = empty;
}

void offer_spent(struct intake_pool *pool, struct offer *offer)
{
    clear(offer);
    pthread_mutex_lock(&pool->lock);
    offer->next = pool->spare;
    pool->spare = offer;
    pthread_mutex_unlock(&pool->lock);
}

static void drop(void *self, struct offer *offer)
{
    offer_spent(((struct hand *)self)->pool, offer);
}

/* Whether more has to wait until the writer has stored some. The oldest job always gets on. */
static bool is_full(const struct intake_pool *pool, const struct hand *hand)
{
    const struct line_job *job = hand->job;
    if (hand == &pool->writer)
        return false;
    if (job == &pool->line[pool->oldest % LINE])
        return job->held > 0 && job->held + hand->held > HELD_BY_ONE;
    return pool->held > 0 && pool->held + hand->held > HELD_MOST;
}

/* Puts what a hand has gathered in line for the writer. */
static int publish(struct hand *hand, struct err *err)
{
    struct intake_pool *pool = hand->pool;
    struct line_job *job = hand->job;
    pthread_mutex_lock(&pool->lock);
    while (!pool->stop && is_full(pool, hand))
        pthread_cond_wait(&pool->room, &pool->lock);
    bool stop = pool->stop;
    if (hand->first) {
        if (job->last)
            job->last->next = hand->first;
        else
            job->first = hand->first;
        job->last = hand->last;
    }
    job->held += hand->held;
    pool->held += hand->held;
    hand->first = hand->last = NULL;
    hand->held = 0;
    pthread_cond_signal(&pool->offered);
    pthread_mutex_unlock(&pool->lock);
    return stop ? err_set(err, ERR_SYSTEM, "the run was stopped: nothing of it was kept") : 0;
}

static int store(struct intake_pool *pool, struct line_job *job, struct offer *offer, bool *done,
                 struct err *err)
{
    return intake_take(pool->intake->taking, &job->job, offer, done, err);
}

static int hand_over(void *self, struct offer *offer, struct err *err)
{
    struct hand *hand = self;
    bool done;
    if (hand->direct)
        return store(hand->pool, hand->job, offer, &done, err);
    if (hand->last)
        hand->last->next = offer;
    else
        hand->first = offer;
    hand->last = offer;
    hand->held += size_of(offer);
    return hand->held < PUBLISH || offer->kind == OFFER_FILE_END ? 0 : publish(hand, err);
}

/* Reading ------------------------------------------------------------------------------------- */

/* Reads a job that was taken from the line, and puts it back as READ or LATER. */
static void read_job(struct hand *hand, struct line_job *job, bool short_only)
{
    struct intake_pool *pool = hand->pool;
    struct err err = {0};
    hand->job = job;
    hand->direct = false;
    int status = intake_read(&hand->reader, &job->job, short_only, &err);
    if (status >= 0 && err_refused_met()) /* whatever it took that for */
        status = err_memory(&err);
    if (status == 0)
        status = publish(hand, &err);
    pthread_mutex_lock(&pool->lock);
    job->state = status > 0 ? LATER : READ;
    if (status < 0 && !pool->stop && !pool->failed.kind)
        pool->failed = err;
    pthread_cond_signal(&pool->offered);
    pthread_mutex_unlock(&pool->lock);
}

/* The next job that nobody has begun; NULL: none. The lock is held. */
static struct line_job *begin_next(struct intake_pool *pool)
{
    if (pool->begun == pool->put)
        return NULL;
    struct line_job *job = &pool->line[pool->begun++ % LINE];
    job->state = READING;
    return job;
}

static void *reader_main(void *self)
{
    struct hand *hand = self;
    struct intake_pool *pool = hand->pool;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        struct line_job *job = NULL;
        while (!pool->stop && (job = begin_next(pool)) == NULL)
            pthread_cond_wait(&pool->work, &pool->lock);
        if (!job)
            break;
        pthread_mutex_unlock(&pool->lock);
        read_job(hand, job, false);
        pthread_mutex_lock(&pool->lock);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* What cannot be started is done without. */
static void start_readers(struct intake_pool *pool)
{
    while (pool->running < pool->wanted &&
           thread_start(&pool->readers[pool->running].thread, reader_main,
                        &pool->readers[pool->running]))
        pool->running++;
    pool->wanted = pool->running;
}

/* Storing ------------------------------------------------------------------------------------- */

/* Whether the writer may read the next job while it waits: readers are there for what is long. */
static bool may_help(const struct intake_pool *pool)
{
    if (pool->begun == pool->put || pool->held > HELD_MOST)
        return false;
    const struct intake_job *next = &pool->line[pool->begun % LINE].job;
    return !next->standard_input && next->place.stamp.size <= INTAKE_SHORT;
}

/* The writer's while it has to wait: reads a later job, or sleeps until something is offered. The
 * lock is held. */
static void help(struct intake_pool *pool)
{
    if (!may_help(pool)) {
        pthread_cond_wait(&pool->offered, &pool->lock);
        return;
    }
    struct line_job *job = begin_next(pool);
    pthread_mutex_unlock(&pool->lock);
    read_job(&pool->writer, job, true);
    pthread_mutex_lock(&pool->lock);
}

/* All that is offered of a job now; waits until there is something to do. `*ours`: it is to be read
 * by the writer, offer by offer; `*failed`: a reader gave up. */
static struct offer *await(struct intake_pool *pool, struct line_job *job, bool *ours, bool *failed)
{
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        if (job->state == WAITING && pool->running == 0) {
            begin_next(pool); /* none that is younger was begun before it */
            job->state = LATER;
        }
        *ours = job->state == LATER;
        *failed = pool->failed.kind && !job->first;
        if (*ours || *failed || job->first)
            break;
        help(pool);
    }
    struct offer *first = job->first;
    pool->held -= job->held;
    job->held = 0;
    job->first = job->last = NULL;
    pthread_cond_broadcast(&pool->room);
    pthread_mutex_unlock(&pool->lock);
    return first;
}

static int read_directly(struct intake_pool *pool, struct line_job *job, struct err *err)
{
    pool->writer.job = job;
    pool->writer.direct = true;
    return intake_read(&pool->writer.reader, &job->job, false, err);
}

static int store_oldest(struct intake_pool *pool, struct err *err)
{
    struct line_job *job = &pool->line[pool->oldest % LINE];
    bool done = false, ours, failed;
    int status = 0;
    while (!done && status == 0) {
        struct offer *offer = await(pool, job, &ours, &failed);
        if (failed) {
            *err = pool->failed;
            return -1;
        }
        if (ours) {
            status = read_directly(pool, job, err);
            break;
        }
        for (struct offer *next; offer && status == 0; offer = next) {
            next = offer->next;
            offer->next = NULL;
            status = store(pool, job, offer, &done, err);
        }
    }
    if (status < 0)
        return -1;
    pthread_mutex_lock(&pool->lock);
    pool->oldest++;
    pthread_cond_broadcast(&pool->room);
    pthread_mutex_unlock(&pool->lock);
    return intake_too_many(pool->intake, err);
}

struct intake_job *intake_pool_job(struct intake_pool *pool, struct err *err)
{
    if (pool->put - pool->oldest == LINE && store_oldest(pool, err) < 0)
        return NULL;
    struct line_job *job = &pool->line[pool->put % LINE];
    arena_reset(&job->job.arena);
    *job = (struct line_job){.job = {.arena = job->job.arena}};
    return &job->job;
}

void intake_pool_put(struct intake_pool *pool)
{
    if (pool->running < pool->wanted)
        start_readers(pool);
    pthread_mutex_lock(&pool->lock);
    pool->put++;
    pthread_cond_signal(&pool->work);
    pthread_mutex_unlock(&pool->lock);
}

int intake_pool_drain(struct intake_pool *pool, struct err *err)
{
    while (pool->oldest < pool->put) {
        if (session_stopped())
            return err_set(err, ERR_SYSTEM, "the run was asked to stop: nothing of it was kept");
        if (store_oldest(pool, err) < 0)
            return -1;
    }
    return 0;
}

/* Beginning and end --------------------------------------------------------------------------- */

static struct intake_reader reader_new(const struct intake *intake, struct hand *hand)
{
    return (struct intake_reader){.intake = intake, .scratch = arena_new(SCRATCH_BYTES),
                                  .offer = offer_new, .hand = hand_over, .drop = drop,
                                  .self = hand};
}

static void reader_free(struct intake_reader *reader)
{
    arena_free(&reader->scratch);
    packer_free(reader->packer);
    recogniser_free(reader->recogniser);
}

int intake_pool_new(struct intake_pool **out, struct intake *intake, long threads, struct err *err)
{
    struct intake_pool *pool = calloc(1, sizeof *pool);
    if (pool)
        pool->line = calloc(LINE, sizeof *pool->line);
    if (!pool || !pool->line) {
        free(pool);
        return err_refused(err);
    }
    if (threads == 0)
        threads = sysconf(_SC_NPROCESSORS_ONLN);
    pool->intake = intake;
    pool->wanted = threads > READERS_MOST ? READERS_MOST : threads > 1 ? (int)threads - 1 : 0;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->offered, NULL);
    pthread_cond_init(&pool->room, NULL);
    for (int i = 0; i < READERS_MOST; i++)
        pool->readers[i] = (struct hand){.pool = pool, .reader = reader_new(intake, &pool->readers[i])};
    pool->writer = (struct hand){.pool = pool, .reader = reader_new(intake, &pool->writer)};
    for (int i = 0; i < LINE; i++)
        pool->line[i].job.arena = arena_new(JOB_BYTES);
    *out = pool;
    return 0;
}

void intake_pool_free(struct intake_pool *pool)
{
    if (!pool)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->stop = true;
    for (int i = 0; i < LINE; i++)
        atomic_store(&pool->line[i].job.skip, true);
    pthread_cond_broadcast(&pool->work);
    pthread_cond_broadcast(&pool->room);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->running; i++)
        pthread_join(pool->readers[i].thread, NULL);
    for (struct offer *offer = pool->all, *next; offer; offer = next) {
        next = offer->all;
        clear(offer);
        arena_free(&offer->arena);
        free(offer);
    }
    for (int i = 0; i < READERS_MOST; i++)
        reader_free(&pool->readers[i].reader);
    reader_free(&pool->writer.reader);
    for (int i = 0; i < LINE; i++)
        arena_free(&pool->line[i].job.arena);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->offered);
    pthread_cond_destroy(&pool->room);
    pthread_mutex_destroy(&pool->lock);
    free(pool->line);
    free(pool);
}
