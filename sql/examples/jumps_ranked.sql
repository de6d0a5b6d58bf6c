-- Which jumps and sudden zeros move the totals of a city's counties most? (share in 1/1000 of the greater total)
-- 哪些同比突变（含突然归零）对所在区划合计影响最大？（份额按较大年度合计的千分比）
SELECT f.year, f.division_code, f.code, f.agency, f.computed AS last_year, f.reported AS this_year,
       abs(f.difference) * 1000 / max(t.value, ifnull(p.value, 0)) AS share
  FROM v_finding f
  JOIN v_total t ON t.division_code = f.division_code AND t.year = f.year AND t.part = 'region'
                AND t.code = f.code
  LEFT JOIN v_total p ON p.division_code = t.division_code AND p.year = t.year - 1
                     AND p.part = t.part AND p.code = t.code
 WHERE f.rule = 'jump' AND f.code LIKE 't3.%' AND f.division_code LIKE '3213%'
   AND max(t.value, ifnull(p.value, 0)) > 0
 ORDER BY share DESC, f.year, f.agency, f.code
 LIMIT 20;
