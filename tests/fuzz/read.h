/* read.h - for fuzz targets: bytes through an importer and the recogniser, and what must hold of
 * whatever comes out. */
#ifndef GONGKAI_TESTS_FUZZ_READ_H
#define GONGKAI_TESTS_FUZZ_READ_H

#include <stdlib.h>
#include <string.h>

#include "core/recognise/recognise.h"
#include "importers/archive.h"
#include "importers/importer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_MEMORY = 64 << 20 };

struct fuzz {
    struct catalog *catalog;
    struct recogniser *recogniser;
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
