/* tables_kit.h - reads a page of text and shows its cells, for the tests of the tables. */
#ifndef GONGKAI_TESTS_TABLES_KIT_H
#define GONGKAI_TESTS_TABLES_KIT_H

#include <stdio.h>
#include <string.h>

#include "core/recognise/recognise.h"
#include "importers/text.h"
#include "tests/tap.h"

struct page {
    struct catalog *catalog;
    struct recogniser *recogniser;
    struct arena source, arena;
    struct report *report; /* NULL: rejected, see err */
    struct err err;
    char shown[400];
};

static struct page page;

__attribute__((unused)) static bool page_begin(void)
{
    page.source = arena_new((size_t)64 << 20);
    page.arena = arena_new((size_t)64 << 20);
    return catalog_load(&page.catalog, &page.err) == 0 &&
           recogniser_new(&page.recogniser, page.catalog, &page.err) == 0;
}

__attribute__((unused)) static int page_end(void)
{
    arena_free(&page.source);
    arena_free(&page.arena);
    recogniser_free(page.recogniser);
    catalog_free(page.catalog);
    return done();
}

/* Recognises a document that the caller made in page.source. */
__attribute__((unused)) static void page_recognise(struct document *doc)
{
    struct context context = {.agency = STR("常德市教育局"), .year = 2021, .scope = SCOPE_OWN,
                              .trust = TRUST_OPTION, .path = STR("常德市/x.txt")};
    arena_reset(&page.arena);
    page.err = (struct err){0};
    page.report = NULL;
    if (recognise(page.recogniser, doc, &context, &page.arena, &page.report, &page.err) < 0)
        page.report = NULL;
}

/* Reads plain text. */
__attribute__((unused)) static void page_read(const char *text)
{
    struct import_options options = {.memory_max = (size_t)64 << 20};
    struct document *doc = NULL;
    arena_reset(&page.source);
    page.report = NULL;
    if (text_document(&doc, &page.source, str_from(text), &options, &page.err) == 0)
        page_recognise(doc);
}

/* A cell as one word: 12, -3, 25.1, blank, na, "words", none; with its note behind a bar. */
__attribute__((unused)) static const char *page_cell(const char *code)
{
    const struct cell *cell = catalog_find(page.catalog, str_from(code));
    const struct fact *f = page.report && cell ? report_find(page.report, cell->id) : NULL;
    char *to = page.shown;
    size_t size = sizeof page.shown;
    if (!page.report)
        return page.err.reason ? page.err.reason : "no report";
    if (!f)
        return "none";
    if (f->state == STATE_BLANK || f->state == STATE_NA)
        return f->state == STATE_NA ? "na" : "blank";
    int n = 0;
    if (f->state == STATE_TEXT)
        n = snprintf(to, size, "\"%.*s\"", STR_ARG(f->text));
    else if (cell->kind == CELL_MONEY)
        n = snprintf(to, size, "%lld.%08lld", (long long)(f->value / MONEY_SCALE),
                     (long long)(f->value % MONEY_SCALE));
    else
        n = snprintf(to, size, "%lld", (long long)f->value);
    if (f->note.n)
        snprintf(to + n, size - (size_t)n, "|%.*s", STR_ARG(f->note));
    return page.shown;
}

/* Whether the cells of a row of table 3 (or those a list of codes names) are these, parted by
 * blanks: "1 2 3 0 0 0 6". */
__attribute__((unused)) static bool page_row(const char *row, const char *want)
{
    static const char *const columns[] = {"person", "business", "research", "charity",
                                          "legal",  "other",    "total"};
    char got[600] = "";
    for (int i = 0; i < 7; i++) {
        char code[80];
        snprintf(code, sizeof code, "%s.%s", row, columns[i]);
        size_t n = strlen(got);
        snprintf(got + n, sizeof got - n, "%s%s", i ? " " : "", page_cell(code));
    }
    if (strcmp(got, want) == 0)
        return true;
    diag("%s: %s, not %s", row, got, want);
    return false;
}

__attribute__((unused)) static bool page_is(const char *code, const char *want)
{
    if (strcmp(page_cell(code), want) == 0)
        return true;
    diag("%s: %s, not %s", code, page_cell(code), want);
    return false;
}

/* How many remarks of that topic the report carries. */
__attribute__((unused)) static int page_said(const char *topic)
{
    int n = 0;
    for (uint32_t i = 0; page.report && i < page.report->remark_count; i++)
        n += strcmp(page.report->remarks[i].topic, topic) == 0;
    return n;
}

#endif
