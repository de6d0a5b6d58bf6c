/* CSV: the long one is one file for all reports, the wide one a file a form. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/bench/data/writer.h"

enum { CHUNK = 4 << 20 };

static int open_csv(struct writer *w, int n, const char *name)
{
    char path[4096];
    bool gzip = w->encoding && w->encoding->gzip;
    mkdir(w->folder, 0777);
    snprintf(path, sizeof path, "%s/%s%s", w->folder, name, gzip ? ".gz" : "");
    w->csv[n].text = buf_new(SIZE_MAX / 8);
    w->csv[n].file = fopen(path, "wb");
    return w->csv[n].file ? 0 : -1;
}

/* Puts what has gathered on disk, in the encoding asked for. */
static int put(struct writer *w, struct csv_file *csv)
{
    buf_reset(&w->bytes);
    struct encoding encoding = w->encoding ? *w->encoding : *encoding_find(STR("utf8"));
    if (ftell(csv->file) > 0)
        encoding.mark = "";
    if (csv->text.failed || encode(&w->bytes, buf_str(&csv->text), &encoding) < 0)
        return -1;
    buf_reset(&csv->text);
    return fwrite(w->bytes.p, 1, w->bytes.n, csv->file) == w->bytes.n ? 0 : -1;
}

static int put_when_full(struct writer *w, struct csv_file *csv)
{
    arena_reset(&w->arena);
    return csv->text.n > CHUNK || csv->text.failed ? put(w, csv) : 0;
}

int csv_end(struct writer *w)
{
    int failed = 0;
    for (int n = 0; n < 2 && w->csv[n].file; n++) {
        failed |= put(w, &w->csv[n]);
        failed |= fclose(w->csv[n].file);
        buf_free(&w->csv[n].text);
    }
    return failed ? -1 : 0;
}

/* A figure as plain data. */
static void figure(struct buf *out, const struct cell *cell, struct figure figure)
{
    if (figure.state == STATE_NA)
        buf_char(out, '/');
    if (figure.state != STATE_VALUE)
        return;
    int64_t scale = cell->kind == CELL_MONEY ? MONEY_SCALE : 1, part = figure.value % scale;
    char digits[64];
    int n = snprintf(digits, sizeof digits, "%" PRId64, figure.value / scale);
    if (part) {
        n += snprintf(digits + n, sizeof digits - (size_t)n, ".%08" PRId64, part);
        while (digits[n - 1] == '0')
            n--;
    }
    buf_add(out, (struct str){digits, (size_t)n});
}

/* "agency,division,year,scope"; `spoilt`: with a year that is none. */
static struct str key(struct writer *w, const struct item *item, bool spoilt)
{
    char text[512];
    int n = snprintf(text, sizeof text, "%.*s,%.*s,%s%d,%s", STR_ARG(item->office->name),
                     STR_ARG(item->office->county->code), spoilt ? "x" : "", item->year,
                     item->composite ? "composite" : "own");
    return arena_copy(&w->arena, (struct str){text, (size_t)n});
}

static const char long_header[] = "agency,division,year,scope,code,value\n";

int csv_long_begin(struct writer *w)
{
    if (open_csv(w, 0, "long.csv") < 0)
        return -1;
    buf_text(&w->csv[0].text, long_header);
    return 0;
}

static void long_lines(struct writer *w, const struct item *item)
{
    const struct figures *f = item->figures;
    struct buf *out = &w->csv[0].text;
    struct str head = key(w, item, false);
    uint32_t bad = item->damaged ? (uint32_t)item->damaged % f->count : f->count;
    for (uint32_t i = 0; i < f->count; i++) {
        uint16_t id = f->cells[i].id;
        if (id == CELL_NONE)
            continue;
        buf_add(out, head);
        buf_char(out, ',');
        buf_text(out, i == bad ? "t9.nothing" : f->catalog->cells[id].code);
        buf_char(out, ',');
        figure(out, &f->catalog->cells[id], f->figure[id]);
        buf_char(out, '\n');
    }
}

int csv_long(struct writer *w, const struct item *item)
{
    long_lines(w, item);
    return put_when_full(w, &w->csv[0]);
}

int csv_shuffled_begin(struct writer *w)
{
    return open_csv(w, 0, "long.csv");
}

/* All lines are held, to be put in an order of chance at the end. */
int csv_shuffled(struct writer *w, const struct item *item)
{
    long_lines(w, item);
    arena_reset(&w->arena);
    return w->csv[0].text.failed ? -1 : 0;
}

int csv_shuffled_end(struct writer *w)
{
    struct buf all = w->csv[0].text, *out = &w->csv[0].text;
    size_t lines = 0, n = 0;
    for (size_t i = 0; i < all.n; i++)
        lines += all.p[i] == '\n';
    struct str *line = malloc((lines + 1) * sizeof *line), rest = buf_str(&all);
    if (!line)
        return -1;
    while (n < lines && str_line(&rest, &line[n]))
        n++;
    *out = buf_new(SIZE_MAX / 8);
    buf_text(out, long_header);
    int failed = 0;
    for (size_t left = n; left && !failed; left--) {
        size_t at = (size_t)random_below(&w->random, left);
        buf_add(out, line[at]);
        buf_char(out, '\n');
        line[at] = line[left - 1];
        failed = put_when_full(w, &w->csv[0]);
    }
    free(line);
    buf_free(&all);
    return csv_end(w) < 0 ? -1 : failed;
}

static const int wide_forms[] = {2019, 2021};

int csv_wide_begin(struct writer *w)
{
    for (int n = 0; n < 2; n++) {
        const struct form *form = catalog_form(w->catalog, wide_forms[n]);
        char name[32];
        snprintf(name, sizeof name, "wide-%d.csv", n + 1);
        if (open_csv(w, n, name) < 0)
            return -1;
        buf_text(&w->csv[n].text, "agency,division,year,scope");
        for (uint32_t i = 0; i < form->count; i++)
            buf_printf(&w->csv[n].text, ",%s", w->catalog->cells[form->cells[i].id].code);
        buf_char(&w->csv[n].text, '\n');
    }
    return 0;
}

int csv_wide(struct writer *w, const struct item *item)
{
    const struct figures *f = item->figures;
    struct csv_file *csv = &w->csv[f->form->year == 2021];
    buf_add(&csv->text, key(w, item, item->damaged));
    for (uint32_t i = 0; i < f->form->count; i++) {
        uint16_t id = f->form->cells[i].id;
        buf_char(&csv->text, ',');
        figure(&csv->text, &w->catalog->cells[id], f->figure[id]);
    }
    buf_char(&csv->text, '\n');
    return put_when_full(w, csv);
}
