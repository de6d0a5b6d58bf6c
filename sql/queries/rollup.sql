-- The totals: what they are made of, and where they are kept.

-- @presence
SELECT cell_id FROM presence_cell WHERE presence_id = ?1 ORDER BY cell_id;
-- @facts
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE fact_id BETWEEN ?1 * 64 AND ?1 * 64 + 63;
-- @exceptions
SELECT cell_id FROM exception WHERE report_id = ?1 AND kind <> 0;
-- @periods
SELECT code, first_year, last_year, name, level, parent_code
  FROM division_period
 ORDER BY code, first_year;
-- @division_count
SELECT count(*) FROM division;
-- @periods_with_lost
-- A division that lost its periods (an older list had it) counts in the nation, as displaced.
SELECT d.code, ifnull(p.first_year, 0), CASE WHEN p.code IS NULL THEN 1 ELSE p.last_year END,
       ifnull(p.name, d.code), ifnull(p.level, 'county'), p.parent_code
  FROM division d
  LEFT JOIN division_period p ON p.code = d.code
 ORDER BY d.code, p.first_year;
-- @members
-- The agencies of a division, each with its reports of the year. Revisions that are not current are told by
-- `superseded`, which the index has.
SELECT a.agency_id, a.name, a.kind, a.registered,
       ifnull(a.first_year, 0) <= ?2 AND ifnull(a.last_year, 9999) >= ?2,
       CASE WHEN a.kind = 'zone' THEN EXISTS
           (SELECT 1 FROM agency b
             WHERE b.division_code = a.division_code AND b.kind = 'office' AND b.registered = 1
               AND ifnull(b.first_year, 0) <= ?2 AND ifnull(b.last_year, 9999) >= ?2
               AND (instr(b.name, nullif(replace(replace(a.name, '管理委员会', ''), '管委会', ''),
                                         '')) = 1
                    OR EXISTS (SELECT 1 FROM division_period p
                                WHERE p.code = a.division_code AND p.level = 'zone'))) END,
       r.scope, r.report_id, r.presence_id, r.form,
       CASE -- the first issue decides whether it was late
       WHEN r.revision = 1 AND NOT EXISTS (SELECT 1 FROM report f
                                            WHERE f.agency_id = r.agency_id AND f.year = r.year
                                              AND f.composite = r.composite AND f.superseded > 1)
       THEN r.dated
       ELSE (SELECT min(f.dated) FROM report f
              WHERE f.agency_id = r.agency_id AND f.year = r.year AND f.composite = r.composite
                AND NOT EXISTS (SELECT 1 FROM withdrawal w
                                 WHERE w.report_id = f.report_id AND w.undone_at IS NULL
                                   AND w.old_agency_id IS NULL))
       END
  FROM agency a
  LEFT JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2 AND r.superseded = 0
 WHERE a.division_code = ?1
 ORDER BY a.agency_id, r.composite;
-- @members_as_of
-- The same with the reports that were current at a moment; one that was given away since is with
-- the agency, and in the year, that it had then.
WITH given (report_id, agency_id, year) AS (
    SELECT w.report_id, w.old_agency_id, w.old_year
      FROM withdrawal w
     WHERE w.old_agency_id IS NOT NULL AND w.made_at > ?3
       AND NOT EXISTS (SELECT 1 FROM withdrawal e
                        WHERE e.report_id = w.report_id AND e.old_agency_id IS NOT NULL
                          AND e.made_at > ?3 AND e.withdrawal_id < w.withdrawal_id))
