-- file: dimension/tree.csv
-- title: What lies in what, by year | 各年度区划隶属关系
-- about: Every division with all that lies in it, itself too: a region's total is the sum over its descendants | 每一区划及其所辖全部区划（含自身）：地区汇总为其下全部之和
-- when: partitioned
-- key: year ancestor descendant
-- column: ancestor string | code of the region | 地区代码
-- column: descendant string | code of a division in it | 所辖区划代码
WITH RECURSIVE tree (year, ancestor, descendant) AS (
    SELECT year, division_code, division_code FROM area WHERE basis = 'own' AND part = 'self'
    UNION
    SELECT t.year, a.parent_code, t.descendant
      FROM tree t
      JOIN area a ON a.basis = 'own' AND a.year = t.year AND a.division_code = t.ancestor
                 AND a.part = 'self'
     WHERE a.parent_code IS NOT NULL)
SELECT year, ancestor, descendant FROM tree ORDER BY year, ancestor, descendant;
