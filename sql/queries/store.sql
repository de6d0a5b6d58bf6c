-- Runs, sources, reports: what import, reread and withdraw read and write.

-- @run_begin
INSERT INTO run (command, started_at) VALUES (?1, ?2);
-- @run_end
UPDATE run SET finished_at = ?2, read = ?3, loaded = ?4, unchanged = ?5, rejected = ?6,
               exit_code = ?7
 WHERE run_id = ?1;

-- @presence
SELECT presence_id FROM presence WHERE digest = ?1;
-- @presence_new
INSERT INTO presence (digest) VALUES (?1);
-- @presence_cell
INSERT INTO presence_cell (presence_id, cell_id) VALUES (?1, ?2);
-- @fact
INSERT INTO fact (report_id, line, v0, v1, v2, v3, v4, v5, v6)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
-- @exception
INSERT INTO exception (report_id, cell_id, state, text, note) VALUES (?1, ?2, ?3, ?4, ?5);
-- @heading
INSERT INTO heading (text) VALUES (?1) ON CONFLICT DO NOTHING;
-- A section that is printed in two pieces is one.
-- @section
INSERT INTO section (report_id, number, line, heading_id, text)
SELECT ?1, ?2, ?3, heading_id, ?5 FROM heading WHERE text = ?4
    ON CONFLICT (report_id, number) DO UPDATE SET text = text || char(10) || excluded.text;
-- @prose_figure
INSERT INTO prose_figure (report_id, ordinal, section, line, value, decimals, unit, measure,
                          sentence)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
-- @remark
INSERT INTO remark (report_id, ordinal, rule, topic, cell_id, line, message, message_zh)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- @facts_away
DELETE FROM fact WHERE report_id = ?1;
-- @exceptions_away
DELETE FROM exception WHERE report_id = ?1;
-- @sections_away
DELETE FROM section WHERE report_id = ?1;
-- @prose_away
DELETE FROM prose_figure WHERE report_id = ?1;
-- @remarks_away
DELETE FROM remark WHERE report_id = ?1;

-- A report's row, by agency, year and scope.

-- @report_new
INSERT INTO report (agency_id, year, scope, revision, current, source_id, imported_run,
                    imported_at, form, presence_id, figures, title, dated, period_from, period_to,
                    line, origins, contents)
    VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17);
-- @report_again
UPDATE report SET form = ?2, presence_id = ?3, figures = ?4, title = ?5, dated = ?6,
                  period_from = ?7, period_to = ?8, line = ?9, origins = ?10, contents = ?11
 WHERE report_id = ?1;
-- @report_moved
UPDATE report SET agency_id = ?1, year = ?2, scope = ?3, revision = ?4 WHERE report_id = ?5;
-- @figures_of
SELECT figures, current, contents FROM report WHERE report_id = ?1;
-- @standing
SELECT agency_id, year, scope, current, revision, dated FROM report WHERE report_id = ?1;
-- @report_source
INSERT INTO report_source (report_id, source_id) VALUES (?1, ?2) ON CONFLICT DO NOTHING;
-- @last_revision
SELECT max(revision) FROM report WHERE agency_id = ?1 AND year = ?2 AND scope = ?3;
-- @same_figures
SELECT report_id, revision,
       EXISTS (SELECT 1 FROM withdrawal w
                WHERE w.report_id = r.report_id AND w.old_agency_id IS NULL
                  AND w.undone_at IS NULL)
  FROM report r
 WHERE agency_id = ?1 AND year = ?2 AND scope = ?3 AND figures = ?4
 ORDER BY current DESC, revision DESC LIMIT 1;
-- The same figures, given by a person to another agency or year: they stay there.
-- @same_given_away
SELECT r.report_id, r.revision, 1
  FROM withdrawal w JOIN report r ON r.report_id = w.report_id
 WHERE w.undone_at IS NULL AND w.old_agency_id = ?1 AND w.old_year = ?2 AND r.scope = ?3
   AND r.figures = ?4
 LIMIT 1;
