-- The totals: what they are made of, and where they are kept.

-- @presence
SELECT cell_id FROM presence_cell WHERE presence_id = ?1;
-- @facts
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE report_id = ?1;
-- @exceptions
SELECT cell_id FROM exception WHERE report_id = ?1 AND state <> 'value';
-- @tree
SELECT code, first_year, last_year, name, level, parent_code
  FROM division_period
 ORDER BY code, first_year;
-- @members
-- The agencies of a division, each with its reports of the year: composite before own.
SELECT a.agency_id, a.name, a.kind, a.registered,
       ifnull(a.first_year, 0) <= ?2 AND ifnull(a.last_year, 9999) >= ?2,
       CASE WHEN a.kind = 'zone' THEN EXISTS
           (SELECT 1 FROM agency b
             WHERE b.division_code = a.division_code AND b.kind = 'office' AND b.registered = 1
               AND ifnull(b.first_year, 0) <= ?2 AND ifnull(b.last_year, 9999) >= ?2
               AND instr(b.name, replace(replace(a.name, '管理委员会', ''), '管委会', '')) = 1) END,
       r.scope, r.report_id, r.presence_id, r.form, r.dated
  FROM agency a
  LEFT JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2 AND r.current = 1
 WHERE a.division_code = ?1
 ORDER BY a.agency_id, r.scope;
-- @due
SELECT due FROM deadline WHERE year = ?1 AND scope = ?2;

-- @area
INSERT INTO area (area_id, basis, division_code, year, part, form, division, level, parent_code,
                  n_expected, n_reported, n_missing, n_late, n_unregistered, n_other_form,
                  n_displaced, n_standing_in, n_composite_expected, n_composite, n_composite_late,
                  n_missing_named, missing)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
        ?21, ?22)
    ON CONFLICT (area_id) DO UPDATE
    SET form = ?6, division = ?7, level = ?8, parent_code = ?9, n_expected = ?10, n_reported = ?11,
        n_missing = ?12, n_late = ?13, n_unregistered = ?14, n_other_form = ?15, n_displaced = ?16,
        n_standing_in = ?17, n_composite_expected = ?18, n_composite = ?19, n_composite_late = ?20,
        n_missing_named = ?21, missing = ?22
  WHERE basis = ?2 AND division_code = ?3 AND year = ?4 AND part = ?5;
-- @total
INSERT INTO total (area_id, line, v0, v1, v2, v3, v4, v5, v6, m0, m1, m2, m3, m4, m5, m6)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
-- @gap
INSERT INTO total_gap (area_id, cell_id, n_stated, n_blank) VALUES (?1, ?2, ?3, ?4);
-- @series
INSERT INTO total_series (area_id, number, value, n_stated) VALUES (?1, ?2, ?3, ?4);
-- @forget_total
DELETE FROM total WHERE area_id = ?1;
-- @forget_gap
DELETE FROM total_gap WHERE area_id = ?1;
-- @forget_series
DELETE FROM total_series WHERE area_id = ?1;
-- @forget_area
DELETE FROM area WHERE area_id = ?1;
-- @read_area
SELECT n_expected, n_reported, n_missing, n_late, n_unregistered, n_other_form, n_displaced,
       n_standing_in, n_composite_expected, n_composite, n_composite_late, n_missing_named, missing
  FROM area
 WHERE area_id = ?1;
-- @read_total
SELECT line, v0, v1, v2, v3, v4, v5, v6, m0, m1, m2, m3, m4, m5, m6 FROM total WHERE area_id = ?1;
-- @read_gap
SELECT cell_id, n_stated, n_blank FROM total_gap WHERE area_id = ?1;
-- @read_series
SELECT number, value, n_stated FROM total_series WHERE area_id = ?1;

-- @last_change
SELECT ifnull(max(change_id), 0) FROM change;
-- @seen
SELECT change_id FROM consumer WHERE name = 'rollup';
-- @set_seen
INSERT INTO consumer (name, change_id) VALUES ('rollup', ?1)
    ON CONFLICT (name) DO UPDATE SET change_id = ?1;
-- @wide_change
-- A change of the register that is not about one agency.
SELECT EXISTS (SELECT 1 FROM change
                WHERE change_id > ?1 AND what = 'register' AND agency_id IS NULL);
-- @all_years
SELECT DISTINCT year FROM report UNION SELECT DISTINCT year FROM area ORDER BY 1;
-- @changed_years
-- The years of the changes and of the reports that changed; a change of an agency touches all.
SELECT year FROM change WHERE change_id > ?1 AND year IS NOT NULL
 UNION
SELECT r.year FROM change c JOIN report r ON r.report_id = c.report_id WHERE c.change_id > ?1
 UNION
SELECT w.old_year FROM change c JOIN withdrawal w ON w.report_id = c.report_id
 WHERE c.change_id > ?1 AND w.old_year IS NOT NULL
 UNION
SELECT DISTINCT y.year
  FROM (SELECT 1 FROM change WHERE change_id > ?1 AND year IS NULL LIMIT 1) CROSS JOIN report y
 ORDER BY 1;
-- @year_stands
SELECT EXISTS (SELECT 1 FROM report WHERE year = ?1 AND current = 1);
-- @year_kept
SELECT EXISTS (SELECT 1 FROM area WHERE basis = 'own' AND year = ?1);
-- @divisions
SELECT DISTINCT division_code FROM agency WHERE division_code IS NOT NULL
 UNION
SELECT division_code FROM area WHERE basis IN ('own', 'best') AND year = ?1;
-- @touched
-- Where the changed agencies and reports belong, and where they belonged.
SELECT division_code FROM change
 WHERE change_id > ?2 AND (year = ?1 OR year IS NULL) AND division_code IS NOT NULL
 UNION
SELECT a.division_code FROM change c JOIN agency a ON a.agency_id = c.agency_id
 WHERE c.change_id > ?2 AND (c.year = ?1 OR c.year IS NULL) AND a.division_code IS NOT NULL
 UNION
SELECT a.division_code FROM change c JOIN report r ON r.report_id = c.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE c.change_id > ?2 AND r.year = ?1 AND a.division_code IS NOT NULL
 UNION
SELECT a.division_code FROM change c JOIN withdrawal w ON w.report_id = c.report_id
  JOIN agency a ON a.agency_id = w.old_agency_id
 WHERE c.change_id > ?2 AND a.division_code IS NOT NULL;
-- @forget_year
DELETE FROM area WHERE year = ?1;
-- @forget_all_series
DELETE FROM total_series;
-- @forget_all_gaps
DELETE FROM total_gap;
-- @forget_all_totals
DELETE FROM total;
-- @forget_all_areas
DELETE FROM area;
