/* data - writes the reports of made-up counties, any number of them, as one kind of data:
 *   OUT/in            the reports: pages in folders, or CSV
 *   OUT/agencies.csv  the register of those who report
 *   OUT/sums.csv      division,year,code,value: what the own reports of each county add up to
 *   OUT/planted.csv   agency,year,rule: the slips in the figures, one in a hundred reports
 * The same options give the same bytes. Figures balance, are carried over from year to year, and are
 * those of the prose; nine in ten are zero. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/bench/data/sums.h"
#include "tests/bench/data/writer.h"

enum { SLIP_ONE_IN = 100, LEFT_OUT_PERCENT = 3 };

struct options {
    const char *out, *format, *encoding;
    long agencies;
    int years;
    long damaged_one_in, every; /* 0: none; every n-th agency alone */
    uint64_t seed;
};

struct job {
    const struct options *options;
    const struct catalog *catalog;
    struct world world;
    struct writer writer;
    struct sums sums;
    struct figures composite[YEARS_MAX];
    struct arena arena; /* of the office at hand */
    FILE *register_file, *sums_file, *planted;
    char in[4096];
};

/* One in a hundred reports prints a figure that does not add up. */
static void slip(struct job *job, const struct item *item, struct figures *printed, struct random *r)
{
    static const struct {
        const char *code, *rule;
    } slips[] = {{"t3.granted.total", "row-total"}, {"t4.review.total", "case-total"},
                 {"t3.carried_in.person", "balance"}, {"t3.partial.person", "handled"}};
    uint64_t n = random_next(r);
    if (n % SLIP_ONE_IN)
        return;
    n = n / SLIP_ONE_IN % 4;
    const struct cell *cell = catalog_find(job->catalog, str_from(slips[n].code));
    if (printed->figure[cell->id].state != STATE_VALUE)
        return;
    printed->figure[cell->id].value += 2;
    fprintf(job->planted, "%.*s,%d,%s\n", STR_ARG(item->office->name), item->year, slips[n].rule);
}

static void leave_out(struct figures *f, const struct office *office, struct random *r)
{
    uint64_t n = random_below(r, 100);
    bool blank = n < LEFT_OUT_PERCENT && !(office->site.text->without >> QUIRK_BLANK & 1);
    if (blank || n < LEFT_OUT_PERCENT)
        figures_leave_out(f, blank ? STATE_BLANK : STATE_NA, r);
}

static int write_report(struct job *job, const struct item *item)
{
    if (job->writer.format->write(&job->writer, item) < 0)
        return -1;
    if (!item->damaged && !item->composite)
        sums_add(&job->sums, item->year, item->figures);
    return 0;
}

static int damage(const struct job *job, struct random *r)
{
    uint64_t n = random_next(r);
    long one_in = job->options->damaged_one_in;
    return one_in && n % (uint64_t)one_in == 0 ? 1 + (int)(n / (uint64_t)one_in % 1000) : 0;
}

/* All years of one office, each beginning with what the last one left. */
static int write_office(struct job *job, const struct office *office, bool wanted)
{
    struct figures *figures = arena_array(&job->arena, 3, sizeof *figures);
    if (!figures)
        return -1;
    struct figures *now = &figures[0], *before = &figures[1], *printed = &figures[2], *swap;
    for (int i = 0; i < job->options->years; i++) {
        int year = FIRST_YEAR + i;
        struct random r = {office->seed ^ (uint64_t)year * UINT64_C(0xd1342543de82ef95)};
        struct figures_kind kind = {
            .form = year < 2021 ? 2019 : 2021,
            .size = office->size,
            .department = true,
            .steady = true,
            .before = i ? before : NULL};
        figures_make(now, job->catalog, kind, &r);
        figures_add(&job->composite[i], now);
        *printed = *now;
        struct item item = {.office = office, .figures = printed, .year = year,
                            .damaged = damage(job, &r)};
        leave_out(printed, office, &r);
        slip(job, &item, printed, &r);
        if (wanted && write_report(job, &item) < 0)
            return -1;
        swap = now, now = before, before = swap;
    }
    return 0;
}

static int write_composites(struct job *job, const struct office *government)
{
    for (int i = 0; i < job->options->years; i++) {
        struct item item = {.office = government, .figures = &job->composite[i],
                            .year = FIRST_YEAR + i, .composite = true};
        if (write_report(job, &item) < 0)
            return -1;
    }
    return 0;
}

