-- Where does a year not begin with what the year before carried over?
-- 上年结转与上一年度的结转下年不一致的单位
SELECT c.agency, c.year, o.value AS carried_out_last_year, c.value AS carried_in,
       c.value - o.value AS difference
  FROM v_report r
  JOIN v_report p ON p.agency_id = r.agency_id AND p.year = r.year - 1 AND p.scope = r.scope
  JOIN v_cell c ON c.report_id = r.report_id AND c.code = 't3.carried_in.total'
  JOIN v_cell o ON o.report_id = p.report_id AND o.code = 't3.carried_out.total'
 WHERE r.scope = 'own' AND c.state = 'value' AND o.state = 'value' AND c.value <> o.value
 ORDER BY abs(c.value - o.value) DESC, c.agency, c.year;
