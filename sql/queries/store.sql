-- Runs, sources, reports: what import, reread and withdraw read and write.

-- @run_begin
INSERT INTO run (command, started_at) VALUES (?1, ?2);
-- @run_end
UPDATE run SET finished_at = ?2, read = ?3, loaded = ?4, unchanged = ?5, rejected = ?6,
               exit_code = ?7
 WHERE run_id = ?1;

-- A part of the transaction: one input.

-- @part
SAVEPOINT part;
-- @part_keep
RELEASE part;
-- @part_undo
ROLLBACK TO part;

-- Rows that many have in common.

-- @phrase
SELECT phrase_id FROM phrase WHERE digest = ?2 AND text = ?1;
-- @phrase_new
INSERT INTO phrase (text, digest) VALUES (?1, ?2);
-- @format
SELECT format_id FROM format WHERE name = ?1;
-- @format_new
INSERT INTO format (name) VALUES (?1);
-- @heading
SELECT heading_id FROM heading WHERE text = ?1;
-- @heading_new
INSERT INTO heading (text) VALUES (?1);
-- @folder
SELECT folder_id FROM folder WHERE path = ?1;
-- @folder_new
INSERT INTO folder (path) VALUES (?1);
-- @subfolder
SELECT subfolder_id FROM subfolder WHERE folder_id = ?1 AND path = ?2;
-- @subfolder_new
INSERT INTO subfolder (folder_id, path) VALUES (?1, ?2);
-- @presence
SELECT presence_id FROM presence WHERE digest = ?1;
-- @presence_new
INSERT INTO presence (digest) VALUES (?1);
-- @presence_cell
INSERT INTO presence_cell (presence_id, cell_id) VALUES (?1, ?2);
-- @origin
SELECT origin_id FROM origin WHERE digest = ?1;
-- @origin_new
INSERT INTO origin (digest, lines) VALUES (?1, ?2);
-- @outline
SELECT outline_id FROM outline WHERE digest = ?1;
-- @outline_new
INSERT INTO outline (digest) VALUES (?1);
-- @outline_section
INSERT INTO outline_section (outline_id, position, number, heading_id) VALUES (?1, ?2, ?3, ?4);
-- @prose_kind
SELECT kind_id FROM prose_kind WHERE section = ?1 AND unit = ?2 AND measure = ?3 AND decimals = ?4;
-- @prose_kind_new
INSERT INTO prose_kind (section, unit, measure, decimals) VALUES (?1, ?2, ?3, ?4);
-- @ordinals
SELECT ifnull(max(ordinal), 0) FROM ordinal;
-- @ordinals_more
INSERT INTO ordinal (ordinal)
WITH RECURSIVE n (i) AS (SELECT ?1 + 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
SELECT i FROM n;

-- The rows below a report.

-- @fact
INSERT INTO fact (fact_id, v0, v1, v2, v3, v4, v5, v6) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- @exception
INSERT INTO exception (report_id, cell_id, kind, text, note) VALUES (?1, ?2, ?3, ?4, ?5);
-- @section_text
INSERT INTO section_text (report_id, number, text) VALUES (?1, ?2, ?3);
-- @prose_sentence
INSERT INTO prose_sentence (report_id, ordinal, sentence) VALUES (?1, ?2, ?3);
-- @big_number
INSERT INTO big_number (report_id, part, position, number) VALUES (?1, ?2, ?3, ?4);
-- @remark
INSERT INTO remark (report_id, ordinal, rule, topic, cell_id, line, message, message_zh)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
-- @facts_away
DELETE FROM fact WHERE fact_id BETWEEN ?1 * 64 AND ?1 * 64 + 63;
-- @exceptions_away
DELETE FROM exception WHERE report_id = ?1;
-- @sections_away
DELETE FROM section_text WHERE report_id = ?1;
-- @sentences_away
DELETE FROM prose_sentence WHERE report_id = ?1;
-- @big_numbers_away
DELETE FROM big_number WHERE report_id = ?1;
-- @remarks_away
DELETE FROM remark WHERE report_id = ?1;

-- A report's row, by agency, year and scope.

-- @next_number
SELECT max((SELECT ifnull(max(report_id), 0) FROM report),
           (SELECT ifnull(max(source_id), 0) FROM input)) + 1;
-- @report_there
SELECT EXISTS (SELECT 1 FROM report WHERE report_id = ?1);
-- @report_new
INSERT INTO report (form, presence_id, figures, contents, title, title_head, dated_on, period,
                    line, first_line, origin_id, outline_id, section_lines, prose, report_id, agency_id, year, composite, revision, superseded, other_source,
                    imported_run)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
            ?21, ?22);
