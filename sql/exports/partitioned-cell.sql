-- file: dimension/cell.csv
-- title: Cells | 指标
-- about: Every cell of every form, by the number that facts go by | 全部报告格式的指标，fact 以其编号引用
-- when: partitioned
-- key: cell_id
-- column: cell_id integer | number of the cell, fact goes by it | 指标编号，fact 以此引用
-- column: kind string | count, signed or money (fact holds 1/100,000,000 万元) | count 计数，signed 可为负，money 金额（fact 中以亿分之一万元为单位）
SELECT c.cell_id, c.code, c.kind, l.label, l.unit, c.over_regions, c.over_years
  FROM cell c
  JOIN v_label l ON l.cell_id = c.cell_id
 ORDER BY c.cell_id;
