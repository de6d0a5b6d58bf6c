/* gzip_out.h - packs what is written to it as gzip: no name, no time, so the same bytes always
 * give the same file. */
#ifndef GONGKAI_TEXT_GZIP_OUT_H
#define GONGKAI_TEXT_GZIP_OUT_H

#include "core/base/sink.h"

struct gzip_out;

/* Begins a gzip stream that goes to `sink`. */
int gzip_out_open(struct gzip_out **out, struct sink sink, struct err *err);

/* Where the bytes to pack go. */
struct sink gzip_out_sink(struct gzip_out *gzip);

/* Writes the rest and frees it, also on failure. */
int gzip_out_close(struct gzip_out *gzip, struct err *err);

/* Frees it (may be NULL) without writing the rest. */
void gzip_out_abandon(struct gzip_out *gzip);

#endif
