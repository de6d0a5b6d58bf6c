/* json.h - writes JSON: separators, escapes and indentation are its business. */
#ifndef GONGKAI_BASE_JSON_H
#define GONGKAI_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/base/str.h"

enum { JSON_DEPTH = 32 };

/* A value in the making. Write errors stay with the stream (ferror). `key` is the member's name
 * inside an object, NULL in an array or at the top. Bytes that are no UTF-8 become U+FFFD. */
struct json {
    FILE *to;
    bool compact; /* all on one line */
    int depth;
    bool some[JSON_DEPTH];
};

struct json json_new(FILE *to, bool compact);
void json_object(struct json *json, const char *key);
void json_array(struct json *json, const char *key);
void json_end_object(struct json *json);
void json_end_array(struct json *json);
void json_str(struct json *json, const char *key, struct str value);
void json_text(struct json *json, const char *key, const char *value); /* NULL: null */
void json_int(struct json *json, const char *key, int64_t value);
void json_bool(struct json *json, const char *key, bool value);
void json_null(struct json *json, const char *key);

/* A number already in decimal digits, as it stands: an exact amount. */
void json_decimal(struct json *json, const char *key, struct str digits);

/* Ends the document with a line break. */
void json_finish(struct json *json);

#endif
