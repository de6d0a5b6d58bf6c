-- What `gongkai status` shows.

-- @reports
SELECT count(*), count(*) FILTER (WHERE scope = 'own'),
       count(*) FILTER (WHERE scope = 'composite'), min(year), max(year)
  FROM report WHERE current = 1;
-- @revisions
SELECT (SELECT count(*) FROM report WHERE current = 0),
       (SELECT count(*) FROM withdrawal WHERE undone_at IS NULL),
       (SELECT count(*) FROM input), (SELECT count(DISTINCT sha256) FROM input);
-- @agencies
SELECT count(*) FILTER (WHERE registered = 1), count(*) FILTER (WHERE registered = 0),
       count(*) FILTER (WHERE division_code IS NULL)
  FROM agency;
-- What is missing in the last years for which anything is there.
-- @missing
SELECT year, expected, received, missing FROM v_coverage
 WHERE division_code = '000000' ORDER BY year DESC LIMIT 3;
-- @rejects
SELECT count(*), (SELECT source FROM v_reject ORDER BY reject_id DESC LIMIT 1),
       (SELECT reason FROM v_reject ORDER BY reject_id DESC LIMIT 1)
  FROM v_reject;
-- @reject_list
SELECT run_id, source, line, reason, message, message_zh FROM v_reject ORDER BY reject_id;
-- @findings
-- Errors, warnings, waived ones: as v_finding has them, but that the waivers are asked what they waive, not
-- each finding whether it is.
WITH
  waiving (agency_id, year, rule, code) AS (
    SELECT a.agency_id, w.year, w.rule, w.code FROM waiver w JOIN agency a ON a.name = w.agency
     UNION ALL
    SELECT l.agency_id, w.year, w.rule, w.code FROM waiver w JOIN agency_alias l ON l.alias = w.agency),
  waived (severity, n) AS (
    SELECT f.severity, count(DISTINCT f.finding_id)
      FROM waiving w
      JOIN report r ON r.agency_id = w.agency_id AND r.current = 1
      JOIN finding f ON f.report_id = r.report_id AND f.rule = w.rule
      LEFT JOIN cell c ON c.cell_id = f.cell_id
     WHERE coalesce(f.year, r.year) = w.year AND w.code IN ('', coalesce(c.code, ''))
     GROUP BY f.severity
     UNION ALL
    SELECT 'warning', count(DISTINCT m.report_id * 65536 + m.ordinal)
      FROM waiving w
      JOIN report r ON r.agency_id = w.agency_id AND r.year = w.year AND r.current = 1
      JOIN remark m ON m.report_id = r.report_id AND m.rule = w.rule
      LEFT JOIN cell c ON c.cell_id = m.cell_id
     WHERE w.code IN ('', coalesce(c.code, ''))),
  standing (severity, n) AS (
    SELECT f.severity, 1
      FROM finding f
      LEFT JOIN report r ON r.report_id = f.report_id
     WHERE f.report_id IS NULL OR r.current = 1
     UNION ALL
    SELECT 'warning', 1
      FROM remark m
     CROSS JOIN report r ON r.report_id = m.report_id
     WHERE r.current = 1
     UNION ALL
    SELECT severity, -n FROM waived)
SELECT coalesce(sum(n) FILTER (WHERE severity = 'error'), 0),
       coalesce(sum(n) FILTER (WHERE severity = 'warning'), 0),
       coalesce((SELECT sum(n) FROM waived), 0)
  FROM standing;
-- How many changes a consumer has not seen yet.
-- @behind
SELECT count(*) FROM each_change
 WHERE change_id > coalesce((SELECT change_id FROM consumer WHERE name = ?1), 0);
-- @runs
SELECT run_id, command, started_at, finished_at, read, loaded, unchanged, rejected, exit_code
  FROM v_run ORDER BY run_id DESC LIMIT 3;
-- @integrity
PRAGMA integrity_check(20);
-- @foreign_keys
PRAGMA foreign_key_check;
-- What `gongkai verify` looks at.

-- Those that are kept, and whether an input has them; NULL for each that is known by its hash alone.
-- @originals
SELECT original_id, sqlar_name, EXISTS (SELECT 1 FROM (SELECT DISTINCT sha256 FROM input) i
                                         WHERE i.sha256 = o.sha256)
  FROM original o
UNION ALL
SELECT NULL, NULL, 1
  FROM (SELECT DISTINCT sha256 FROM input) i
 WHERE i.sha256 NOT IN (SELECT sha256 FROM original);
-- Rows that refer to one another without a foreign key: what, and its number.
-- @strays
SELECT 'report', r.report_id FROM report r
 WHERE r.other_source IS NULL AND NOT EXISTS (SELECT 1 FROM input i WHERE i.source_id = r.report_id)
UNION ALL
SELECT 'fact', f.fact_id FROM fact f
 WHERE NOT EXISTS (SELECT 1 FROM report r WHERE r.report_id = f.fact_id >> 6)
UNION ALL
SELECT 'input', i.source_id FROM input i
 WHERE i.name IS NULL AND (i.head IS NULL OR i.year IS NULL OR i.tail IS NULL)
UNION ALL
SELECT 'report', r.report_id FROM report r
 WHERE r.title IS NULL
    OR typeof(r.title) = 'integer'
   AND (NOT EXISTS (SELECT 1 FROM phrase p WHERE p.phrase_id = r.title)
        OR r.title_head IS NULL
       AND NOT EXISTS (SELECT 1 FROM input i WHERE i.source_id = r.source_id AND i.head IS NOT NULL));
-- @names
SELECT s.source_id, s.path, n.hash
  FROM source s
  LEFT JOIN input i ON i.source_id = s.source_id
  LEFT JOIN input_name n ON n.subfolder_id = i.subfolder_id AND n.source_id = s.source_id;
-- @origins
SELECT origin_id, digest, lines FROM origin;
-- @reports_all
SELECT report_id, figures FROM report ORDER BY report_id;
