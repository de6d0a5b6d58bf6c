#include "importers/html.h"

#include <string.h>

bool html_breaks(const struct html_node *node)
{
    switch ((enum html_kind)node->kind) {
    case HTML_LINE:
    case HTML_BLOCK:
    case HTML_PRE:
    case HTML_TABLE:
    case HTML_CAPTION:
    case HTML_ROW:
    case HTML_CELL:
        return true;
    default:
        return false;
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Adds characters of the page; white space becomes one space between them. */
static void add_characters(struct html_text *text, struct str s, uint32_t line)
{
    for (size_t i = 0; i < s.n;) {
        if (is_space(s.p[i])) {
            line += s.p[i] == '\n';
            text->space = true;
            i++;
            continue;
        }
        size_t from = i;
        while (i < s.n && !is_space(s.p[i]))
            i++;
        if (text->space && text->buf.n > 0 && text->buf.p[text->buf.n - 1] != '\n')
            buf_char(&text->buf, ' ');
        text->space = false;
        if (!text->line)
            text->line = line;
        buf_add(&text->buf, str_slice(s, from, i));
    }
}

/* A raised figure is a footnote's mark: 22 with a raised 1 must never become 221. */
static void raise(struct html_text *text, const struct html_node *node)
{
    if (!text->bracketed && node->filled) {
        buf_text(&text->buf, "\xEF\xBC\x88"); /* （ */
        text->bracketed = true;
        text->space = false;
    }
}

void html_lower(struct html_text *text)
{
    if (text->bracketed) {
        buf_text(&text->buf, "\xEF\xBC\x89"); /* ） */
        text->bracketed = false;
    }
}

void html_add(struct html_text *text, const struct html_node *node)
{
    if (node->kind == HTML_TEXT || node->kind == HTML_TYPED)
        add_characters(text, node->text, node->line);
    else if (node->kind == HTML_RAISED)
        raise(text, node);
    else if (node->kind == HTML_PICTURE)
        text->marks |= 1u << MARK_PICTURE;
}

bool html_writes(struct str script)
{
    return script.n > 0 && memmem(script.p, script.n, "write", 5);
}

void html_break(struct html_text *text)
{
    text->space = false;
    if (text->buf.n > 0 && text->buf.p[text->buf.n - 1] != '\n')
        buf_char(&text->buf, '\n');
}
