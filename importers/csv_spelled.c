#include "importers/csv_spelled.h"

#include <stdlib.h>
#include <xxhash.h>

enum { FIRST_SLOTS = 1024 };

void csv_spelled_free(struct csv_spelled *spelled)
{
    free(spelled->slots);
    *spelled = (struct csv_spelled){0};
}

static struct csv_slot hash_of(enum csv_spelling kind, struct str text)
{
    XXH128_hash_t hash = XXH3_128bits_withSeed(text.n ? text.p : "", text.n, kind);
    return (struct csv_slot){.low = hash.low64, .high = (uint32_t)hash.high64};
}

/* Its slot, or the free one where it belongs. */
static struct csv_slot *slot_of(const struct csv_spelled *s, const struct csv_slot *want)
{
    size_t mask = s->count - 1, i = want->low & mask;
    while (s->slots[i].report && (s->slots[i].low != want->low || s->slots[i].high != want->high))
        i = (i + 1) & mask;
    return &s->slots[i];
}

bool csv_spelled_find(const struct csv_spelled *s, enum csv_spelling kind, struct str text,
                      uint32_t *report)
{
    if (s->count == 0)
        return false;
    struct csv_slot want = hash_of(kind, text);
    const struct csv_slot *slot = slot_of(s, &want);
    if (!slot->report)
        return false;
    *report = slot->report - 1;
    return true;
}

static int grow(struct csv_spelled *s, struct err *err)
{
    if (s->used * 3 < s->count * 2)
        return 0;
    struct csv_spelled wider = {.count = s->count ? s->count * 2 : FIRST_SLOTS, .used = s->used};
    wider.slots = calloc(wider.count, sizeof *wider.slots);
    if (!wider.slots)
        return err_refused(err);
    for (size_t i = 0; i < s->count; i++)
        if (s->slots[i].report)
            *slot_of(&wider, &s->slots[i]) = s->slots[i];
    free(s->slots);
    *s = wider;
    return 0;
}

int csv_spelled_put(struct csv_spelled *s, enum csv_spelling kind, struct str text,
                    uint32_t report, struct err *err)
{
    struct csv_slot slot = hash_of(kind, text);
    if (grow(s, err) < 0)
        return -1;
    slot.report = report + 1;
    *slot_of(s, &slot) = slot;
    s->used++;
    return 0;
}
