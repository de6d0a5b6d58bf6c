/* columns.h - which column each figure of a run stands in: by the printed header and the place
 * below it where the structure is certain, else by count. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_COLUMNS_H
#define GONGKAI_RECOGNISE_COLUMNS_H

#include "core/recognise/runs.h"

/* What a place holds when no atom does. */
#define PLACE_BLANK UINT32_MAX
#define PLACE_UNKNOWN (UINT32_MAX - 1)
#define PLACE_UNSTATED (UINT32_MAX - 2)

enum { PLACES_MAX = 16 };

/* A cell of the form and the atom that was printed there; PLACE_BLANK: nothing was; PLACE_UNKNOWN:
 * what was cannot be told; PLACE_UNSTATED: nothing was seen there, which proves nothing. */
struct placed {
    uint16_t cell;
    uint32_t atom;
};

/* The header above figures, as far as it was read. `x` is where a column begins in grid `block`,
 * UINT32_MAX: not seen. `order` lists the columns as they were printed. */
struct header {
    uint32_t block, x[PLACES_MAX], end[PLACES_MAX];
    uint8_t order[PLACES_MAX];
    uint32_t count;
    struct str unit; /* of money */
    struct str name; /* of the column of totals, where table 1 has one of several */
    uint32_t width;  /* where the last column ends, one that is none of the form included */
};

struct columns {
    const struct runs *runs;
    const struct labels *labels;
    struct header header[TABLE_COUNT];
    int second_form; /* the form of table 2 by all its labels, as an index of the catalog; -1 */
    uint32_t scanned; /* rows before this one were looked through for the header of table 1 */
    uint32_t centre[PLACES_MAX]; /* of the columns of table 3 in text lines, times 2 */
    bool centred;
    bool total_blank; /* table 3 fills 总计 on some rows only */
    bool totals_rare; /* most of its rows have six figures */
    bool pads_left;   /* rows of table 3 in grids have empty cells before their figures */
};

/* What came of placing a run. */
enum placing {
    PLACING_FAILED,  /* more or fewer figures than places, and nothing tells which */
    PLACING_CERTAIN,
    PLACING_BY_PLACE,  /* by the place on the line */
    PLACING_BY_TOTAL,  /* by the row's total */
    PLACING_BY_PATTERN, /* the last column is left blank on most rows */
    PLACING_BY_COLUMN,  /* table 1 has several columns, of which this one is the total */
};

/* Reads the header before a run of table 2 or 3, if there is one (headers.c). */
void headers_read(struct columns *columns, const struct run *run);
void header_forget(struct header *header);

/* Looks at all runs of tables 2 and 3 for what they agree on. */
void columns_begin(struct columns *columns, const struct runs *runs);

/* Places the figures of a run of table 1, 2 or 3; `places` says how many cells `out` got. Runs
 * are to be given in order. */
enum placing columns_place(struct columns *columns, const struct run *run,
                           struct placed out[PLACES_MAX], uint32_t *places);

/* The same for table 4, whose runs may hold several blocks. `blocks` remembers what came before. */
struct blocks {
    int last;      /* the block named last, -1: none */
    uint8_t order[3];
    uint32_t count; /* blocks named since the last figures */
    uint32_t done;  /* bits of blocks that have figures */
};
enum placing table_4_place(const struct columns *columns, struct blocks *blocks,
                           const struct run *run, struct placed out[PLACES_MAX],
                           uint32_t *places);

#endif
