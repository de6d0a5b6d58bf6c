-- On which grounds was information denied in a province, year by year?
-- 历年不予公开的理由
SELECT t.year, d.row_label AS ground, t.value
  FROM v_total t
  JOIN v_dictionary d ON d.code = t.code AND t.year BETWEEN d.first_year AND ifnull(d.last_year, 9999)
 WHERE t.division_code = '320000' AND t.part = 'region'
   AND t.code LIKE 't3.denied!_%.total' ESCAPE '!'
 ORDER BY t.year, t.value DESC, d.position;
