#include "core/recognise/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "core/text/hash.h"

enum {
    SLOTS = 1 << 14,
    ENTRIES_MOST = SLOTS / 2,
    BYTES_MOST = 6 << 20,
};

struct lexicon {
    struct arena arena;
    struct word *slot[SLOTS];
    uint32_t words;
};

int lexicon_new(struct lexicon **out, struct err *err)
{
    struct lexicon *lexicon = calloc(1, sizeof *lexicon);
    if (!lexicon)
        return err_refused(err);
    lexicon->arena = arena_new(BYTES_MOST);
    *out = lexicon;
    return 0;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    arena_free(&lexicon->arena);
    free(lexicon);
}

void lexicon_next(struct lexicon *lexicon)
{
    if (!lexicon || (lexicon->words < ENTRIES_MOST && lexicon->arena.held < BYTES_MOST / 2))
        return;
    memset(lexicon->slot, 0, sizeof lexicon->slot);
    lexicon->words = 0;
    arena_free(&lexicon->arena);
}

struct arena *lexicon_arena(struct lexicon *lexicon)
{
    return &lexicon->arena;
}

struct word *lexicon_word(struct lexicon *lexicon, struct str text)
{
    return text.n <= WORD_MOST ? lexicon_entry(lexicon, text) : NULL;
}

struct word *lexicon_entry(struct lexicon *lexicon, struct str text)
{
    if (!lexicon || text.n > WORDS_MOST || text.n == 0)
        return NULL;
    uint64_t hash = hash_text(text, 0);
    uint32_t at = (uint32_t)(hash % SLOTS);
    for (struct word *word; (word = lexicon->slot[at]) != NULL; at = (at + 1) % SLOTS)
        if (word->hash == hash && str_eq(word->text, text))
            return word;
    if (lexicon->words == SLOTS - SLOTS / 8) /* a document with very many different cells */
        return NULL;
    struct word *word = arena_alloc(&lexicon->arena, sizeof *word);
    if (!word)
        return NULL;
    word->text = arena_copy(&lexicon->arena, text);
    if (!word->text.p)
        return NULL;
    word->hash = hash;
    lexicon->slot[at] = word;
    lexicon->words++;
    return word;
}
