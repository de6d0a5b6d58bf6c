-- Which corrected re-issues changed the most?
-- 更正重发的报告中，哪些数字改动最大？
SELECT agency, year, code, before_value, after_value, difference, revision, imported_at
  FROM v_revision_change
 WHERE difference IS NOT NULL
 ORDER BY abs(CAST(difference AS INTEGER)) DESC, agency, year, code
 LIMIT 20;
