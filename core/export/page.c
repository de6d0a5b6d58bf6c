#include "core/export/page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/resource.h"
#include "core/base/table.h"
#include "core/export/page_parts.h"
#include "core/export/standing.h"
#include "core/store/statement.h"

enum { A_PAGE = 200, SHADES = 5, NAMES = 64 << 20 };

sqlite3_stmt *page_ask(struct warehouse *warehouse, const char *name, const char *code, int year,
                       struct err *err)
{
    sqlite3_stmt *stmt = warehouse_statement(warehouse, name, err);
    if (!stmt)
        return NULL;
    if (sqlite3_bind_parameter_count(stmt) >= 1)
        bind_str(stmt, 1, str_from(code));
    if (sqlite3_bind_parameter_count(stmt) >= 2)
        sqlite3_bind_int(stmt, 2, year);
    return stmt;
}

void page_name(char name[64], const char *code)
{
    size_t n = 0;
    for (; code[n] && n < 50; n++) {
        char c = code[n];
        bool fits = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                    c == '-';
        name[n] = fits ? c : '_';
    }
    snprintf(name + n, 64 - n, ".html");
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const struct region *)a)->code, ((const struct region *)b)->code);
}

const struct region *region_find(const struct regions *regions, const char *code)
{
    struct region wanted = {.code = (char *)(uintptr_t)(code ? code : "")};
    if (regions->count == 0)
        return NULL;
    return bsearch(&wanted, regions->list, regions->count, sizeof *regions->list, by_code);
}

void page_link(struct html_out *html, const struct regions *regions, const char *code,
               struct str name)
{
    char file[64];
    if (!region_find(regions, code)) {
        html_text(html, name);
        return;
    }
    page_name(file, code);
    html_element(html, "<a href=\"", str_from(file), "\">");
    html_element(html, "", name, "</a>");
}

/* The regions above `here`, the widest first, each a link. At most eight: a register may hold a
 * circle. */
static void way(struct html_out *html, const struct regions *regions, const struct region *here)
{
    const struct region *above[8];
    int n = 0;
    for (const struct region *r = here; r && n < 8 && (r = region_find(regions, r->parent)) != NULL;)
        above[n++] = r;
    html_words(html, "<nav aria-label=\"", "Where this is", "\"><ol><li><a href=\"index.html\">");
    html_words(html, "", "Overview", "</a></li>");
    while (n-- > 0) {
        html_markup(html, "<li>");
        page_link(html, regions, above[n]->code, str_from(above[n]->name));
        html_markup(html, "</li>");
    }
    html_words(html, "<li><a href=\"regions-1.html\">", "All divisions", "</a></li></ol></nav>\n");
}

void page_begin(struct html_out *html, const struct regions *regions, const struct region *here,
                struct str title)
{
    html_document(html);
    html_markup(html, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src 'self' 'unsafe-inline'; img-src data:\">\n<link rel=\"icon\" "
                      "href=\"data:,\">\n<link rel=\"stylesheet\" href=\"style.css\">\n");
    html_element(html, "<title>", title, "</title>\n</head>\n<body>\n");
    html_words(html, "<a class=\"skip\" href=\"#main\">", "Skip to the text", "</a>\n<header>\n");
    way(html, regions, here);
    html_element(html, "<h1>", title, "</h1>\n</header>\n<main id=\"main\">\n");
}

void page_end(struct html_out *html)
{
    html_words(html, "</main>\n<footer><p>",
               "Figures are those of the agencies' annual reports, added up as they stand, nothing "
               "repaired; composites are not counted again.",
               "</p></footer>\n</body>\n</html>\n");
}

static int read_regions(struct regions *regions, struct arena *arena, struct warehouse *warehouse,
                        struct err *err)
{
    int got;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.regions", "", 0, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (arena_grow(arena, &regions->list, regions->count, &regions->capacity,
                       sizeof *regions->list) < 0)
            return err_memory(err);
        struct str text[4];
        for (int i = 0; i < 4; i++) {
            struct str s = column_str(stmt, i);
            text[i] = arena_copy(arena, s.p ? s : STR(""));
            if (!text[i].p)
                return err_memory(err);
        }
        regions->list[regions->count++] = (struct region){
            (char *)(uintptr_t)text[0].p, (char *)(uintptr_t)text[1].p,
            (char *)(uintptr_t)text[2].p, (char *)(uintptr_t)text[3].p,
            sqlite3_column_int(stmt, 4)};
    }
    return got;
}

/* Applications received of each province in a year, for the map. */
struct tile {
    char code[16];
    int64_t received;
    bool known;
};

static int by_received(const void *a, const void *b)
{
    int64_t x = ((const struct tile *)a)->received, y = ((const struct tile *)b)->received;
    return x < y ? -1 : x > y;
}

