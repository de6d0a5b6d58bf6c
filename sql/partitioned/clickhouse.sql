-- The warehouse in ClickHouse. In this folder:
--
--   clickhouse-client --multiquery < clickhouse.sql
--   for t in cell agency division tree report; do
--       gzip -dc dimension/$t.csv.gz | clickhouse-client -q "INSERT INTO $t FORMAT CSVWithNames"; done
--   for f in fact/year=*/part-*.csv.gz; do
--       gzip -dc $f | clickhouse-client -q "INSERT INTO fact FORMAT CSVWithNames"; done
--
-- Sharded by province: these tables on each server, each province's part files loaded into one of them,
-- and over fact a Distributed table, which v_total then reads.
-- v_total is the roll-up: the same figures as the view of that name in the warehouse.
CREATE TABLE cell (
    cell_id UInt16, code String, kind String, label String, unit String, over_regions String,
    over_years String) ENGINE = MergeTree ORDER BY cell_id;
CREATE TABLE agency (
    agency_id UInt32, agency String, division_code Nullable(String), kind String,
    first_year Nullable(UInt16), last_year Nullable(UInt16), registered UInt8)
    ENGINE = MergeTree ORDER BY agency_id;
CREATE TABLE division (
    year UInt16, division_code String, division String, level String, parent_code Nullable(String),
    part String, n_expected UInt32, n_reported UInt32, n_missing UInt32, n_unregistered UInt32)
    ENGINE = MergeTree ORDER BY (year, division_code, part);
CREATE TABLE tree (year UInt16, ancestor String, descendant String)
    ENGINE = MergeTree ORDER BY (year, descendant, ancestor);
CREATE TABLE report (
    report_id UInt32, agency_id UInt32, division_code Nullable(String), year UInt16, scope String,
    form UInt16, revision UInt32, title String, dated Nullable(Date), source String)
    ENGINE = MergeTree ORDER BY report_id;
-- Money is a whole number of 1/100,000,000 万元: it adds up exactly.
CREATE TABLE fact (
    year UInt16, province LowCardinality(String), report_id UInt32, agency_id UInt32,
    division_code LowCardinality(Nullable(String)), scope LowCardinality(String), below UInt8,
    cell_id UInt16, state LowCardinality(String), value Nullable(Int64))
    ENGINE = MergeTree PARTITION BY year ORDER BY (province, cell_id, report_id);
CREATE VIEW v_total AS
SELECT s.division_code AS division_code, s.year AS year, s.part AS part, c.code AS code,
       if(c.kind = 'money', toDecimal128(s.total, 8) / 100000000, toDecimal128(s.total, 8)) AS value,
       s.stated AS n_stated
  FROM (SELECT assumeNotNull(division_code) AS division_code, year, 'self' AS part, cell_id,
               sum(value) AS total, count(value) AS stated
          FROM fact
         WHERE scope = 'own' AND division_code IS NOT NULL AND below = 0
         GROUP BY division_code, year, cell_id
        UNION ALL
        SELECT t.ancestor AS division_code, o.year AS year, 'region' AS part, o.cell_id AS cell_id,
               sum(o.total) AS total, sum(o.stated) AS stated
          FROM (SELECT year, assumeNotNull(division_code) AS code, cell_id, sum(value) AS total,
                       count(value) AS stated
                  FROM fact
                 WHERE scope = 'own' AND division_code IS NOT NULL
                 GROUP BY year, code, cell_id) AS o
          JOIN tree AS t ON t.year = o.year AND t.descendant = o.code
         GROUP BY t.ancestor, o.year, o.cell_id) AS s
  JOIN cell AS c ON c.cell_id = s.cell_id
 WHERE s.stated > 0;
