-- Which agencies of a city's 本级 received most applications, and how many more than the year before?
-- 市本级哪些单位收到的申请最多，比上年多多少？
SELECT rank() OVER (ORDER BY c.value DESC) AS rank, c.agency, c.value AS received,
       c.value - p.value AS more_than_last_year
  FROM v_cell c
  LEFT JOIN v_cell p ON p.agency = c.agency AND p.division_code = c.division_code
                    AND p.year = c.year - 1 AND p.scope = 'own' AND p.code = c.code
                    AND p.state = 'value'
 WHERE c.division_code = '321300' AND c.year = 2023 AND c.scope = 'own'
   AND c.code = 't3.new.total' AND c.state = 'value'
 ORDER BY rank, c.agency;