SELECT a.agency_id, a.name, a.kind, a.registered,
       ifnull(a.first_year, 0) <= ?2 AND ifnull(a.last_year, 9999) >= ?2,
       CASE WHEN a.kind = 'zone' THEN EXISTS
           (SELECT 1 FROM agency b
             WHERE b.division_code = a.division_code AND b.kind = 'office' AND b.registered = 1
               AND ifnull(b.first_year, 0) <= ?2 AND ifnull(b.last_year, 9999) >= ?2
               AND (instr(b.name, nullif(replace(replace(a.name, '管理委员会', ''), '管委会', ''),
                                         '')) = 1
                    OR EXISTS (SELECT 1 FROM division_period p
                                WHERE p.code = a.division_code AND p.level = 'zone'))) END,
       r.scope, r.report_id, r.presence_id, r.form,
       (SELECT min(f.dated) FROM report f
         WHERE f.agency_id = r.agency_id AND f.year = r.year AND f.scope = r.scope
           AND EXISTS (SELECT 1 FROM run u WHERE u.run_id = f.imported_run AND u.started_at <= ?3)
           AND NOT EXISTS (SELECT 1 FROM withdrawal w
                            WHERE w.report_id = f.report_id AND w.undone_at IS NULL
                              AND w.old_agency_id IS NULL))
  FROM agency a
  LEFT JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2
        AND EXISTS (SELECT 1 FROM tenure t WHERE t.report_id = r.report_id AND t.from_at <= ?3
                       AND (t.to_at IS NULL OR t.to_at > ?3))
        AND NOT EXISTS (SELECT 1 FROM given g WHERE g.report_id = r.report_id)
 WHERE a.division_code = ?1
 UNION ALL
SELECT a.agency_id, a.name, a.kind, a.registered,
       ifnull(a.first_year, 0) <= ?2 AND ifnull(a.last_year, 9999) >= ?2, 0,
       r.scope, r.report_id, r.presence_id, r.form,
       (SELECT min(f.dated) FROM report f
         WHERE f.agency_id = r.agency_id AND f.year = r.year AND f.scope = r.scope
           AND EXISTS (SELECT 1 FROM run u WHERE u.run_id = f.imported_run AND u.started_at <= ?3)
           AND NOT EXISTS (SELECT 1 FROM withdrawal w
                            WHERE w.report_id = f.report_id AND w.undone_at IS NULL
                              AND w.old_agency_id IS NULL))
  FROM given g
  JOIN agency a ON a.agency_id = g.agency_id AND a.division_code = ?1
  JOIN report r ON r.report_id = g.report_id
 WHERE g.year = ?2
   AND EXISTS (SELECT 1 FROM tenure t WHERE t.report_id = r.report_id AND t.from_at <= ?3
                  AND (t.to_at IS NULL OR t.to_at > ?3))
 ORDER BY 1, 7;
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
-- @orphans
-- Figures below no area.
SELECT (SELECT count(*) FROM total t WHERE NOT EXISTS
               (SELECT 1 FROM area a WHERE a.area_id = t.area_id)) +
       (SELECT count(*) FROM total_gap t WHERE NOT EXISTS
               (SELECT 1 FROM area a WHERE a.area_id = t.area_id)) +
       (SELECT count(*) FROM total_series t WHERE NOT EXISTS
               (SELECT 1 FROM area a WHERE a.area_id = t.area_id));
-- @registered
SELECT EXISTS (SELECT 1 FROM agency WHERE registered = 1);
-- @wide_change
-- A change of the register that is not about one agency.
SELECT EXISTS (SELECT 1 FROM change
                WHERE change_id > ?1 AND what = 'register' AND agency_id IS NULL);
-- @all_years
SELECT DISTINCT year FROM report UNION SELECT DISTINCT year FROM area WHERE basis = 'own' ORDER BY 1;
-- @changed_years
-- The years of the changes and of the reports that changed; a change of an agency touches all.
SELECT year FROM each_change WHERE change_id > ?1 AND year IS NOT NULL
 UNION
SELECT r.year FROM each_change c JOIN report r ON r.report_id = c.report_id WHERE c.change_id > ?1
 UNION
SELECT w.old_year FROM each_change c JOIN withdrawal w ON w.report_id = c.report_id
 WHERE c.change_id > ?1 AND w.old_year IS NOT NULL
 UNION
SELECT DISTINCT y.year
  FROM (SELECT 1 FROM each_change WHERE change_id > ?1 AND year IS NULL LIMIT 1) CROSS JOIN report y
 ORDER BY 1;
-- @year_stands
SELECT EXISTS (SELECT 1 FROM report WHERE year = ?1 AND superseded = 0);
-- @year_kept
SELECT EXISTS (SELECT 1 FROM area WHERE basis = 'own' AND year = ?1);
-- @divisions
SELECT DISTINCT division_code FROM agency WHERE division_code IS NOT NULL
 UNION
