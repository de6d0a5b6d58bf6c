#include "core/model/report.h"

#include <stdlib.h>

struct report *report_new(struct arena *arena)
{
    struct report *report = arena_alloc(arena, sizeof *report);
    if (report) {
        report->arena = arena;
        report->line = 1;
    }
    return report;
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
