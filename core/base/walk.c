/* A ring of batches: the lister fills one with names, the looker adds what fstatat says of them,
 * the caller takes the entries and gives the batch back. */
#include "core/base/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/thread.h"

enum {
    BATCHES = 8,
    ENTRIES = 512, /* of a batch */
    DEPTH_MOST = 64,
    PATH_BYTES = PATH_MAX + NAME_MAX + 2,
    FOLDER_BYTES = 1 << 30, /* the names of one folder */
};

struct batch {
    struct walk_entry entry[ENTRIES];
    size_t count;
    struct arena paths;
};

struct walk {
    bool (*wanted)(const char *name);
    int folder;
    struct buf path; /* of what is being listed */
    struct batch *batch;

    /* How many batches were listed, looked at and taken: the n-th is batch[n % BATCHES]. */
    pthread_mutex_t lock;
    pthread_cond_t moved;
    size_t listed, looked, taken;
    bool ended, failed; /* the last one is listed; memory ran out */
    bool stop;          /* the caller wants no more */
    pthread_t lister, looker;
    bool lists, looks; /* whether these two run */

    bool taking; /* the caller is at batch[taken % BATCHES], `at` this entry */
    size_t at;
};

/* The ring ------------------------------------------------------------------------------------ */

/* Says that a counter has moved. */
static void move(struct walk *walk, size_t *counter)
{
    pthread_mutex_lock(&walk->lock);
    ++*counter;
    pthread_cond_broadcast(&walk->moved);
    pthread_mutex_unlock(&walk->lock);
}

/* Waits for a free batch and empties it; false when the caller wants no more. */
static bool begin_batch(struct walk *walk)
{
    struct batch *batch = &walk->batch[walk->listed % BATCHES];
    pthread_mutex_lock(&walk->lock);
    while (!walk->stop && walk->listed - walk->taken == BATCHES)
        pthread_cond_wait(&walk->moved, &walk->lock);
    bool going_on = !walk->stop;
    pthread_mutex_unlock(&walk->lock);
    if (going_on) {
        batch->count = 0;
        arena_reset(&batch->paths);
    }
    return going_on;
}

/* Waits until `ahead` is past `own`; false at the end of all. */
static bool wait_for(struct walk *walk, const size_t *ahead, const size_t *own)
{
    pthread_mutex_lock(&walk->lock);
    while (!walk->stop && *ahead == *own && !(walk->ended && *own == walk->listed))
        pthread_cond_wait(&walk->moved, &walk->lock);
    bool some = !walk->stop && *ahead != *own;
    pthread_mutex_unlock(&walk->lock);
    return some;
}

/* Listing ------------------------------------------------------------------------------------- */

/* A name in a folder; a folder's has a slash behind it, as in the paths of what it holds. */
struct name {
    const char *text;
    enum walk_kind kind;
    bool is_folder;
};

struct names {
    struct name *list;
    size_t count, capacity;
    struct arena arena;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct name *)a)->text, ((const struct name *)b)->text);
}

