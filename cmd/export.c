/* export: writes the summary files, each replaced in one step. */
#include "cmd/output.h"
#include "cmd/session.h"
#include "core/base/lang.h"
#include "core/export/export.h"

static void show(struct session *session, const struct package_counts *counts)
{
    if (session->json) {
        struct json json = session_json(session);
        json_object(&json, NULL);
        json_text(&json, "folder", session->arguments[0]);
        json_int(&json, "files", counts->files);
        json_int(&json, "changed", counts->changed);
        json_int(&json, "removed", counts->removed);
        json_int(&json, "bytes", (int64_t)counts->bytes);
        json_bool(&json, "dry_run", session->dry_run);
        json_end_object(&json);
        json_finish(&json);
        return;
    }
    fprintf(session->out, tr("%s: %u files, %u changed, %u removed\n"), session->arguments[0],
            counts->files, counts->changed, counts->removed);
}

static int run(struct session *session, struct err *err)
{
    struct package_counts counts = {0};
    bool partitioned = session_flag(session, "partitioned");
    struct export_options options = {
        .folder = session->arguments[0],
        .bom = !session_flag(session, "no-bom") && !partitioned,
        .gzip = session_flag(session, "gz") || partitioned,
        .dry = session->dry_run,
        .stopped = session_stopped,
        .also = partitioned ? EXPORT_PARTITIONED : session_flag(session, "cells") ? "cells" : "",
        .only = session_option(session, "only"),
    };
    if (options.only && (partitioned || session_flag(session, "cells")))
        return err_set(err, ERR_USAGE, "--only names all that is written; leave out --cells and "
                       "--partitioned");
    if (partitioned && (session_flag(session, "cells") || session_flag(session, "page")))
        return err_set(err, ERR_USAGE, "--partitioned is a set of its own; leave out --cells and "
                       "--page");
    if (output_folder(session, options.folder, NULL, err) < 0 || session_read(session, err) < 0 ||
        export_all(session->warehouse, &options, &counts, err) < 0 ||
        (session_flag(session, "page") && output_pages(session, options.folder, false, &counts, err) < 0))
        return -1;
    show(session, &counts);
    return EXIT_WELL;
}

static const struct option_row options_table[] = {
    {"no-bom", 0, NULL, "no byte order mark: for programs; Excel wants one"},
    {"gz", 0, NULL, "pack every file with gzip"},
    {"cells", 0, NULL, "write all cells of all reports too (cells.csv, large)"},
    {"only", 0, "NAMES", "write these files alone, with commas between: cells, or city-year,reports"},
    {"page", 0, NULL, "write the overview too: static pages in DIR/page, one a region"},
    {"partitioned", 0, NULL, "write, instead, the set for PostgreSQL, ClickHouse or DuckDB: cells by year, "
                             "dimensions, DDL, the roll-up as SQL"},
    {"dry-run", 'n', NULL, "do everything but write; say what would be done"},
    {0},
};

static const struct example examples[] = {
    {"The files for the office, to open in Excel", "gongkai export out"},
    {"The same for programs, packed", "gongkai export out-gz --no-bom --gz"},
    {"With the overview, to open in a browser: out/page/index.html", "gongkai export out --page"},
    {"All cells and nothing else, in a folder of their own", "gongkai export cells --only cells"},
    {"With the overview in English", "gongkai export out --page --lang en"},
    {"For a database of many machines", "gongkai export beyond --partitioned"},
    {"What would change", "gongkai export out --dry-run --json"},
    {0},
};

const struct command command_export = {
    .name = "export",
    .summary = "write the summary files, each replaced in one step",
    .arguments = "DIR",
    .details = "DIR gets the totals of cities, provinces, counties and the nation by year, series, "
               "rates, coverage, missing reports, findings, rejects and the dictionary as CSV, "
               "datapackage.json with their types, units and hashes, and SHA256SUMS. A file is "
               "touched only when its content changes. Files of an earlier export that are no "
               "longer written are removed as long as they are unchanged; nothing else is. The files do "
               "not depend on the locale or --lang; the overview is Chinese, with --lang en English.",
    .options = options_table,
    .examples = examples,
    .traits = COMMAND_FIGURES,
    .least = 1,
    .most = 1,
    .run = run,
};
