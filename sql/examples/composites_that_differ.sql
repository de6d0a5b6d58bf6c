-- Where does a published composite differ from the sum of its parts, and who is missing?
-- 公布的汇总报告与各单位之和哪里不符，缺哪些单位？
SELECT division_code, division, year, code, published, computed, difference, missing_contributors
  FROM v_composite
 WHERE difference <> 0
 ORDER BY division_code, year, abs(CAST(difference AS INTEGER)) DESC
 LIMIT 50;
