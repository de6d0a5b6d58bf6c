-- What a region's composite (汇总) is made of. ?1 division, ?2 year, ?3 part, ?4 whether composites
-- stand in for regions without own reports.

-- @area
SELECT division, n_expected, n_reported, n_missing, n_late, n_unregistered, n_other_form
  FROM area
 WHERE basis = 'own' AND division_code = ?1 AND year = ?2 AND part = ?3;

-- @division
SELECT name FROM division_period WHERE code = ?1 ORDER BY first_year DESC LIMIT 1;

-- @totals
SELECT code, value, n_stated, n_blank
  FROM v_total_all
 WHERE division_code = ?1 AND year = ?2 AND part = ?3
   AND basis = CASE WHEN ?4 AND EXISTS (SELECT 1 FROM area b
                                         WHERE b.basis = 'best' AND b.division_code = ?1
                                           AND b.year = ?2 AND b.part = ?3)
                    THEN 'best' ELSE 'own' END;

-- @stand_ins
SELECT stand_in
  FROM v_stand_in
 WHERE division_code = ?1 AND year = ?2 AND ?3 = 'region' AND ?4
 ORDER BY stand_in_code;

-- @parts
SELECT division_code, division, n_expected, n_reported, n_missing, n_late, n_unregistered
  FROM area
 WHERE basis = 'own' AND year = ?2 AND part = 'region' AND parent_code = ?1
   AND n_expected + n_reported > 0
 ORDER BY division_code;

-- @missing
WITH RECURSIVE below (code, division) AS (
    SELECT division_code, division FROM area
     WHERE basis = 'own' AND division_code = ?1 AND year = ?2 AND part = 'self'
    UNION
    SELECT a.division_code, a.division FROM below b
      JOIN area a ON a.parent_code = b.code
     WHERE a.basis = 'own' AND a.year = ?2 AND a.part = 'self' AND ?3 = 'region')
SELECT b.division, m.agency
  FROM below b
  JOIN v_missing m ON m.division_code = b.code AND m.year = ?2
 WHERE ?3 = 'region' OR m.kind NOT IN ('township', 'subdistrict', 'zone')
 ORDER BY b.code, m.agency;

-- @findings
WITH RECURSIVE below (code) AS (
    SELECT ?1
    UNION
    SELECT a.division_code FROM below b
      JOIN area a ON a.parent_code = b.code
     WHERE a.basis = 'own' AND a.year = ?2 AND a.part = 'self' AND ?3 = 'region')
SELECT g.name, f.rule, f.severity, f.code,
       CASE WHEN f.waived THEN f.message || ' (waived: ' || f.waiver_reason || ', ' ||
                               substr(f.waived_at, 1, 10) || ')'
            ELSE f.message END,
       CASE WHEN f.waived THEN f.message_zh || '（已豁免：' || f.waiver_reason || '，' ||
                               substr(f.waived_at, 1, 10) || '）'
            ELSE f.message_zh END, f.waived
  FROM below b
  JOIN agency g ON g.division_code = b.code
  JOIN report r ON r.agency_id = g.agency_id AND r.year = ?2 AND r.current = 1
  JOIN v_finding f ON f.report_id = r.report_id
 ORDER BY f.waived, f.severity, b.code, g.name, f.rule, f.code, f.message;

-- Measures of the last ten years as far as they mean the same as in the year asked for. Cases are
-- named unlike the heads of table 四, so that the workbook, read back, holds that table once.
-- @trends
SELECT CASE t.series WHEN 'review' THEN '复议件数' WHEN 'suit' THEN '诉讼件数'
       ELSE t.label_zh END AS label_zh, t.unit, t.year, t.value,
       t.series IN ('received', 'carried_in', 'carried_out', 'review', 'suit') AS line, t.label
  FROM v_series t
  JOIN series n ON n.series = t.series
 WHERE t.division_code = ?1 AND t.part = ?3 AND t.year BETWEEN ?2 - 9 AND ?2
   AND t.series IN ('received', 'carried_in', 'granted', 'partial', 'denied', 'unable', 'refused',
                    'other', 'carried_out', 'review', 'suit')
   AND t.definition = (SELECT z.definition FROM v_series z
                        WHERE z.division_code = ?1 AND z.part = ?3 AND z.year = ?2
                          AND z.series = t.series)
 ORDER BY n.number, t.year;

