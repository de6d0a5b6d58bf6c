-- The analysts' views: stable names and columns. Made anew whenever the warehouse is opened by
-- another version of the program. Plain SQL alone: they work in any SQLite tool.

-- Cells ---------------------------------------------------------------------------------------

-- Every cell that a report states, zeros too.
CREATE VIEW v_cell AS
SELECT r.report_id, a.name AS agency, a.division_code, r.year, r.scope, c.code,
       coalesce(e.state, 'value') AS state,
       CASE
           WHEN e.state = 'text' THEN e.text
           WHEN e.state IN ('blank', 'na') THEN NULL
           WHEN c.kind = 'money' THEN
               CASE WHEN f.line IS NULL THEN '0' ELSE
                   (SELECT CASE WHEN v < 0 THEN '-' ELSE '' END || (abs(v) / 100000000) ||
                           CASE WHEN v % 100000000 = 0 THEN ''
                                ELSE rtrim(printf('.%08d', abs(v) % 100000000), '0') END
                      FROM (SELECT CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1
                                   WHEN 2 THEN f.v2 WHEN 3 THEN f.v3 WHEN 4 THEN f.v4
                                   WHEN 5 THEN f.v5 ELSE f.v6 END AS v))
               END
           ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                         WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0)
       END AS value,
       e.note
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN presence_cell p ON p.presence_id = r.presence_id
  JOIN cell c ON c.cell_id = p.cell_id
  LEFT JOIN fact f ON f.report_id = r.report_id AND f.line = c.cell_id >> 3
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = c.cell_id
 WHERE r.current = 1;

-- Reports, sources, agencies -----------------------------------------------------------------

