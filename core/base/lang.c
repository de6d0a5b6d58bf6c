#include "core/base/lang.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"

/* The table is small and read once; open addressing over hashes of the English text. */
enum { SLOTS = 4096 };

struct message {
    char *english, *chinese;
};

static enum lang current = LANG_EN;
static struct message table[SLOTS];
static char *words; /* what the table points into; lives as long as the program */
static pthread_once_t once = PTHREAD_ONCE_INIT;

static unsigned hash(const char *s)
{
    unsigned h = 2166136261u;
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 16777619u;
    return h;
}

static struct message *slot_of(const char *english)
{
    unsigned i = hash(english) % SLOTS;
    while (table[i].english && strcmp(table[i].english, english) != 0)
        i = (i + 1) % SLOTS;
    return &table[i];
}

/* Turns the two-character sequence \n of the table into a line break, in place. */
static void unescape(char *s)
{
    char *to = s;
    for (; *s; s++, to++) {
        *to = *s;
        if (s[0] == '\\' && s[1] == 'n') {
            *to = '\n';
            s++;
        }
    }
    *to = 0;
}

static void load(void)
{
    const char *text = resource_text("messages.tsv");
    char *rest = words = text ? strdup(text) : NULL;
    unsigned used = 0;
    for (char *line; rest && (line = strsep(&rest, "\n")) != NULL;) {
        char *tab = strchr(line, '\t');
        if (!tab || line[0] == '#' || used == SLOTS - 1)
            continue;
        *tab = 0;
        unescape(line);
        unescape(tab + 1);
        struct message *m = slot_of(line);
        used += !m->english;
        *m = (struct message){line, tab + 1};
    }
}

void lang_set(enum lang lang)
{
    current = lang;
}

enum lang lang_get(void)
{
    return current;
}

enum lang lang_from_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return strncmp(value, "zh", 2) == 0 ? LANG_ZH : LANG_EN;
    }
    return LANG_EN;
}

const char *lang_chinese(const char *english)
{
    pthread_once(&once, load);
    const struct message *m = slot_of(english);
    return m->english ? m->chinese : english;
}

const char *lang_in(enum lang lang, const char *english)
{
    return lang == LANG_ZH ? lang_chinese(english) : english;
}

const char *tr(const char *english)
{
    return lang_in(current, english);
}
