#include "importers/csv_packing.h"

int csv_pack_other(struct csv_packer *packer, uint32_t report, enum csv_other kind,
                   struct str bytes, struct err *err)
{
    struct pile *pile = &packer->pile;
    for (bool last = false; !last;) {
        last = bytes.n <= CSV_PART_BYTES;
        struct str part = str_slice(bytes, 0, CSV_PART_BYTES);
        if (pile_room(pile, report, 2 * CSV_NUMBER_BYTES + part.n, err) < 0)
            return -1;
        if (pile->fresh) { /* the cells behind it are told from nothing too */
            packer->cell = packer->line = 0;
            pile->fresh = false;
        }
        uint32_t other = last ? kind : CSV_OTHER_PART;
        pile->at = csv_put_number(pile->at, other << 2 | CSV_ENTRY_OTHER);
        pile->at = csv_put_number(pile->at, (uint32_t)part.n);
        if (part.n > 0)
            memcpy(pile->at, part.p, part.n);
        pile->at += part.n;
        bytes = str_skip(bytes, part.n);
    }
    return 0;
}

int csv_pack_long(struct csv_packer *packer, uint32_t report, uint32_t cell, uint32_t line,
                  struct str value, struct err *err)
{
    for (; value.n > CSV_PART_BYTES; value = str_skip(value, CSV_PART_BYTES))
        if (csv_pack_other(packer, report, CSV_OTHER_PART, str_slice(value, 0, CSV_PART_BYTES),
                           err) < 0)
            return -1;
    return csv_pack(packer, report, cell, line, value, err);
}
