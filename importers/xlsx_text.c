#include "importers/xlsx_text.h"

#include <string.h>

#include "importers/ooxml.h"

void xlsx_text_begin(struct xlsx_text *text)
{
    buf_reset(&text->buf);
    text->taking = text->phonetic = text->in_properties = text->aside = text->bracketed = false;
}

bool xlsx_is_aside(const char *name, const char **attributes)
{
    const char *value = ooxml_attribute(attributes, "val");
    if (strcmp(name, "vertAlign") == 0)
        return !value || strcmp(value, "baseline") != 0;
    return strcmp(name, "strike") == 0 &&
           !(value && (strcmp(value, "0") == 0 || strcmp(value, "false") == 0));
}

void xlsx_text_start(struct xlsx_text *text, const char *name, const char **attributes)
{
    if (strcmp(name, "r") == 0)
        text->aside = false;
    else if (strcmp(name, "rPr") == 0)
        text->in_properties = true;
    else if (strcmp(name, "rPh") == 0)
        text->phonetic = true; /* how it is read aloud: not printed */
    else if (text->in_properties)
        text->aside |= xlsx_is_aside(name, attributes);
    else
        text->taking = strcmp(name, "t") == 0 && !text->phonetic;
}

static void close_bracket(struct xlsx_text *text)
{
    if (text->bracketed)
        buf_text(&text->buf, "\xEF\xBC\x89"); /* ） */
    text->bracketed = false;
}

void xlsx_text_add(struct xlsx_text *text, struct str characters)
{
    if (!text->taking || characters.n == 0)
        return;
    if (!text->aside)
        close_bracket(text);
    else if (!text->bracketed)
        buf_text(&text->buf, "\xEF\xBC\x88"); /* （ */
    text->bracketed = text->aside;
    buf_add(&text->buf, characters);
}

void xlsx_text_end(struct xlsx_text *text, const char *name)
{
    text->taking = false;
    if (strcmp(name, "r") == 0)
        text->aside = false;
    else if (strcmp(name, "rPr") == 0)
        text->in_properties = false;
    else if (strcmp(name, "rPh") == 0)
        text->phonetic = false;
}

struct str xlsx_text_whole(struct xlsx_text *text)
{
    close_bracket(text);
    return str_trim(buf_str(&text->buf));
}
