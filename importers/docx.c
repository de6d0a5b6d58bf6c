/* docx.c - Word documents: paragraphs and tables in their order, merged cells kept; what was
 * deleted under tracked changes, or is hidden, is not read. Lines count paragraphs. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/text/number.h"
#include "importers/docx_table.h"
#include "importers/ooxml.h"
#include "importers/sheet.h"

enum { TEXT_MAX = 16 << 20, TABLES_MAX = 64 };

/* A run's properties that change what its text means. */
struct run {
    bool hidden, aside; /* raised, lowered or struck out: a remark beside the text */
};

/* A table that is open, and the cell that is open in it. */
struct level {
    struct docx_table table;
    struct docx_cell cell;
    struct buf text;
    uint32_t line;
    bool pictured, symbols; /* in the cell: what is seen and cannot be read */
};

struct reading {
    struct document *doc;
    struct text_flow flow;
    struct buf text; /* of the paragraph outside tables */
    struct level *levels[TABLES_MAX];
    size_t depth;
    uint32_t paragraphs, line;
    int skipped; /* depth inside what is not read */
    bool in_run, in_run_properties, in_text, bracketed;
    struct run run;
};

static struct buf *target(struct reading *r)
{
    return r->depth > 0 ? &r->levels[r->depth - 1]->text : &r->text;
}