-- Every revision. The division's name and level are those it had in the year of the report.
CREATE VIEW v_revision AS
SELECT r.report_id, s.path AS source, a.name AS agency, a.division_code,
       (SELECT p.name FROM division_period p
         WHERE p.code = a.division_code AND p.first_year = coalesce(
               (SELECT max(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code AND q.first_year <= r.year),
               (SELECT min(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code))) AS division,
       (SELECT p.level FROM division_period p
         WHERE p.code = a.division_code AND p.first_year = coalesce(
               (SELECT max(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code AND q.first_year <= r.year),
               (SELECT min(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code))) AS level,
       r.year, r.scope, r.form, r.title, r.dated, r.revision, r.imported_at, r.period_from,
       r.period_to, a.kind, a.registered, r.current,
       EXISTS (SELECT 1 FROM withdrawal w
                WHERE w.report_id = r.report_id AND w.old_agency_id IS NULL
                  AND w.undone_at IS NULL) AS withdrawn,
       r.agency_id
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN source s ON s.source_id = r.source_id;

-- Current revisions only.
CREATE VIEW v_report AS
SELECT r.report_id, s.path AS source, a.name AS agency, a.division_code,
       (SELECT p.name FROM division_period p
         WHERE p.code = a.division_code AND p.first_year = coalesce(
               (SELECT max(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code AND q.first_year <= r.year),
               (SELECT min(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code))) AS division,
       (SELECT p.level FROM division_period p
         WHERE p.code = a.division_code AND p.first_year = coalesce(
               (SELECT max(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code AND q.first_year <= r.year),
               (SELECT min(q.first_year) FROM division_period q
                 WHERE q.code = a.division_code))) AS level,
       r.year, r.scope, r.form, r.title, r.dated, r.revision, r.imported_at, r.period_from,
       r.period_to, a.kind, a.registered, r.agency_id
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN source s ON s.source_id = r.source_id
 WHERE r.current = 1;

-- All the files in which a report was found, older revisions too.
CREATE VIEW v_source AS
SELECT rs.report_id, s.path AS source, s.format, o.sha256, o.size, o.sqlar_name,
       rs.source_id = r.source_id AS first
  FROM report_source rs
  JOIN report r ON r.report_id = rs.report_id
  JOIN source s ON s.source_id = rs.source_id
  JOIN original o ON o.original_id = s.original_id;

CREATE VIEW v_agency AS
SELECT a.agency_id, a.name AS agency, a.division_code,
       (SELECT p.name FROM division_period p WHERE p.code = a.division_code
         ORDER BY coalesce(p.last_year, 9999) DESC LIMIT 1) AS division,
       a.kind, a.first_year, a.last_year, a.registered,
       (SELECT group_concat(alias, ';') FROM agency_alias x WHERE x.agency_id = a.agency_id)
           AS aliases,
       (SELECT count(*) FROM report r WHERE r.agency_id = a.agency_id AND r.current = 1) AS reports
  FROM agency a;

-- What a person took out or gave away. undone_at is NULL while it stands.
CREATE VIEW v_withdrawal AS
SELECT w.withdrawal_id, w.report_id, a.name AS agency, r.year, r.scope, w.reason, w.made_at,
       w.undone_at, o.name AS old_agency, w.old_year, w.run_id
  FROM withdrawal w
  JOIN report r ON r.report_id = w.report_id
  JOIN agency a ON a.agency_id = r.agency_id
  LEFT JOIN agency o ON o.agency_id = w.old_agency_id;

-- Prose of current revisions ------------------------------------------------------------------

CREATE VIEW v_section AS
SELECT s.report_id, a.name AS agency, a.division_code, r.year, r.scope, s.number, s.heading,
       s.text, s.line
  FROM section s
  JOIN report r ON r.report_id = s.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1;

-- Figures in sentences: value is exact decimal text where it has decimals.
CREATE VIEW v_prose AS
SELECT f.report_id, a.name AS agency, a.division_code, r.year, r.scope, f.section,
       CASE WHEN f.decimals = 0 THEN f.value ELSE
           CASE WHEN f.value < 0 THEN '-' ELSE '' END ||
           substr(printf('%0*d', f.decimals + 1, abs(f.value)), 1,
                  length(printf('%0*d', f.decimals + 1, abs(f.value))) - f.decimals) || '.' ||
           substr(printf('%0*d', f.decimals + 1, abs(f.value)), -f.decimals)
       END AS value,
       f.unit, f.measure, f.sentence, f.line
  FROM prose_figure f
  JOIN report r ON r.report_id = f.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1;

-- Findings, rejects, runs ---------------------------------------------------------------------

-- What the rules found (after check), and what the recogniser remarked (after import). waived: a
-- person accepted it, with a reason.
CREATE VIEW v_finding AS
SELECT f.report_id, f.rule, f.severity, c.code, f.reported, f.computed, f.difference, f.message,
       EXISTS (SELECT 1 FROM waiver w
                WHERE w.agency = a.name AND w.year = f.year AND w.rule = f.rule
                  AND w.code IN ('', coalesce(c.code, ''))) AS waived,
       a.name AS agency, coalesce(f.division_code, a.division_code) AS division_code,
       coalesce(f.year, r.year) AS year, r.scope, f.line, f.message_zh, f.hint, f.hint_zh,
       f.first_seen
  FROM finding f
  LEFT JOIN report r ON r.report_id = f.report_id
  LEFT JOIN agency a ON a.agency_id = r.agency_id
  LEFT JOIN cell c ON c.cell_id = f.cell_id
UNION ALL
SELECT m.report_id, m.rule, 'warning', c.code, NULL, NULL, NULL, m.message,
       EXISTS (SELECT 1 FROM waiver w
                WHERE w.agency = a.name AND w.year = r.year AND w.rule = m.rule
                  AND w.code IN ('', coalesce(c.code, ''))),
       a.name, a.division_code, r.year, r.scope, m.line, m.message_zh, '', '', r.imported_at
  FROM remark m
  JOIN report r ON r.report_id = m.report_id
  JOIN agency a ON a.agency_id = r.agency_id
  LEFT JOIN cell c ON c.cell_id = m.cell_id
 WHERE r.current = 1;

-- Inputs, and reports in them, that could not be taken and of which no good version has come.
CREATE VIEW v_reject AS
SELECT j.run_id, s.path AS source, j.line, j.reason, j.message, j.message_zh, j.whose,
       o.sqlar_name, j.reject_id
  FROM reject j
  JOIN source s ON s.source_id = j.source_id
  JOIN original o ON o.original_id = s.original_id
 WHERE j.resolved_run IS NULL;

CREATE VIEW v_run AS
SELECT run_id, command, started_at, finished_at, read, loaded, unchanged, rejected, exit_code
  FROM run;

-- The dictionary: every cell as each form prints it -------------------------------------------

CREATE VIEW v_dictionary AS
SELECT c.code, fc.form_table, fc.row_label, fc.column_label, fc.unit, f.form, f.first_year,
       f.last_year, c.over_regions, c.over_years,
       (SELECT group_concat(t.series, ' ') FROM series_term t
         WHERE t.cell_id = fc.cell_id AND t.form = fc.form) AS series,
       c.kind, fc.position
  FROM form_cell fc
  JOIN form f ON f.form = fc.form
  JOIN cell c ON c.cell_id = fc.cell_id;