-- @report_again
UPDATE report SET form = ?1, presence_id = ?2, figures = ?3, contents = ?4, title = ?5,
                  title_head = ?6, dated_on = ?7, period = ?8, line = ?9, first_line = ?10,
                  origin_id = ?11, outline_id = ?12, section_lines = ?13, prose = ?14
 WHERE report_id = ?15;
-- What goes by the year of the report is written out when that changes.
-- @report_year_out
UPDATE report
   SET title = (SELECT v.title FROM v_revision v WHERE v.report_id = report.report_id),
       title_head = NULL,
       dated_on = CASE typeof(dated_on) WHEN 'integer' THEN dated_on + (year - ?2) * 372
                  ELSE dated_on END,
       period = CASE period WHEN 1 THEN period_from || '/' || period_to ELSE period END
 WHERE report_id = ?1 AND year <> ?2;
-- @report_moved
UPDATE report SET agency_id = ?1, year = ?2, composite = ?3 = 'composite', revision = ?4,
                  superseded = ?4
 WHERE report_id = ?5;
-- @figures_of
SELECT figures, contents, year FROM report WHERE report_id = ?1;
-- @standing
SELECT agency_id, year, scope, current, revision, dated FROM report WHERE report_id = ?1;
-- @report_source
INSERT INTO report_also (report_id, source_id)
SELECT ?1, ?2 FROM report WHERE report_id = ?1 AND source_id <> ?2
    ON CONFLICT DO NOTHING;
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
-- @withdrawals
SELECT EXISTS (SELECT 1 FROM withdrawal);
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
UPDATE report SET superseded = 0 WHERE report_id = ?1;
-- @not_current
UPDATE report SET superseded = revision WHERE report_id = ?1;
-- Its tenure needs no row when it has been current since its import.
-- @tenure_begin
INSERT INTO reign (report_id, from_at)
SELECT r.report_id, ?2 FROM report r JOIN run u ON u.run_id = r.imported_run
 WHERE r.report_id = ?1 AND u.started_at <> ?2
    ON CONFLICT (report_id, from_at) DO UPDATE SET to_at = NULL;
-- @tenure_end
UPDATE reign SET to_at = ?2 WHERE report_id = ?1 AND to_at IS NULL;
-- @tenure_ended
INSERT INTO reign (report_id, from_at, to_at)
SELECT r.report_id, u.started_at, ?2 FROM report r JOIN run u ON u.run_id = r.imported_run
 WHERE r.report_id = ?1 AND r.superseded = 0 AND u.started_at <> ?2
    ON CONFLICT DO NOTHING;
-- @tenure_unseen
DELETE FROM reign WHERE report_id = ?1 AND to_at = ?2 AND from_at = ?2;
-- @change
INSERT INTO change (run_id, what, report_id, agency_id, division_code, year)
SELECT ?1, ?2, r.report_id, r.agency_id, a.division_code, r.year
  FROM report r JOIN agency a ON a.agency_id = r.agency_id
 WHERE r.report_id = ?3;
-- @change_loads
INSERT INTO change (run_id, what, report_id, last_report)
SELECT ?1, 'load', first, ?3
  FROM (SELECT min(report_id) AS first FROM report WHERE report_id >= ?2)
 WHERE first <= ?3;

-- @holds_anything
SELECT EXISTS (SELECT 1 FROM input) OR EXISTS (SELECT 1 FROM report)
    OR EXISTS (SELECT 1 FROM agency);

-- Originals and sources.

