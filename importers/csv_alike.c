#include "importers/csv_alike.h"

#include <stdlib.h>

#include "core/base/buf.h"
#include "importers/csv_packing.h"

enum { HEAD_MAX = 4096 };

/* The head of a line: all fields before the code, as they stand, with the delimiter behind. */
struct head {
    struct buf text;
    enum csv_spelling kind;
    uint32_t line;   /* where it was met, 0: nowhere */
    uint32_t report; /* whose it is, where that is known */
};

/* What is known of a code: the one that followed it last, and whether lines with it may be taken. */
struct code {
    uint32_t next;
    bool usable, ascii;
};

struct csv_alike {
    struct csv_reports *reports;
    size_t head_fields;
    char delimiter;
    struct buf head_code;
    struct head known, asked; /* of the lines being taken; of the one that was left */
    const struct stated_names *names;
    struct code *codes; /* of the names, as many as were there when lines were last taken */
    uint32_t code_count;
    uint32_t code;      /* of the last line … */
    uint32_t last;      /* … and whose it was */
    bool plain[256];    /* bytes that a value may consist of */
};

int csv_alike_new(struct csv_alike **out, struct csv_reports *reports, char delimiter,
                  size_t columns, struct str head_code, struct err *err)
{
    struct csv_alike *a = calloc(1, sizeof *a);
    if (!a)
        return err_refused(err);
    a->reports = reports;
    a->names = csv_reports_names(reports);
    a->delimiter = delimiter;
    a->head_fields = columns - 2;
    a->head_code = buf_new(HEAD_MAX);
    a->known.text = buf_new(HEAD_MAX);
    a->asked.text = buf_new(HEAD_MAX);
    for (int c = 0x21; c < 0x7F; c++)
        a->plain[c] = c != delimiter && c != '"';
    buf_add(&a->head_code, str_trim(head_code));
    if (a->head_code.failed) {
        csv_alike_free(a);
        return err_memory(err);
    }
    *out = a;
    return 0;
}

void csv_alike_free(struct csv_alike *a)
{
    if (!a)
        return;
    buf_free(&a->head_code);
    buf_free(&a->known.text);
    buf_free(&a->asked.text);
    free(a->codes);
    free(a);
}

static struct str text_of(const struct head *head)
{
    return (struct str){head->text.p ? head->text.p : "", head->text.n};
}

static bool set_head(struct head *head, enum csv_spelling kind, struct str text, uint32_t line)
{
    buf_reset(&head->text);
    buf_add(&head->text, text);
    head->kind = kind;
    head->line = head->text.failed ? 0 : line;
    return !head->text.failed;
}

/* The head of the line that `text` begins with; p is NULL when it does not end in there. It may reach
 * over a line's end: then it is none that was ever learned. */
static struct str head_at(const struct csv_alike *a, struct str text)
{
    const char *at = text.p, *end = text.p + (text.n < HEAD_MAX ? text.n : HEAD_MAX);
    for (size_t fields = 0; fields < a->head_fields; fields++, at++)
        if (at == end || !(at = memchr(at, a->delimiter, (size_t)(end - at))))
            return (struct str){0};
    return (struct str){text.p, (size_t)(at - text.p)};
}

/* Whether a head is one line's, and needs no grammar. */
static bool is_plain_head(struct str head)
{
    for (size_t i = 0; i < head.n; i++)
        if (head.p[i] == '"' || head.p[i] == '\n' || head.p[i] == '\r')
            return false;
    return true;
}

/* Whose line `text` begins with, by its head, which is moved to *head; false where it has to be read
 * in full. */
