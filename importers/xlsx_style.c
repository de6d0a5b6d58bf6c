#include "importers/xlsx_style.h"

#include <string.h>

#include "importers/decimal.h"
#include "importers/xlsx_sheet.h"
#include "importers/xlsx_text.h"

enum number_format { FORMAT_PLAIN, FORMAT_DATE, FORMAT_PERCENT };

/* A number format of the workbook's own. */
struct own_format {
    long id;
    enum number_format format;
};

struct style {
    enum number_format format;
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

static enum number_format format_of_code(const char *code)
{
    bool quoted = false;
    for (const char *p = code; *p; p++) {
        if (*p == '"')
            quoted = !quoted;
        else if (*p == '\\' && p[1])
            p++;
        else if (*p == '[' && !quoted) /* a colour, a condition; [h] counts hours */
            while (p[1] && *p != ']')
                p++;
        else if (*p == '%' && !quoted)
            return FORMAT_PERCENT;
        else if (!quoted && strchr("ymdhsYMDHS", *p))
            return FORMAT_DATE;
        else if (*p == ';' && !quoted)
            break; /* the parts behind are for other signs */
    }
    return FORMAT_PLAIN;
}

static enum number_format format_of_id(const struct xlsx_styles *s, long id)
{
    for (size_t i = 0; i < s->own_count; i++)
        if (s->own[i].id == id)
            return s->own[i].format;
    if (id == 9 || id == 10)
        return FORMAT_PERCENT;
    bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                (id >= 50 && id <= 58);
    return date ? FORMAT_DATE : FORMAT_PLAIN;
}

/* styles.xml --------------------------------------------------------------------------------------- */

static int add_format(struct xlsx_styles *s, long id, const char *code)
{
    if (arena_grow(s->arena, &s->own, s->own_count, &s->own_capacity, sizeof *s->own) < 0)
        return -1;
    s->own[s->own_count++] = (struct own_format){id, format_of_code(code)};
    return 0;
}

static int add_style(struct xlsx_styles *s, long format, long font)
{
    if (arena_grow(s->arena, &s->styles, s->style_count, &s->style_capacity, sizeof *s->styles) < 0)
        return -1;
    s->styles[s->style_count++] = (struct style){
        .format = format_of_id(s, format),
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

struct str xlsx_shown(const struct xlsx_styles *s, long style, struct str stored, bool since_1904)
{
    enum number_format format = style_of(s, style).format;
    if (format == FORMAT_DATE)
        return decimal_date(s->arena, stored, since_1904);
    struct str shown = decimal_shown(s->arena, stored, format == FORMAT_PERCENT ? 2 : 0);
    if (format != FORMAT_PERCENT || !shown.p)
        return shown;
    char *percent = arena_alloc(s->arena, shown.n + 1);
    if (!percent)
        return (struct str){0};
    memcpy(percent, shown.p, shown.n);
    percent[shown.n] = '%';
    return (struct str){percent, shown.n + 1};
}
