/* province - writes the files of the made-up province that fixtures/province/plan.tsv lists:
 *   OUT/inbox/...    the reports, in mixed layouts, encodings and archives
 *   OUT/truth.csv    agency,year,scope,code,state,value: the current reports, zeros left out
 * Figures are random, but hang together over the years and between a government and its parts. */
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/arena.h"
#include "tests/generate/encode.h"
#include "tests/generate/layout.h"

enum { LINES = 400, COLUMNS = 9, UNITS = 100 };

/* A line of the plan, and the file it goes to. */
enum { YEAR, AGENCY, SCOPE, FILE_NAME, LAYOUT, ENCODING, QUIRKS_NAMED, DATED, SPECIAL };
struct line {
    struct str field[COLUMNS];
    int year;
    struct figures *figures;
};

struct unit {
    struct str name, division, kind, successor;
};

/* Text of a file that several reports may go to. */
struct target {
    struct str name;
    const struct encoding *encoding;
    struct buf text;
    bool cut;
};

struct province {
    const struct catalog *catalog;
    struct arena arena;
    struct unit units[UNITS];
    struct line lines[LINES];
    struct target targets[LINES];
    int unit_count, line_count, target_count;
};

static struct str read_file(struct arena *arena, const char *path)
{
    struct buf buf = buf_new(1 << 24);
    FILE *file = fopen(path, "rb");
    for (size_t n = 1; file && n && buf_reserve(&buf, 65536) == 0; buf.n += n)
        n = fread(buf.p + buf.n, 1, 65536, file);
    if (file)
        fclose(file);
    struct str text = arena_copy(arena, buf_str(&buf));
    buf_free(&buf);
    return text;
}

static void read_units(struct province *p, struct str text)
{
    struct str line, field[7];
    str_line(&text, &line);
    while (str_line(&text, &line) && p->unit_count < UNITS) {
        for (int i = 0; i < 7; i++)
            if (!str_split(&line, ',', &field[i]))
                field[i] = STR("");
        p->units[p->unit_count++] = (struct unit){field[0], field[1], field[2], field[5]};
    }
}

static void read_plan(struct province *p, struct str text)
{
    struct str row;
    while (str_line(&text, &row) && p->line_count < LINES) {
        if (!row.n || row.p[0] < '0' || row.p[0] > '9')
            continue;
        struct line *line = &p->lines[p->line_count++];
        for (int i = 0; i < COLUMNS; i++)
            if (!str_split(&row, '\t', &line->field[i]))
                line->field[i] = STR("");
        line->year = atoi(line->field[YEAR].p);
    }
}

static const struct unit *find_unit(const struct province *p, struct str name)
{
    for (int i = 0; i < p->unit_count; i++)
        if (str_eq(p->units[i].name, name))
            return &p->units[i];
    return NULL;
}

static bool special(const struct line *line, const char *what)
{
    return str_starts(line->field[SPECIAL], str_from(what));
}

/* The figures of the same agency, or its predecessor, in the latest earlier year; with `year`
 * those of that very year. */
static const struct figures *earlier(const struct province *p, struct str agency, int before)
{
    const struct figures *found = NULL;
    for (int i = 0; i < p->line_count && p->lines[i].year < before; i++) {
        const struct unit *unit = find_unit(p, p->lines[i].field[AGENCY]);
        if (p->lines[i].figures && (str_eq(p->lines[i].field[AGENCY], agency) ||
                                    (unit && str_eq(unit->successor, agency))))
            found = p->lines[i].figures;
    }
    return found;
}

/* The quirks of "typo+units". */
static uint32_t quirks_of(struct str names)
{
    struct str name;
    uint32_t quirks = 0;
    while (names.n && str_split(&names, '+', &name))
        for (int q = 0; q < QUIRKS; q++)
            if (str_eq(name, str_from(quirk_name(q))))
                quirks |= UINT32_C(1) << q;
    return quirks;
}

/* Is a division the region `code` or below it? 430700 holds 430702. */
static bool within(struct str division, struct str code)
{
    size_t n = str_ends(code, STR("0000")) ? 2 : str_ends(code, STR("00")) ? 4 : 6;
    return division.n == 6 && code.n == 6 && !memcmp(division.p, code.p, n);
}

static void add_parts(struct province *p, struct line *line, struct str region)
{
    for (int i = 0; i < p->line_count; i++) {
        const struct line *part = &p->lines[i];
        const struct unit *unit = find_unit(p, part->field[AGENCY]);
        bool counted = part->figures && part->year == line->year &&
                       str_eq(part->field[SCOPE], STR("own")) && !special(part, "again");
        struct str division = unit ? unit->division : STR("430923"); /* the one not registered */
        if (counted && within(division, region))
            figures_add(line->figures, part->figures);
    }
}

