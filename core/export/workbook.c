#include "core/export/workbook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/text/csv_out.h"

enum { A4 = 9, EXACT_DIGITS = 15, MEMORY = 256 << 20 };

static lxw_format *format(struct book *book, enum look look)
{
    lxw_format *f = workbook_add_format(book->workbook);
    if (!f)
        return NULL;
    format_set_font_name(f, "宋体"); /* lint: a font, no word */
    format_set_font_size(f, look == LOOK_TITLE ? 16 : look == LOOK_HEADING ? 12 : 10);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (look == LOOK_TITLE || look == LOOK_HEADING)
        format_set_bold(f);
    if (look == LOOK_TITLE || look == LOOK_HEAD)
        format_set_align(f, LXW_ALIGN_CENTER);
    if (look != LOOK_FIGURE && look != LOOK_RATE && look != LOOK_EMPTY)
        format_set_text_wrap(f);
    if (look >= LOOK_HEAD)
        format_set_border(f, LXW_BORDER_THIN);
    if (look == LOOK_HEAD || look == LOOK_LABEL)
        format_set_bg_color(f, 0xF1F4F7);
    if (look == LOOK_NOTE)
        format_set_bg_color(f, 0xFDE9E1);
    if (look == LOOK_FIGURE || look == LOOK_RATE)
        format_set_align(f, LXW_ALIGN_RIGHT);
    if (look == LOOK_RATE)
        format_set_num_format(f, "0.0");
    if (look == LOOK_FIGURE || look == LOOK_RATE || look == LOOK_LABEL || look == LOOK_CELL)
        format_set_indent(f, 1);
    if (look == LOOK_EMPTY) {
        format_set_pattern(f, LXW_PATTERN_LIGHT_UP);
        format_set_fg_color(f, 0xA0A0A0);
    }
    return f;
}

static const char *terminated(struct book *book, struct str text)
{
    struct str copy = arena_copy(&book->arena, text.p ? text : (struct str){"", 0});
    book->failed = book->failed || !copy.p;
    return copy.p ? copy.p : "";
}

static lxw_error begin(struct book *book, int file, struct str title)
{
    char path[32];
    *book = (struct book){.arena = arena_new(MEMORY)};
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    book->workbook = workbook_new(path);
    if (!book->workbook)
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    book->title = terminated(book, title);
    lxw_doc_properties properties = {
        .title = (char *)(uintptr_t)book->title,
        .company = (char *)(uintptr_t)"gongkai",
        .created = 1577836800, /* any fixed time: the same data must give the same bytes */
    };
    workbook_set_properties(book->workbook, &properties);
    for (int i = 0; i < LOOKS; i++) {
        book->look[i] = format(book, (enum look)i);
        book->failed = book->failed || !book->look[i];
    }
    return LXW_NO_ERROR;
}

/* The title on the left, the sheet's name on the right. An & means something there; a title too long
 * for Excel, which takes 255 letters, is left out. */
static void set_header(struct book *book, lxw_worksheet *sheet)
{
    struct buf header = buf_new(240);
    buf_text(&header, "&L&9 ");
    for (const char *p = book->title; *p; p++) {
        if (*p == '&')
            buf_char(&header, '&');
        buf_char(&header, *p);
    }
    buf_text(&header, "&R&9&A");
    worksheet_set_header(sheet, header.failed ? "&R&9&A" : buf_str(&header).p);
    buf_free(&header);
}

lxw_worksheet *book_sheet(struct book *book, const char *name, bool landscape)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    if (!sheet) {
        book->failed = true;
        return NULL;
    }
    worksheet_set_paper(sheet, A4);
    if (landscape)
        worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.6);
    worksheet_set_footer(sheet, "&C&P / &N");
    set_header(book, sheet);
    return sheet;
}