-- @zone_twice
-- The other one of a 管委会 and its own office, where both state own figures of the year: the same
-- applications would be counted twice.
SELECT b.name
  FROM agency a
  JOIN agency b ON b.division_code = a.division_code AND b.agency_id <> a.agency_id
  JOIN report r ON r.agency_id = b.agency_id AND r.year = ?2 AND r.scope = 'own' AND r.current = 1
 WHERE a.agency_id = ?1
   AND EXISTS (SELECT 1
                 FROM (SELECT a.name AS zone, b.name AS office UNION ALL SELECT b.name, a.name)
                WHERE (zone LIKE '%管理委员会' OR zone LIKE '%管委会')
                  AND (office LIKE '%办公室' OR office LIKE '%政办')
                  AND instr(office, replace(replace(zone, '管理委员会', ''), '管委会', '')) = 1)
 ORDER BY b.agency_id
 LIMIT 1;
-- @name_shared
-- Reports of the key with other figures that the path of a source has not given.
SELECT EXISTS (SELECT 1 FROM report r
                WHERE r.agency_id = ?1 AND r.year = ?2 AND r.scope = ?3 AND r.figures <> ?4
                  AND NOT EXISTS (SELECT 1
                                    FROM report_source rs
                                    JOIN source s ON s.source_id = rs.source_id
                                   WHERE rs.report_id = r.report_id
                                     AND (s.path, s.folder_id) =
                                         (SELECT path, folder_id FROM source
                                           WHERE source_id = ?5)));
-- @incumbent
SELECT r.report_id, r.dated,
       EXISTS (SELECT 1 FROM report_source rs JOIN source s ON s.source_id = rs.source_id
                WHERE rs.report_id = r.report_id
                  AND (s.path, s.folder_id) =
                      (SELECT path, folder_id FROM source WHERE source_id = ?4)),
       EXISTS (SELECT 1 FROM report_source rs
                WHERE rs.report_id = r.report_id AND rs.source_id = ?4)
  FROM report r
 WHERE r.agency_id = ?1 AND r.year = ?2 AND r.scope = ?3 AND r.current = 1;
-- @current
SELECT report_id FROM report
 WHERE agency_id = ?1 AND year = ?2 AND scope = ?3 AND current = 1;
-- The one that should be current: the incumbent unless withdrawn, else who was current last.
-- @heir
SELECT r.report_id
  FROM report r
 WHERE r.agency_id = ?1 AND r.year = ?2 AND r.scope = ?3
   AND NOT EXISTS (SELECT 1 FROM withdrawal w
                    WHERE w.report_id = r.report_id AND w.old_agency_id IS NULL
                      AND w.undone_at IS NULL)
 ORDER BY r.current DESC,
          (SELECT max(from_at) FROM tenure t WHERE t.report_id = r.report_id) DESC,
          r.revision DESC
 LIMIT 1;
-- @is_current
UPDATE report SET current = 1 WHERE report_id = ?1;
-- @not_current
UPDATE report SET current = 0 WHERE report_id = ?1;
-- @tenure_begin
INSERT INTO tenure (report_id, from_at) VALUES (?1, ?2)
    ON CONFLICT (report_id, from_at) DO UPDATE SET to_at = NULL;
-- @tenure_end
UPDATE tenure SET to_at = ?2 WHERE report_id = ?1 AND to_at IS NULL;
-- @tenure_unseen
DELETE FROM tenure WHERE report_id = ?1 AND to_at = ?2 AND from_at = ?2;
-- @change
INSERT INTO change (run_id, what, report_id, agency_id, division_code, year)
SELECT ?1, ?2, r.report_id, r.agency_id, a.division_code, r.year
  FROM report r JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.report_id = ?3;

-- @holds_anything
SELECT EXISTS (SELECT 1 FROM source) OR EXISTS (SELECT 1 FROM report)
    OR EXISTS (SELECT 1 FROM agency);

-- Originals and sources.

-- @original
SELECT original_id, size, sqlar_name, parts FROM original WHERE sha256 = ?1;
-- @original_by_id
SELECT lower(hex(sha256)), size, sqlar_name, parts FROM original WHERE original_id = ?1;
-- @original_new
INSERT INTO original (sha256, size, sqlar_name, parts) VALUES (?1, ?2, ?3, ?4);
-- @original_kept
UPDATE original SET sqlar_name = ?2, parts = ?3 WHERE original_id = ?1;
-- @sqlar_new
INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, 33188, ?2, ?3, ?4)
    ON CONFLICT (name) DO UPDATE SET mtime = ?2, sz = ?3, data = ?4;