/* What kind of thing it is; some file systems do not say so in their folders. */
static unsigned char type_of(DIR *dir, const struct dirent *d)
{
    struct stat st;
    if (d->d_type != DT_UNKNOWN)
        return d->d_type;
    if (fstatat(dirfd(dir), d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return DT_REG; /* the looker will find it gone */
    return IFTODT(st.st_mode);
}

static int add_name(struct names *names, const char *text, unsigned char type)
{
    size_t n = strlen(text);
    char *copy = arena_alloc(&names->arena, n + 2);
    if (!copy || arena_grow(&names->arena, &names->list, names->count, &names->capacity,
                            sizeof *names->list) < 0)
        return -1;
    memcpy(copy, text, n);
    if (type == DT_DIR)
        copy[n] = '/';
    names->list[names->count++] = (struct name){
        .text = copy,
        .kind = type == DT_LNK ? WALK_LINK : type == DT_REG ? WALK_FILE : WALK_OTHER,
        .is_folder = type == DT_DIR,
    };
    return 0;
}

/* The names of a folder in order; 1 when it cannot be opened or read, -1 when memory ran out. */
static int read_names(struct walk *walk, struct names *names)
{
    const char *path = walk->path.n ? walk->path.p : ".";
    int folder = openat(walk->folder, path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = folder < 0 ? NULL : fdopendir(folder);
    if (!dir) {
        int status = errno == ENOMEM ? -1 : 1;
        if (folder >= 0)
            close(folder);
        return status;
    }
    int status = 0;
    errno = 0;
    for (struct dirent *d; status == 0 && (d = readdir(dir)) != NULL; errno = 0)
        if (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 && walk->wanted(d->d_name))
            status = add_name(names, d->d_name, type_of(dir, d));
    if (status == 0 && errno != 0)
        status = 1; /* the names that did come are not all */
    closedir(dir);
    if (names->count)
        qsort(names->list, names->count, sizeof *names->list, by_text);
    return status;
}

/* Puts the path at hand into the batch at hand; the batch goes on when it is full. */
static int put(struct walk *walk, enum walk_kind kind)
{
    struct batch *batch = &walk->batch[walk->listed % BATCHES];
    struct str path = arena_copy(&batch->paths, buf_str(&walk->path));
    if (!path.p)
        return -1;
    batch->entry[batch->count++] = (struct walk_entry){.kind = kind, .path = path};
    if (batch->count < ENTRIES)
        return 0;
    move(walk, &walk->listed);
    return begin_batch(walk) ? 0 : -1;
}

static int list_folder(struct walk *walk, int depth);

static int list_name(struct walk *walk, const struct name *name, int depth)
{
    buf_text(&walk->path, name->text);
    if (!buf_str(&walk->path).p || walk->path.failed)
        return -1;
    if (walk->path.n >= PATH_MAX)
        return put(walk, WALK_LONG);
    if (!name->is_folder)
        return put(walk, name->kind);
    return depth == DEPTH_MOST ? put(walk, WALK_DEEP) : list_folder(walk, depth + 1);
}

static int list_folder(struct walk *walk, int depth)
{
    struct names names = {.arena = arena_new(FOLDER_BYTES)};
    size_t before = walk->path.n;
    int status = read_names(walk, &names);
    if (status > 0)
        status = put(walk, WALK_SHUT);
    for (size_t i = 0; i < names.count && status == 0; i++) {
        status = list_name(walk, &names.list[i], depth);
        walk->path.n = before;
    }
    arena_free(&names.arena);
    return status;
}

static void *list(void *self)
{
    struct walk *walk = self;
    int status = list_folder(walk, 0);
    pthread_mutex_lock(&walk->lock);
    walk->failed = status < 0;
    walk->ended = true;
    walk->listed++; /* the last batch, full or not */
    pthread_cond_broadcast(&walk->moved);
    pthread_mutex_unlock(&walk->lock);
    return NULL;
}

/* Looking ------------------------------------------------------------------------------------- */

static void *look(void *self)
{
    struct walk *walk = self;
    while (wait_for(walk, &walk->listed, &walk->looked)) {
        struct batch *batch = &walk->batch[walk->looked % BATCHES];
        for (size_t i = 0; i < batch->count; i++) {
            struct walk_entry *e = &batch->entry[i];
            if (e->kind != WALK_FILE)
                continue;
            if (fstatat(walk->folder, e->path.p, &e->st, AT_SYMLINK_NOFOLLOW) < 0)
                e->kind = WALK_GONE;
            else if (!S_ISREG(e->st.st_mode))
                e->kind = S_ISLNK(e->st.st_mode) ? WALK_LINK : WALK_OTHER;
        }
        move(walk, &walk->looked);
    }
    return NULL;
}

/* Taking -------------------------------------------------------------------------------------- */

int walk_new(struct walk **out, const char *folder, bool (*wanted)(const char *name),
             struct err *err)
{
    struct walk *walk = calloc(1, sizeof *walk);
    if (!walk)
        return err_refused(err);
    walk->wanted = wanted;
    walk->path = buf_new(PATH_BYTES);
    walk->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* failing, it is WALK_SHUT */
    walk->batch = calloc(BATCHES, sizeof *walk->batch);
    for (size_t i = 0; walk->batch && i < BATCHES; i++)
        walk->batch[i].paths = arena_new((size_t)ENTRIES * PATH_BYTES);
    pthread_mutex_init(&walk->lock, NULL);
    pthread_cond_init(&walk->moved, NULL);
    walk->lists = walk->batch && thread_start(&walk->lister, list, walk);
    walk->looks = walk->lists && thread_start(&walk->looker, look, walk);
    if (!walk->looks) {
        walk_free(walk);
        return err_memory(err);
    }
    *out = walk;
    return 0;
}

void walk_free(struct walk *walk)
{
    if (!walk)
        return;
    pthread_mutex_lock(&walk->lock);
    walk->stop = true;
    pthread_cond_broadcast(&walk->moved);
    pthread_mutex_unlock(&walk->lock);
    if (walk->lists)
        pthread_join(walk->lister, NULL);
    if (walk->looks)
        pthread_join(walk->looker, NULL);
    pthread_mutex_destroy(&walk->lock);
    pthread_cond_destroy(&walk->moved);
    for (size_t i = 0; walk->batch && i < BATCHES; i++)
        arena_free(&walk->batch[i].paths);
    free(walk->batch);
    buf_free(&walk->path);
    if (walk->folder >= 0)
        close(walk->folder);
    free(walk);
}

int walk_next(struct walk *walk, struct walk_entry *out, struct err *err)
{
    const struct batch *batch = &walk->batch[walk->taken % BATCHES];
    while (!walk->taking || walk->at == batch->count) {
        if (walk->taking)
            move(walk, &walk->taken);
        walk->taking = wait_for(walk, &walk->looked, &walk->taken);
        if (!walk->taking)
            return walk->failed ? err_memory(err) : 0;
        batch = &walk->batch[walk->taken % BATCHES];
        walk->at = 0;
    }
    *out = batch->entry[walk->at++];
    return 1;
}
