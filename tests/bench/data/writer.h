/* writer.h - one kind of data: a folder of pages, or of CSV. */
#ifndef GONGKAI_BENCH_WRITER_H
#define GONGKAI_BENCH_WRITER_H

#include <stdio.h>

#include "tests/bench/data/world.h"
#include "tests/generate/encode.h"

/* One report, ready to be written. `damaged` asks for a file, or a line, that has to be refused. */
struct item {
    const struct office *office;
    const struct figures *figures;
    int year;
    bool composite;
    int damaged; /* 0: whole; else which damage */
};

struct writer;

struct format {
    const char *name;
    int (*begin)(struct writer *writer);
    int (*write)(struct writer *writer, const struct item *item);
    int (*end)(struct writer *writer);
};

/* text, html, long, shuffled, wide */
extern const struct format formats[];
extern const int format_count;

struct writer {
    const struct format *format;
    const struct catalog *catalog;
    const struct encoding *encoding; /* of every file; NULL: what fits the site */
    const char *folder;              /* everything is written below it */
    struct arena arena;              /* of the report at hand */
    struct random random;
    struct buf text, bytes;          /* of the file at hand, before and after encoding */
    struct csv_file {
        FILE *file;
        struct buf text; /* that is not yet on disk */
    } csv[2];            /* the wide CSV is one a form */
    char above[4096];    /* the folder of the last page */
};

/* pages.c */
int pages_begin(struct writer *writer);
int pages_text(struct writer *writer, const struct item *item);
int pages_html(struct writer *writer, const struct item *item);
int pages_end(struct writer *writer);

/* csv.c */
int csv_long_begin(struct writer *writer);
int csv_long(struct writer *writer, const struct item *item);
int csv_wide_begin(struct writer *writer);
int csv_wide(struct writer *writer, const struct item *item);
int csv_end(struct writer *writer);
int csv_shuffled_begin(struct writer *writer);
int csv_shuffled(struct writer *writer, const struct item *item);
int csv_shuffled_end(struct writer *writer);

#endif
