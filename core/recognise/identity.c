#include "core/recognise/identity.h"

#include <stdlib.h>
#include <string.h>

int identity_new(struct identity **out, const struct simple *simple, struct err *err)
{
    struct identity *identity = calloc(1, sizeof *identity);
    if (!identity)
        return err_refused(err);
    identity->simple = simple;
    if (gazetteer_builtin(&identity->gazetteer, err) < 0 ||
        agency_kinds_new(&identity->kinds, err) < 0) {
        identity_free(identity);
        return -1;
    }
    *out = identity;
    return 0;
}

int identity_share(struct identity **out, const struct identity *identity, struct lexicon *lexicon,
                   struct err *err)
{
    struct identity *share = malloc(sizeof *share);
    if (!share)
        return err_refused(err);
    *share = *identity;
    share->lexicon = lexicon;
    *out = share;
    return 0;
}

void identity_free(struct identity *identity)
{
    if (!identity)
        return;
    gazetteer_free(identity->gazetteer);
    agency_kinds_free(identity->kinds);
    free(identity);
}

/* What the path of a source claims. */
struct path_claims {
    struct str path; /* from the root */
    struct claim file, folder;
    struct claim near; /* of the folders below the one that was given */
};

/* All that was claimed, the text's statements in the order of their weight. */
struct claims {
    struct claim title, sentence, signature, page, field;
    const struct path_claims *path;
    struct str title_text;
    struct date from, to;
    uint32_t period_line;
};

static bool is_absolute(struct str path)
{
    return path.n > 0 && path.p[0] == '/';
}

/* The source's path from the root: the folder that was given may say as much as those below it. */
static int full_path(const struct context *context, struct arena *arena, struct str *out)
{
    struct str folder = context->folder, path = context->path;
    *out = path;
    if (!folder.n || is_absolute(path))
        return 0;
    char *p = arena_alloc(arena, folder.n + path.n + 2);
    if (!p)
        return -1;
    memcpy(p, folder.p, folder.n);
    p[folder.n] = '/';
    if (path.n)
        memcpy(p + folder.n + 1, path.p, path.n);
    *out = (struct str){p, folder.n + 1 + path.n};
    return 0;
}

static int look_at_path(const struct identity *identity, const struct context *context,
                        struct arena *arena, const struct path_claims **out)
{
    struct path_claims *c = arena_alloc(arena, sizeof *c);
    if (!c || full_path(context, arena, &c->path) < 0 ||
        claim_from_file_name(identity, arena, c->path, &c->file) < 0 ||
        claim_from_folders(identity, arena, c->path, &c->folder) < 0 ||
        (!is_absolute(context->path) &&
         claim_from_folders(identity, arena, context->path, &c->near) < 0))
        return -1;
    *out = c;
    return 0;
}

const struct path_claims *path_claims_read(const struct recogniser *recogniser,
                                           const struct context *context, struct arena *arena)
{
    const struct path_claims *claims = NULL;
    return look_at_path(recogniser->identity, context, arena, &claims) < 0 ? NULL : claims;
}

static int gather(const struct identity *identity, const struct outline *o,
                  const struct document *doc, const struct context *context,
                  struct arena *arena, struct claims *out)
{
    if (claim_from_text(identity, o, arena, &out->title, &out->title_text) < 0 ||
        claim_from_sentences(identity, o, arena, &out->sentence) < 0 ||
        claim_from_signature(identity, o, arena, &out->signature) < 0 ||
        (doc->title.n && claim_from_title(identity, arena, doc->title, &out->page) < 0) ||
        claim_from_fields(identity, o, arena, &out->field) < 0 ||
        (!out->path && look_at_path(identity, context, arena, &out->path) < 0))
        return -1;
    period_from_text(o, &out->from, &out->to, &out->period_line);
    if (!out->page.topic && !out->page.report)
        out->page = (struct claim){0}; /* the name of a site */
    if (out->page.tail) {
        out->page.agency = (struct str){0};
        out->page.naming = NAMING_NONE;
        out->page.whole = false;
    }
    return 0;
}