-- @original
SELECT original_id FROM original WHERE sha256 = ?1;
-- @original_by_id
SELECT lower(hex(sha256)), size, sqlar_name, parts FROM original WHERE original_id = ?1;
-- @original_new
INSERT INTO original (sha256, size, sqlar_name, parts) VALUES (?1, ?2, ?3, ?4);
-- @sqlar_new
INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?1, 33188, ?2, ?3, ?4)
    ON CONFLICT (name) DO UPDATE SET mtime = ?2, sz = ?3, data = ?4;
-- @sqlar
SELECT sz, data FROM sqlar WHERE name = ?1;
-- A path is looked for by its folder, what stands before its name, 16 bits of the name's hash, and itself.
-- @source_latest
SELECT s.source_id, lower(hex(s.sha256)), s.stamp, s.hints, s.format
  FROM subfolder f
  JOIN input_name n ON n.subfolder_id = f.subfolder_id AND n.hash = ?3
  JOIN source s ON s.source_id = n.source_id
 WHERE f.folder_id = ?1 AND f.path = ?2 AND s.path = ?4
 ORDER BY s.last_run DESC, s.source_id DESC LIMIT 1;
-- What is known of the files of a folder: 16 bits of the name's hash, in their order.
-- @known_files
SELECT n.hash, i.stamp,
       i.format_id <> ifnull((SELECT format_id FROM format WHERE name = ''), 0)
  FROM subfolder f
  JOIN input_name n ON n.subfolder_id = f.subfolder_id
  JOIN input i ON i.source_id = n.source_id
 WHERE f.folder_id = ?1 AND f.path = ?2
 ORDER BY n.hash;
-- @source_versions
SELECT i.source_id, i.sha256 = ?5
  FROM subfolder f
  JOIN input_name n ON n.subfolder_id = f.subfolder_id AND n.hash = ?3
  JOIN input i ON i.source_id = n.source_id
  LEFT JOIN phrase h ON h.phrase_id = i.head
  LEFT JOIN phrase t ON t.phrase_id = i.tail
 WHERE f.folder_id = ?1 AND f.path = ?2
   AND f.path || coalesce(i.name, h.text || i.year || t.text) = ?4;
-- @source_new
INSERT INTO input (source_id, subfolder_id, name, head, year, tail, sha256, size, stamp, format_id,
                   hints, first_run, last_run)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12);
-- @source_name
INSERT INTO input_name (subfolder_id, hash, source_id) VALUES (?1, ?2, ?3);
-- @source_again
UPDATE input SET stamp = ?2, format_id = ?3, hints = ?4, last_run = ?5 WHERE source_id = ?1;
-- @source_touch
UPDATE input SET stamp = ?2 WHERE source_id = ?1;
-- Members of an archive that has not changed: each path that was met in that very file.
-- @members_unchanged
SELECT count(DISTINCT s.path)
  FROM subfolder f
  JOIN input_name n ON n.subfolder_id = f.subfolder_id
  JOIN source s ON s.source_id = n.source_id
 WHERE f.folder_id = ?1 AND f.path >= ?2 || '/' AND f.path < ?2 || '0' AND s.stamp = ?3;
-- @reject_new
INSERT INTO reject (run_id, source_id, line, reason, message, message_zh, whose, bytes)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, substr(sha256, 1, 8) FROM input WHERE source_id = ?2;
-- Whether another path with the same bytes stands rejected for the same, since an earlier run. Only
-- the first ones are asked: the same few bytes a hundred thousand times in an archive cost no more.
-- @reject_known
SELECT EXISTS (SELECT 1
                 FROM input i
                 JOIN (SELECT * FROM reject
                        WHERE bytes = (SELECT substr(sha256, 1, 8) FROM input WHERE source_id = ?1)
                        ORDER BY reject_id LIMIT 100) j
                 JOIN input o ON o.source_id = j.source_id AND o.sha256 = i.sha256
                WHERE i.source_id = ?1 AND j.source_id <> ?1 AND j.run_id < ?2 AND j.line = ?3
                  AND j.reason = ?4 AND j.whose = ?5 AND j.resolved_run IS NULL);
