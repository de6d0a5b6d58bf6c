-- Fees, licences and penalties of a city over the years.
-- 一个市历年的收费、许可与处罚
SELECT year, max(value) FILTER (WHERE series = 'fees') AS fees_wan_yuan,
       max(value) FILTER (WHERE series = 'licences') AS licences,
       max(value) FILTER (WHERE series = 'penalties') AS penalties,
       max(value) FILTER (WHERE series = 'coercion') AS coercion
  FROM v_series
 WHERE division_code = '321300' AND part = 'region'
 GROUP BY year
 ORDER BY year;
