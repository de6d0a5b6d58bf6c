-- The analysts' views: stable names and columns. Made anew whenever the warehouse is opened by
-- another version of the program. Plain SQL alone: they work in any SQLite tool.

CREATE VIEW v_cell AS
SELECT r.report_id, a.name AS agency, a.division_code, r.year, r.scope, c.code,
       coalesce(e.state, 'value') AS state,
       CASE
           WHEN e.state = 'text' THEN e.text
           WHEN e.state IN ('blank', 'na') THEN NULL
           WHEN c.kind = 'money' THEN
               CASE WHEN f.line IS NULL THEN '0' ELSE
                   (SELECT CASE WHEN v < 0 THEN '-' ELSE '' END || (abs(v) / 100000000) ||
                           CASE WHEN v % 100000000 = 0 THEN ''
                                ELSE rtrim(printf('.%08d', abs(v) % 100000000), '0') END
                      FROM (SELECT CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1
                                   WHEN 2 THEN f.v2 WHEN 3 THEN f.v3 WHEN 4 THEN f.v4
                                   WHEN 5 THEN f.v5 ELSE f.v6 END AS v))
               END
           ELSE coalesce(CASE c.cell_id & 7 WHEN 0 THEN f.v0 WHEN 1 THEN f.v1 WHEN 2 THEN f.v2
                         WHEN 3 THEN f.v3 WHEN 4 THEN f.v4 WHEN 5 THEN f.v5 ELSE f.v6 END, 0)
       END AS value,
       e.note
  FROM report r
  JOIN agency a ON a.agency_id = r.agency_id
  JOIN presence_cell p ON p.presence_id = r.presence_id
  JOIN cell c ON c.cell_id = p.cell_id
  LEFT JOIN fact f ON f.report_id = r.report_id AND f.line = c.cell_id >> 3
  LEFT JOIN exception e ON e.report_id = r.report_id AND e.cell_id = c.cell_id
 WHERE r.current = 1;
