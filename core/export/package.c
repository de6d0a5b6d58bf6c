#include "core/export/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/replace.h"
#include "core/export/behind.h"
#include "core/store/lack.h"
#include "core/text/digest.h"
#include "core/text/gzip_out.h"

enum { LIST_LIMIT = 1 << 28, PATH_LIMIT = 4096, SEALED = 32 };
static const char sums_name[] = "SHA256SUMS";

struct package {
    char *folder;
    bool dry;
    bool (*stopped)(void);
    struct buf old; /* the SHA256SUMS of the run before */
    struct replace *list; /* datapackage.json, written through `json` and its stream */
    struct json json;
    struct err list_failure;
    bool listing, in_resource; /* inside "resources", inside one of them */
    struct buf sums;           /* the new SHA256SUMS */
    struct package_counts counts;
    struct digest *digest;
    struct behind *behind; /* writes the file begun, and hashes it */

    char path[PATH_LIMIT]; /* of the file begun */
    struct replace *file;  /* NULL between files */
    struct replace *sealed[SEALED]; /* ended, not in their places yet */
    size_t sealed_count;
    struct gzip_out *gzip;
    uint64_t bytes;
};

/* Reads the earlier SHA256SUMS; there may be none. */
static int read_old_sums(struct package *p, struct err *err)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", p->folder, sums_name) < 0)
        return err_memory(err);
    FILE *f = fopen(path, "rb");
    free(path);
    char bytes[1 << 14];
    for (size_t n; f && (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        buf_add(&p->old, (struct str){bytes, n});
    if (f)
        fclose(f);
    return p->old.failed ? err_memory(err) : 0;
}

static ssize_t write_list(void *self, const char *bytes, size_t size)
{
    struct package *p = self;
    if (p->list && replace_write(p->list, bytes, size, &p->list_failure) < 0)
        return 0;
    return (ssize_t)size;
}

/* The last filter: counts and hashes the bytes of the file as it will stand. Called behind the rows. */
static int write_file(void *self, const void *bytes, size_t size, struct err *err)
{
    struct package *p = self;
    if (p->stopped && p->stopped())
        return err_set(err, ERR_SYSTEM, "writing %s was stopped: each of its files is the old one or "
                       "the new one; the next run writes the rest", p->folder);
    p->bytes += size;
    if (digest_add(p->digest, (struct str){bytes, size}, err) < 0)
        return -1;
    return p->dry ? 0 : replace_write(p->file, bytes, size, err);
}

int package_open(struct package **out, const struct package_options *options, struct json **json,
                 struct err *err)
{
    const char *folder = options->folder;
    bool dry = options->dry;
    struct package *p = calloc(1, sizeof *p);
    if (!p)
        return err_memory(err);
    p->dry = dry;
    p->stopped = options->stopped;
    p->sums = buf_new(LIST_LIMIT);
    p->old = buf_new(LIST_LIMIT);
    p->folder = strdup(*folder ? folder : ".");
    FILE *stream = fopencookie(p, "w", (cookie_io_functions_t){.write = write_list});
    if (!p->folder || !stream) {
        if (stream)
            fclose(stream);
        package_abandon(p);
        return err_memory(err);
    }
    p->json = json_new(stream, false);
    if (behind_new(&p->behind, (struct sink){write_file, p}, err) < 0 ||
        (!dry && replace_make_folder(p->folder, err) < 0) || digest_new(&p->digest, err) < 0 ||
        read_old_sums(p, err) < 0 ||
        (!dry && replace_open(&p->list, p->folder, "datapackage.json", err) < 0)) {
        package_abandon(p);
        return -1;
    }
    json_object(&p->json, NULL);
    *json = &p->json;
    *out = p;
    return 0;
}

/* Ends the resource that was open, opens the list of them when it is not. */
static void next_resource(struct package *p)
{
    if (!p->listing)
        json_array(&p->json, "resources");
    if (p->in_resource)
        json_end_object(&p->json);
    p->listing = true;
    p->in_resource = false;
}

int package_begin(struct package *p, const char *path, bool gzip, struct sink *sink,
                  struct err *err)
{
    struct sink last = behind_sink(p->behind);
    next_resource(p);
    p->bytes = 0;
    if (strlen(path) + sizeof ".gz" > sizeof p->path)
        return err_set(err, ERR_SYSTEM, "the name %.80s… is too long for a file", path);
    snprintf(p->path, sizeof p->path, "%s%s", path, gzip ? ".gz" : "");
    if (!p->dry && replace_open(&p->file, p->folder, p->path, err) < 0)
        return -1;
    if (!gzip) {
        *sink = last;
        return 0;
    }
    if (gzip_out_open(&p->gzip, last, err) < 0)
        return -1;
    *sink = gzip_out_sink(p->gzip);
    return 0;
}

/* A resource's name: lower case letters, digits, - . _ / of its path, without its endings. */
static void resource_name(struct buf *buf, const char *path)
{
    struct str s = str_from(path);
    if (str_ends(s, STR(".gz")))
        s.n -= 3;
    if (str_ends(s, STR(".csv")))
        s.n -= 4;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                    c == '_' || c == '/';
        buf_char(buf, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : fits ? c : '-');
    }
}

/* Puts what was ended in its place. */
static int commit_sealed(struct package *p, struct err *err)
{
    size_t count = p->sealed_count;
    p->sealed_count = 0;
    return count ? replace_commit_all(p->sealed, count, err) : 0;
}

/* Ends the file on disk: it is sealed, and put in its place with others. */
static int seal(struct package *p, bool *changed, struct err *err)
{
    struct replace *file = p->file;
    p->file = NULL;
    if (replace_seal(&file, changed, err) < 0)
        return -1;
    if (file)
        p->sealed[p->sealed_count++] = file;
    return p->sealed_count == SEALED ? commit_sealed(p, err) : 0;
}

