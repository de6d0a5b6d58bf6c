/* stated.h - cells that a source states by name (a long or wide CSV): read one by one, nothing is
 * searched for. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_STATED_H
#define GONGKAI_RECOGNISE_STATED_H

#include "core/recognise/labels.h"

/* What was stated of each table: bits of the rows, and cells. */
struct stated_seen {
    uint64_t rows[TABLE_COUNT];
    uint32_t cells[TABLE_COUNT];
};

/* Reads a document whose stated cells are all plain: named by a code or path, each once, holding a
 * figure, a mark that none applies, or nothing, and not all of them nothing. Gives the facts to the
 * report, ordered by cell. 1: done; 0: it is not that plain, and nothing was added: lay it out and
 * read it as any other document, which gives the same for a plain one; -1: memory ran out. */
int stated_read(const struct labels *labels, const struct document *doc, struct report *report,
                struct stated_seen *seen);

#endif
