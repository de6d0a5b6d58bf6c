-- The warehouse. Facts are the truth; totals and findings can be dropped and made again.
-- Schema changes go to sql/migrations/NNNN.sql as well (PRAGMA user_version counts them).

-- Dimensions ---------------------------------------------------------------------------------

-- What the program brought along when it last wrote here (core/store/builtin.h): its digest.
CREATE TABLE builtin (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    digest TEXT NOT NULL
) STRICT;

-- A form (报告格式), a copy of sql/forms/forms.tsv.
CREATE TABLE form (
    form       INTEGER PRIMARY KEY,
    first_year INTEGER NOT NULL,
    last_year  INTEGER,                     -- NULL: in force today
    basis      TEXT NOT NULL,
    title      TEXT NOT NULL
) STRICT;

-- A cell (指标), a copy of sql/forms/cells.tsv. cell_id = line * 8 + slot: its figure is kept in
-- fact.v<slot> of the row with that line.
CREATE TABLE cell (
    cell_id      INTEGER PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    kind         TEXT NOT NULL CHECK (kind IN ('count', 'signed', 'money')),
    over_regions TEXT NOT NULL CHECK (over_regions IN ('sum', 'first', 'last', 'none')),
    over_years   TEXT NOT NULL CHECK (over_years IN ('sum', 'first', 'last', 'none'))
) STRICT;

