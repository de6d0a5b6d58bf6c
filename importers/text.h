/* text.h - plain text into a document; also for what another program turned into text. */
#ifndef GONGKAI_IMPORTERS_TEXT_H
#define GONGKAI_IMPORTERS_TEXT_H

#include "importers/importer.h"

/* Makes a document of `bytes`, which must outlive it. */
int text_document(struct document **out, struct arena *arena, struct str bytes,
                  const struct import_options *options, struct err *err);

#endif
