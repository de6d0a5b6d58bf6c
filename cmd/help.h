/* help.h - the help, made from the tables of commands and options. */
#ifndef GONGKAI_CMD_HELP_H
#define GONGKAI_CMD_HELP_H

#include <stdio.h>

#include "cmd/command.h"

/* The help of the program: its commands, common options, exit codes. */
void help_program(FILE *to);

/* The help of one command, with its examples. */
void help_command(FILE *to, const struct command *command);

#endif
