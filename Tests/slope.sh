#!/usr/bin/env bash
# Work must grow in proportion to the octets, whatever they are: instructions of parser and events are counted on hostile
# repetitions of two lengths, and the slope between them is fitted on a double logarithmic scale.
#
#   Tests/slope.sh [PATTERN]   all repetitions, or those whose name contains PATTERN
#
# Needs valgrind. 1 is linear, 2 quadratic; exit status 1 where a slope is above 1.2. What takes fewer than four
# instructions an octet is little more than the reading of the file, whose steps are not even: it has no slope.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bound=1.2
short=30000 long=120000
work=$(mktemp -d "${TMPDIR:-/tmp}/taperelay-slope.XXXXXX")
trap 'rm -rf "$work"' EXIT
swift build -c release --product taperelay-bench >/dev/null
bench=$(swift build -c release --show-bin-path)/taperelay-bench

wire='VZCZCEKI0417\nRR RUEHC\nDE RUEHEK #0231 0760842\nZNR UUUUU\n'
heading=$wire'R 170842Z MAR 09\nFM A\nTO B COLLECTIVE\n'
text=$heading'BT\nUNCLAS SECTION 01 OF 03 BISHKEK 000231\n'
general='UNCLASSIFIED//\nROUTINE\nR 141502Z MAY 19\nFM CNO DC\nTO NAVADMIN\nUNCLAS\nMSGID/GENADMIN//\n'
page='PAGE 01  PRETOR 02217  221412Z\nACTION AF-08\n'
smart='MRN: 12 LUSAKA 417\nFrom: AMEMBASSY LUSAKA\n'

# name, what stands in front, what is repeated
patterns=(
  'one line||A' 'blank lines||\n' 'FL1||VZCZCEKI0417\n' 'FL2||RR RUEHC\n' 'stations|RR RUEHC\n|RUEHC\n'
  'FL3||DE RUEHEK #0231 0760842\n' 'FL5||R 170842Z MAR 09\nFM X\n' "signals|$wire|ZNR UUUUU\n"
  "headers||RTTUZYUW RHBPXQZ0114 0951430-UUUU--RUCBXQC\n" 'calls||RKLM\nDE RKTA NR 037\n'
  'call signs||RKLM\n' "addressees|$heading|RUEHC/AMEMBASSY BISHKEK 1844\n" "exempted|$heading|XMT A,B\n"
  "offices|$heading|//A" 'ends||NNNN\n' 'glued ends||NNNNA' "separations|$heading|BT\n"
  "error prosigns|$text|E E E E E E E E X " "runs of E|$text|EEEEEEEE X " "spaced E|$text|E   " "E at two blanks|$text|E  "
  'entities||&amp;' 'open tags||<br ' 'backslashes||\\\n' "corrections|$text|C WA A B\n"
  "commas|$text|," "garble|$text|5#3 9'&53-:A1 ,8\$\n" "redactions|$text|XXXXX " "identifiers|$text|VZCZCABC123 "
  "sections|$text|UNCLAS SECTION 02 OF 03 A 001\n" "pilcrows|$text|11. (U) 12009 AND 1234\n"
  "tables|$text|A   B   C\n" "marks|$text|(C) HEADING\n\n" "page lines|$text|A 00002468 001.2 OF 003\n"
  "one passage|$text|THE COMMISSION WILL MEET AGAIN IN THE AUTUMN TO WEIGH\n" "paragraphs|$text|1. (U) A.\n"
  "references|$text|REF: A) STATE 1; " "tags|$text|TAGS: PREL, " "brackets|$text|(NOTE: " "labels|$text|E.O. 12958: "
  "sets|$general|SUBJ/A//\n" "set names|$general|SUBJ/" "references of sets|$general|REF/A/B//\n"
  "explanations|$general|NARR/REF A IS B. REF A IS C//\n" "web addresses|$general|NARR/HTTP://A"
  "pages|$page|PAGE 01  PRETOR 02217  221412Z\nACTION AF-08\n" "distribution|$page|AF-08 " "copies|$page|INFO OCT-01\n"
  "clearances|$page|APPROVED BY A:B\n" "attributes|${page}Message Attributes\n|Key: value\n"
  "SMART labels|$smart|Action: A, B; C\n" "SMART again||$smart" "staff|$smart\nText.\n|Drafted By: A:B\n"
)

# Writes `front` and so many octets of `unit`.
write() {
  awk -v front="$1" -v unit="$2" -v size="$3" \
    'BEGIN { printf "%s", front; for (count = 0; count < size; count += length(unit)) printf "%s", unit; print "" }' >"$4"
}
instructions() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" --count 0 --only events "$1" 2>&1 |
    sed -n 's/.*refs: *//p' | tr -d ,
}

write '' 'A' 1 "$work/none"
base=$(instructions "$work/none")
failed=0
printf '%-20s %12s %12s %6s\n' repetition "$short" "$long" slope
for pattern in "${patterns[@]}"; do
  IFS='|' read -r name front unit <<<"$pattern"
  case $name in *"${1:-}"*) ;; *) continue ;; esac
  write "$front" "$unit" "$short" "$work/short"
  write "$front" "$unit" "$long" "$work/long"
  a=$(instructions "$work/short") b=$(instructions "$work/long")
  slope=$(awk -v a="$((a - base))" -v b="$((b - base))" -v ratio="$((long / short))" \
    -v floor="$((4 * long))" 'BEGIN { printf "%.2f", b < floor ? 0 : log(b / a) / log(ratio) }')
  printf '%-20s %12d %12d %6s\n' "$name" "$((a - base))" "$((b - base))" "$slope"
  if awk -v slope="$slope" -v bound="$bound" 'BEGIN { exit !(slope > bound) }'; then
    echo "  above $bound"
    failed=1
  fi
done
exit "$failed"
