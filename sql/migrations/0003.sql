-- From version 2 to 3: tables are sealed (core/store/seal.h), and a level is held to the list by comparisons,
-- which a row costs less.

CREATE TABLE seal (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    sum  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE division_period RENAME TO old_division_period;
DROP INDEX division_period_by_parent;
CREATE TABLE division_period (
    code        TEXT NOT NULL REFERENCES division,
    first_year  INTEGER NOT NULL,
    last_year   INTEGER,
    name        TEXT NOT NULL,
    level       TEXT NOT NULL CHECK (level = 'nation' OR level = 'province' OR level = 'prefecture' OR
                                     level = 'county' OR level = 'zone'),
    parent_code TEXT REFERENCES division,
    PRIMARY KEY (code, first_year)
) STRICT, WITHOUT ROWID;
CREATE INDEX division_period_by_parent ON division_period (parent_code);
INSERT INTO division_period SELECT * FROM old_division_period;
DROP TABLE old_division_period;
