#include "core/export/page.h"

#include <sys/stat.h>

#include "core/base/buf.h"
#include "tests/unit/province_kit.h"

/* Every file that a page links to or loads is in the folder, and nothing outside it is named. */
static const struct page_options page = {.package = {.folder = "page"}, .lang = LANG_ZH};
static void links_stay_in_the_folder(const char *name)
{
    char path[128], target[128];
    snprintf(path, sizeof path, "page/%s", name);
    size_t size;
    char *html = kit_read(path, &size);
    unsigned links = 0, wrong = 0;
    static const char *const attributes[] = {"href=\"", "src=\""};
    for (int i = 0; i < 2; i++)
        for (const char *p = html; (p = strstr(p, attributes[i])) != NULL;) {
            p += strlen(attributes[i]);
            size_t n = strcspn(p, "\"");
            links++;
            if (*p == '#' || (n == 6 && memcmp(p, "data:,", 6) == 0))
                continue;
            snprintf(target, sizeof target, "page/%.*s", (int)n, p);
            bool good = n < 60 && !memchr(p, '/', n) && !memchr(p, ':', n) &&
                        access(target, F_OK) == 0;
            if (!good)
                diag("%s: %.*s", name, (int)n, p);
            wrong += !good;
        }
    ok(links > 3 && wrong == 0 && !strstr(html, "<script") && !strstr(html, "http://") &&
           !strstr(html, "https://") && !strstr(html, "@import"),
       "%s names only files of its folder and runs no script", name);
    free(html);
}

/* Elements close in the order in which they open. */
static bool is_nested(const char *html)
{
    static const char *const empty[] = {"meta", "link", "br", "col", "circle", "rect", "path"};
    char open[64][16];
    int depth = 0;
    for (const char *p = html; (p = strchr(p, '<')) != NULL;) {
        char name[16] = "";
        bool closes = *++p == '/';
        sscanf(p + closes, "%15[a-z0-9]", name);
        const char *end = strchr(p, '>');
        if (!end || *p == '!') {
            p++;
            continue;
        }
        bool is_empty = end[-1] == '/';
        for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
            is_empty = is_empty || (!closes && i < 4 && strcmp(name, empty[i]) == 0);
        if (closes && (depth == 0 || strcmp(open[--depth], name) != 0)) {
            diag("</%s> closes nothing, or %s", name, depth >= 0 ? open[depth] : "");
            return false;
        }
        if (!closes && !is_empty && depth < 64)
            snprintf(open[depth++], sizeof open[0], "%s", name);
        p = end;
    }
    return depth == 0;
}

static void pages_are_sound(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "page/%s", name);
    char *html = kit_read(path, NULL);
    ok(is_nested(html), "%s: what is opened is closed", name);
    ok(strstr(html, "<html lang=\"zh-CN\">") && strstr(html, "<main id=\"main\">") &&
           strstr(html, "name=\"viewport\"") && strstr(html, "<title>"),
       "%s says its language, its title, where its text begins", name);
    free(html);
}

int main(void)
{
    struct package_counts counts = {0};
    kit_open();
    kit_sql("UPDATE division_period SET name = '<b>汉寿县</b>' WHERE code = '430722'");
    struct rollup_result result;
    rollup_update(warehouse, true, &result, &err);
    ok(page_export(warehouse, &page, &counts, &err) == 0 && counts.files >= 7,
       "the pages are written (%s)", err.english);
    static const char *const names[] = {"index.html", "regions-1.html", "000000.html",
                                        "430000.html", "430700.html", "430722.html"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        links_stay_in_the_folder(names[i]);
        pages_are_sound(names[i]);
    }
    char *html = kit_read("page/430722.html", NULL);
    ok(strstr(html, "&lt;b&gt;汉寿县&lt;/b&gt;") && !strstr(html, "<b>汉寿县"),
       "a name that holds markup is shown as it is");
    ok(strstr(html, "未报1份") && strstr(html, "汉寿县审计局"), "what is missing is on the page");
    ok(strstr(html, "balance") != NULL, "and what was found");
    free(html);
    html = kit_read("page/430700.html", NULL);
    ok(strstr(html, "<svg") && strstr(html, "数据表"), "a chart comes with its numbers as a table");
    char row[600];
    snprintf(row, sizeof row, "<td>%s</td>",
             kit_ask("SELECT value FROM v_series WHERE division_code = '430702' AND year = 2023 "
                     "AND part = 'region' AND series = 'received'"));
    ok(strstr(html, row) != NULL, "the ranking shows the totals");
    free(html);
    ok(page_export(warehouse, &page, &counts, &err) == 0 && counts.changed == 0,
       "written again nothing changes");
    kit_close();
    return done();
}
