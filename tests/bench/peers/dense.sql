-- The same analysts' tables on one row a cell, indexed for the queries that are asked; totals, series and
-- composites are what SQL adds up. What holds no cell is copied as it is.
ATTACH '{in}' AS w;
PRAGMA journal_mode = OFF;
CREATE TABLE v_report AS SELECT * FROM w.v_report;
CREATE UNIQUE INDEX report_by_id ON v_report (report_id);
CREATE INDEX report_by_division ON v_report (division_code, year, scope);
CREATE INDEX report_by_agency ON v_report (agency_id, year, scope);
CREATE TABLE v_cell AS
SELECT c.*, k.kind,
       CASE WHEN c.state <> 'value' THEN NULL
            WHEN k.kind = 'money' THEN CAST(round(c.value * 100000000) AS INTEGER)
            ELSE c.value END AS n
  FROM w.v_cell c
  JOIN w.cell k ON k.code = c.code;
CREATE UNIQUE INDEX cell_by_report ON v_cell (report_id, code);
CREATE INDEX cell_by_division ON v_cell (division_code, year, code);
CREATE INDEX cell_by_code ON v_cell (code, year);
CREATE TABLE v_dictionary AS SELECT * FROM w.v_dictionary;
CREATE TABLE v_finding AS SELECT * FROM w.v_finding;
CREATE TABLE v_coverage AS SELECT * FROM w.v_coverage;
CREATE TABLE v_missing AS SELECT * FROM w.v_missing;
CREATE TABLE series AS SELECT * FROM w.series;
CREATE TABLE rate AS SELECT * FROM w.rate;
CREATE TABLE series_term AS
SELECT t.series, t.form, c.code, t.coefficient FROM w.series_term t JOIN w.cell c ON c.cell_id = t.cell_id;
CREATE INDEX term_by_code ON series_term (code, form);
CREATE TABLE series_break AS SELECT * FROM w.series_break;
CREATE TABLE form AS SELECT * FROM w.form;
CREATE TABLE area AS SELECT * FROM w.area WHERE basis = 'own';
CREATE INDEX area_by_division ON area (division_code, year, part);
CREATE INDEX area_by_parent ON area (parent_code, year, part);
CREATE TABLE tree AS
WITH RECURSIVE t (ancestor, code) AS (
    SELECT DISTINCT division_code, division_code FROM area
     UNION
    SELECT a.parent_code, t.code FROM t JOIN area a ON a.division_code = t.ancestor
     WHERE a.parent_code IS NOT NULL)
SELECT * FROM t;
CREATE UNIQUE INDEX tree_down ON tree (ancestor, code);
CREATE VIEW v_total AS
SELECT division_code, division, level, year, part, code,
       CASE WHEN n_stated = 0 THEN NULL
            WHEN kind <> 'money' THEN v
            ELSE CASE WHEN v < 0 THEN '-' ELSE '' END || (abs(v) / 100000000) ||
                 CASE WHEN v % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(v) % 100000000), '0') END END AS value,
       n_expected, n_reported, n_missing, n_blank, n_unregistered, n_stated, n_late, parent_code,
       m AS largest,
       CASE WHEN n_stated = 0 OR v <= 0 OR m < 0 THEN NULL
            WHEN max(v, m) > 900000000000000 THEN (m + v / 20000) / (v / 10000)
            ELSE (m * 10000 + v / 2) / v END AS largest_share
  FROM (SELECT a.division_code, a.division, a.level, a.year, a.part, c.code, c.kind, a.n_expected,
               a.n_reported, a.n_missing, a.n_unregistered, a.n_late, a.parent_code,
               sum(c.n) AS v, max(c.n) AS m, count(c.n) AS n_stated, sum(c.state <> 'value') AS n_blank
          FROM area a
          JOIN tree t ON t.ancestor = a.division_code
          JOIN v_report r ON r.division_code = t.code AND r.year = a.year AND r.scope = 'own'
                         AND (a.part = 'region' OR
                              (t.code = a.division_code
                               AND r.kind NOT IN ('township', 'subdistrict', 'zone')))
          JOIN v_cell c ON c.report_id = r.report_id
         GROUP BY a.division_code, a.year, a.part, c.code);
CREATE VIEW total_series AS
SELECT a.division_code, a.year, a.part, s.series, sum(s.coefficient * c.n) AS value,
       count(DISTINCT CASE WHEN c.n IS NOT NULL THEN r.report_id END) AS n_stated
  FROM area a
  JOIN tree t ON t.ancestor = a.division_code
  JOIN v_report r ON r.division_code = t.code AND r.year = a.year AND r.scope = 'own'
                 AND (a.part = 'region' OR
                      (t.code = a.division_code
                       AND r.kind NOT IN ('township', 'subdistrict', 'zone')))
  JOIN v_cell c ON c.report_id = r.report_id
  JOIN series_term s ON s.code = c.code AND s.form = r.form
 GROUP BY a.division_code, a.year, a.part, s.series;
CREATE VIEW v_series AS
SELECT t.division_code, s.division, s.level, t.year, t.part, t.series,
       CASE WHEN n.unit <> '万元' THEN t.value
            ELSE CASE WHEN t.value < 0 THEN '-' ELSE '' END || (abs(t.value) / 100000000) ||
                 CASE WHEN t.value % 100000000 = 0 THEN ''
                      ELSE rtrim(printf('.%08d', abs(t.value) % 100000000), '0') END END AS value,
       n.unit, n.label, n.label_zh, t.n_stated, s.n_reported, s.n_missing,
       coalesce((SELECT max(b.form) FROM series_break b
                  WHERE b.series = n.series AND b.form <= s.form),
                (SELECT min(e.form) FROM series_term e WHERE e.series = n.series)) AS definition,
       (SELECT b.note_zh FROM series_break b JOIN form f ON f.form = b.form
         WHERE b.series = n.series AND f.first_year = s.year) AS break_zh
  FROM total_series t
  JOIN area s ON s.division_code = t.division_code AND s.year = t.year AND s.part = t.part
  JOIN series n ON n.series = t.series;
CREATE VIEW v_rate AS
SELECT s.division_code, s.division, s.level, s.year, s.part, q.rate, a.value AS numerator,
       b.value AS denominator, s.n_reported, s.n_missing,
       CASE WHEN b.value > 0 AND a.value >= 0
            THEN printf('%d.%02d', (a.value * 20000 + b.value) / (b.value * 2) / 100,
                        (a.value * 20000 + b.value) / (b.value * 2) % 100) END AS percent
  FROM rate q
  JOIN area s
  JOIN total_series a ON a.division_code = s.division_code AND a.year = s.year AND a.part = s.part
                     AND a.series = q.numerator
  JOIN total_series b ON b.division_code = s.division_code AND b.year = s.year AND b.part = s.part
                     AND b.series = q.denominator;
CREATE VIEW v_composite AS
SELECT r.division_code, t.division, r.year, c.code, c.value AS published, t.value AS computed,
       CASE WHEN c.kind <> 'money' THEN c.value - t.value
            ELSE CAST(c.value AS REAL) - CAST(t.value AS REAL) END AS difference,
       ifnull((SELECT group_concat(agency, '、') FROM v_missing m
                WHERE m.division_code = r.division_code AND m.year = r.year), '') AS missing_contributors
  FROM v_report r
  JOIN v_cell c ON c.report_id = r.report_id
  JOIN v_total t ON t.division_code = r.division_code AND t.year = r.year AND t.part = 'region'
                AND t.code = c.code
 WHERE r.scope = 'composite';
ANALYZE main;
