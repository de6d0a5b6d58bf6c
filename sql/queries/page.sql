-- What the overview's pages show. ?1 division, ?2 year.

-- @regions
SELECT division_code, division, level, parent_code, max(year)
  FROM area
 WHERE basis = 'own' AND part = 'region'
 GROUP BY division_code
HAVING sum(n_reported + n_expected) > 0
 ORDER BY division_code;

-- @parent
SELECT a.division_code, a.division, a.parent_code
  FROM area a
 WHERE a.basis = 'own' AND a.part = 'region' AND a.division_code = ?1
 ORDER BY a.year DESC
 LIMIT 1;

-- The years are found by steps along the index: a list of all would be read for every page.
-- @series
WITH RECURSIVE y (year) AS (
    SELECT min(year) FROM area WHERE basis = 'own'
    UNION ALL
    SELECT (SELECT min(a.year) FROM area a WHERE a.basis = 'own' AND a.year > y.year)
      FROM y WHERE y.year IS NOT NULL)
SELECT n.series, n.label_zh, s.year, t.value,
       coalesce((SELECT max(b.form) FROM series_break b
                  WHERE b.series = n.series AND b.form <= s.form), 0) AS definition, n.label
  FROM y
  CROSS JOIN area s ON s.basis = 'own' AND s.year = y.year AND s.division_code = ?1 AND s.part = 'region'
  JOIN total_series t ON t.area_id = s.area_id
  JOIN series n ON n.number = t.number
 WHERE n.series IN ('received', 'handled', 'carried_out', 'granted', 'partial', 'denied', 'unable',
                    'refused', 'other', 'review', 'suit')
 ORDER BY n.number, s.year;

-- @coverage
WITH RECURSIVE y (year) AS (
    SELECT min(year) FROM area WHERE basis = 'own'
    UNION ALL
    SELECT (SELECT min(a.year) FROM area a WHERE a.basis = 'own' AND a.year > y.year)
      FROM y WHERE y.year IS NOT NULL)
SELECT s.year, s.n_expected, s.n_reported, s.n_missing, s.n_late, s.n_unregistered, s.missing,
       s.n_missing_named
  FROM y
  CROSS JOIN area s ON s.basis = 'own' AND s.year = y.year AND s.division_code = ?1 AND s.part = 'region'
 WHERE s.n_expected + s.n_reported > 0
 ORDER BY s.year;

-- @rates
SELECT q.label_zh, s.year, a.value, b.value,
       lag(q.rate) OVER (ORDER BY q.rate, s.year) IS q.rate AS has_last,
       q.label
  FROM rate q
  JOIN series x ON x.series = q.numerator
  JOIN series z ON z.series = q.denominator
  JOIN area s ON s.basis = 'own' AND s.year IN (?2 - 1, ?2) AND s.division_code = ?1
             AND s.part = 'region'
  JOIN total_series a ON a.area_id = s.area_id AND a.number = x.number
  JOIN total_series b ON b.area_id = s.area_id AND b.number = z.number
 WHERE b.value > 0 AND a.value >= 0
 ORDER BY q.rate, s.year;

-- @children
SELECT s.division_code, s.division, s.n_expected, s.n_reported, s.n_missing, r.value, h.value,
       g.value
  FROM area s
  LEFT JOIN total_series r ON r.area_id = s.area_id
        AND r.number = (SELECT number FROM series WHERE series = 'received')
  LEFT JOIN total_series h ON h.area_id = s.area_id
        AND h.number = (SELECT number FROM series WHERE series = 'handled')
  LEFT JOIN total_series g ON g.area_id = s.area_id
        AND g.number = (SELECT number FROM series WHERE series = 'granted')
 WHERE s.basis = 'own' AND s.part = 'region' AND s.parent_code = ?1 AND s.year = ?2
   AND s.n_expected + s.n_reported > 0
 ORDER BY ifnull(r.value, -1) DESC, s.division_code;

-- @findings
-- From the tables beneath v_finding, which would be made whole for each region.
SELECT x.rule, x.severity, count(*),
       sum(EXISTS (SELECT 1 FROM waiver w
                    WHERE w.agency IN (SELECT x.name UNION ALL SELECT l.alias FROM agency_alias l
                                        WHERE l.agency_id = x.agency_id)
                      AND w.year = ?2 AND w.rule = x.rule AND w.code IN ('', ifnull(x.code, ''))))
  FROM (SELECT a.agency_id, a.name, f.rule, f.severity, c.code
          FROM agency a
         CROSS JOIN report r ON r.agency_id = a.agency_id AND r.current = 1 AND r.year = ?2
          JOIN finding f ON f.report_id = r.report_id
          LEFT JOIN cell c ON c.cell_id = f.cell_id
         WHERE a.division_code = ?1
        UNION ALL
        SELECT a.agency_id, a.name, m.rule, 'warning', c.code
          FROM agency a
         CROSS JOIN report r ON r.agency_id = a.agency_id AND r.current = 1 AND r.year = ?2
          JOIN remark m ON m.report_id = r.report_id
          LEFT JOIN cell c ON c.cell_id = m.cell_id
         WHERE a.division_code = ?1) x
 GROUP BY x.rule, x.severity
 ORDER BY x.severity, count(*) DESC, x.rule;
