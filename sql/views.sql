-- The analysts' views: stable names and columns. Made anew whenever the warehouse is opened by
-- another version of the program. Plain SQL alone: they work in any SQLite tool.

-- What the tables of the warehouse hold in pieces --------------------------------------------------

-- Every source with its path.
CREATE VIEW source AS
SELECT i.source_id, f.path || coalesce(i.name, h.text || i.year || t.text) AS path, f.folder_id,
       o.original_id, o.sqlar_name, i.sha256, i.size,
       (SELECT m.name FROM format m WHERE m.format_id = i.format_id) AS format, i.hints, i.stamp,
       i.first_run, i.last_run, h.text AS head
  FROM input i
  JOIN subfolder f ON f.subfolder_id = i.subfolder_id
  LEFT JOIN phrase h ON h.phrase_id = i.head
  LEFT JOIN phrase t ON t.phrase_id = i.tail
  LEFT JOIN original o ON o.sha256 = i.sha256;

-- All the sources in which a report was found.
CREATE VIEW report_source AS
SELECT report_id, report_id AS source_id FROM report WHERE other_source IS NULL
UNION ALL
SELECT report_id, other_source FROM report WHERE other_source IS NOT NULL
UNION ALL
SELECT report_id, source_id FROM report_also;

-- When each report was the current one; to_at is NULL until today.
CREATE VIEW tenure AS
SELECT report_id, from_at, to_at FROM reign
UNION ALL
SELECT r.report_id, u.started_at, NULL
  FROM report r
  JOIN run u ON u.run_id = r.imported_run
 WHERE r.superseded = 0
   AND NOT EXISTS (SELECT 1 FROM reign w WHERE w.report_id = r.report_id AND w.to_at IS NULL);

-- What changed, each report by itself.
CREATE VIEW each_change AS
SELECT change_id, run_id, what, report_id, agency_id, division_code, year
  FROM change
 WHERE last_report IS NULL
UNION ALL
SELECT c.change_id, c.run_id, c.what, r.report_id, r.agency_id, a.division_code, r.year
  FROM change c
  JOIN report r ON r.report_id BETWEEN c.report_id AND c.last_report
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE c.last_report IS NOT NULL;

-- The sections of every report. A number n is the character of code n + 2; the character of code 1
-- says: see big_number.
CREATE VIEW section AS
SELECT r.report_id, o.number,
       CASE unicode(substr(r.section_lines, o.position, 1))
           WHEN 1 THEN (SELECT b.number FROM big_number b
                         WHERE b.report_id = r.report_id AND b.part = 'section_lines'
                           AND b.position = o.position)
           ELSE unicode(substr(r.section_lines, o.position, 1)) - 2 END AS line,
       o.heading_id, t.text
  FROM report r
  JOIN outline_section o ON o.outline_id = r.outline_id
  LEFT JOIN section_text t ON t.report_id = r.report_id AND t.number = o.number;

-- The figures in the prose of every report: value times 10^decimals.
CREATE VIEW prose_figure AS
SELECT r.report_id, n.ordinal, k.section,
       CASE unicode(substr(r.prose, 3 * n.ordinal - 1, 1))
           WHEN 1 THEN (SELECT b.number FROM big_number b
                         WHERE b.report_id = r.report_id AND b.part = 'prose'
                           AND b.position = 3 * n.ordinal - 1)
           ELSE unicode(substr(r.prose, 3 * n.ordinal - 1, 1)) - 2 END AS line,
       CASE unicode(substr(r.prose, 3 * n.ordinal, 1))
           WHEN 1 THEN (SELECT b.number FROM big_number b
                         WHERE b.report_id = r.report_id AND b.part = 'prose'
                           AND b.position = 3 * n.ordinal)
           ELSE unicode(substr(r.prose, 3 * n.ordinal, 1)) - 2 END AS value,
       k.decimals, k.unit, k.measure, s.sentence
  FROM report r
  JOIN ordinal n ON n.ordinal <= length(r.prose) / 3
  JOIN prose_kind k ON k.kind_id = unicode(substr(r.prose, 3 * n.ordinal - 2, 1)) - 2
  LEFT JOIN prose_sentence s ON s.report_id = r.report_id AND s.ordinal = n.ordinal;

-- Cells ---------------------------------------------------------------------------------------