static int make_figures(struct province *p, struct line *line, struct random *random)
{
    int form = line->year < 2021 ? 2019 : 2021;
    line->figures = arena_alloc(&p->arena, sizeof *line->figures);
    if (!line->figures)
        return -1;
    uint32_t quirks = quirks_of(line->field[QUIRKS_NAMED]);
    const struct unit *unit = find_unit(p, line->field[AGENCY]);
    if (str_eq(line->field[SCOPE], STR("composite"))) {
        figures_zero(line->figures, p->catalog, form);
        add_parts(p, line, unit->division);
        return 0;
    }
    for (int i = 0; special(line, "again") && i < p->line_count; i++)
        if (&p->lines[i] != line && p->lines[i].year == line->year &&
            str_eq(p->lines[i].field[AGENCY], line->field[AGENCY])) {
            *line->figures = *p->lines[i].figures;
            return 0;
        }
    bool office = unit && str_eq(unit->kind, STR("office"));
    struct figures_kind kind = {
        .form = form,
        .size = office || random_chance(random, 80) ? 1 : random_chance(random, 50) ? 0 : 2,
        .department = true,
        .other_in_one = quirks >> QUIRK_OTHER_IN_ONE & 1,
        .before = earlier(p, line->field[AGENCY], line->year)};
    figures_make(line->figures, p->catalog, kind, random);
    if (quirks >> QUIRK_BLANK & 1)
        figures_leave_out(line->figures, STATE_BLANK, random);
    if (quirks >> QUIRK_NA & 1)
        figures_leave_out(line->figures, STATE_NA, random);
    return 0;
}

/* "break:t3.granted.total+2": the figure as it is printed. */
static void slip(const struct province *p, const struct line *line, struct figures *printed)
{
    struct str what = line->field[SPECIAL], code;
    ptrdiff_t colon = str_find(what, STR(":"));
    if (colon < 0)
        return;
    what = str_skip(what, (size_t)colon + 1);
    size_t sign = 0;
    while (sign < what.n && what.p[sign] != '+' && what.p[sign] != '-')
        sign++;
    code = str_slice(what, 0, sign);
    const struct cell *cell = catalog_find(p->catalog, code);
    printed->figure[cell->id].value += atoi(what.p + sign);
}

static struct target *target_of(struct province *p, const struct line *line)
{
    for (int i = 0; i < p->target_count; i++)
        if (str_eq(p->targets[i].name, line->field[FILE_NAME]))
            return &p->targets[i];
    struct target *target = &p->targets[p->target_count++];
    *target = (struct target){line->field[FILE_NAME], encoding_find(line->field[ENCODING]),
                              buf_new(64 << 20), special(line, "cut")};
    return target;
}

static int write_line(struct province *p, struct line *line, struct random *random)
{
    const struct layout *layout = NULL;
    for (int i = 0; i < layout_count; i++)
        if (str_eq(line->field[LAYOUT], str_from(layouts[i].name)))
            layout = &layouts[i];
    struct figures *printed = arena_alloc(&p->arena, sizeof *printed);
    struct target *target = target_of(p, line);
    if (!layout || !printed || !target->encoding)
        return -1;
    *printed = *line->figures;
    slip(p, line, printed);
    struct who who = {.agency = line->field[AGENCY], .title = line->field[AGENCY],
                      .year = line->year, .dated = line->field[DATED]};
    bool composite = str_eq(line->field[SCOPE], STR("composite"));
    if (composite) /* 常德市人民政府 reports as 常德市 */
        who.title = str_slice(who.title, 0, who.title.n - strlen("人民政府"));
    struct manner manner = {quirks_of(line->field[QUIRKS_NAMED]) & ~layout->without, *random,
                            &p->arena};
    struct subject subject = {page_make(printed, &who, &manner), printed, &who, &p->arena};
    struct buf text = buf_new(64 << 20);
    int failed = !subject.page || layout->write(&text, &subject) < 0;
    struct str rest = buf_str(&text), header;
    if (target->text.n) /* one header a file */
        str_line(&rest, &header);
    buf_add(&target->text, rest);
    buf_free(&text);
    return failed || target->text.failed ? -1 : 0;
}

static void make_folders(char *path)
{
    for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
        *slash = 0;
        mkdir(path, 0777);
        *slash = '/';
    }
}

