COPY fact TO '{out}' (HEADER, DELIMITER ',');
