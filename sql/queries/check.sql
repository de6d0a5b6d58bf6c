-- The rules: what they read, and the findings they write.

-- @links
SELECT successor_id, agency_id FROM agency_successor ORDER BY successor_id, agency_id;
-- @presence
SELECT cell_id FROM presence_cell WHERE presence_id = ?1;
-- @facts
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE fact_id BETWEEN ?1 * 64 AND ?1 * 64 + 63;
-- @exceptions
SELECT cell_id, state FROM exception WHERE report_id = ?1 AND state <> 'value';
-- @words
SELECT cell_id, text FROM exception WHERE report_id = ?1 AND state = 'text' ORDER BY cell_id;
-- @told
SELECT measure, value, decimals, line, sentence
  FROM prose_figure
 WHERE report_id = ?1 AND measure <> ''
 ORDER BY ordinal;
-- @origins
SELECT o.lines, r.first_line, r.presence_id
  FROM report r JOIN origin o ON o.origin_id = r.origin_id
 WHERE r.report_id = ?1;
-- @current
SELECT report_id, presence_id FROM report
 WHERE agency_id = ?1 AND year = ?2 AND scope = ?3 AND current = 1;
-- @last_year
SELECT ifnull(last_year, 0) FROM agency WHERE agency_id = ?1;
-- @remarked
-- Whether the recogniser has said it: of that rule, with those words in it.
SELECT 1 FROM remark WHERE report_id = ?1 AND rule = ?2 AND instr(message_zh, ?3) > 0 LIMIT 1;
-- @sections
-- The sections of the text, and whether each says anything (where the text is kept).
SELECT number, text IS NULL OR trim(text, ' 　' || char(9) || char(10)) <> ''
  FROM section
 WHERE report_id = ?1;
-- @office
-- The own report of a government's office.
SELECT r.report_id, r.presence_id
  FROM agency a
  JOIN report r ON r.agency_id = a.agency_id
 WHERE a.division_code = ?1 AND a.kind = 'office' AND r.year = ?2 AND r.scope = 'own'
   AND r.current = 1
 ORDER BY a.name LIMIT 1;

-- Subjects: current reports with their agency, in the order in which they are checked.

-- @every
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1
 ORDER BY r.agency_id, r.year, r.scope;
-- @slot
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1 AND r.agency_id = ?1 AND r.year = ?2
 ORDER BY r.scope;
-- @subject
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.report_id = ?1;
-- @composites
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1 AND r.scope = 'composite' AND a.division_code IS NOT NULL
 ORDER BY r.agency_id, r.year;

-- @composites_of
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.current = 1 AND r.scope = 'composite' AND a.division_code IS NOT NULL
   AND r.agency_id = ?1 AND r.year = ?2;

-- @place
-- The division as it was called that year, or in the period nearest to it.
SELECT p.name, p.level, p.parent_code
  FROM division_period p
 WHERE p.code = ?1
 ORDER BY p.first_year <= ?2 DESC,
          CASE WHEN p.first_year <= ?2 THEN -p.first_year ELSE p.first_year END
 LIMIT 1;

-- Findings.

-- @standing
-- Of every revision of an agency's reports of a year; ?3: those against its parts, or all others.
SELECT f.finding_id
  FROM report r
  JOIN finding f ON f.report_id = r.report_id
 WHERE r.agency_id = ?1 AND r.year = ?2 AND (f.rule = 'composite') = ?3;
-- @standing_all
SELECT finding_id FROM finding ORDER BY finding_id;
-- @write
INSERT INTO finding (finding_id, rule, severity, report_id, division_code, year, cell_id, reported,
                     computed, difference, line, message, message_zh, hint, hint_zh, first_seen)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
    ON CONFLICT (finding_id) DO UPDATE
    SET rule = ?2, severity = ?3, report_id = ?4, division_code = ?5, year = ?6, cell_id = ?7,
        reported = ?8, computed = ?9, difference = ?10, line = ?11, message = ?12,
        message_zh = ?13, hint = ?14, hint_zh = ?15
  WHERE report_id IS NOT ?4 OR message <> ?12 OR message_zh <> ?13 OR hint <> ?14
     OR hint_zh <> ?15 OR line <> ?11 OR severity <> ?3 OR division_code IS NOT ?5
     OR reported IS NOT ?8 OR computed IS NOT ?9 OR difference IS NOT ?10 OR rule <> ?2 OR year IS NOT ?6
     OR cell_id IS NOT ?7;
-- @take_away
DELETE FROM finding WHERE finding_id = ?1;

-- Twins. The digests of the tables, and who bears them.

-- @forget_digests
DELETE FROM table_digest;
-- @digests_of
SELECT d.digest
  FROM report r
  JOIN table_digest d ON d.report_id = r.report_id
 WHERE r.agency_id = ?1 AND r.year = ?2;
