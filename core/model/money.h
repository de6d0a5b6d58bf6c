/* money.h - exact amounts in words. */
#ifndef GONGKAI_MODEL_MONEY_H
#define GONGKAI_MODEL_MONEY_H

#include <stdint.h>

enum { MONEY_TEXT = 32 };

/* An amount of MONEY_SCALE parts of one 万元 as the shortest exact decimal: 59237.2449. */
void money_text(int64_t parts, char out[MONEY_TEXT]);

#endif