static int add_member(struct archive *zip, struct str name, struct str bytes)
{
    struct archive_entry *entry = archive_entry_new();
    char member[512];
    snprintf(member, sizeof member, "%.*s", STR_ARG(name));
    archive_entry_update_pathname_utf8(entry, member);
    archive_entry_set_size(entry, (la_int64_t)bytes.n);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_mtime(entry, 1674172800, 0);
    int failed = archive_write_header(zip, entry) != ARCHIVE_OK ||
                 archive_write_data(zip, bytes.p, bytes.n) != (la_ssize_t)bytes.n;
    archive_entry_free(entry);
    return failed ? -1 : 0;
}

/* All targets "NAME.zip/member" of one archive, their names in GBK as Chinese Windows writes them. */
static int write_archive(struct province *p, struct str name, const char *path)
{
    struct archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_set_options(zip, "hdrcharset=GB18030");
    int failed = archive_write_open_filename(zip, path) != ARCHIVE_OK;
    for (int i = 0; i < p->target_count && !failed; i++) {
        struct target *target = &p->targets[i];
        if (!str_starts(target->name, name))
            continue;
        struct buf bytes = buf_new(64 << 20);
        failed = encode(&bytes, buf_str(&target->text), target->encoding) < 0 ||
                 add_member(zip, str_skip(target->name, name.n + 1), buf_str(&bytes)) < 0;
        target->encoding = NULL; /* written */
        buf_free(&bytes);
    }
    failed |= archive_write_close(zip) != ARCHIVE_OK;
    archive_write_free(zip);
    return failed ? -1 : 0;
}

static int write_target(struct province *p, struct target *target, const char *out)
{
    char path[4096];
    if (!target->encoding)
        return 0;
    ptrdiff_t zip = str_find(target->name, STR(".zip/"));
    struct str name = zip < 0 ? target->name : str_slice(target->name, 0, (size_t)zip + 4);
    snprintf(path, sizeof path, "%s/inbox/%.*s", out, STR_ARG(name));
    make_folders(path);
    if (zip >= 0)
        return write_archive(p, name, path);
    struct buf bytes = buf_new(64 << 20);
    int failed = encode(&bytes, buf_str(&target->text), target->encoding);
    struct str all = buf_str(&bytes);
    if (target->cut)
        all.n /= 2;
    failed = failed || write_file(path, all) < 0;
    buf_free(&bytes);
    return failed ? -1 : 0;
}

static int write_truth(struct province *p, const char *out)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/truth.csv", out);
    FILE *file = fopen(path, "w");
    if (!file)
        return -1;
    fputs("agency,year,scope,code,state,value\n", file);
    for (int l = 0; l < p->line_count; l++) {
        const struct line *line = &p->lines[l];
        if (special(line, "cut") || special(line, "superseded") ||
            (special(line, "again") && !str_has(line->field[FILE_NAME], STR("重发"))))
            continue;
        struct figures printed = *line->figures;
        slip(p, line, &printed);
        for (uint32_t i = 0; i < printed.count; i++) {
            uint16_t id = printed.cells[i].id;
            bool zero = printed.figure[id].state == STATE_VALUE && !printed.figure[id].value;
            if (zero && i) /* the first cell stands for the report */
                continue;
            fprintf(file, "%.*s,%d,%.*s,", STR_ARG(line->field[AGENCY]), line->year,
                    STR_ARG(line->field[SCOPE]));
            figures_print(&printed, id, file);
        }
    }
    return fclose(file) ? -1 : 0;
}

int main(int argc, char **argv)
{
    static struct province p;
    struct err err = {0};
    struct catalog *catalog = NULL;
    setlocale(LC_ALL, "C.UTF-8"); /* libarchive's names */
    if (argc != 4 || catalog_load(&catalog, &err) < 0) {
        fprintf(stderr, "usage: province AGENCIES.csv PLAN.tsv OUT\n%s\n", err.english);
        return 2;
    }
    p.catalog = catalog;
    p.arena = arena_new(SIZE_MAX / 4);
    read_units(&p, read_file(&p.arena, argv[1]));
    read_plan(&p, read_file(&p.arena, argv[2]));
    struct random random = {20230131};
    int failed = 0;
    for (int i = 0; i < p.line_count && !failed; i++)
        failed = make_figures(&p, &p.lines[i], &random);
    for (int i = 0; i < p.line_count && !failed; i++) {
        random_next(&random);
        failed = write_line(&p, &p.lines[i], &random);
        if (failed)
            fprintf(stderr, "province: cannot write line %d of the plan\n", i + 1);
    }
    for (int i = 0; i < p.target_count && !failed; i++)
        failed = write_target(&p, &p.targets[i], argv[3]);
    failed = failed || write_truth(&p, argv[3]) < 0;
    for (int i = 0; i < p.target_count; i++)
        buf_free(&p.targets[i].text);
    arena_free(&p.arena);
    catalog_free(catalog);
    return failed ? 1 : 0;
}
