-- How complete are the reports of each city, and how many came late?
-- 各市报告收齐了吗，迟报多少？
SELECT division_code, division, year, expected, received, missing, late, unregistered,
       CASE WHEN expected > 0 THEN (expected - missing) * 10000 / expected END AS per_10000_received
  FROM v_coverage
 WHERE level = 'prefecture' AND year = 2023
 ORDER BY per_10000_received, division_code;