-- Every cell that a report states, zeros too.
CREATE VIEW v_cell AS
SELECT r.report_id, a.name AS agency, a.division_code, r.year, r.scope, c.code,
       CASE e.kind WHEN 1 THEN 'blank' WHEN 2 THEN 'na' WHEN 3 THEN 'text' ELSE 'value' END AS state,
       CASE
           WHEN e.kind > 0 THEN e.text -- NULL where there are no words
           WHEN c.kind = 'money' THEN
               (SELECT CASE WHEN v < 0 THEN '-' ELSE '' END || (abs(v) / 100000000) ||
                       CASE WHEN v % 100000000 = 0 THEN ''
                            ELSE rtrim(printf('.%08d', abs(v) % 100000000), '0') END
                  FROM (SELECT CASE WHEN f.fact_id IS NULL THEN 0 ELSE
                               CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1
                               WHEN 2 THEN f.v2 WHEN 3 THEN f.v3 WHEN 4 THEN f.v4
                               WHEN 5 THEN f.v5 ELSE f.v6 END END AS v))
           ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                         WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0)
       END AS value,
       e.note
  FROM report r
  JOIN presence_cell p ON p.presence_id = r.presence_id
  JOIN cell c ON c.cell_id = p.cell_id
  LEFT JOIN fact f ON f.fact_id = r.report_id * 64 + (c.cell_id >> 3)
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = c.cell_id
  LEFT JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.superseded = 0;

-- Reports, sources, agencies -----------------------------------------------------------------

-- Every revision, for the two views below. The division's name and level are those it had in the year of
-- the report; what nobody asks for is not looked up.
CREATE VIEW each_revision AS
SELECT r.report_id, (SELECT s.path FROM source s WHERE s.source_id = r.source_id) AS source,
       a.name AS agency, a.division_code,
       coalesce((SELECT p.name FROM division_period p
                  WHERE p.code = a.division_code AND p.first_year <= r.year
                  ORDER BY p.first_year DESC LIMIT 1),
                (SELECT p.name FROM division_period p
                  WHERE p.code = a.division_code ORDER BY p.first_year LIMIT 1)) AS division,
       coalesce((SELECT p.level FROM division_period p
                  WHERE p.code = a.division_code AND p.first_year <= r.year
                  ORDER BY p.first_year DESC LIMIT 1),
                (SELECT p.level FROM division_period p
                  WHERE p.code = a.division_code ORDER BY p.first_year LIMIT 1)) AS level,
       r.year, r.scope, r.form,
       CASE typeof(r.title)
           WHEN 'integer' THEN (SELECT h.text FROM phrase h
                                 WHERE h.phrase_id = coalesce(r.title_head,
                                       (SELECT i.head FROM input i
                                         WHERE i.source_id = r.source_id))) || r.year ||
                               (SELECT t.text FROM phrase t WHERE t.phrase_id = r.title)
           ELSE r.title END AS title, r.dated, r.revision,
       (SELECT u.started_at FROM run u WHERE u.run_id = r.imported_run) AS imported_at, r.period_from,
       r.period_to, a.kind, a.registered, r.current,
       EXISTS (SELECT 1 FROM withdrawal w
                WHERE w.report_id = r.report_id AND w.old_agency_id IS NULL
                  AND w.undone_at IS NULL) AS withdrawn,
       r.agency_id, r.superseded
  FROM report r
  LEFT JOIN agency a ON a.agency_id = r.agency_id;

CREATE VIEW v_revision AS
SELECT report_id, source, agency, division_code, division, level, year, scope, form, title, dated, revision,
       imported_at, period_from, period_to, kind, registered, current, withdrawn, agency_id
  FROM each_revision;

-- Current revisions only.
CREATE VIEW v_report AS
SELECT report_id, source, agency, division_code, division, level, year, scope, form, title, dated, revision,
       imported_at, period_from, period_to, kind, registered, agency_id
  FROM each_revision
 WHERE superseded = 0;

-- All the files in which a report was found, older revisions too.
CREATE VIEW v_source AS
SELECT rs.report_id, s.path AS source, s.format, lower(hex(s.sha256)) AS sha256, s.size, s.sqlar_name,
       rs.source_id = r.source_id AS first
  FROM report_source rs
  JOIN report r ON r.report_id = rs.report_id
  JOIN source s ON s.source_id = rs.source_id;

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
SELECT s.report_id, a.name AS agency, a.division_code, r.year, r.scope, s.number, h.text AS heading,
       s.text, s.line
  FROM section s
  JOIN heading h ON h.heading_id = s.heading_id
  JOIN report r ON r.report_id = s.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.superseded = 0;

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
 WHERE r.superseded = 0;

-- Findings, rejects, runs ---------------------------------------------------------------------

