#include "core/check/hint.h"
#include "core/check/sentence.h"

static void write_change(struct buf *buf, const struct catalog *catalog, int form,
                         const struct change *change, bool chinese)
{
    char printed[FIGURE_TEXT], right[FIGURE_TEXT];
    bool money = catalog->cells[change->cell].kind == CELL_MONEY;
    figure_text(printed, change->printed, money);
    figure_text(right, change->right, money);
    label_cell(buf, label_of(catalog, form, change->cell), chinese);
    if (chinese)
        buf_printf(buf, "（%s）填%s，若为%s", catalog->cells[change->cell].code, printed, right);
    else
        buf_printf(buf, " (%s) says %s; with %s", catalog->cells[change->cell].code, printed, right);
}

/* A row as it would be: its changed cells, from the first to the last. */
static void write_row(struct buf *buf, const struct catalog *catalog, int form,
                      const struct cause *cause, bool chinese)
{
    const struct form_cell *cell = label_of(catalog, form, cause->changes[0].cell);
    buf_text(buf, chinese ? "“" : "row ");
    label_row(buf, cell);
    buf_text(buf, chinese ? "”行自“" : ", from ");
    label_column(buf, cell);
    buf_text(buf, chinese ? "”起若为" : " on: with ");
    for (uint32_t i = 0; i < cause->count; i++) {
        char right[FIGURE_TEXT];
        figure_text(right, cause->changes[i].right, false);
        buf_printf(buf, i == 0 ? "%s" : chinese ? "、%s" : ", %s", right);
    }
}

static void write_changes(struct buf *buf, const struct catalog *catalog, int form,
                          const struct cause *cause, bool chinese)
{
    bool rivals = cause->kind == CAUSE_RIVALS;
    if (cause->kind == CAUSE_ROW) {
        write_row(buf, catalog, form, cause, chinese);
        return;
    }
    for (uint32_t i = 0; i < cause->count; i++) {
        if (i > 0)
            buf_text(buf, chinese ? rivals ? "；或" : "，且" : rivals ? ", or " : ", and ");
        write_change(buf, catalog, form, &cause->changes[i], chinese);
    }
}

void hint_write(struct buf *buf, const struct catalog *catalog, int form, int year,
                const struct cause *cause, bool chinese)
{
    if (!cause || cause->kind == CAUSE_NONE)
        return;
    if (cause->kind == CAUSE_BEFORE) {
        if (chinese)
            buf_printf(buf, "可能原因（仅供参考，未作改动）：本报告其余各项与此数相符，请核对%d年报告",
                       year - 1);
        else
            buf_printf(buf, "Likely cause (a hint, nothing was changed): the rest of this report"
                       " agrees with its figure; look at the report of %d", year - 1);
        return;
    }
    buf_text(buf, chinese ? "可能原因（仅供参考，未作改动）：" :
                            "Likely cause (a hint, nothing was changed): ");
    if (cause->kind == CAUSE_UNIT) {
        buf_text(buf, guess_words(GUESS_WAN, chinese));
        return;
    }
    if (cause->kind == CAUSE_RIVALS)
        buf_text(buf, chinese ? "以下之一：" : "one of these: ");
    write_changes(buf, catalog, form, cause, chinese);
    buf_text(buf, chinese ? "，则有关勾稽关系均成立" : " all these rules would hold");
    const char *guess = guess_words(cause->guess, chinese);
    if (*guess)
        buf_printf(buf, chinese ? "（疑为%s）" : " (%s)", guess);
}