/* The shade of a value: the fifth of the known ones in which it lies. */
static int shade(const struct tile *sorted, size_t count, int64_t value)
{
    size_t below = 0;
    while (below < count && sorted[below].received < value)
        below++;
    return count ? (int)(below * SHADES / count) + 1 : 1;
}

/* The name of a tile's province; in English its two letters, which have room, with the name behind. */
static void tile_name(struct html_out *html, const struct table *table)
{
    if (html->lang == LANG_ZH) {
        html_text(html, table_get(table, "name"));
        return;
    }
    html_element(html, "<abbr title=\"", table_get(table, "english"), "\">");
    html_element(html, "", table_get(table, "short"), "</abbr>");
}

static int map(struct html_out *html, struct warehouse *warehouse, const struct regions *regions,
               const struct region *nation, struct err *err)
{
    enum { MOST = 64 };
    struct tile tiles[MOST];
    size_t count = 0;
    int got;
    sqlite3_stmt *stmt = page_ask(warehouse, "page.children", nation->code, nation->year, err);
    if (!stmt)
        return -1;
    while ((got = statement_next(warehouse, stmt, err)) > 0) {
        if (count == MOST || sqlite3_column_type(stmt, 5) == SQLITE_NULL)
            continue;
        snprintf(tiles[count].code, sizeof tiles[count].code, "%s",
                 (const char *)sqlite3_column_text(stmt, 0));
        tiles[count++].received = sqlite3_column_int64(stmt, 5);
    }
    struct table table;
    if (got < 0 || table_open(&table, "exports/tiles.tsv", err) < 0)
        return -1;
    qsort(tiles, count, sizeof *tiles, by_received);
    html_markup(html, "<h2>");
    html_format(html, lang_in(html->lang, "Provinces (applications received in %d)"), nation->year);
    html_markup(html, "</h2>\n<ul class=\"map\">\n");
    while (table_next(&table)) {
        struct str code = table_get(&table, "code");
        size_t i = 0;
        while (i < count && !str_eq(code, str_from(tiles[i].code)))
            i++;
        if (i < count)
            html_format(html, "<li class=\"c%d\"", shade(tiles, count, tiles[i].received));
        else
            html_markup(html, "<li class=\"n\"");
        html_format(html, " style=\"grid-row:%ld;grid-column:%ld\">",
                    table_number(&table, "row", 1), table_number(&table, "column", 1));
        char file[64];
        bool has_page = i < count && region_find(regions, tiles[i].code);
        page_name(file, i < count ? tiles[i].code : "");
        if (has_page)
            html_element(html, "<a href=\"", str_from(file), "\">");
        else
            html_markup(html, "<span>");
        tile_name(html, &table);
        if (i < count)
            html_format(html, "<small>%lld</small>", (long long)tiles[i].received);
        html_markup(html, has_page ? "</a></li>\n" : "</span></li>\n");
    }
    html_words(html, "</ul>\n<p><small>",
               "The darker, the more applications (in fifths); grey: no figures.", "</small></p>\n");
    return 0;
}

/* One file of the folder in the making. */
struct writer {
    struct package *package;
    struct json *json;
    enum lang lang;
    struct html_out html;
};

static int begin_file(struct writer *w, const char *name, struct err *err)
{
    struct sink sink;
    if (package_begin(w->package, name, false, &sink, err) < 0)
        return -1;
    html_out_open(&w->html, sink, w->lang);
    return 0;
}

static int end_file(struct writer *w, const char *mediatype, struct err *err)
{
    if (html_out_close(&w->html, err) < 0 || package_end(w->package, err) < 0)
        return -1;
    json_text(w->json, "mediatype", mediatype);
    return 0;
}

static int write_region(struct writer *w, struct warehouse *warehouse, const struct regions *regions,
                        const struct region *region, struct err *err)
{
    char name[64], title[512];
    page_name(name, region->code);
    snprintf(title, sizeof title, lang_in(w->lang, "%s: annual reports on government-information disclosure"),
             region->name);
    if (begin_file(w, name, err) < 0)
        return -1;
    page_begin(&w->html, regions, region, str_from(title));
    if (page_summary(&w->html, warehouse, region, err) < 0 ||
        page_region(&w->html, warehouse, regions, region, err) < 0) {
        html_out_close(&w->html, NULL);
        return -1;
    }
    page_end(&w->html);
    return end_file(w, "text/html", err);
}

/* The start: the nation where several provinces report, else the widest region there is. */
static int write_start(struct writer *w, struct warehouse *warehouse, const struct regions *regions,
                       struct err *err)
{
    const struct region *nation = region_find(regions, "000000");
    if (begin_file(w, "index.html", err) < 0)
        return -1;
    page_begin(&w->html, regions, NULL, str_from(lang_in(w->lang, "Annual reports on "
                                               "government-information disclosure: overview")));
    int status = 0;
    if (!nation)
        html_words(&w->html, "<p>", "There are no totals yet.", "</p>\n");
    else if (page_summary(&w->html, warehouse, nation, err) < 0 ||
             map(&w->html, warehouse, regions, nation, err) < 0 ||
             page_region(&w->html, warehouse, regions, nation, err) < 0)
        status = -1;
    page_end(&w->html);
    if (status < 0) {
        html_out_close(&w->html, NULL);
        return -1;
    }
    return end_file(w, "text/html", err);
}