-- What the rules found (after check), and what the recogniser remarked (after import), of current
-- reports.
CREATE VIEW finding_dense AS
SELECT f.report_id, f.rule, f.severity, c.code, f.reported, f.computed, f.difference, f.message,
       a.name AS agency, coalesce(f.division_code, a.division_code) AS division_code,
       coalesce(f.year, r.year) AS year, r.scope, f.line, f.message_zh, f.hint, f.hint_zh,
       f.first_seen, r.agency_id
  FROM finding f
  LEFT JOIN report r ON r.report_id = f.report_id
  LEFT JOIN agency a ON a.agency_id = r.agency_id
  LEFT JOIN cell c ON c.cell_id = f.cell_id
 WHERE f.report_id IS NULL OR r.current = 1
UNION ALL
SELECT m.report_id, m.rule, 'warning', c.code, NULL, NULL, NULL, m.message, a.name,
       a.division_code, r.year, r.scope, m.line, m.message_zh, '', '', u.started_at, r.agency_id
  FROM remark m -- few beside the reports: read first
 CROSS JOIN report r ON r.report_id = m.report_id
  JOIN run u ON u.run_id = r.imported_run
  JOIN agency a ON a.agency_id = r.agency_id
  LEFT JOIN cell c ON c.cell_id = m.cell_id
 WHERE r.superseded = 0;

-- waived: a person accepted it, under a name that the agency bears or bore; with the reason.
CREATE VIEW v_finding AS
SELECT x.report_id, x.rule, x.severity, x.code, x.reported, x.computed, x.difference, x.message,
       EXISTS (SELECT 1 FROM waiver w
                WHERE w.agency = x.agency AND w.year = x.year AND w.rule = x.rule
                  AND w.code IN ('', coalesce(x.code, '')))
           OR EXISTS (SELECT 1
                        FROM agency_alias l
                        JOIN waiver w ON w.agency = l.alias AND w.year = x.year AND w.rule = x.rule
                                     AND w.code IN ('', coalesce(x.code, ''))
                       WHERE l.agency_id = x.agency_id) AS waived,
       x.agency, x.division_code, x.year, x.scope, x.line, x.message_zh, x.hint, x.hint_zh,
       x.first_seen,
       (SELECT w.reason FROM waiver w
         WHERE w.agency IN (SELECT x.agency UNION ALL SELECT alias FROM agency_alias l
                             WHERE l.agency_id = x.agency_id)
           AND w.year = x.year AND w.rule = x.rule AND w.code IN ('', coalesce(x.code, ''))
         ORDER BY w.code DESC LIMIT 1) AS waiver_reason,
       (SELECT w.made_at FROM waiver w
         WHERE w.agency IN (SELECT x.agency UNION ALL SELECT alias FROM agency_alias l
                             WHERE l.agency_id = x.agency_id)
           AND w.year = x.year AND w.rule = x.rule AND w.code IN ('', coalesce(x.code, ''))
         ORDER BY w.code DESC LIMIT 1) AS waived_at
  FROM finding_dense x;

-- Waivers, and whether a finding still answers to each.
CREATE VIEW v_waiver AS
SELECT w.agency, w.year, w.rule, w.code, w.reason, w.made_at,
       EXISTS (SELECT 1 FROM finding_dense x
                WHERE (x.agency = w.agency OR x.agency_id IN
                          (SELECT l.agency_id FROM agency_alias l WHERE l.alias = w.agency))
                  AND x.year = w.year AND x.rule = w.rule
                  AND w.code IN ('', coalesce(x.code, ''))) AS applies
  FROM waiver w;

-- Inputs, and reports in them, that could not be taken and of which no good version has come.
CREATE VIEW v_reject AS
SELECT j.run_id, s.path AS source, j.line, j.reason, j.message, j.message_zh, j.whose,
       s.sqlar_name, j.reject_id
  FROM reject j
  JOIN source s ON s.source_id = j.source_id
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

-- Totals -------------------------------------------------------------------------------------

-- Every sum as kept: each cell of the year's form, and those of other forms that some report of
-- the area states. Money is in 1/100,000,000 万元; v is the sum, m the largest single figure in it.
CREATE VIEW total_dense AS
SELECT s.*, c.code, c.kind,
       coalesce(g.n_stated, s.n_reported + s.n_standing_in) AS n_stated,
       coalesce(g.n_blank, 0) AS n_blank,
       coalesce(CASE c.cell_id & 7 WHEN 0 THEN t.v0 WHEN 1 THEN t.v1 WHEN 2 THEN t.v2
                WHEN 3 THEN t.v3 WHEN 4 THEN t.v4 WHEN 5 THEN t.v5 ELSE t.v6 END, 0) AS v,
       coalesce(CASE c.cell_id & 7 WHEN 0 THEN t.m0 WHEN 1 THEN t.m1 WHEN 2 THEN t.m2
                WHEN 3 THEN t.m3 WHEN 4 THEN t.m4 WHEN 5 THEN t.m5 ELSE t.m6 END, 0) AS m
  FROM area s
  JOIN cell c
  LEFT JOIN form_cell fc ON fc.form = s.form AND fc.cell_id = c.cell_id
  LEFT JOIN total_gap g ON g.area_id = s.area_id AND g.cell_id = c.cell_id
  LEFT JOIN total t ON t.area_id = s.area_id AND t.line = c.cell_id >> 3
 WHERE fc.form IS NOT NULL OR g.area_id IS NOT NULL;

