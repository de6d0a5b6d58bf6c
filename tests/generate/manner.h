/* manner.h - how an office prints labels and figures: the quirks of real pages, each one apart. */
#ifndef GONGKAI_TESTS_MANNER_H
#define GONGKAI_TESTS_MANNER_H

#include "tests/generate/figures.h"

/* A bit each. */
enum quirk {
    QUIRK_WIDE_PUNCTUATION, /* （一） ： ， */
    QUIRK_ORDINAL_COMMA,    /* 1、 for 1. */
    QUIRK_INNER_SPACES,     /* 商业 企业 */
    QUIRK_QUOTES,           /* "三安全一稳定" */
    QUIRK_TYPO,             /* 2.其他法律行政止公开 */
    QUIRK_SHORT_LABELS,     /* (二)部分公开 */
    QUIRK_NO_ORDINALS,      /* 本年新收 … without 一、 */
    QUIRK_EXPLANATIONS,     /* 规章(设区的市 …) */
    QUIRK_TRADITIONAL,      /* 公開 數量 */
    QUIRK_PINYIN,           /* 數(shù)據(jù) */
    QUIRK_OLD_NAME,         /* 规范性文件 on form 2021 */
    QUIRK_EXTRA_ROW,        /* 其他主动公开文件 */
    QUIRK_HEADINGS,         /* 存在问题及改进情况, shifted ordinals */
    QUIRK_THOUSANDS,        /* 1,234 */
    QUIRK_WIDE_DIGITS,      /* １２ */
    QUIRK_UNITS,            /* 124件 */
    QUIRK_NOTES,            /* 22（其中修订16件） */
    QUIRK_SPACED_FIGURES,   /* white space around a figure */
    QUIRK_SIGNED,           /* +1036 */
    QUIRK_YUAN,             /* 251000元 below 万元 */
    QUIRK_BLANK,
    QUIRK_NA,
    QUIRK_FOUR_IN_THREE,    /* table 四 as three tables of five */
    QUIRK_THREE_IN_PIECES,  /* table 三 cut by page marks */
    QUIRK_OTHER_IN_ONE,     /* one row (六) on form 2021 */
    QUIRKS,
};

/* Its name, as it stands in file names. */
const char *quirk_name(enum quirk quirk);

struct manner {
    uint32_t quirks; /* bits of enum quirk */
    struct random random;
    struct arena *arena;
};

bool manner_has(const struct manner *manner, enum quirk quirk);

/* A label of the form, or prose, as this office prints it. */
struct str manner_label(struct manner *manner, struct str label);

/* A figure as this office prints it. */
struct str manner_figure(struct manner *manner, const struct cell *cell, struct figure figure);

/* `text` with every `from` replaced. */
struct str text_replace(struct arena *arena, struct str text, const char *from, const char *to);

#endif
