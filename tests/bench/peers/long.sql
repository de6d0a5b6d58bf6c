COPY (SELECT division, year, code, sum(value) AS value
        FROM read_csv('{in}', header = true, auto_detect = false, nullstr = ['', '/'],
                      columns = {'agency': 'VARCHAR', 'division': 'VARCHAR', 'year': 'INTEGER',
                                 'scope': 'VARCHAR', 'code': 'VARCHAR', 'value': 'DECIMAL(18,8)'})
       WHERE scope = 'own'
       GROUP BY division, year, code
      HAVING count(value) > 0
       ORDER BY division, year, code)
  TO '{out}' (HEADER false, DELIMITER ',');
