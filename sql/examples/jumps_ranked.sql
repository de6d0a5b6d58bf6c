-- Which jumps and sudden zeros move the totals of a city's counties most? (share in 1/1000 of the greater total)
-- 哪些同比突变（含突然归零）对所在区划合计影响最大？（份额按较大年度合计的千分比）
SELECT year, division_code, code, agency, last_year, this_year, moved * 1000 / greater AS share
  FROM (SELECT f.year, f.division_code, f.code, f.agency, f.computed AS last_year,
               f.reported AS this_year, abs(f.difference) AS moved,
               max(t.value, ifnull((SELECT p.value -- a LEFT JOIN would add up the whole view
                                      FROM v_total p
                                     WHERE p.division_code = f.division_code AND p.year = f.year - 1
                                       AND p.part = 'region' AND p.code = f.code), 0)) AS greater
          FROM v_finding f
          JOIN v_total t ON t.division_code = f.division_code AND t.year = f.year AND t.part = 'region'
                        AND t.code = f.code
         WHERE f.rule = 'jump' AND f.code LIKE 't3.%' AND f.division_code LIKE '3213%')
 WHERE greater > 0
 ORDER BY share DESC, year, agency, code
 LIMIT 20;