void book_text(struct book *book, lxw_worksheet *sheet, uint32_t row, uint16_t column,
               uint32_t rows, uint16_t columns, struct str text, enum look look)
{
    if (book->failed)
        return;
    const char *s = terminated(book, text);
    lxw_error status;
    if (rows > 1 || columns > 1)
        status = worksheet_merge_range(sheet, row, column, row + rows - 1,
                                       (lxw_col_t)(column + columns - 1), s, book->look[look]);
    else if (text.n > 0)
        status = worksheet_write_string(sheet, row, column, s, book->look[look]);
    else
        status = worksheet_write_blank(sheet, row, column, book->look[look]);
    book->failed = book->failed || status != LXW_NO_ERROR;
}

/* Digits that count: leading zeros, sign and point do not. */
static uint32_t significant(struct str digits)
{
    uint32_t n = 0;
    for (size_t i = 0; i < digits.n; i++)
        n += digits.p[i] >= '0' && digits.p[i] <= '9' && (n > 0 || digits.p[i] != '0');
    return n;
}

void book_figure(struct book *book, lxw_worksheet *sheet, uint32_t row, uint16_t column,
                 uint16_t columns, struct str digits, enum look look)
{
    bool number = digits.p && csv_out_is_number(digits) && significant(digits) <= EXACT_DIGITS;
    book_text(book, sheet, row, column, 1, columns, number ? (struct str){0} : digits, look);
    if (!number || book->failed)
        return;
    /* the one place where a figure meets binary floating point: the file format has nothing else,
     * and 15 digits come out of it as they went in */
    const char *text = terminated(book, digits);
    if (worksheet_write_number(sheet, row, column, strtod(text, NULL), /* lint: see above */
                               book->look[look]) != LXW_NO_ERROR)
        book->failed = true;
}

uint32_t book_lines(struct str text, uint32_t width)
{
    uint32_t lines = 1, at = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if ((c & 0xc0) == 0x80)
            continue;
        uint32_t wide = c < 0x80 ? 1 : 2;
        if (c == '\n' || at + wide > width) {
            lines++;
            at = 0;
        }
        at += c == '\n' ? 0 : wide;
    }
    return lines;
}

static int copy_out(int file, struct sink sink, struct err *err)
{
    char bytes[1 << 14];
    off_t at = 0;
    for (ssize_t n; (n = pread(file, bytes, sizeof bytes, at)) != 0; at += n) {
        if (n < 0)
            return err_set(err, ERR_SYSTEM, "writing the output failed: %s", strerror(errno));
        if (sink_write(sink, bytes, (size_t)n, err) < 0)
            return -1;
    }
    return 0;
}

/* The other process: what it ends with is how it went. */
static void make(int file, struct str title, void (*draw)(struct book *book, void *self), void *self)
{
    struct book book;
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere >= 0)
        dup2(nowhere, STDERR_FILENO); /* the library has words of its own */
    lxw_error status = begin(&book, file, title);
    if (status == LXW_NO_ERROR) {
        draw(&book, self);
        status = workbook_close(book.workbook);
    }
    _exit(book.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED : status); /* lint: the process is the library's */
}

int book_make(struct str title, void (*draw)(struct book *book, void *self), void *self,
              struct sink sink, struct err *err)
{
    int status = 0, result;
    int file = memfd_create("xlsx", MFD_CLOEXEC);
    pid_t pid = file < 0 ? -1 : fork();
    if (pid < 0) {
        result = err_set(err, ERR_SYSTEM, "no memory for a workbook: %s", strerror(errno));
        if (file >= 0)
            close(file);
        return result;
    }
    if (pid == 0)
        make(file, title, draw, self);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (!WIFEXITED(status) || WEXITSTATUS(status) == LXW_ERROR_MEMORY_MALLOC_FAILED)
        result = err_memory(err);
    else if (WEXITSTATUS(status) != LXW_NO_ERROR)
        result = err_set(err, ERR_SYSTEM, "the workbook cannot be written: %s",
                         lxw_strerror((lxw_error)WEXITSTATUS(status)));
    else
        result = copy_out(file, sink, err);
    close(file);
    return result;
}
