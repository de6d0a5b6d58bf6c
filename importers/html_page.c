#include "importers/html.h"

#include <string.h>
#include <strings.h>

enum {
    COLSPAN_MAX = 1000,
    ROWSPAN_MAX = 65534,
    ICON_PIXELS = 64,
};

struct html_page html_page_new(struct arena *arena)
{
    return (struct html_page){.arena = arena, .open = HTML_TOP};
}

struct html_node *html_begin(struct html_page *page, enum html_kind kind, uint32_t line)
{
    if (arena_grow(page->arena, &page->nodes, page->count, &page->capacity,
                   sizeof *page->nodes) < 0)
        return NULL;
    struct html_node *node = &page->nodes[page->count];
    *node = (struct html_node){.kind = (uint8_t)kind, .line = line, .up = page->open,
                               .end = page->count + 1, .rowspan = HTML_NONE, .colspan = 1};
    page->open = page->count++;
    return node;
}

void html_end(struct html_page *page)
{
    struct html_node *node = &page->nodes[page->open];
    node->end = page->count;
    page->open = node->up;
}

/* Values of attributes ------------------------------------------------------------------------ */

static bool begins(struct str s, struct str word)
{
    return s.n >= word.n && strncasecmp(s.p, word.p, word.n) == 0;
}

/* Whether `style` is the value of a property whose name has just been read, behind its colon. */
static bool is_value(struct str style, struct str value)
{
    for (int colon = 0; colon < 2; colon++) {
        while (style.n > 0 && strchr(" \t\r\n", style.p[0]))
            style = str_skip(style, 1);
        if (colon == 0 && (style.n == 0 || style.p[0] != ':'))
            return false;
        style = str_skip(style, colon == 0);
    }
    return begins(style, value);
}

/* The first "display" and the first "visibility" count. */
unsigned html_style(struct str style)
{
    static const struct str display = {"display", 7}, none = {"none", 4},
                            visibility = {"visibility", 10}, hidden = {"hidden", 6},
                            through = {"line-through", 12}, align = {"vertical-align", 14},
                            super = {"super", 5}, sub = {"sub", 3};
    const unsigned firsts = 1u << ('d' & 31) | 1u << ('v' & 31) | 1u << ('l' & 31);
    unsigned bits = 0, seen = 0;
    for (size_t i = 0; i + 3 < style.n; i++) {
        if (!(firsts >> (style.p[i] & 31) & 1))
            continue;
        char c = (char)(style.p[i] | 32), third = (char)(style.p[i + 2] | 32);
        if (third == 's' && (c == 'd' || c == 'v')) {
            const struct str *name = c == 'd' ? &display : &visibility;
            unsigned bit = c == 'd' ? STYLE_GONE : STYLE_HIDDEN;
            struct str rest = str_skip(style, i);
            if (seen & bit || !begins(rest, *name))
                continue;
            seen |= bit;
            if (is_value(str_skip(rest, name->n), c == 'd' ? none : hidden))
                bits |= bit;
        } else if (c == 'v' && third == 'r' && begins(str_skip(style, i), align)) {
            struct str rest = str_skip(style, i + align.n);
            if (is_value(rest, super) || is_value(rest, sub))
                bits |= STYLE_RAISED;
        } else if (c == 'l' && third == 'n' && begins(str_skip(style, i), through)) {
            bits |= STYLE_STRUCK;
        }
    }
    return bits;
}

enum html_mark html_input(struct str type)
{
    static const struct str controls[] = {
        {"submit", 6}, {"button", 6}, {"reset", 5},    {"image", 5}, {"checkbox", 8},
        {"radio", 5},  {"file", 4},   {"password", 8}, {"range", 5}, {"color", 5},
    };
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        if (type.n == controls[i].n && begins(type, controls[i]))
            return MARK_CONTROL;
    return type.n == 6 && begins(type, STR("hidden")) ? MARK_HIDDEN : MARK_NONE;
}

/* A whole number behind the characters of `before`; HTML_NONE where there is none. Past `most` its
 * size does not matter. */
static int32_t number(struct str value, const char *before, int32_t most)
{
    while (value.n > 0 && value.p[0] && strchr(before, value.p[0]))
        value = str_skip(value, 1);
    if (value.n > 0 && value.p[0] == '+')
        value = str_skip(value, 1);
    int32_t n = HTML_NONE;
    for (size_t i = 0; i < value.n && value.p[i] >= '0' && value.p[i] <= '9'; i++)
        n = n > most ? n : (n < 0 ? 0 : n) * 10 + (value.p[i] - '0');
    return n;
}

bool html_is_icon(struct str side)
{
    return number(side, " \t\n\v\f\r", ICON_PIXELS) <= ICON_PIXELS;
}

int32_t html_span(struct str value)
{
    return number(value, " \t\r\n\f", ROWSPAN_MAX);
}

uint16_t html_colspan(struct str value)
{
    int32_t n = html_span(value);
    return (uint16_t)(n < 1 ? 1 : n > COLSPAN_MAX ? COLSPAN_MAX : n);
}