-- All that the exports show hangs on these: the same text, the same files. Cheap to ask.
-- @state
SELECT (SELECT digest FROM builtin) || '|' ||
       (SELECT ifnull(max(change_id), 0) FROM change) || '|' ||
       (SELECT ifnull(group_concat(name || '=' || change_id), '') FROM consumer) || '|' ||
       (SELECT count(*) || ',' || ifnull(max(source_id), 0) FROM input) || '|' ||
       (SELECT count(*) FROM report_also) || '|' ||
       (SELECT count(*) || ',' || ifnull(max(reject_id), 0) || ',' || ifnull(max(resolved_run), 0)
               || ',' || count(resolved_run) FROM reject) || '|' ||
       (SELECT count(*) || ',' || ifnull(max(finding_id), 0) || ',' || ifnull(sum(finding_id & 4294967295), 0)
          FROM finding) || '|' ||
       (SELECT count(*) || ',' || count(undone_at) FROM withdrawal) || '|' ||
       (SELECT count(*) || ',' || ifnull(max(made_at), '') FROM waiver) || '|' ||
       (SELECT ifnull(group_concat(agency || year || rule || code || reason), '') FROM waiver) || '|' ||
       (SELECT ifnull(group_concat(year || scope || due), '') FROM deadline) || '|' ||
       (SELECT count(*) || ',' || sum(length(name)) || ',' || sum(registered) FROM agency) || '|' ||
       (SELECT count(*) FROM agency_alias);

-- All cells: reports, their figures and their exceptions, each in the order of the reports.
-- @cell_reports
SELECT r.report_id, r.presence_id, a.division_code, a.name, r.year, r.scope
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1
 ORDER BY r.report_id;
-- @cell_facts
SELECT report_id, line, v0, v1, v2, v3, v4, v5, v6 FROM fact ORDER BY fact_id;
-- @cell_exceptions
SELECT report_id, cell_id, state, text, note FROM exception ORDER BY report_id, cell_id;
-- Reports by year, province (of the agency's division; 000000 where it lies in none) and agency.
-- @fact_reports
SELECT r.report_id, r.presence_id, r.year,
       CASE WHEN a.division_code GLOB '[1-9][0-9]*' THEN substr(a.division_code, 1, 2) || '0000'
            ELSE '000000' END AS province,
       r.report_id, r.agency_id, a.division_code, r.scope,
       a.kind IN ('township', 'subdistrict', 'zone') AS below
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1
 ORDER BY r.year, province, r.agency_id, r.report_id;
-- The same of one report.
-- @facts_of
SELECT report_id, line, v0, v1, v2, v3, v4, v5, v6 FROM fact
 WHERE fact_id BETWEEN ?1 * 64 AND ?1 * 64 + 63 ORDER BY fact_id;
-- @exceptions_of
SELECT report_id, cell_id, state, text, note FROM exception WHERE report_id = ?1 ORDER BY cell_id;
-- @presence
SELECT cell_id FROM presence_cell WHERE presence_id = ?1 ORDER BY cell_id;

-- Totals: the areas of a file, their sums and what is missing from them. ?1 a level, or city: what lies
-- directly below a province.
-- @total_areas
SELECT area_id, form, division_code, division, level, year, part, n_expected, n_reported, n_missing,
       n_unregistered, n_late, n_reported + n_standing_in
  FROM area
 WHERE basis = 'own'
   AND CASE ?1 WHEN 'city' THEN EXISTS (SELECT 1 FROM division_period p
                                         WHERE p.code = area.parent_code AND p.level = 'province')
               WHEN 'county' THEN level IN ('county', 'zone')
               ELSE level = ?1 END
 ORDER BY year, division_code, part;
-- @total_lines
SELECT line, v0, v1, v2, v3, v4, v5, v6, m0, m1, m2, m3, m4, m5, m6
  FROM total WHERE area_id = ?1 ORDER BY line;
-- @total_gaps
SELECT cell_id, n_stated, n_blank FROM total_gap WHERE area_id = ?1 ORDER BY cell_id;
-- @labels
SELECT cell_id, label, unit FROM v_label;
