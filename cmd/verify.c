/* verify: whether the warehouse is whole, and the totals are those of the cells. */
#include "core/store/verify.h"

#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/rollup/rollup.h"

enum { DIFFERENCES = 20, SAID_MOST = 100 };

/* A damaged page may be wrong in every report: the first are said, the others counted at the end. */
struct telling {
    struct session *session;
    int said;
};

static void say_wrong(void *self, const struct err *what)
{
    struct telling *telling = self;
    if (telling->said++ < SAID_MOST)
        log_err(&telling->session->log, LOG_ERROR, "wrong", (struct str){0}, what);
}

/* Totals added up again and compared; those that are merely behind are not wrong. */
static int verify_totals(struct session *session, size_t *differences, bool *behind,
                         struct err *err)
{
    struct rollup_difference list[DIFFERENCES];
    if (rollup_verify(session->warehouse, list, DIFFERENCES, differences, behind, err) < 0)
        return -1;
    for (size_t i = 0; i < *differences && i < DIFFERENCES && !*behind; i++) {
        struct err what = {0};
        err_set(&what, ERR_SYSTEM, "the total of %s %d (%s, %s) is not the sum of its parts; run "
                                   "gongkai rollup --all", list[i].division_code, list[i].year,
                list[i].part, list[i].basis);
        log_err(&session->log, LOG_ERROR, "wrong", (struct str){0}, &what);
    }
    return 0;
}

static void show(struct session *session, const struct verify_counts *counts, size_t differences,
                 bool behind)
{
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_int(&json, "reports", counts->reports);
        json_int(&json, "originals", counts->originals);
        json_int(&json, "originals_not_kept", counts->not_kept);
        json_int(&json, "wrong", counts->wrong);
        json_int(&json, "totals_wrong", behind ? 0 : (int64_t)differences);
        json_bool(&json, "totals_behind", behind);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    fprintf(session->out, tr("%lld reports and %lld originals looked at (%lld kept as a hash alone), "
                             "%lld wrong\n"),
            (long long)counts->reports, (long long)counts->originals, (long long)counts->not_kept,
            (long long)counts->wrong);
    if (behind)
        fputs(tr("totals: behind the reports; run gongkai rollup\n"), session->out);
    else
        fprintf(session->out, tr("totals: added up again, %lld wrong\n"), (long long)differences);
}

static int run(struct session *session, struct err *err)
{
    struct telling telling = {.session = session};
    struct verify_sink sink = {say_wrong, &telling};
    struct verify_counts counts;
    size_t differences = 0;
    bool behind = false;
    if (session_read(session, err) < 0 ||
        warehouse_verify(session->warehouse, &sink, &counts, err) < 0 ||
        verify_totals(session, &differences, &behind, err) < 0)
        return -1;
    show(session, &counts, differences, behind);
    if (counts.wrong == 0 && (behind || differences == 0))
        return EXIT_WELL;
    return err_set(err, ERR_SYSTEM, "the warehouse is not whole: %lld things are wrong; restore it "
                                    "from a backup (where only totals or findings are wrong, gongkai "
                                    "rollup --all and gongkai check --all make them anew)",
                   (long long)counts.wrong + (behind ? 0 : (long long)differences));
}

static const struct example examples[] = {
    {"Look at everything", "gongkai verify"},
    {"A backup before it is put away", "gongkai verify --warehouse backup.db --json"},
    {0},
};

const struct command command_verify = {
    .name = "verify",
    .summary = "prove that the warehouse is whole and the totals are those of the cells",
    .arguments = "",
    .details = "Pages and references of the file, the sum of every table's rows as it was when they were "
               "written, the hash of every kept original, the digest of every report's figures; then "
               "every total is added up again from the cells and compared. Exit code 7 when anything "
               "is wrong: a bit that flipped, or another program that wrote.",
    .examples = examples,
    .traits = COMMAND_FIGURES,
    .run = run,
};
