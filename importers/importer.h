/* importer.h - an importer turns one kind of file into documents, nothing more. A new format is
 * one file that exports one of these and one line in importers/importers.c. */
#ifndef GONGKAI_IMPORTERS_IMPORTER_H
#define GONGKAI_IMPORTERS_IMPORTER_H

#include "core/base/err.h"
#include "core/base/stream.h"
#include "core/model/document.h"

/* Takes one finished document; it and its arena are the caller's again on return. Not 0: stop. */
struct document_sink {
    int (*take)(void *self, struct document *doc, struct err *err);
    /* A bad line of a file of many reports: rejects the report it belongs to, the rest goes on. */
    int (*reject)(void *self, const struct declared *whose, const struct err *why);
    /* Something set aside that the user should know: columns that were kept out. */
    void (*note)(void *self, const struct err *what);
    void *self;
};

/* How to read: `encoding` as given by the user, "" to tell by content; `path` as shown. */
struct import_options {
    const char *encoding;
    struct str path;
    size_t memory_max; /* bytes one document may take */
};

struct importer {
    const char *name;  /* text, html, csv … as stored beside the source */
    const char *title; /* in English, for --help */
    /* How sure it is, 0 to 100, that the file is of its kind, from its first bytes and path. */
    int (*claims)(struct str head, struct str path);
    /* Reads the stream into one or more documents, each in an arena of its own, handed to `sink`.
     * ERR_INPUT with a reason rejects the input. */
    int (*read)(struct stream *in, const struct import_options *options,
                struct document_sink *sink, struct err *err);
};

/* All importers; the last is NULL. */
extern const struct importer *const importers[];

/* The one that claims the file most, NULL when none does. */
const struct importer *importer_for(struct str head, struct str path);

#endif
