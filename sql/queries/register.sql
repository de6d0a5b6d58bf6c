-- Loading the registers.

-- Whether anybody computes on from changes.
-- @followed
SELECT EXISTS (SELECT 1 FROM consumer);
-- @change
INSERT INTO change (run_id, what, agency_id, division_code) VALUES (?1, 'register', ?2, ?3);

-- @division_there
SELECT 1 FROM division WHERE code = ?1;
-- @division
INSERT INTO division (code, origin) VALUES (?1, 'register')
    ON CONFLICT (code) DO UPDATE SET origin = 'register';
-- @periods
SELECT group_concat(name || ',' || level || ',' || parent_code || ',' || first_year || ',' ||
                    ifnull(last_year, ''), ';')
  FROM (SELECT * FROM division_period WHERE code = ?1 ORDER BY first_year);
-- @forget_periods
DELETE FROM division_period WHERE code = ?1;
-- @period
INSERT INTO division_period (code, first_year, last_year, name, level, parent_code)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- @loop
-- A division that is its own ancestor, through periods of the same years.
WITH RECURSIVE up (start, code, first_year, last_year, steps) AS (
    SELECT code, parent_code, first_year, ifnull(last_year, 9999), 1 FROM division_period
     WHERE code IN (SELECT code FROM division WHERE origin = 'register')
    UNION ALL
    SELECT up.start, p.parent_code, max(up.first_year, p.first_year),
           min(up.last_year, ifnull(p.last_year, 9999)), up.steps + 1
      FROM up JOIN division_period p ON p.code = up.code
     WHERE up.code <> up.start AND up.steps < 12 AND p.first_year <= up.last_year
       AND ifnull(p.last_year, 9999) >= up.first_year)
SELECT start FROM up WHERE code = start OR (?1 IS NOT NULL AND code = ?1) LIMIT 1;
-- @division_successor
INSERT INTO division_successor (code, year, new_code) VALUES (?1, ?2, ?3)
    ON CONFLICT DO NOTHING;

-- @agency
SELECT agency_id, kind, ifnull(first_year, 0), ifnull(last_year, 0), registered
  FROM agency WHERE name = ?1 AND ifnull(division_code, '') = ?2;
-- @agency_new
INSERT INTO agency (name, division_code, kind, first_year, last_year, registered)
    VALUES (?1, ?2, ?3, ?4, ?5, 1) RETURNING agency_id;
-- @agency_set
UPDATE agency SET name = ?2, division_code = ?3, kind = ?4, first_year = ?5, last_year = ?6,
                  registered = 1
 WHERE agency_id = ?1;
-- @aliases
SELECT group_concat(alias, char(10))
  FROM (SELECT alias FROM agency_alias WHERE agency_id = ?1 ORDER BY alias);
-- @forget_aliases
DELETE FROM agency_alias WHERE agency_id = ?1;
-- @alias
INSERT INTO agency_alias (alias, agency_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING;
-- @successors
SELECT group_concat(successor_id, ',')
  FROM (SELECT successor_id FROM agency_successor WHERE agency_id = ?1 ORDER BY successor_id);
-- @forget_successors
DELETE FROM agency_successor WHERE agency_id = ?1;
-- @successor
INSERT INTO agency_successor (agency_id, successor_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING;
-- @registered_named
SELECT agency_id, ifnull(division_code, '') = ?2 AS here
  FROM agency WHERE name = ?1 AND registered = 1
 ORDER BY here DESC, agency_id;

-- Provisional agencies that turn out to be registered ones.

-- @provisional
SELECT agency_id, name, ifnull(division_code, ''), kind FROM agency WHERE registered = 0
 ORDER BY agency_id;
-- @reports_of
SELECT report_id, year, scope, figures, current FROM report WHERE agency_id = ?1
 ORDER BY year, scope, revision;
-- @same_figures
SELECT report_id FROM report
 WHERE agency_id = ?1 AND year = ?2 AND scope = ?3 AND figures = ?4
 ORDER BY current DESC, revision DESC LIMIT 1;
-- @share_sources
INSERT INTO report_also (report_id, source_id)
SELECT ?1, s.source_id FROM report_source s JOIN report r ON r.report_id = ?1
 WHERE s.report_id = ?2 AND s.source_id <> r.source_id
    ON CONFLICT DO NOTHING;
-- @hand_over_changes
UPDATE change SET agency_id = ?2 WHERE agency_id = ?1;
-- @hand_over_withdrawals
UPDATE withdrawal SET old_agency_id = ?2 WHERE old_agency_id = ?1;
-- @agency_away
DELETE FROM agency WHERE agency_id = ?1 AND registered = 0;
-- @place
UPDATE agency SET division_code = ?2, kind = ?3 WHERE agency_id = ?1;

-- @deadline_there
SELECT due FROM deadline WHERE year = ?1 AND scope = ?2;
-- @deadline
INSERT INTO deadline (year, scope, due) VALUES (?1, ?2, ?3)
    ON CONFLICT (year, scope) DO UPDATE SET due = ?3;
-- @waiver_there
SELECT reason FROM waiver WHERE agency = ?1 AND year = ?2 AND rule = ?3 AND code = ?4;
-- @waiver
INSERT INTO waiver (agency, year, rule, code, reason, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (agency, year, rule, code) DO UPDATE SET reason = ?5, made_at = ?6;
