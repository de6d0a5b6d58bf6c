#include "core/base/walk.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "tests/tap.h"

static bool wanted(const char *name)
{
    return name[0] != '.';
}

static void make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0)
        close(fd);
}

/* Everything below a folder: kind and path, between spaces. */
static struct str walked(const char *folder, struct buf *out)
{
    struct walk *walk = NULL;
    struct walk_entry entry;
    struct err err = {0};
    buf_reset(out);
    if (walk_new(&walk, folder, wanted, &err) < 0)
        return STR("no walk");
    while (walk_next(walk, &entry, &err) > 0)
        buf_printf(out, "%d:%s ", (int)entry.kind, entry.path.p);
    walk_free(walk);
    return buf_str(out);
}

static void paths_come_in_the_order_of_their_bytes(void)
{
    struct buf out = buf_new(1 << 20);
    mkdir("tree", 0755);
    mkdir("tree/b", 0755);
    mkdir("tree/empty", 0755);
    mkdir("tree/.hidden", 0755);
    make_file("tree/b/2");
    make_file("tree/b/1");
    make_file("tree/b.txt");
    make_file("tree/b0");
    make_file("tree/a");
    make_file("tree/.hidden/x");
    ok(str_eq(walked("tree", &out), STR("0:a 0:b.txt 0:b/1 0:b/2 0:b0 ")),
       "paths come in the order of their bytes: what lies in a folder behind the slash of its name");
    buf_free(&out);
}

static void what_is_no_file_is_told(void)
{
    struct buf out = buf_new(1 << 20);
    mkdir("odd", 0755);
    ok(symlink("nowhere", "odd/link") == 0 && mkfifo("odd/pipe", 0644) == 0 &&
           str_eq(walked("odd", &out), STR("1:link 2:pipe ")),
       "links and pipes are told, and not followed");
    ok(str_eq(walked("absent", &out), STR("4: ")), "a folder that cannot be opened is told");
    buf_free(&out);
}

static void deep_folders_are_told(void)
{
    struct buf out = buf_new(1 << 20), wanted_paths = buf_new(1 << 20);
    char path[512] = "deep", *end = path + 4;
    mkdir(path, 0755);
    buf_text(&wanted_paths, "5:");
    for (int i = 0; i < 65; i++) {
        end += snprintf(end, 4, "/d");
        mkdir(path, 0755);
        buf_text(&wanted_paths, "d/");
    }
    buf_text(&wanted_paths, " ");
    ok(str_eq(walked("deep", &out), buf_str(&wanted_paths)), "a folder below 64 others is told, and not entered");
    buf_free(&out);
    buf_free(&wanted_paths);
}

static void many_files_are_met_once_each(void)
{
    enum { MANY = 9000 };
    struct walk *walk = NULL;
    struct walk_entry entry;
    struct err err = {0};
    char name[64];
    int n = 0;
    bool right = true;
    mkdir("many", 0755);
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "many/%05d", i);
        make_file(name);
    }
    if (walk_new(&walk, "many", wanted, &err) == 0)
        while (walk_next(walk, &entry, &err) > 0) {
            snprintf(name, sizeof name, "%05d", n++);
            right = right && str_eq(entry.path, str_from(name)) && S_ISREG(entry.st.st_mode);
        }
    walk_free(walk);
    ok(right && n == MANY, "more files than wait at a time are met once each, in order");
    ok(walk_new(&walk, "many", wanted, &err) == 0 && walk_next(walk, &entry, &err) == 1,
       "a walk of them begins");
    walk_free(walk);
    ok(true, "and can be given up at any time");
}

int main(void)
{
    char folder[] = "/tmp/walkXXXXXX", command[64];
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return 1;
    paths_come_in_the_order_of_their_bytes();
    what_is_no_file_is_told();
    deep_folders_are_told();
    many_files_are_met_once_each();
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? done() : 1;
}
