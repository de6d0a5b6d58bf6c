/* Names and titles that were taken apart before, for this document or another one. */
#include "core/recognise/identity.h"
#include "core/recognise/lexicon.h"

/* A name as of a year. */
struct word_name {
    struct word_name *next;
    int year;
    struct agency_name name;
};

int name_read(const struct identity *identity, struct arena *arena, struct str name, int year,
              struct agency_name *out)
{
    struct word *word = lexicon_word(identity->lexicon, name);
    struct word_name *known = word ? word->names : NULL;
    while (known && known->year != year)
        known = known->next;
    if (!known && word && (known = arena_alloc(lexicon_arena(identity->lexicon), sizeof *known))) {
        known->year = year;
        known->next = word->names;
        if (agency_name_read(identity->gazetteer, identity->kinds,
                             lexicon_arena(identity->lexicon), word->text, year, &known->name) == 0)
            word->names = known;
        else
            known = NULL; /* the lexicon is full */
    }
    if (!known)
        return agency_name_read(identity->gazetteer, identity->kinds, arena, name, year, out);
    *out = known->name;
    return 0;
}

int claim_from_title(const struct identity *identity, struct arena *arena, struct str printed,
                     struct claim *out)
{
    struct word *word = lexicon_word(identity->lexicon, printed);
    if (word && !word->title) {
        struct arena *kept = lexicon_arena(identity->lexicon);
        struct claim *claim = arena_alloc(kept, sizeof *claim);
        if (claim && title_read(identity, kept, word->text, claim) == 0)
            word->title = claim;
    }
    if (!word || !word->title)
        return title_read(identity, arena, printed, out);
    *out = *word->title;
    return 0;
}
