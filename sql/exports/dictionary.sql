-- file: dictionary.csv
-- title: Dictionary of cells | 指标字典
-- about: Every cell as each form prints it, with how it adds up | 各报告格式的全部指标及其汇总方式
-- key: form code
-- column: kind string | count, signed or money (万元, exact decimals) | count 计数，signed 可为负，money 金额（万元，精确小数）
SELECT code, form_table, row_label, column_label, unit, kind, form, first_year, last_year,
       over_regions, over_years, series
  FROM v_dictionary
 ORDER BY form, position;