-- What the path's other versions were rejected for is settled by this one.
-- @rejects_settle
UPDATE reject SET resolved_run = ?5
 WHERE resolved_run IS NULL
   AND source_id IN (SELECT s.source_id
                       FROM subfolder f
                       JOIN input_name n ON n.subfolder_id = f.subfolder_id AND n.hash = ?3
                       JOIN source s ON s.source_id = n.source_id
                      WHERE f.folder_id = ?1 AND f.path = ?2 AND s.path = ?4);
-- Folders below a folder that could not be opened, and stand rejected: inputs without a name.
-- @folders_rejected
SELECT DISTINCT s.source_id, s.path
  FROM subfolder f
  JOIN input_name n ON n.subfolder_id = f.subfolder_id AND n.hash = ?2
  JOIN source s ON s.source_id = n.source_id AND s.path = f.path
  JOIN reject j ON j.source_id = s.source_id AND j.resolved_run IS NULL
 WHERE f.folder_id = ?1;
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
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE fact_id BETWEEN ?1 * 64 AND ?1 * 64 + 63;
-- @exceptions_of
SELECT cell_id, kind, text, note FROM exception WHERE report_id = ?1;
-- @origins_of
SELECT o.lines, r.first_line
  FROM report r JOIN origin o ON o.origin_id = r.origin_id
 WHERE r.report_id = ?1;

-- Reading originals again.

-- Sources to be read again: those of reports, and those whose rejects stand. `latest`: no other
-- version of the path has come since.
-- @reread_sources
SELECT s.source_id FROM source s
 WHERE EXISTS (SELECT 1 FROM report_source rs WHERE rs.source_id = s.source_id)
    OR EXISTS (SELECT 1 FROM reject j WHERE j.source_id = s.source_id AND j.resolved_run IS NULL)
 ORDER BY s.source_id;
-- @reread_source
SELECT s.path, s.folder_id, s.original_id, s.hints, f.path
  FROM source s JOIN folder f ON f.folder_id = s.folder_id
 WHERE s.source_id = ?1;
-- Whether a source that was read before can be read again.
-- @reread_can
SELECT 1 FROM source s
 WHERE s.source_id = ?1 AND s.original_id IS NOT NULL
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
DELETE FROM report_also WHERE report_id = ?1 AND source_id = ?2;
-- Another source takes the place of the one that a report was read from.
-- @report_other_source
UPDATE report SET other_source = (SELECT min(source_id) FROM report_also WHERE report_id = ?1),
                  title_head = coalesce(title_head,
                                        (SELECT head FROM input WHERE source_id = report.source_id))
 WHERE report_id = ?1 AND EXISTS (SELECT 1 FROM report_also WHERE report_id = ?1)
 RETURNING other_source;
-- @source_hints
UPDATE input SET hints = ?2, format_id = ?3 WHERE source_id = ?1;
-- @rejects_of
SELECT reason, count(*) FROM reject WHERE source_id = ?1 AND resolved_run IS NULL;
-- @rejects_of_settle
UPDATE reject SET resolved_run = ?2 WHERE source_id = ?1 AND resolved_run IS NULL;

-- Current reports whose sources are all earlier versions of the path of this source.
-- @left_behind
WITH older (source_id) AS (
    SELECT s.source_id
      FROM subfolder f
      JOIN input_name n ON n.subfolder_id = f.subfolder_id AND n.hash = ?3
      JOIN source s ON s.source_id = n.source_id
     WHERE f.folder_id = ?1 AND f.path = ?2 AND s.path = ?4 AND s.source_id <> ?5)
SELECT DISTINCT r.report_id, a.name, r.year
  FROM older o
  JOIN report_source rs ON rs.source_id = o.source_id
  JOIN report r ON r.report_id = rs.report_id AND r.current = 1
  JOIN agency a ON a.agency_id = r.agency_id
 WHERE NOT EXISTS (SELECT 1 FROM report_source x
                    WHERE x.report_id = r.report_id
                      AND x.source_id NOT IN (SELECT source_id FROM older))
 ORDER BY r.report_id;
