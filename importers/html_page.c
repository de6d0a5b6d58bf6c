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

/* The first "display" counts. */
bool html_hides(struct str style)
{
    static const struct str display = {"display", 7}, none = {"none", 4};
    for (size_t i = 0; i + display.n + none.n < style.n; i++) {
        if ((style.p[i] | 32) != 'd' || (style.p[i + 2] | 32) != 's' ||
            strncasecmp(style.p + i, display.p, display.n) != 0)
            continue;
        struct str rest = str_skip(style, i + display.n);
        while (rest.n > 0 && strchr(" \t\r\n", rest.p[0]))
            rest = str_skip(rest, 1);
        if (rest.n == 0 || rest.p[0] != ':')
            return false;
        rest = str_skip(rest, 1);
        while (rest.n > 0 && strchr(" \t\r\n", rest.p[0]))
            rest = str_skip(rest, 1);
        return rest.n >= none.n && strncasecmp(rest.p, none.p, none.n) == 0;
    }
    return false;
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
