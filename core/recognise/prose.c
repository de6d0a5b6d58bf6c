#include "core/recognise/prose.h"

#include <string.h>

enum { WRAPPED = 20 }; /* a line shorter than this ends its paragraph, whatever it ends with */

/* Marks of pages between the lines: - 4 -, 第4页, P. 7, Page 8 - …. */
static bool is_page_mark(struct str flat)
{
    if (starts_any(flat, "Page|P.|第") && char_most(flat, 40) &&
        (str_starts(flat, STR("P")) || ends_any(flat, "页")))
        return flat.n > 2;
    for (size_t i = 0; i < flat.n; i++)
        if (!strchr("0123456789-/", flat.p[i]))
            return flat.n <= 12 && starts_any(flat, "—|–") && ends_any(flat, "—|–");
    return true;
}

/* The lines of section n: behind its heading up to the next heading or the report's end. */
static uint32_t section_end(const struct outline *o, int n)
{
    uint32_t end = o->end;
    for (int k = 1; k < 7; k++)
        if (o->heading[k] > o->heading[n] && o->heading[k] < end)
            end = o->heading[k];
    if (o->signed_by != NOWHERE && o->signed_by > o->heading[n] && o->signed_by < end &&
        o->dated != NOWHERE)
        end = o->signed_by;
    if (o->dated != NOWHERE && o->dated > o->heading[n] && o->dated < end)
        end = o->dated;
    return end;
}

static bool in_prose(const struct outline *o, uint32_t i)
{
    return o->lines[i].table == TABLE_NONE && !is_page_mark(o->lines[i].flat.text);
}

/* What stands behind the heading on its own line. */
static struct str behind_heading(const struct outline *o, int n)
{
    const struct line *line = &o->lines[o->heading[n]];
    return str_trim(flat_printed(&line->flat, o->after[n], line->flat.text.n));
}

static int add_section(const struct outline *o, int n, struct report *report)
{
    const struct line *heading = &o->lines[o->heading[n]];
    struct str rest = behind_heading(o, n);
    uint32_t end = section_end(o, n);
    size_t size = rest.n + 2, at = rest.n;
    for (uint32_t i = o->heading[n] + 1; i < end; i++)
        size += o->lines[i].text.n + 1;
    char *text = arena_alloc(report->arena, size);
    if (!text)
        return -1;
    memcpy(text, rest.p, rest.n);
    for (uint32_t i = o->heading[n] + 1; i < end; i++) {
        if (!in_prose(o, i))
            continue;
        if (at)
            text[at++] = '\n';
        memcpy(text + at, o->lines[i].text.p, o->lines[i].text.n);
        at += o->lines[i].text.n;
    }
    struct str head = rest.n ? flat_printed(&heading->flat, 0, o->after[n]) : heading->text;
    return report_section(report, (struct section){.number = n,
                                                   .line = heading->line,
                                                   .heading = head,
                                                   .text = {text, at}});
}

/* Whether a paragraph goes on in the next line: cut by a page's width, not ended. */
static bool goes_on(struct str flat)
{
    return !char_most(flat, WRAPPED - 1) && !ends_any(flat, "。|;|!|?|:|.|”");
}

/* The figures of lines [from, end), of which wrapped ones are put together. */
static int add_figures(const struct recogniser *recogniser, const struct outline *o, uint32_t from,
                       uint32_t end, int section, struct report *report)
{
    for (uint32_t i = from; i < end; i++) {
        if (!in_prose(o, i))
            continue;
        uint32_t last = i;
        size_t size = o->lines[i].text.n;
        while (last + 1 < end && in_prose(o, last + 1) && goes_on(o->lines[last].flat.text))
            size += o->lines[++last].text.n;
        struct flat paragraph = o->lines[i].flat;
        if (last > i) {
            char *text = arena_alloc(report->arena, size + 1);
            if (!text)
                return -1;
            size_t at = 0;
            for (uint32_t k = i; k <= last; k++) {
                memcpy(text + at, o->lines[k].text.p, o->lines[k].text.n);
                at += o->lines[k].text.n;
            }
            if (flatten(recogniser->simple, report->arena, (struct str){text, at}, &paragraph) < 0)
                return -1;
        }
        if (prose_figures(recogniser->measures, &paragraph, section, o->lines[i].line, report) < 0)
            return -1;
        i = last;
    }
    return 0;
}

int prose_read(const struct recogniser *recogniser, const struct document *doc,
               const struct tables_seen *seen, const struct outline *o, struct report *report,
               struct err *err)
{
    (void)doc, (void)seen;
    for (int n = 1; n < 7; n++) {
        if (o->heading[n] == NOWHERE || o->heading[n] >= o->end)
            continue;
        struct flat rest;
        if (add_section(o, n, report) < 0 ||
            flatten(recogniser->simple, report->arena, behind_heading(o, n), &rest) < 0 ||
            prose_figures(recogniser->measures, &rest, n, o->lines[o->heading[n]].line, report) <
                0 ||
            add_figures(recogniser, o, o->heading[n] + 1, section_end(o, n), n,
                        report) < 0)
            return err_memory(err);
    }
    return 0;
}