-- @sqlar
SELECT sz, data FROM sqlar WHERE name = ?1;
-- @folder
SELECT folder_id FROM folder WHERE path = ?1;
-- @folder_new
INSERT INTO folder (path) VALUES (?1);
-- @source_latest
SELECT s.source_id, lower(hex(o.sha256)), s.file_size, s.file_time, s.file_inode, s.hints,
       s.format
  FROM source s JOIN original o ON o.original_id = s.original_id
 WHERE s.path = ?1 AND s.folder_id = ?2
 ORDER BY s.last_run DESC, s.source_id DESC LIMIT 1;
-- The files of a folder behind a path, several versions of each in any order.
-- @known_files
SELECT path, file_size, file_time, file_inode, hints, format, last_run, source_id
  FROM source
 WHERE path > ?1 AND folder_id = ?2
 ORDER BY path;
-- @source_put
INSERT INTO source (path, folder_id, original_id, format, hints, file_size, file_time, file_inode,
                    first_run, last_run)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
    ON CONFLICT (path, folder_id, original_id) DO UPDATE
    SET format = ?4, hints = ?5, file_size = ?6, file_time = ?7, file_inode = ?8, last_run = ?9
 RETURNING source_id;
-- @source_touch
UPDATE source SET file_size = ?2, file_time = ?3, file_inode = ?4 WHERE source_id = ?1;
-- Members of an archive that has not changed: each path's latest source, met in that very file.
-- @members_unchanged
SELECT count(*) FROM (
    SELECT path, max(last_run) FROM source
     WHERE folder_id = ?2 AND path >= ?1 || '/' AND path < ?1 || '0'
       AND file_size = ?3 AND file_time = ?4 AND file_inode = ?5
     GROUP BY path);
-- @reject_new
INSERT INTO reject (run_id, source_id, line, reason, message, message_zh, whose)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- Whether another path with the same bytes stands rejected for the same, since an earlier run. Only
-- the first paths are asked: the same few bytes a hundred thousand times in an archive cost no more.
-- @reject_known
SELECT EXISTS (SELECT 1 FROM (SELECT source_id FROM source WHERE original_id = ?1
                               ORDER BY source_id LIMIT 100) s
                 JOIN reject j ON j.source_id = s.source_id
                WHERE s.source_id <> ?2 AND j.run_id < ?3
                  AND j.line = ?4 AND j.reason = ?5 AND j.whose = ?6
                  AND j.resolved_run IS NULL);
-- What the path's other versions were rejected for is settled by this one.
-- @rejects_settle
UPDATE reject SET resolved_run = ?3
 WHERE resolved_run IS NULL
   AND source_id IN (SELECT source_id FROM source WHERE path = ?1 AND folder_id = ?2);
-- @reject_count
SELECT count(*) FROM reject WHERE source_id = ?1 AND resolved_run IS NULL;

-- Withdrawals. A report is out while one without old_agency_id stands.

-- @withdrawal_choose
SELECT r.report_id, r.agency_id, r.year, r.scope, NULL, NULL, NULL
  FROM report r
 WHERE CASE WHEN ?1 THEN r.report_id = ?1
            ELSE r.agency_id = ?2 AND r.year = ?3 AND ?4 IN ('', r.scope) END
   AND NOT EXISTS (SELECT 1 FROM withdrawal w
                    WHERE w.report_id = r.report_id AND w.old_agency_id IS NULL
                      AND w.undone_at IS NULL)
 ORDER BY r.scope, r.revision;
-- The last thing done to a report is undone first.
-- @withdrawal_standing
SELECT r.report_id, r.agency_id, r.year, r.scope, w.withdrawal_id, w.old_agency_id, w.old_year
  FROM withdrawal w JOIN report r ON r.report_id = w.report_id
 WHERE w.undone_at IS NULL
   AND w.withdrawal_id = (SELECT max(withdrawal_id) FROM withdrawal x
                           WHERE x.report_id = w.report_id AND x.undone_at IS NULL)
   AND CASE WHEN ?1 THEN r.report_id = ?1
            ELSE ?2 IN (r.agency_id, w.old_agency_id) AND ?3 IN (r.year, w.old_year)
                 AND ?4 IN ('', r.scope) END
 ORDER BY r.scope, r.revision;
