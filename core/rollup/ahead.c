#include "core/rollup/ahead.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/base/thread.h"

enum {
    WORKERS_MOST = 4,
    SLOTS = 32,
    SMALL = 64, /* steps that are not worth threads */
};

/* A step that is being worked on, or waits to be taken. */
struct slot {
    struct local local;
    bool ready;
    int status;
    struct err err;
};

struct worker {
    struct ahead *ahead;
    struct warehouse *warehouse;
    struct members members;
    pthread_t thread;
};

struct ahead {
    const struct round *round;
    struct members *own;
    struct slot slot[SLOTS]; /* of step n: slot[n % SLOTS] */
    uint32_t slots;
    struct worker worker[WORKERS_MOST];
    int workers;

    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint32_t begun, taken; /* steps */
    bool stop, taking;     /* taking: the caller has the oldest slot that is not taken yet */
};

static void add_up(struct members *members, const struct round *round, uint32_t step,
                   struct slot *slot)
{
    const struct round_step *s = &round->step[step];
    slot->status = members_add_up(members, s->year, s->node, &slot->local, &slot->err);
}

static void *work(void *self)
{
    struct worker *worker = self;
    struct ahead *ahead = worker->ahead;
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stop && ahead->begun < ahead->round->step_count) {
        if (ahead->begun - ahead->taken == SLOTS) {
            pthread_cond_wait(&ahead->moved, &ahead->lock);
            continue;
        }
        uint32_t step = ahead->begun++;
        struct slot *slot = &ahead->slot[step % SLOTS];
        pthread_mutex_unlock(&ahead->lock);
        add_up(&worker->members, ahead->round, step, slot);
        pthread_mutex_lock(&ahead->lock);
        slot->ready = true;
        pthread_cond_broadcast(&ahead->moved);
    }
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

/* A connection that reads what is committed; a division at a time, it needs little cache. */
static int open_worker(struct worker *worker, const struct members *own, struct err *err)
{
    const char *path = sqlite3_db_filename(own->warehouse->db, "main");
    if (warehouse_open(&worker->warehouse, path, WAREHOUSE_READ, own->warehouse->catalog, err) < 0 ||
        warehouse_run_script(worker->warehouse, "PRAGMA cache_size = -2048; BEGIN", err) < 0 ||
        members_open(&worker->members, worker->warehouse, err) < 0)
        return -1;
    worker->members.moment = own->moment;
    worker->members.boundaries = own->boundaries;
    return 0;
}

static void close_worker(struct worker *worker)
{
    members_close(&worker->members);
    warehouse_close(worker->warehouse);
    worker->warehouse = NULL;
}

/* As many as there are processors; where one cannot be had, those that there are do the work. */
static void start_workers(struct ahead *ahead)
{
    const char *path = sqlite3_db_filename(ahead->own->warehouse->db, "main");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!path || !*path || processors < 2)
        return;
    while (ahead->workers < WORKERS_MOST && ahead->workers < processors) {
        struct worker *worker = &ahead->worker[ahead->workers];
        struct err err = {0};
        worker->ahead = ahead;
        if (open_worker(worker, ahead->own, &err) < 0 ||
            !thread_start(&worker->thread, work, worker)) {
            close_worker(worker);
            return;
        }
        ahead->workers++;
    }
}

int ahead_new(struct ahead **out, const struct round *round, struct members *own, bool threads,
              struct err *err)
{
    struct ahead *ahead = calloc(1, sizeof *ahead);
    if (!ahead)
        return err_memory(err);
    ahead->round = round;
    ahead->own = own;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->moved, NULL);
    threads = threads && round->step_count >= SMALL && own->warehouse->mode != WAREHOUSE_TRY;
    for (ahead->slots = 0; ahead->slots < (threads ? SLOTS : 1); ahead->slots++)
        if (local_new(&ahead->slot[ahead->slots].local, err) < 0) {
            ahead_free(ahead);
            return -1;
        }
    if (threads)
        start_workers(ahead);
    *out = ahead;
    return 0;
}

void ahead_free(struct ahead *ahead)
{
    if (!ahead)
        return;
    pthread_mutex_lock(&ahead->lock);
    ahead->stop = true;
    pthread_cond_broadcast(&ahead->moved);
    pthread_mutex_unlock(&ahead->lock);
    for (int i = 0; i < ahead->workers; i++) {
        pthread_join(ahead->worker[i].thread, NULL);
        close_worker(&ahead->worker[i]);
    }
    for (uint32_t i = 0; i < ahead->slots; i++)
        local_free(&ahead->slot[i].local);
    pthread_mutex_destroy(&ahead->lock);
    pthread_cond_destroy(&ahead->moved);
    free(ahead);
}

/* Waits for the next step; gives back the one before. */
static struct slot *wait_for(struct ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    if (ahead->taking) {
        ahead->slot[ahead->taken++ % SLOTS].ready = false;
        pthread_cond_broadcast(&ahead->moved);
    }
    ahead->taking = true;
    struct slot *slot = &ahead->slot[ahead->taken % SLOTS];
    while (!slot->ready)
        pthread_cond_wait(&ahead->moved, &ahead->lock);
    pthread_mutex_unlock(&ahead->lock);
    return slot;
}

int ahead_next(struct ahead *ahead, struct local **out, struct err *err)
{
    struct slot *slot = &ahead->slot[0];
    if (ahead->workers)
        slot = wait_for(ahead);
    else
        add_up(ahead->own, ahead->round, ahead->taken++, slot);
    if (slot->status < 0) {
        *err = slot->err;
        return -1;
    }
    *out = &slot->local;
    return 0;
}
