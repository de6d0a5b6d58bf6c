#include "core/base/log.h"

#include <inttypes.h>
#include <stdlib.h>

#include "core/base/json.h"
#include "core/base/lang.h"
#include "core/base/visible.h"

enum { LINE_MOST = 64 * 1024 };

struct log log_new(FILE *to, enum log_format format, bool held)
{
    return (struct log){
        .to = to,
        .format = format,
        .held = held,
        .memory = buf_new(LOG_HELD),
        .line = buf_new(LINE_MOST),
    };
}

void log_free(struct log *log)
{
    buf_free(&log->memory);
    buf_free(&log->line);
}

/* A member of the line's JSON object, through the writer that knows how to escape. */
static void json_member(struct log *log, const char *key, struct str value)
{
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    if (!to)
        return;
    struct json json = json_new(to, true);
    json_str(&json, NULL, value);
    fclose(to);
    buf_printf(&log->line, ",\"%s\":", key);
    buf_add(&log->line, (struct str){text, size});
    free(text);
}

void log_begin(struct log *log, enum log_level level, const char *event)
{
    static const char *const names[] = {"info", "warning", "error"};
    static const char *const prefixes[] = {"", "warning: ", "error: "};
    buf_reset(&log->line);
    if (log->format == LOG_JSON) {
        buf_printf(&log->line, "{\"level\":\"%s\",\"event\":\"%s\"", names[level], event);
        if (log->now)
            buf_printf(&log->line, ",\"at\":\"%s\"", log->now());
    } else {
        buf_printf(&log->line, "gongkai: %s%s", tr(prefixes[level]), event);
    }
}

void log_str(struct log *log, const char *key, struct str value)
{
    if (log->format == LOG_JSON) {
        json_member(log, key, value);
        return;
    }
    buf_printf(&log->line, " %s=", key);
    bool quoted = value.n == 0 || str_has(value, STR(" "));
    if (quoted)
        buf_char(&log->line, '"');
    visible_add(&log->line, value);
    if (quoted)
        buf_char(&log->line, '"');
}

void log_int(struct log *log, const char *key, int64_t value)
{
    if (log->format == LOG_JSON)
        buf_printf(&log->line, ",\"%s\":%" PRId64, key, value);
    else
        buf_printf(&log->line, " %s=%" PRId64, key, value);
}

/* In the place of a line for which there is no memory. */
static void say_memory(struct log *log)
{
    struct err err;
    err_memory(&err);
    if (log->held)
        log->cut = true;
    else if (log->format == LOG_JSON)
        fprintf(log->to, "{\"level\":\"error\",\"event\":\"cut\",\"message\":\"%s\"}\n",
                err_text(&err));
    else
        fprintf(log->to, "gongkai: %s%s\n", tr("error: "), err_text(&err));
}

void log_end(struct log *log, const char *words)
{
    bool some = words && *words;
    if (log->format == LOG_JSON) {
        if (some)
            json_member(log, "message", str_from(words));
        buf_char(&log->line, '}');
    } else if (some) {
        buf_text(&log->line, ": ");
        visible_add(&log->line, str_from(words));
    }
    buf_char(&log->line, '\n');
    if (log->line.failed) {
        if (err_refused_met())
            say_memory(log);
        return;
    }
    if (!log->held) {
        fwrite(log->line.p, 1, log->line.n, log->to);
        fflush(log->to);
    } else if (buf_reserve(&log->memory, log->line.n) == 0) {
        buf_add(&log->memory, buf_str(&log->line));
    } else {
        log->memory.failed = false;
        log->cut = true;
    }
}

void log_err(struct log *log, enum log_level level, const char *event, struct str source,
             const struct err *err)
{
    log_begin(log, level, event);
    if (source.n)
        log_str(log, "source", source);
    if (err->line)
        log_int(log, "line", err->line);
    if (err->reason && *err->reason)
        log_str(log, "reason", str_from(err->reason));
    log_end(log, err_text(err));
}

void log_release(struct log *log)
{
    if (!log->held)
        return;
    log->held = false;
    if (log->memory.n)
        fwrite(log->memory.p, 1, log->memory.n, log->to);
    buf_free(&log->memory);
    if (log->cut) {
        log_begin(log, LOG_WARNING, "cut");
        log_end(log, tr("more events came than could be held back"));
    }
}

void log_drop(struct log *log)
{
    buf_free(&log->memory);
}
