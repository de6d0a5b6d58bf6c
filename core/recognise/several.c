/* several.c - several reports in one file, one below the other: only one of them is read, so that
 * the tables of two never mix. */
#include "core/recognise/several.h"

#include "core/recognise/identity.h"
#include "core/recognise/words.h"

enum { TITLE_MIN = 20, TITLE_MAX = 240, SHORT = 150 };

/* Rows that stand once in a report, as bits: those of them that a text or cell begins. */
static unsigned rows_in(struct str text)
{
    static const char *const rows[] = {"行政许可", "行政处罚", "行政强制", "上年结转", "结转下年",
                                       "未经复议", "复议后起诉", "收到申请数", "申请办结数"};
    unsigned found = 0;
    if (text.n > SHORT || str_has(text, STR("。")))
        return 0;
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++)
        found |= str_has(text, str_from(rows[i])) ? 1u << i : 0;
    return found;
}

static unsigned rows_of(const struct block *block)
{
    unsigned found = 0;
    if (block->kind == BLOCK_PARAGRAPH)
        return rows_in(block->text);
    for (uint32_t i = 0; i < block->grid.count; i++)
        found |= rows_in(block->grid.cells[i].text);
    return found;
}

/* Reads a line that is a title and nothing else; claim->report is false for every other. */
static int title_of(const struct identity *identity, const struct block *block,
                    struct arena *arena, struct claim *claim)
{
    static _Thread_local struct words stops = WORDS("。|；|，|：|>|《");
    static _Thread_local struct words topics = WORDS("公开|公開");
    static _Thread_local struct words endings = WORDS("报告|報告|年报|年報");
    struct str text = str_trim(block->text);
    *claim = (struct claim){0};
    if (block->kind != BLOCK_PARAGRAPH || text.n < TITLE_MIN || text.n > TITLE_MAX ||
        !words_end(&endings, text) || words_in(&stops, text) || !words_in(&topics, text))
        return 0;
    if (claim_from_title(identity, arena, text, claim) < 0)
        return -1;
    claim->line = block->line;
    claim->report = claim->report && claim->topic && !claim->tail && claim->year;
    return 0;
}

/* How many titles there are, two being as good as more; -1: memory ran out. */
static int titles_in(const struct identity *identity, const struct document *doc,
                     struct arena *arena)
{
    int titles = 0;
    struct claim claim;
    for (uint32_t i = 0; i < doc->count && titles < 2; i++) {
        if (title_of(identity, &doc->blocks[i], arena, &claim) < 0)
            return -1;
        titles += claim.report;
    }
    return titles;
}

static bool is_other(const struct identity *identity, struct arena *arena,
                     const struct claim *a, const struct claim *b)
{
    struct agency_name x, y;
    if (a->year != b->year)
        return true;
    if (!a->agency.n || !b->agency.n)
        return false;
    if (agencies_contradict(identity, arena, a->agency, b->agency, a->year))
        return true;
    /* a government and its office report each for themselves */
    return naming_of(identity, arena, a->agency, a->year, &x) != NAMING_NONE &&
           naming_of(identity, arena, b->agency, b->year, &y) != NAMING_NONE && x.kind != y.kind &&
           (x.kind == KIND_OFFICE || y.kind == KIND_OFFICE);
}

static unsigned rows_from(const struct document *doc, uint32_t first)
{
    unsigned found = 0;
    for (uint32_t i = first; i < doc->count; i++)
        found |= rows_of(&doc->blocks[i]);
    return found;
}

int several_part(const struct recogniser *recogniser, const struct document *doc,
                 const struct context *context, struct arena *arena, struct document *one,
                 struct str *left, uint32_t *line)
{
    const struct identity *identity = recogniser->identity;
    struct claim title = {0}, next;
    uint32_t begin = 0;
    unsigned rows = 0;
    *one = *doc;
    *left = (struct str){0};
    if (document_declares(doc))
        return 0;
    int titles = titles_in(identity, doc, arena);
    if (titles < 2)
        return titles < 0 ? -1 : 0;
    for (uint32_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        if (title_of(identity, block, arena, &next) < 0)
            return -1;
        if (!next.report) {
            rows |= title.report ? rows_of(block) : 0;
            continue;
        }
        if (!rows) {
            title = next;
            continue;
        }
        if (!is_other(identity, arena, &title, &next) || !(rows & rows_from(doc, i)))
            continue;
        *line = block->line;
        *left = str_trim(block->text);
        if (!context->year || title.year == context->year || next.year != context->year) {
            one->count = i - begin;
            return 0;
        }
        *line = title.line; /* the year asked for is that of a later one */
        begin = i;
        one->blocks = doc->blocks + i;
        one->count = doc->count - i;
        title = next;
        rows = 0;
    }
    return 0;
}
