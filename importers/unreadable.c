/* unreadable.c - what no importer reads, each refused with its reason and what to do instead. */
#include "importers/importer.h"
#include "importers/ooxml.h"

enum { LEAST = 1, KNOWN = 94, HEAD_BYTES = 4096 };

struct kind {
    struct str magic;
    const char *name, *hint;
};

static const struct kind kinds[] = {
    {{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, "an old Word, Excel or WPS file, or one with a password",
     "open it and save it as .docx or .xlsx"},
    {{"{\\rtf", 5}, "an RTF file", "open it and save it as .docx"},
    {{"\x89PNG", 4}, "a picture", "ask for the report as text, or type its tables in"},
    {{"\xFF\xD8\xFF", 3}, "a picture", "ask for the report as text, or type its tables in"},
    {{"GIF8", 4}, "a picture", "ask for the report as text, or type its tables in"},
    {{"BM", 2}, "a picture", "ask for the report as text, or type its tables in"},
    {{"II*\0", 4}, "a picture", "ask for the report as text, or type its tables in"},
    {{"MM\0*", 4}, "a picture", "ask for the report as text, or type its tables in"},
    {{"Rar!", 4}, "a RAR archive", "pack the files as .zip"},
    {{"SQLite format 3", 15}, "a database", "export its rows as a CSV file"},
    {{"\x7F" "ELF", 4}, "a program", "give the reports themselves"},
    {{"MZ", 2}, "a program", "give the reports themselves"},
    {{"MIME-Version:", 13}, "a web archive (.mht)", "open it and save it as .html or .docx"},
    {{"From: ", 6}, "a web archive (.mht) or a mail", "open it and save it as .html or .docx"},
};

static const struct kind other_office = {
    {"PK\3\4", 4}, "an OpenDocument, OFD or slides file", "open it and save it as .docx or .xlsx"};

/* Spreadsheets and texts of 2003 are XML with tables of their own: read as a page, their cells
 * would run together. */
static const struct kind other_xml = {
    {"<?xml", 5}, "an XML file (of Office 2003, perhaps)", "open it and save it as .docx or .xlsx"};

static bool is_other_xml(struct str head)
{
    static const struct str pages[] = {{"<html", 5}, {"<HTML", 5}, {"<Html", 5}};
    struct str text = str_trim(head);
    if (!str_starts(text, other_xml.magic))
        return false;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (str_has(text, pages[i]))
            return false;
    return true;
}

static const struct kind *kind_of(struct str head)
{
    head = str_slice(head, 0, HEAD_BYTES);
    if (ooxml_kind(head) == OOXML_OTHER)
        return &other_office;
    if (is_other_xml(head))
        return &other_xml;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(head, kinds[i].magic))
            return &kinds[i];
    return NULL;
}

static int claims(const struct import_head *head)
{
    const struct kind *kind = kind_of(head->bytes);
    if (!kind)
        return LEAST;
    /* two letters may begin a text too: then the bytes behind them decide */
    return kind->magic.n == 2 && head->text.n > 0 ? LEAST : KNOWN;
}

static int read_none(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct str head;
    (void)options;
    (void)sink;
    if (stream_peek(in, HEAD_BYTES, &head, err) < 0)
        return -1;
    const struct kind *kind = kind_of(head);
    if (!kind)
        return err_reject(err, "format", 0, "is neither text nor any kind of file that can be read; "
                          "save it as .txt, .html, .csv, .xlsx or .docx");
    return err_reject(err, "format", 0, "is %s, which is not read; %s", kind->name, kind->hint);
}

const struct importer importer_unreadable = {
    .name = "",
    .title = "what cannot be read",
    .claims = claims,
    .read = read_none,
};
