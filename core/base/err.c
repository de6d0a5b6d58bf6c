#include "core/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/base/lang.h"

/* Both languages take the same arguments; a test checks that their formats agree. */
static int fill(struct err *err, enum err_kind kind, const char *reason, uint32_t line,
                const char *format, va_list args)
{
    if (!err)
        return -1;
    va_list again;
    va_copy(again, args);
    err->kind = kind;
    err->reason = reason;
    err->line = line;
    vsnprintf(err->english, sizeof err->english, format, args);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    vsnprintf(err->chinese, sizeof err->chinese, lang_chinese(format), again);
#pragma GCC diagnostic pop
    va_end(again);
    return -1;
}

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, kind, "", 0, format, args);
    va_end(args);
    return -1;
}

int err_reject(struct err *err, const char *reason, uint32_t line, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(err, ERR_INPUT, reason, line, format, args);
    va_end(args);
    return -1;
}

static _Thread_local bool refused;

bool err_refused_met(void)
{
    return refused;
}

void err_refused_forget(void)
{
    refused = false;
}

int err_refused(struct err *err)
{
    refused = true;
    return err_memory(err);
}

int err_memory(struct err *err)
{
    if (!err)
        return -1;
    *err = (struct err){.kind = ERR_SYSTEM, .reason = ""};
    static const char english[] = "out of memory; free some and run the command again";
    static const char chinese[] = "内存不足；请释放内存后重新运行";
    memcpy(err->english, english, sizeof english);
    memcpy(err->chinese, chinese, sizeof chinese);
    return -1;
}

const char *err_text(const struct err *err)
{
    return lang_get() == LANG_ZH ? err->chinese : err->english;
}
