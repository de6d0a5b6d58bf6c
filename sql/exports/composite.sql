-- file: composite.csv
-- title: Published composites beside the sums | 已公布汇总数与加总数对照
-- about: Each region's published composite beside the sum of its parts, only cells that differ | 各地区公布的汇总报告与各单位加总的差异，仅列不一致的指标
-- key: year division_code code
SELECT x.division_code, x.division, x.year, x.code, d.label,
       x.published, x.computed, x.difference, x.n_reported, x.n_missing, x.missing_contributors
  FROM v_composite x
  JOIN v_label d ON d.code = x.code
 WHERE x.published IS NOT x.computed
 ORDER BY x.year, x.division_code, d.cell_id;
