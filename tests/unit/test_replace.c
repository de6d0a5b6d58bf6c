#include "core/base/replace.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/tap.h"

static bool holds(const char *path, const char *content)
{
    char bytes[256];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;
    if (f)
        fclose(f);
    return f && n == strlen(content) && memcmp(bytes, content, n) == 0;
}

static bool there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static int put(const char *name, const char *content, bool *changed)
{
    struct err err = {0};
    return replace_file(".", name, str_from(content), changed, &err);
}

static void a_file_is_replaced_only_when_it_changes(void)
{
    bool changed = false;
    ok(put("a.csv", "one", &changed) == 0 && changed && holds("a.csv", "one"), "a new file is made");
    struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    utimensat(AT_FDCWD, "a.csv", old, 0);
    chmod("a.csv", 0640);
    ok(put("a.csv", "one", &changed) == 0 && !changed, "the same bytes are no change");
    struct stat st;
    stat("a.csv", &st);
    ok(st.st_mtime == 1000, "an unchanged file keeps its time");
    ok(put("a.csv", "on", &changed) == 0 && changed && holds("a.csv", "on"), "a shorter file is a change");
    ok(put("a.csv", "once", &changed) == 0 && changed && holds("a.csv", "once"), "a longer one too");
    stat("a.csv", &st);
    ok((st.st_mode & 0777) == 0640, "the mode of the old file is kept");
    ok(!there(".a.csv.new"), "nothing is left beside it");
    ok(put("deep/er/b.csv", "two", &changed) == 0 && holds("deep/er/b.csv", "two"),
       "folders inside the name are made");
    ok(put("empty", "", &changed) == 0 && changed && holds("empty", ""), "an empty file is made");
    ok(replace_remove(".", "deep/er/b.csv") && !there("deep/er/b.csv"), "a file can be removed");
}

static void a_run_given_up_leaves_the_old_file(void)
{
    struct replace *r = NULL;
    struct err err = {0};
    ok(replace_open(&r, ".", "a.csv", &err) == 0 && replace_write(r, "junk", 4, &err) == 0,
       "a second file is begun");
    struct replace *other = NULL;
    ok(replace_open(&other, ".", "a.csv", &err) < 0 && err.kind == ERR_BUSY,
       "two runs cannot write one file at once");
    replace_abandon(r);
    ok(holds("a.csv", "once") && !there(".a.csv.new"), "given up, the old file stands alone");
    int fd = open(".a.csv.new", O_WRONLY | O_CREAT, 0600);
    ok(write(fd, "left by a killed run", 20) == 20, "(a killed run left its file)");
    close(fd);
    ok(put("a.csv", "new", NULL) == 0 && holds("a.csv", "new") && !there(".a.csv.new"),
       "what a killed run left is taken over");
}

static void nothing_goes_through_a_link(void)
{
    mkdir("outside", 0777);
    put("outside/secret", "safe", NULL);
    mkdir("inside", 0777);
    if (symlink("../outside/secret", "inside/f") < 0 || symlink("../outside", "inside/d") < 0)
        diag("no links can be made here");
    struct err err = {0};
    ok(replace_file("inside", "f", STR("bad"), NULL, &err) < 0 && holds("outside/secret", "safe"),
       "a link in the place of the file is refused");
    ok(replace_file("inside", "d/secret", STR("bad"), NULL, &err) < 0 &&
           holds("outside/secret", "safe"),
       "a link in the place of a folder is refused");
    ok(replace_file("inside", "../outside/secret", STR("bad"), NULL, &err) < 0 &&
           holds("outside/secret", "safe"),
       "a name cannot climb out of the folder");
    ok(!replace_remove("inside", "d/secret") && holds("outside/secret", "safe"),
       "nothing is removed through a link");
    ok(replace_file("inside/d", "fine", STR("x"), NULL, &err) == 0,
       "but the folder that the user names may be a link");
    struct replace *r = NULL;
    ok(replace_open_path(&r, "/dev/null", &err) < 0, "a device is no file to replace");
    ok(replace_open_path(&r, "nowhere/x.csv", &err) < 0 && strstr(err.english, "nowhere/x.csv"),
       "a missing folder is named");
}

int main(void)
{
    char folder[] = "/tmp/gongkai-replace-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) < 0)
        return 1;
    a_file_is_replaced_only_when_it_changes();
    a_run_given_up_leaves_the_old_file();
    nothing_goes_through_a_link();
    if (chdir("/") == 0) {
        char command[64];
        snprintf(command, sizeof command, "rm -rf %s", folder);
        if (system(command) != 0)
            return 1;
    }
    return done();
}
