CREATE OR REPLACE TABLE total AS
SELECT division, year, code, sum(value) AS value, count(value) AS stated, max(value) AS largest
  FROM fact
 WHERE scope = 'own'
 GROUP BY division, year, code;
