-- The sums over the rows of each table (core/store/seal.h).

-- The tables that are sealed, and how many of their columns are stored: those that are worked out stand last.
-- @tables
SELECT m.name, count(*)
  FROM sqlite_schema m
  JOIN pragma_table_xinfo(m.name) c ON c.hidden <> 2
 WHERE m.type = 'table' AND m.name NOT GLOB 'sqlite_*' AND m.name NOT IN ('seal', 'builtin')
 GROUP BY m.name;
-- @columns
SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 2 ORDER BY cid;
-- @get
SELECT rows, sum FROM seal WHERE name = ?1;
-- @put
INSERT INTO seal (name, rows, sum) VALUES (?1, ?2, ?3)
    ON CONFLICT (name) DO UPDATE SET rows = excluded.rows, sum = excluded.sum;
-- @has_view
SELECT 1 FROM seal WHERE name = 'view ' || ?1;
-- @forget_schema
DELETE FROM seal WHERE name GLOB ?1 || ' *';
-- @schema
SELECT type || ' ' || name, sql FROM sqlite_schema
 WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND type GLOB ?1;
-- All of them; those that a table has lost, and triggers, of which there are none, too.
-- @all
SELECT s.name, s.rows, s.sum, m.sql
  FROM seal s
  LEFT JOIN sqlite_schema m ON m.type || ' ' || m.name = s.name
 UNION ALL
SELECT substr(s.name, 7), -1, 0, NULL
  FROM seal s
 WHERE s.name GLOB 'table *' AND s.name NOT IN ('table seal', 'table builtin')
   AND NOT EXISTS (SELECT 1 FROM seal t WHERE t.name = substr(s.name, 7))
 UNION ALL
SELECT 'trigger ' || name, -1, 0, NULL FROM sqlite_schema WHERE type = 'trigger';
