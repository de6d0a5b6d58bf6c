#include "core/store/remark_text.h"

#include <string.h>

#include "core/base/buf.h"
#include "core/base/resource.h"
#include "core/base/table.h"

/* Copies, cutting before the first character that does not fit whole. */
static void put(char *to, size_t size, size_t *n, struct str s)
{
    size_t room = size - 1 - *n, take = s.n < room ? s.n : room;
    while (take < s.n && take > 0 && ((unsigned char)s.p[take] & 0xc0) == 0x80)
        take--;
    if (take)
        memcpy(to + *n, s.p, take);
    *n += take;
    to[*n] = 0;
}

static void fill(char *to, size_t size, struct str format, struct str detail, const char *code)
{
    size_t n = 0;
    to[0] = 0;
    while (format.n > 0) {
        ptrdiff_t at = str_find(format, STR("%"));
        if (at < 0 || (size_t)at + 1 >= format.n) {
            put(to, size, &n, format);
            return;
        }
        put(to, size, &n, str_slice(format, 0, (size_t)at));
        char kind = format.p[at + 1];
        put(to, size, &n, kind == 's' ? detail : kind == 'c' ? str_from(code) : STR("%"));
        format = str_skip(format, (size_t)at + (kind == 's' || kind == 'c' || kind == '%' ? 2 : 1));
    }
}

void remark_words(const struct catalog *catalog, const struct remark *remark,
                  struct remark_text *out)
{
    struct table t;
    bool there = resource_text("remarks.tsv") && table_open(&t, "remarks.tsv", NULL) == 0;
    struct str english = STR("%s"), chinese = STR("%s");
    while (there && table_next(&t))
        if (str_eq(table_get(&t, "topic"), str_from(remark->topic))) {
            english = table_get(&t, "english");
            chinese = table_get(&t, "chinese");
            break;
        }
    const char *code = remark->cell < CATALOG_CELLS ? catalog->cells[remark->cell].code : NULL;
    struct str detail = remark->detail.n ? remark->detail : str_from(remark->topic);
    fill(out->english, sizeof out->english, english, detail, code ? code : "");
    fill(out->chinese, sizeof out->chinese, chinese, detail, code ? code : "");
}
