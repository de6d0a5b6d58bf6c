-- What the program brings along: forms, cells, series, divisions.

-- @form
INSERT INTO form (form, first_year, last_year, basis, title) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (form) DO UPDATE SET first_year = ?2, last_year = ?3, basis = ?4, title = ?5;
-- @cell
INSERT INTO cell (cell_id, code, kind, over_regions, over_years) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (cell_id) DO UPDATE
    SET code = ?2, kind = ?3, over_regions = ?4, over_years = ?5;
-- @forget_form_cells
DELETE FROM form_cell;
-- @form_cell
INSERT INTO form_cell (form, cell_id, position, form_table, row_label, column_label, unit)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
-- @forget_series_terms
DELETE FROM series_term;
-- @forget_series
DELETE FROM series;
-- @forget_series_breaks
DELETE FROM series_break;
-- @forget_rates
DELETE FROM rate;
-- @forget_rollup
DELETE FROM consumer WHERE name = 'rollup';
-- @series
INSERT INTO series (series, number, label, label_zh, unit, over_years)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6);
-- @series_break
INSERT INTO series_break (series, form, note, note_zh) VALUES (?1, ?2, ?3, ?4);
-- @rate
INSERT INTO rate (rate, label, label_zh, numerator, denominator) VALUES (?1, ?2, ?3, ?4, ?5);
-- @series_term
INSERT INTO series_term (series, form, cell_id, coefficient) VALUES (?1, ?2, ?3, ?4);
-- @nation
INSERT INTO division (code, origin) VALUES ('000000', 'built-in') ON CONFLICT (code) DO NOTHING;
-- @nation_period
INSERT INTO division_period (code, first_year, last_year, name, level, parent_code)
    VALUES ('000000', 1949, NULL, '全国', 'nation', NULL) ON CONFLICT DO NOTHING;
-- @forget_periods
DELETE FROM division_period
 WHERE code IN (SELECT code FROM division WHERE origin = 'built-in');
-- @division
INSERT INTO division (code, origin) VALUES (?1, 'built-in') ON CONFLICT (code) DO NOTHING;
-- @is_built_in
SELECT 1 FROM division WHERE code = ?1 AND origin = 'built-in';
-- @division_period
INSERT INTO division_period (code, first_year, last_year, name, level, parent_code)
    VALUES (?1, CAST(?2 AS INTEGER), CAST(?3 AS INTEGER), ?4, ?5, ?6);
-- @views
SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name;
-- @digest
INSERT INTO builtin (id, digest) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET digest = ?1;
