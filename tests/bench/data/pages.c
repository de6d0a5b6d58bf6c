/* A folder of pages: COUNTY/YEAR/NAME, one file a report. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/bench/data/prose.h"
#include "tests/bench/data/writer.h"

int pages_begin(struct writer *w)
{
    return mkdir(w->folder, 0777);
}

int pages_end(struct writer *w)
{
    (void)w;
    return 0;
}

/* Files that an inbox holds and that are no reports: each has to be refused. */
static void write_damaged(struct writer *w, const struct item *item, struct buf *out)
{
    struct str name = item->office->name;
    switch (item->damaged % 5) {
    case 0: /* nothing at all */
        break;
    case 1: /* bytes of no format */
        for (int i = 0; i < 6000; i++)
            buf_char(out, (char)random_below(&w->random, 256));
        break;
    case 2:
        buf_printf(out, "%.*s关于做好%d年政府信息公开工作年度报告编制发布工作的通知\n各股室、各下属单位:\n"
                   "请按要求编写本单位%d年度报告,于次年1月20日前报送。\n联系人:办公室\n",
                   STR_ARG(name), item->year, item->year);
        break;
    case 3:
        buf_printf(out, "首页\n%.*s\n政务公开\n政府信息公开年报\n%d年\n%d年\n%d年\n上一页\n下一页\n"
                   "版权所有 | 联系我们\n", STR_ARG(name), item->year, item->year - 1, item->year - 2);
        break;
    case 4:
        buf_printf(out, "%.*s%d年第三季度政府信息公开情况统计表\n指标 | 数量\n主动公开 | 12\n"
                   "受理申请 | 3\n", STR_ARG(name), item->year);
        break;
    }
}

/* Makes the folder of the report unless the last one lay in it, too. */
static int enter_folder(struct writer *w, const struct item *item)
{
    const struct county *county = item->office->county;
    char above[sizeof w->above];
    snprintf(above, sizeof above, "%s/%.*s%.*s", w->folder, STR_ARG(county->code),
             STR_ARG(county->name));
    if (strncmp(above, w->above, strlen(above)) != 0)
        mkdir(above, 0777);
    size_t n = strlen(above);
    snprintf(above + n, sizeof above - n, "/%d", item->year);
    if (strcmp(above, w->above) == 0)
        return 0;
    memcpy(w->above, above, sizeof above);
    mkdir(above, 0777);
    struct stat stat_of;
    return stat(above, &stat_of);
}

static const struct encoding *encoding_of(const struct writer *w, const struct item *item,
                                          const struct layout *layout)
{
    bool html = !strncmp(layout->name, "html", 4);
    if (!strcmp(layout->name, "html_word")) /* says that it is GB2312, and is GB18030 */
        return encoding_find(STR("gb18030"));
    if (w->encoding || html)
        return w->encoding && !html ? w->encoding : encoding_find(STR("utf8"));
    return encoding_find(item->office->site.style >> 32 & 1 ? STR("utf8") : STR("utf8_bom"));
}

/* The page of a report, in its site's manner. */
static int write_page(struct writer *w, const struct item *item, const struct layout *layout)
{
    const struct office *office = item->office;
    struct prose prose;
    struct who who = {.agency = office->name, .title = office->name, .year = item->year,
                      .prose = &prose};
    if (item->composite) /* 常德市人民政府 reports as 常德市 */
        who.title = office->county->name;
    char dated[32];
    int day = 5 + (int)(office->seed % 26);
    snprintf(dated, sizeof dated, "%d-%d-%d", item->year + 1, item->composite ? 3 : 1, day);
    who.dated = str_from(dated);
    struct manner manner = {office->site.quirks & ~layout->without,
                            {office->site.style}, &w->arena};
    if (!prose_make(&prose, item->figures, office, item->year, &w->arena))
        return -1;
    struct subject subject = {page_make(item->figures, &who, &manner), item->figures, &who,
                              &w->arena};
    return subject.page ? layout->write(&w->text, &subject) : -1;
}

static int write_item(struct writer *w, const struct item *item, const struct layout *layout)
{
    char path[2 * sizeof w->above];
    struct encoding encoding = *encoding_of(w, item, layout);
    buf_reset(&w->text);
    buf_reset(&w->bytes);
    if (enter_folder(w, item) < 0)
        return -1;
    if (item->damaged)
        write_damaged(w, item, &w->text);
    else if (write_page(w, item, layout) < 0)
        return -1;
    if (item->damaged)
        encoding.iconv = NULL;
    snprintf(path, sizeof path, "%s/%.*s%d年政府信息公开工作年度报告.%s%s", w->above,
             STR_ARG(item->office->name), item->year, layout->extension, encoding.gzip ? ".gz" : "");
    int failed = encode(&w->bytes, buf_str(&w->text), &encoding) < 0 ||
                 write_file(path, buf_str(&w->bytes)) < 0;
    arena_reset(&w->arena);
    return failed ? -1 : 0;
}

int pages_text(struct writer *w, const struct item *item)
{
    return write_item(w, item, item->office->site.text);
}

int pages_html(struct writer *w, const struct item *item)
{
    return write_item(w, item, item->office->site.html);
}
