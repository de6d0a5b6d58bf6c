/* read.h - for fuzz targets: bytes through an importer and the recogniser, and what must hold of
 * whatever comes out. */
#ifndef GONGKAI_TESTS_FUZZ_READ_H
#define GONGKAI_TESTS_FUZZ_READ_H

#include <stdlib.h>
#include <string.h>

#include "core/recognise/recognise.h"
#include "core/store/contents.h"
#include "importers/archive.h"
#include "importers/importer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_MEMORY = 64 << 20 };

struct fuzz {
    struct catalog *catalog;
    struct recogniser *recogniser;
    struct recogniser *remembering; /* all documents before the one at hand */
};

/* Broken promises end the program: the fuzzer keeps the input. */
static inline void fuzz_holds(bool holds)
{
    if (!holds)
        abort();
}

/* Made once: the tables are not what is fuzzed. */
static inline struct fuzz *fuzz_tables(void)
{
    static struct fuzz fuzz;
    struct err err = {0};
    if (!fuzz.catalog) {
        fuzz_holds(catalog_load(&fuzz.catalog, &err) == 0);
        fuzz_holds(recogniser_new(&fuzz.recogniser, fuzz.catalog, &err) == 0);
        fuzz_holds(recogniser_share(&fuzz.remembering, fuzz.recogniser, &err) == 0);
    }
    return &fuzz;
}

static inline void fuzz_report(const struct fuzz *fuzz, const struct report *report)
{
    fuzz_holds(report->fact_count > 0 && catalog_form(fuzz->catalog, report->form));
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *fact = &report->facts[i];
        fuzz_holds(fact->cell < CATALOG_CELLS && fuzz->catalog->cells[fact->cell].code);
        fuzz_holds(i == 0 || fact[-1].cell < fact->cell);
        fuzz_holds(fact->state <= STATE_TEXT);
        fuzz_holds(fact->state != STATE_TEXT || fact->text.n > 0);
    }
}

/* What is remembered of earlier documents changes nothing about this one. */
static inline void fuzz_same(struct fuzz *fuzz, const struct document *doc,
                             const struct context *context, const struct report *report,
                             const struct err *why)
{
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct report *again = NULL;
    struct prepared a, b;
    struct err err = {0};
    if (recognise(fuzz->remembering, doc, context, &arena, &again, &err) < 0) {
        fuzz_holds(!report && strcmp(err.english, why->english) == 0 && err.line == why->line);
    } else {
        fuzz_holds(report && str_eq(report->agency, again->agency) && report->year == again->year &&
                   str_eq(report->title, again->title) && report->scope == again->scope &&
                   str_eq(report->place, again->place));
        fuzz_holds(contents_prepare(report, &a, &err) == 0 && contents_prepare(again, &b, &err) == 0);
        fuzz_holds(contents_fingerprint(report, &a) == contents_fingerprint(again, &b));
    }
    arena_free(&arena);
}

static inline int fuzz_take(void *self, struct document *doc, struct err *err)
{
    struct fuzz *fuzz = self;
    struct context context = {.path = STR("常德市/常德市教育局2023年报.txt")};
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct report *report = NULL;
    struct err why = {0};
    (void)err;
    if (recognise(fuzz->recogniser, doc, &context, &arena, &report, &why) == 0)
        fuzz_report(fuzz, report);
    else
        fuzz_holds(why.kind != ERR_NONE && why.english[0]);
    fuzz_same(fuzz, doc, &context, report, &why);
    arena_free(&arena);
    return 0;
}

static inline int fuzz_reject(void *self, const struct declared *whose, const struct err *why)
{
    (void)self, (void)whose;
    fuzz_holds(why->kind == ERR_INPUT && why->reason[0] && why->english[0]);
    return 0;
}

static inline void fuzz_note(void *self, const struct err *what)
{
    (void)self, (void)what;
}

/* The rest of `in` through the importer of that name, or through the one that claims it (NULL). */
static inline void fuzz_stream(struct stream *in, const char *name, struct str path)
{
    struct import_options options = {.path = path, .memory_max = FUZZ_MEMORY};
    struct document_sink sink = {fuzz_take, fuzz_reject, fuzz_note, fuzz_tables()};
    const struct importer *importer = NULL;
    struct err err = {0};
    struct str head;
    for (size_t i = 0; name && importers[i]; i++)
        if (!strcmp(importers[i]->name, name))
            importer = importers[i];
    if (!importer && (name || stream_peek(in, 65536, &head, &err) < 0))
        return;
    if (!importer)
        importer = importer_for(head, &options);
    if (!strcmp(importer->name, "office"))
        return; /* another program's work, a second for each */
    if (importer->read(in, &options, &sink, &err) < 0)
        fuzz_holds(err.kind != ERR_NONE && err.english[0]);
}

static inline int fuzz_bytes(const uint8_t *data, size_t size, const char *name)
{
    struct stream *in = NULL;
    struct err err = {0};
    struct str path = STR("a.txt");
    if (stream_memory(&in, (struct str){(const char *)data, size}, &err) == 0) {
        fuzz_stream(in, name, path);
        stream_close(in);
    }
    return 0;
}

#endif
