/* What is printed: JSON, the log, text of unknown origin. */
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/visible.h"
#include "tests/tap.h"

static bool shows(struct str raw, const char *want)
{
    struct buf out = buf_new(4096);
    visible_add(&out, raw);
    bool same = strcmp(buf_str(&out).p, want) == 0;
    if (!same)
        diag("%s", out.p);
    buf_free(&out);
    return same;
}

int main(void)
{
    ok(shows(STR("政府\tA\\b"), "政府\\tA\\\\b"), "Chinese stays, tab and backslash are escaped");
    ok(shows(STR("\x1b[31mred\n"), "\\x1b[31mred\\n"), "an escape sequence is shown, not obeyed");
    ok(shows(STR("\xff\xc0\xaf\xe4\xb8"), "\\xff\\xc0\\xaf\\xe4\\xb8"), "what is no UTF-8 is escaped");
    ok(shows(STR("a\xE2\x80\xAE" "b\xC2\x9B"), "a\\u202eb\\u009b"),
       "marks of direction and C1 controls are escaped");

    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    struct json json = json_new(to, true);
    json_object(&json, NULL);
    json_text(&json, "a\"b", "x\n\x01政\xff");
    json_array(&json, "list");
    json_int(&json, NULL, INT64_MIN);
    json_null(&json, NULL);
    json_decimal(&json, NULL, STR("59237.2449"));
    json_end_array(&json);
    json_bool(&json, "yes", true);
    json_array(&json, "none");
    json_end_array(&json);
    json_end_object(&json);
    json_finish(&json);
    fclose(to);
    ok(strcmp(text, "{\"a\\\"b\":\"x\\n\\u0001政\xEF\xBF\xBD\",\"list\":[-9223372036854775808,null,"
                    "59237.2449],\"yes\":true,\"none\":[]}\n") == 0,
       "JSON is escaped and separated");
    free(text);

    to = open_memstream(&text, &size);
    struct log log = log_new(to, LOG_TEXT, true);
    log_begin(&log, LOG_WARNING, "reject");
    log_str(&log, "source", STR("a b\n.txt"));
    log_int(&log, "line", 3);
    log_end(&log, "no table");
    fflush(to);
    ok(size == 0, "a quiet log prints nothing");
    log_release(&log);
    fflush(to);
    ok(strcmp(text, "gongkai: warning: reject source=\"a b\\n.txt\" line=3: no table\n") == 0,
       "until it is released; an event is one line");
    log.format = LOG_JSON;
    log_begin(&log, LOG_INFO, "note");
    log_str(&log, "source", STR("a\n\"b"));
    log_end(&log, NULL);
    fclose(to);
    ok(strstr(text, "\n{\"level\":\"info\",\"event\":\"note\",\"source\":\"a\\n\\\"b\"}\n") != NULL,
       "the same as JSON");
    log_free(&log);
    free(text);
    return done();
}
