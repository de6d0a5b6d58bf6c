#include "core/store/original.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/store/pack.h"
#include "core/store/statement.h"

enum { NAME_MOST = 160, HASH_SHOWN = 16 };

/* A name that no tool can take for a place outside its folder: the last part of the path, without
 * control characters or bytes that are no UTF-8 (both become _), cut to a sane length. */
static void name_of(const char *hex, struct str path, struct buf *out)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\') {
            path = str_skip(path, i);
            break;
        }
    if (path.n > NAME_MOST) { /* the end tells the kind of file */
        path = str_skip(path, path.n - NAME_MOST);
        while (path.n > 0 && ((unsigned char)path.p[0] & 0xc0) == 0x80)
            path = str_skip(path, 1);
    }
    buf_add(out, (struct str){hex, HASH_SHOWN});
    buf_char(out, '/');
    bool dots = true;
    for (size_t i = 0; i < path.n; i++)
        dots = dots && path.p[i] == '.';
    if (dots)
        buf_text(out, "original");
    for (size_t i = 0; !dots && i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool good = c >= 0x20 && c != 0x7f && c != '"' && c != '*' && c != ':' && c != '<' &&
                    c != '>' && c != '?' && c != '|' && !(c == '-' && i == 0);
        buf_char(out, good ? (char)c : '_');
    }
}

/* Writes one row of sqlar. */
static int keep_row(struct warehouse *warehouse, struct str name, int64_t mtime, int64_t size,
                    struct str data, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.sqlar_new", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, name);
    sqlite3_bind_int64(stmt, 2, mtime);
    sqlite3_bind_int64(stmt, 3, size);
    sqlite3_bind_blob64(stmt, 4, data.n ? data.p : "", data.n, SQLITE_STATIC);
    int status = statement_run(warehouse, stmt, err);
    sqlite3_clear_bindings(stmt);
    return status;
}

/* The id of these bytes when they are kept, else 0. */
static int find(struct warehouse *warehouse, const char *hex, int64_t *id, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.original", err);
    if (!stmt)
        return -1;
    bind_hex(stmt, 1, hex);
    int got = statement_next(warehouse, stmt, err);
    if (got < 0)
        return -1;
    *id = got ? sqlite3_column_int64(stmt, 0) : 0;
    sqlite3_reset(stmt);
    return 0;
}

/* Records that bytes are kept under `name`. */
static int record(struct warehouse *warehouse, int64_t *id, const char *hex, int64_t size,
                  struct str name, int64_t parts, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.original_new", err);
    if (!stmt)
        return -1;
    bind_hex(stmt, 1, hex);
    sqlite3_bind_int64(stmt, 2, size);
    bind_str(stmt, 3, name);
    sqlite3_bind_int64(stmt, 4, parts);
    if (statement_run(warehouse, stmt, err) < 0)
        return -1;
    *id = sqlite3_last_insert_rowid(warehouse->db);
    return 0;
}

/* Keeps bytes as they are given: packed. */
static int put(struct warehouse *warehouse, int64_t *id, const char *hex, int64_t size,
               struct str packed, const struct original_name *name, struct err *err)
{
    struct buf as = buf_new(1024);
    name_of(hex, name->name, &as);
    struct str sqlar_name = buf_str(&as);
    int status = as.failed ? err_memory(err)
                           : keep_row(warehouse, sqlar_name, name->mtime, size, packed, err);
    if (status == 0)
        status = record(warehouse, id, hex, size, sqlar_name, 1, err);
    buf_free(&as);
    return status;
}

int original_put_packed(struct warehouse *warehouse, const char *hex, int64_t size,
                        struct str packed, const struct original_name *name, int64_t *original_id,
                        struct err *err)
{
    int64_t id;
    if (find(warehouse, hex, &id, err) < 0 ||
        (!id && packed.p && put(warehouse, &id, hex, size, packed, name, err) < 0))
        return -1;
    *original_id = id;
    return 0;
}

int original_put(struct warehouse *warehouse, const char *hex, int64_t size, struct str bytes,
                 const struct original_name *name, int64_t *original_id, struct err *err)
{
    int64_t id;
    if (find(warehouse, hex, &id, err) < 0)
        return -1;
    if (!id && bytes.p) {
        struct packer *packer = warehouse_packer(warehouse, err);
        char *room = packer ? malloc(bytes.n + 1) : NULL;
        if (!room)
            return packer ? err_memory(err) : -1;
        int status = put(warehouse, &id, hex, size, packer_pack(packer, bytes, room), name, err);
        free(room);
        if (status < 0)
            return -1;
    }
    *original_id = id;
    return 0;
}

static int keep_parts(struct warehouse *warehouse, struct incoming *in, struct buf *as,
                      int64_t mtime, struct err *err)
{
    size_t stem = as->n, count = incoming_parts(in);
    for (size_t i = 0; i < count; i++) {
        char *data = NULL;
        size_t packed = 0;
        int64_t size = 0;
        if (incoming_part(in, i, &data, &packed, &size, err) < 0)
            return -1;
        as->n = stem;
        if (count > 1)
            buf_printf(as, ".part%04zu", i + 1);
        int status = keep_row(warehouse, buf_str(as), mtime, size, (struct str){data, packed}, err);
        free(data);
        if (status < 0)
            return -1;
    }
    as->n = stem;
    return as->failed ? err_memory(err) : 0;
}