/* The offices of a county, then its composite. */
static int write_county(struct job *job, long first)
{
    long every = job->options->every;
    struct office government = {0};
    for (int i = 0; i < job->options->years; i++)
        figures_zero(&job->composite[i], job->catalog, FIRST_YEAR + i < 2021 ? 2019 : 2021);
    arena_reset(&job->arena);
    for (long n = first; n < first + OFFICES_A_COUNTY && n < job->world.offices; n++) {
        struct office office = world_office(&job->world, n, &job->arena);
        fprintf(job->register_file, "%.*s,%.*s,%.*s,2008,,,\n", STR_ARG(office.name),
                STR_ARG(office.county->code), STR_ARG(office.kind));
        if (n == first)
            government = office;
        else if (write_office(job, &office, every == 0 || n % every == 1) < 0)
            return -1;
    }
    if (every == 0 && write_composites(job, &government) < 0)
        return -1;
    sums_write(&job->sums, job->catalog, government.county->code, job->sums_file);
    return 0;
}

static int write_all(struct job *job)
{
    if (job->writer.format->begin(&job->writer) < 0)
        return -1;
    for (long n = 0; n < job->world.offices; n += OFFICES_A_COUNTY)
        if (write_county(job, n) < 0)
            return -1;
    return job->writer.format->end(&job->writer);
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

static int begin(struct job *job, const struct options *o, struct err *err)
{
    struct writer *w = &job->writer;
    for (int i = 0; i < format_count; i++)
        if (!strcmp(formats[i].name, o->format))
            w->format = &formats[i];
    snprintf(job->in, sizeof job->in, "%s/in", o->out);
    w->folder = job->in;
    w->catalog = job->catalog;
    w->encoding = o->encoding ? encoding_find(str_from(o->encoding)) : NULL;
    w->arena = arena_new(64 << 20);
    job->arena = arena_new(256 << 20);
    w->random.state = o->seed;
    w->text = w->bytes = buf_new(SIZE_MAX / 8);
    if (!w->format || (o->encoding && !w->encoding))
        return -1;
    mkdir(o->out, 0777);
    job->register_file = create(o->out, "agencies.csv",
                                "agency,division,kind,first_year,last_year,successor,aliases\n");
    job->sums_file = create(o->out, "sums.csv", "division,year,code,value\n");
    job->planted = create(o->out, "planted.csv", "agency,year,rule\n");
    if (!job->register_file || !job->sums_file || !job->planted)
        return -1;
    return world_make(&job->world, o->agencies, o->seed, err);
}

static int end(struct job *job)
{
    int failed = fclose(job->register_file) | fclose(job->sums_file) | fclose(job->planted);
    buf_free(&job->writer.text);
    buf_free(&job->writer.bytes);
    arena_free(&job->writer.arena);
    arena_free(&job->arena);
    world_free(&job->world);
    return failed ? -1 : 0;
}

static int usage(void)
{
    fprintf(stderr, "usage: data --out DIR --format NAME [--agencies N] [--years N] [--every N]\n"
                    "            [--damaged ONE_IN] [--encoding NAME] [--seed N]\nformats:");
    for (int i = 0; i < format_count; i++)
        fprintf(stderr, " %s", formats[i].name);
    fprintf(stderr, "\nencodings:");
    for (int i = 0; i < encoding_count; i++)
        fprintf(stderr, " %s", encodings[i].name);
    fprintf(stderr, "\n");
    return 2;
}

static bool read_options(struct options *o, int argc, char **argv)
{
    static const struct option long_options[] = {
        {"out", required_argument, NULL, 'o'},      {"format", required_argument, NULL, 'f'},
        {"agencies", required_argument, NULL, 'a'}, {"years", required_argument, NULL, 'y'},
        {"every", required_argument, NULL, 'n'},    {"damaged", required_argument, NULL, 'd'},
        {"encoding", required_argument, NULL, 'e'}, {"seed", required_argument, NULL, 's'},
        {0}};
    for (int c; (c = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
        switch (c) {
        case 'o': o->out = optarg; break;
        case 'f': o->format = optarg; break;
        case 'a': o->agencies = strtol(optarg, NULL, 10); break;
        case 'y': o->years = (int)strtol(optarg, NULL, 10); break;
        case 'n': o->every = strtol(optarg, NULL, 10); break;
        case 'd': o->damaged_one_in = strtol(optarg, NULL, 10); break;
        case 'e': o->encoding = optarg; break;
        case 's': o->seed = strtoull(optarg, NULL, 10); break;
        default: return false;
        }
    }
    return o->out && o->format && optind == argc && o->agencies > 0 && o->years > 0 &&
           o->years <= YEARS_MAX && o->every >= 0 && o->every != 1 && o->damaged_one_in >= 0;
}

int main(int argc, char **argv)
{
    static struct job job;
    struct options o = {.agencies = 800, .years = 7, .seed = 1};
    struct err err = {0};
    struct catalog *catalog = NULL;
    if (!read_options(&o, argc, argv))
        return usage();
    job.options = &o;
    if (catalog_load(&catalog, &err) < 0)
        return 1;
    job.catalog = catalog;
    if (begin(&job, &o, &err) < 0 || write_all(&job) < 0 || end(&job) < 0) {
        fprintf(stderr, "data: cannot write %s: %s\n", o.out, err.english);
        return 1;
    }
    catalog_free(catalog);
    return 0;
}