/* Whether the last line of the new sums is one of the old ones. */
static bool stood_before(const struct package *p)
{
    size_t from = p->sums.n - 1;
    while (from > 0 && p->sums.p[from - 1] != '\n')
        from--;
    return !p->sums.failed && p->old.n > 0 &&
           str_has((struct str){p->old.p, p->old.n}, (struct str){p->sums.p + from, p->sums.n - from});
}

int package_end(struct package *p, struct err *err)
{
    char hash[sizeof "sha256:" + DIGEST_HEX] = "sha256:";
    char *hex = hash + sizeof "sha256:" - 1;
    bool changed = false;
    struct gzip_out *gzip = p->gzip;
    p->gzip = NULL;
    if ((gzip && gzip_out_close(gzip, err) < 0) || behind_settle(p->behind, err) < 0)
        return -1;
    if (digest_end(p->digest, hex, err) < 0)
        return -1;
    buf_printf(&p->sums, "%s  %s\n", hex, p->path);
    if (p->dry)
        changed = !stood_before(p);
    else if (lack_met()) /* a text of its rows may be missing */
        return err_memory(err);
    else if (seal(p, &changed, err) < 0)
        return -1;
    struct buf name = buf_new(PATH_LIMIT);
    resource_name(&name, p->path);
    json_object(&p->json, NULL);
    p->in_resource = true;
    json_str(&p->json, "name", buf_str(&name));
    json_text(&p->json, "path", p->path);
    json_int(&p->json, "bytes", (int64_t)p->bytes);
    json_text(&p->json, "hash", hash);
    if (str_ends(str_from(p->path), STR(".gz")))
        json_text(&p->json, "compression", "gz");
    p->counts.files++;
    p->counts.changed += changed;
    p->counts.bytes += p->bytes;
    bool full = name.failed || p->sums.failed;
    buf_free(&name);
    return full ? err_memory(err) : 0;
}

/* A line of SHA256SUMS; false at the end. */
static bool next_sum(struct str *rest, struct str *hash, struct str *path)
{
    struct str line;
    while (str_line(rest, &line)) {
        if (line.n < DIGEST_HEX + 2 || line.p[DIGEST_HEX - 1] != ' ')
            continue;
        *hash = str_slice(line, 0, DIGEST_HEX - 1);
        *path = str_skip(line, DIGEST_HEX + 1);
        return true;
    }
    return false;
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* The hash of a file of the folder as it stands; false when it cannot be read. */
static bool hash_now(struct package *p, const char *path, char hash[DIGEST_HEX])
{
    char bytes[1 << 14];
    struct err err = {0};
    char *full = NULL;
    if (asprintf(&full, "%s/%s", p->folder, path) < 0)
        return false;
    FILE *f = fopen(full, "rb");
    free(full);
    bool good = f != NULL;
    for (size_t n; good && (n = fread(bytes, 1, sizeof bytes, f)) > 0;)
        good = digest_add(p->digest, (struct str){bytes, n}, &err) == 0;
    good = good && !ferror(f);
    if (f)
        fclose(f);
    return digest_end(p->digest, hash, &err) == 0 && good;
}

/* Removes what the earlier SHA256SUMS lists and the new one does not. */
static int remove_leftovers(struct package *p, struct err *err)
{
    struct str rest = buf_str(&p->sums), old = buf_str(&p->old), hash, path;
    size_t count = 0;
    struct str *now = malloc((p->counts.files + 1) * sizeof *now);
    if (!now)
        return err_memory(err);
    while (count < p->counts.files && next_sum(&rest, &hash, &now[count]))
        count++;
    qsort(now, count, sizeof *now, by_path);
    while (next_sum(&old, &hash, &path)) {
        char is[DIGEST_HEX], name[PATH_LIMIT];
        if (path.n >= sizeof name || bsearch(&path, now, count, sizeof *now, by_path))
            continue;
        memcpy(name, path.p, path.n);
        name[path.n] = 0;
        if (hash_now(p, name, is) && str_eq(str_from(is), hash) &&
            (p->dry || replace_remove(p->folder, name)))
            p->counts.removed++;
    }
    free(now);
    return 0;
}

/* Ends datapackage.json and puts it in place. It is counted neither as a file nor as a change. */
static int close_list(struct package *p, struct err *err)
{
    next_resource(p);
    json_end_array(&p->json);
    json_end_object(&p->json);
    json_finish(&p->json);
    FILE *stream = p->json.to;
    p->json.to = NULL;
    if (fclose(stream) != 0 || p->list_failure.kind != ERR_NONE) {
        *err = p->list_failure;
        return -1;
    }
    struct replace *list = p->list;
    p->list = NULL;
    return p->dry ? 0 : replace_commit(list, NULL, err);
}

int package_close(struct package *p, struct package_counts *counts, struct err *err)
{
    int status = commit_sealed(p, err);
    if (status == 0)
        status = close_list(p, err);
    if (status == 0)
        status = remove_leftovers(p, err);
    if (status == 0 && !p->dry)
        status = replace_file(p->folder, sums_name, buf_str(&p->sums), NULL, err);
    if (status == 0 && counts)
        *counts = p->counts;
    package_abandon(p);
    return status;
}

void package_abandon(struct package *p)
{
    if (!p)
        return;
    if (p->json.to)
        fclose(p->json.to);
    gzip_out_abandon(p->gzip);
    behind_free(p->behind);
    replace_abandon(p->file);
    for (size_t i = 0; i < p->sealed_count; i++)
        replace_abandon(p->sealed[i]);
    replace_abandon(p->list);
    digest_free(p->digest);
    buf_free(&p->sums);
    buf_free(&p->old);
    free(p->folder);
    free(p);
}
