#include "core/base/json.h"

#include <inttypes.h>

struct json json_new(FILE *to, bool compact)
{
    return (struct json){.to = to, .compact = compact};
}

static void quote(FILE *to, struct str s)
{
    static const unsigned char starts[] = {0xc2, 0xe0, 0xf0, 0xf5};
    putc('"', to);
    for (size_t i = 0; i < s.n;) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80) {
            if (c == '"' || c == '\\')
                fprintf(to, "\\%c", c);
            else if (c == '\n')
                fputs("\\n", to);
            else if (c == '\t')
                fputs("\\t", to);
            else if (c < 0x20 || c == 0x7f)
                fprintf(to, "\\u%04x", c);
            else
                putc(c, to);
            i++;
            continue;
        }
        size_t n = c < starts[0] ? 0 : c < starts[1] ? 2 : c < starts[2] ? 3 : c < starts[3] ? 4 : 0;
        bool good = n > 0 && i + n <= s.n;
        for (size_t k = 1; good && k < n; k++)
            good = ((unsigned char)s.p[i + k] & 0xc0) == 0x80;
        if (good && n > 2) { /* overlong forms, surrogates, beyond U+10FFFF */
            unsigned char d = (unsigned char)s.p[i + 1];
            good = !(c == 0xe0 && d < 0xa0) && !(c == 0xed && d >= 0xa0) &&
                   !(c == 0xf0 && d < 0x90) && !(c == 0xf4 && d >= 0x90);
        }
        if (good)
            fwrite(s.p + i, 1, n, to);
        else
            fputs("\xEF\xBF\xBD", to);
        i += good ? n : 1;
    }
    putc('"', to);
}

static void begin(struct json *json, const char *key)
{
    if (json->depth > 0 && json->some[json->depth - 1])
        putc(',', json->to);
    if (json->depth > 0) {
        json->some[json->depth - 1] = true;
        if (!json->compact)
            fprintf(json->to, "\n%*s", 2 * json->depth, "");
    }
    if (key) {
        quote(json->to, str_from(key));
        fputs(json->compact ? ":" : ": ", json->to);
    }
}

static void open(struct json *json, const char *key, char bracket)
{
    begin(json, key);
    putc(bracket, json->to);
    if (json->depth < JSON_DEPTH)
        json->some[json->depth++] = false;
}

static void close(struct json *json, char bracket)
{
    if (json->depth == 0)
        return;
    json->depth--;
    if (json->some[json->depth] && !json->compact)
        fprintf(json->to, "\n%*s", 2 * json->depth, "");
    putc(bracket, json->to);
}

void json_object(struct json *json, const char *key)
{
    open(json, key, '{');
}

void json_array(struct json *json, const char *key)
{
    open(json, key, '[');
}

void json_end_object(struct json *json)
{
    close(json, '}');
}

void json_end_array(struct json *json)
{
    close(json, ']');
}

void json_str(struct json *json, const char *key, struct str value)
{
    begin(json, key);
    quote(json->to, value);
}

void json_text(struct json *json, const char *key, const char *value)
{
    if (value)
        json_str(json, key, str_from(value));
    else
        json_null(json, key);
}

void json_int(struct json *json, const char *key, int64_t value)
{
    begin(json, key);
    fprintf(json->to, "%" PRId64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin(json, key);
    fputs(value ? "true" : "false", json->to);
}

void json_null(struct json *json, const char *key)
{
    begin(json, key);
    fputs("null", json->to);
}

void json_decimal(struct json *json, const char *key, struct str digits)
{
    begin(json, key);
    fwrite(digits.p, 1, digits.n, json->to);
}

void json_finish(struct json *json)
{
    putc('\n', json->to);
}
