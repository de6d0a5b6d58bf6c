#include "core/recognise/printed.h"

#include <string.h>

size_t printed_fold(const struct labels *labels, struct lexicon *lexicon, struct word *word,
                    struct str text, uint16_t key[KEY_MAX + 1])
{
    if (word && word->known & WORD_FOLDED) {
        if (word->key_n <= KEY_MAX)
            memcpy(key, word->key, word->key_n * sizeof *key);
        return word->key_n;
    }
    size_t n = fold(labels->folding, text, key, KEY_MAX + 1);
    if (word && n <= KEY_MAX) {
        uint16_t *kept = arena_array(lexicon_arena(lexicon), n + 1, sizeof *kept);
        if (!kept)
            return n;
        memcpy(kept, key, n * sizeof *key);
        word->key = kept;
    }
    if (word) {
        word->key_n = (uint16_t)n;
        word->known |= WORD_FOLDED;
    }
    return n;
}

uint32_t printed_width(struct str s)
{
    uint32_t width = 0;
    size_t n;
    for (; s.n > 0; s = str_skip(s, n))
        width += utf8_next(s, &n) >= 0x1100 ? 2 : 1;
    return width;
}

const struct meaning *printed_heading(const struct labels *labels, struct str text,
                                      struct word *word)
{
    uint16_t key[KEY_MAX];
    if (text.n > 3 * LABEL_MAX)
        return NULL;
    if (word && word->known & WORD_HEADING)
        return word->heading;
    size_t n = fold(labels->folding, text, key, KEY_MAX);
    n = fold_unbracket(key, NULL, n, false);
    const struct label *label = labels_find(labels, key, n);
    size_t ordinal = fold_ordinal(key, n);
    if (!label_as(label, TABLE_NONE, PLACE_HEADING))
        label = labels_find(labels, key + ordinal, n - ordinal);
    const struct meaning *heading = label_as(label, TABLE_NONE, PLACE_HEADING);
    if (word) {
        word->heading = heading;
        word->known |= WORD_HEADING;
    }
    return heading;
}

/* Page marks: - 4 -, 第 4 页 共 9 页, P. 7, Page 8 - …, 4 / 12. A line of one number may be a cell. */
static bool is_page_mark(struct str line)
{
    struct str s = str_trim(line);
    size_t n, digits = 0, dashes = 0, other = 0, parts = 0;
    bool in_number = false;
    if (str_starts(s, STR("Page ")) && s.n > 5 && s.p[5] >= '0' && s.p[5] <= '9')
        return true; /* Page 8 - and the title, however long */
    if (s.n == 0 || s.n > 60)
        return false;
    if (str_starts(s, STR("P.")))
        return s.p[s.n - 1] >= '0' && s.p[s.n - 1] <= '9';
    bool page = str_starts(s, STR("第")) && str_has(s, STR("页"));
    for (; s.n > 0; s = str_skip(s, n)) {
        uint32_t c = utf8_next(s, &n);
        bool digit = c >= '0' && c <= '9';
        parts += digit && !in_number;
        in_number = digit;
        digits += digit;
        if (c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0xFF0D || c == 0xB7 || c == '~')
            dashes++;
        else if (!digit && c != ' ' && c != 0x3000 && c != '/' && c != 0xA0)
            other++;
        if (other > 0 && !page)
            return false;
    }
    if (page)
        return digits > 0 && other <= 6;
    return digits > 0 && digits <= 4 && dashes >= 2 && parts == 1;
}

bool printed_prose(struct str line)
{
    static const char *const marks[] = {"。", "；", "！", "？"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_has(line, str_from(marks[i])))
            return true;
    return false;
}

bool printed_page_mark(struct str line, struct word *word)
{
    if (number_is_digits(line))
        return false;
    if (word && word->known & WORD_PAGE)
        return word->page_mark;
    bool page = is_page_mark(line);
    if (word) {
        word->page_mark = page;
        word->prose = printed_prose(line);
        word->known |= WORD_PAGE;
    }
    return page;
}