-- The totals on every basis (own, best). value: NULL only where no report states the cell.
-- largest: the largest single report's figure, largest_share its part of the value in 1/10,000.
CREATE VIEW v_total_all AS
SELECT basis, division_code, division, level, year, part, code,
       CASE WHEN n_stated = 0 THEN NULL
            WHEN kind <> 'money' THEN v
            ELSE CASE WHEN v < 0 THEN '-' ELSE '' END || (abs(v) / 100000000) ||
                 CASE WHEN v % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(v) % 100000000), '0') END END AS value,
       n_expected, n_reported, n_missing, n_blank, n_unregistered, n_stated, n_late, n_other_form,
       n_displaced, n_standing_in, parent_code,
       CASE WHEN n_stated = 0 THEN NULL
            WHEN kind <> 'money' THEN m
            ELSE CASE WHEN m < 0 THEN '-' ELSE '' END || (abs(m) / 100000000) ||
                 CASE WHEN m % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(m) % 100000000), '0') END END AS largest,
       CASE WHEN n_stated = 0 OR v <= 0 OR m < 0 THEN NULL
            WHEN max(v, m) > 900000000000000 THEN (m + v / 20000) / (v / 10000)
            ELSE (m * 10000 + v / 2) / v END AS largest_share
  FROM total_dense;

-- Totals of the agencies' own reports, each once: 本级 (part self) and 本行政区域 (part region).
CREATE VIEW v_total AS
SELECT division_code, division, level, year, part, code, value, n_expected, n_reported, n_missing,
       n_blank, n_unregistered, n_stated, n_late, n_other_form, n_displaced, parent_code, largest,
       largest_share
  FROM v_total_all
 WHERE basis = 'own';

-- The same, where a region below that has only a composite is represented by it: n_standing_in
-- says how many composites a total rests on. Where none stands in, it is the total of v_total.
CREATE VIEW v_total_best AS
SELECT t.division_code, t.division, t.level, t.year, t.part, t.code, t.value, t.n_expected,
       t.n_reported, t.n_missing, t.n_blank, t.n_unregistered, t.n_stated, t.n_late,
       t.n_standing_in, t.parent_code
  FROM v_total_all t
 WHERE t.basis = 'best'
    OR (t.basis = 'own' AND NOT EXISTS (SELECT 1 FROM area b
                                         WHERE b.basis = 'best' AND b.year = t.year
                                           AND b.division_code = t.division_code
                                           AND b.part = t.part));

-- Which composites a total of v_total_best rests on: one row a division and each region, itself or
-- below it, that no own report has come from and whose composite stands in for it.
CREATE VIEW v_stand_in AS
WITH RECURSIVE
stands (code, year, name) AS (
    SELECT s.division_code, s.year, s.division
      FROM area b
      JOIN area s ON s.basis = 'own' AND s.year = b.year AND s.division_code = b.division_code
                 AND s.part = 'region'
     WHERE b.basis = 'best' AND b.part = 'region' AND b.n_standing_in = 1 AND s.n_reported = 0
       AND EXISTS (SELECT 1 FROM agency a
                    CROSS JOIN report r ON r.agency_id = a.agency_id AND r.year = s.year
                                       AND r.scope = 'composite' AND r.current = 1
                    WHERE a.division_code = s.division_code
                      AND (a.kind = 'government' OR (a.kind = 'zone' AND s.level = 'zone')))),
rests (division_code, year, stand_in_code, stand_in) AS (
    SELECT code, year, code, name FROM stands
     UNION ALL
    SELECT s.parent_code, b.year, b.stand_in_code, b.stand_in
      FROM rests b
      JOIN area s ON s.basis = 'own' AND s.year = b.year AND s.division_code = b.division_code
                 AND s.part = 'region'
     WHERE s.parent_code IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM stands t WHERE t.code = s.parent_code AND t.year = b.year))
SELECT division_code, year, stand_in_code, stand_in FROM rests;

