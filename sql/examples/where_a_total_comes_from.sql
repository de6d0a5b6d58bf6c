-- Which reports is a city's total made of? (gongkai explain shows file and line of each.)
-- 一个市的合计由哪些报告构成？
WITH RECURSIVE region (code) AS (
    SELECT '321300'
     UNION ALL
    SELECT c.division_code FROM region r JOIN v_coverage c ON c.parent_code = r.code AND c.year = 2023)
SELECT v.agency, v.division_code, v.value, s.source
  FROM region r
  JOIN v_report s ON s.division_code = r.code AND s.year = 2023 AND s.scope = 'own'
  JOIN v_cell v ON v.report_id = s.report_id AND v.code = 't3.new.total'
 ORDER BY v.value DESC;