-- A cell as a form prints it.
CREATE TABLE form_cell (
    form         INTEGER NOT NULL REFERENCES form,
    cell_id      INTEGER NOT NULL REFERENCES cell,
    position     INTEGER NOT NULL,          -- order on the form
    form_table   TEXT NOT NULL,             -- t1, t2, t3, t4
    row_label    TEXT NOT NULL,
    column_label TEXT NOT NULL,
    unit         TEXT NOT NULL,
    PRIMARY KEY (form, cell_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX form_cell_by_cell ON form_cell (cell_id);

-- A harmonised series: comparable measures across the forms, a copy of sql/series.tsv; where a form
-- changed what is measured, series_break says so. A rate is one series over another (sql/rates.tsv).
CREATE TABLE series (
    series     TEXT PRIMARY KEY,
    number     INTEGER NOT NULL UNIQUE,     -- totals are kept by it (total_series)
    label      TEXT NOT NULL,
    label_zh   TEXT NOT NULL,
    unit       TEXT NOT NULL,
    over_years TEXT NOT NULL CHECK (over_years IN ('sum', 'first', 'last', 'none'))
) STRICT, WITHOUT ROWID;
CREATE TABLE series_break (
    series  TEXT NOT NULL REFERENCES series,
    form    INTEGER NOT NULL REFERENCES form, -- the first form of the new definition
    note    TEXT NOT NULL,
    note_zh TEXT NOT NULL,
    PRIMARY KEY (series, form)
) STRICT, WITHOUT ROWID;
CREATE TABLE rate (
    rate        TEXT PRIMARY KEY,
    label       TEXT NOT NULL,
    label_zh    TEXT NOT NULL,
    numerator   TEXT NOT NULL REFERENCES series,
    denominator TEXT NOT NULL REFERENCES series
) STRICT, WITHOUT ROWID;
CREATE TABLE series_term (
    series      TEXT NOT NULL REFERENCES series,
    form        INTEGER NOT NULL REFERENCES form,
    cell_id     INTEGER NOT NULL REFERENCES cell,
    coefficient INTEGER NOT NULL,
    PRIMARY KEY (series, form, cell_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_term_by_cell ON series_term (cell_id);

-- An administrative division (行政区划) and the periods in which it bore a name and a parent.
CREATE TABLE division (
    code   TEXT PRIMARY KEY,
    origin TEXT NOT NULL CHECK (origin IN ('built-in', 'register'))
) STRICT, WITHOUT ROWID;
CREATE TABLE division_period (
    code        TEXT NOT NULL REFERENCES division,
    first_year  INTEGER NOT NULL,
    last_year   INTEGER,                    -- NULL: valid today
    name        TEXT NOT NULL,
    level       TEXT NOT NULL CHECK (level = 'nation' OR level = 'province' OR level = 'prefecture' OR
                                     level = 'county' OR level = 'zone'),
    parent_code TEXT REFERENCES division,   -- NULL for the nation alone
    PRIMARY KEY (code, first_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX division_period_by_parent ON division_period (parent_code);
CREATE TABLE division_successor (
    code     TEXT NOT NULL REFERENCES division,
    year     INTEGER NOT NULL,              -- first year of the new code
    new_code TEXT NOT NULL REFERENCES division,
    PRIMARY KEY (code, year, new_code)
) STRICT, WITHOUT ROWID;

-- An agency (行政机关). registered 0: provisional, known only from its reports.
CREATE TABLE agency (
    agency_id     INTEGER PRIMARY KEY,
    name          TEXT NOT NULL,
    division_code TEXT REFERENCES division, -- NULL: not known, in no total
    kind          TEXT NOT NULL CHECK (kind IN ('government', 'office', 'department', 'township',
                                                'subdistrict', 'zone', 'vertical', 'other')),
    first_year    INTEGER,
    last_year     INTEGER,
    registered    INTEGER NOT NULL CHECK (registered IN (0, 1))
) STRICT;
-- For analysts, too, who join a report to last year's by the agency's name and division.
CREATE UNIQUE INDEX agency_by_name ON agency (name, division_code);
CREATE UNIQUE INDEX agency_nowhere ON agency (name) WHERE division_code IS NULL;
CREATE INDEX agency_by_division ON agency (division_code);
CREATE TABLE agency_alias (
    alias     TEXT NOT NULL,
    agency_id INTEGER NOT NULL REFERENCES agency ON DELETE CASCADE,
    PRIMARY KEY (alias, agency_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agency_alias_back ON agency_alias (agency_id);
CREATE TABLE agency_successor (
    agency_id    INTEGER NOT NULL REFERENCES agency ON DELETE CASCADE,
    successor_id INTEGER NOT NULL REFERENCES agency ON DELETE CASCADE,
    PRIMARY KEY (agency_id, successor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX agency_successor_back ON agency_successor (successor_id);

-- Runs, sources, rejects ---------------------------------------------------------------------

-- One run of a command. Times are UTC, ISO 8601. read = loaded + unchanged + rejected.
CREATE TABLE run (
    run_id      INTEGER PRIMARY KEY,
    command     TEXT NOT NULL,
    started_at  TEXT NOT NULL,
    finished_at TEXT,                       -- NULL: running, or was stopped
    read        INTEGER NOT NULL DEFAULT 0,
    loaded      INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    rejected    INTEGER NOT NULL DEFAULT 0,
    exit_code   INTEGER,
    CHECK (finished_at IS NULL OR read = loaded + unchanged + rejected)
) STRICT;

-- Bytes that are kept, known by their hash: in sqlar as <name>, or when they are long in parts
-- <name>.part0001 and so on, to be joined. What was met with --originals none has no row here.
CREATE TABLE original (
    original_id INTEGER PRIMARY KEY,
    sha256      BLOB NOT NULL UNIQUE,       -- 32 bytes; views show them as 64 digits
    size        INTEGER NOT NULL,
    sqlar_name  TEXT NOT NULL,
    parts       INTEGER NOT NULL DEFAULT 1
) STRICT;
-- The archive layout of sqlite3 -A: data is raw when sz equals its length, else zlib.
CREATE TABLE sqlar (
    name  TEXT PRIMARY KEY,
    mode  INT,
    mtime INT,
    sz    INT,
    data  BLOB
);

-- A folder that was imported, or the one that a file given by itself lies in: an absolute path;
-- "" for standard input.
CREATE TABLE folder (
    folder_id INTEGER PRIMARY KEY,
    path      TEXT NOT NULL UNIQUE
) STRICT;
-- What stands before the names of files in their paths, as given or found below a folder: 2023/县局/, or
-- "". An archive is such a folder to its members: 2023.zip/.
CREATE TABLE subfolder (
    subfolder_id INTEGER PRIMARY KEY,
    folder_id    INTEGER NOT NULL REFERENCES folder,
    path         TEXT NOT NULL,
    UNIQUE (folder_id, path)
) STRICT;
-- What names of files and titles have before and behind their year, each kept once: most agencies send a
-- 某局2023年政府信息公开工作年度报告 every year.
CREATE TABLE phrase (
    phrase_id INTEGER PRIMARY KEY,
    digest    INTEGER NOT NULL,             -- of the text, to find it by
    text      TEXT NOT NULL
) STRICT;
CREATE INDEX phrase_by_digest ON phrase (digest);
-- The importers by name; "" where none was reached.
CREATE TABLE format (
    format_id INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE
) STRICT;
-- One input as it was met: a file, or a member of an archive (archive/member). A path met again
-- with other bytes is another source; the one with the greatest last_run is the path's latest.
-- Sources and reports are numbered in one sequence (see report.other_source). To be read as `source`
-- (sql/views.sql), which puts the path together.
CREATE TABLE input (
    source_id    INTEGER PRIMARY KEY,
    subfolder_id INTEGER NOT NULL REFERENCES subfolder,
    name         TEXT,                      -- NULL: <head><year><tail>
    head         INTEGER REFERENCES phrase,
    year         INTEGER,
    tail         INTEGER REFERENCES phrase,
    sha256       BLOB NOT NULL,             -- of the bytes, as in original
    size         INTEGER NOT NULL,          -- of the bytes
    stamp        INTEGER NOT NULL,          -- digest of the file's size, time and inode
    format_id    INTEGER NOT NULL REFERENCES format,
    hints        TEXT NOT NULL,             -- what options and manifest said of it
    first_run    INTEGER NOT NULL REFERENCES run,
    last_run     INTEGER NOT NULL REFERENCES run
) STRICT;
-- To find a path. Short: the names themselves are compared.
CREATE TABLE input_name (
    subfolder_id INTEGER NOT NULL REFERENCES subfolder,
    hash         INTEGER NOT NULL,          -- 16 bits of the name's
    source_id    INTEGER NOT NULL REFERENCES input,
    PRIMARY KEY (subfolder_id, hash, source_id)
) STRICT, WITHOUT ROWID;

-- An input, or one report in it, that could not be taken; stands until a good version arrives.
CREATE TABLE reject (
    reject_id    INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES run,
    source_id    INTEGER NOT NULL REFERENCES input,
    line         INTEGER NOT NULL,          -- 0: about the whole input
    reason       TEXT NOT NULL,             -- a row of sql/reasons.tsv
    message      TEXT NOT NULL,
    message_zh   TEXT NOT NULL,
    whose        TEXT NOT NULL DEFAULT '',  -- agency/year/scope of one report in a file of many
    bytes        BLOB NOT NULL,             -- the first eight of the sha256 of the source
    resolved_run INTEGER REFERENCES run     -- NULL: stands
) STRICT;
CREATE INDEX reject_by_source ON reject (source_id);
CREATE INDEX reject_by_bytes ON reject (bytes);

-- Reports ------------------------------------------------------------------------------------

-- The set of cells that a source states. Few differ: most reports print a whole form.
CREATE TABLE presence (
    presence_id INTEGER PRIMARY KEY,
    digest      INTEGER NOT NULL UNIQUE     -- of the ordered cell ids
) STRICT;
CREATE TABLE presence_cell (
    presence_id INTEGER NOT NULL REFERENCES presence,
    cell_id     INTEGER NOT NULL REFERENCES cell,
    PRIMARY KEY (presence_id, cell_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX presence_cell_by_cell ON presence_cell (cell_id, presence_id);

-- On which lines of its source a report's cells stand, counted from the first cell's; shared by the
-- reports that are laid out alike (core/store/origins.h).
CREATE TABLE origin (
    origin_id INTEGER PRIMARY KEY,
    digest    INTEGER NOT NULL UNIQUE,      -- of `lines`
    lines     BLOB NOT NULL
) STRICT;
-- The sections of a report by number (1 to 6) with their headings, in the order of the numbers; shared by
-- the reports that have the same.
CREATE TABLE heading (
    heading_id INTEGER PRIMARY KEY,
    text       TEXT NOT NULL UNIQUE         -- the same few stand over most sections
) STRICT;
CREATE TABLE outline (
    outline_id INTEGER PRIMARY KEY,
    digest     INTEGER NOT NULL UNIQUE      -- of its rows
) STRICT;
CREATE TABLE outline_section (
    outline_id INTEGER NOT NULL REFERENCES outline,
    position   INTEGER NOT NULL,            -- from 1
    number     INTEGER NOT NULL,
    heading_id INTEGER NOT NULL REFERENCES heading,
    PRIMARY KEY (outline_id, position)
) STRICT, WITHOUT ROWID;
-- What figures in prose have in common. measure: what it is about, "" when not told.
CREATE TABLE prose_kind (
    kind_id  INTEGER PRIMARY KEY,
    section  INTEGER NOT NULL,
    unit     TEXT NOT NULL,
    measure  TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    UNIQUE (section, unit, measure, decimals)
) STRICT;

-- A report (政府信息公开工作年度报告) of one agency, year and scope in one revision. The columns below
-- the line are worked out from those above it; what its title and its prose are is put together by
-- the views v_report, section and prose_figure.
CREATE TABLE report (
    report_id    INTEGER PRIMARY KEY,
    agency_id    INTEGER NOT NULL REFERENCES agency,
    year         INTEGER NOT NULL,
    composite    INTEGER NOT NULL CHECK (composite IN (0, 1)),
    revision     INTEGER NOT NULL,
    superseded   INTEGER NOT NULL CHECK (superseded IN (0, revision)), -- 0: it is the current one
    form         INTEGER NOT NULL REFERENCES form,
    presence_id  INTEGER NOT NULL REFERENCES presence,
    figures      INTEGER NOT NULL,          -- digest of the cells: the same figures, the same report
    contents     INTEGER NOT NULL,          -- fingerprint of all that was recognised, lines too;
                                            -- 0 where originals are not kept
    title        ANY,                       -- words; a number: <title_head><year><that phrase>
    title_head   INTEGER REFERENCES phrase, -- NULL: the one in the name of the source
    dated_on     ANY,                       -- month * 31 + day, counted from 0 in the year that
                                            -- follows; or words
    period       ANY,                       -- 1: that whole year; else words: from/to
    other_source INTEGER REFERENCES input,  -- NULL: the source of the report's own number
    line         INTEGER NOT NULL,          -- where it begins in the source
    first_line   INTEGER NOT NULL,          -- of its first cell; those of the others:
    origin_id    INTEGER NOT NULL REFERENCES origin,
    outline_id   INTEGER NOT NULL REFERENCES outline,
    section_lines TEXT NOT NULL,            -- numbers as characters (core/store/letters.h): a line each
    prose        TEXT NOT NULL,             -- the same: prose_kind, line and value of each figure
    imported_run INTEGER NOT NULL REFERENCES run,
    -- ------------------------------------------------------------------------------------------
    scope        TEXT AS (CASE composite WHEN 1 THEN 'composite' ELSE 'own' END),
    current      INTEGER AS (superseded = 0),
    source_id    INTEGER AS (coalesce(other_source, report_id)),
    dated        TEXT AS (CASE typeof(dated_on) WHEN 'integer' THEN printf('%04d-%02d-%02d',
                          ((year + 1) * 372 + dated_on) / 372, ((year + 1) * 372 + dated_on) / 31 % 12 + 1,
                          ((year + 1) * 372 + dated_on) % 31 + 1) ELSE dated_on END),
    period_from  TEXT AS (CASE period WHEN 1 THEN printf('%04d-01-01', year)
                          ELSE nullif(substr(period, 1, instr(period, '/') - 1), '') END),
    period_to    TEXT AS (CASE period WHEN 1 THEN printf('%04d-12-31', year)
                          ELSE nullif(substr(period, instr(period, '/') + 1), '') END),
    UNIQUE (agency_id, year, composite, superseded)
) STRICT;
CREATE INDEX report_by_source ON report (other_source) WHERE other_source IS NOT NULL;
-- Further sources in which the same report was found. The view report_source has them all.
CREATE TABLE report_also (
    report_id INTEGER NOT NULL REFERENCES report,
    source_id INTEGER NOT NULL REFERENCES input,
    PRIMARY KEY (report_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_also_back ON report_also (source_id);
-- Numbers in section_lines and prose that no character stands for.
CREATE TABLE big_number (
    report_id INTEGER NOT NULL REFERENCES report,
    part      TEXT NOT NULL CHECK (part IN ('section_lines', 'prose')),
    position  INTEGER NOT NULL,             -- of the character, from 1
    number    INTEGER NOT NULL,
    PRIMARY KEY (report_id, part, position)
) STRICT, WITHOUT ROWID;

-- The figures: one row a line of the form, v0 to v6 its columns (t3: the seven applicant
-- columns). Rows of zeros alone are left out: a stated cell without a row here is 0. A slot
-- whose cell has no figure (blank, /, text) is NULL. Money is in 1/100,000,000 万元.
-- One number is the key, which makes the table a sixth smaller and twice as fast to fill: a report's rows
-- are those from report_id * 64 to report_id * 64 + 63.
CREATE TABLE fact (
    fact_id   INTEGER PRIMARY KEY,          -- report_id * 64 + line
    v0 INTEGER, v1 INTEGER, v2 INTEGER, v3 INTEGER, v4 INTEGER, v5 INTEGER, v6 INTEGER,
    report_id INTEGER AS (fact_id >> 6),
    line      INTEGER AS (fact_id & 63)     -- cell_id >> 3
) STRICT;
-- Cells that hold no plain figure, or a note beside it.
CREATE TABLE exception (
    report_id INTEGER NOT NULL REFERENCES report,
    cell_id   INTEGER NOT NULL REFERENCES cell,
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    text      TEXT,                         -- the words of a text cell
    note      TEXT,                         -- what stood beside the figure
    state     TEXT AS (CASE kind WHEN 0 THEN 'value' WHEN 1 THEN 'blank' WHEN 2 THEN 'na'
                                 ELSE 'text' END),
    PRIMARY KEY (report_id, cell_id)
) STRICT, WITHOUT ROWID;

-- The words of the sections, and the sentences of the figures in them, where originals are kept. The
-- views section and prose_figure have them beside what the report's row says.
CREATE TABLE section_text (
    report_id INTEGER NOT NULL REFERENCES report,
    number    INTEGER NOT NULL,             -- 1 to 6
    text      TEXT NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE prose_sentence (
    report_id INTEGER NOT NULL REFERENCES report,
    ordinal   INTEGER NOT NULL,             -- of the figure
    sentence  TEXT NOT NULL,
    PRIMARY KEY (report_id, ordinal)
) STRICT, WITHOUT ROWID;
-- 1, 2, 3 … at least as many as any report has figures in prose.
CREATE TABLE ordinal (
    ordinal INTEGER PRIMARY KEY
) STRICT;

-- What the recogniser said of the report: findings that stand from the start.
CREATE TABLE remark (
    report_id INTEGER NOT NULL REFERENCES report,
    ordinal   INTEGER NOT NULL,
    rule      TEXT NOT NULL,
    topic     TEXT NOT NULL,                -- a row of sql/remarks.tsv
    cell_id   INTEGER REFERENCES cell,
    line      INTEGER NOT NULL,
    message    TEXT NOT NULL,
    message_zh TEXT NOT NULL,
    PRIMARY KEY (report_id, ordinal)
) STRICT, WITHOUT ROWID;

-- A report taken out, or given to another agency or year, by a person and with a reason.
CREATE TABLE withdrawal (
    withdrawal_id INTEGER PRIMARY KEY,
    report_id     INTEGER NOT NULL REFERENCES report,
    run_id        INTEGER NOT NULL REFERENCES run,
    reason        TEXT NOT NULL,
    old_agency_id INTEGER REFERENCES agency, -- where it was given away: whose it had been
    old_year      INTEGER,
    made_at       TEXT NOT NULL,
    undone_at     TEXT
) STRICT;
CREATE INDEX withdrawal_by_report ON withdrawal (report_id);

-- When a report was the current one, where that is not: from its import until today. The view tenure has
-- all; totals as they stood at a date go by it.
CREATE TABLE reign (
    report_id INTEGER NOT NULL REFERENCES report,
    from_at   TEXT NOT NULL,
    to_at     TEXT,                         -- NULL: until today
    PRIMARY KEY (report_id, from_at)
) STRICT, WITHOUT ROWID;

-- What changed, for whoever computes on from it (check, rollup): each keeps the last change_id it
-- has seen in `consumer`. A change of the register has no report. Reports that a run brought in are one
-- row; the view each_change has one for each.
CREATE TABLE change (
    change_id     INTEGER PRIMARY KEY,
    run_id        INTEGER NOT NULL REFERENCES run,
    what          TEXT NOT NULL CHECK (what IN ('load', 'withdraw', 'restore', 'register')),
    report_id     INTEGER REFERENCES report,
    last_report   INTEGER,                  -- not NULL: new reports, from report_id to this one
    agency_id     INTEGER REFERENCES agency,
    division_code TEXT,                     -- of the agency then, NULL: none, or all
    year          INTEGER                   -- NULL: all years
) STRICT;
CREATE TABLE consumer (
    name      TEXT PRIMARY KEY,
    change_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Findings -----------------------------------------------------------------------------------

CREATE TABLE finding (
    finding_id    INTEGER PRIMARY KEY,
    rule          TEXT NOT NULL,
    severity      TEXT NOT NULL CHECK (severity IN ('error', 'warning')),
    report_id     INTEGER REFERENCES report,
    division_code TEXT,                     -- for findings about a region
    year          INTEGER,
    cell_id       INTEGER REFERENCES cell,
    reported      ANY,                      -- integer, or exact decimal text for money
    computed      ANY,
    difference    ANY,
    line          INTEGER NOT NULL,         -- 0: no line
    message       TEXT NOT NULL,
    message_zh    TEXT NOT NULL,
    hint          TEXT NOT NULL DEFAULT '',
    hint_zh       TEXT NOT NULL DEFAULT '',
    first_seen    TEXT NOT NULL
) STRICT;
CREATE INDEX finding_by_report ON finding (report_id);
CREATE TABLE waiver (
    agency    TEXT NOT NULL,
    year      INTEGER NOT NULL,
    rule      TEXT NOT NULL,
    code      TEXT NOT NULL,                -- "": every cell
    reason    TEXT NOT NULL,
    made_at   TEXT NOT NULL,
    PRIMARY KEY (agency, year, rule, code)
) STRICT, WITHOUT ROWID;

-- Users' own rules, in the columns of sql/rules.tsv (check --rules FILE.csv).
CREATE TABLE rule (
    name       TEXT PRIMARY KEY,
    rule       TEXT NOT NULL,
    forms      TEXT NOT NULL,
    severity   TEXT NOT NULL,
    applies    TEXT NOT NULL,               -- the column `where`
    each       TEXT NOT NULL,
    "left"     TEXT NOT NULL,
    op         TEXT NOT NULL,
    "right"    TEXT NOT NULL,
    tolerance  TEXT NOT NULL,               -- the column `limit`
    cell       TEXT NOT NULL,
    basis      TEXT NOT NULL,
    message    TEXT NOT NULL,
    message_zh TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Digests of the tables of current reports, to find the same table with another agency.
CREATE TABLE table_digest (
    digest    INTEGER NOT NULL,             -- of table, year, scope and figures
    report_id INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (digest, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX table_digest_by_report ON table_digest (report_id);
-- What the last check went by: the digest of the rules. Others: everything is checked again.
CREATE TABLE checked (
    what  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Totals (disposable) ------------------------------------------------------------------------

-- When reports are due (register calendar); without a row the statutory dates
-- hold: own reports by 31 January of the next year, composites by 31 March.
CREATE TABLE deadline (
    year  INTEGER NOT NULL,
    scope TEXT NOT NULL CHECK (scope IN ('own', 'composite')),
    due   TEXT NOT NULL,                    -- the last day in time, ISO
    PRIMARY KEY (year, scope)
) STRICT, WITHOUT ROWID;

-- A region and year: 本级 (self) or 本行政区域 (region), and the reports it stands on. Name, level and
-- parent are those of the year: the last period that began by then, else the first one.
-- area_id is made of basis, year, division and part alone: a rebuild gives the same ones.
CREATE TABLE area (
    area_id        INTEGER PRIMARY KEY,
    basis          TEXT NOT NULL,           -- own; best: where composites stand in, see v_total_best
    division_code  TEXT NOT NULL REFERENCES division,
    year           INTEGER NOT NULL,
    part           TEXT NOT NULL CHECK (part IN ('self', 'region')),
    form           INTEGER REFERENCES form, -- the year's form; NULL before the first one
    division       TEXT NOT NULL,
    level          TEXT NOT NULL,
    parent_code    TEXT,
    n_expected     INTEGER NOT NULL,        -- registered agencies that owe an own report
    n_reported     INTEGER NOT NULL,        -- own reports received, registered or not
    n_missing      INTEGER NOT NULL,        -- expected and not received
    n_late         INTEGER NOT NULL,        -- received, dated after the due date
    n_unregistered INTEGER NOT NULL,        -- among n_reported: agencies not in the register
    n_other_form   INTEGER NOT NULL,        -- among n_reported: on another form than the year's
    n_displaced    INTEGER NOT NULL,        -- among n_reported: of a division that had not begun, or
                                            -- had ended, by that year
    n_standing_in  INTEGER NOT NULL,        -- best: regions that their composite stands in for
    n_composite_expected INTEGER NOT NULL,  -- registered governments that owe a composite
    n_composite    INTEGER NOT NULL,        -- composites received
    n_composite_late INTEGER NOT NULL,
    missing        TEXT NOT NULL,           -- names of missing units, and of regions without any
                                            -- report or register: the first twenty, joined by 、
    n_missing_named INTEGER NOT NULL,       -- how many there are in all
    UNIQUE (basis, year, division_code, part)
) STRICT;
CREATE INDEX area_by_parent ON area (parent_code, year);
-- Totals in the layout of fact: the sum of each slot, and the largest figure of one report in it
-- (by size, sign kept). A slot that no report states is NULL; a line of zeros alone is left out.
-- These three tables are made anew by the hundred thousand rows and lean on area without foreign
-- keys: `verify` compares every row.
CREATE TABLE total (
    area_id INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    v0 INTEGER, v1 INTEGER, v2 INTEGER, v3 INTEGER, v4 INTEGER, v5 INTEGER, v6 INTEGER,
    m0 INTEGER, m1 INTEGER, m2 INTEGER, m3 INTEGER, m4 INTEGER, m5 INTEGER, m6 INTEGER,
    PRIMARY KEY (area_id, line)
) STRICT, WITHOUT ROWID;
-- Cells that not every report of the area states with a figure; and cells of other forms than the
-- year's that some do. A cell of the year's form without a row here: n_stated is n_reported, plus
-- n_standing_in.
CREATE TABLE total_gap (
    area_id  INTEGER NOT NULL,
    cell_id  INTEGER NOT NULL,
    n_stated INTEGER NOT NULL,              -- reports that state a figure
    n_blank  INTEGER NOT NULL,              -- reports that print the cell without a figure
    PRIMARY KEY (area_id, cell_id)
) STRICT, WITHOUT ROWID;
-- Totals of harmonised series: each report counted once, by the terms of one form. Money as in fact.
CREATE TABLE total_series (
    area_id  INTEGER NOT NULL,
    number   INTEGER NOT NULL,              -- of the series
    value    INTEGER NOT NULL,
    n_stated INTEGER NOT NULL,              -- reports that state a term with a figure
    PRIMARY KEY (area_id, number)
) STRICT, WITHOUT ROWID;

-- What is whole ------------------------------------------------------------------------------

-- Of each table how many rows it has and the sum of their hashes (core/store/seal.h); of each definition
-- ("table report", "view v_cell") the hash of its text.
CREATE TABLE seal (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    sum  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
