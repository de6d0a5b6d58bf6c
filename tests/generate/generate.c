/* generate - writes made-up annual reports in every layout, encoding and quirk that offices have
 * been seen to publish, and beside them what a reader should find:
 *   OUT/in/NAME      the reports
 *   OUT/index.csv    file,agency,year,form,layout,quirks,encoding: one line a report
 *   OUT/truth.csv    file,code,state,value: one line a cell
 * The same options give the same bytes. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/generate/encode.h"
#include "tests/generate/layout.h"

struct options {
    const char *out, *layout;
    uint64_t seed;
    long count; /* reports with several quirks at once, after those with one each */
    bool single;
    int form;
};

struct job {
    const struct options *options;
    const struct catalog *catalog;
    FILE *index, *truth;
    struct arena arena;
    uint64_t number; /* of reports so far */
};

/* An office that no other report of this run has in the same year. The places are prefectures
 * whose names are theirs alone. */
static struct who office(struct job *job, int form)
{
    static const char *const places[] = {"常德市", "衡阳市", "岳阳市", "宿迁市", "湛江市",
                                         "威海市", "洛阳市", "绵阳市", "桂林市", "遵义市"};
    static const char *const bureaus[] = {
        "教育局", "科学技术局", "民政局", "司法局", "财政局", "自然资源和规划局", "生态环境局",
        "住房和城乡建设局", "交通运输局", "水利局", "农业农村局", "商务局", "卫生健康委员会",
        "应急管理局", "审计局", "市场监督管理局", "统计局", "医疗保障局", "信访局", "林业局"};
    uint64_t n = job->number;
    int first = form, years = form == 2019 ? 2 : 4;
    struct buf name = buf_new(256);
    uint64_t unit = n / 10 / 20 / (uint64_t)years;
    buf_printf(&name, "%s%s", places[n % 10], bureaus[n / 10 % 20]);
    if (unit)
        buf_printf(&name, "第%" PRIu64 "分局", unit);
    struct str agency = arena_copy(&job->arena, buf_str(&name));
    struct who who = {agency, agency, first + (int)(n / 200 % (uint64_t)years), {0}, NULL};
    buf_free(&name);
    return who;
}

static void write_truth(struct job *job, const char *file, const struct figures *f)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->cells[i].id != CELL_NONE) {
            fprintf(job->truth, "%s,", file);
            figures_print(f, f->cells[i].id, job->truth);
        }
}

static void write_index(struct job *job, const char *file, const struct who *who, int form,
                        const struct layout *layout, uint32_t quirks, const char *encoding)
{
    fprintf(job->index, "%s,%.*s,%d,%d,%s,", file, STR_ARG(who->agency), who->year, form,
            layout->name);
    const char *between = "";
    for (int q = 0; q < QUIRKS; q++)
        if (quirks >> q & 1) {
            fprintf(job->index, "%s%s", between, quirk_name(q));
            between = "+";
        }
    fprintf(job->index, ",%s\n", encoding);
}

static int write_report(struct job *job, const struct layout *layout, int form, uint32_t quirks)
{
    struct random random = {job->options->seed ^ job->number * UINT64_C(0xd1342543de82ef95)};
    int size = random_chance(&random, 10) ? 0 : random_chance(&random, 70) ? 1 : 2;
    struct figures figures;
    struct figures_kind kind = {.form = form, .size = size,
                                .other_in_one = quirks >> QUIRK_OTHER_IN_ONE & 1};
    figures_make(&figures, job->catalog, kind, &random);
    if (quirks >> QUIRK_BLANK & 1)
        figures_leave_out(&figures, STATE_BLANK, &random);
    if (quirks >> QUIRK_NA & 1)
        figures_leave_out(&figures, STATE_NA, &random);
    struct who who = office(job, form);
    const struct encoding *encoding = &encodings[job->number % (uint64_t)encoding_count];
    if (layout->bytes)
        encoding = &encodings[0];
    else if (!strcmp(layout->name, "html_word")) /* says that it is GB2312, and is GB18030 */
        encoding = &encodings[1];
    else if (!strncmp(layout->name, "html", 4))
        encoding = &encodings[0];
    struct manner manner = {quirks, random, &job->arena};
    random_next(&manner.random);
    struct subject subject = {page_make(&figures, &who, &manner), &figures, &who, &job->arena};
    struct buf text = buf_new(64 << 20), bytes = buf_new(64 << 20);
    char file[200], path[4096];
    snprintf(file, sizeof file, "%06" PRIu64 "-%s.%s%s", job->number, layout->name,
             layout->extension, encoding->gzip ? ".gz" : "");
    snprintf(path, sizeof path, "%s/in/%s", job->options->out, file);
    int failed = !subject.page || layout->write(&text, &subject) < 0 ||
                 encode(&bytes, buf_str(&text), encoding) < 0 ||
                 write_file(path, buf_str(&bytes)) < 0;
    if (failed)
        fprintf(stderr, "generate: cannot write %s\n", path);
    write_index(job, file, &who, form, layout, quirks, encoding->name);
    write_truth(job, file, &figures);
    buf_free(&text);
    buf_free(&bytes);
    arena_reset(&job->arena);
    job->number++;
    return failed ? -1 : 0;
}

