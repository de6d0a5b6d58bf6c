-- file: dimension/agency.csv
-- title: Agencies | 机关
-- about: Agencies of the register, and those known only from their reports | 名录内机关，以及仅见于报告的机关
-- when: partitioned
-- key: agency_id
SELECT agency_id, agency, division_code, kind, first_year, last_year, registered
  FROM v_agency
 ORDER BY agency_id;
