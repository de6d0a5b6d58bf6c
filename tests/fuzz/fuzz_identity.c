/* Titles, signatures, prose and paths: the first line is the source's path, the second the page's
 * title, the rest the text, a paragraph a line, in which lines with '|' are of a table. */
#include "core/recognise/identity.h"
#include "core/recognise/measure.h"
#include "core/text/encoding.h"
#include "tests/fuzz/read.h"

/* No cut inside a character. */
static void whole_characters(struct str s)
{
    fuzz_holds(s.n == 0 || ((unsigned char)s.p[0] & 0xC0) != 0x80);
}

static void look_at(const struct report *r, bool valid)
{
    fuzz_holds(r->agency.n > 0 && r->year >= YEAR_FIRST && r->year <= YEAR_LAST);
    fuzz_holds(r->scope != SCOPE_UNKNOWN);
    if (valid) {
        whole_characters(r->agency);
        whole_characters(r->place);
    }
    for (uint32_t i = 0; i < r->section_count; i++)
        fuzz_holds(r->sections[i].number >= 1 && r->sections[i].number <= 6);
    for (uint32_t i = 0; i < r->figure_count; i++) {
        fuzz_holds(r->figures[i].value >= 0 && r->figures[i].unit.n > 0);
        fuzz_holds(r->figures[i].sentence.n > 0);
        if (valid)
            whole_characters(r->figures[i].sentence);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* importers hand out nothing else, but nothing else may crash it */
    bool valid = encoding_utf8((struct str){(const char *)data, size}) == size;
    struct recogniser *recogniser = fuzz_tables()->recogniser;
    struct arena arena = arena_new(FUZZ_MEMORY);
    struct document *doc = document_new(&arena);
    struct str rest = arena_copy(&arena, (struct str){(const char *)data, size}), line = {0};
    struct context context = {.folder = STR("/湖南省")};
    fuzz_holds(doc && rest.p);
    str_line(&rest, &context.path);
    str_line(&rest, &doc->title);
    for (uint32_t n = 1; str_line(&rest, &line); n++)
        fuzz_holds(document_paragraph(doc, line, n) == 0);
    struct tables_seen seen = {.block_table = arena_array(&arena, doc->count + 1, 1)};
    for (uint32_t b = 0; b < doc->count; b++)
        if (str_has(doc->blocks[b].text, STR("|")))
            seen.block_table[b] = TABLE_3;
    seen.table[TABLE_3] = (struct table_seen){.labels = 20, .figures = 100, .read = true};
    struct report *report = report_new(&arena);
    struct outline o;
    struct err err = {0};
    fuzz_holds(outline_read(recogniser, doc, &seen, &arena, &o) == 0);
    if (refusal_check(recogniser, doc, &context, &seen, &o, &err) == 0 &&
        identity_read(recogniser, doc, &context, &seen, &o, NULL, report, &err) == 0 &&
        prose_read(recogniser, doc, &seen, &o, report, &err) == 0)
        look_at(report, valid);
    else
        fuzz_holds(err.kind == ERR_INPUT && err.english[0] && err.chinese[0]);
    arena_free(&arena);
    return 0;
}
