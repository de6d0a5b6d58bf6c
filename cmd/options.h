/* options.h - the words of a command line as the options and arguments of a session. */
#ifndef GONGKAI_CMD_OPTIONS_H
#define GONGKAI_CMD_OPTIONS_H

#include "cmd/session.h"

/* Reads the options of `command` and the arguments after or between them; with NULL only the common
 * options, up to the first word that is none: argv[0] is passed over. Options are added to those
 * the session has, arguments take the place of those it had. ERR_USAGE for what is no option of it.
 * The words of argv must live as long as the session; they may be put in another order. */
int options_read(struct session *session, const struct command *command, int argc, char **argv,
                 struct err *err);

/* Fails with ERR_USAGE and these words, %s in them being a word of the command line, cut where it is
 * long. Returns -1. */
int options_refuse(struct err *err, const char *format, const char *word);

#endif
