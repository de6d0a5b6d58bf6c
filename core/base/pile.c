#include "core/base/pile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A piece in memory: `n` bytes at `at`. */
struct piece {
    uint32_t number, at, n;
};

/* What goes before a piece in the file. */
struct head {
    uint32_t number, n;
};

enum {
    FIRST_BYTES = 64 * 1024,
    FIRST_PIECES = 1024,
    DIGIT_BITS = 11, /* pieces are sorted by three digits of their number */
    DIGITS = 1 << DIGIT_BITS,
    RUN_BYTES = PILE_PIECE + (int)sizeof(struct head),
    RUNS_MOST = 16 * 1024,
};

/* Sorted pieces in the file from `at` to `end`; `held` holds some of them, from `from` to `to`. */
struct run {
    uint64_t at, end;
    char *held;
    size_t from, to;
};

struct pile_parts {
    size_t bytes_most, pieces_most;
    char *bytes;
    size_t used, size; /* of the bytes: before the piece at hand; there are */
    struct piece *pieces, *other; /* other: to sort them into */
    size_t count, capacity, other_capacity;
    FILE *file;
    uint64_t written;
    struct run *runs;
    size_t run_count, run_next; /* the one whose piece was handed out last */
    size_t next;                /* to be handed back from memory */
};

int pile_new(struct pile *pile, size_t bytes, size_t pieces, struct err *err)
{
    struct pile_parts *parts = calloc(1, sizeof *parts);
    if (!parts)
        return err_refused(err);
    parts->bytes_most = bytes > PILE_PIECE ? bytes : bytes ? PILE_PIECE : PILE_BYTES;
    parts->pieces_most = pieces ? pieces : PILE_PIECES;
    *pile = (struct pile){.parts = parts};
    return 0;
}

void pile_free(struct pile *pile)
{
    struct pile_parts *p = pile->parts;
    if (!p)
        return;
    for (size_t i = 0; i < p->run_count; i++)
        free(p->runs[i].held);
    if (p->file)
        fclose(p->file);
    free(p->runs);
    free(p->bytes);
    free(p->pieces);
    free(p->other);
    free(p);
    *pile = (struct pile){0};
}

/* Writing ---------------------------------------------------------------------------------------- */

/* Takes what was written into the piece at hand. */
static void close_piece(struct pile *pile)
{
    struct pile_parts *p = pile->parts;
    if (!pile->end)
        return;
    struct piece *piece = &p->pieces[p->count - 1];
    piece->n = (uint32_t)((size_t)(pile->at - p->bytes) - p->used);
    p->used += piece->n;
    p->count -= piece->n == 0;
    pile->at = pile->end = NULL;
}

static bool is_sorted(const struct pile_parts *p)
{
    for (size_t i = 1; i < p->count; i++)
        if (p->pieces[i].number < p->pieces[i - 1].number)
            return false;
    return true;
}

/* Sorts the pieces by number, those of one number as they came. */
static int sort(struct pile_parts *p, struct err *err)
{
    if (is_sorted(p))
        return 0;
    if (p->other_capacity < p->count) {
        free(p->other);
        p->other_capacity = 0;
        p->other = malloc(p->count * sizeof *p->other);
        if (!p->other)
            return err_refused(err);
        p->other_capacity = p->count;
    }
    for (int shift = 0; shift < 32; shift += DIGIT_BITS) {
        uint32_t before[DIGITS + 1] = {0};
        for (size_t i = 0; i < p->count; i++)
            before[(p->pieces[i].number >> shift & (DIGITS - 1)) + 1]++;
        if (before[1] == p->count)
            continue; /* no number is that large */
        for (int i = 0; i < DIGITS; i++)
            before[i + 1] += before[i];
        for (size_t i = 0; i < p->count; i++)
            p->other[before[p->pieces[i].number >> shift & (DIGITS - 1)]++] = p->pieces[i];
        struct piece *sorted = p->other;
        size_t capacity = p->other_capacity;
        p->other = p->pieces;
        p->other_capacity = p->capacity;
        p->pieces = sorted;
        p->capacity = capacity;
    }
    return 0;
}

static int unwritable(struct err *err)
{
    return err_set(err, ERR_SYSTEM, "a temporary file cannot be written; free some space in "
                                    "$TMPDIR");
}

/* Writes the pieces, many of which are short, by the block. */
static int write_pieces(struct pile_parts *p)
{
    char block[4 * RUN_BYTES];
    size_t n = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct head head = {p->pieces[i].number, p->pieces[i].n};
        if (n + sizeof head + head.n > sizeof block) {
            if (fwrite(block, 1, n, p->file) != n)
                return -1;
            n = 0;
        }
        memcpy(block + n, &head, sizeof head);
        memcpy(block + n + sizeof head, p->bytes + p->pieces[i].at, head.n);
        n += sizeof head + head.n;
        p->written += sizeof head + head.n;
    }
    return fwrite(block, 1, n, p->file) == n ? 0 : -1;
}

