-- Which agencies of a city's 本级 received most applications, and how many more than the year before?
-- 市本级哪些单位收到的申请最多，比上年多多少？
SELECT rank() OVER (ORDER BY c.value DESC) AS rank, c.agency, c.value AS received,
       c.value - (SELECT o.value
                    FROM v_report p
                    JOIN v_cell o ON o.report_id = p.report_id AND o.code = c.code
                   WHERE p.agency_id = r.agency_id AND p.year = r.year - 1 AND p.scope = 'own'
                     AND o.state = 'value') AS more_than_last_year
  FROM v_report r
  JOIN v_cell c ON c.report_id = r.report_id
 WHERE r.division_code = '321300' AND r.year = 2023 AND r.scope = 'own'
   AND r.kind NOT IN ('township', 'subdistrict', 'zone')
   AND c.code = 't3.new.total' AND c.state = 'value'
 ORDER BY rank, c.agency;
