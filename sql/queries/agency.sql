-- Agencies and their names, for matching reports to them.

-- @divisions
SELECT code, name, level, ifnull(parent_code, ''), first_year, ifnull(last_year, 0)
  FROM division_period WHERE level <> 'nation' ORDER BY code, first_year;
-- @names
SELECT agency_id, name, ifnull(division_code, ''), kind, ifnull(first_year, 0),
       ifnull(last_year, 0), registered, 0 AS alias
  FROM agency
UNION ALL
SELECT agency_id, alias, ifnull(division_code, ''), kind, ifnull(first_year, 0),
       ifnull(last_year, 0), registered, 1
  FROM agency_alias JOIN agency USING (agency_id)
 ORDER BY agency_id, alias, name;
-- @add
INSERT INTO agency (name, division_code, kind, registered) VALUES (?1, ?2, ?3, 0)
RETURNING agency_id;
-- @sweep
DELETE FROM agency
 WHERE registered = 0
   AND NOT EXISTS (SELECT 1 FROM report r WHERE r.agency_id = agency.agency_id)
   AND NOT EXISTS (SELECT 1 FROM withdrawal w WHERE w.old_agency_id = agency.agency_id)
   AND NOT EXISTS (SELECT 1 FROM change c WHERE c.agency_id = agency.agency_id)
   AND NOT EXISTS (SELECT 1 FROM agency_successor s WHERE s.successor_id = agency.agency_id);
-- @is_division
SELECT 1 FROM division WHERE code = ?1;
