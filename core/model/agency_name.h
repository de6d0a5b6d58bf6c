/* agency_name.h - takes an agency's name apart: the divisions at its head, what is left behind
 * them, its kind, and the key under which variants of the same name are one. */
#ifndef GONGKAI_MODEL_AGENCY_NAME_H
#define GONGKAI_MODEL_AGENCY_NAME_H

#include "core/model/gazetteer.h"

enum agency_kind {
    KIND_GOVERNMENT,  /* 人民政府 of county level and up: composite */
    KIND_OFFICE,      /* 人民政府办公室, 党政办公室 */
    KIND_DEPARTMENT,
    KIND_TOWNSHIP,    /* 乡镇人民政府 */
    KIND_SUBDISTRICT, /* 街道办事处 */
    KIND_ZONE,        /* 管委会 */
    KIND_VERTICAL,    /* 税务, 海关, 气象 … */
    KIND_OTHER,
};

/* The kind of that name in files (government, office …); -1 for none. Chinese names (政府, 办公室,
 * 部门, 乡镇, 街道, 开发区, 垂直管理, 其他) too. */
int agency_kind_from(struct str name);

/* The name of a kind in files and views. */
const char *agency_kind_name(enum agency_kind kind);

/* The table sql/kinds.tsv. */
struct agency_kinds;
int agency_kinds_new(struct agency_kinds **out, struct err *err);
void agency_kinds_free(struct agency_kinds *kinds);

/* A name taken apart. All text is in the arena or a view of it. */
struct agency_name {
    struct str clean;   /* as printed, without white space, in simplified characters */
    struct chain chain; /* the division names in it; depth 0: none */
    struct str before;  /* what stands before them: 国家税务总局 */
    struct str rest;    /* what stands behind them: 税务局 */
    struct str key;     /* before and rest, variants made one; 人民政府 for a bare division */
    enum agency_kind kind;
    bool told;    /* the kind was told by the table; else it is KIND_OTHER */
    bool nation;  /* an agency of the nation */
    bool own_region; /* it says 市, 县 or 区 for the place it lies in: 市教育局 */
    bool in_zone; /* it lies in a zone that no division stands for: 经济技术开发区财政局 */
};

/* Takes `name` apart as of `year`. -1 when memory ran out. */
int agency_name_read(const struct gazetteer *gazetteer, const struct agency_kinds *kinds,
                     struct arena *arena, struct str name, int year, struct agency_name *out);

/* Whether the kind of this division-less name is told by its ending: 教育局, 大五里镇. */
bool agency_name_likely(const struct agency_kinds *kinds, struct str rest);

#endif
