-- file: city-wide-{form}.csv
-- title: Cities by year, a column a cell | 各市分年汇总（宽表）
-- about: One line a division directly below a province, year and part, for the years of one form; every cell of the form is a column, see dictionary.csv | 省以下第一级区划，每区划、年度、范围一行，限一种报告格式的年度；每个指标一列，见 dictionary.csv
-- key: year division_code part
-- each: form
-- pivot: code value
-- by: totals city
SELECT t.division_code, t.division, t.level, t.year, t.part, t.n_expected, t.n_reported,
       t.n_missing, t.n_unregistered, t.code, t.value
  FROM v_total t
  JOIN form f ON f.form = :form AND t.year BETWEEN f.first_year AND ifnull(f.last_year, 9999)
 WHERE EXISTS (SELECT 1 FROM division_period p
                WHERE p.code = t.parent_code AND p.level = 'province')
 ORDER BY t.year, t.division_code, t.part;
