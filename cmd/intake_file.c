/* One file of the walk: passed over when it has not changed, else put in line to be read. */
#include <string.h>

#include "cmd/intake_offer.h"

/* A file that can be recognised by what the file system says of it alone. */
static int unchanged_by_stamp(struct intake *intake, const struct intake_job *job,
                              const struct source_latest *latest, bool *unchanged, struct err *err)
{
    int64_t members = 0;
    *unchanged = latest->source_id && latest->same_hints &&
                 stamp_same(latest->stamp, stamp_digest(&job->place.stamp));
    bool some = intake->options.manifest || job->said.hints.n > 0;
    if (!some && !(*unchanged && latest->is_input) &&
        source_members(intake->warehouse, &job->place, &members, err) < 0)
        return -1;
    if (!*unchanged && members == 0)
        return 0;
    intake_unchanged(intake, members + (*unchanged ? 1 : 0));
    *unchanged = true;
    return 0;
}

/* Fills the job, which outlives the walk's names. */
static int describe(const struct intake *intake, const struct intake_file *file, struct str folder,
                    struct intake_job *job, struct err *err)
{
    job->real = arena_copy(&job->arena, str_from(file->real)).p;
    job->place = file->place;
    job->place.path = arena_copy(&job->arena, file->place.path);
    job->folder = arena_copy(&job->arena, folder);
    job->standard_input = file->standard_input;
    if (!job->real || !job->place.path.p || !job->folder.p)
        return err_memory(err);
    return intake_say(intake, &job->arena, job->place.path, job->folder, job->real, &job->said, err);
}

int intake_file(struct intake *intake, const struct intake_file *file, struct err *err)
{
    struct source_latest latest;
    bool unchanged = false;
    struct intake_job *job = intake_pool_job(intake->pool, err);
    intake->seen++;
    intake_progress_show(intake);
    if (!job || describe(intake, file, buf_str(&intake->folder), job, err) < 0 ||
        source_find(intake->warehouse, &job->place, job->said.hints, &latest, err) < 0)
        return -1;
    if (!file->standard_input && !intake->options.rehash &&
        unchanged_by_stamp(intake, job, &latest, &unchanged, err) < 0)
        return -1;
    if (unchanged)
        return 0;
    if (latest.source_id && latest.same_hints)
        memcpy(job->known, latest.sha256, sizeof job->known);
    if (intake_recogniser(intake, err) < 0)
        return -1;
    intake_pool_put(intake->pool);
    return 0;
}
