-- file: fact/year={year}/part-{province}.csv
-- title: Cells of current reports, one file a year and province | 现行报告的全部指标，每年每省一个文件
-- about: One line a cell that a report states, zeros too, for databases; money in 1/100,000,000 万元 | 报告列出的每一格一行（含0），供数据库装载；金额以亿分之一万元为单位
-- when: partitioned
-- split: year province
-- by: facts
-- column: province string | code of the province that the division lies in, 000000: none | 所在省级区划代码，000000 表示不属任何省
-- column: cell_id integer | number of the cell, see cell.csv | 指标编号，见 cell.csv
-- column: below boolean | 1: of a township, subdistrict or zone, not of 本级 | 1 表示乡镇、街道或开发区，不计入本级
-- column: value integer | the figure; money in 1/100,000,000 万元; empty unless state is value | 数值；金额以亿分之一万元为单位；state 不是 value 时为空
SELECT r.year,
       CASE WHEN a.division_code GLOB '[1-9][0-9]*' THEN substr(a.division_code, 1, 2) || '0000'
            ELSE '000000' END AS province,
       r.report_id, r.agency_id, a.division_code, r.scope,
       a.kind IN ('township', 'subdistrict', 'zone') AS below, p.cell_id,
       coalesce(e.state, 'value') AS state,
       CASE WHEN e.state IS NULL OR e.state = 'value'
            THEN coalesce(CASE p.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                          WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0)
            END AS value
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN presence_cell p ON p.presence_id = r.presence_id
  LEFT JOIN fact f ON f.fact_id = r.report_id * 64 + (p.cell_id >> 3)
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = p.cell_id
 WHERE r.current = 1
 ORDER BY r.year, province, r.agency_id, r.report_id, p.cell_id;
