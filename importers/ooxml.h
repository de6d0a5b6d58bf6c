/* ooxml.h - the .zip that .docx and .xlsx files are: telling them, and reading their parts as XML
 * that streams by, bounded in size and free of entities. */
#ifndef GONGKAI_IMPORTERS_OOXML_H
#define GONGKAI_IMPORTERS_OOXML_H

#include "core/base/err.h"
#include "core/base/stream.h"

enum ooxml_kind {
    OOXML_NONE,
    OOXML_SOME, /* one of them, but the head does not say which */
    OOXML_SHEETS,
    OOXML_TEXT,
    OOXML_OTHER, /* OpenDocument, OFD, slides: of that family, but not read */
};

/* What the names of the members in the head of a .zip say. */
enum ooxml_kind ooxml_kind(struct str head);

/* What is called while a part streams by. Names come without their prefix. Attributes are pairs
 * of name and value, ended by NULL (see ooxml_attribute). -1 from any: stop. */
struct ooxml_handler {
    int (*start)(void *self, const char *name, const char **attributes);
    int (*end)(void *self, const char *name);
    int (*text)(void *self, struct str text);
    void *self;
};

/* The value of an attribute by its name without prefix; NULL when there is none. */
const char *ooxml_attribute(const char **attributes, const char *name);

struct ooxml;

/* Opens a whole file in memory, which must stay. */
int ooxml_open(struct ooxml **out, struct str bytes, struct err *err);
void ooxml_close(struct ooxml *ooxml);

/* Whether there is such a part. */
bool ooxml_has(struct ooxml *ooxml, const char *part);

/* Streams one part by. 0, also when the part is missing (then nothing is called); -1 with `err`,
 * which is set by a handler that stopped, or is a reject of the file. */
int ooxml_read(struct ooxml *ooxml, const char *part, const struct ooxml_handler *handler,
               struct err *err);

#endif
