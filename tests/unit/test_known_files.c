/* The ordered pass over known files tells the same as looking each of them up. */
#include "core/store/known_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/tap.h"

enum { MANY = 9000 }; /* more than are read at a time */

static struct warehouse *w;
static struct err err;
static int64_t folder, other_folder, original[2];

static void meet(int64_t where, const char *path, int version, int64_t inode, int64_t run)
{
    struct source_place place = {str_from(path), where, {100 + version, 5000, inode}};
    int64_t id;
    if (source_put(w, &place, original[version], version ? "" : "text", STR("hints"), run, &id, &err) < 0)
        diag("%s", err.english);
}

static void fill(void)
{
    char path[32];
    warehouse_begin(w, &err);
    warehouse_run_script(w,
                         "INSERT INTO run (run_id, command, started_at) VALUES (1, 'import', ''), "
                         "(2, 'import', ''), (3, 'import', '');"
                         "INSERT INTO original (original_id, sha256, size) VALUES (1, x'01', 1), "
                         "(2, x'02', 1)",
                         &err);
    original[0] = 1;
    original[1] = 2;
    folder_put(w, STR("/in"), &folder, &err);
    folder_put(w, STR("/in/other"), &other_folder, &err);
    for (int i = MANY; i-- > 0;) {
        snprintf(path, sizeof path, "%d/%05d", i % 10, i);
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

static bool same(const struct source_latest *a, const struct source_latest *b)
{
    return a->source_id == b->source_id && a->same_hints == b->same_hints &&
           a->is_input == b->is_input && a->stamp.size == b->stamp.size &&
           a->stamp.time == b->stamp.time && a->stamp.inode == b->stamp.inode;
}

/* Every `step`-th path of MANY, in order, with paths between that are not known. */
static bool tells_the_same(int step, struct str hints)
{
    struct known_files *known = NULL;
    char path[32];
    bool right = known_files_new(&known, w, folder, &err) == 0;
    for (int n = 0; n < MANY && right; n += step) {
        struct source_place place = {.folder_id = folder};
        struct source_latest one, pass;
        int i = n % (MANY / 10) * 10 + n / (MANY / 10);
        snprintf(path, sizeof path, n % 7 ? "%d/%05d" : "%d/%05d.txt", i % 10, i);
        place.path = str_from(path);
        right = source_find(w, &place, hints, &one, &err) == 0 &&
                known_files_find(known, place.path, hints, &pass, &err) == 0 && same(&one, &pass);
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
    ok(tells_the_same(1, STR("")), "the pass tells of each file what looking it up tells");
    ok(tells_the_same(1, STR("hints")) && tells_the_same(1, STR("others")), "with what is said of it");
    ok(tells_the_same(17, STR("")) && tells_the_same(2999, STR("")), "also where files are passed by");
    struct file_stamp a = {1, 2, 3}, b = a, doubt = {0};
    ok(stamp_same(&a, &b), "stamps that agree are of the same file");
    b.time++;
    ok(!stamp_same(&a, &b) && !stamp_same(&doubt, &doubt), "others are not, nor are those in doubt");
    warehouse_close(w);
    catalog_free(catalog);
    unlink(path);
    return done();
}
