/* office.c - files of old Word, Excel and WPS, RTF and OpenDocument: LibreOffice, where it is
 * installed, saves them as .docx or .xlsx, which then are read like any other. It works in a folder
 * of its own that goes away with it, without the network, bounded in time, memory and files. */
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/replace.h"
#include "importers/importer.h"
#include "importers/ooxml.h"
#include "importers/pipe.h"

extern const struct importer importer_docx, importer_xlsx;

enum { SECONDS = 120, FILE_BYTES = 256 << 20, FILES = 512, OUTPUT_BYTES = 1 << 16, PATH_BYTES = 256 };
#define MEMORY_BYTES ((size_t)8 << 30) /* of address space, most of which it never touches */

/* What a file turns out to be. */
enum office_kind { OFFICE_NONE, OFFICE_OTHER, OFFICE_TEXT, OFFICE_SHEETS };

static const struct str compound = {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8}, rich = {"{\\rtf", 5};

/* Streams of a compound file by their names in UTF-16: a Word document, which may hold sheets. */
static const struct str word_stream = {"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", 24};
static const struct str book_streams[] = {{"\0W\0o\0r\0k\0b\0o\0o\0k\0\0", 18},
                                          {"\0B\0o\0o\0k\0\0", 10}};

/* OpenDocument says what it is in its first member, which is not packed. */
static enum office_kind kind_of_open(struct str head)
{
    static const struct str text = {"mimetypeapplication/vnd.oasis.opendocument.text", 47};
    static const struct str sheets = {"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54};
    struct str first = str_slice(head, 0, 200);
    if (ooxml_kind(head) != OOXML_OTHER)
        return OFFICE_NONE;
    return str_has(first, text) ? OFFICE_TEXT : str_has(first, sheets) ? OFFICE_SHEETS : OFFICE_NONE;
}

static enum office_kind kind_of(struct str bytes)
{
    if (str_starts(bytes, rich))
        return OFFICE_TEXT;
    if (!str_starts(bytes, compound))
        return kind_of_open(bytes);
    if (str_has(bytes, word_stream))
        return OFFICE_TEXT;
    for (size_t i = 0; i < sizeof book_streams / sizeof *book_streams; i++)
        if (str_has(bytes, book_streams[i]))
            return OFFICE_SHEETS;
    return OFFICE_OTHER;
}

static int claims(const struct import_head *head)
{
    bool mine = str_starts(head->bytes, compound) || str_starts(head->bytes, rich) ||
                kind_of_open(head->bytes) != OFFICE_NONE;
    return mine ? 95 : 0;
}

/* The folder of one conversion, and what lies in it. */
struct workshop {
    char folder[PATH_BYTES], in[PATH_BYTES + 16], out[PATH_BYTES + 16], profile[PATH_BYTES + 64];
    char made[PATH_BYTES + 32];
};

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *at)
{
    (void)stat, (void)type, (void)at;
    remove(path);
    return 0;
}

