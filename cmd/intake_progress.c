/* The bar of a run on a terminal: how far the walk has come, and what became of what it met. */
#include <fts.h>
#include <stdio.h>

#include "cmd/intake.h"
#include "core/base/lang.h"

enum { BAR = 16, EVERY = 64 };

int64_t intake_progress_expected(const char *path)
{
    char *const paths[] = {(char *)(uintptr_t)path, NULL};
    int64_t count = 0;
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOSTAT | FTS_NOCHDIR, NULL);
    for (FTSENT *entry; walk && (entry = fts_read(walk)) != NULL;) {
        if (entry->fts_level > 0 && entry->fts_name[0] == '.')
            fts_set(walk, entry, FTS_SKIP);
        else
            count += entry->fts_info == FTS_F || entry->fts_info == FTS_NSOK;
    }
    if (walk)
        fts_close(walk);
    return count;
}

void intake_progress_show(const struct intake *intake)
{
    static const char full[BAR + 1] = "################", rest[BAR + 1] = "................";
    const struct run_counts *c = &intake->session->counts;
    if (!intake->progress || intake->seen % EVERY != 0)
        return;
    fputc('\r', stderr);
    if (intake->expected > 0) {
        int64_t seen = intake->seen < intake->expected ? intake->seen : intake->expected;
        int drawn = (int)(seen * BAR / intake->expected);
        fprintf(stderr, "[%.*s%.*s] %3d%%  ", drawn, full, BAR - drawn, rest,
                (int)(seen * 100 / intake->expected));
    }
    fprintf(stderr, tr("%lld read, %lld loaded, %lld unchanged, %lld rejected"), (long long)c->read,
            (long long)c->loaded, (long long)c->unchanged, (long long)c->rejected);
}
