#include "importers/csv_header.h"

#include <string.h>

enum { CELLS_LEAST = 3, LOOK_LINES = 10, LOOK_FIELDS = 1024, LONGEST = 18 /* bytes of a name */ };

static const struct {
    enum csv_column column;
    const char *names[10]; /* lower case */
} known[] = {
    {CSV_AGENCY, {"agency", "单位", "单位名称", "机关", "机关名称", "行政机关", "部门", "填报单位",
                  "报告单位"}},
    {CSV_DIVISION, {"division", "division_code", "区划", "区划代码", "行政区划", "行政区划代码",
                    "地区"}},
    {CSV_YEAR, {"year", "年份", "年度", "报告年度", "报告年份", "年"}},
    {CSV_SCOPE, {"scope", "范围", "口径"}},
    {CSV_CODE, {"code", "指标", "指标代码", "代码", "指标名称"}},
    {CSV_VALUE, {"value", "数值", "值", "数据", "数量"}},
};

/* t3.new.person, or a path that begins with its table: 表三/本年新收/自然人. */
static bool names_cell(struct str head)
{
    if (str_starts(head, STR("表")))
        return str_has(head, STR("/")) || str_has(head, STR("／"));
    return head.n > 3 && (head.p[0] == 't' || head.p[0] == 'T') && head.p[1] >= '0' &&
           head.p[1] <= '9' && head.p[2] == '.';
}

enum csv_column csv_column_of(struct str head)
{
    char lower[LONGEST + 1];
    head = str_trim(head);
    if (head.n < sizeof lower) {
        for (size_t i = 0; i < head.n; i++)
            lower[i] = (char)(head.p[i] >= 'A' && head.p[i] <= 'Z' ? head.p[i] + 32 : head.p[i]);
        struct str name = {lower, head.n};
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            for (size_t k = 0; k < 10 && known[i].names[k]; k++)
                if (str_eq(name, str_from(known[i].names[k])))
                    return known[i].column;
    }
    return names_cell(head) ? CSV_CELL : CSV_EXTRA;
}

enum csv_shape csv_shape_of(const struct csv_field *heads, size_t count, struct str *twice)
{
    size_t seen[CSV_EXTRA + 1] = {0};
    if (twice)
        *twice = (struct str){0};
    for (size_t i = 0; i < count; i++) {
        enum csv_column column = csv_column_of(heads[i].text);
        if (seen[column]++ > 0 && column < CSV_NAMED && twice)
            *twice = heads[i].text;
    }
    enum csv_shape shape = CSV_FORM;
    if (seen[CSV_CODE] && seen[CSV_VALUE])
        shape = CSV_LONG;
    else if (seen[CSV_AGENCY] && seen[CSV_CELL] >= (seen[CSV_YEAR] ? 1 : CELLS_LEAST))
        shape = CSV_WIDE;
    if (shape == CSV_FORM && twice)
        *twice = (struct str){0};
    return shape;
}

static enum csv_shape shape_of_line(struct str line, char delimiter)
{
    struct csv_field heads[LOOK_FIELDS];
    struct str field;
    size_t count = 0;
    while (count < LOOK_FIELDS && str_split(&line, delimiter, &field)) {
        field = str_trim(field);
        if (field.n > 1 && field.p[0] == '"' && field.p[field.n - 1] == '"')
            field = str_slice(field, 1, field.n - 1);
        heads[count++] = (struct csv_field){field, 1};
    }
    return csv_shape_of(heads, count, NULL);
}

enum csv_shape csv_shape_of_text(struct str text)
{
    struct str line;
    for (int lines = 0; lines < LOOK_LINES && str_line(&text, &line); lines++)
        for (const char *delimiter = ",\t;"; *delimiter; delimiter++) {
            if (line.n == 0 || !memchr(line.p, *delimiter, line.n))
                continue;
            enum csv_shape shape = shape_of_line(line, *delimiter);
            if (shape != CSV_FORM)
                return shape;
        }
    return CSV_FORM;
}

int csv_year(struct str s)
{
    int year = 0;
    for (s = str_trim(s); s.n > 0;) {
        bool wide = s.n >= 3 && s.p[0] == '\xEF' && s.p[1] == '\xBC' &&
                    s.p[2] >= '\x90' && s.p[2] <= '\x99';
        int digit = wide ? s.p[2] - '\x90' : s.p[0] - '0';
        if (digit < 0 || digit > 9)
            break;
        if (year > 999)
            return -1;
        year = year * 10 + digit;
        s = str_skip(s, wide ? 3 : 1);
    }
    if (s.n > 0 && !str_eq(s, STR("年")) && !str_eq(s, STR("年度")))
        return -1;
    return year == 0 && s.n == 0 ? 0 : year < 1990 || year > 2200 ? -1 : year;
}

struct str csv_scope(struct str s)
{
    static const char *const own[] = {"own", "本单位", "本机关", "本级", "自身"};
    static const char *const composite[] = {"composite", "汇总", "综合", "本行政区域", "全区域", "全域"};
    s = str_trim(s);
    if (s.n == 0)
        return STR("");
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_eq(s, str_from(own[i])))
            return STR("own");
    for (size_t i = 0; i < sizeof composite / sizeof *composite; i++)
        if (str_eq(s, str_from(composite[i])))
            return STR("composite");
    return (struct str){0};
}