static void close_workshop(const struct workshop *shop)
{
    nftw(shop->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static int open_workshop(struct workshop *shop, enum office_kind kind, struct err *err)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._/";
    const char *within = getenv("TMPDIR");
    if (!within || within[0] != '/' || strlen(within) > PATH_BYTES / 2 ||
        within[strspn(within, plain)]) /* it becomes part of a URL */
        within = "/tmp";
    snprintf(shop->folder, sizeof shop->folder, "%s/gongkai-XXXXXX", within);
    if (!mkdtemp(shop->folder))
        return err_set(err, ERR_SYSTEM, "no folder can be made in %s: %s; set TMPDIR to one that can "
                       "be written", within, strerror(errno));
    snprintf(shop->in, sizeof shop->in, "%s/report", shop->folder);
    snprintf(shop->out, sizeof shop->out, "%s/out", shop->folder);
    snprintf(shop->made, sizeof shop->made, "%s/report.%s", shop->out,
             kind == OFFICE_TEXT ? "docx" : "xlsx");
    snprintf(shop->profile, sizeof shop->profile, "-env:UserInstallation=file://%s/profile",
             shop->folder);
    return 0;
}

static int write_input(const struct workshop *shop, struct str bytes, struct err *err)
{
    struct replace *file;
    if (replace_open_path(&file, shop->in, err) < 0)
        return -1;
    if (replace_write(file, bytes.p, bytes.n, err) < 0) {
        replace_abandon(file);
        return -1;
    }
    return replace_commit(file, NULL, err);
}

static int run(const char *const arguments[], struct err *err)
{
    const struct pipe_program program = {
        .arguments = arguments,
        .converter = "LibreOffice (libreoffice-writer-nogui, libreoffice-calc-nogui)",
        .seconds = SECONDS,
        .memory_bytes = MEMORY_BYTES,
        .file_bytes = FILE_BYTES,
        .files = FILES,
    };
    struct buf said = buf_new(OUTPUT_BYTES);
    int status = pipe_through(&program, NULL, &said, err);
    buf_free(&said);
    return status;
}

/* Without a network of its own nothing is started: a document may name pages it wants fetched. */
static int convert(const struct workshop *shop, enum office_kind kind, struct err *err)
{
    const char *const alone[] = {"unshare", "--map-root-user", "--net", "true", NULL};
    const char *const arguments[] = {
        "unshare", "--map-root-user", "--net", "soffice", shop->profile, "--headless",
        "--norestore", "--nolockcheck", "--nodefault", "--convert-to",
        kind == OFFICE_TEXT ? "docx:MS Word 2007 XML" : "xlsx:Calc MS Excel 2007 XML",
        "--outdir", shop->out, shop->in, NULL};
    struct err why;
    if (run(arguments, err) == 0)
        return 0;
    if (err->kind == ERR_INPUT && strcmp(err->reason, "converter") == 0 && run(alone, &why) < 0)
        return err_reject(err, "no-converter", 0, "is an old Word, Excel or WPS file, RTF or "
                          "OpenDocument, and LibreOffice cannot be kept from the network here "
                          "(unshare --net fails); save the file as .docx or .xlsx");
    return -1;
}

static int read_made(const struct workshop *shop, enum office_kind kind,
                     const struct import_options *options, struct document_sink *sink,
                     struct err *err)
{
    const struct importer *importer = kind == OFFICE_TEXT ? &importer_docx : &importer_xlsx;
    struct stream *in = NULL;
    if (access(shop->made, R_OK) < 0) /* it ends well whether it could or not */
        return err_reject(err, "converter", 0, "%s could not read it (it may be damaged or have a "
                          "password); open it and save it again", "LibreOffice");
    int status = stream_open(&in, shop->made, err);
    if (status == 0)
        status = importer->read(in, options, sink, err);
    stream_close(in);
    return status;
}

static int read_office(struct stream *in, const struct import_options *options,
                       struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct workshop shop;
    struct str bytes;
    int status = stream_all(in, &arena, options->memory_max, &bytes, err);
    enum office_kind kind = status == 0 ? kind_of(bytes) : OFFICE_NONE;
    if (status == 0 && kind != OFFICE_TEXT && kind != OFFICE_SHEETS)
        status = err_reject(err, "format", 0, "is an old Office file that holds neither text nor "
                            "sheets, or one with a password, which is not read; open it and save it "
                            "as .docx or .xlsx");
    if (status == 0)
        status = open_workshop(&shop, kind, err);
    if (status < 0) {
        arena_free(&arena);
        return -1;
    }
    status = write_input(&shop, bytes, err);
    arena_free(&arena); /* before the other one takes as much */
    if (status == 0)
        status = convert(&shop, kind, err);
    if (status == 0)
        status = read_made(&shop, kind, options, sink, err);
    close_workshop(&shop);
    return status;
}

const struct importer importer_office = {
    .name = "office",
    .claims = claims,
    .read = read_office,
};
