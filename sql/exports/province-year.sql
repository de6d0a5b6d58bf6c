-- file: province-year.csv
-- title: Provinces by year | 各省分年汇总
-- about: Totals of the provinces, one line a division, year, part and cell | 各省级区划的汇总，每区划、年度、范围、指标一行
-- key: year division_code part code
-- by: totals province
SELECT t.division_code, t.division, t.level, t.year, t.part, t.code, d.label, d.unit, t.value,
       t.n_expected, t.n_reported, t.n_missing, t.n_stated, t.n_blank, t.n_unregistered,
       t.n_late, t.largest, t.largest_share
  FROM v_total t
  JOIN v_label d ON d.code = t.code
 WHERE t.level = 'province'
 ORDER BY t.year, t.division_code, t.part, d.cell_id;
