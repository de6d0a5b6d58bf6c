# table.awk goals.tsv results.tsv: the results as a Markdown table.
BEGIN { FS = "\t" }
FNR == 1 { file++ }
/^#/ || (file == 1 && FNR == 1) { next }
file == 1 { if ($1 == "job") next; ratio[$1, $2] = $3; memory[$1, $2] = $4; next }
function number(x) { return x == "-" ? "" : sprintf(x < 0.1 ? "%.4f" : x < 10 ? "%.3f" : "%.1f", x) }
file == 2 {
    job = $1; peer = $2 == "-" ? "" : $2
    shown = peer; gsub(/\|/, "\\|", shown)
    key = job ~ /^query / ? "query" SUBSEP peer : job SUBSEP peer
    if (!head++) {
        print "| job | against | goal | ratio | met | seconds | theirs | of processor | theirs | MiB | theirs | rounds |"
        print "|---|---|---|---|---|---|---|---|---|---|---|---|"
    }
    most = ratio[key]; mib = $6 / 1024; room = memory[key]
    got = peer == "" ? "" : $4 / $7
    met = most == "" ? "" : got <= most + 0 ? "yes" : "**no**"
    if (room != "" && mib > room + 0) met = met (met == "" ? "" : ", ") "**memory**"
    printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %.0f%s | %s | %d |\n", job, shown,
        most == "" ? "" : "≤ " most, got == "" ? "" : sprintf("%.3f", got), met, number($4), number($7),
        number($5), number($8), mib, room == "" ? "" : " of " room, $9 == "-" ? "" : sprintf("%.0f", $9 / 1024), $3
}
