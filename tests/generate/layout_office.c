#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "tests/generate/layout.h"

/* Cells of a sheet: figures as numbers where they are plain, everything else as text. */
static void write_cell(lxw_worksheet *sheet, uint32_t row, uint32_t column, struct str text,
                       const struct grid_cell *cell)
{
    char plain[32768];
    snprintf(plain, sizeof plain, "%.*s", STR_ARG(text));
    bool number = text.n && text.n < 14 && strspn(plain, "0123456789.") == text.n;
    uint32_t down = row + cell->rowspan - 1u, right = column + cell->colspan - 1u;
    if (down > row || right > column)
        worksheet_merge_range(sheet, row, (lxw_col_t)column, down, (lxw_col_t)right, "", NULL);
    if (number)
        worksheet_write_number(sheet, row, (lxw_col_t)column, strtod(plain, NULL), NULL);
    else if (text.n)
        worksheet_write_string(sheet, row, (lxw_col_t)column, plain, NULL);
}

static int write_sheet(lxw_worksheet *sheet, const struct subject *s)
{
    static const struct grid_cell single = {.rowspan = 1, .colspan = 1};
    uint32_t row = 0;
    for (uint32_t b = 0; b < s->page->count; b++) {
        const struct block *block = &s->page->blocks[b];
        struct grid_place place;
        if (block->kind == BLOCK_PARAGRAPH) {
            write_cell(sheet, row++, 0, block->text, &single);
            continue;
        }
        if (grid_layout(s->arena, &block->grid, 64, &place) < 0)
            return -1;
        uint32_t next = 0;
        for (uint32_t r = 0; r < place.rows; r++)
            for (uint32_t c = 0; c < place.columns; c++)
                if (place.cell[r * place.columns + c] == next) {
                    const struct grid_cell *cell = &block->grid.cells[next++];
                    write_cell(sheet, row + r, c, cell->text, cell);
                }
        row += place.rows;
    }
    return 0;
}

/* libxlsxwriter writes files alone. */
int write_xlsx(struct buf *out, const struct subject *s)
{
    char path[] = "/tmp/gongkai-xlsx-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    lxw_workbook *book = workbook_new(path);
    lxw_doc_properties properties = {.created = 1674172800};
    workbook_set_properties(book, &properties);
    int failed = write_sheet(workbook_add_worksheet(book, "年度报告"), s);
    failed |= workbook_close(book) != LXW_NO_ERROR;
    for (ssize_t n = 1; n > 0 && !failed; out->n += (size_t)n) {
        failed = buf_reserve(out, 65536) < 0;
        n = failed ? 0 : pread(fd, out->p + out->n, 65536, (off_t)out->n);
        failed |= n < 0;
    }
    close(fd);
    unlink(path);
    return failed || out->failed ? -1 : 0;
}

static void xml_text(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '<': buf_text(out, "&lt;"); break;
        case '>': buf_text(out, "&gt;"); break;
        case '&': buf_text(out, "&amp;"); break;
        default: buf_char(out, text.p[i]);
        }
    }
}

static void word_paragraph(struct buf *out, struct str text)
{
    buf_text(out, "<w:p><w:r><w:t xml:space=\"preserve\">");
    xml_text(out, text);
    buf_text(out, "</w:t></w:r></w:p>");
}

/* Word states every row of a merged cell: vMerge restart, then an empty cell that continues. */
static int word_table(struct buf *out, const struct subject *s, const struct grid *grid)
{
    struct grid_place place;
    if (grid_layout(s->arena, grid, 64, &place) < 0)
        return -1;
    uint32_t next = 0;
    buf_text(out, "<w:tbl><w:tblGrid>");
    for (uint32_t c = 0; c < place.columns; c++)
        buf_text(out, "<w:gridCol w:w=\"900\"/>");
    buf_text(out, "</w:tblGrid>");
    for (uint32_t r = 0; r < place.rows; r++) {
        buf_text(out, "<w:tr>");
        for (uint32_t c = 0; c < place.columns;) {
            uint32_t i = place.cell[r * place.columns + c];
            if (i == UINT32_MAX) {
                c++;
                continue;
            }
            const struct grid_cell *cell = &grid->cells[i];
            bool starts = i == next;
            buf_printf(out, "<w:tc><w:tcPr><w:gridSpan w:val=\"%d\"/>", cell->colspan);
            if (cell->rowspan > 1)
                buf_text(out, starts ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>");
            buf_text(out, "</w:tcPr>");
            word_paragraph(out, starts ? cell->text : STR(""));
            buf_text(out, "</w:tc>");
            next += starts;
            c += cell->colspan;
        }
        buf_text(out, "</w:tr>");
    }
    buf_text(out, "</w:tbl>");
    return 0;
}

static int add_part(struct archive *zip, const char *name, struct str bytes)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (la_int64_t)bytes.n);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 1674172800, 0);
    int failed = archive_write_header(zip, entry) != ARCHIVE_OK ||
                 archive_write_data(zip, bytes.p, bytes.n) != (la_ssize_t)bytes.n;
    archive_entry_free(entry);
    return failed ? -1 : 0;
}

static const char content_types[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
    "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Override "
    "PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
static const char relations[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" "
    "Target=\"word/document.xml\"/></Relationships>";

int write_docx(struct buf *out, const struct subject *s)
{
    struct buf text = buf_new(64 << 20);
    int failed = 0;
    buf_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://"
                    "schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>");
    for (uint32_t b = 0; b < s->page->count && !failed; b++) {
        const struct block *block = &s->page->blocks[b];
        if (block->kind == BLOCK_GRID)
            failed = word_table(&text, s, &block->grid);
        else
            word_paragraph(&text, block->text);
    }
    buf_text(&text, "</w:body></w:document>");
    size_t room = text.n + (64 << 10), used = 0;
    struct archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    failed = failed || text.failed || buf_reserve(out, room) < 0 ||
             archive_write_open_memory(zip, out->p + out->n, room, &used) != ARCHIVE_OK ||
             add_part(zip, "[Content_Types].xml", str_from(content_types)) < 0 ||
             add_part(zip, "_rels/.rels", str_from(relations)) < 0 ||
             add_part(zip, "word/document.xml", buf_str(&text)) < 0;
    failed |= archive_write_close(zip) != ARCHIVE_OK;
    archive_write_free(zip);
    out->n += used;
    buf_free(&text);
    return failed ? -1 : 0;
}