int identity_remark(struct report *report, const char *rule, const char *topic, uint32_t line,
                    struct str first, struct str second)
{
    size_t n = first.n + second.n + 5;
    char *p = arena_alloc(report->arena, n + 1);
    if (!p)
        return -1;
    memcpy(p, first.p, first.n);
    memcpy(p + first.n, " ≠ ", 5);
    memcpy(p + first.n + 5, second.p, second.n);
    return report_remark(report, (struct remark){.rule = rule, .topic = topic, .cell = CELL_NONE,
                                                 .line = line, .detail = {p, n}});
}

static int remark_years(struct report *report, const char *topic, uint32_t line, int first,
                        int second)
{
    char a[8], b[8];
    for (int i = 0; i < 4; i++) {
        static const int tens[] = {1000, 100, 10, 1};
        a[i] = (char)('0' + first / tens[i] % 10);
        b[i] = (char)('0' + second / tens[i] % 10);
    }
    return identity_remark(report, "year", topic, line, (struct str){a, 4}, (struct str){b, 4});
}

/* Whether every character of the shorter name stands in the other, in order: 发改委 and
 * 发展和改革委员会, 大五里镇 and 迁安市大五里镇人民政府. */
static bool abbreviates(struct str a, struct str b)
{
    struct str less = char_count(a) <= char_count(b) ? a : b, more = less.p == a.p ? b : a;
    while (less.n && more.n) {
        size_t x = char_size(less), y = char_size(more);
        if (str_eq(str_slice(less, 0, x), str_slice(more, 0, y)))
            less = str_skip(less, x);
        more = str_skip(more, y);
    }
    return less.n == 0;
}

bool agencies_contradict(const struct identity *identity, struct arena *arena, struct str a,
                         struct str b, int year)
{
    struct agency_name x, y;
    if (!a.n || !b.n ||
        name_read(identity, arena, a, year, &x) < 0 ||
        name_read(identity, arena, b, year, &y) < 0 ||
        abbreviates(x.clean, y.clean))
        return false;
    struct places narrowed = x.chain.last;
    if (x.chain.depth && y.chain.depth &&
        !places_narrow(identity->gazetteer, &narrowed, &y.chain.last, year)) {
        narrowed = y.chain.last;
        if (!places_narrow(identity->gazetteer, &narrowed, &x.chain.last, year))
            return true;
    }
    bool office = x.kind == KIND_OFFICE || y.kind == KIND_OFFICE || x.kind == KIND_GOVERNMENT ||
                  y.kind == KIND_GOVERNMENT || x.kind == KIND_ZONE || y.kind == KIND_ZONE;
    return !office && !abbreviates(x.key, y.key);
}

/* The fuller name of the same agency: 常德市审计局 for 审计局. */
static bool fuller(const struct claim *claim, struct str agency)
{
    return claim->naming == NAMING_PLACED && claim->agency.n > agency.n &&
           str_ends(claim->agency, agency);
}

static void choose_agency(const struct claims *c, const struct document *doc,
                          const struct context *context, struct report *report)
{
    const struct claim *text[] = {&c->title, &c->sentence, &c->signature, &c->page, &c->field};
    if (context->agency.n) {
        report->agency = context->agency;
        report->agency_trust = context->trust;
        return;
    }
    report->agency_trust = TRUST_TEXT;
    report->agency = doc->declared.agency;
    for (int i = 0; i < 5 && !report->agency.n; i++)
        report->agency = text[i]->agency;
    for (int i = 1; i < 5; i++)
        if (report->agency.n && fuller(text[i], report->agency) && !doc->declared.agency.n)
            report->agency = text[i]->agency;
    if (!report->agency.n && c->path->file.agency.n) {
        report->agency = c->path->file.agency;
        report->agency_trust = TRUST_FILE_NAME;
    }
    if (!report->agency.n && c->path->folder.agency.n) {
        report->agency = c->path->folder.agency;
        report->agency_trust = TRUST_FOLDER;
    }
    if (!report->agency.n)
        report->agency_trust = TRUST_NONE;
}

/* The year of the period, when it is within one that a report may be of. */
static int period_year(const struct claims *c)
{
    bool possible = c->from.year >= YEAR_FIRST && c->from.year <= YEAR_LAST;
    return possible && c->from.year == c->to.year ? c->from.year : 0;
}