SELECT division_code FROM area WHERE basis IN ('own', 'best') AND year = ?1;
-- @touched
-- Where the changed agencies and reports belong, and where they belonged.
SELECT division_code FROM each_change
 WHERE change_id > ?2 AND (year = ?1 OR year IS NULL) AND division_code IS NOT NULL
 UNION
SELECT a.division_code FROM each_change c JOIN agency a ON a.agency_id = c.agency_id
 WHERE c.change_id > ?2 AND (c.year = ?1 OR c.year IS NULL) AND a.division_code IS NOT NULL
 UNION
SELECT a.division_code FROM each_change c JOIN report r ON r.report_id = c.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE c.change_id > ?2 AND +r.year = ?1 AND a.division_code IS NOT NULL
 UNION
SELECT a.division_code FROM each_change c JOIN withdrawal w ON w.report_id = c.report_id
  JOIN agency a ON a.agency_id = w.old_agency_id
 WHERE c.change_id > ?2 AND a.division_code IS NOT NULL;
-- @forget_areas
-- Of a basis, or one year of it; what stands in the tables below goes before.
DELETE FROM area WHERE basis = ?1 AND (?2 IS NULL OR year = ?2);
-- @forget_totals
DELETE FROM total
 WHERE area_id IN (SELECT area_id FROM area WHERE basis = ?1 AND (?2 IS NULL OR year = ?2));
-- @forget_gaps
DELETE FROM total_gap
 WHERE area_id IN (SELECT area_id FROM area WHERE basis = ?1 AND (?2 IS NULL OR year = ?2));
-- @forget_series_totals
DELETE FROM total_series
 WHERE area_id IN (SELECT area_id FROM area WHERE basis = ?1 AND (?2 IS NULL OR year = ?2));
-- @basis_kept
SELECT EXISTS (SELECT 1 FROM area WHERE basis = ?1);
-- @other_bases
SELECT EXISTS (SELECT 1 FROM area WHERE basis < 'best')
    OR EXISTS (SELECT 1 FROM area WHERE basis > 'best' AND basis < 'own')
    OR EXISTS (SELECT 1 FROM area WHERE basis > 'own');
-- @successors
SELECT DISTINCT code, new_code FROM division_successor ORDER BY code, new_code;
-- @year_stands_as_of
SELECT EXISTS (SELECT 1 FROM report r JOIN tenure t ON t.report_id = r.report_id
                WHERE r.year = ?1 AND t.from_at <= ?2 AND (t.to_at IS NULL OR t.to_at > ?2))
    OR EXISTS (SELECT 1 FROM withdrawal w JOIN tenure t ON t.report_id = w.report_id
                WHERE w.old_year = ?1 AND w.made_at > ?2 AND t.from_at <= ?2
                  AND (t.to_at IS NULL OR t.to_at > ?2));
-- @forget_all_series
DELETE FROM total_series;
-- @forget_all_gaps
DELETE FROM total_gap;
-- @forget_all_totals
DELETE FROM total;
-- @forget_all_areas
DELETE FROM area;

-- @explained
SELECT s.division, s.level, s.n_expected, s.n_reported, s.n_missing, s.n_late, s.n_standing_in,
       coalesce(CASE ?4 & 7 WHEN 0 THEN t.v0 WHEN 1 THEN t.v1 WHEN 2 THEN t.v2 WHEN 3 THEN t.v3
                WHEN 4 THEN t.v4 WHEN 5 THEN t.v5 ELSE t.v6 END, 0),
       coalesce(g.n_stated, CASE WHEN fc.form IS NOT NULL THEN s.n_reported + s.n_standing_in END, 0),
       coalesce(g.n_blank, 0)
  FROM area s
  LEFT JOIN form_cell fc ON fc.form = s.form AND fc.cell_id = ?4
  LEFT JOIN total_gap g ON g.area_id = s.area_id AND g.cell_id = ?4
  LEFT JOIN total t ON t.area_id = s.area_id AND t.line = ?4 >> 3
 WHERE s.division_code = ?1 AND s.year = ?2 AND s.part = ?3
   AND (s.basis = 'own' OR (?5 AND s.basis = 'best'))
 ORDER BY s.basis = 'best' DESC
 LIMIT 1;
