-- Who asks: natural persons, companies, law firms?
-- 申请人是谁？
SELECT t.year, d.column_label AS applicant, t.value
  FROM v_total t
  JOIN v_dictionary d ON d.code = t.code AND t.year BETWEEN d.first_year AND ifnull(d.last_year, 9999)
 WHERE t.division_code = '321300' AND t.part = 'region' AND t.code LIKE 't3.new.%'
   AND t.code <> 't3.new.total'
 ORDER BY t.year, t.value DESC, d.position;
