-- Where does a year not begin with what the year before carried over?
-- 上年结转与上一年度的结转下年不一致的单位
SELECT c.agency, c.year, p.value AS carried_out_last_year, c.value AS carried_in,
       c.value - p.value AS difference
  FROM v_cell c
  JOIN v_cell p ON p.agency = c.agency AND p.division_code = c.division_code
               AND p.year = c.year - 1 AND p.scope = c.scope AND p.code = 't3.carried_out.total'
 WHERE c.code = 't3.carried_in.total' AND c.scope = 'own'
   AND c.state = 'value' AND p.state = 'value' AND c.value <> p.value
 ORDER BY abs(c.value - p.value) DESC, c.agency;
