/* titled.h - a name or title that goes on from year to year: 某局2023年政府信息公开工作年度报告.txt is its
 * head 某局, its year, and its tail 年政府信息公开工作年度报告.txt, and the two are the same every year. */
#ifndef GONGKAI_STORE_TITLED_H
#define GONGKAI_STORE_TITLED_H

#include "core/base/str.h"

/* Views of the whole. year 0: it does not go on so. */
struct titled {
    struct str head, tail;
    int year;
};
struct titled titled_split(struct str whole);

#endif