static bool is_skipped(const char *name)
{
    static const char *const names[] = {"Fallback", "del", "moveFrom", "delText", "instrText",
                                        "footnote", "annotation", "rt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool is_drawn(const char *name)
{
    return strcmp(name, "drawing") == 0 || strcmp(name, "pict") == 0 || strcmp(name, "object") == 0;
}

static bool is_off(const char **attributes)
{
    const char *value = ooxml_attribute(attributes, "val");
    return value && (strcmp(value, "0") == 0 || strcmp(value, "false") == 0 ||
                     strcmp(value, "none") == 0 || strcmp(value, "baseline") == 0);
}

/* Ends the paragraph outside tables: each of its lines is one. */
static int end_paragraph(struct reading *r)
{
    struct str rest = buf_str(&r->text), line;
    if (r->text.failed)
        return -1;
    while (str_line(&rest, &line))
        if (text_flow_add(&r->flow, line, r->line) < 0)
            return -1;
    buf_reset(&r->text);
    return 0;
}

static int begin_paragraph(struct reading *r)
{
    r->paragraphs++;
    if (r->depth == 0) {
        if (end_paragraph(r) < 0) /* one inside another: a text box */
            return -1;
        r->line = r->paragraphs;
        return 0;
    }
    struct level *level = r->levels[r->depth - 1];
    if (level->text.n > 0 && level->text.p[level->text.n - 1] != '\n')
        buf_char(&level->text, '\n');
    if (!level->line || level->text.n == 0)
        level->line = r->paragraphs;
    return 0;
}

static void close_bracket(struct reading *r)
{
    if (r->bracketed)
        buf_text(target(r), "\xEF\xBC\x89"); /* ） */
    r->bracketed = false;
}

static void add(struct reading *r, struct str text)
{
    if (r->run.hidden || text.n == 0)
        return;
    if (r->run.aside && !r->bracketed) {
        buf_text(target(r), "\xEF\xBC\x88"); /* （ */
        r->bracketed = true;
    } else if (!r->run.aside) {
        close_bracket(r);
    }
    buf_add(target(r), text);
}

/* Tables --------------------------------------------------------------------------------------- */

static int begin_table(struct reading *r)
{
    struct level *outer = r->depth > 0 ? r->levels[r->depth - 1] : NULL;
    if (r->depth == TABLES_MAX)
        return -1;
    if (!outer && end_paragraph(r) < 0)
        return -1;
    if (outer)
        outer->cell.nested = true;
    if (outer && outer->table.widest < 2) { /* laid out in a table: keep the order */
        struct str rest = buf_str(&outer->text), line;
        if (docx_table_flush(&outer->table, &r->flow) < 0)
            return -1;
        while (str_line(&rest, &line))
            if (text_flow_add(&r->flow, line, outer->line) < 0)
                return -1;
        buf_reset(&outer->text);
    }
    struct level *level = arena_alloc(r->doc->arena, sizeof *level);
    if (!level)
        return -1;
    level->text = buf_new(TEXT_MAX);
    level->table.line = r->paragraphs + 1;
    r->levels[r->depth++] = level;
    return 0;
}

static int end_table(struct reading *r)
{
    if (r->depth == 0)
        return 0;
    struct level *level = r->levels[--r->depth];
    int status = docx_table_write(&level->table, &r->flow);
    buf_free(&level->text);
    return status;
}

/* What a cell says, behind a mark for what is seen in it and cannot be read: it is not blank then, and
 * what stands beside a symbol or a table is no figure. p is NULL when memory ran out. */
static struct str cell_text(struct reading *r, struct level *level)
{
    struct str seen = str_trim(buf_str(&level->text));
    if (seen.n == 0 && level->pictured)
        return STR("[\xE5\x9B\xBE\xE7\x89\x87]"); /* [图片] */
    bool figure = seen.n > 0 && number_is_figure(seen);
    const char *mark = "";
    if (level->symbols && (seen.n == 0 || figure))
        mark = "[\xE7\xAC\xA6\xE5\x8F\xB7]"; /* [符号] */
    else if (level->cell.nested && figure)
        mark = DOCX_NESTED;
    if (!*mark)
        return arena_copy(r->doc->arena, seen);
    struct buf text = buf_new(seen.n + strlen(mark));
    buf_text(&text, mark); /* not behind it: that would be a note of the figure */
    buf_add(&text, seen);
    struct str copy = text.failed ? (struct str){0} : arena_copy(r->doc->arena, buf_str(&text));
    buf_free(&text);
    return copy;
}

static int end_cell(struct reading *r, struct level *level)
{
    if (level->text.failed)
        return -1;
    level->cell.text = cell_text(r, level);
    level->cell.line = level->line ? level->line : r->paragraphs;
    return level->cell.text.p ? docx_cell(&level->table, r->doc->arena, level->cell) : -1;
}

static void begin_cell(struct level *level)
{
    buf_reset(&level->text);
    level->cell = (struct docx_cell){.colspan = 1};
    level->line = 0;
    level->pictured = level->symbols = false;
}

static long span_of(const char **attributes)
{
    const char *value = ooxml_attribute(attributes, "val");
    long n = value && *value >= '0' && *value <= '9' ? strtol(value, NULL, 10) : 1;
    return n < 1 ? 1 : n > 1000 ? 1000 : n;
}

static enum docx_merge merge_of(const char **attributes)
{
    const char *value = ooxml_attribute(attributes, "val");
    return value && strcmp(value, "restart") == 0 ? DOCX_FIRST : DOCX_GOES_ON;
}

/* Elements of tables. 1: it was none. */
static int on_table(struct reading *r, const char *name, const char **attributes)
{
    struct level *level = r->depth > 0 ? r->levels[r->depth - 1] : NULL;
    if (strcmp(name, "tbl") == 0)
        return begin_table(r);
    if (!level)
        return 1;
    if (strcmp(name, "tr") == 0)
        return docx_row(&level->table, r->doc->arena);
    if (strcmp(name, "tc") == 0)
        begin_cell(level);
    else if (strcmp(name, "gridSpan") == 0)
        level->cell.colspan = (uint32_t)span_of(attributes);
    else if (strcmp(name, "vMerge") == 0)
        level->cell.down = merge_of(attributes);
    else if (strcmp(name, "hMerge") == 0)
        level->cell.across = merge_of(attributes);
    else if (strcmp(name, "gridBefore") == 0)
        return docx_cell(&level->table, r->doc->arena,
                         (struct docx_cell){.text = STR(""), .line = r->paragraphs + 1,
                                            .colspan = (uint32_t)span_of(attributes)});
    else
        return 1;
    return 0;
}

/* Text ------------------------------------------------------------------------------------------ */

static void on_run_property(struct reading *r, const char *name, const char **attributes)
{
    if (strcmp(name, "vanish") == 0 && !is_off(attributes))
        r->run.hidden = true;
    if ((strcmp(name, "vertAlign") == 0 || strcmp(name, "strike") == 0 ||
         strcmp(name, "dstrike") == 0) && !is_off(attributes))
        r->run.aside = true;
}

static int on_start(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    if (r->skipped > 0 || is_skipped(name)) {
        r->skipped++;
        return 0;
    }
    int status = on_table(r, name, attributes);
    if (status <= 0)
        return status;
    if (strcmp(name, "p") == 0)
        return begin_paragraph(r);
    if (strcmp(name, "r") == 0) {
        r->in_run = true;
        r->run = (struct run){0};
    } else if (strcmp(name, "rPr") == 0) {
        r->in_run_properties = r->in_run;
    } else if (r->in_run_properties) {
        on_run_property(r, name, attributes);
    } else if (strcmp(name, "t") == 0) {
        r->in_text = true;
    } else if (strcmp(name, "tab") == 0 && r->in_run) {
        add(r, r->depth > 0 ? STR(" ") : STR("\t"));
    } else if ((strcmp(name, "br") == 0 || strcmp(name, "cr") == 0) && r->in_run) {
        add(r, STR("\n"));
    } else if (strcmp(name, "noBreakHyphen") == 0) {
        add(r, STR("-"));
    } else if (r->depth > 0 && strcmp(name, "sym") == 0) { /* a place in a font: no character */
        r->levels[r->depth - 1]->symbols |= !r->run.hidden;
    } else if (r->depth > 0 && is_drawn(name)) {
        r->levels[r->depth - 1]->pictured = true;
    } else if (strcmp(name, "blip") == 0 || strcmp(name, "imagedata") == 0) {
        r->doc->has_images = true;
        if (r->depth > 0)
            r->levels[r->depth - 1]->pictured = true;
    }
    return target(r)->failed ? -1 : 0;
}

static int on_end(void *self, const char *name)
{
    struct reading *r = self;
    if (r->skipped > 0) {
        r->skipped--;
        return 0;
    }
    if (strcmp(name, "t") == 0) {
        r->in_text = false;
    } else if (strcmp(name, "rPr") == 0) {
        r->in_run_properties = false;
    } else if (strcmp(name, "r") == 0) {
        r->in_run = false;
    } else if (strcmp(name, "p") == 0) {
        r->run = (struct run){0};
        close_bracket(r);
        return r->depth == 0 ? end_paragraph(r) : 0;
    } else if (strcmp(name, "tc") == 0 && r->depth > 0) {
        return end_cell(r, r->levels[r->depth - 1]);
    } else if (strcmp(name, "tbl") == 0) {
        return end_table(r);
    }
    return 0;
}

static int on_text(void *self, struct str text)
{
    struct reading *r = self;
    if (r->in_text && r->skipped == 0)
        add(r, text);
    return target(r)->failed ? -1 : 0;
}

/* docProps/core.xml: the title. */
static int on_property(void *self, const char *name, const char **attributes)
{
    struct reading *r = self;
    (void)attributes;
    r->in_text = strcmp(name, "title") == 0;
    return 0;
}

static int on_property_end(void *self, const char *name)
{
    struct reading *r = self;
    (void)name;
    r->in_text = false;
    return 0;
}

static int read_parts(struct ooxml *ooxml, struct reading *r, struct err *err)
{
    const struct ooxml_handler properties = {on_property, on_property_end, on_text, r},
                               body = {on_start, on_end, on_text, r};
    if (ooxml_read(ooxml, "docProps/core.xml", &properties, err) < 0)
        return -1;
    r->doc->title = arena_copy(r->doc->arena, str_trim(buf_str(&r->text)));
    buf_reset(&r->text);
    if (ooxml_read(ooxml, "word/document.xml", &body, err) < 0)
        return -1;
    while (r->depth > 0)
        if (end_table(r) < 0)
            return -1;
    return end_paragraph(r) < 0 || text_flow_end(&r->flow) < 0 ? -1 : 0;
}

static int read_docx(struct stream *in, const struct import_options *options,
                     struct document_sink *sink, struct err *err)
{
    struct arena arena = arena_new(options->memory_max);
    struct reading r = {.doc = document_new(&arena), .text = buf_new(TEXT_MAX)};
    struct ooxml *ooxml = NULL;
    struct str bytes;
    r.flow.doc = r.doc;
    err->kind = ERR_NONE;
    int status = r.doc ? stream_all(in, &arena, options->memory_max, &bytes, err) : -1;
    if (status == 0)
        status = ooxml_open(&ooxml, bytes, err);
    if (status == 0)
        status = read_parts(ooxml, &r, err);
    if (status < 0 && err->kind == ERR_NONE) /* a handler stopped: it had no memory */
        arena_failed(&arena, err);
    if (status == 0 && r.doc->count == 0 && !r.doc->has_images)
        status = err_reject(err, "empty", 0, "holds no text; get the file again");
    if (status == 0)
        status = sink->take(sink->self, r.doc, err);
    while (r.depth > 0)
        buf_free(&r.levels[--r.depth]->text);
    ooxml_close(ooxml);
    buf_free(&r.text);
    arena_free(&arena);
    return status;
}

static int claims(const struct import_head *head)
{
    enum ooxml_kind kind = ooxml_kind(head->bytes);
    if (kind == OOXML_TEXT)
        return 95;
    return kind == OOXML_SOME && import_path_ends(head->path, "docx") ? 60 : 0;
}

const struct importer importer_docx = {
    .name = "docx",
    .claims = claims,
    .read = read_docx,
};
