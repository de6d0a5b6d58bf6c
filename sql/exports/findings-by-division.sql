-- file: findings/{division_code}.csv
-- title: Findings of one division | 分区划问题清单
-- about: The findings of one division's own agencies, to be sent back to it | 一个区划所属单位的问题，供退回核对
-- split: division_code
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
 WHERE f.division_code IS NOT NULL
 ORDER BY f.division_code, f.year, f.agency, f.scope, f.severity, f.rule, f.code, f.line, f.message;
