#include "importers/ooxml.h"

enum { ZIP_HEADER = 30 };

static uint32_t little(struct str s, size_t at, size_t bytes)
{
    uint32_t n = 0;
    for (size_t i = 0; i < bytes; i++)
        n |= (uint32_t)(unsigned char)s.p[at + i] << (8 * i);
    return n;
}

enum ooxml_kind ooxml_kind(struct str head)
{
    enum ooxml_kind kind = OOXML_NONE;
    const struct str magic = STR("PK\3\4");
    for (size_t members = 0; members < 64 && head.n > ZIP_HEADER && str_starts(head, magic);
         members++) {
        uint32_t packed = little(head, 18, 4), name_size = little(head, 26, 2);
        struct str name = str_slice(head, ZIP_HEADER, ZIP_HEADER + name_size);
        if (str_starts(name, STR("xl/")))
            return OOXML_SHEETS;
        if (str_starts(name, STR("word/")))
            return OOXML_TEXT;
        if (str_eq(name, STR("[Content_Types].xml")) || str_eq(name, STR("_rels/.rels")) ||
            str_starts(name, STR("docProps/")))
            kind = OOXML_SOME;
        head = str_skip(head, ZIP_HEADER + (size_t)name_size + little(head, 28, 2) + packed);
        if (packed == 0 || !str_starts(head, magic)) { /* its size stands behind it: look on */
            ptrdiff_t next = str_find(head, magic);
            if (next < 0)
                break;
            head = str_skip(head, (size_t)next);
        }
    }
    return kind;
}