/* Puts all pieces that are held into the file, as a run. */
static int spill(struct pile_parts *p, struct err *err)
{
    if (p->count == 0)
        return 0;
    if (!p->file && !(p->file = tmpfile()))
        return err_set(err, ERR_SYSTEM, "no temporary file can be made; check $TMPDIR and the disk");
    if (p->run_count == RUNS_MOST)
        return err_reject(err, "too-large", 0, "the input is too large to be kept");
    struct run *runs = realloc(p->runs, (p->run_count + 1) * sizeof *runs);
    if (!runs)
        return err_refused(err);
    p->runs = runs;
    if (sort(p, err) < 0)
        return -1;
    runs[p->run_count++] = (struct run){.at = p->written};
    if (write_pieces(p) < 0)
        return unwritable(err);
    runs[p->run_count - 1].end = p->written;
    p->count = 0;
    p->used = 0;
    return 0;
}

/* Room for one more piece of any size, and for its record. */
static int make_room(struct pile_parts *p, struct err *err)
{
    if ((p->used + PILE_PIECE > p->bytes_most || p->count == p->pieces_most) && spill(p, err) < 0)
        return -1;
    if (p->used + PILE_PIECE > p->size) {
        size_t wider = p->size ? p->size * 2 : FIRST_BYTES;
        wider = wider < p->bytes_most ? wider : p->bytes_most;
        char *bytes = realloc(p->bytes, wider);
        if (!bytes)
            return err_refused(err);
        p->bytes = bytes;
        p->size = wider;
    }
    if (p->count == p->capacity) {
        size_t wider = p->capacity ? p->capacity * 2 : FIRST_PIECES;
        struct piece *pieces = realloc(p->pieces, wider * sizeof *pieces);
        if (!pieces)
            return err_refused(err);
        p->pieces = pieces;
        p->capacity = wider;
    }
    return 0;
}

int pile_begin(struct pile *pile, uint32_t number, struct err *err)
{
    struct pile_parts *p = pile->parts;
    close_piece(pile);
    if (make_room(p, err) < 0)
        return -1;
    p->pieces[p->count++] = (struct piece){.number = number, .at = (uint32_t)p->used};
    pile->at = p->bytes + p->used;
    pile->end = pile->at + PILE_PIECE;
    pile->number = number;
    pile->fresh = true;
    return 0;
}

/* Handing back ----------------------------------------------------------------------------------- */

/* More of a run in memory, until its next piece is whole there. */
static int load(struct pile_parts *p, struct run *run, struct err *err)
{
    struct head head;
    for (;;) {
        size_t have = run->to - run->from;
        if (have >= sizeof head) {
            memcpy(&head, run->held + run->from, sizeof head);
            if (have >= sizeof head + head.n)
                return 0;
        } else if (have == 0 && run->at == run->end) {
            return 0;
        }
        memmove(run->held, run->held + run->from, have);
        run->from = 0;
        run->to = have;
        uint64_t left = run->end - run->at;
        size_t room = RUN_BYTES - have, want = left < room ? (size_t)left : room;
        ssize_t got = want ? pread(fileno(p->file), run->held + have, want, (off_t)run->at) : 0;
        if (got <= 0)
            return err_set(err, ERR_SYSTEM, "a temporary file cannot be read again");
        run->at += (uint64_t)got;
        run->to += (size_t)got;
    }
}

int pile_back(struct pile *pile, struct err *err)
{
    struct pile_parts *p = pile->parts;
    close_piece(pile);
    if (p->run_count == 0)
        return sort(p, err);
    if (spill(p, err) < 0)
        return -1;
    if (fflush(p->file) != 0)
        return unwritable(err);
    free(p->bytes);
    free(p->pieces);
    free(p->other);
    p->bytes = NULL;
    p->pieces = p->other = NULL;
    p->size = p->capacity = p->other_capacity = 0;
    for (size_t i = 0; i < p->run_count; i++) {
        p->runs[i].held = malloc(RUN_BYTES);
        if (!p->runs[i].held)
            return err_refused(err);
        if (load(p, &p->runs[i], err) < 0)
            return -1;
    }
    p->run_next = p->run_count;
    return 0;
}

/* The first of the runs whose next piece has the least number; run_count when all are at their end. */
static size_t least(const struct pile_parts *p, struct head *head)
{
    size_t best = p->run_count;
    for (size_t i = 0; i < p->run_count; i++) {
        const struct run *run = &p->runs[i];
        struct head next;
        if (run->from == run->to)
            continue;
        memcpy(&next, run->held + run->from, sizeof next);
        if (best == p->run_count || next.number < head->number) {
            best = i;
            *head = next;
        }
    }
    return best;
}

int pile_next(struct pile *pile, uint32_t *number, struct str *bytes, struct err *err)
{
    struct pile_parts *p = pile->parts;
    if (p->run_count == 0) {
        if (p->next == p->count)
            return 0;
        const struct piece *piece = &p->pieces[p->next++];
        *number = piece->number;
        *bytes = (struct str){p->bytes + piece->at, piece->n};
        return 1;
    }
    struct head head = {0};
    if (p->run_next < p->run_count && load(p, &p->runs[p->run_next], err) < 0)
        return -1;
    p->run_next = least(p, &head);
    if (p->run_next == p->run_count)
        return 0;
    struct run *run = &p->runs[p->run_next];
    *number = head.number;
    *bytes = (struct str){run->held + run->from + sizeof head, head.n};
    run->from += sizeof head + head.n;
    return 1;
}
