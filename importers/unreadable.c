/* unreadable.c - what no importer reads, each refused with its reason and what to do instead. */
#include "importers/importer.h"
#include "importers/ooxml.h"

enum { LEAST = 1, KNOWN = 94, HEAD_BYTES = 4096 };

enum kind { KIND_NONE, PICTURE, RAR, DATABASE, PROGRAM, WEB_ARCHIVE, OTHER_OFFICE, OTHER_XML };

static const struct {
    struct str magic;
    enum kind kind;
} kinds[] = {
    {{"\x89PNG", 4}, PICTURE},
    {{"\xFF\xD8\xFF", 3}, PICTURE},
    {{"GIF8", 4}, PICTURE},
    {{"BM", 2}, PICTURE},
    {{"II*\0", 4}, PICTURE},
    {{"MM\0*", 4}, PICTURE},
    {{"Rar!", 4}, RAR},
    {{"SQLite format 3", 15}, DATABASE},
    {{"\x7F" "ELF", 4}, PROGRAM},
    {{"MZ", 2}, PROGRAM},
    {{"MIME-Version:", 13}, WEB_ARCHIVE},
    {{"From: ", 6}, WEB_ARCHIVE},
};

/* Spreadsheets and texts of 2003 are XML with tables of their own: read as a page, their cells
 * would run together. */
static bool is_other_xml(struct str head)
{
    static const struct str pages[] = {{"<html", 5}, {"<HTML", 5}, {"<Html", 5}};
    struct str text = str_trim(head);
    if (!str_starts(text, STR("<?xml")))
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (str_has(text, pages[i]))
            return false;
    return true;
}

/* The kind, and the bytes that told it. */
static enum kind kind_of(struct str head, size_t *told)
{
    head = str_slice(head, 0, HEAD_BYTES);
    *told = HEAD_BYTES;
    if (ooxml_kind(head) == OOXML_OTHER)
        return OTHER_OFFICE;
    if (is_other_xml(head))
        return OTHER_XML;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *told = kinds[i].magic.n;
        if (str_starts(head, kinds[i].magic))
            return kinds[i].kind;
    }
    return KIND_NONE;
}

static int claims(const struct import_head *head)
{
    size_t told;
    if (kind_of(head->bytes, &told) == KIND_NONE)
        return LEAST;
    /* two letters may begin a text too: then the bytes behind them decide */
    return told == 2 && head->text.n > 0 ? LEAST : KNOWN;
}

static int refuse(enum kind kind, struct err *err)
{
    switch (kind) {
    case PICTURE:
        return err_reject(err, "format", 0, "is a picture, which is not read; ask for the report as "
                          "text, or type its tables in");
    case RAR:
        return err_reject(err, "format", 0, "is a RAR archive, which is not read; pack the files as "
                          ".zip");
    case DATABASE:
        return err_reject(err, "format", 0, "is a database, which is not read; export its rows as a "
                          "CSV file");
    case PROGRAM:
        return err_reject(err, "format", 0, "is a program, which is not read; give the reports "
                          "themselves");
    case WEB_ARCHIVE:
        return err_reject(err, "format", 0, "is a web archive (.mht) or a mail, which is not read; "
                          "open it and save it as .html or .docx");
    case OTHER_OFFICE:
        return err_reject(err, "format", 0, "is an OFD or slides file, which is not read; open it and "
                          "save it as .docx or .xlsx");
    case OTHER_XML:
        return err_reject(err, "format", 0, "is an XML file (of Office 2003, perhaps), which is not "
                          "read; open it and save it as .docx or .xlsx");
    case KIND_NONE:
        break;
    }
    return err_reject(err, "format", 0, "is neither text nor any kind of file that can be read; save "
                      "it as .txt, .html, .csv, .xlsx or .docx");
}

static int read_none(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct str head;
    size_t told;
    (void)options;
    (void)sink;
    if (stream_peek(in, HEAD_BYTES, &head, err) < 0)
        return -1;
    return refuse(kind_of(head, &told), err);
}

const struct importer importer_unreadable = {
    .name = "",
    .claims = claims,
    .read = read_none,
};
