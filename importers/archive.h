/* archive.h - what lies inside gzip and archives (.zip, .tar, .tar.gz, .7z …), read in place and
 * handed out as streams; nothing is ever unpacked to disk. */
#ifndef GONGKAI_IMPORTERS_ARCHIVE_H
#define GONGKAI_IMPORTERS_ARCHIVE_H

#include <stdbool.h>

#include "core/base/err.h"
#include "core/base/stream.h"
#include "core/text/encoding.h"

/* Bounds over one file and all that is in it. */
struct archive_limits {
    uint64_t bytes_max;   /* unpacked, of all members together */
    uint64_t entries_max; /* members, of nested archives too */
};

/* What the program allows when the user says nothing: 64 GiB, 10 million members. */
struct archive_limits archive_limits_usual(void);

/* Whether a file that begins so has something packed in it: gzip, or an archive. */
bool archive_packs(struct str head);

/* Takes what is found. Not 0 from either: stop, `err` is handed on. */
struct archive_sink {
    /* One input: the file itself, or a member as `archive/member`. `in` is the archive's and good
     * until the return; what is not read of it is passed over. `member` is false for the file
     * itself, packed with gzip or not. */
    int (*take)(void *self, struct str path, bool member, struct stream *in, struct err *err);
    /* A member that is not handed out: a link, a device, encrypted, nested too deep. */
    int (*reject)(void *self, struct str path, const struct err *why, struct err *err);
    void *self;
};

/* Hands out all that is in `in`, which it closes: members of an archive (archives in archives one
 * level deep), else the file itself, unpacked when it is gzip. Folders inside and the droppings
 * of systems (__MACOSX, .DS_Store, Thumbs.db) are passed over. .docx and .xlsx are no archives.
 * Member names that are not UTF-8 are read as GB18030; they are names only: absolute ones and
 * those with `..` lead nowhere. ERR_INPUT: the file is damaged, or past the limits; members
 * handed out before stand. */
int archive_each(struct stream *in, struct str path, const struct archive_limits *limits,
                 struct archive_sink *sink, struct err *err);

#endif
