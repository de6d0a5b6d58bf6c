/* solve.h - a report's equations as a sparse system, and the search for the smallest set of
 * cells whose change satisfies them all. */
#ifndef GONGKAI_CHECK_SOLVE_H
#define GONGKAI_CHECK_SOLVE_H

#include "core/check/hint.h"

enum { CELL_EQUATIONS = 8, SOLUTIONS_MOST = 16, SOLVE_DEPTH = 3 };

/* left - right of one relation over figures that are all stated; 0 when it holds. */
struct equation {
    uint32_t judged; /* index of its relation */
    wide residual;
    uint16_t *cells; /* of this year, with what adding 1 to each does to the residual */
    int32_t *coefficients;
    uint32_t count;
    bool active, crosses;
};

struct system {
    const struct catalog *catalog;
    const struct panel *now;
    struct equation *equations;
    uint32_t count;
    uint16_t equation[CATALOG_CELLS][CELL_EQUATIONS]; /* in which a cell stands */
    uint8_t degree[CATALOG_CELLS];
    uint8_t degree_most;
};

/* Makes the system of the equalities whose figures are all stated. */
int system_new(struct system **out, const struct catalog *catalog, const struct judged *judged,
               uint32_t count, const struct panel *now, const struct panel *before,
               struct arena *arena, struct err *err);

/* What adding 1 to a cell does to an equation. */
int32_t equation_coefficient(const struct equation *equation, uint16_t cell);

struct solution {
    struct change changes[SOLVE_DEPTH];
    uint32_t count;
};

/* Finds the smallest sets of at most `most` cells whose change satisfies the broken equations
 * `group` and breaks no active one. Returns how many such sets of the smallest size there are,
 * at most SOLUTIONS_MOST. Gives up, with none, after a bounded number of steps. */
uint32_t system_solve(const struct system *system, const uint32_t *group, uint32_t size,
                      uint32_t most, struct solution out[SOLUTIONS_MOST]);

/* Whether these changes satisfy the group and break no active equation. */
bool system_mended(const struct system *system, const uint32_t *group, uint32_t size,
                   const struct change *changes, uint32_t count);

/* Whether a cell may hold that figure. */
bool cell_may_hold(const struct catalog *catalog, uint16_t cell, wide figure);

#endif