-- @withdrawal_new
INSERT INTO withdrawal (report_id, run_id, reason, old_agency_id, old_year, made_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- @withdrawal_undone
UPDATE withdrawal SET undone_at = ?2 WHERE withdrawal_id = ?1;

-- Reading a report back.

-- @cells_of
SELECT p.cell_id FROM report r JOIN presence_cell p ON p.presence_id = r.presence_id
 WHERE r.report_id = ?1 ORDER BY p.cell_id;
-- @facts_of
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE report_id = ?1;
-- @exceptions_of
SELECT cell_id, state, text, note FROM exception WHERE report_id = ?1;
-- @origins_of
SELECT origins FROM report WHERE report_id = ?1;

-- Reading originals again.

-- Sources to be read again: those of reports, and those whose rejects stand. `latest`: no other
-- version of the path has come since.
-- @reread_sources
SELECT s.source_id FROM source s
 WHERE EXISTS (SELECT 1 FROM report_source rs WHERE rs.source_id = s.source_id)
    OR EXISTS (SELECT 1 FROM reject j WHERE j.source_id = s.source_id AND j.resolved_run IS NULL)
 ORDER BY s.source_id;
-- @reread_source
SELECT s.path, s.folder_id, s.original_id, s.hints, f.path,
       NOT EXISTS (SELECT 1 FROM source x
                    WHERE x.path = s.path AND x.folder_id = s.folder_id
                      AND (x.last_run, x.source_id) > (s.last_run, s.source_id))
  FROM source s JOIN folder f ON f.folder_id = s.folder_id
 WHERE s.source_id = ?1;
-- Whether a source that was read before can be read again.
-- @reread_can
SELECT 1 FROM source s JOIN original o ON o.original_id = s.original_id
 WHERE s.source_id = ?1 AND o.sqlar_name IS NOT NULL
   AND EXISTS (SELECT 1 FROM report_source rs WHERE rs.source_id = s.source_id);
-- The reports that a source has given. own_line: the line it begins on, 0 when the report is kept
-- as read from another source. Where a person gave it away: whose it had been.
-- @reread_reports
SELECT r.report_id, r.agency_id, r.year, r.scope,
       CASE WHEN r.source_id = ?1 THEN r.line ELSE 0 END AS own_line,
       w.old_agency_id, w.old_year
  FROM report_source rs
  JOIN report r ON r.report_id = rs.report_id
  LEFT JOIN withdrawal w ON w.withdrawal_id =
       (SELECT min(withdrawal_id) FROM withdrawal x
         WHERE x.report_id = r.report_id AND x.old_agency_id IS NOT NULL AND x.undone_at IS NULL)
 WHERE rs.source_id = ?1
 ORDER BY r.report_id;
-- @source_unlink
DELETE FROM report_source WHERE report_id = ?1 AND source_id = ?2;
-- Another source takes the place of the one that a report was read from.
-- @report_other_source
UPDATE report SET source_id = (SELECT min(source_id) FROM report_source
                                WHERE report_id = ?1 AND source_id <> ?2)
 WHERE report_id = ?1
   AND EXISTS (SELECT 1 FROM report_source WHERE report_id = ?1 AND source_id <> ?2)
 RETURNING source_id;
-- @source_hints
UPDATE source SET hints = ?2, format = ?3 WHERE source_id = ?1;
-- @rejects_of
SELECT reason, count(*) FROM reject WHERE source_id = ?1 AND resolved_run IS NULL;
-- @rejects_of_settle
UPDATE reject SET resolved_run = ?2 WHERE source_id = ?1 AND resolved_run IS NULL;

-- Current reports whose sources are all earlier versions of the path of this source.
-- @left_behind
SELECT DISTINCT r.report_id, a.name, r.year
  FROM source n
  JOIN source s ON s.path = n.path AND s.folder_id = n.folder_id AND s.source_id <> n.source_id
  JOIN report_source rs ON rs.source_id = s.source_id
  JOIN report r ON r.report_id = rs.report_id AND r.current = 1
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE n.source_id = ?1
   AND NOT EXISTS (SELECT 1 FROM report_source x JOIN source y ON y.source_id = x.source_id
                    WHERE x.report_id = r.report_id
                      AND (y.source_id = n.source_id
                           OR y.path <> n.path OR y.folder_id <> n.folder_id))
 ORDER BY r.report_id;