-- @forget_digests_of
DELETE FROM table_digest
 WHERE report_id IN (SELECT report_id FROM report WHERE agency_id = ?1 AND year = ?2);
-- @note_digest
INSERT INTO table_digest (digest, report_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING;
-- @shared_digests
SELECT digest FROM table_digest GROUP BY digest HAVING count(*) > 1 ORDER BY digest;
-- @bearers
SELECT r.report_id, r.agency_id, r.year, r.scope, r.form, r.presence_id, a.name, a.kind,
       a.division_code, r.period_from, r.period_to
  FROM table_digest d
  JOIN report r ON r.report_id = d.report_id
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE d.digest = ?1 AND r.current = 1
 ORDER BY a.name, a.division_code, a.agency_id;
-- @related
-- Whether one division lies in the other, in any year, or is it.
WITH RECURSIVE up(code, root) AS (
    VALUES (?1, ?1), (?2, ?2)
     UNION
    SELECT p.parent_code, up.root FROM division_period p JOIN up ON p.code = up.code
     WHERE p.parent_code IS NOT NULL)
SELECT 1 FROM up WHERE (code = ?1 AND root = ?2) OR (code = ?2 AND root = ?1) LIMIT 1;

-- Totals of a region, for jumps.

-- @region
SELECT t.line, t.v0, t.v1, t.v2, t.v3, t.v4, t.v5, t.v6
  FROM area s
  JOIN total t ON t.area_id = s.area_id
 WHERE s.basis = 'own' AND s.year = ?2 AND s.division_code = ?1 AND s.part = 'region';

-- A composite beside the sum of its parts: cell, published, computed (money in its small parts),
-- reports received, whether more may come: units missing or not known, cells not filled in.

-- @parts
SELECT c.cell_id,
       CASE WHEN e.state IN ('blank', 'na', 'text') THEN NULL
            ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                          WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0) END,
       CASE WHEN coalesce(g.n_stated, CASE WHEN fc.form IS NOT NULL THEN s.n_reported END, 0) > 0
            THEN coalesce(CASE c.cell_id & 7 WHEN 0 THEN t.v0 WHEN 1 THEN t.v1 WHEN 2 THEN t.v2
                          WHEN 3 THEN t.v3 WHEN 4 THEN t.v4 WHEN 5 THEN t.v5 ELSE t.v6 END, 0) END,
       s.n_reported,
       s.n_expected = 0 OR s.n_missing > 0 OR s.n_missing_named > 0
           OR (fc.form IS NOT NULL AND g.n_stated < s.n_reported),
       s.missing
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN area s ON s.basis = 'own' AND s.year = r.year AND s.division_code = a.division_code
             AND s.part = 'region'
  JOIN presence_cell p ON p.presence_id = r.presence_id
  JOIN cell c ON c.cell_id = p.cell_id
  LEFT JOIN fact f ON f.fact_id = r.report_id * 64 + (c.cell_id >> 3)
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = c.cell_id
  LEFT JOIN form_cell fc ON fc.form = s.form AND fc.cell_id = c.cell_id
  LEFT JOIN total t ON t.area_id = s.area_id AND t.line = c.cell_id >> 3
  LEFT JOIN total_gap g ON g.area_id = s.area_id AND g.cell_id = c.cell_id
 WHERE r.report_id = ?1 AND (a.kind = 'government' OR (a.kind = 'zone' AND s.level = 'zone'))
 ORDER BY c.cell_id;

-- What is to be checked.

-- @last_change
SELECT ifnull(max(change_id), 0) FROM change;
-- @seen
SELECT change_id FROM consumer WHERE name = 'check';
-- @set_seen
INSERT INTO consumer (name, change_id) VALUES ('check', ?1)
    ON CONFLICT (name) DO UPDATE SET change_id = ?1;
-- @went_by
SELECT value FROM checked WHERE what = ?1;
-- @set_went_by
INSERT INTO checked (what, value) VALUES (?1, ?2) ON CONFLICT (what) DO UPDATE SET value = ?2;
-- @crowds
-- Reports received in each year.
SELECT year, n_reported FROM area
 WHERE basis = 'own' AND division_code = '000000' AND part = 'region'
 ORDER BY year;
-- @wide_change
-- Whether the changes reach everywhere, or so far that all may as well be checked.
SELECT EXISTS (SELECT 1 FROM change
                WHERE change_id > ?1 AND what = 'register' AND agency_id IS NULL)
    OR (SELECT count(*) FROM each_change WHERE change_id > ?1) * 4 >
       (SELECT count(*) FROM report WHERE superseded = 0);