/* A level of divisions as a person reads it. */
static const char *level_name(enum lang lang, const char *level)
{
    return strcmp(level, "nation") == 0       ? lang_in(lang, "nation")
           : strcmp(level, "province") == 0   ? lang_in(lang, "province")
           : strcmp(level, "prefecture") == 0 ? lang_in(lang, "prefecture")
           : strcmp(level, "county") == 0     ? lang_in(lang, "county")
           : strcmp(level, "zone") == 0       ? lang_in(lang, "zone")
                                              : level;
}

/* The list of all regions, A_PAGE a page. */
static int write_lists(struct writer *w, const struct regions *regions, struct err *err)
{
    size_t pages = regions->count ? (regions->count + A_PAGE - 1) / A_PAGE : 1;
    for (size_t page = 0; page < pages; page++) {
        char name[64];
        snprintf(name, sizeof name, "regions-%zu.html", page + 1);
        if (begin_file(w, name, err) < 0)
            return -1;
        page_begin(&w->html, regions, NULL, str_from(lang_in(w->lang, "All divisions")));
        html_words(&w->html, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"",
                   "All divisions", "\"><table>\n<thead><tr>");
        html_words(&w->html, "<th scope=\"col\">", "Code", "</th>");
        html_words(&w->html, "<th scope=\"col\" class=\"t\">", "Division", "</th>");
        html_words(&w->html, "<th scope=\"col\" class=\"t\">", "Level", "</th>");
        html_words(&w->html, "<th scope=\"col\">", "Latest year", "</th></tr></thead>\n<tbody>\n");
        for (size_t i = page * A_PAGE; i < regions->count && i < (page + 1) * A_PAGE; i++) {
            const struct region *r = &regions->list[i];
            html_element(&w->html, "<tr><td>", str_from(r->code), "</td><th scope=\"row\" class=\"t\">");
            page_link(&w->html, regions, r->code, str_from(r->name));
            html_element(&w->html, "</th><td class=\"t\">", str_from(level_name(w->lang, r->level)), "</td>");
            html_format(&w->html, "<td>%d</td></tr>\n", r->year);
        }
        html_words(&w->html, "</tbody></table></div>\n<nav aria-label=\"", "Pages of the list", "\"><ol>");
        for (size_t other = 0; other < pages; other++)
            html_format(&w->html, other == page ? "<li aria-current=\"page\">%zu</li>"
                                                : "<li><a href=\"regions-%zu.html\">%zu</a></li>",
                        other + 1, other + 1);
        html_markup(&w->html, "</ol></nav>\n");
        page_end(&w->html);
        if (end_file(w, "text/html", err) < 0)
            return -1;
    }
    return 0;
}

static int write_pages(struct writer *w, struct warehouse *warehouse, struct err *err)
{
    struct arena arena = arena_new(NAMES);
    struct regions regions = {0};
    int status = read_regions(&regions, &arena, warehouse, err);
    if (status == 0 && (status = begin_file(w, "style.css", err)) == 0) {
        html_markup(&w->html, resource_text("exports/page.css"));
        status = end_file(w, "text/css", err);
    }
    if (status == 0)
        status = write_start(w, warehouse, &regions, err);
    if (status == 0)
        status = write_lists(w, &regions, err);
    for (size_t i = 0; status == 0 && i < regions.count; i++)
        status = write_region(w, warehouse, &regions, &regions.list[i], err);
    arena_free(&arena);
    return status;
}

int page_export(struct warehouse *warehouse, const struct page_options *options,
                struct package_counts *counts, struct err *err)
{
    struct writer w = {.lang = options->lang};
    const char *folder = options->package.folder;
    char state[DIGEST_HEX];
    if (standing_state(warehouse, options->lang == LANG_ZH ? "page" : "page en", state, err) < 0)
        return -1;
    if (options->lazy && standing_holds(folder, state, counts))
        return 0;
    if (package_open(&w.package, &options->package, &w.json, err) < 0)
        return -1;
    json_text(w.json, "name", "gongkai-page");
    json_text(w.json, "title", "Overview pages");
    bool within = !warehouse->in_transaction &&
                  sqlite3_exec(warehouse->db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
    int status = write_pages(&w, warehouse, err);
    if (within)
        sqlite3_exec(warehouse->db, "COMMIT", NULL, NULL, NULL);
    if (status < 0) {
        package_abandon(w.package);
        return -1;
    }
    if (package_close(w.package, counts, err) < 0)
        return -1;
    return options->package.dry ? 0 : standing_note(folder, state, err);
}
