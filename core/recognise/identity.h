/* identity.h - who reports on which year: what titles, sentences, signatures, file names and
 * folders claim, and how the claims are weighed. Private to this folder. */
#ifndef GONGKAI_RECOGNISE_IDENTITY_H
#define GONGKAI_RECOGNISE_IDENTITY_H

#include "core/model/agency_name.h"
#include "core/recognise/dates.h"
#include "core/recognise/outline.h"

/* Made once, then only read. */
struct identity {
    struct gazetteer *gazetteer;
    struct agency_kinds *kinds;
    const struct simple *simple; /* the recogniser's */
    struct lexicon *lexicon;     /* likewise; NULL: nothing is remembered */
};

/* How sure it is that words name an agency. */
enum naming {
    NAMING_NONE,
    NAMING_BARE,   /* by its ending alone: 审计局 */
    NAMING_PLACED, /* with a division before it, or a division itself: 常德市审计局, 宿迁市 */
};

/* What one statement claims. Empty and 0: nothing. */
struct claim {
    struct str agency; /* as printed, without white space */
    enum naming naming;
    int year;
    uint32_t line;
    bool topic;    /* it speaks of 信息公开 */
    bool report;   /* it calls itself a report */
    bool tail;     /* the agency stands behind the report: in a page's title that is the site */
    bool whole;    /* it speaks for a region: 全市 */
    bool periodic; /* of a quarter, a month or half a year */
};

/* Takes a name apart as agency_name_read does; what it points at may be the lexicon's. */
int name_read(const struct identity *identity, struct arena *arena, struct str name, int year,
              struct agency_name *out);

/* Whether printed words name an agency, and how they are taken apart. */
enum naming naming_of(const struct identity *identity, struct arena *arena, struct str words,
                      int year, struct agency_name *name);

/* Whether two names speak of different agencies. The office of a government writes for it. */
bool agencies_contradict(const struct identity *identity, struct arena *arena, struct str a,
                         struct str b, int year);

/* Whether words name a division that is not in the list: 测试市. */
bool looks_like_division(struct str words);

/* Reads the agency that stands in flat.text[from..to), with marks and other words around it, into
 * the claim. False when none does; 全市 alone sets claim->whole. */
bool agency_in(const struct identity *identity, struct arena *arena, const struct flat *flat,
               size_t from, size_t to, struct claim *claim);

/* Reads a title, a file name or a folder's name. -1 when memory ran out. `title_read` does so
 * without looking whether it is known. */
int title_read(const struct identity *identity, struct arena *arena, struct str printed,
               struct claim *out);
int claim_from_title(const struct identity *identity, struct arena *arena, struct str printed,
                     struct claim *out);

/* Finds the title above the body. `title` is its text as printed; empty when there is none. */
int claim_from_text(const struct identity *identity, const struct outline *outline,
                    struct arena *arena, struct claim *out, struct str *title);

/* From the sentences that say who made the report (由X编制, X根据《条例》), and the signature. */
int claim_from_sentences(const struct identity *identity, const struct outline *outline,
                         struct arena *arena, struct claim *out);
int claim_from_signature(const struct identity *identity, const struct outline *outline,
                         struct arena *arena, struct claim *out);

/* From the fields that a page puts above a report: 发布机构：X, 来源：X; and the date in one of them
 * (发布日期). */
int claim_from_fields(const struct identity *identity, const struct outline *outline,
                      struct arena *arena, struct claim *out);
bool date_from_fields(const struct outline *outline, struct date *out);

/* The period of the figures (统计期限), dates with a year of 0 when it is not told. */
void period_from_text(const struct outline *outline, struct date *from, struct date *to,
                      uint32_t *line);

/* The year that the prose speaks of when it never names `year` (0: the one it names most): 0 when
 * it does name it, or tells none. */
int year_of_prose(const struct outline *outline, int year, uint32_t *line);

/* From the file name; and from the folders, the nearest first. */
int claim_from_file_name(const struct identity *identity, struct arena *arena, struct str path,
                         struct claim *out);
int claim_from_folders(const struct identity *identity, struct arena *arena, struct str path,
                       struct claim *out);

/* The divisions found around the report, for those that its agency's name does not tell. Sets
 * report->place. `name` is the agency's, taken apart. */
int place_find(const struct identity *identity, const struct outline *outline,
               const struct document *doc, struct str path, const struct agency_name *name,
               struct report *report);

/* A remark when the folders of the path name another place than the agency. */
int place_contradicted(const struct identity *identity, struct str path,
                       const struct agency_name *name, struct report *report);

/* Adds a remark about two statements that contradict each other: "first ≠ second". */
int identity_remark(struct report *report, const char *rule, const char *topic, uint32_t line,
                    struct str first, struct str second);

#endif
