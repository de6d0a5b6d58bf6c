-- What `gongkai status` shows.

-- @reports
SELECT count(*), count(*) FILTER (WHERE scope = 'own'),
       count(*) FILTER (WHERE scope = 'composite'), min(year), max(year)
  FROM report WHERE current = 1;
-- @revisions
SELECT (SELECT count(*) FROM report WHERE current = 0),
       (SELECT count(*) FROM withdrawal WHERE undone_at IS NULL),
       (SELECT count(*) FROM source), (SELECT count(*) FROM original);
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
SELECT count(*) FILTER (WHERE severity = 'error' AND NOT waived),
       count(*) FILTER (WHERE severity = 'warning' AND NOT waived),
       count(*) FILTER (WHERE waived)
  FROM v_finding;
-- How many changes a consumer has not seen yet.
-- @behind
SELECT count(*) FROM change
 WHERE change_id > coalesce((SELECT change_id FROM consumer WHERE name = ?1), 0);
-- @runs
SELECT run_id, command, started_at, finished_at, read, loaded, unchanged, rejected, exit_code
  FROM v_run ORDER BY run_id DESC LIMIT 3;
-- @integrity
PRAGMA integrity_check(20);
-- @foreign_keys
PRAGMA foreign_key_check;
-- @originals
SELECT original_id, lower(hex(sha256)), sqlar_name FROM original ORDER BY original_id;
-- @reports_all
SELECT report_id, figures, presence_id, origins FROM report ORDER BY report_id;
