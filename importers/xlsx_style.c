#include "importers/xlsx_style.h"

#include <string.h>

#include "importers/decimal.h"
#include "importers/xlsx_format.h"
#include "importers/xlsx_sheet.h"
#include "importers/xlsx_text.h"

/* A number format of the workbook's own. */
struct own_format {
    long id;
    struct str code;
};

struct style {
    enum xlsx_format_kind kind;
    struct str code; /* of the number format; empty: the number in full */
    bool aside;
};

struct xlsx_styles {
    struct arena *arena;
    struct own_format *own;
    bool *fonts; /* whether raised, lowered or struck out */
    struct style *styles; /* by the s of a cell */
    size_t own_count, own_capacity, font_count, font_capacity, style_count, style_capacity;
    bool in_fonts, in_styles;
};

static struct str code_of(const struct xlsx_styles *s, long id)
{
    for (size_t i = 0; i < s->own_count; i++)
        if (s->own[i].id == id)
            return s->own[i].code;
    const char *code = xlsx_format_code(id);
    return str_from(code ? code : "");
}

/* styles.xml --------------------------------------------------------------------------------------- */

static int add_format(struct xlsx_styles *s, long id, const char *code)
{
    if (arena_grow(s->arena, &s->own, s->own_count, &s->own_capacity, sizeof *s->own) < 0)
        return -1;
    struct str copy = arena_copy(s->arena, str_from(code));
    s->own[s->own_count++] = (struct own_format){id, copy};
    return copy.p ? 0 : -1;
}

static int add_style(struct xlsx_styles *s, long format, long font)
{
    if (arena_grow(s->arena, &s->styles, s->style_count, &s->style_capacity, sizeof *s->styles) < 0)
        return -1;
    struct str code = code_of(s, format);
    s->styles[s->style_count++] = (struct style){
        .kind = xlsx_format_kind(code.p),
        .code = code,
        .aside = (size_t)font < s->font_count && s->fonts[font],
    };
    return 0;
}

static int on_start(void *self, const char *name, const char **attributes)
{
    struct xlsx_styles *s = self;
    const char *code = ooxml_attribute(attributes, "formatCode");
    long id = xlsx_number(ooxml_attribute(attributes, "numFmtId"), 0);
    if (strcmp(name, "fonts") == 0) {
        s->in_fonts = true;
    } else if (strcmp(name, "cellXfs") == 0) {
        s->in_styles = true;
    } else if (strcmp(name, "numFmt") == 0 && code) {
        return add_format(s, id, code);
    } else if (strcmp(name, "font") == 0 && s->in_fonts) {
        if (arena_grow(s->arena, &s->fonts, s->font_count, &s->font_capacity, sizeof *s->fonts) < 0)
            return -1;
        s->fonts[s->font_count++] = false;
    } else if (s->in_fonts && s->font_count > 0) {
        s->fonts[s->font_count - 1] |= xlsx_is_aside(name, attributes);
    } else if (strcmp(name, "xf") == 0 && s->in_styles) {
        return add_style(s, id, xlsx_number(ooxml_attribute(attributes, "fontId"), 0));
    }
    return 0;
}

static int on_end(void *self, const char *name)
{
    struct xlsx_styles *s = self;
    if (strcmp(name, "cellXfs") == 0)
        s->in_styles = false;
    else if (strcmp(name, "fonts") == 0)
        s->in_fonts = false;
    return 0;
}

int xlsx_styles_read(struct xlsx_styles **out, struct ooxml *ooxml, struct arena *arena,
                     struct err *err)
{
    struct xlsx_styles *s = *out = arena_alloc(arena, sizeof *s);
    const struct ooxml_handler handler = {on_start, on_end, NULL, s};
    if (!s)
        return -1;
    s->arena = arena;
    return ooxml_read(ooxml, "xl/styles.xml", &handler, err);
}

/* Cells -------------------------------------------------------------------------------------------- */

static struct style style_of(const struct xlsx_styles *s, long style)
{
    return style >= 0 && (size_t)style < s->style_count ? s->styles[style] : (struct style){0};
}

bool xlsx_style_is_aside(const struct xlsx_styles *s, long style)
{
    return style_of(s, style).aside;
}

struct str xlsx_shown(const struct xlsx_styles *s, long at, struct str stored, bool since_1904)
{
    struct style style = style_of(s, at);
    if (style.kind == XLSX_DATE)
        return decimal_date(s->arena, stored, since_1904);
    struct str shown = decimal_shown(s->arena, stored, style.kind == XLSX_PERCENT ? 2 : 0);
    if (!shown.p || (style.kind == XLSX_NUMBER && style.code.n == 0))
        return shown;
    if (style.kind == XLSX_NUMBER)
        return xlsx_format_shown(s->arena, style.code, shown);
    char *percent = arena_alloc(s->arena, shown.n + 1);
    if (!percent)
        return (struct str){0};
    memcpy(percent, shown.p, shown.n);
    percent[shown.n] = '%';
    return (struct str){percent, shown.n + 1};
}