-- Totals of own reports by the divisions of today, kept once rollup --boundaries current has been
-- run. A report of a division that was split, or whose successor is not registered, counts in the
-- lowest division of today that holds all of it (n_displaced): see v_boundary_open.
CREATE VIEW v_total_today AS
SELECT division_code, division, level, year, part, code, value, n_expected, n_reported, n_missing,
       n_blank, n_unregistered, n_stated, n_late, n_other_form, n_displaced, parent_code, largest,
       largest_share
  FROM v_total_all
 WHERE basis = 'today';

-- Divisions of the past that no single division of today has replaced: split in several, or
-- without a registered successor. reports: current own reports that are theirs.
CREATE VIEW v_boundary_open AS
SELECT p.code, p.name, p.level, p.parent_code, p.last_year,
       (SELECT group_concat(n.new_code, ' ') FROM division_successor n WHERE n.code = p.code)
           AS successors,
       (SELECT count(*) FROM agency a
          JOIN report r ON r.agency_id = a.agency_id AND r.scope = 'own' AND r.current = 1
         WHERE a.division_code = p.code) AS reports
  FROM division_period p
 WHERE p.last_year IS NOT NULL
   AND p.first_year = (SELECT max(q.first_year) FROM division_period q WHERE q.code = p.code)
   AND (SELECT count(DISTINCT n.new_code) FROM division_successor n WHERE n.code = p.code) <> 1;

-- Totals as they stood at the end of a day, kept for each rollup --as-of DATE.
CREATE VIEW v_total_as_of AS
SELECT substr(basis, 7) AS as_of, division_code, division, level, year, part, code, value,
       n_expected, n_reported, n_missing, n_blank, n_unregistered, n_stated, n_late, parent_code
  FROM v_total_all
 WHERE basis >= 'as-of ' AND basis < 'as-of!';

-- The bases on which totals are kept.
CREATE VIEW v_basis AS
SELECT basis, min(year) AS first_year, max(year) AS last_year, count(*) AS areas
  FROM area
 GROUP BY basis;

-- What happened to reports, and so to totals: loaded, revised (a later revision took its place),
-- restored, withdrawn, given (to another agency or year), each with the moment and the reason.
CREATE VIEW v_history AS
SELECT t.from_at AS at,
       CASE WHEN EXISTS (SELECT 1 FROM tenure e
                          WHERE e.report_id = t.report_id AND e.from_at < t.from_at) THEN 'restored'
            WHEN r.revision > 1 THEN 'revised' ELSE 'loaded' END AS event,
       t.report_id, a.name AS agency, a.division_code, r.year, r.scope, r.revision, '' AS reason
  FROM tenure t
  JOIN report r ON r.report_id = t.report_id
  JOIN agency a ON a.agency_id = r.agency_id
UNION ALL
SELECT w.made_at, CASE WHEN w.old_agency_id IS NULL THEN 'withdrawn' ELSE 'given' END, w.report_id,
       a.name, a.division_code, coalesce(w.old_year, r.year), r.scope, r.revision, w.reason
  FROM withdrawal w
  JOIN report r ON r.report_id = w.report_id
  JOIN agency a ON a.agency_id = coalesce(w.old_agency_id, r.agency_id);

-- Comparable measures across the forms (sql/series.tsv). Rows with the same definition may be
-- read as one line; break says what changed in the first year of a new one. Only series that some
-- report states. n_other_form: reports of the area on another form than the year's.
CREATE VIEW v_series AS
SELECT s.division_code, s.division, s.level, s.year, s.part, n.series,
       CASE WHEN n.unit <> '万元' THEN t.value
            ELSE CASE WHEN t.value < 0 THEN '-' ELSE '' END || (abs(t.value) / 100000000) ||
                 CASE WHEN t.value % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(t.value) % 100000000), '0') END END AS value,
       n.unit, n.label, n.label_zh, n.over_years, t.n_stated, s.n_reported, s.n_missing,
       s.n_other_form,
       coalesce((SELECT max(b.form) FROM series_break b
                  WHERE b.series = n.series AND b.form <= s.form),
                (SELECT min(e.form) FROM series_term e WHERE e.series = n.series)) AS definition,
       (SELECT b.note FROM series_break b JOIN form f ON f.form = b.form
         WHERE b.series = n.series AND f.first_year = s.year) AS break,
       (SELECT b.note_zh FROM series_break b JOIN form f ON f.form = b.form
         WHERE b.series = n.series AND f.first_year = s.year) AS break_zh,
       s.parent_code
  FROM total_series t
  JOIN area s ON s.area_id = t.area_id
  JOIN series n ON n.number = t.number
 WHERE s.basis = 'own';

