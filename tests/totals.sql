-- Every total a second way, for tests: plain SQL over v_cell, joined with the agencies and the
-- division tree of each year, which is climbed for each report. Money is taken apart as decimal
-- text. Prints one line for each total that v_total has otherwise, lacks, or has too much; then how
-- many there are.
CREATE TEMP TABLE place (code, year, parent, PRIMARY KEY (code, year)) WITHOUT ROWID;
INSERT INTO place
SELECT d.code, y.year,
       CASE WHEN d.code <> '000000' THEN
            (SELECT p.parent_code FROM division_period p
              WHERE p.code = d.code AND p.first_year = ifnull(
                    (SELECT max(first_year) FROM division_period q
                      WHERE q.code = d.code AND q.first_year <= y.year),
                    (SELECT min(first_year) FROM division_period q WHERE q.code = d.code))) END
  FROM division d, (SELECT DISTINCT year FROM report WHERE current = 1) y;

CREATE TEMP TABLE summand AS
SELECT a.division_code AS leaf, a.kind, c.year, c.code, c.state,
       CASE WHEN c.state <> 'value' THEN NULL
            WHEN d.kind <> 'money' THEN c.value
            ELSE CASE WHEN c.value LIKE '-%' THEN -1 ELSE 1 END *
                 (CAST(replace(CASE WHEN instr(c.value, '.')
                                    THEN substr(c.value, 1, instr(c.value, '.') - 1)
                                    ELSE c.value END, '-', '') AS INTEGER) * 100000000 +
                  CASE WHEN instr(c.value, '.')
                       THEN CAST(substr(substr(c.value, instr(c.value, '.') + 1) || '00000000',
                                        1, 8) AS INTEGER)
                       ELSE 0 END) END AS v
  FROM v_cell c
  JOIN report r ON r.report_id = c.report_id
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN cell d ON d.code = c.code
 WHERE c.scope = 'own' AND a.division_code IS NOT NULL;

CREATE TEMP TABLE second AS
WITH RECURSIVE up (leaf, code, year) AS (
    SELECT DISTINCT leaf, leaf, year FROM summand
     UNION ALL
    SELECT up.leaf, p.parent, up.year
      FROM up
      JOIN place p ON p.code = up.code AND p.year = up.year
     WHERE p.parent IS NOT NULL)
SELECT up.code AS division_code, s.year, 'region' AS part, s.code, sum(s.v) AS v,
       sum(s.state = 'value') AS n_stated, sum(s.state <> 'value') AS n_blank
  FROM summand s
  JOIN up ON up.leaf = s.leaf AND up.year = s.year
 GROUP BY 1, 2, 4
 UNION ALL
SELECT leaf, year, 'self', code, sum(v), sum(state = 'value'), sum(state <> 'value')
  FROM summand
 WHERE kind NOT IN ('township', 'subdistrict', 'zone')
 GROUP BY 1, 2, 4;

CREATE TEMP TABLE ours AS
SELECT division_code, year, part, code, CASE WHEN n_stated > 0 THEN v END AS v, n_stated, n_blank
  FROM total_dense
 WHERE basis = 'own' AND n_stated + n_blank > 0;

SELECT 'second way: ', * FROM (SELECT * FROM second EXCEPT SELECT * FROM ours) LIMIT 10;
SELECT 'v_total: ', * FROM (SELECT * FROM ours EXCEPT SELECT * FROM second) LIMIT 10;
SELECT (SELECT count(*) FROM second) || ' totals',
       (SELECT count(*) FROM (SELECT * FROM second EXCEPT SELECT * FROM ours)) || ' otherwise',
       (SELECT count(*) FROM (SELECT * FROM ours EXCEPT SELECT * FROM second)) || ' too many',
       (SELECT count(*) FROM (SELECT division_code, year, part, code, v FROM ours
                                JOIN cell USING (code) WHERE kind <> 'money'
                               EXCEPT SELECT division_code, year, part, code, value FROM v_total))
           || ' shown otherwise';
