#include "core/model/report.h"

#include <stdlib.h>
#include <string.h>

struct report *report_new(struct arena *arena)
{
    struct report *report = arena_alloc(arena, sizeof *report);
    if (report) {
        report->arena = arena;
        report->line = 1;
    }
    return report;
}

/* Copies the strings at `count` places of an item, whose views lead elsewhere. */
static bool own(struct arena *arena, struct str *const *strings, int count)
{
    for (int i = 0; i < count; i++) {
        if (!strings[i]->p)
            continue;
        *strings[i] = arena_copy(arena, *strings[i]);
        if (!strings[i]->p)
            return false;
    }
    return true;
}
#define OWN(arena, ...)                                                                            \
    own(arena, (struct str *const[]){__VA_ARGS__},                                                 \
        (int)(sizeof((struct str *const[]){__VA_ARGS__}) / sizeof(struct str *)))

static void *copy_list(struct arena *arena, const void *list, uint32_t count, size_t size)
{
    void *copy = arena_array(arena, count ? count : 1, size);
    if (copy && count)
        memcpy(copy, list, count * size);
    return copy;
}

struct report *report_copy(const struct report *report, struct arena *arena)
{
    struct report *copy = copy_list(arena, report, 1, sizeof *report);
    if (!copy)
        return NULL;
    copy->arena = arena;
    copy->fact_capacity = copy->fact_count;
    copy->section_capacity = copy->section_count;
    copy->figure_capacity = copy->figure_count;
    copy->remark_capacity = copy->remark_count;
    copy->facts = copy_list(arena, report->facts, report->fact_count, sizeof *report->facts);
    copy->sections =
        copy_list(arena, report->sections, report->section_count, sizeof *report->sections);
    copy->figures =
        copy_list(arena, report->figures, report->figure_count, sizeof *report->figures);
    copy->remarks =
        copy_list(arena, report->remarks, report->remark_count, sizeof *report->remarks);
    bool well = copy->facts && copy->sections && copy->figures && copy->remarks &&
                OWN(arena, &copy->agency, &copy->place, &copy->division, &copy->title,
                    &copy->dated, &copy->period_from, &copy->period_to);
    for (uint32_t i = 0; well && i < copy->fact_count; i++)
        well = OWN(arena, &copy->facts[i].text, &copy->facts[i].note);
    for (uint32_t i = 0; well && i < copy->section_count; i++)
        well = OWN(arena, &copy->sections[i].heading, &copy->sections[i].text);
    for (uint32_t i = 0; well && i < copy->figure_count; i++)
        well = OWN(arena, &copy->figures[i].unit, &copy->figures[i].sentence,
                   &copy->figures[i].measure);
    for (uint32_t i = 0; well && i < copy->remark_count; i++)
        well = OWN(arena, &copy->remarks[i].detail);
    return well ? copy : NULL;
}

#define APPEND(report, list, name, item)                                                           \
    (arena_grow((report)->arena, &(report)->list, (report)->name##_count,                          \
                &(report)->name##_capacity, sizeof *(report)->list) < 0                            \
         ? -1                                                                                      \
         : ((report)->list[(report)->name##_count++] = (item), 0))

int report_fact(struct report *report, struct fact fact)
{
    return APPEND(report, facts, fact, fact);
}

int report_section(struct report *report, struct section section)
{
    return APPEND(report, sections, section, section);
}

int report_figure(struct report *report, struct prose_figure figure)
{
    return APPEND(report, figures, figure, figure);
}

int report_remark(struct report *report, struct remark remark)
{
    return APPEND(report, remarks, remark, remark);
}

static int by_cell(const void *a, const void *b)
{
    const struct fact *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

uint32_t report_sort(struct report *report)
{
    if (report->fact_count == 0)
        return 0;
    uint32_t in_order = 1;
    while (in_order < report->fact_count &&
           by_cell(&report->facts[in_order - 1], &report->facts[in_order]) <= 0)
        in_order++;
    if (in_order < report->fact_count)
        qsort(report->facts, report->fact_count, sizeof *report->facts, by_cell);
    uint32_t kept = 0, twice = 0;
    for (uint32_t i = 0; i < report->fact_count; i++) {
        if (kept && report->facts[kept - 1].cell == report->facts[i].cell)
            twice++;
        else
            report->facts[kept++] = report->facts[i];
    }
    report->fact_count = kept;
    return twice;
}

const struct fact *report_find(const struct report *report, uint16_t cell)
{
    uint32_t low = 0, high = report->fact_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (report->facts[middle].cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    return low < report->fact_count && report->facts[low].cell == cell ? &report->facts[low] : NULL;
}
