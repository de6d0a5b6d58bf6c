-- file: best-year.csv
-- title: Totals in which a composite stands in | 以汇总报告代入的汇总
-- about: Totals of divisions with regions that have sent a composite and no own report, where the composite stands in: the figure with it (value) and from own reports alone (own_value). In no other file does a composite stand in | 所辖地区只有汇总报告而无单位报告时，以其汇总报告代入：代入后的数值（value）与仅由单位报告加总的数值（own_value）；其他文件均不代入
-- key: year division_code part code
-- column: own_value number | the figure from own reports alone | 仅由单位报告加总的数值
-- column: n_standing_in integer 份 | composites that stand in | 代入的汇总报告数
-- column: standing_in string | regions that they stand in for | 被代入的地区
WITH named AS MATERIALIZED (
    SELECT division_code, year, group_concat(stand_in, '、') AS names
      FROM v_stand_in
     GROUP BY division_code, year)
SELECT t.division_code, t.division, t.level, t.year, t.part, t.code, d.label, d.unit, t.value,
       (SELECT o.value FROM v_total o
         WHERE o.division_code = t.division_code AND o.year = t.year AND o.part = t.part
           AND o.code = t.code) AS own_value,
       t.n_standing_in, s.names AS standing_in, t.n_expected, t.n_reported, t.n_missing,
       t.n_stated, t.n_blank, t.n_unregistered
  FROM v_total_all t
  JOIN v_label d ON d.code = t.code
  LEFT JOIN named s ON s.division_code = t.division_code AND s.year = t.year
 WHERE t.basis = 'best'
 ORDER BY t.year, t.division_code, t.part, d.cell_id;
