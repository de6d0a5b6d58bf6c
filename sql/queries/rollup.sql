-- The totals: what they are made of, and where they are kept.

-- @presence
SELECT cell_id FROM presence_cell WHERE presence_id = ?1;
-- @facts
SELECT line, v0, v1, v2, v3, v4, v5, v6 FROM fact WHERE report_id = ?1;
-- @exceptions
SELECT cell_id FROM exception WHERE report_id = ?1 AND state <> 'value';
