/* ooxml.h - the .zip that .docx and .xlsx files are: telling them, and reading their parts. */
#ifndef GONGKAI_IMPORTERS_OOXML_H
#define GONGKAI_IMPORTERS_OOXML_H

#include "core/base/err.h"
#include "core/base/stream.h"

enum ooxml_kind {
    OOXML_NONE,
    OOXML_SOME, /* one of them, but the head does not say which */
    OOXML_SHEETS,
    OOXML_TEXT,
};

/* What the names of the members in the head of a .zip say. */
enum ooxml_kind ooxml_kind(struct str head);

#endif
