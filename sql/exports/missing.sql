-- file: missing.csv
-- title: Missing reports | 未报单位
-- about: Agencies of the register whose own report has not come | 名录内尚未报送本机关年度报告的单位
-- key: year division_code agency
-- column: due date | last day in time | 报送期限
SELECT m.division_code, c.division, m.year, m.agency, m.kind, m.due
  FROM v_missing m
  LEFT JOIN v_coverage c ON c.division_code = m.division_code AND c.year = m.year
 ORDER BY m.year, m.division_code, m.agency;
