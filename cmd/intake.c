#include "cmd/intake_offer.h"

#include <unistd.h>

enum {
    SCRATCH_MOST = 96 << 20,
    HINTS_MOST = 1 << 16,
    THREADS_MOST = 64,
};

static const char *const scope_names[] = {"own", "composite", NULL};

int intake_options_read(const struct session *session, struct intake_options *out, struct err *err)
{
    static const char *const originals[] = {"compressed", "none", NULL};
    struct intake_options options = {
        .agency = str_from(session_option(session, "agency")),
        .division = str_from(session_option(session, "division")),
        .manifest = session_option(session, "manifest"),
    };
    long year;
    int keep, scope;
    const char *encoding = session_option(session, "encoding");
    if (session_number(session, "year", 1990, 2100, 0, &year, err) < 0 ||
        session_number(session, "max-rejects", 0, 100000000, -1, &options.max_rejects, err) < 0 ||
        session_number(session, "threads", 1, THREADS_MOST, 0, &options.threads, err) < 0 ||
        session_choice(session, "originals", originals, &keep, err) < 0 ||
        session_choice(session, "scope", scope_names, &scope, err) < 0 ||
        encoding_named(&options.encoding, encoding ? encoding : "", err) < 0)
        return -1;
    options.year = (int)year;
    if (session_flag(session, "scope"))
        options.scope = scope == 0 ? SCOPE_OWN : SCOPE_COMPOSITE;
    options.keep_originals = keep == 0;
    options.rehash = session_flag(session, "rehash");
    *out = options;
    return 0;
}

int intake_open(struct intake *intake, struct session *session,
                const struct intake_options *options, struct err *err)
{
    *intake = (struct intake){
        .session = session,
        .warehouse = session->warehouse,
        .options = *options,
        .scratch = arena_new(SCRATCH_MOST),
        .folder = buf_new(HINTS_MOST),
        .progress = !session->quiet && isatty(STDERR_FILENO) && session->log.format == LOG_TEXT,
    };
    if ((options->manifest && manifest_read(&intake->manifest, options->manifest, &session->log, err) < 0) ||
        intake_taking_new(&intake->taking, intake, err) < 0 ||
        intake_pool_new(&intake->pool, intake, options->threads, err) < 0) {
        intake_close(intake);
        return -1;
    }
    return 0;
}

void intake_close(struct intake *intake)
{
    if (intake->progress && intake->seen)
        fputs("\r\x1b[K", stderr);
    intake_pool_free(intake->pool);
    intake_taking_free(intake->taking);
    recogniser_free(intake->recogniser);
    if (intake->agencies)
        agencies_close(intake->agencies);
    manifest_free(intake->manifest);
    arena_free(&intake->scratch);
    buf_free(&intake->folder);
    intake->pool = NULL;
    intake->taking = NULL;
    intake->recogniser = NULL;
    intake->agencies = NULL;
    intake->manifest = NULL;
}

int intake_recogniser(struct intake *intake, struct err *err)
{
    if (intake->recogniser)
        return 0;
    return recogniser_new(&intake->recogniser, intake->session->catalog, err);
}

/* The hints as they are stored; empty when nothing is said. */
static int write_hints(struct arena *arena, const struct context *context, enum encoding encoding,
                       struct str *out)
{
    *out = STR("");
    if (context->trust == TRUST_NONE && !encoding)
        return 0;
    struct buf text = buf_new(HINTS_MOST);
    buf_printf(&text, "%d\t%.*s\t%.*s\t%d\t%d\t%d", context->trust, STR_ARG(context->agency),
               STR_ARG(context->division), context->year, context->scope, encoding);
    struct str whole = buf_str(&text);
    *out = whole.p && !text.failed ? arena_copy(arena, whole) : (struct str){0};
    buf_free(&text);
    return out->p ? 0 : -1;
}

static int small_number(struct str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n && i < 6 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

int intake_say(const struct intake *intake, struct arena *arena, struct str path,
               struct str folder, const char *real, struct intake_said *out, struct err *err)
{
    const struct intake_options *o = &intake->options;
    const struct manifest_row *row =
        intake->manifest ? manifest_find(intake->manifest, path, real) : NULL;
    struct context context = {.path = path, .folder = folder, .agency = o->agency,
                              .division = o->division, .year = o->year, .scope = o->scope};
    if (row) {
        context.agency = row->agency.n ? row->agency : context.agency;
        context.division = row->division.n ? row->division : context.division;
        context.year = row->year ? row->year : context.year;
        context.scope = row->scope ? row->scope : context.scope;
    }
    bool some = context.agency.n || context.division.n || context.year || context.scope;
    context.now_year = small_number(str_slice(str_from(warehouse_now()), 0, 4));
    context.trust = !some ? TRUST_NONE : row ? TRUST_MANIFEST : TRUST_OPTION;
    *out = (struct intake_said){.context = context, .encoding = o->encoding};
    return write_hints(arena, &context, o->encoding, &out->hints) < 0 ? err_memory(err) : 0;
}

void intake_say_stored(struct str hints, struct str path, struct intake_said *out)
{
    struct str field[6] = {{0}}, left = hints;
    for (int i = 0; i < 6; i++)
        str_split(&left, '\t', &field[i]);
    out->hints = hints;
    out->context = (struct context){
        .path = path,
        .trust = (enum trust)small_number(field[0]),
        .agency = field[1],
        .division = field[2],
        .year = small_number(field[3]),
        .scope = (enum scope)small_number(field[4]),
    };
    out->encoding = (enum encoding)small_number(field[5]);
}

int intake_drain(struct intake *intake, struct err *err)
{
    return intake_pool_drain(intake->pool, err);
}

void intake_unchanged(struct intake *intake, int64_t count)
{
    intake->session->counts.read += count;
    intake->session->counts.unchanged += count;
}

int intake_too_many(const struct intake *intake, struct err *err)
{
    long most = intake->options.max_rejects;
    if (most < 0 || intake->session->counts.new_rejects <= most)
        return 0;
    return err_set(err, ERR_LIMIT, "more than %ld inputs or reports were rejected: nothing was "
                                   "committed; look at them, or allow more with --max-rejects",
                   most);
}
