/* importer.h - an importer turns one kind of file into documents, nothing more. A new format is
 * one file that exports one of these and one line in importers/importers.c. */
#ifndef GONGKAI_IMPORTERS_IMPORTER_H
#define GONGKAI_IMPORTERS_IMPORTER_H

#include "core/base/err.h"
#include "core/base/stream.h"
#include "core/model/document.h"
#include "core/text/encoding.h"

/* Takes one finished document; it and its arena are the caller's again on return. Not 0: stop. */
struct document_sink {
    int (*take)(void *self, struct document *doc, struct err *err);
    /* A bad line of a file of many reports: rejects the report it belongs to, the rest goes on. */
    int (*reject)(void *self, const struct declared *whose, const struct err *why);
    /* Something set aside that the user should know: columns that were kept out. */
    void (*note)(void *self, const struct err *what);
    void *self;
};

/* How to read: `encoding` as given by the user (core/text/encoding.h), or by content; `path` as
 * shown. */
struct import_options {
    enum encoding encoding;
    struct str path;
    size_t memory_max; /* bytes one document may take */
};

/* What can be seen of a file before it is read: its first bytes, the same as UTF-8 text as far as
 * they can be decoded (empty for what is no text), and its path, whose ending is only a hint. */
struct import_head {
    struct str bytes, text, path;
};

struct importer {
    const char *name;  /* text, html, csv … as stored beside the source */
    /* How sure it is, 0 to 100, that the file is of its kind. */
    int (*claims)(const struct import_head *head);
    /* Reads the stream into one or more documents, each in an arena of its own, handed to `sink`.
     * ERR_INPUT with a reason rejects the input. */
    int (*read)(struct stream *in, const struct import_options *options,
                struct document_sink *sink, struct err *err);
};

/* All importers; the last is NULL. */
extern const struct importer *const importers[];

/* The one that claims a file most, from its first bytes (as many as stream_peek gives). There
 * always is one: what no other claims goes to the one that says why it cannot be read. */
const struct importer *importer_for(struct str head, const struct import_options *options);

/* Whether the last part of the path ends in `.ending`, in any case. */
bool import_path_ends(struct str path, const char *ending);

#endif
