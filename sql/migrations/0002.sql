-- From version 1 to 2: what many reports have in common is kept once, the rest in fewer bytes. What takes
-- more than SQL is done by core/store/migrate_2.c, which runs these in their order.

-- @before
ALTER TABLE original RENAME TO old_original;
ALTER TABLE source RENAME TO old_source;
ALTER TABLE reject RENAME TO old_reject;
ALTER TABLE presence RENAME TO old_presence;
ALTER TABLE presence_cell RENAME TO old_presence_cell;
ALTER TABLE report RENAME TO old_report;
ALTER TABLE report_source RENAME TO old_report_source;
ALTER TABLE fact RENAME TO old_fact;
ALTER TABLE exception RENAME TO old_exception;
ALTER TABLE section RENAME TO old_section;
ALTER TABLE prose_figure RENAME TO old_prose_figure;
ALTER TABLE tenure RENAME TO old_tenure;
ALTER TABLE change RENAME TO old_change;
DROP INDEX agency_by_name;
DROP INDEX agency_by_place;
DROP INDEX division_period_by_name;
DROP INDEX reject_by_source;
DROP INDEX presence_cell_by_cell;
CREATE TABLE original (
    original_id INTEGER PRIMARY KEY,
    sha256      BLOB NOT NULL UNIQUE,
    size        INTEGER NOT NULL,
    sqlar_name  TEXT NOT NULL,
    parts       INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE subfolder (
    subfolder_id INTEGER PRIMARY KEY,
    folder_id    INTEGER NOT NULL REFERENCES folder,
    path         TEXT NOT NULL,
    UNIQUE (folder_id, path)
) STRICT;
CREATE TABLE phrase (
    phrase_id INTEGER PRIMARY KEY,
    digest    INTEGER NOT NULL,
    text      TEXT NOT NULL
) STRICT;
CREATE TABLE format (
    format_id INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE input (
    source_id    INTEGER PRIMARY KEY,
    subfolder_id INTEGER NOT NULL REFERENCES subfolder,
    name         TEXT,
    head         INTEGER REFERENCES phrase,
    year         INTEGER,
    tail         INTEGER REFERENCES phrase,
    sha256       BLOB NOT NULL,
    size         INTEGER NOT NULL,
    stamp        INTEGER NOT NULL,
    format_id    INTEGER NOT NULL REFERENCES format,
    hints        TEXT NOT NULL,
    first_run    INTEGER NOT NULL REFERENCES run,
    last_run     INTEGER NOT NULL REFERENCES run
) STRICT;
CREATE TABLE input_name (
    subfolder_id INTEGER NOT NULL REFERENCES subfolder,
    hash         INTEGER NOT NULL,
    source_id    INTEGER NOT NULL REFERENCES input,
    PRIMARY KEY (subfolder_id, hash, source_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE reject (
    reject_id    INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES run,
    source_id    INTEGER NOT NULL REFERENCES input,
    line         INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    message      TEXT NOT NULL,
    message_zh   TEXT NOT NULL,
    whose        TEXT NOT NULL DEFAULT '',
    bytes        BLOB NOT NULL,
    resolved_run INTEGER REFERENCES run
) STRICT;
CREATE TABLE presence (
    presence_id INTEGER PRIMARY KEY,
    digest      INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE presence_cell (
    presence_id INTEGER NOT NULL REFERENCES presence,
    cell_id     INTEGER NOT NULL REFERENCES cell,
    PRIMARY KEY (presence_id, cell_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE origin (
    origin_id INTEGER PRIMARY KEY,
    digest    INTEGER NOT NULL UNIQUE,
    lines     BLOB NOT NULL
) STRICT;
CREATE TABLE outline (
    outline_id INTEGER PRIMARY KEY,
    digest     INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE outline_section (
    outline_id INTEGER NOT NULL REFERENCES outline,
    position   INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    heading_id INTEGER NOT NULL REFERENCES heading,
    PRIMARY KEY (outline_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE prose_kind (
    kind_id  INTEGER PRIMARY KEY,
    section  INTEGER NOT NULL,
    unit     TEXT NOT NULL,
    measure  TEXT NOT NULL,
    decimals INTEGER NOT NULL,
    UNIQUE (section, unit, measure, decimals)
) STRICT;
CREATE TABLE report (
    report_id    INTEGER PRIMARY KEY,
    agency_id    INTEGER NOT NULL REFERENCES agency,
    year         INTEGER NOT NULL,
    composite    INTEGER NOT NULL CHECK (composite IN (0, 1)),
    revision     INTEGER NOT NULL,
    superseded   INTEGER NOT NULL CHECK (superseded IN (0, revision)),
    form         INTEGER NOT NULL REFERENCES form,
    presence_id  INTEGER NOT NULL REFERENCES presence,
    figures      INTEGER NOT NULL,
    contents     INTEGER NOT NULL,
    title        ANY,
    title_head   INTEGER REFERENCES phrase,
    dated_on     ANY,
    period       ANY,
    other_source INTEGER REFERENCES input,
    line         INTEGER NOT NULL,
    first_line   INTEGER NOT NULL,
    origin_id    INTEGER NOT NULL REFERENCES origin,
    outline_id   INTEGER NOT NULL REFERENCES outline,
    section_lines TEXT NOT NULL,
    prose        TEXT NOT NULL,
    imported_run INTEGER NOT NULL REFERENCES run,
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
CREATE TABLE report_also (
    report_id INTEGER NOT NULL REFERENCES report,
    source_id INTEGER NOT NULL REFERENCES input,
    PRIMARY KEY (report_id, source_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE big_number (
    report_id INTEGER NOT NULL REFERENCES report,
    part      TEXT NOT NULL CHECK (part IN ('section_lines', 'prose')),
    position  INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    PRIMARY KEY (report_id, part, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE fact (
    fact_id   INTEGER PRIMARY KEY,
    v0 INTEGER, v1 INTEGER, v2 INTEGER, v3 INTEGER, v4 INTEGER, v5 INTEGER, v6 INTEGER,
    report_id INTEGER AS (fact_id >> 6),
    line      INTEGER AS (fact_id & 63)
) STRICT;
CREATE TABLE exception (
    report_id INTEGER NOT NULL REFERENCES report,
    cell_id   INTEGER NOT NULL REFERENCES cell,
    kind      INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),
    text      TEXT,
    note      TEXT,
    state     TEXT AS (CASE kind WHEN 0 THEN 'value' WHEN 1 THEN 'blank' WHEN 2 THEN 'na'
                                 ELSE 'text' END),
    PRIMARY KEY (report_id, cell_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE section_text (
    report_id INTEGER NOT NULL REFERENCES report,
    number    INTEGER NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (report_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE prose_sentence (
    report_id INTEGER NOT NULL REFERENCES report,
    ordinal   INTEGER NOT NULL,
    sentence  TEXT NOT NULL,
    PRIMARY KEY (report_id, ordinal)
) STRICT, WITHOUT ROWID;
CREATE TABLE ordinal (
    ordinal INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE reign (
    report_id INTEGER NOT NULL REFERENCES report,
    from_at   TEXT NOT NULL,
    to_at     TEXT,
    PRIMARY KEY (report_id, from_at)
) STRICT, WITHOUT ROWID;
CREATE TABLE change (
    change_id     INTEGER PRIMARY KEY,
    run_id        INTEGER NOT NULL REFERENCES run,
    what          TEXT NOT NULL CHECK (what IN ('load', 'withdraw', 'restore', 'register')),
    report_id     INTEGER REFERENCES report,
    last_report   INTEGER,
    agency_id     INTEGER REFERENCES agency,
    division_code TEXT,
    year          INTEGER
) STRICT;
CREATE UNIQUE INDEX agency_by_name ON agency (name, division_code);
CREATE UNIQUE INDEX agency_nowhere ON agency (name) WHERE division_code IS NULL;
CREATE INDEX phrase_by_digest ON phrase (digest);
CREATE INDEX reject_by_source ON reject (source_id);
CREATE INDEX reject_by_bytes ON reject (bytes);
CREATE INDEX presence_cell_by_cell ON presence_cell (cell_id, presence_id);
CREATE INDEX report_by_source ON report (other_source) WHERE other_source IS NOT NULL;
CREATE INDEX report_also_back ON report_also (source_id);
INSERT INTO original (original_id, sha256, size, sqlar_name, parts)
SELECT original_id, sha256, size, sqlar_name, parts FROM old_original WHERE sqlar_name IS NOT NULL;

-- @sources
SELECT s.source_id, s.path, s.folder_id, s.format, s.hints, s.file_size, s.file_time, s.file_inode,
       s.first_run, s.last_run, lower(hex(o.sha256)), o.size
  FROM old_source s
  JOIN old_original o ON o.original_id = s.original_id
 ORDER BY s.source_id;
-- @source_first_run
UPDATE input SET first_run = ?2 WHERE source_id = ?1;

-- @reports
SELECT r.report_id, r.agency_id, r.year, r.scope, r.revision, r.current, r.form, r.presence_id,
       r.title, r.dated, r.period_from, r.period_to, r.source_id, r.line, r.origins, r.imported_run,
       EXISTS (SELECT 1 FROM old_section s WHERE s.report_id = r.report_id AND s.text IS NOT NULL)
  FROM old_report r
 ORDER BY r.report_id;
-- @cells
SELECT cell_id FROM old_presence_cell WHERE presence_id = ?1 ORDER BY cell_id;
-- @facts
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM old_fact WHERE report_id = ?1;
-- @exceptions
SELECT cell_id, CASE state WHEN 'value' THEN 0 WHEN 'blank' THEN 1 WHEN 'na' THEN 2 ELSE 3 END, text, note
  FROM old_exception
 WHERE report_id = ?1;
-- @sections
SELECT s.number, s.line, h.text, s.text
  FROM old_section s
  JOIN heading h ON h.heading_id = s.heading_id
 WHERE s.report_id = ?1
 ORDER BY s.number;
-- @figures
SELECT section, line, value, decimals, unit, measure, sentence
  FROM old_prose_figure
 WHERE report_id = ?1
 ORDER BY ordinal;

-- @after
INSERT INTO report_also (report_id, source_id)
SELECT s.report_id, s.source_id
  FROM old_report_source s
  JOIN old_report r ON r.report_id = s.report_id
 WHERE s.source_id <> r.source_id;
INSERT INTO reign (report_id, from_at, to_at)
SELECT t.report_id, t.from_at, t.to_at
  FROM old_tenure t
  JOIN old_report r ON r.report_id = t.report_id
  JOIN run u ON u.run_id = r.imported_run
 WHERE t.to_at IS NOT NULL OR r.current = 0 OR t.from_at <> u.started_at;
INSERT INTO change (change_id, run_id, what, report_id, agency_id, division_code, year)
SELECT change_id, run_id, what, report_id, agency_id, division_code, year FROM old_change;
INSERT INTO reject (reject_id, run_id, source_id, line, reason, message, message_zh, whose, bytes,
                    resolved_run)
SELECT j.reject_id, j.run_id, j.source_id, j.line, j.reason, j.message, j.message_zh, j.whose,
       substr(i.sha256, 1, 8), j.resolved_run
  FROM old_reject j
  JOIN input i ON i.source_id = j.source_id;
DROP TABLE old_reject;
DROP TABLE old_change;
DROP TABLE old_tenure;
DROP TABLE old_prose_figure;
DROP TABLE old_section;
DROP TABLE old_exception;
DROP TABLE old_fact;
DROP TABLE old_report_source;
DROP TABLE old_report;
DROP TABLE old_presence_cell;
DROP TABLE old_presence;
DROP TABLE old_source;
DROP TABLE old_original;
UPDATE builtin SET digest = '';
