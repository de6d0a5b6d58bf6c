#include "core/export/sentences.h"

#include "core/base/lang.h"
#include "core/base/table.h"

/* The sum of code+code+…; false when one is not stated, is no whole number, or it overflows. */
static bool sum_of(const struct composite *c, const struct figure *figures, struct str codes,
                   int64_t *sum)
{
    struct str code;
    *sum = 0;
    while (str_split(&codes, '+', &code)) {
        const struct cell *cell = catalog_find(c->catalog, code);
        if (!cell || !figures[cell->id].digits.p || !figures[cell->id].whole ||
            __builtin_add_overflow(*sum, figures[cell->id].value, sum))
            return false;
    }
    return true;
}

bool change_per_mille(int64_t before, int64_t now, int64_t *out)
{
    const int64_t most = INT64_C(1000000000000000); /* what a count may have: 15 digits */
    if (before <= 0 || now < 0 || before > most || now > most)
        return false;
    int64_t difference = now - before;
    *out = (difference * 2000 + (difference < 0 ? -before : before)) / (2 * before);
    return true;
}

void sentences_change(struct buf *buf, int64_t before, int64_t now)
{
    int64_t tenths;
    if (now == before) {
        buf_text(buf, lang_chinese("the same as the year before"));
        return;
    }
    int64_t by = now > before ? now - before : before - now;
    buf_printf(buf, now > before ? lang_chinese("%lld cases more than the year before")
                                 : lang_chinese("%lld cases fewer than the year before"),
               (long long)by);
    if (change_per_mille(before, now, &tenths)) {
        tenths = tenths < 0 ? -tenths : tenths;
        buf_printf(buf, now > before ? lang_chinese(", up %lld.%lld%%")
                                     : lang_chinese(", down %lld.%lld%%"),
                   (long long)(tenths / 10), (long long)(tenths % 10));
    }
}

/* Writes what a placeholder stands for; false when it cannot be told. */
static bool fill(const struct composite *c, struct str name, struct buf *buf)
{
    int64_t sum, before;
    if (str_eq(name, STR("year")))
        buf_printf(buf, "%d", c->year);
    else if (str_eq(name, STR("division")))
        buf_printf(buf, "%.*s%s", STR_ARG(c->name),
                   c->self ? lang_chinese("without those below it") : "");
    else if (str_starts(name, STR("change:"))) {
        if (!sum_of(c, c->figure, str_skip(name, 7), &sum) ||
            !sum_of(c, c->last, str_skip(name, 7), &before))
            return false;
        sentences_change(buf, before, sum);
    } else if (sum_of(c, c->figure, name, &sum)) {
        buf_printf(buf, "%lld", (long long)sum);
    } else {
        const struct cell *cell = catalog_find(c->catalog, name);
        if (!cell || !c->figure[cell->id].digits.p)
            return false;
        buf_add(buf, c->figure[cell->id].digits);
    }
    return true;
}

static bool fill_all(const struct composite *c, struct str text, struct buf *buf)
{
    for (ptrdiff_t open; (open = str_find(text, STR("{"))) >= 0;) {
        ptrdiff_t close = str_find(text, STR("}"));
        if (close < open)
            return false;
        buf_add(buf, str_slice(text, 0, (size_t)open));
        if (!fill(c, str_slice(text, (size_t)open + 1, (size_t)close), buf))
            return false;
        text = str_skip(text, (size_t)close + 1);
    }
    buf_add(buf, text);
    return true;
}

int sentences_draft(struct composite *c, struct err *err)
{
    struct table table;
    struct buf buf = buf_new(1 << 16);
    int status = table_open(&table, "exports/sentences.tsv", err);
    while (status == 0 && table_next(&table)) {
        if (table_number(&table, "form", 0) != c->face.form->year)
            continue;
        buf_reset(&buf);
        if (!fill_all(c, table_get(&table, "text"), &buf)) {
            struct str otherwise = table_get(&table, "otherwise");
            buf_reset(&buf);
            if (otherwise.n == 0 || !fill_all(c, otherwise, &buf))
                continue;
        }
        struct str sentence = arena_copy(&c->arena, buf_str(&buf));
        if (buf.failed || !sentence.p ||
            arena_grow(&c->arena, &c->sentences, c->sentence_count, &c->sentence_capacity,
                       sizeof *c->sentences) < 0)
            status = err_memory(err);
        else
            c->sentences[c->sentence_count++] = sentence;
    }
    buf_free(&buf);
    return status;
}
