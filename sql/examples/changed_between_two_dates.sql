-- Which totals of a city changed between two days, by how much, and why? (first, for both days: gongkai rollup --as-of DATE)
-- 两日之间全市合计有哪些变化，原因是什么？（先对两日各运行 gongkai rollup --as-of 日期）
SELECT n.year, n.code, o.value AS before, n.value AS after, n.value - ifnull(o.value, 0) AS difference,
       (SELECT group_concat(h.at || ' ' || h.event || ' ' || h.agency || ' ' || h.reason, '; ')
          FROM v_history h
         WHERE h.at > o.as_of || 'T23:59:59Z' AND h.at <= n.as_of || 'T23:59:59Z'
           AND h.year = n.year AND h.scope = 'own' AND h.division_code LIKE '3213%') AS why
  FROM v_total_as_of o
  JOIN v_total_as_of n ON n.division_code = o.division_code AND n.year = o.year
                      AND n.part = o.part AND n.code = o.code AND n.as_of = '2024-05-31'
 WHERE o.as_of = '2024-03-31' AND o.division_code = '321300' AND o.part = 'region'
   AND o.code LIKE 't3.%.total' AND n.value IS NOT o.value
 ORDER BY n.year, n.code;
