-- The warehouse in DuckDB, which reads the files where they lie. In this folder:
--
--   duckdb gongkai.duckdb < duckdb.sql
--
-- v_total is the roll-up: the same figures as the view of that name in the warehouse. For many
-- queries, copy fact into a table first: CREATE TABLE facts AS FROM fact;
CREATE VIEW cell AS FROM read_csv('dimension/cell.csv.gz', header = true, columns = {
    cell_id: USMALLINT, code: VARCHAR, kind: VARCHAR, label: VARCHAR, unit: VARCHAR,
    over_regions: VARCHAR, over_years: VARCHAR});
CREATE VIEW agency AS FROM read_csv('dimension/agency.csv.gz', header = true, columns = {
    agency_id: UINTEGER, agency: VARCHAR, division_code: VARCHAR, kind: VARCHAR,
    first_year: USMALLINT, last_year: USMALLINT, registered: UTINYINT});
CREATE VIEW division AS FROM read_csv('dimension/division.csv.gz', header = true, columns = {
    year: USMALLINT, division_code: VARCHAR, division: VARCHAR, level: VARCHAR,
    parent_code: VARCHAR, part: VARCHAR, n_expected: UINTEGER, n_reported: UINTEGER,
    n_missing: UINTEGER, n_unregistered: UINTEGER});
CREATE VIEW tree AS FROM read_csv('dimension/tree.csv.gz', header = true, columns = {
    year: USMALLINT, ancestor: VARCHAR, descendant: VARCHAR});
CREATE VIEW report AS FROM read_csv('dimension/report.csv.gz', header = true, columns = {
    report_id: UINTEGER, agency_id: UINTEGER, division_code: VARCHAR, year: USMALLINT,
    scope: VARCHAR, form: USMALLINT, revision: UINTEGER, title: VARCHAR, dated: DATE,
    source: VARCHAR});
-- Money is a whole number of 1/100,000,000 万元: it adds up exactly.
CREATE VIEW fact AS FROM read_csv('fact/*/part-*.csv.gz', header = true, hive_partitioning = false,
    columns = {
    year: USMALLINT, province: VARCHAR, report_id: UINTEGER, agency_id: UINTEGER,
    division_code: VARCHAR, scope: VARCHAR, below: UTINYINT, cell_id: USMALLINT, state: VARCHAR,
    value: BIGINT});
CREATE VIEW v_total AS
WITH own AS (
    SELECT year, division_code, below, cell_id, sum(value) AS value, count(value) AS n_stated
      FROM fact
     WHERE scope = 'own' AND division_code IS NOT NULL
     GROUP BY year, division_code, below, cell_id),
added AS (
    SELECT division_code, year, 'self' AS part, cell_id, sum(value) AS value,
           sum(n_stated) AS n_stated
      FROM own
     WHERE below = 0
     GROUP BY division_code, year, cell_id
    UNION ALL
    SELECT t.ancestor, o.year, 'region', o.cell_id, sum(o.value), sum(o.n_stated)
      FROM own o
      JOIN tree t ON t.year = o.year AND t.descendant = o.division_code
     GROUP BY t.ancestor, o.year, o.cell_id)
SELECT a.division_code, a.year, a.part, c.code,
       CASE WHEN c.kind = 'money' THEN CAST(a.value AS DECIMAL(29, 0)) * CAST(0.00000001 AS DECIMAL(9, 8))
            ELSE CAST(a.value AS DECIMAL(38, 8)) END AS value,
       a.n_stated
  FROM added a
  JOIN cell c ON c.cell_id = a.cell_id
 WHERE a.n_stated > 0;
