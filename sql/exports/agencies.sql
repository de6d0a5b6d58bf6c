-- file: agencies.csv
-- title: Agencies | 机关名录
-- about: Agencies of the register, and those known only from their reports (registered 0) | 名录内机关，以及仅见于报告的机关（registered 为0）
-- key: agency_id
-- column: reports integer 份 | current reports of the agency | 现行报告数
SELECT a.agency, a.division_code, a.division, a.kind, a.first_year, a.last_year, a.registered,
       a.aliases, a.reports, a.agency_id
  FROM v_agency a
 ORDER BY a.division_code, a.agency, a.agency_id;