static bool fits(const struct layout *layout, int form, uint32_t quirks)
{
    if (form != 2021 && quirks >> QUIRK_OTHER_IN_ONE & 1)
        return false;
    return !(layout->without & quirks);
}

/* Each layout plain, and with each quirk alone, on each form. */
static int write_single(struct job *job, const struct layout *layout)
{
    static const int forms[] = {2021, 2019, 2014};
    for (int f = 0; f < 3; f++)
        for (int q = -1; q < QUIRKS; q++) {
            uint32_t quirks = q < 0 ? 0 : UINT32_C(1) << q;
            if (job->options->form && job->options->form != forms[f])
                continue;
            if (fits(layout, forms[f], quirks) && write_report(job, layout, forms[f], quirks) < 0)
                return -1;
        }
    return 0;
}

static int write_mixed(struct job *job, const struct layout *layout, struct random *random)
{
    static const int forms[] = {2021, 2021, 2019, 2014};
    int form = job->options->form ? job->options->form : forms[random_below(random, 4)];
    uint32_t quirks = 0;
    for (uint64_t n = random_below(random, 6); n; n--)
        quirks |= UINT32_C(1) << random_below(random, QUIRKS);
    quirks &= ~layout->without;
    if (form != 2021)
        quirks &= ~(UINT32_C(1) << QUIRK_OTHER_IN_ONE);
    return write_report(job, layout, form, quirks);
}

static int run(struct job *job)
{
    const struct options *o = job->options;
    struct random random = {o->seed};
    bool known = false;
    for (int i = 0; i < layout_count; i++) {
        if (o->layout && strcmp(o->layout, layouts[i].name) != 0)
            continue;
        known = true;
        if (o->single && write_single(job, &layouts[i]) < 0)
            return -1;
    }
    if (!known) {
        fprintf(stderr, "generate: no layout %s\n", o->layout);
        return -1;
    }
    for (long n = 0, i = 0; n < o->count; i = (i + 1) % layout_count) {
        if (o->layout && strcmp(o->layout, layouts[i].name) != 0)
            continue;
        if (write_mixed(job, &layouts[i], &random) < 0)
            return -1;
        n++;
    }
    return 0;
}

static int usage(void)
{
    fprintf(stderr, "usage: generate --out DIR [--seed N] [--single] [--count N] [--layout NAME] "
                    "[--form YEAR]\nlayouts:");
    for (int i = 0; i < layout_count; i++)
        fprintf(stderr, " %s", layouts[i].name);
    fprintf(stderr, "\n");
    return 2;
}

static FILE *create(const char *folder, const char *name, const char *header)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    if (file)
        fputs(header, file);
    return file;
}

int main(int argc, char **argv)
{
    static const struct option long_options[] = {
        {"out", required_argument, NULL, 'o'},   {"seed", required_argument, NULL, 's'},
        {"count", required_argument, NULL, 'c'}, {"layout", required_argument, NULL, 'l'},
        {"form", required_argument, NULL, 'f'},  {"single", no_argument, NULL, '1'},
        {0}};
    struct options o = {.seed = 1};
    for (int c; (c = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        switch (c) {
        case 'o': o.out = optarg; break;
        case 's': o.seed = strtoull(optarg, NULL, 10); break;
        case 'c': o.count = strtol(optarg, NULL, 10); break;
        case 'l': o.layout = optarg; break;
        case 'f': o.form = (int)strtol(optarg, NULL, 10); break;
        case '1': o.single = true; break;
        default: return usage();
        }
    }
    if (!o.out)
        return usage();
    char inputs[4096];
    snprintf(inputs, sizeof inputs, "%s/in", o.out);
    mkdir(o.out, 0777);
    mkdir(inputs, 0777);
    struct err err = {0};
    struct catalog *catalog = NULL;
    struct job job = {.options = &o, .arena = arena_new(256 << 20)};
    job.index = create(o.out, "index.csv", "file,agency,year,form,layout,quirks,encoding\n");
    job.truth = create(o.out, "truth.csv", "file,code,state,value\n");
    if (!job.index || !job.truth || catalog_load(&catalog, &err) < 0) {
        fprintf(stderr, "generate: cannot begin in %s %s\n", o.out, err.english);
        return 1;
    }
    job.catalog = catalog;
    int failed = run(&job);
    failed |= fclose(job.index) | fclose(job.truth);
    catalog_free(catalog);
    arena_free(&job.arena);
    return failed ? 1 : 0;
}
