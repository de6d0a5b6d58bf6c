-- The warehouse in PostgreSQL (12 or newer), one partition a province. Load it, in this folder, by:
--
--   psql -v ON_ERROR_STOP=1 -f postgresql.sql
--   for t in cell agency division tree report; do
--       gzip -dc dimension/$t.csv.gz | psql -c "\copy $t FROM STDIN WITH (FORMAT csv, HEADER)"; done
--   for p in $(ls fact/year=*/ | sed -n 's/^part-\(.*\)\.csv\.gz$/\1/p' | sort -u); do
--       psql -c "CREATE TABLE fact_$p PARTITION OF fact FOR VALUES IN ('$p')"; done
--   for f in fact/year=*/part-*.csv.gz; do
--       gzip -dc $f | psql -c "\copy fact FROM STDIN WITH (FORMAT csv, HEADER)"; done
--   psql -c ANALYZE
--
-- Sharded by province: a partition may be a foreign table (postgres_fdw) on another server. Load each
-- one there; what the shards add up themselves needs SET enable_partitionwise_aggregate = on.
-- v_total is the roll-up: the same figures as the view of that name in the warehouse.
CREATE TABLE cell (
    cell_id smallint PRIMARY KEY, code text NOT NULL UNIQUE, kind text NOT NULL, label text NOT NULL,
    unit text NOT NULL, over_regions text NOT NULL, over_years text NOT NULL);
CREATE TABLE agency (
    agency_id integer PRIMARY KEY, agency text NOT NULL, division_code text, kind text NOT NULL,
    first_year smallint, last_year smallint, registered smallint NOT NULL);
CREATE TABLE division (
    year smallint NOT NULL, division_code text NOT NULL, division text NOT NULL, level text NOT NULL,
    parent_code text, part text NOT NULL, n_expected integer NOT NULL, n_reported integer NOT NULL,
    n_missing integer NOT NULL, n_unregistered integer NOT NULL,
    PRIMARY KEY (year, division_code, part));
CREATE TABLE tree (
    year smallint NOT NULL, ancestor text NOT NULL, descendant text NOT NULL,
    PRIMARY KEY (year, descendant, ancestor));
CREATE TABLE report (
    report_id integer PRIMARY KEY, agency_id integer NOT NULL REFERENCES agency, division_code text,
    year smallint NOT NULL, scope text NOT NULL, form smallint NOT NULL, revision integer NOT NULL,
    title text NOT NULL, dated date, source text NOT NULL);
-- Money is a whole number of 1/100,000,000 万元: it adds up exactly.
CREATE TABLE fact (
    year smallint NOT NULL, province text NOT NULL, report_id integer NOT NULL,
    agency_id integer NOT NULL, division_code text, scope text NOT NULL, below smallint NOT NULL,
    cell_id smallint NOT NULL, state text NOT NULL, value bigint) PARTITION BY LIST (province);
-- What each division's own agencies state; a shard can work it out by itself.
CREATE VIEW own_total AS
SELECT year, province, division_code, below, cell_id, sum(value) AS value,
       count(value) AS n_stated
  FROM fact
 WHERE scope = 'own' AND division_code IS NOT NULL
 GROUP BY year, province, division_code, below, cell_id;
CREATE VIEW v_total AS
SELECT s.division_code, s.year, s.part, c.code,
       CASE WHEN c.kind = 'money' THEN trim_scale(s.value / 100000000.0) ELSE s.value END AS value,
       s.n_stated
  FROM (SELECT division_code, year, 'self' AS part, cell_id, sum(value) AS value,
               sum(n_stated) AS n_stated
          FROM own_total
         WHERE below = 0
         GROUP BY division_code, year, cell_id
        UNION ALL
        SELECT t.ancestor, o.year, 'region', o.cell_id, sum(o.value), sum(o.n_stated)
          FROM own_total o
          JOIN tree t ON t.year = o.year AND t.descendant = o.division_code
         GROUP BY t.ancestor, o.year, o.cell_id) s
  JOIN cell c ON c.cell_id = s.cell_id
 WHERE s.n_stated > 0;
