/* composite.h - a region's composite (汇总) for one year, read from the totals: the figures of the
 * official form, last year's beside them, what is missing and what is open. */
#ifndef GONGKAI_EXPORT_COMPOSITE_H
#define GONGKAI_EXPORT_COMPOSITE_H

#include "core/base/lang.h"
#include "core/export/layout.h"
#include "core/store/warehouse.h"

/* A total: its digits as they are to be shown (p NULL: no report states it), its value where it is
 * a whole number, and on how many reports it stands. */
struct figure {
    struct str digits;
    bool whole;
    int64_t value;
    int64_t stated, blank;
};

/* Reports of a region, or of one below it. */
struct coverage {
    struct str code, name;
    int64_t expected, reported, missing, late, unregistered;
};

/* An agency whose report is missing. */
struct missing_agency {
    struct str division, name;
};

/* A finding that stands, or has been waived. */
struct open_finding {
    struct str agency, rule, severity, label, code, message;
};

/* A comparable measure over the years up to the composite's, in TREND_YEARS places; years whose
 * definition differs are left empty. */
enum { TREND_YEARS = 10, TRENDS = 16 };
struct trend {
    struct str label, unit;
    bool line; /* drawn over the years; else an outcome, drawn beside last year's */
    struct figure figure[TREND_YEARS];
};

struct composite {
    struct arena arena;
    const struct catalog *catalog;
    struct str code, name;
    int year;
    bool self;        /* 本级, else 本行政区域 */
    enum lang lang;   /* of all that is not the official text, which is Chinese */
    bool best;        /* composites stand in for regions without own reports */
    struct face face; /* the form prescribed for the year */
    struct figure figure[CATALOG_CELLS], last[CATALOG_CELLS];
    struct coverage coverage; /* of the region or of 本级 alone */
    struct coverage *parts;   /* divisions directly below, with what is theirs */
    struct missing_agency *missing;
    struct open_finding *findings;
    struct str *stand_ins; /* regions that their composite stands in for */
    struct str *sentences; /* drafts for section 一 */
    uint32_t part_count, missing_count, finding_count, stand_in_count, sentence_count;
    size_t part_capacity, missing_capacity, finding_capacity, stand_in_capacity, sentence_capacity;
    uint32_t error_count, waived_count; /* among findings */
    uint32_t finding_kept; /* the first ones, in `findings` */
    struct trend trends[TRENDS];
    uint32_t trend_count;
};

/* What is asked for. `self` is --part self, `best` is --basis best. */
struct composite_question {
    struct str division;
    int year;
    bool self, best;
    enum lang lang;
};

/* Reads it. Fails (ERR_USAGE) for an unknown division, or a year before the first form or without
 * totals. Free with composite_free. */
int composite_read(struct composite **out, struct warehouse *warehouse,
                   const struct composite_question *question, struct err *err);
void composite_free(struct composite *composite);

/* The words for what it stands on: how many are expected, reported, missing. In `arena`. */
struct str composite_coverage_text(struct composite *composite);

/* Its title: 宿迁市2023年政府信息公开工作年度报告. And the same in the composite's language. */
struct str composite_title(struct composite *composite);
struct str composite_heading(struct composite *composite);

/* The title of section 一: 一、总体情况. */
struct str composite_section_one(void);

/* Whether the cell stands on the form of the year. */
bool composite_on_form(const struct composite *composite, uint16_t cell);

/* The path of a cell: 三、本年度办理结果/（一）予以公开/总计, in an English composite behind the English. */
struct str composite_label(struct composite *composite, uint16_t cell);

#endif
