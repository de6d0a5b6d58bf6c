#include "core/store/lack.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "core/base/err.h"

static sqlite3_mem_methods given; /* SQLite's own */
static atomic_bool met;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void *note(void *p)
{
    if (!p)
        atomic_store(&met, true);
    return p;
}

static void *watched_malloc(int size)
{
    return note(given.xMalloc(size));
}

static void *watched_realloc(void *old, int size)
{
    return note(given.xRealloc(old, size));
}

/* Where SQLite is at work already this is refused, and changes nothing. */
static void watch(void)
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &given) != SQLITE_OK)
        return;
    sqlite3_mem_methods watched = given;
    watched.xMalloc = watched_malloc;
    watched.xRealloc = watched_realloc;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &watched);
}

void lack_watch(void)
{
    pthread_once(&once, watch);
}

bool lack_met(void)
{
    return atomic_load(&met) || err_refused_met();
}

void lack_forget(void)
{
    atomic_store(&met, false);
    err_refused_forget();
}
