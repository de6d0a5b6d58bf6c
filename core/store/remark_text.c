#include "core/store/remark_text.h"

#include <string.h>

#include "core/base/resource.h"

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

/* The two sentences of a topic: found as they stand in the file, since a table is read by every
 * remark of every report. Columns: topic, english, chinese. */
static bool find_topic(const char *topic, struct str *english, struct str *chinese)
{
    const char *text = resource_text("remarks.tsv");
    size_t n = strlen(topic);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += line != text;
        if (strncmp(line, topic, n) != 0 || line[n] != '\t')
            continue;
        struct str rest = {line, strcspn(line, "\n")}, first;
        str_split(&rest, '\t', &first);
        return str_split(&rest, '\t', english) && str_split(&rest, '\t', chinese);
    }
    return false;
}

void remark_words(const struct catalog *catalog, const struct remark *remark,
                  struct remark_text *out)
{
    struct str english, chinese;
    if (!find_topic(remark->topic, &english, &chinese))
        english = chinese = STR("%s");
    const char *code = remark->cell < CATALOG_CELLS ? catalog->cells[remark->cell].code : NULL;
    struct str detail = remark->detail.n ? remark->detail : str_from(remark->topic);
    fill(out->english, sizeof out->english, english, detail, code ? code : "");
    fill(out->chinese, sizeof out->chinese, chinese, detail, code ? code : "");
}
