COPY (SELECT division, year, code, value
        FROM (UNPIVOT (SELECT division, year,
                              sum(COLUMNS(* EXCLUDE (agency, division, year, scope)))::DOUBLE
                         FROM read_csv('{in}/wide-1.csv', header = true, nullstr = ['', '/'])
                        WHERE scope = 'own'
                        GROUP BY division, year)
                   ON COLUMNS(* EXCLUDE (division, year)) INTO NAME code VALUE value
              UNION ALL
              UNPIVOT (SELECT division, year,
                              sum(COLUMNS(* EXCLUDE (agency, division, year, scope)))::DOUBLE
                         FROM read_csv('{in}/wide-2.csv', header = true, nullstr = ['', '/'])
                        WHERE scope = 'own'
                        GROUP BY division, year)
                   ON COLUMNS(* EXCLUDE (division, year)) INTO NAME code VALUE value))
  TO '{out}' (HEADER false, DELIMITER ',');
