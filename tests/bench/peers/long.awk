# Sums of a long CSV that quotes nothing.
BEGIN { FS = OFS = "," }
NR > 1 && $4 == "own" && $6 != "" && $6 != "/" { sum[$2 OFS $3 OFS $5] += $6 }
END { for (key in sum) printf "%s,%.4f\n", key, sum[key] }
