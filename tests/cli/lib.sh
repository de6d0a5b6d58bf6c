# lib.sh - for the tests beside it: `. "$(dirname "$0")/lib.sh"`. A test works in $work, which goes
# away with it, and calls ok and is, then done_testing.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
gongkai=${GONGKAI:-$top/build/release/gongkai}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export LC_ALL=C.UTF-8 GONGKAI_WAREHOUSE="$work/gongkai.db" GONGKAI_NOW=2025-03-01T02:00:00Z
tests=0

# ok STATUS SENTENCE: holds when the status is 0.
ok() {
    tests=$((tests + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tests - $2"
    else
        echo "not ok $tests - $2"
    fi
}

# is GOT WANTED SENTENCE
is() {
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        echo "not ok $tests - $3"
        printf '%s\n' "$1" | head -n 20 | sed 's/^/#   found:  /'
        printf '%s\n' "$2" | head -n 20 | sed 's/^/#   wanted: /'
    fi
}

# run ARGUMENT...: the program; its output is in $work/out and $work/err, its exit code in $code.
run() {
    "$gongkai" "$@" >"$work/out" 2>"$work/err"
    code=$?
}

# ask SQL: the rows of the warehouse, columns between |.
ask() {
    sqlite3 -readonly "$GONGKAI_WAREHOUSE" "$1"
}

# said: what the program has written to both streams; for a test that fails.
said() {
    sed 's/^/#   /' "$work/out" "$work/err" | tail -n 20
}

# report AGENCY YEAR N [DATE]: a whole report on form 2021, all zero but for N applications of persons, new
# and granted.
report() {
    dated=${4:-$(($2 + 1))年1月16日}
    cat <<END
$1$2年政府信息公开工作年度报告
本报告由$1编制,所列数据的统计期限自$2年1月1日起至$2年12月31日止。
一、总体情况
本机关认真落实政府信息公开各项要求。
二、主动公开政府信息情况
第二十条第(一)项 | | | |
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数
规章 | 0 | 0 | 0
行政规范性文件 | 0 | 0 | 0
第二十条第(五)项 | | | |
信息内容 | 本年处理决定数量 | | |
行政许可 | 0 | | |
第二十条第(六)项 | | | |
信息内容 | 本年处理决定数量 | | |
行政处罚 | 0 | | |
行政强制 | 0 | | |
第二十条第(八)项 | | | |
信息内容 | 本年收费金额(单位:万元) | | |
行政事业性收费 | 0 | | |
三、收到和处理政府信息公开申请情况
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
一、本年新收政府信息公开申请数量 | $3 | 0 | 0 | 0 | 0 | 0 | $3 | ||
二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
三、本年度办理结果 | (一)予以公开 | $3 | 0 | 0 | 0 | 0 | 0 | $3 | |
(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
(三)不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
2.其他法律行政法规禁止公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
3.危及“三安全一稳定” | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
4.保护第三方合法权益 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
5.属于三类内部事务信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
6.属于四类过程性信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
8.属于行政查询事项 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
(四)无法提供 | 1.本机关不掌握相关政府信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
2.没有现成信息需要另行制作 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
3.补正后申请内容仍不明确 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
(五)不予处理 | 1.信访举报投诉类申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
3.要求提供公开出版物 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
4.无正当理由大量反复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
5.要求行政机关确认或重新出具已获取信息 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
(六)其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||
(七)总计 | $3 | 0 | 0 | 0 | 0 | 0 | $3 | ||
四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼 | |||||||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | |||||
0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
五、存在的主要问题及改进情况
一是公开的主动性还需加强。
六、其他需要报告的事项
无。
$1
$dated
END
}

done_testing() {
    echo "1..$tests"
}
