-- Whom to remind: units whose report has not come, and those whose report came late.
-- 催报名单：缺报与迟报单位
SELECT division_code, agency, year, scope, due, dated,
       CASE WHEN report_id IS NULL THEN '缺报 missing' ELSE '迟报 late' END AS what
  FROM v_duty
 WHERE year = 2023 AND (report_id IS NULL OR late)
 ORDER BY division_code, agency;