static bool find_head(struct csv_alike *a, enum csv_spelling kind, struct str text, uint32_t line,
                      struct str *head)
{
    struct str found = head_at(a, text);
    if (!found.p)
        return false;
    if (csv_reports_spelled(a->reports, kind, found, &a->known.report)) {
        *head = found;
        return true;
    }
    if (is_plain_head(found))
        set_head(&a->asked, kind, found, line);
    return false;
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

/* Looks at the codes that were met since. */
static int learn_codes(struct csv_alike *a, struct err *err)
{
    uint32_t count = a->names->count;
    if (count <= a->code_count)
        return 0;
    struct code *codes = realloc(a->codes, count * sizeof *codes);
    if (!codes)
        return err_refused(err);
    a->codes = codes;
    for (uint32_t i = a->code_count; i < count; i++) {
        struct str name = a->names->name[i];
        bool head = str_eq(name, (struct str){a->head_code.p, a->head_code.n});
        codes[i] = (struct code){i + 1 < count ? i + 1 : 0, name.n > 0 && !head, is_ascii(name)};
    }
    a->code_count = count;
    return 0;
}

/* Whether the text goes on with this name and a delimiter. */
static inline bool names_code(const struct csv_alike *a, struct str name, const char *at,
                              const char *end)
{
    return (size_t)(end - at) > name.n && at[name.n] == a->delimiter &&
           memcmp(at, name.p, name.n) == 0;
}

/* The code at `at`: the one that followed the last one before, else any that is known. Moves `at`
 * behind its delimiter. */
static bool code_at(struct csv_alike *a, bool raw, const char **at, const char *end)
{
    uint32_t next = a->codes[a->code].next;
    if (!names_code(a, a->names->name[next], *at, end)) {
        const char *stop = memchr(*at, a->delimiter, (size_t)(end - *at));
        if (!stop || !csv_reports_find(a->reports, (struct str){*at, (size_t)(stop - *at)}, &next) ||
            next >= a->code_count)
            return false;
        a->codes[a->code].next = next;
    }
    if (!a->codes[next].usable || (raw && !a->codes[next].ascii))
        return false;
    a->code = next;
    *at += a->names->name[next].n + 1;
    return true;
}

/* The end of a plain value at `at`, whose line ends behind it at *next; NULL when it is none. */
static const char *value_end(const struct csv_alike *a, const char *at, const char *end,
                             const char **next)
{
    while (at < end && a->plain[(unsigned char)*at])
        at++;
    if (at == end)
        return NULL;
    if (*at == '\n') {
        *next = at + 1;
        return at;
    }
    if (*at != '\r' || at + 1 == end || at[1] != '\n')
        return NULL;
    *next = at + 2;
    return at;
}

/* Takes lines from the text ahead, and says how many bytes and lines they were. */
static int take_lines(struct csv_alike *a, const struct csv_ahead *ahead, size_t *bytes,
                      uint32_t *lines, struct err *err)
{
    enum csv_spelling kind = ahead->raw ? CSV_RAW_HEAD : CSV_TEXT_HEAD;
    const char *at = ahead->text.p, *end = at + ahead->text.n, *next;
    struct str head = text_of(&a->known);
    bool known = a->known.line && a->known.kind == kind, moved = false;
    struct csv_packer *packer = csv_reports_packer(a->reports);
    uint32_t line = ahead->line;
    *bytes = *lines = 0;
    for (; at < end; at = next, line++) {
        struct str rest = {at, (size_t)(end - at)};
        if (!known || !str_starts(rest, head)) {
            if (!find_head(a, kind, rest, line, &head))
                break;
            known = moved = true;
        }
        const char *value = at + head.n;
        if (!code_at(a, ahead->raw, &value, end))
            break;
        const char *stop = value_end(a, value, end, &next);
        if (!stop)
            break;
        if (!csv_reports_rejected(a->reports, a->known.report) &&
            csv_pack(packer, a->known.report, a->code, line,
                     (struct str){value, (size_t)(stop - value)}, err) < 0)
            return -1;
        a->last = a->known.report;
    }
    *bytes = (size_t)(at - ahead->text.p);
    *lines = line - ahead->line;
    return moved && !set_head(&a->known, kind, head, ahead->line) ? err_memory(err) : 0;
}

int csv_alike_take(struct csv_alike *a, struct csv_reader *reader, uint32_t *report,
                   struct err *err)
{
    size_t bytes = 1;
    uint32_t lines;
    a->asked.line = 0;
    if (learn_codes(a, err) < 0)
        return -1;
    while (bytes > 0 && a->code_count > 0 && !a->asked.line) {
        struct csv_ahead ahead;
        if (csv_look_ahead(reader, &ahead, err) < 0)
            return -1;
        if (ahead.text.n == 0)
            break;
        if (take_lines(a, &ahead, &bytes, &lines, err) < 0)
            return -1;
        csv_pass(reader, bytes, lines);
        if (lines > 0)
            *report = a->last;
    }
    return 0;
}

int csv_alike_learn(struct csv_alike *a, const struct csv_record *record, uint32_t report,
                    bool again, struct err *err)
{
    struct head asked = a->asked;
    if (!asked.line || asked.line != record->line || record->lines != 1)
        return 0;
    a->asked = a->known;
    a->known = asked;
    a->known.report = report;
    a->asked.line = 0;
    return again ? csv_reports_spell(a->reports, asked.kind, text_of(&asked), report, err) : 0;
}