int original_put_incoming(struct warehouse *warehouse, struct incoming *incoming,
                          const struct original_name *name, int64_t *original_id, struct err *err)
{
    int64_t id;
    if (find(warehouse, incoming_hex(incoming), &id, err) < 0)
        return -1;
    *original_id = id;
    if (id || incoming_parts(incoming) == 0)
        return 0;
    struct buf as = buf_new(1024);
    name_of(incoming_hex(incoming), name->name, &as);
    int status = keep_parts(warehouse, incoming, &as, name->mtime, err);
    if (status == 0)
        status = record(warehouse, &id, incoming_hex(incoming), incoming_size(incoming),
                        buf_str(&as), (int64_t)incoming_parts(incoming), err);
    buf_free(&as);
    if (status == 0)
        *original_id = id;
    return status;
}

/* Kept bytes as a stream: one part unpacked at a time. */
struct original_reader {
    struct warehouse *warehouse;
    char *name;
    int64_t parts, next;
    char *bytes;
    size_t size, at;
};

void original_close(struct original_reader *kept)
{
    if (!kept)
        return;
    free(kept->name);
    free(kept->bytes);
    free(kept);
}

static int damaged(struct original_reader *kept, struct err *err)
{
    return err_set(err, ERR_SYSTEM, "the kept original %s is damaged; restore the warehouse from a "
                                    "backup", kept->name);
}

/* The next part, unpacked. */
static int next_part(struct original_reader *kept, struct err *err)
{
    char name[512];
    kept->next++;
    if (kept->parts > 1)
        snprintf(name, sizeof name, "%s.part%04d", kept->name, (int)kept->next);
    else
        snprintf(name, sizeof name, "%s", kept->name);
    sqlite3_stmt *stmt = warehouse_statement(kept->warehouse, "store.sqlar", err);
    if (!stmt)
        return -1;
    bind_str(stmt, 1, str_from(name));
    int got = statement_next(kept->warehouse, stmt, err);
    if (got <= 0)
        return got < 0 ? -1 : damaged(kept, err);
    int64_t size = sqlite3_column_int64(stmt, 0);
    const void *data = sqlite3_column_blob(stmt, 1);
    size_t packed = (size_t)sqlite3_column_bytes(stmt, 1);
    int status = 0;
    free(kept->bytes);
    kept->at = kept->size = 0;
    kept->bytes = size >= 0 && size <= ORIGINAL_PART ? malloc((size_t)size + 1) : NULL;
    if (size < 0 || size > ORIGINAL_PART)
        status = damaged(kept, err);
    else if (!kept->bytes)
        status = err_memory(err);
    else if (packed_read((struct str){data, packed}, kept->bytes, size) < 0)
        status = damaged(kept, err);
    if (status == 0)
        kept->size = (size_t)size;
    sqlite3_reset(stmt);
    return status;
}

static ssize_t pull(void *self, void *to, size_t size, struct err *err)
{
    struct original_reader *kept = self;
    while (kept->at == kept->size) {
        if (kept->next == kept->parts)
            return 0;
        if (next_part(kept, err) < 0)
            return -1;
    }
    size_t n = kept->size - kept->at < size ? kept->size - kept->at : size;
    memcpy(to, kept->bytes + kept->at, n);
    kept->at += n;
    return (ssize_t)n;
}

/* Finds where kept bytes stand: 1, 0 when they are not kept. */
static int locate(struct warehouse *warehouse, int64_t original_id, struct original_reader **out,
                  char hex[DIGEST_HEX], int64_t *size, struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, "store.original_by_id", err);
    if (!stmt)
        return -1;
    sqlite3_bind_int64(stmt, 1, original_id);
    int got = statement_next(warehouse, stmt, err);
    if (got <= 0)
        return got;
    struct str sha = column_str(stmt, 0), name = column_str(stmt, 2);
    struct original_reader *kept = NULL;
    int status = 0;
    if (sha.n == DIGEST_HEX - 1)
        memcpy(hex, sha.p, DIGEST_HEX);
    *size = sqlite3_column_int64(stmt, 1);
    if (name.p) {
        kept = calloc(1, sizeof *kept);
        if (kept)
            *kept = (struct original_reader){.warehouse = warehouse,
                                             .name = strndup(name.p, name.n),
                                             .parts = sqlite3_column_int64(stmt, 3)};
        status = kept && kept->name ? 1 : err_memory(err);
    }
    sqlite3_reset(stmt);
    if (status < 0)
        original_close(kept);
    else
        *out = kept;
    return status;
}

int original_open(struct warehouse *warehouse, int64_t original_id,
                  struct original_reader **reader, struct stream **out, struct err *err)
{
    char hex[DIGEST_HEX] = "";
    int64_t size;
    struct original_reader *kept = NULL;
    int got = locate(warehouse, original_id, &kept, hex, &size, err);
    if (got <= 0) {
        original_close(kept);
        return got < 0 ? -1
                       : err_reject(err, "not-kept", 0, "the original was not kept; import the file "
                                                        "again");
    }
    if (stream_pull(out, pull, kept, err) < 0) {
        original_close(kept);
        return -1;
    }
    *reader = kept;
    return 0;
}

int original_verify(struct warehouse *warehouse, int64_t original_id, struct err *err)
{
    char hex[DIGEST_HEX] = "", found[DIGEST_HEX] = "";
    int64_t size = 0, read = 0;
    struct original_reader *kept = NULL;
    struct digest *digest = NULL;
    int got = locate(warehouse, original_id, &kept, hex, &size, err);
    if (got <= 0) {
        original_close(kept);
        return got;
    }
    int status = digest_new(&digest, err);
    while (status == 0 && kept->next < kept->parts) {
        status = next_part(kept, err);
        if (status == 0)
            status = digest_add(digest, (struct str){kept->bytes, kept->size}, err);
        read += (int64_t)kept->size;
    }
    if (status == 0)
        status = digest_end(digest, found, err);
    if (status == 0 && (read != size || strcmp(found, hex) != 0))
        status = damaged(kept, err);
    digest_free(digest);
    original_close(kept);
    return status < 0 ? -1 : 1;
}
