-- file: series.csv
-- title: Comparable series | 跨格式可比系列
-- about: Harmonised measures by division and year across the forms; break says where a definition changed and figures must not be read on | 各区划各年度跨报告格式可比指标；break 列注明口径变化，变化前后不可直接相比
-- key: year division_code part series
-- column: definition integer | form whose definition holds; only rows with the same one are comparable | 口径所依格式，相同者方可比
-- column: break string | what changed in this year, English | 本年度口径变化（英文）
-- column: break_zh string | what changed in this year, Chinese | 本年度口径变化（中文）
-- column: label_zh string | the series in Chinese | 系列中文名
-- column: label string | the series in English | 系列英文名
-- column: n_other_form integer 份 | reports on another form than the year's | 使用其他年度格式的报告数
SELECT division_code, division, level, year, part, series, label_zh, label, unit, value, n_stated,
       n_reported, n_missing, n_other_form, definition, break, break_zh
  FROM v_series
 ORDER BY year, division_code, part, series;