-- @summands
-- Reports of a total in the order of their figures. On the basis best a region without own
-- reports is its composite, and nothing below it counts: as core/rollup/gather.c does it.
WITH RECURSIVE
region (code, level, stands) AS (
    SELECT s.division_code, s.level, ?4 AND ?3 AND s.n_reported = 0 AND EXISTS
           (SELECT 1 FROM agency a JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2
                AND r.scope = 'composite' AND r.current = 1
             WHERE a.division_code = s.division_code
               AND (a.kind = 'government' OR (a.kind = 'zone' AND s.level = 'zone')))
      FROM area s
     WHERE s.basis = 'own' AND s.part = 'region' AND s.year = ?2 AND s.division_code = ?1
     UNION ALL
    SELECT s.division_code, s.level, ?4 AND s.n_reported = 0 AND EXISTS
           (SELECT 1 FROM agency a JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2
                AND r.scope = 'composite' AND r.current = 1
             WHERE a.division_code = s.division_code
               AND (a.kind = 'government' OR (a.kind = 'zone' AND s.level = 'zone')))
      FROM region b
      JOIN area s ON s.parent_code = b.code AND s.year = ?2 AND s.basis = 'own'
                 AND s.part = 'region'
     WHERE ?3 AND NOT b.stands),
chosen (report_id) AS (
    SELECT r.report_id
      FROM region b
      JOIN agency a ON a.division_code = b.code
      JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2 AND r.scope = 'own'
                   AND r.current = 1
     WHERE NOT b.stands AND (?3 OR a.kind NOT IN ('township', 'subdistrict', 'zone'))
     UNION ALL
    SELECT (SELECT r.report_id
              FROM agency a
              JOIN report r ON r.agency_id = a.agency_id AND r.year = ?2
                           AND r.scope = 'composite' AND r.current = 1
             WHERE a.division_code = b.code
               AND (a.kind = 'government' OR (a.kind = 'zone' AND b.level = 'zone'))
             ORDER BY a.registered DESC, a.agency_id LIMIT 1)
      FROM region b
     WHERE b.stands)
SELECT r.report_id,
       CASE WHEN p.cell_id IS NULL THEN 'absent' ELSE coalesce(e.state, 'value') END AS state,
       CASE WHEN p.cell_id IS NULL OR coalesce(e.state, 'value') <> 'value' THEN 0
            ELSE coalesce(CASE ?5 & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                          WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0)
            END AS v
  FROM chosen c
  JOIN report r ON r.report_id = c.report_id
  LEFT JOIN presence_cell p ON p.presence_id = r.presence_id AND p.cell_id = ?5
  LEFT JOIN fact f ON f.fact_id = r.report_id * 64 + (?5 >> 3)
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = ?5
 ORDER BY state = 'absent', state <> 'value', abs(v) DESC, r.report_id;
-- @summand
SELECT a.name, a.division_code,
       (SELECT division FROM area s WHERE s.basis = 'own' AND s.year = r.year
           AND s.division_code = a.division_code AND s.part = 'region'),
       a.kind, r.scope, e.text, e.note, s.path, r.dated, r.form, r.revision, a.registered,
       r.presence_id, o.lines, r.first_line
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN source s ON s.source_id = r.source_id
  JOIN origin o ON o.origin_id = r.origin_id
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = ?2
 WHERE r.report_id = ?1;
-- @summand_findings
SELECT coalesce((SELECT group_concat(rule, ' ')
                   FROM (SELECT DISTINCT rule FROM v_finding
                          WHERE report_id = ?1 AND NOT waived AND (code IS NULL OR code = ?2)
                          ORDER BY rule)), ''),
       (SELECT count(*) FROM v_finding WHERE report_id = ?1 AND NOT waived);
-- @missing_units
WITH RECURSIVE region (code) AS (
    SELECT ?1
     UNION ALL
    SELECT s.division_code
      FROM region b
      JOIN area s ON s.parent_code = b.code AND s.year = ?2 AND s.basis = 'own'
                 AND s.part = 'region'
     WHERE ?3)
SELECT m.division_code, m.agency, m.kind, m.due
  FROM region b
  JOIN v_missing m ON m.division_code = b.code AND m.year = ?2
 WHERE ?4 IS NOT NULL AND (?3 OR m.kind NOT IN ('township', 'subdistrict', 'zone'))
 ORDER BY m.division_code, m.agency;
