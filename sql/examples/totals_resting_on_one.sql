-- Which totals rest for more than half on a single report, so that one error would move them?
-- 哪些合计一半以上出自一份报告？
SELECT division_code, division, code, value, largest, largest_share / 100 AS percent, n_stated
  FROM v_total
 WHERE year = 2023 AND part = 'region' AND level IN ('province', 'prefecture')
   AND largest_share > 5000 AND n_stated > 2 AND value >= 100 AND code LIKE 't3.%'
 ORDER BY largest_share DESC, division_code, code;