-- @slots
-- Agencies and years whose reports the changes touch: their own, the year after of theirs and of
-- the agencies they went into, and the own reports of every region whose total moves.
WITH RECURSIVE
  changed(agency_id, year) AS (
    SELECT agency_id, year FROM each_change
     WHERE change_id > ?1 AND agency_id IS NOT NULL AND year IS NOT NULL
     UNION
    SELECT r.agency_id, r.year FROM each_change c JOIN report r ON r.report_id = c.report_id
     WHERE c.change_id > ?1
     UNION
    SELECT w.old_agency_id, w.old_year FROM each_change c JOIN withdrawal w ON w.report_id = c.report_id
     WHERE c.change_id > ?1 AND w.old_agency_id IS NOT NULL AND w.old_year IS NOT NULL
     UNION
    SELECT r.agency_id, r.year FROM each_change c JOIN report r ON r.agency_id = c.agency_id
     WHERE c.change_id > ?1 AND c.year IS NULL),
  heir(agency_id, year) AS (
    SELECT agency_id, year + 1 FROM changed
     UNION
    SELECT s.successor_id, h.year FROM heir h JOIN agency_successor s ON s.agency_id = h.agency_id),
  -- an agency that goes on keeps its figures from its heirs, so they hang on its own year too
  same(agency_id, year) AS (
    SELECT agency_id, year FROM changed
     UNION
    SELECT s.successor_id, h.year FROM same h JOIN agency_successor s ON s.agency_id = h.agency_id),
  touched(agency_id, year) AS (SELECT * FROM same UNION SELECT * FROM heir),
  up(code, year) AS (
    SELECT a.division_code, t.year FROM touched t JOIN agency a ON a.agency_id = t.agency_id
     WHERE a.division_code IS NOT NULL
     UNION
    SELECT c.division_code, c.year + n.later
      FROM each_change c JOIN (SELECT 0 AS later UNION SELECT 1) n
     WHERE c.change_id > ?1 AND c.division_code IS NOT NULL AND c.year IS NOT NULL
     UNION
    SELECT c.division_code, s.year
      FROM each_change c JOIN area s ON s.basis = 'own' AND s.division_code = c.division_code
     WHERE c.change_id > ?1 AND c.year IS NULL
     UNION
    SELECT p.parent_code, up.year FROM up JOIN division_period p ON p.code = up.code
     WHERE p.parent_code IS NOT NULL)
SELECT agency_id, year FROM touched
 UNION
SELECT r.agency_id, r.year
  FROM up -- few: read first
 CROSS JOIN agency a ON a.division_code = up.code
 CROSS JOIN report r ON r.agency_id = a.agency_id AND r.year = up.year AND r.superseded = 0
 ORDER BY 1, 2;

-- Users' own rules.

-- @own_rules
SELECT name, rule, forms, severity, applies, each, "left", op, "right", tolerance, cell, basis,
       message, message_zh
  FROM rule ORDER BY name;
-- @forget_rules
DELETE FROM rule;
-- @add_rule
INSERT INTO rule (name, rule, forms, severity, applies, each, "left", op, "right", tolerance, cell,
                  basis, message, message_zh)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);

-- What stands, for the table that check prints. ?1 division (with all below it), ?2 year; NULL: all.

-- @by_rule
WITH RECURSIVE down(code) AS (
    SELECT ?1 WHERE ?1 IS NOT NULL
     UNION
    SELECT p.code FROM down JOIN division_period p ON p.parent_code = down.code)
SELECT rule, severity, count(*), sum(waived), count(DISTINCT report_id)
  FROM v_finding
 WHERE (?1 IS NULL OR division_code IN (SELECT code FROM down)) AND (?2 IS NULL OR year = ?2)
 GROUP BY rule, severity
 ORDER BY severity, count(*) DESC, rule;
-- @by_region
WITH RECURSIVE down(code) AS (
    SELECT ?1 WHERE ?1 IS NOT NULL
     UNION
    SELECT p.code FROM down JOIN division_period p ON p.parent_code = down.code),
f (division_code, severity, waived, report_id) AS MATERIALIZED ( -- so that each is asked once whether it is waived
    SELECT division_code, severity, waived, report_id
      FROM v_finding
     WHERE (?1 IS NULL OR division_code IN (SELECT code FROM down)) AND (?2 IS NULL OR year = ?2))
SELECT f.division_code,
       (SELECT p.name FROM division_period p WHERE p.code = f.division_code
         ORDER BY p.first_year DESC LIMIT 1),
       sum(f.severity = 'error' AND NOT f.waived), sum(f.severity = 'warning' AND NOT f.waived),
       sum(f.waived), count(DISTINCT f.report_id)
  FROM f
 GROUP BY f.division_code
 ORDER BY 3 DESC, 4 DESC, f.division_code;
-- @stale_waivers
-- Waivers that no finding answers to any more.
SELECT agency, year, rule, code, reason, made_at
  FROM v_waiver
 WHERE NOT applies
 ORDER BY agency, year, rule, code;
