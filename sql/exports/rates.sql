-- file: rates.csv
-- title: Rates | 比率
-- about: Rates by division and year, each from the sums above and below the line, never averaged; empty where the denominator is 0 | 各区划各年度比率，由分子、分母之和计算，不作平均；分母为0时为空
-- key: year division_code part rate
-- column: percent number % | the rate in percent, rounded to two decimals | 百分比，保留两位小数
-- column: label_zh string | the rate in Chinese | 比率中文名
-- column: label string | the rate in English | 比率英文名
SELECT division_code, division, level, year, part, rate, label_zh, label, numerator, denominator,
       percent, n_reported, n_missing
  FROM v_rate
 ORDER BY year, division_code, part, rate;
