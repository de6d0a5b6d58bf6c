-- file: dimension/division.csv
-- title: Divisions by year, with coverage | 各年度区划及报送情况
-- about: Divisions that stand in the totals of a year, with their parent and their coverage by part | 各年度参与汇总的区划、上级及其报送情况
-- when: partitioned
-- key: year division_code part
-- column: parent_code string | code of the division above | 上级区划代码
SELECT year, division_code, division, level, parent_code, part, n_expected, n_reported, n_missing,
       n_unregistered
  FROM area
 WHERE basis = 'own'
 ORDER BY year, division_code, part;