-- Rates: one series over another, from their sums, in 1/10,000 (rounded half up) and in percent.
-- NULL where the denominator is 0. The two n_stated say how many reports state either.
CREATE VIEW v_rate AS
SELECT division_code, division, level, year, part, rate, label, label_zh, numerator, denominator,
       per_10000,
       CASE WHEN per_10000 IS NOT NULL
            THEN printf('%d.%02d', per_10000 / 100, per_10000 % 100) END AS percent,
       numerator_stated, denominator_stated, n_reported, n_missing, parent_code
  FROM (SELECT s.division_code, s.division, s.level, s.year, s.part, q.rate, q.label, q.label_zh,
               a.value AS numerator, b.value AS denominator,
               CASE WHEN b.value <= 0 OR a.value < 0 THEN NULL
                    WHEN max(a.value, b.value) > 400000000000000 THEN a.value / (b.value / 10000)
                    ELSE (a.value * 20000 + b.value) / (b.value * 2) END AS per_10000,
               a.n_stated AS numerator_stated, b.n_stated AS denominator_stated, s.n_reported,
               s.n_missing, s.parent_code
          FROM rate q
          JOIN series x ON x.series = q.numerator
          JOIN series y ON y.series = q.denominator
          JOIN area s ON s.basis = 'own'
          JOIN total_series a ON a.area_id = s.area_id AND a.number = x.number
          JOIN total_series b ON b.area_id = s.area_id AND b.number = y.number);

-- Coverage of 本行政区域 by division and year, with 本级 beside it (self_), and the composites.
-- unexpected: received from registered agencies outside their years, or that owe none.
-- displaced: of a division that did not exist that year. other_form: on another form than the
-- year's. Before an agency register is loaded, nothing is expected.
CREATE VIEW v_coverage AS
SELECT r.division_code, r.year, r.n_expected AS expected, r.n_reported AS received,
       r.n_missing AS missing, r.n_late AS late, r.division, r.level, r.parent_code,
       r.n_unregistered AS unregistered,
       r.n_reported - r.n_unregistered - (r.n_expected - r.n_missing) AS unexpected,
       r.n_other_form AS other_form, r.n_displaced AS displaced,
       s.n_expected AS self_expected, s.n_reported AS self_received, s.n_missing AS self_missing,
       s.n_late AS self_late, s.n_unregistered AS self_unregistered,
       r.n_composite_expected AS composite_expected, r.n_composite AS composite_received,
       r.n_composite_late AS composite_late
  FROM area r
  JOIN area s ON s.basis = r.basis AND s.year = r.year AND s.division_code = r.division_code
             AND s.part = 'self'
 WHERE r.basis = 'own' AND r.part = 'region';

-- What registered agencies owe in each year of which some report is in: an own report, or a
-- composite (governments; and a 管委会 that sent one, or has an office registered beside it).
-- report_id: NULL where it has not come.
CREATE VIEW v_duty AS
SELECT d.division_code, d.agency, d.year, d.scope, d.kind, d.agency_id, d.due, r.report_id, r.dated,
       (SELECT min(f.dated) FROM report f -- the first issue decides whether it was late
         WHERE f.agency_id = r.agency_id AND f.year = r.year AND f.scope = r.scope
           AND NOT EXISTS (SELECT 1 FROM withdrawal w
                            WHERE w.report_id = f.report_id AND w.undone_at IS NULL
                              AND w.old_agency_id IS NULL)) > d.due AS late
  FROM (SELECT o.*, coalesce((SELECT l.due FROM deadline l
                               WHERE l.year = o.year AND l.scope = o.scope),
                             printf('%04d', o.year + 1) ||
                             CASE o.scope WHEN 'own' THEN '-01-31' ELSE '-03-31' END) AS due
          FROM (SELECT a.division_code, a.name AS agency, y.year, a.kind, a.agency_id,
                       CASE WHEN a.kind = 'government' THEN 'composite'
                            WHEN a.kind <> 'zone' THEN 'own'
                            WHEN EXISTS (SELECT 1 FROM report c
                                          WHERE c.agency_id = a.agency_id AND c.year = y.year
                                            AND c.scope = 'composite' AND c.current = 1)
                              OR EXISTS (SELECT 1 FROM agency b
                                          WHERE b.division_code = a.division_code
                                            AND b.kind = 'office' AND b.registered = 1
                                            AND ifnull(b.first_year, 0) <= y.year
                                            AND ifnull(b.last_year, 9999) >= y.year
                                            AND (instr(b.name, nullif(replace(replace(a.name,
                                                       '管理委员会', ''), '管委会', ''), '')) = 1
                                                 OR EXISTS (SELECT 1 FROM division_period p
                                                             WHERE p.code = a.division_code
                                                               AND p.level = 'zone')))
                            THEN 'composite' ELSE 'own' END AS scope
                  FROM (SELECT DISTINCT year FROM area WHERE basis = 'own') y
                  JOIN agency a ON ifnull(a.first_year, 0) <= y.year
                               AND ifnull(a.last_year, 9999) >= y.year
                 WHERE a.registered = 1 AND a.division_code IS NOT NULL) o) d
  LEFT JOIN report r ON r.agency_id = d.agency_id AND r.year = d.year AND r.scope = d.scope
                    AND r.current = 1;

