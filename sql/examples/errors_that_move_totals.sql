-- Which reports with errors weigh most in their city's total of that cell?
-- 有误的报告中，哪些对全市合计影响最大？
SELECT f.agency, f.year, f.rule, f.code, f.reported, f.computed, f.difference, t.value AS city_total,
       CASE WHEN t.value > 0 THEN abs(f.difference) * 10000 / t.value END AS per_10000_of_total
  FROM v_finding f
  JOIN v_report r ON r.report_id = f.report_id AND r.scope = 'own'
  JOIN v_total c ON c.division_code = r.division_code AND c.year = r.year AND c.part = 'region'
                AND c.code = f.code
  JOIN v_total t ON t.division_code = CASE WHEN c.level IN ('county', 'zone') THEN c.parent_code
                                           ELSE c.division_code END
                AND t.year = r.year AND t.part = 'region' AND t.code = f.code
 WHERE f.severity = 'error' AND NOT f.waived AND typeof(f.difference) = 'integer'
 ORDER BY per_10000_of_total DESC, f.agency
 LIMIT 20;
