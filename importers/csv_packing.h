/* csv_packing.h - the lines of many reports packed tightly into a pile, each report by its number:
 * whose it is, its cells, and why it is rejected. A cell of the value "0" on the line behind the
 * cell before it, which nine in ten are, takes one byte. */
#ifndef GONGKAI_IMPORTERS_CSV_PACKING_H
#define GONGKAI_IMPORTERS_CSV_PACKING_H

#include <string.h>

#include "core/base/pile.h"

/* An entry begins with a number of 7 bits a byte: what it is in the lowest two bits. Above them
 * stands for cells the length of the value + 1, 0 for the value "0"; else which of the others it is. */
enum csv_entry {
    CSV_ENTRY_OTHER,  /* then its length and its bytes */
    CSV_ENTRY_FAR,    /* a cell; then its differences in name and line from the one before */
    CSV_ENTRY_NEXT,   /* the next cell on the next line */
    CSV_ENTRY_BESIDE, /* the next cell on the same line */
};

enum csv_other {
    CSV_OTHER_PART,  /* the head of a long value, the rest of which is in the entry behind it */
    CSV_OTHER_WHOSE, /* the line and the four columns that name the report; always its first entry */
    CSV_OTHER_WHY,   /* a struct err */
};

enum {
    CSV_NUMBER_BYTES = 5,
    CSV_PART_BYTES = PILE_PIECE / 2, /* longer values are put in parts */
};

/* The pile, and the cell that was packed last, from which the next is told. */
struct csv_packer {
    struct pile pile;
    uint32_t cell, line;
};

static inline char *csv_put_number(char *to, uint32_t n)
{
    for (; n >= 0x80; n >>= 7)
        *to++ = (char)(n | 0x80);
    *to++ = (char)n;
    return to;
}

static inline const char *csv_get_number(const char *from, uint32_t *n)
{
    *n = 0;
    for (int shift = 0;; shift += 7) {
        unsigned char c = (unsigned char)*from++;
        *n |= (uint32_t)(c & 0x7F) << shift;
        if (c < 0x80)
            return from;
    }
}

/* Differences of either sign as small numbers: 0, -1, 1, -2 … */
static inline uint32_t csv_zigzag(uint32_t now, uint32_t before)
{
    uint32_t d = now - before;
    return d & UINT32_C(0x80000000) ? ~(d << 1) : d << 1;
}

static inline uint32_t csv_zagzig(uint32_t n, uint32_t before)
{
    return before + ((n >> 1) ^ (0u - (n & 1)));
}

/* Packs a value of any kind but a cell's. */
int csv_pack_other(struct csv_packer *packer, uint32_t report, enum csv_other kind,
                   struct str bytes, struct err *err);

/* Packs a cell whose value is longer than CSV_PART_BYTES. */
int csv_pack_long(struct csv_packer *packer, uint32_t report, uint32_t cell, uint32_t line,
                  struct str value, struct err *err);

/* Packs a cell. */
static inline int csv_pack(struct csv_packer *packer, uint32_t report, uint32_t cell,
                           uint32_t line, struct str value, struct err *err)
{
    struct pile *pile = &packer->pile;
    if (value.n > CSV_PART_BYTES)
        return csv_pack_long(packer, report, cell, line, value, err);
    if (pile_room(pile, report, 3 * CSV_NUMBER_BYTES + value.n, err) < 0)
        return -1;
    bool zero = value.n == 1 && value.p[0] == '0';
    uint32_t size = zero ? 0 : ((uint32_t)value.n + 1) << 2;
    char *to = pile->at;
    if (!pile->fresh && cell == packer->cell + 1 && line - packer->line < 2) {
        to = csv_put_number(to, size | (line == packer->line ? CSV_ENTRY_BESIDE : CSV_ENTRY_NEXT));
    } else {
        to = csv_put_number(to, size | CSV_ENTRY_FAR);
        to = csv_put_number(to, csv_zigzag(cell, pile->fresh ? 0 : packer->cell));
        to = csv_put_number(to, csv_zigzag(line, pile->fresh ? 0 : packer->line));
        pile->fresh = false;
    }
    if (!zero && value.n > 0) {
        memcpy(to, value.p, value.n);
        to += value.n;
    }
    pile->at = to;
    packer->cell = cell;
    packer->line = line;
    return 0;
}

/* An entry as it comes back; `value` is what the entry itself holds of it. */
struct csv_unpacked {
    bool is_cell;
    enum csv_other other; /* where it is none */
    uint32_t cell, line;  /* of the cell before until there is one */
    struct str value;
};

/* The next entry of a piece; moves `rest` behind it. `entry` keeps what the next one is told from:
 * zeroed at the begin of each piece. False at the end. */
static inline bool csv_unpack(struct str *rest, struct csv_unpacked *entry)
{
    const char *at = rest->p, *end = rest->p + rest->n;
    uint32_t tag, a, b;
    if (rest->n == 0)
        return false;
    at = csv_get_number(at, &tag);
    enum csv_entry kind = tag & 3;
    entry->is_cell = kind != CSV_ENTRY_OTHER;
    uint32_t size = tag >> 2;
    if (kind == CSV_ENTRY_OTHER) {
        entry->other = (enum csv_other)size;
        at = csv_get_number(at, &size);
        size++;
    } else if (kind == CSV_ENTRY_FAR) {
        at = csv_get_number(csv_get_number(at, &a), &b);
        entry->cell = csv_zagzig(a, entry->cell);
        entry->line = csv_zagzig(b, entry->line);
    } else {
        entry->cell++;
        entry->line += kind == CSV_ENTRY_NEXT;
    }
    entry->value = size ? (struct str){at, size - 1} : STR("0");
    at += size ? size - 1 : 0;
    *rest = (struct str){at, (size_t)(end - at)};
    return true;
}

#endif
