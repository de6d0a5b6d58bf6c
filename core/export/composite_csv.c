#include "core/export/composite_csv.h"

#include <stdlib.h>

#include "core/text/csv_out.h"

static void line(struct csv_out *csv, struct str text)
{
    csv_out_text(csv, text);
    csv_out_row(csv);
}

static void table(struct csv_out *csv, const struct composite *c, const struct face_table *t)
{
    uint32_t at = 0; /* places come by row, then column */
    for (uint16_t row = 0; row < t->rows; row++) {
        for (uint16_t column = 0; column < t->columns; column++) {
            const struct place *place = at < t->count ? &t->places[at] : NULL;
            if (!place || place->row != row || place->column != column) {
                csv_out_null(csv);
                continue;
            }
            at++;
            if (place->kind == PLACE_FIGURE)
                csv_out_decimal(csv, c->figure[place->cell].digits);
            else if (place->text.n > 0)
                csv_out_text(csv, place->text);
            else
                csv_out_null(csv);
        }
        csv_out_row(csv);
    }
}

/* Cells of other forms that some reports state: they are in the totals, but not on this form. */
static void other_cells(struct csv_out *csv, struct composite *c)
{
    uint32_t count = 0;
    for (uint16_t cell = 0; cell < CATALOG_CELLS; cell++) {
        if (!c->figure[cell].digits.p || composite_on_form(c, cell))
            continue;
        if (count++ == 0)
            line(csv, str_from(lang_in(c->lang, "Figures of reports on another form, which these "
                                               "tables have no place for")));
        csv_out_text(csv, composite_label(c, cell));
        csv_out_text(csv, str_from(c->catalog->cells[cell].code));
        csv_out_decimal(csv, c->figure[cell].digits);
        csv_out_row(csv);
    }
}

int composite_csv(struct composite *c, struct sink sink, bool bom, struct err *err)
{
    struct csv_out *csv = malloc(sizeof *csv);
    if (!csv)
        return err_memory(err);
    csv_out_open(csv, sink, bom);
    line(csv, composite_title(c));
    if (c->lang != LANG_ZH)
        line(csv, composite_heading(c));
    line(csv, composite_coverage_text(c));
    line(csv, composite_section_one());
    for (uint32_t i = 0; i < c->sentence_count; i++)
        line(csv, c->sentences[i]);
    for (uint32_t i = 0; i < c->face.count; i++) {
        line(csv, c->face.tables[i].title);
        table(csv, c, &c->face.tables[i]);
    }
    other_cells(csv, c);
    int status = csv_out_close(csv, err);
    free(csv);
    return status;
}
