-- Runs, sources, reports: what import, reread and withdraw read and write.

-- @run_begin
INSERT INTO run (command, started_at) VALUES (?1, ?2);
-- @run_end
UPDATE run SET finished_at = ?2, read = ?3, loaded = ?4, unchanged = ?5, rejected = ?6,
               exit_code = ?7
 WHERE run_id = ?1;
