#include "core/recognise/form.h"

#include <string.h>

static bool is_printed(const struct fact *fact)
{
    return fact->state == STATE_VALUE || fact->state == STATE_TEXT;
}

/* The cells that are stated, as bits: where `blanks` is not set, those with something printed. */
static uint32_t cells_stated(const struct report *report, bool blanks,
                             uint64_t stated[CATALOG_CELLS / 64])
{
    uint32_t count = 0;
    memset(stated, 0, CATALOG_CELLS / 8);
    for (uint32_t i = 0; i < report->fact_count; i++) {
        uint16_t cell = report->facts[i].cell;
        if (!blanks && !is_printed(&report->facts[i]))
            continue;
        stated[cell / 64] |= UINT64_C(1) << cell % 64;
        count++;
    }
    return count;
}

/* The form most of whose own cells are stated: those that no other form has. Where the cells stand
 * in several forms alike, the one of the year that is declared for them. */
static int form_of(const struct labels *labels, const struct document *doc,
                   const struct report *report, bool *mixed)
{
    uint64_t stated[CATALOG_CELLS / 64];
    uint32_t own[CATALOG_FORMS] = {0}, any[CATALOG_FORMS] = {0};
    int best = -1;
    const struct catalog *catalog = labels->catalog;
    const struct form *due = catalog_form_for(catalog, doc->declared.year);
    uint32_t forms = catalog->form_count, with_own = 0;
    if (!document_declares(doc) || cells_stated(report, false, stated) == 0)
        cells_stated(report, true, stated);
    for (uint32_t f = 0; f < forms; f++)
        for (uint32_t i = 0; i < CATALOG_CELLS / 64; i++) {
            own[f] += bits(stated[i] & labels->form[f].own[i]);
            any[f] += bits(stated[i] & labels->form[f].cells[i]);
        }
    for (uint32_t f = 0; f < forms; f++) {
        with_own += own[f] > 0;
        bool alike = best >= 0 && own[f] == own[best] && any[f] == any[best];
        if (best < 0 || own[f] > own[best] || (own[f] == own[best] && any[f] > any[best]) ||
            (alike && due == &catalog->forms[f]))
            best = (int)f;
    }
    *mixed = with_own > 1;
    return best;
}

/* A CSV of several years has the columns of several forms: those that are not the report's own are
 * left blank, or say that they do not apply, and state nothing. */
static void drop_other_forms(const struct labels *labels, struct report *report, int form)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < report->fact_count; i++) {
        const struct fact *fact = &report->facts[i];
        if (is_printed(fact) || (labels->cell_forms[fact->cell] >> form & 1))
            report->facts[kept++] = *fact;
    }
    report->fact_count = kept;
}

int form_settle(const struct labels *labels, const struct document *doc, struct report *report,
                bool *mixed)
{
    int form = form_of(labels, doc, report, mixed);
    if (form < 0)
        return form;
    report->form = labels->catalog->forms[form].year;
    if (document_declares(doc))
        drop_other_forms(labels, report, form);
    return form;
}
