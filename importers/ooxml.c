#include "importers/ooxml.h"

#include <errno.h>
#include <expat.h>
#include <minizip/ioapi.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>

enum {
    ZIP_HEADER = 30,
    BLOCK = 64 * 1024,
    RATIO = 1000,
    RATIO_FREE = 16 * 1024 * 1024,
    NAME_IN_ANY_CASE = 2,
};
static const uint64_t OUT_MAX = UINT64_C(4) << 30; /* bytes of XML in one file */

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
        if (str_starts(name, STR("ppt/")) || str_eq(name, STR("mimetype")) ||
            str_eq(name, STR("OFD.xml")) || str_starts(name, STR("Doc_0/")))
            return OOXML_OTHER;
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

/* The file as minizip sees it ------------------------------------------------------------------ */

struct ooxml {
    struct str bytes;
    size_t at;
    unzFile zip;
    uint64_t out; /* bytes unpacked so far */
};

static voidpf memory_open(voidpf self, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return self;
}

static uLong memory_read(voidpf self, voidpf stream, void *to, uLong size)
{
    struct ooxml *o = self;
    (void)stream;
    size_t left = o->bytes.n - o->at, n = size < left ? size : left;
    memcpy(to, o->bytes.p + o->at, n);
    o->at += n;
    return n;
}

static uLong memory_write(voidpf self, voidpf stream, const void *from, uLong size)
{
    (void)self;
    (void)stream;
    (void)from;
    (void)size;
    return 0;
}

static ZPOS64_T memory_tell(voidpf self, voidpf stream)
{
    (void)stream;
    return ((struct ooxml *)self)->at;
}

static long memory_seek(voidpf self, voidpf stream, ZPOS64_T offset, int origin)
{
    struct ooxml *o = self;
    (void)stream;
    ZPOS64_T base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? o->at
                    : origin == ZLIB_FILEFUNC_SEEK_END ? o->bytes.n
                                                       : 0;
    if (base + offset > o->bytes.n)
        return -1;
    o->at = (size_t)(base + offset);
    return 0;
}

static int memory_close(voidpf self, voidpf stream)
{
    (void)self;
    (void)stream;
    return 0;
}

int ooxml_open(struct ooxml **out, struct str bytes, struct err *err)
{
    struct ooxml *o = calloc(1, sizeof *o);
    if (!o)
        return err_refused(err);
    zlib_filefunc64_def memory = {
        .zopen64_file = memory_open,
        .zread_file = memory_read,
        .zwrite_file = memory_write,
        .ztell64_file = memory_tell,
        .zseek64_file = memory_seek,
        .zclose_file = memory_close,
        .zerror_file = memory_close,
        .opaque = o,
    };
    o->bytes = bytes;
    errno = 0;
    o->zip = unzOpen2_64("", &memory);
    if (!o->zip) {
        free(o);
        if (errno == ENOMEM)
            return err_refused(err);
        return err_reject(err, "damaged", 0, "the file is damaged or cut off; get it again");
    }
    *out = o;
    return 0;
}

void ooxml_close(struct ooxml *o)
{
    if (!o)
        return;
    unzClose(o->zip);
    free(o);
}

bool ooxml_has(struct ooxml *o, const char *part)
{
    return unzLocateFile(o->zip, part, NAME_IN_ANY_CASE) == UNZ_OK;
}

/* XML ------------------------------------------------------------------------------------------ */

