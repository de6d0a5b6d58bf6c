#include "importers/html_open.h"

#include <string.h>

/* The place of an element on the stack, 0: it is not there. */
static int place_of(const struct scan *s, uint32_t id)
{
    for (int i = s->depth; i > 0; i--)
        if (s->open[i - 1].id == id)
            return i;
    return 0;
}

static int active_of(const struct scan *s, uint32_t id)
{
    for (int i = s->active_count; i > 0; i--)
        if (s->active[i - 1].tag && s->active[i - 1].id == id)
            return i;
    return 0;
}

/* The last one with that tag behind the last marker, 0: there is none. */
static int last_active(const struct scan *s, const struct html_tag *tag)
{
    for (int i = s->active_count; i > 0 && s->active[i - 1].tag; i--)
        if (s->active[i - 1].tag == tag)
            return i;
    return 0;
}

static void deactivate(struct scan *s, int i)
{
    s->active_count--;
    memmove(s->active + i - 1, s->active + i,
            (size_t)(s->active_count - i + 1) * sizeof *s->active);
}

static void activate(struct scan *s, int i, struct active active)
{
    memmove(s->active + i, s->active + i - 1,
            (size_t)(s->active_count - i + 1) * sizeof *s->active);
    s->active[i - 1] = active;
    s->active_count++;
}

bool scan_mark(struct scan *s)
{
    if (s->active_count == ACTIVE_MAX)
        return false;
    activate(s, s->active_count + 1, (struct active){0});
    return true;
}

void scan_unmark(struct scan *s)
{
    while (s->active_count > 0 && s->active[s->active_count - 1].tag)
        s->active_count--;
    s->active_count -= s->active_count > 0;
}

bool scan_reopen(struct scan *s)
{
    int i = s->active_count;
    s->steps += (uint64_t)i * (uint64_t)s->depth;
    while (i > 0 && s->active[i - 1].tag && !place_of(s, s->active[i - 1].id))
        i--;
    for (; i < s->active_count; i++) {
        struct active *active = &s->active[i];
        if (active->skipped)
            return false;
        scan_fill(s);
        active->id = ++s->ids;
        if (!scan_insert(s, s->depth + 1, (struct open){.tag = active->tag, .id = active->id}))
            return false;
    }
    return true;
}

/* Of four elements alike the first is no longer active: how alike, gumbo knows. */
bool scan_open_formatting(struct scan *s, const struct html_token *token, bool skipped)
{
    enum { ALIKE = 3 };
    bool a = !strcmp(token->tag->head, "a"), nobr = !strcmp(token->tag->head, "nobr");
    if (a && last_active(s, token->tag)) {
        if (!scan_end_formatting(s, token->tag) || last_active(s, token->tag))
            return false;
    }
    if (!scan_reopen(s))
        return false;
    if (nobr && scan_find(s, token->tag) &&
        (!scan_end_formatting(s, token->tag) || !scan_reopen(s)))
        return false;
    int alike = 0;
    for (int i = s->active_count; i > 0 && s->active[i - 1].tag; i--)
        alike += s->active[i - 1].tag == token->tag;
    if (alike >= ALIKE || s->active_count == ACTIVE_MAX || !scan_open(s, token, skipped))
        return false;
    activate(s, s->active_count + 1, (struct active){token->tag, s->ids, skipped});
    return true;
}

/* The standard's adoption agency, which moves the block in which formatting ends out of it. Where
 * nodes would move with it, or gumbo would stop half way, nothing is certain. */
static bool adopt(struct scan *s, int i, int place, int block)
{
    enum { GUMBO_STEPS = 3 };
    struct active moved = {s->active[i - 1].tag, ++s->ids, false};
    int bookmark = i;
    if (block - place - 1 > GUMBO_STEPS)
        return false;
    for (int at = place; at < block; at++)
        if (s->open[at - 1].nodes || s->open[at - 1].skipped)
            return false;
    for (int at = block - 1; at > place; at--) {
        int active = active_of(s, s->open[at - 1].id);
        if (active) {
            s->open[at - 1].id = s->active[active - 1].id = ++s->ids;
            bookmark = bookmark == i ? active + 1 : bookmark;
        } else {
            scan_remove(s, at);
            block--;
        }
    }
    deactivate(s, i);
    activate(s, bookmark - (i < bookmark), moved);
    scan_remove(s, place);
    block--;
    return scan_insert(s, block + 1, (struct open){.tag = moved.tag, .id = moved.id});
}

bool scan_end_formatting(struct scan *s, const struct html_tag *tag)
{
    enum { ROUNDS = 8 };
    for (int round = 0; round < ROUNDS; round++) {
        int i = last_active(s, tag);
        int place = i ? place_of(s, s->active[i - 1].id) : 0;
        if (!i)
            return true;
        if (!place) {
            deactivate(s, i);
            return true;
        }
        if (!scan_find(s, tag))
            return true;
        int block = place + 1;
        while (block <= s->depth && !scan_special(s->open[block - 1].tag))
            block++;
        if (block > s->depth) {
            while (s->depth >= place)
                scan_pop(s);
            deactivate(s, i);
            return true;
        }
        if (!adopt(s, i, place, block))
            return false;
    }
    return true;
}
