-- file: findings.csv
-- title: Findings | 问题清单
-- about: What the rules found in current reports, both sides and the difference | 规则检查发现的问题，含填报数、应有数和差额
-- column: hint_zh string | what to look at, Chinese | 排查提示（中文）
-- column: hint string | what to look at, English | 排查提示（英文）
-- column: waived boolean | 1: accepted, with a reason | 1 表示已豁免
-- column: waiver_reason string | why it was accepted | 豁免理由
-- column: waived_at string | when it was accepted | 豁免时间
SELECT f.division_code, f.agency, f.year, f.scope, f.rule, f.severity, f.code, d.label, f.reported,
       f.computed, f.difference, f.message_zh, f.message, f.hint_zh, f.hint, f.waived,
       f.waiver_reason, f.waived_at, f.first_seen,
       (SELECT s.source FROM v_source s WHERE s.report_id = f.report_id AND s.first) AS source,
       f.line
  FROM v_finding f
  LEFT JOIN v_label d ON d.code = f.code
 ORDER BY f.year, f.division_code, f.agency, f.scope, f.severity, f.rule, f.code, f.line, f.message;