-- What re-issues changed: each cell in which a current report differs from the revision before it.
-- before_, after_: the figure, or the state or words where there is none; NULL: not printed.
-- difference: for figures alone, exact.
CREATE VIEW v_revision_change AS
SELECT x.report_id, x.agency, x.division_code, x.year, x.scope, x.code, x.old_revision, x.revision,
       CASE WHEN x.old_state <> 'value' OR x.kind <> 'money' THEN x.old
            ELSE CASE WHEN x.old < 0 THEN '-' ELSE '' END || (abs(x.old) / 100000000) ||
                 CASE WHEN x.old % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.old) % 100000000), '0') END
            END AS before_value,
       CASE WHEN x.new_state <> 'value' OR x.kind <> 'money' THEN x.new
            ELSE CASE WHEN x.new < 0 THEN '-' ELSE '' END || (abs(x.new) / 100000000) ||
                 CASE WHEN x.new % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.new) % 100000000), '0') END
            END AS after_value,
       CASE WHEN x.old_state <> 'value' OR x.new_state <> 'value' THEN NULL
            WHEN x.kind <> 'money' OR x.new = x.old THEN x.new - x.old
            ELSE CASE WHEN x.new < x.old THEN '-' ELSE '' END || (abs(x.new - x.old) / 100000000) ||
                 CASE WHEN (x.new - x.old) % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.new - x.old) % 100000000), '0') END
            END AS difference,
       (SELECT started_at FROM run WHERE run_id = x.imported_run) AS imported_at
  FROM (SELECT r.report_id, a.name AS agency, a.division_code, r.year, r.scope, c.code, c.kind,
               o.revision AS old_revision, r.revision, r.imported_run,
               CASE WHEN p.cell_id IS NULL THEN 'absent' ELSE coalesce(x.state, 'value') END
                   AS old_state,
               CASE WHEN q.cell_id IS NULL THEN 'absent' ELSE coalesce(y.state, 'value') END
                   AS new_state,
               CASE WHEN p.cell_id IS NULL THEN NULL
                    WHEN coalesce(x.state, 'value') <> 'value' THEN coalesce(x.text, x.state)
                    ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1
                                  WHEN 2 THEN f.v2 WHEN 3 THEN f.v3 WHEN 4 THEN f.v4
                                  WHEN 5 THEN f.v5 ELSE f.v6 END, 0) END AS old,
               CASE WHEN q.cell_id IS NULL THEN NULL
                    WHEN coalesce(y.state, 'value') <> 'value' THEN coalesce(y.text, y.state)
                    ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN g.v0 WHEN 1 THEN g.v1
                                  WHEN 2 THEN g.v2 WHEN 3 THEN g.v3 WHEN 4 THEN g.v4
                                  WHEN 5 THEN g.v5 ELSE g.v6 END, 0) END AS new
          FROM report r
          JOIN report o ON o.agency_id = r.agency_id AND o.year = r.year AND o.scope = r.scope
                       AND o.revision = (SELECT max(e.revision) FROM report e
                                          WHERE e.agency_id = r.agency_id AND e.year = r.year
                                            AND e.scope = r.scope AND e.revision < r.revision)
          JOIN agency a ON a.agency_id = r.agency_id
          JOIN cell c
          LEFT JOIN presence_cell p ON p.presence_id = o.presence_id AND p.cell_id = c.cell_id
          LEFT JOIN presence_cell q ON q.presence_id = r.presence_id AND q.cell_id = c.cell_id
          LEFT JOIN fact f ON f.fact_id = o.report_id * 64 + (c.cell_id >> 3)
          LEFT JOIN fact g ON g.fact_id = r.report_id * 64 + (c.cell_id >> 3)
          LEFT JOIN exception x ON x.report_id = o.report_id AND x.cell_id = c.cell_id
          LEFT JOIN exception y ON y.report_id = r.report_id AND y.cell_id = c.cell_id
         WHERE r.current = 1 AND r.revision > 1) x
 WHERE x.old_state <> x.new_state OR x.old IS NOT x.new;

