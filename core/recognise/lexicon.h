/* lexicon.h - what short texts are, remembered from one document to the next: nearly all cells and
 * headings of a report were printed in the one before, too. Everything kept follows from the text
 * alone, so that a document reads the same with it and without. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_LEXICON_H
#define GONGKAI_RECOGNISE_LEXICON_H

#include "core/recognise/flat.h"

struct claim;
struct label;
struct meaning;
struct word_name;

enum {
    WORD_MOST = 120,  /* bytes of a text that is remembered */
    WORDS_MOST = 480, /* of the folded words before a run */
};

/* What of a word is known so far. */
enum word_known {
    WORD_CELL = 1,     /* state, unit */
    WORD_FOLDED = 2,   /* key */
    WORD_HEADING = 4,  /* heading */
    WORD_PAGE = 8,     /* page_mark, prose */
    WORD_TOKEN = 16,   /* figure, note, glued */
    WORD_FLAT = 32,    /* flat */
    WORD_SECTION = 64, /* section, after */
    WORD_OFFICIAL = 128, /* official */
    WORD_PLAIN = 256,  /* plain_from, plain_n */
    WORD_RUN = 512,    /* label, label_n, label_back */
};

/* A text as it was printed. Whoever works something out about it keeps that here and sets its flag;
 * what is allocated is so in the lexicon's arena. */
struct word {
    struct str text;
    uint64_t hash;
    unsigned known;
    uint8_t state;               /* enum number_state of the cell */
    bool unit;                   /* a unit of counting alone */
    uint8_t plain_from, plain_n; /* the text without white space and marks of bold around it */
    bool page_mark, prose;       /* of the text as a line */
    bool figure, note;           /* of the text as a token of a line */
    uint8_t glued;               /* where a figure begins behind a label, 0: none does */
    uint8_t section, official;   /* the section it heads; as a cell of a table */
    uint8_t after;               /* where the heading ends in the flat text */
    uint16_t key_n;              /* more than KEY_MAX of atoms.c: longer than any label */
    const uint16_t *key;         /* the plain text, folded */
    const struct meaning *heading;
    const struct label *label;   /* that ends the folded words before a run (runs.c), */
    uint16_t label_n, label_back; /* how long it is, and how many atoms before the run it begins */
    struct flat flat;
    struct word_name *names;     /* taken apart as an agency's name (identity_name.c) */
    struct claim *title;         /* read as a title, NULL: not yet */
};

/* One thread's. */
struct lexicon;
int lexicon_new(struct lexicon **out, struct err *err);
void lexicon_free(struct lexicon *lexicon);

/* Between two documents: forgets everything when it has grown too large. NULL is allowed. */
void lexicon_next(struct lexicon *lexicon);

/* The entry of a text, NULL when it is too long to be remembered, the lexicon is NULL or memory ran
 * out. Good until lexicon_next. */
struct word *lexicon_word(struct lexicon *lexicon, struct str text);
/* The same of up to WORDS_MOST bytes of any kind. */
struct word *lexicon_entry(struct lexicon *lexicon, struct str bytes);
struct arena *lexicon_arena(struct lexicon *lexicon);

#endif
