/* intake.h - from paths to the warehouse: walking, reading, recognising, storing. What import,
 * reread and nightly share.
 *
 *   intake_walk.c   the files of a folder, in the order of their names
 *   intake_file.c   one file: passed over when it has not changed, else a job
 *   intake_pool.c   the jobs that wait, are read and are stored, and the threads that read
 *   intake_read.c   a job: what lies inside its bytes (intake_bytes.c), what is recognised in that
 *   intake_take.c   what was read of one input, stored or rejected
 *
 * Reading and recognising touch no state but their own, on any thread; everything that is stored
 * goes through one writer, in the order of the paths, whatever the number of threads. Each input
 * is a savepoint of the run's one transaction: a bad input leaves no trace but its reject. */
#ifndef GONGKAI_CMD_INTAKE_H
#define GONGKAI_CMD_INTAKE_H

#include "cmd/session.h"
#include "core/recognise/recognise.h"
#include "core/store/agency.h"
#include "core/store/original.h"
#include "core/store/source_store.h"
#include "core/text/encoding.h"

struct intake_pool;
struct intake_taking;
struct manifest;

/* What the user says of all inputs. Empty, 0: nothing. */
struct intake_options {
    struct str agency, division;
    int year;
    enum scope scope;
    enum encoding encoding;
    bool keep_originals;
    long max_rejects; /* < 0: any number */
    long threads;     /* that read, the writer's among them; 0: as many as there are processors */
    const char *leave_out; /* a folder whose files are not read: the job writes there; or NULL */
    bool rehash;      /* read all files, whatever their size, time and inode say */
    const char *manifest;
};

struct intake {
    struct session *session;
    struct warehouse *warehouse;
    struct intake_options options;
    struct recogniser *recogniser; /* NULL until something is to be read */
    struct agencies *agencies; /* NULL until a report is matched */
    struct manifest *manifest;
    struct intake_pool *pool;
    struct intake_taking *taking; /* the file and the input whose offers are being stored */
    struct arena scratch;         /* what is recognised in one document that is read again */
    struct buf folder;            /* the absolute one that the files at hand lie below */
    int64_t seen;                 /* files met, for the progress bar */
    int64_t expected;             /* files that lie in the paths, as far as it is shown; 0: unknown */
    bool progress;
};

/* Makes ready, after session_write; options of the command are read by intake_options_read. */
int intake_options_read(const struct session *session, struct intake_options *out, struct err *err);
int intake_open(struct intake *intake, struct session *session,
                const struct intake_options *options, struct err *err);
void intake_close(struct intake *intake);

/* Takes one path of the command line: a file, a folder, or "-". Fails when the run must stop.
 * What it has met is stored by the time that intake_drain returns. */
int intake_path(struct intake *intake, const char *path, struct err *err);
int intake_drain(struct intake *intake, struct err *err);

/* Takes all paths in one transaction, which it leaves open for the caller to commit. */
int intake_run(struct session *session, const struct intake_options *options, char *const *paths,
               int count, struct err *err);

/* Prints the figures of the run; its exit code (0 or 3), with the reason in session->closing. */
void intake_show(struct session *session);
int intake_exit(struct session *session);

/* The option rows that go with intake_options_read, for the tables of commands. */
#define INTAKE_OPTIONS                                                                             \
    {"agency", 0, "NAME", "the agency that reports, where the file does not say it"},              \
    {"division", 0, "CODE", "the division code of the agency"},                                    \
    {"year", 0, "YEAR", "the report year"},                                                        \
    {"scope", 0, "own|composite", "the agency's own report, or its region's composite"},           \
    {"encoding", 0, "NAME", "the encoding of text files; else told by their bytes"},               \
    {"manifest", 0, "FILE", "a CSV (path,agency,division,year,scope) that says it file by file"},  \
    {"originals", 0, "compressed|none", "keep the sources' bytes (compressed), or only their hashes"}, \
    {"max-rejects", 0, "N", "commit nothing when more inputs are rejected"},                       \
    {"threads", 0, "N", "how many threads read; else one a processor; what is stored is the same"},  \
    {"rehash", 0, NULL, "read those files too whose size, time and inode have not changed"}

/* Private to intake*.c ------------------------------------------------------------------------ */

/* What options and manifest say of an input: the context for the recogniser, and the same as one
 * text to be stored beside the source: trust, agency, division, year, scope and encoding between
 * tabs, or empty. */
struct intake_said {
    struct context context;
    enum encoding encoding;
    struct str hints;
};

/* What is said of the input of that path, which lies below the absolute `folder`; `real` is the
 * file itself, or NULL. May run on any thread. */
int intake_say(const struct intake *intake, struct arena *arena, struct str path,
               struct str folder, const char *real, struct intake_said *out, struct err *err);
/* The same from hints that were stored, which it views. */
void intake_say_stored(struct str hints, struct str path, struct intake_said *out);

/* One file of the walk. */
struct intake_file {
    const char *real; /* to open it by */
    struct source_place place;
    bool standard_input;
};

/* Makes the recogniser where there is none yet: most nights nothing is to be read. The writer's to call,
 * before anything is put in line. */
int intake_recogniser(struct intake *intake, struct err *err);

/* Takes a file: unchanged, an input, or an archive of inputs. */
int intake_file(struct intake *intake, const struct intake_file *file, struct err *err);

/* The agency of a report of that source; remarks on the report where the division stated for it is
 * unknown, and where its name alone, without a place, may mean several agencies. */
int intake_match(struct intake *intake, struct report *report, int64_t source_id,
                 struct agency_match *out, struct err *err);

/* Reads the kept bytes of a source again because more, or something else, is said of it now; its
 * reports stay the same ones. 1: done and counted; 0: it cannot be, or has given no report. */
int reread_one(struct intake *intake, int64_t source_id, struct err *err);

/* The files below a path, as the walk takes them; and the bar, now and then. */
int64_t intake_progress_expected(const char *path);
void intake_progress_show(const struct intake *intake);

/* Counts an input that has not changed; or rejects, and whether there are too many. */
void intake_unchanged(struct intake *intake, int64_t count);
int intake_too_many(const struct intake *intake, struct err *err);

/* The manifest: NULL when none is given. */
struct manifest_row {
    struct str path, agency, division;
    int year;
    enum scope scope;
};
int manifest_read(struct manifest **out, const char *path, struct log *log, struct err *err);
void manifest_free(struct manifest *manifest);
/* The row for a source, told by its path as shown or by the file itself; NULL: none. */
const struct manifest_row *manifest_find(const struct manifest *manifest, struct str shown,
                                         const char *real);

#endif
