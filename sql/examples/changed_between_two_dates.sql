-- Which totals of a city changed since a day, by how much, and why? (first: gongkai rollup --as-of DATE)
-- 某日以来全市合计有哪些变化，原因是什么？（先运行 gongkai rollup --as-of 日期）
SELECT n.year, n.code, o.value AS then_value, n.value AS now_value, n.value - o.value AS difference,
       (SELECT group_concat(h.event || ' ' || h.agency || ' ' || h.reason, '; ')
          FROM v_history h
         WHERE h.at > o.as_of || 'T23:59:59Z' AND h.year = n.year AND h.scope = 'own') AS why
  FROM v_total n
  JOIN v_total_as_of o ON o.division_code = n.division_code AND o.year = n.year
                      AND o.part = n.part AND o.code = n.code
 WHERE n.division_code = '321300' AND n.part = 'region' AND o.as_of = '2024-03-31'
   AND n.code LIKE 't3.%.total' AND n.value IS NOT o.value
 ORDER BY n.year, n.code;
