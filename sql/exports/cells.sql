-- file: cells.csv
-- title: All cells of all current reports | 全部报告的全部指标
-- about: One line a cell that a source states, zeros too; only with --cells | 来源文件列出的每一格一行（含0）；仅在 --cells 时导出
-- when: cells
-- by: cells
-- column: value any | the figure; the words where state is text | 数值；state 为 text 时为原文
SELECT v.division_code, v.agency, v.year, v.scope, v.code, v.state, v.value, v.note
  FROM v_cell v
  JOIN cell c ON c.code = v.code
 ORDER BY v.report_id, c.cell_id;
