-- file: city-year.csv
-- title: Cities by year | 各市分年汇总
-- about: Totals of the divisions directly below a province, one line a division, year, part and cell | 省以下第一级区划（地级市、自治州、省直辖县、直辖市的区）的汇总，每区划、年度、范围、指标一行
-- key: year division_code part code
-- by: totals city
SELECT t.division_code, t.division, t.level, t.year, t.part, t.code, d.label, d.unit, t.value,
       t.n_expected, t.n_reported, t.n_missing, t.n_stated, t.n_blank, t.n_unregistered,
       t.n_late, t.largest, t.largest_share
  FROM v_total t
  JOIN v_label d ON d.code = t.code
 WHERE EXISTS (SELECT 1 FROM division_period p
                WHERE p.code = t.parent_code AND p.level = 'province')
 ORDER BY t.year, t.division_code, t.part, d.cell_id;
