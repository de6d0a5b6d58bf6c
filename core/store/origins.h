/* origins.h - the line of the source that every cell of a report stands on, packed into a blob that is
 * the same for all reports laid out alike: lines are counted from that of the first cell.
 *
 * Cells come in the order of their ids. For each line of the form (cell id >> 3) that states any,
 * one number is written: the difference between the source line of its first cell and that of the
 * cell before it (0 for the first of all), zigzag coded, times two; plus one when its cells stand on
 * different lines, and then the zigzag difference of each further cell to its neighbour follows.
 * Numbers are little-endian base 128. Where a row of the form is a line of the source, as it
 * mostly is, that is one byte a row; which cells there are stands in the presence set. */
#ifndef GONGKAI_STORE_ORIGINS_H
#define GONGKAI_STORE_ORIGINS_H

#include "core/base/buf.h"
#include "core/model/report.h"

/* Appends the lines of the facts, which are ordered by cell. */
void origins_encode(struct buf *out, const struct fact *facts, uint32_t count);

/* Fills lines[i] with the line of cells[i] (ascending ids: the presence set), the first of which stands
 * on `first_line`. -1 when the blob does not belong to these cells. */
int origins_decode(struct str blob, int64_t first_line, const uint16_t *cells, uint32_t count,
                   uint32_t *lines);

#endif
