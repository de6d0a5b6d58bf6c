-- file: reports.csv
-- title: Reports and their sources | 报告及来源
-- about: Current reports with every file in which each was found | 现行报告及其全部来源文件
-- column: first boolean | 1: the file that the figures were read from | 1 表示数据所读自的文件
-- column: sha256 string | SHA-256 of the file's bytes | 文件字节的 SHA-256
SELECT r.division_code, r.division, r.level, r.agency, r.kind, r.registered, r.year, r.scope, r.form,
       r.revision, r.title, r.dated, r.imported_at, s.source, s.first, s.sha256, r.report_id
  FROM v_report r
  JOIN v_source s ON s.report_id = r.report_id
 ORDER BY r.year, r.division_code, r.agency, r.scope, s.source, s.sha256;
