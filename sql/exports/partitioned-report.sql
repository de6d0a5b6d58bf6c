-- file: dimension/report.csv
-- title: Reports | 报告
-- about: Current reports | 现行报告
-- when: partitioned
-- key: report_id
SELECT report_id, agency_id, division_code, year, scope, form, revision, title, dated, source
  FROM v_report
 ORDER BY report_id;
