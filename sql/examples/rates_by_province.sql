-- What part of the applications handled was granted, denied, or carried over, province by province?
-- 各省的公开率、不予公开率、按期结转率
SELECT division_code, division,
       max(percent) FILTER (WHERE rate = 'disclosure') AS disclosure_percent,
       max(percent) FILTER (WHERE rate = 'denial') AS denial_percent,
       max(percent) FILTER (WHERE rate = 'carry_over') AS carry_over_percent,
       max(percent) FILTER (WHERE rate = 'correction') AS correction_percent,
       max(n_reported) AS n_reported, max(n_missing) AS n_missing
  FROM v_rate
 WHERE level = 'province' AND part = 'region' AND year = 2023
 GROUP BY division_code
 ORDER BY division_code;
