#include <string.h>
#include <strings.h>

#include "importers/html_scan.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Attributes ---------------------------------------------------------------------------------- */

static int attribute_of(struct str name)
{
    static const struct {
        struct str name;
        int attribute;
    } known[] = {
        {{"style", 5}, ATTRIBUTE_STYLE},     {{"type", 4}, ATTRIBUTE_TYPE},
        {{"width", 5}, ATTRIBUTE_WIDTH},     {{"height", 6}, ATTRIBUTE_HEIGHT},
        {{"rowspan", 7}, ATTRIBUTE_ROWSPAN}, {{"colspan", 7}, ATTRIBUTE_COLSPAN},
        {{"name", 4}, ATTRIBUTE_NAME},       {{"value", 5}, ATTRIBUTE_VALUE},
        {{"hidden", 6}, ATTRIBUTE_HIDDEN},   {{"role", 4}, ATTRIBUTE_ROLE},
        {{"content", 7}, ATTRIBUTE_CONTENT},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].name.n == name.n && (name.p[0] | 32) == known[i].name.p[0] &&
            strncasecmp(name.p, known[i].name.p, name.n) == 0)
            return known[i].attribute;
    return -1;
}

/* The value whose first character stands at `p`; what follows it, or NULL when it has no end. */
static const char *read_value(struct str *value, const char *p, const char *end)
{
    if (*p == '"' || *p == '\'') {
        const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));
        if (close)
            *value = (struct str){p + 1, (size_t)(close - p - 1)};
        return close ? close + 1 : NULL;
    }
    const char *from = p;
    while (p < end && !is_space(*p) && *p != '>')
        p++;
    *value = (struct str){from, (size_t)(p - from)};
    return p < end ? p : NULL;
}

/* Whether an attribute without a value may have come before, in a tag of a length that is worth a
 * look. gumbo then takes the next value away from its attribute. */
static bool is_again(const struct html_token *token, struct str name)
{
    enum { LONG = 4096 };
    if (name.p - token->at > LONG)
        return true;
    for (const char *p = token->name.p + token->name.n; p + name.n <= name.p; p++)
        if (strncasecmp(p, name.p, name.n) == 0)
            return true;
    return false;
}

/* Reads attributes up to the > of the tag. */
static const char *read_attributes(struct html_token *token, const char *p, const char *end)
{
    for (;;) {
        while (p < end && (is_space(*p) || *p == '/')) {
            token->closed = *p == '/';
            p++;
        }
        if (p == end)
            return NULL;
        if (*p == '>')
            return p + 1;
        token->closed = false;
        const char *from = p++; /* a = here is the first letter of a name */
        while (p < end && !is_space(*p) && *p != '=' && *p != '>' && *p != '/')
            p++;
        struct str name = {from, (size_t)(p - from)}, value = {"", 0};
        while (p < end && is_space(*p))
            p++;
        if (p < end && *p == '=') {
            p++;
            while (p < end && is_space(*p))
                p++;
            if (p < end && *p != '>') {
                p = read_value(&value, p, end);
                if (!p)
                    return NULL;
            }
        } else if (is_again(token, name)) {
            return NULL;
        }
        int attribute = attribute_of(name);
        if (attribute >= 0 && !(token->has >> attribute & 1)) {
            token->has |= 1u << attribute;
            token->value[attribute] = value;
        }
    }
}

const char *html_read_tag(struct html_token *token, const char *p, const char *end)
{
    token->at = p++;
    token->end = p < end && *p == '/';
    token->has = 0;
    token->closed = false;
    p += token->end;
    const char *from = p;
    while (p < end && (is_letter(*p) || (*p >= '0' && *p <= '9') || *p == ':' || *p == '-' ||
                       *p == '_' || *p == '.'))
        p++;
    token->name = (struct str){from, (size_t)(p - from)};
    if (p == end || p == from || (!is_space(*p) && *p != '/' && *p != '>'))
        return NULL;
    token->tag = html_tag(token->name);
    token->behind = *p == '>' ? p + 1 : read_attributes(token, p, end);
    return token->behind;
}

/* Declarations and raw content ---------------------------------------------------------------- */

const char *html_skip_declaration(const char *p, const char *end)
{
    struct str rest = {p, (size_t)(end - p)};
    if (!str_starts(rest, STR("<!--"))) {
        const char *close = memchr(p, '>', rest.n);
        return close ? close + 1 : NULL;
    }
    rest = str_skip(rest, 4);
    if (str_starts(rest, STR(">")) || str_starts(rest, STR("->")))
        return NULL;
    for (p = rest.p; p < end && (p = memchr(p, '-', (size_t)(end - p))); p++) {
        if (end - p < 3)
            return NULL;
        if (p[1] == '-' && p[2] != '-')
            if (p[2] == '>' || p[2] == '!')
                return p[2] == '>' ? p + 3 : NULL;
    }
    return NULL;
}

/* A script that opens a comment and in it another script may end later than its first end tag. */
const char *html_skip_raw(struct str name, const char *p, const char *end)
{
    bool script = name.n == 6 && strncasecmp(name.p, "script", 6) == 0, commented = false;
    for (; p < end && (p = memchr(p, '<', (size_t)(end - p))); p++) {
        struct str rest = {p + 1, (size_t)(end - p - 1)};
        if (script && str_starts(rest, STR("!--")))
            commented = true;
        if (commented && rest.n >= name.n && strncasecmp(rest.p, name.p, name.n) == 0)
            return NULL;
        if (rest.n < name.n + 2 || rest.p[0] != '/' ||
            strncasecmp(rest.p + 1, name.p, name.n) != 0)
            continue;
        char next = rest.p[1 + name.n];
        if (is_space(next) || next == '/' || next == '>')
            return p;
    }
    return NULL;
}