-- The units whose own report has not come, and governments whose composite has not.
CREATE VIEW v_missing AS
SELECT division_code, agency, year, kind, due
  FROM v_duty
 WHERE scope = 'own' AND report_id IS NULL;
CREATE VIEW v_missing_composite AS
SELECT division_code, agency, year, kind, due
  FROM v_duty
 WHERE scope = 'composite' AND report_id IS NULL;

-- A region's published composite beside the sum of its parts, cell by cell. difference: published
-- less computed, the integer 0 where they agree; NULL where one of them states no figure.
CREATE VIEW v_composite AS
SELECT x.division_code, x.year, x.code,
       CASE WHEN x.published IS NULL OR x.kind <> 'money' THEN x.published
            ELSE CASE WHEN x.published < 0 THEN '-' ELSE '' END || (abs(x.published) / 100000000) ||
                 CASE WHEN x.published % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.published) % 100000000), '0') END
            END AS published,
       CASE WHEN x.computed IS NULL OR x.kind <> 'money' THEN x.computed
            ELSE CASE WHEN x.computed < 0 THEN '-' ELSE '' END || (abs(x.computed) / 100000000) ||
                 CASE WHEN x.computed % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.computed) % 100000000), '0') END
            END AS computed,
       CASE WHEN x.kind <> 'money' OR coalesce(x.published - x.computed, 0) = 0
            THEN x.published - x.computed
            ELSE CASE WHEN x.published < x.computed THEN '-' ELSE '' END ||
                 (abs(x.published - x.computed) / 100000000) ||
                 CASE WHEN (x.published - x.computed) % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(x.published - x.computed) % 100000000), '0')
                 END END AS difference,
       x.missing_contributors, x.n_reported, x.n_missing, x.division, x.report_id
  FROM (SELECT r.report_id, a.division_code, r.year, c.code, c.kind, s.division,
               coalesce(s.n_reported, 0) AS n_reported, coalesce(s.n_missing, 0) AS n_missing,
               CASE WHEN s.n_missing_named > 20
                    THEN s.missing || ' … (+' || (s.n_missing_named - 20) || ')'
                    ELSE coalesce(s.missing, '') END AS missing_contributors,
               CASE WHEN e.state IN ('blank', 'na', 'text') THEN NULL
                    ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1
                                  WHEN 2 THEN f.v2 WHEN 3 THEN f.v3 WHEN 4 THEN f.v4
                                  WHEN 5 THEN f.v5 ELSE f.v6 END, 0) END AS published,
               CASE WHEN coalesce(g.n_stated,
                                  CASE WHEN fc.form IS NOT NULL THEN s.n_reported END, 0) > 0
                    THEN coalesce(CASE c.cell_id & 7 WHEN 0 THEN t.v0 WHEN 1 THEN t.v1
                                  WHEN 2 THEN t.v2 WHEN 3 THEN t.v3 WHEN 4 THEN t.v4
                                  WHEN 5 THEN t.v5 ELSE t.v6 END, 0) END AS computed
          FROM report r
          JOIN agency a ON a.agency_id = r.agency_id
          JOIN presence_cell p ON p.presence_id = r.presence_id
          JOIN cell c ON c.cell_id = p.cell_id
          LEFT JOIN area s ON s.basis = 'own' AND s.year = r.year
                          AND s.division_code = a.division_code AND s.part = 'region'
          LEFT JOIN fact f ON f.fact_id = r.report_id * 64 + (c.cell_id >> 3)
          LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = c.cell_id
          LEFT JOIN form_cell fc ON fc.form = s.form AND fc.cell_id = c.cell_id
          LEFT JOIN total t ON t.area_id = s.area_id AND t.line = c.cell_id >> 3
          LEFT JOIN total_gap g ON g.area_id = s.area_id AND g.cell_id = c.cell_id
         WHERE r.current = 1 AND r.scope = 'composite'
           AND (a.kind = 'government' OR (a.kind = 'zone' AND s.level = 'zone'))) x;
-- The words for a cell beside its code, as the newest form that has it prints them.
CREATE VIEW v_label AS
SELECT c.code, c.cell_id,
       f.row_label || CASE f.column_label WHEN '' THEN '' ELSE '/' END || f.column_label AS label,
       f.unit, f.form
  FROM cell c
  JOIN form_cell f ON f.cell_id = c.cell_id
                  AND f.form = (SELECT max(g.form) FROM form_cell g WHERE g.cell_id = c.cell_id);