static int choose_year(const struct outline *o, const struct claims *c,
                       const struct document *doc, const struct context *context,
                       struct report *report)
{
    uint32_t line = 0;
    bool silent = !context->year && !doc->declared.year && !c->title.year && !period_year(c) &&
                  !c->page.year && !c->sentence.year;
    int told = silent ? year_of_prose(o, 0, &line) : 0;
    struct {
        int year;
        enum trust trust;
        const char *topic;
        uint32_t line;
    } said[] = {
        {context->year, context->trust, "year-context", 0},
        {doc->declared.year, TRUST_TEXT, "year-declared", doc->line},
        {c->title.year, TRUST_TEXT, "year-title", c->title.line},
        {period_year(c), TRUST_TEXT, "year-period", c->period_line},
        {c->page.year, TRUST_TEXT, "year-page", 0},
        {c->sentence.year, TRUST_TEXT, "year-sentence", c->sentence.line},
        {told, TRUST_TEXT, "year-body", line},
        {c->path->file.year, TRUST_FILE_NAME, "year-file-name", 0},
        {c->path->near.year, TRUST_FOLDER, "year-folder", 0},
        {c->path->folder.year, TRUST_FOLDER, NULL, 0}, /* far away: it says something, contradicts nothing */
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (!said[i].year)
            continue;
        if (!report->year) {
            report->year = said[i].year;
            report->year_trust = said[i].trust;
        } else if (said[i].year != report->year && said[i].topic) {
            uint32_t at = said[i].line ? said[i].line : c->title.line;
            if (remark_years(report, said[i].topic, at ? at : report->line, report->year,
                             said[i].year) < 0)
                return -1;
        }
    }
    int prose = report->year && !told ? year_of_prose(o, report->year, &line) : 0;
    return prose ? remark_years(report, "year-body", line, report->year, prose) : 0;
}

static enum scope scope_named(struct str s)
{
    s = str_trim(s);
    if (starts_any(s, "own|本级|本单位|本机关|自身|部门") == s.n && s.n)
        return SCOPE_OWN;
    if (starts_any(s, "composite|汇总|综合|全区域|区域|本行政区域") == s.n && s.n)
        return SCOPE_COMPOSITE;
    return SCOPE_UNKNOWN;
}

/* A title that speaks for a region without naming its government (全市2023年…), or a name that its
 * office wrote: the region's government. */
static int speak_for_region(const struct identity *identity, struct report *report)
{
    struct agency_name name;
    if (name_read(identity, report->arena, report->agency,
                         report->year, &name) < 0)
        return -1;
    if (name.kind != KIND_OFFICE || !name.chain.depth || str_has(name.key, STR("党政")))
        return 0;
    struct str place = str_slice(name.clean, 0, name.clean.n - name.rest.n);
    char *p = arena_alloc(report->arena, place.n + 13);
    if (!p)
        return -1;
    memcpy(p, place.p, place.n);
    memcpy(p + place.n, "人民政府", 12);
    report->agency = (struct str){p, place.n + 12};
    return 0;
}

static int choose_scope(const struct identity *identity, const struct claims *c,
                        const struct document *doc, const struct context *context,
                        struct report *report)
{
    struct agency_name name;
    if (context->scope != SCOPE_UNKNOWN) {
        report->scope = context->scope;
        report->scope_trust = context->trust;
        return 0;
    }
    report->scope = scope_named(doc->declared.scope);
    if (report->scope != SCOPE_UNKNOWN) {
        report->scope_trust = TRUST_TEXT;
        return 0;
    }
    bool whole = c->title.whole || (c->title.naming == NAMING_NONE && c->page.whole);
    if (whole && !c->title.agency.n && report->agency_trust == TRUST_TEXT &&
        speak_for_region(identity, report) < 0)
        return -1;
    if (name_read(identity, report->arena, report->agency,
                         report->year, &name) < 0)
        return -1;
    report->scope = name.kind == KIND_GOVERNMENT ? SCOPE_COMPOSITE : SCOPE_OWN;
    return 0;
}

