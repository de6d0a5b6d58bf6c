-- file: rejects.csv
-- title: Rejected inputs | 退回文件
-- about: Inputs, and reports in them, that could not be taken and of which no good version has come | 未能读入且尚无合格版本的文件或报告
-- column: whose string | agency, year and scope of one report in a file of many | 多报告文件中的单位、年度、范围
SELECT source, line, reason, message_zh, message, whose, run_id
  FROM v_reject
 ORDER BY source, line, reason, whose, reject_id;
