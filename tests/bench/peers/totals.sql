COPY (SELECT division, year, code, value FROM total WHERE stated > 0)
  TO '{out}' (HEADER false, DELIMITER ',');
