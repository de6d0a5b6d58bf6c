#!/bin/sh
# The manual, the completions and the examples for cron and systemd agree with the program.
cd "$(dirname "$0")/../.." || exit
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
ok() {
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; fi
}

commands=$("$GONGKAI" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p')
"$GONGKAI" manual --lang en >"$work/en.1"
"$GONGKAI" manual --lang zh >"$work/zh.1"
missing=0
for command in $commands; do
    grep -q "^\.SS gongkai $command " "$work/en.1" && grep -q "^\.SS gongkai $command " "$work/zh.1" ||
        missing=1
done
[ -n "$commands" ] && [ $missing -eq 0 ]
ok $? "the manual has every command in both languages"
missing=0
for option in $("$GONGKAI" export --help | grep -o -e '--[a-z-]*'); do
    grep -q -F -- "$(echo "$option" | sed 's/-/\\-/g')" "$work/en.1" || missing=1
done
ok $missing "and every option of a command"
sed -n '/^\.nf/,/^\.fi/d;p' "$work/zh.1" | LC_ALL=C grep -E '^[A-Za-z][A-Za-z ,;:()\\.-]{40,}$' >"$work/english"
[ ! -s "$work/english" ] && [ -s "$work/zh.1" ]
ok $? "nothing in the Chinese manual was left in English"
[ -s "$work/english" ] && sed 's/^/# /' "$work/english"
if command -v man >/dev/null && command -v groff >/dev/null; then
    man --warnings -l "$work/en.1" >/dev/null 2>"$work/warnings" && [ ! -s "$work/warnings" ]
    ok $? "troff takes the manual without a warning"
else
    ok 0 "troff takes the manual without a warning # SKIP no man here"
fi

"$GONGKAI" completion bash >"$work/bash"
if command -v bash >/dev/null; then
    complete() {
        bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _gongkai
                 echo "${COMPREPLY[*]}"' bash "$work/bash" "$@"
    }
    [ "$(complete gongkai expo)" = export ]
    ok $? "bash completes a command"
    [ "$(complete gongkai export --no)" = --no-bom ]
    ok $? "bash completes an option of that command alone"
    [ "$(complete gongkai report --format x)" = xlsx ]
    ok $? "bash completes the words that an option takes"
else
    for what in a b c; do ok 0 "bash completes $what # SKIP no bash here"; done
fi
"$GONGKAI" completion zsh | grep -q '^#compdef gongkai' && "$GONGKAI" completion fish |
    grep -q '^complete -c gongkai .*-a export'
ok $? "completions for zsh and fish are made too"
"$GONGKAI" completion tcsh >/dev/null 2>&1
[ $? -eq 2 ]
ok $? "another shell is refused"

# The line of the crontab: five fields of time, a user, the program; the unit runs the same one.
line=$(grep -v '^#' cmd/gongkai.cron | grep -E '^[0-9*]')
echo "$line" | grep -qE '^[0-9]{1,2} [0-9]{1,2} \* \* \* [a-z]+ /[^ ]*/gongkai nightly '
ok $? "the crontab's line says when, as whom and what"
run=$(sed -n 's/^ExecStart=//p' cmd/gongkai.service)
[ "$run" = "$(echo "$line" | cut -d ' ' -f 7-)" ]
ok $? "the systemd unit runs what cron does"
unknown=0
for option in $(echo "$run" | grep -o -E -e ' --?[a-z]+'); do
    "$GONGKAI" nightly --help | grep -q -e "$option[ ,]" || unknown=1
done
echo "$commands" | grep -qx nightly || unknown=0 # not built into this program
ok $unknown "the program takes the options that both give it"
if command -v systemd-analyze >/dev/null; then
    systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' cmd/gongkai.timer)" >/dev/null 2>&1
    ok $? "the timer's calendar is one"
else
    grep -qE '^OnCalendar=\*-\*-\* [0-2][0-9]:[0-5][0-9]:[0-5][0-9]$' cmd/gongkai.timer
    ok $? "the timer's calendar is one"
fi
echo "1..$n"
