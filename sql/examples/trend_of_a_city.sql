-- How have applications and their outcomes in one city developed, and where did definitions change?
-- 一个市历年的申请与办理结果，口径在哪一年变过？
SELECT year, series, label_zh, value, n_reported, n_missing, definition, break_zh
  FROM v_series
 WHERE division_code = '321300' AND part = 'region'
   AND series IN ('received', 'carried_in', 'granted', 'partial', 'denied', 'handled', 'carried_out')
 ORDER BY series, year;
