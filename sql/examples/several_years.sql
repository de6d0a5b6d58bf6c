-- What do the totals of a city come to over several years? Flows add up; of stocks the first or the last year is taken, as the dictionary says.
-- 全市各项几年合计是多少？流量相加，存量按字典取首年或末年。
SELECT t.code, d.over_years,
       CASE d.over_years
           WHEN 'sum' THEN sum(t.value)
           WHEN 'first' THEN max(t.value) FILTER (WHERE t.year = 2022)
           WHEN 'last' THEN max(t.value) FILTER (WHERE t.year = 2023)
       END AS value, min(t.n_stated) AS least_stated, sum(t.n_missing) AS n_missing
  FROM v_total t
  JOIN (SELECT DISTINCT code, over_years FROM v_dictionary WHERE over_years <> 'none') d
    ON d.code = t.code
 WHERE t.division_code = '321300' AND t.part = 'region' AND t.year BETWEEN 2022 AND 2023
   AND t.code LIKE 't3.%.total'
 GROUP BY t.code, d.over_years
 ORDER BY t.code;
