/* What is known of a folder's files tells the same as looking each of them up. */
#include "core/store/known_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/tap.h"

enum { MANY = 9000 };

static struct warehouse *w;
static struct err err;
static int64_t folder, other_folder;
static long unchanged_ones;

static void meet(int64_t where, const char *path, int version, int64_t inode, int64_t run)
{
    struct source_place place = {str_from(path), where, {100 + version, 5000, inode, 0}};
    char sha256[DIGEST_HEX];
    int64_t id;
    bool known;
    snprintf(sha256, sizeof sha256, "%064d", version);
    if (source_put(w, &place, sha256, 1, version ? "" : "text", STR("hints"), run, &id, &known, &err) < 0)
        diag("%s", err.english);
}

/* Folders in folders, the files of one before and behind those below it; some of one hash. */
static void path_of(char *path, size_t size, int i)
{
    static const char *const folders[] = {"", "0/", "0/1/", "0/1/2/", "3/", "3/4/", "5/", "5/6/", "5/7/", "8/"};
    snprintf(path, size, "%s%05d", folders[i % 10], i);
}

static void fill(void)
{
    char path[32];
    warehouse_begin(w, &err);
    warehouse_run_script(w,
                         "INSERT INTO run (run_id, command, started_at) VALUES (1, 'import', ''), "
                         "(2, 'import', ''), (3, 'import', '')",
                         &err);
    folder_put(w, STR("/in"), &folder, &err);
    folder_put(w, STR("/in/other"), &other_folder, &err);
    for (int i = MANY; i-- > 0;) {
        path_of(path, sizeof path, i);
        meet(folder, path, 0, i + 1, 1);
        if (i % 3 == 0)
            meet(other_folder, path, 1, i + 1, 2);
        if (i % 5 == 0)
            meet(folder, path, 1, i + 1, 2); /* changed */
        if (i % 10 == 0)
            meet(folder, path, 0, i + 1, 3); /* and back again */
    }
    warehouse_commit(w, &err);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every `step`-th path of MANY, in order, with paths between that are not known. */
static bool tells_the_same(int step, bool touched)
{
    static char text[MANY][32], *paths[MANY];
    struct known_files *known = NULL;
    bool right = known_files_new(&known, w, folder, &err) == 0;
    for (int i = 0; i < MANY; i++) {
        path_of(text[i], sizeof text[i] - 4, i);
        if (i % 7 == 0)
            strcat(text[i], ".txt");
        paths[i] = text[i];
    }
    qsort(paths, MANY, sizeof *paths, by_bytes);
    for (int i = 0; i < MANY && right; i += step) {
        const char *name = strrchr(paths[i], '/');
        int64_t inode = atoi(name ? name + 1 : paths[i]) + 1 + touched;
        struct source_place place = {str_from(paths[i]), folder, {100, 5000, inode, 0}};
        struct source_latest one;
        bool unchanged;
        right = source_find(w, &place, STR(""), &one, &err) == 0 &&
                known_files_unchanged(known, place.path, &place.stamp, &unchanged, &err) == 0 &&
                unchanged == (one.is_input && stamp_same(one.stamp, stamp_digest(&place.stamp)));
        unchanged_ones += unchanged;
    }
    known_files_free(known);
    return right;
}

int main(void)
{
    char path[] = "/tmp/known-XXXXXX";
    struct catalog *catalog = NULL;
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) < 0 || catalog_load(&catalog, &err) < 0 ||
        warehouse_open(&w, path, WAREHOUSE_WRITE, catalog, &err) < 0)
        return 1;
    fill();
    ok(tells_the_same(1, false) && unchanged_ones > MANY / 2 && unchanged_ones < MANY,
       "it tells of each file what looking it up tells");
    ok(tells_the_same(1, true), "also of those that were touched");
    ok(tells_the_same(17, false) && tells_the_same(2999, false), "also where files are passed by");
    struct file_stamp a = {1, 2, 3, 4}, b = a, doubt = {0};
    ok(stamp_same(stamp_digest(&a), stamp_digest(&b)), "stamps that agree are of the same file");
    b.name++;
    ok(!stamp_same(stamp_digest(&a), stamp_digest(&b)), "a file that was renamed is another one");
    b = a;
    b.time++;
    ok(!stamp_same(stamp_digest(&a), stamp_digest(&b)) &&
           !stamp_same(stamp_digest(&doubt), stamp_digest(&doubt)),
       "others are not, nor are those in doubt");
    warehouse_close(w);
    catalog_free(catalog);
    unlink(path);
    return done();
}
