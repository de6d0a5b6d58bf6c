-- file: coverage.csv
-- title: Coverage | 报送情况
-- about: Reports expected, received, missing and late by division and year, for 本行政区域, and for 本级 (self_) | 各区划各年度应报、已报、未报、迟报数；无前缀为本行政区域，self_ 为本级
-- key: year division_code
-- column: unregistered integer 份 | received from agencies not in the register | 名录外单位报告数
-- column: unexpected integer 份 | received from registered agencies that owe none that year | 名录内但该年度无须报送的报告数
-- column: other_form integer 份 | received on another form than the year's | 使用其他年度格式的报告数
-- column: self_expected integer 份 | 本级: reports expected | 本级应报数
-- column: self_received integer 份 | 本级: reports received | 本级收到数
-- column: self_missing integer 份 | 本级: reports missing | 本级未报数
-- column: self_late integer 份 | 本级: reports late | 本级迟报数
-- column: composite_expected integer 份 | composites expected of governments | 应报汇总报告数
-- column: composite_received integer 份 | composites received | 收到汇总报告数
SELECT division_code, division, level, year, expected, received, missing, late, unregistered,
       unexpected, other_form, self_expected, self_received, self_missing, self_late,
       composite_expected, composite_received
  FROM v_coverage
 ORDER BY year, division_code;