/* Where a figure begins that is glued to the end of a label: (七)总计3. 0 when there is none. */
static size_t glued_figure(const struct labels *labels, struct str token)
{
    size_t at = token.n;
    while (at > 0 && strchr("0123456789,.", token.p[at - 1]) && token.p[at - 1])
        at--;
    while (at < token.n && (token.p[at] == '.' || token.p[at] == ','))
        at++;
    if (at == 0 || at == token.n)
        return 0;
    uint16_t key[KEY_MAX];
    size_t n = fold(labels->folding, str_slice(token, 0, at), key, KEY_MAX);
    n = fold_unbracket(key, NULL, n, false);
    const struct label *label = labels_suffix(labels, key, n, NULL, NULL, &(size_t){0});
    return label_as(label, TABLE_NONE, PLACE_ROW) ? at : 0;
}

/* A bracketed remark behind a figure, no ordinal: （其中修订16件）. */
static bool is_note(const struct labels *labels, struct str token)
{
    uint16_t key[KEY_MAX];
    size_t n = fold(labels->folding, token, key, KEY_MAX);
    for (size_t i = 0; i + 1 < n; i++)
        if (key[i] == FOLD_CLOSE)
            return false;
    return n > 4 && key[0] == FOLD_OPEN && key[n - 1] == FOLD_CLOSE &&
           fold_ordinal(key + 1, n - 2) < n - 2;
}

/* Digits and separators that make no figure alone, as at the edge of a column: 14,63. */
static bool is_cut_figure(struct str token)
{
    size_t n, digits = 0;
    for (; token.n > 0; token = str_skip(token, n)) {
        uint32_t c = utf8_next(token, &n);
        bool digit = (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
        if (!digit && c != ',' && c != '.' && c != 0xFF0C && c != 0xFF0E)
            return false;
        if (!digit && digits == 0)
            return false;
        digits += digit;
    }
    return digits > 1;
}

struct word printed_token(const struct labels *labels, struct str text, struct word *word)
{
    if (word && word->known & WORD_TOKEN)
        return *word;
    struct word token = word ? *word : (struct word){0};
    enum number_state state = number_read(text).state;
    token.figure = number_is_figure(text) || state == NUMBER_NA || is_cut_figure(text);
    token.unit = !token.figure && number_is_unit(text);
    token.note = !token.figure && is_note(labels, text);
    token.glued = token.figure || token.unit ? 0 : (uint32_t)glued_figure(labels, text);
    if (word) {
        token.known |= WORD_TOKEN;
        *word = token;
    }
    return token;
}

bool printed_next(struct str *rest, uint32_t *x, struct str *token)
{
    size_t n;
    while (rest->n > 0) {
        uint32_t c = utf8_next(*rest, &n);
        if (str_trim(str_slice(*rest, 0, n)).n > 0)
            break;
        *x += c >= 0x1100 ? 2 : 1;
        *rest = str_skip(*rest, n);
    }
    size_t end = 0;
    while (end < rest->n) {
        utf8_next(str_skip(*rest, end), &n);
        if (str_trim(str_slice(*rest, end, end + n)).n == 0)
            break;
        end += n;
    }
    *token = str_slice(*rest, 0, end);
    *rest = str_skip(*rest, end);
    return end > 0;
}

/* The text of a cell without the asterisks that Markdown prints bold with. */
static struct str plain(struct str text)
{
    struct str s = str_trim(text);
    for (int i = 0; i < 2; i++) {
        struct str mark = i ? STR("*") : STR("**");
        if (s.n > 2 * mark.n && str_starts(s, mark) && str_ends(s, mark))
            return str_trim(str_slice(s, mark.n, s.n - mark.n));
    }
    return s;
}

struct str printed_plain(struct lexicon *lexicon, struct str text, struct word **word)
{
    struct str s;
    if (*word && (*word)->known & WORD_PLAIN) {
        s = str_slice(text, (*word)->plain_from, (size_t)(*word)->plain_from + (*word)->plain_n);
    } else {
        s = plain(text);
        if (*word) {
            (*word)->plain_from = s.n ? (uint8_t)(s.p - text.p) : 0;
            (*word)->plain_n = (uint8_t)s.n;
            (*word)->known |= WORD_PLAIN;
        }
    }
    if (s.n != text.n)
        *word = lexicon_word(lexicon, s);
    return s;
}

enum number_state printed_cell(struct str text, struct word *word, bool *unit)
{
    if (word && word->known & WORD_CELL) {
        *unit = word->unit;
        return (enum number_state)word->state;
    }
    enum number_state state = number_read(text).state;
    *unit = state == NUMBER_OTHER && number_is_unit(text);
    if (word) {
        word->state = (uint8_t)state;
        word->unit = *unit;
        word->known |= WORD_CELL;
    }
    return state;
}
