/* reading.h - what an importer makes of some bytes, written down for a test to compare:
 *   P3 text            a paragraph on line 3
 *   G5                 a grid on line 5
 *   R a@5|b@5*2x3      its rows: cells with line, *colspan x rowspan where not 1
 *   S2                 cells stated by name from line 2 on, and each of them: c1=5@2
 *   D agency/division/year/scope@line   what the document declares, when it declares anything
 *   X line reason whose                 a reject of one report
 *   N words            a note
 * Line breaks in texts are shown as ~. */
#ifndef GONGKAI_TESTS_READING_H
#define GONGKAI_TESTS_READING_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "importers/importer.h"
#include "tests/tap.h"

struct reading {
    struct buf out;
    struct err err; /* of a reject of the whole input */
    int status;
    size_t step; /* bytes handed out at a time, 0: all */
    struct str rest;
    enum encoding encoding;
    size_t memory_max;
    const char *path;
    bool images;
    int documents;
};

__attribute__((unused)) static void reading_text(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        buf_char(out, s.p[i] == '\n' ? '~' : s.p[i]);
}

__attribute__((unused)) static void reading_grid(struct buf *out, const struct grid *grid)
{
    for (uint32_t r = 0; r < grid->rows; r++) {
        buf_text(out, "R ");
        for (uint32_t i = grid->first[r]; i < grid->first[r + 1]; i++) {
            const struct grid_cell *cell = &grid->cells[i];
            buf_text(out, i > grid->first[r] ? "|" : "");
            reading_text(out, cell->text);
            buf_printf(out, "@%u", (unsigned)cell->line);
            if (cell->colspan != 1 || cell->rowspan != 1)
                buf_printf(out, "*%ux%u", cell->colspan, cell->rowspan);
        }
        buf_char(out, '\n');
    }
}

__attribute__((unused)) static int reading_take(void *self, struct document *doc, struct err *err)
{
    struct reading *reading = self;
    struct buf *out = &reading->out;
    (void)err;
    reading->documents++;
    reading->images |= doc->has_images;
    if (doc->title.n > 0)
        buf_printf(out, "T %.*s\n", STR_ARG(doc->title));
    if (doc->declared.agency.n > 0 || doc->declared.year)
        buf_printf(out, "D %.*s/%.*s/%d/%.*s@%u\n", STR_ARG(doc->declared.agency),
                   STR_ARG(doc->declared.division), doc->declared.year,
                   STR_ARG(doc->declared.scope), (unsigned)doc->line);
    if (doc->stated_count > 0)
        buf_printf(out, "S%u\n", (unsigned)doc->line);
    for (uint32_t i = 0; i < doc->stated_count; i++) {
        const struct stated_cell *stated = &doc->stated[i];
        reading_text(out, doc->names->name[stated->name]);
        buf_char(out, '=');
        reading_text(out, stated->text);
        buf_printf(out, "@%u\n", (unsigned)stated->line);
    }
    for (uint32_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        buf_printf(out, "%c%u", block->kind == BLOCK_GRID ? 'G' : 'P', (unsigned)block->line);
        if (block->kind == BLOCK_PARAGRAPH) {
            buf_char(out, ' ');
            reading_text(out, block->text);
        }
        buf_char(out, '\n');
        if (block->kind == BLOCK_GRID)
            reading_grid(out, &block->grid);
    }
    return 0;
}

__attribute__((unused)) static int reading_reject(void *self, const struct declared *whose,
                                                  const struct err *why)
{
    struct reading *reading = self;
    buf_printf(&reading->out, "X %u %s %.*s/%.*s/%d/%.*s\n", (unsigned)why->line, why->reason,
               STR_ARG(whose->agency), STR_ARG(whose->division), whose->year,
               STR_ARG(whose->scope));
    return 0;
}

__attribute__((unused)) static void reading_note(void *self, const struct err *what)
{
    struct reading *reading = self;
    buf_printf(&reading->out, "N %s\n", what->english);
}

__attribute__((unused)) static ssize_t reading_pull(void *self, void *to, size_t size,
                                                    struct err *err)
{
    struct reading *reading = self;
    (void)err;
    size_t n = reading->step && reading->step < size ? reading->step : size;
    n = n < reading->rest.n ? n : reading->rest.n;
    if (n)
        memcpy(to, reading->rest.p, n);
    reading->rest = str_skip(reading->rest, n);
    return (ssize_t)n;
}

/* Reads `bytes` with the importer that claims them. */
__attribute__((unused)) static const char *reading_of(struct reading *reading, struct str bytes)
{
    struct stream *in = NULL;
    struct str head;
    struct import_options options = {
        .encoding = reading->encoding,
        .path = str_from(reading->path ? reading->path : "x"),
        .memory_max = reading->memory_max ? reading->memory_max : (size_t)64 << 20,
    };
    struct document_sink sink = {reading_take, reading_reject, reading_note, reading};
    buf_free(&reading->out);
    reading->out = buf_new((size_t)1 << 30);
    reading->err = (struct err){0};
    reading->rest = bytes;
    reading->documents = 0;
    reading->images = false;
    reading->status = stream_pull(&in, reading_pull, reading, &reading->err);
    if (reading->status == 0)
        reading->status = stream_peek(in, STREAM_PEEK, &head, &reading->err);
    if (reading->status == 0)
        reading->status = importer_for(head, &options)->read(in, &options, &sink, &reading->err);
    stream_close(in);
    return buf_str(&reading->out).p;
}

/* Whether `bytes` read as `want`; what they read as is told when not. */
__attribute__((unused)) static bool reads(struct str bytes, const char *want)
{
    struct reading reading = {0};
    const char *got = reading_of(&reading, bytes);
    bool same = reading.status == 0 && strcmp(got, want) == 0;
    if (!same) {
        diag("%s", reading.err.english);
        for (char *line = strtok(reading.out.p, "\n"); line; line = strtok(NULL, "\n"))
            diag("%s", line);
    }
    buf_free(&reading.out);
    return same;
}

/* Whether the whole input is refused for that reason and at that line. */
__attribute__((unused)) static bool refuses(struct str bytes, const char *reason, uint32_t line)
{
    struct reading reading = {0};
    reading_of(&reading, bytes);
    bool good = reading.status < 0 && reading.err.kind == ERR_INPUT &&
                strcmp(reading.err.reason, reason) == 0 && reading.err.line == line;
    if (!good)
        diag("%d %s %u %s", reading.status, reading.err.reason, (unsigned)reading.err.line,
             reading.err.english);
    buf_free(&reading.out);
    return good;
}

#endif
