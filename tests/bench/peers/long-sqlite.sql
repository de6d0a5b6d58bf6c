.mode csv
.import '{in}' fact
.output '{out}'
SELECT division, year, code, printf('%.4f', sum(CASE WHEN value <> '/' THEN value END)) AS value
  FROM fact
 WHERE scope = 'own' AND value NOT IN ('', '/')
 GROUP BY division, year, code;