struct parsing {
    XML_Parser parser;
    const struct ooxml_handler *handler;
    bool stopped, doctype;
};

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *ooxml_attribute(const char **attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void stop_if(struct parsing *p, int status)
{
    if (status < 0 && !p->stopped) {
        p->stopped = true;
        XML_StopParser(p->parser, XML_FALSE);
    }
}

static void XMLCALL on_start(void *self, const XML_Char *name, const XML_Char **attributes)
{
    struct parsing *p = self;
    if (!p->stopped && p->handler->start)
        stop_if(p, p->handler->start(p->handler->self, local(name), attributes));
}

static void XMLCALL on_end(void *self, const XML_Char *name)
{
    struct parsing *p = self;
    if (!p->stopped && p->handler->end)
        stop_if(p, p->handler->end(p->handler->self, local(name)));
}

static void XMLCALL on_text(void *self, const XML_Char *text, int n)
{
    struct parsing *p = self;
    if (!p->stopped && p->handler->text)
        stop_if(p, p->handler->text(p->handler->self, (struct str){text, (size_t)n}));
}

/* These files never declare entities; one that does means harm. */
static void XMLCALL on_doctype(void *self, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    struct parsing *p = self;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    p->doctype = true;
    stop_if(p, -1);
}

static int too_much(struct ooxml *o, uint64_t packed, struct err *err)
{
    if (o->out > OUT_MAX)
        return err_reject(err, "too-large", 0,
                          "unpacks to more than %llu bytes; split it, or raise the limit",
                          (unsigned long long)OUT_MAX);
    if (o->out > RATIO_FREE && o->out / RATIO > packed)
        return err_reject(err, "bomb", 0,
                          "unpacks to more than %d times its size, as no report does; refused",
                          RATIO);
    return 0;
}

/* minizip has one number for all that goes wrong in itself. */
static int part_damaged(const char *part, struct err *err)
{
    if (errno == ENOMEM)
        return err_refused(err);
    return err_reject(err, "damaged", 0, "its part %s is damaged; get the file again", part);
}

/* Feeds the part that is open to the parser. */
static int feed(struct ooxml *o, struct parsing *p, const char *part, struct err *err)
{
    int got;
    do {
        void *block = XML_GetBuffer(p->parser, BLOCK);
        if (!block)
            return err_memory(err);
        errno = 0;
        got = unzReadCurrentFile(o->zip, block, BLOCK);
        if (got < 0)
            return part_damaged(part, err);
        o->out += (uint64_t)got;
        if (too_much(o, o->bytes.n, err) < 0)
            return -1;
        if (XML_ParseBuffer(p->parser, got, got == 0) == XML_STATUS_ERROR) {
            if (p->doctype)
                return err_reject(err, "bomb", 0,
                                  "its part %s declares entities, as no such file does; refused",
                                  part);
            if (p->stopped)
                return -1; /* the handler has said why */
            if (XML_GetErrorCode(p->parser) == XML_ERROR_NO_MEMORY)
                return err_refused(err);
            return err_reject(err, "damaged", 0, "line %lu of its part %s is no XML (%s); save it "
                              "again", (unsigned long)XML_GetCurrentLineNumber(p->parser), part,
                              XML_ErrorString(XML_GetErrorCode(p->parser)));
        }
    } while (got > 0);
    return 0;
}

int ooxml_read(struct ooxml *o, const char *part, const struct ooxml_handler *handler,
               struct err *err)
{
    struct parsing p = {.handler = handler};
    unz_file_info64 info;
    if (!ooxml_has(o, part))
        return 0;
    if (unzGetCurrentFileInfo64(o->zip, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return err_reject(err, "damaged", 0, "its part %s is damaged; get the file again", part);
    if (info.flag & 1)
        return err_reject(err, "encrypted", 0,
                          "is encrypted; pack it again without a password");
    errno = 0;
    if (unzOpenCurrentFile(o->zip) != UNZ_OK)
        return part_damaged(part, err);
    int status = -1;
    p.parser = XML_ParserCreate(NULL);
    if (!p.parser) {
        err_memory(err);
    } else {
        XML_SetUserData(p.parser, &p);
        XML_SetElementHandler(p.parser, on_start, on_end);
        XML_SetCharacterDataHandler(p.parser, on_text);
        XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
        status = feed(o, &p, part, err);
        XML_ParserFree(p.parser);
    }
    if (unzCloseCurrentFile(o->zip) != UNZ_OK && status == 0)
        status = err_reject(err, "damaged", 0, "its part %s is damaged; get the file again", part);
    return status;
}