static int contradictions(const struct identity *identity, const struct claims *c,
                          struct report *report)
{
    const struct claim *others[] = {&c->title, &c->sentence, &c->signature, &c->path->file, &c->path->near};
    struct arena *arena = report->arena;
    for (int i = 0; i < 5; i++) {
        const struct claim *other = others[i];
        bool weak = i >= 3 && other->naming != NAMING_PLACED;
        if (weak ||
            !agencies_contradict(identity, arena, report->agency, other->agency, report->year))
            continue;
        uint32_t line = other->line ? other->line : report->line;
        if (identity_remark(report, "reading", "agency-contradicted", line, report->agency,
                   other->agency) < 0)
            return -1;
    }
    return 0;
}

/* The division that a manifest, an option or a column states, against the one in the agency's name.
 * One of a register of one's own is not known here, and contradicts nothing. */
static int division_contradicted(const struct identity *identity, const struct agency_name *name,
                                 struct report *report)
{
    const struct gazetteer *g = identity->gazetteer;
    struct places told = {0}, own;
    struct chain chain;
    if (!report->division.n)
        return 0;
    told.place[0] = gazetteer_code(g, report->division, report->year);
    told.count = told.place[0] != NULL;
    if (!told.count) {
        gazetteer_chain(g, report->division, report->year, true, &chain);
        told = chain.last;
    }
    own = name->chain.last;
    if (!told.count || !own.count || places_narrow(g, &own, &told, report->year) ||
        places_narrow(g, &told, &name->chain.last, report->year))
        return 0;
    return identity_remark(report, "reading", "division-contradicted", report->line, report->division,
                  report->agency);
}

static int year_of_date(struct str date)
{
    int year = 0;
    for (size_t i = 0; i < 4 && date.n >= 4; i++)
        year = year * 10 + (date.p[i] - '0');
    return year;
}

/* A report is written when its year is over, or about to be: never before it. */
static int year_to_come(const struct outline *o, const struct context *context, struct report *report)
{
    int dated = year_of_date(report->dated);
    uint32_t line = o->dated != NOWHERE ? o->lines[o->dated].line : report->line;
    if (dated && dated < report->year)
        return remark_years(report, "year-dated", line, report->year, dated);
    if (!dated && context->now_year && report->year > context->now_year)
        return remark_years(report, "year-future", report->line, report->year, context->now_year);
    return 0;
}

static int dates(const struct outline *o, const struct claims *c, struct report *report)
{
    struct date published;
    report->dated = o->date;
    if (!o->date.n && date_from_fields(o, &published)) {
        report->dated = date_text(report->arena, published);
        if (!report->dated.p)
            return -1;
    }
    if (c->from.year) {
        report->period_from = date_text(report->arena, c->from);
        report->period_to = date_text(report->arena, c->to);
        if (!report->period_from.p || !report->period_to.p)
            return -1;
    }
    return 0;
}

int identity_read(const struct recogniser *recogniser, const struct document *doc,
                  const struct context *context, const struct tables_seen *seen,
                  const struct outline *o, const struct path_claims *path, struct report *report,
                  struct err *err)
{
    (void)seen;
    const struct identity *identity = recogniser->identity;
    struct agency_name name;
    struct claims c = {.path = path};
    if (gather(identity, o, doc, context, report->arena, &c) < 0)
        return err_memory(err);
    choose_agency(&c, doc, context, report);
    if (choose_year(o, &c, doc, context, report) < 0)
        return err_memory(err);
    if (!report->agency.n)
        return err_reject(err, "no-agency", doc->line,
                          "neither the title nor the text, the file name or the folder says whose "
                          "report this is; name the agency with --agency or in a manifest");
    if (!report->year)
        return err_reject(err, "no-year", doc->line,
                          "neither the title nor the text, the file name or the folder says which "
                          "year this report is for; give it with --year or in a manifest");
    report->title = c.title_text.n ? c.title_text : str_trim(doc->title);
    report->division = context->division.n ? context->division : doc->declared.division;
    if (choose_scope(identity, &c, doc, context, report) < 0 || dates(o, &c, report) < 0 ||
        year_to_come(o, context, report) < 0 || contradictions(identity, &c, report) < 0 ||
        name_read(identity, report->arena, report->agency,
                         report->year, &name) < 0 ||
        division_contradicted(identity, &name, report) < 0 ||
        place_find(identity, o, doc, c.path->path, &name, report) < 0 ||
        (!is_absolute(context->path) &&
         place_contradicted(identity, context->path, &name, report) < 0))
        return err_memory(err);
    return 0;
}
