/* remark_text.h - the sentences of the recogniser's remarks, from sql/remarks.tsv. */
#ifndef GONGKAI_STORE_REMARK_TEXT_H
#define GONGKAI_STORE_REMARK_TEXT_H

#include "core/model/report.h"

struct remark_text {
    char english[600], chinese[600];
};

/* Fills both sentences: the topic's row with %s replaced by the remark's detail and %c by the
 * code of its cell. A topic without a row gives its id and the detail. Cut to fit, never inside
 * a character. */
void remark_words(const struct catalog *catalog, const struct remark *remark,
                  struct remark_text *out);

#endif
