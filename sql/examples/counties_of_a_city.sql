-- What does each county of a city contribute to its total?
-- 全市合计中各县区各占多少？
SELECT t.division_code, t.division, t.value,
       CASE WHEN c.value > 0 THEN (t.value * 20000 + c.value) / (c.value * 2) END AS per_10000,
       t.n_reported, t.n_missing
  FROM v_total t
  JOIN v_total c ON c.division_code = t.parent_code AND c.year = t.year AND c.part = t.part
                AND c.code = t.code
 WHERE t.parent_code = '321300' AND t.year = 2023 AND t.part = 'region' AND t.code = 't3.new.total'
 ORDER BY t.value DESC;
