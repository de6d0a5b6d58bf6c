#include <endian.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "importers/html_scan.h"

#define INLINE ROLE_INLINE, HTML_NOTHING
#define BLOCK ROLE_BLOCK, HTML_BLOCK
#define GROUP ROLE_BLOCK, HTML_NOTHING /* a block that breaks no line */
#define VOID ROLE_VOID, HTML_NOTHING
#define META ROLE_META, HTML_NOTHING
#define RAW ROLE_RAW, HTML_NOTHING
#define ODD ROLE_ODD, HTML_NOTHING

const struct html_tag html_unknown = {"", NULL, INLINE, 0};

/* In the order of their names. All elements that the standard treats in a way of their own are
 * here; any other is a piece of text. */
static const struct html_tag tags[] = {
    {"a", NULL, INLINE, TAG_FORMATTING},
    {"address", NULL, BLOCK, 0},
    {"applet", NULL, ODD, 0},
    {"area", NULL, VOID, TAG_ENDS},
    {"article", NULL, BLOCK, 0},
    {"aside", NULL, BLOCK, 0},
    {"audio", NULL, ROLE_INLINE, HTML_NOTHING, TAG_SKIPPED | TAG_SHOWN},
    {"b", NULL, INLINE, TAG_FORMATTING},
    {"base", NULL, META, TAG_ENDS},
    {"basefont", NULL, META, 0},
    {"bgsound", NULL, META, 0},
    {"big", NULL, INLINE, TAG_FORMATTING},
    {"blockquo", "te", BLOCK, 0},
    {"body", NULL, ROLE_BODY, HTML_NOTHING, TAG_ENDS},
    {"br", NULL, ROLE_LINE, HTML_LINE, TAG_ENDS},
    {"button", NULL, ROLE_BUTTON, HTML_NOTHING, TAG_SKIPPED | TAG_SHOWN},
    {"canvas", NULL, ROLE_INLINE, HTML_NOTHING, TAG_SKIPPED | TAG_RARE},
    {"caption", NULL, ROLE_CAPTION, HTML_CAPTION, TAG_SCOPE},
    {"center", NULL, BLOCK, 0},
    {"code", NULL, INLINE, TAG_FORMATTING},
    {"col", NULL, ROLE_COLUMN, HTML_NOTHING, TAG_ENDS},
    {"colgroup", NULL, ROLE_COLUMN, HTML_NOTHING, TAG_ENDS},
    {"datalist", NULL, ROLE_INLINE, HTML_NOTHING, TAG_RARE},
    {"dd", NULL, ROLE_TERM, HTML_BLOCK, TAG_ENDS},
    {"del", NULL, ODD, 0},
    {"details", NULL, GROUP, TAG_RARE},
    {"dialog", NULL, ODD, 0},
    {"dir", NULL, GROUP, 0},
    {"div", NULL, BLOCK, 0},
    {"dl", NULL, BLOCK, 0},
    {"dt", NULL, ROLE_TERM, HTML_BLOCK, TAG_ENDS},
    {"em", NULL, INLINE, TAG_FORMATTING},
    {"embed", NULL, VOID, TAG_ENDS | TAG_SHOWN},
    {"fieldset", NULL, BLOCK, 0},
    {"figcapti", "on", GROUP, 0},
    {"figure", NULL, BLOCK, 0},
    {"font", NULL, INLINE, TAG_FORMATTING | TAG_STYLED},
    {"footer", NULL, BLOCK, 0},
    {"form", NULL, ROLE_FORM, HTML_BLOCK, 0},
    {"frame", NULL, ODD, 0},
    {"frameset", NULL, ODD, 0},
    {"h1", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"h2", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"h3", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"h4", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"h5", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"h6", NULL, ROLE_HEADING, HTML_BLOCK, 0},
    {"head", NULL, ROLE_HEAD, HTML_NOTHING, TAG_ENDS},
    {"header", NULL, BLOCK, 0},
    {"hgroup", NULL, GROUP, 0},
    {"hr", NULL, ROLE_RULE, HTML_BLOCK, TAG_ENDS},
    {"html", NULL, ROLE_HTML, HTML_NOTHING, TAG_ENDS},
    {"i", NULL, INLINE, TAG_FORMATTING},
    {"iframe", NULL, RAW, TAG_SHOWN},
    {"image", NULL, ODD, 0},
    {"img", NULL, ROLE_PICTURE, HTML_PICTURE, TAG_ENDS},
    {"input", NULL, ROLE_INPUT, HTML_TYPED, TAG_ENDS},
    {"isindex", NULL, ODD, 0},
    {"keygen", NULL, ODD, 0},
    {"li", NULL, ROLE_ITEM, HTML_BLOCK, TAG_ENDS},
    {"link", NULL, META, TAG_ENDS},
    {"listing", NULL, ODD, 0},
    {"main", NULL, BLOCK, 0},
    {"marquee", NULL, ROLE_OBJECT, HTML_NOTHING, TAG_SCOPE},
    {"math", NULL, ODD, 0},
    {"menu", NULL, GROUP, 0},
    {"menuitem", NULL, ODD, 0},
    {"meta", NULL, META, TAG_ENDS},
    {"meter", NULL, ROLE_INLINE, HTML_NOTHING, TAG_RARE},
    {"nav", NULL, GROUP, TAG_SKIPPED | TAG_SHOWN},
    {"nobr", NULL, INLINE, TAG_FORMATTING},
    {"noembed", NULL, ODD, 0},
    {"noframes", NULL, ODD, 0},
    {"noscript", NULL, ROLE_NOSCRIPT, HTML_NOTHING, TAG_SKIPPED},
    {"object", NULL, ROLE_OBJECT, HTML_NOTHING, TAG_SCOPE | TAG_RARE},
    {"ol", NULL, BLOCK, 0},
    {"optgroup", NULL, ROLE_OPTION, HTML_NOTHING, 0},
    {"option", NULL, ROLE_OPTION, HTML_NOTHING, TAG_ENDS},
    {"p", NULL, ROLE_P, HTML_BLOCK, TAG_STYLED | TAG_ENDS},
    {"param", NULL, ROLE_SOURCE, HTML_NOTHING, TAG_ENDS},
    {"plaintex", "t", ODD, 0},
    {"pre", NULL, ROLE_PRE, HTML_PRE, 0},
    {"progress", NULL, ROLE_INLINE, HTML_NOTHING, TAG_RARE},
    {"rb", NULL, ODD, 0},
    {"rp", NULL, ODD, 0},
    {"rt", NULL, ODD, 0},
    {"rtc", NULL, ODD, 0},
    {"ruby", NULL, ODD, 0},
    {"s", NULL, ODD, 0},
    {"script", NULL, RAW, TAG_SHOWN},
    {"section", NULL, BLOCK, 0},
    {"select", NULL, ROLE_SELECT, HTML_NOTHING, TAG_SHOWN | TAG_LOUD},
    {"small", NULL, INLINE, TAG_FORMATTING},
    {"source", NULL, ROLE_SOURCE, HTML_NOTHING, TAG_ENDS},
    {"span", NULL, INLINE, TAG_STYLED},
    {"strike", NULL, ODD, 0},
    {"strong", NULL, INLINE, TAG_FORMATTING},
    {"style", NULL, RAW, 0},
    {"sub", NULL, ROLE_INLINE, HTML_RAISED, 0},
    {"summary", NULL, GROUP, 0},
    {"sup", NULL, ROLE_INLINE, HTML_RAISED, 0},
    {"svg", NULL, ROLE_DRAWING, HTML_NOTHING, TAG_RARE},
    {"table", NULL, ROLE_TABLE, HTML_TABLE, TAG_SCOPE | TAG_STYLED},
    {"tbody", NULL, ROLE_SECTION, HTML_SECTION, TAG_STYLED | TAG_ENDS},
    {"td", NULL, ROLE_CELL, HTML_CELL, TAG_SCOPE | TAG_STYLED | TAG_ENDS},
    {"template", NULL, ODD, 0},
    {"textarea", NULL, RAW, TAG_RARE},
    {"tfoot", NULL, ROLE_SECTION, HTML_SECTION, TAG_ENDS},
    {"th", NULL, ROLE_CELL, HTML_CELL, TAG_SCOPE | TAG_STYLED | TAG_ENDS},
    {"thead", NULL, ROLE_SECTION, HTML_SECTION, TAG_ENDS},
    {"title", NULL, ROLE_TITLE, HTML_NOTHING, 0},
    {"tr", NULL, ROLE_ROW, HTML_ROW, TAG_STYLED | TAG_ENDS},
    {"track", NULL, ROLE_SOURCE, HTML_NOTHING, TAG_ENDS},
    {"tt", NULL, INLINE, TAG_FORMATTING},
    {"u", NULL, INLINE, TAG_FORMATTING},
    {"ul", NULL, BLOCK, 0},
    {"video", NULL, ROLE_INLINE, HTML_NOTHING, TAG_SKIPPED | TAG_SHOWN},
    {"wbr", NULL, VOID, TAG_ENDS},
    {"xmp", NULL, ODD, 0},
};

/* Eight letters as a number that sorts as they do. */
static uint64_t key_of(const char *head)
{
    uint64_t key;
    memcpy(&key, head, sizeof key);
    return be64toh(key);
}

const struct html_tag *html_tag(struct str name)
{
    uint64_t key = 0;
    for (size_t i = 0; i < 8; i++) {
        unsigned char c = i < name.n ? (unsigned char)name.p[i] : 0;
        key = key << 8 | (c >= 'A' && c <= 'Z' ? c + 32u : c);
    }
    size_t from = 0, to = sizeof tags / sizeof *tags;
    while (from < to) {
        size_t middle = (from + to) / 2;
        uint64_t there = key_of(tags[middle].head);
        if (there == key) {
            const struct html_tag *tag = &tags[middle];
            struct str rest = str_skip(name, 8), want = str_from(tag->rest);
            bool same = rest.n == want.n &&
                        (rest.n == 0 || strncasecmp(rest.p, want.p, rest.n) == 0);
            return same ? tag : &html_unknown;
        }
        if (there < key)
            from = middle + 1;
        else
            to = middle;
    }
    return &html_unknown;
}
