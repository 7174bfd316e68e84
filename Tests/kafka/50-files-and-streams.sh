#!/usr/bin/env bash
# Files and streams that are not as usual: full, closed or abandoned outputs, closed standard descriptors, files of any
# length without an end of message.
. "$(dirname "$0")/common.sh"
configure
expect() { # STATUS STANDARD-ERROR COMMAND: the command in a shell of its own
  local status=0
  timeout 60 bash -c "$3" 2>"$WORK/err" || status=$?
  same "status of: $3" "$status" "$1"
  same "standard error of: $3" "$(head -c 400 "$WORK/err")" "$2"
}
export TAPERELAY WORK CONFIG
"$TAPERELAY" generate --count 3 --seed 4 >"$WORK/three"
full="taperelay: standard output cannot be written: No space left on device"
expect 70 "$full" '"$TAPERELAY" parse "$WORK/three" >/dev/full'
expect 70 "$full" '"$TAPERELAY" parse --format html "$WORK/three" >/dev/full'
expect 70 "$full" '"$TAPERELAY" generate >/dev/full'
expect 0 "" 'set -o pipefail; "$TAPERELAY" generate --count 200000 --quiet | head -n 1 >/dev/null'
# A number that nobody holds open must not become that of a file or a socket.
closed="taperelay: standard output cannot be written: Bad file descriptor"
expect 70 "$closed" '"$TAPERELAY" parse "$WORK/three" >&-'
expect 70 "$closed" '"$TAPERELAY" --version >&-'
expect 66 "taperelay: standard input cannot be read: Bad file descriptor" '"$TAPERELAY" parse - --quiet <&-'
expect 0 "" '"$TAPERELAY" publish --config "$CONFIG" --quiet "$WORK/three" <&- >&- 2>&-'
expect 0 "" '"$TAPERELAY" run --config "$CONFIG" --until-idle <&- >&- 2>&-'
same "events" "$(read_all "$OUT" '%k\n' | wc -l)" 3
expect 64 'taperelay publish: option --topic cannot be "a b"; allowed is a topic name: 1 to 249 of A-Z a-z 0-9 . _ - (see taperelay publish --help)' \
  '"$TAPERELAY" publish --config "$CONFIG" --topic "a b" "$WORK/three"'
# The first SIGTERM ends what is under way with 0, also a wait for input that does not come; half a telegram is dropped.
expect 0 "" '"$TAPERELAY" generate --count 10000000 --quiet >"$WORK/many" & p=$!
  until [ -s "$WORK/many" ]; do :; done; kill -TERM $p; wait $p'
rm "$WORK/many"
mkfifo "$WORK/pipe"
for command in parse "publish --config $CONFIG"; do
  expect 0 "" '"$TAPERELAY" '"$command"' --quiet - <"$WORK/pipe" >"$WORK/half" & p=$!
    exec 3>"$WORK/pipe"; head -c 900 "$WORK/three" >&3
    # It ignores SIGPIPE once it can take the signal.
    until grep -qE "^SigIgn:.*[13579bdf].{3}$" /proc/$p/status; do sleep 0.01; done; kill -TERM $p; wait $p'
  same "output of half a telegram" "$(head -c 80 "$WORK/half")" ""
done
same "events after half a telegram" "$(ends "$IN" | awk '{s+=$2} END {print s}')" 3
# As archives have them: no end of message anywhere, and longer than what is held at once. No telegram is cut.
"$TAPERELAY" generate --count 8000 --seed 5 --quiet | grep -v '^NNNN' >"$WORK/archive"
"$TAPERELAY" parse "$WORK/archive" --quiet >"$WORK/events" || fail "parse ended with $?"
same "telegrams of an archive" "$(wc -l <"$WORK/events")" 8000
same "whole telegrams of an archive" "$(grep -c '"signature":' "$WORK/events")" 8000
# What stands behind the end of message and is the telegram's own stays with it, in whatever pieces it comes.
"$TAPERELAY" generate --count 30 --seed 6 --layout general --quiet >"$WORK/general"
printf '\n\n' >>"$WORK/general"
same "closing banners" "$(grep -c '//$' <(grep -A 1 '^NNNN' "$WORK/general"))" 30
for size in 1000000 997 61; do
  dd if="$WORK/general" bs="$size" status=none | "$TAPERELAY" parse --quiet >"$WORK/events" 2>"$WORK/err" ||
    fail "parse of pieces of $size ended with $?"
  same "complaints about pieces of $size" "$(cat "$WORK/err")" ""
  same "telegrams in pieces of $size" "$(wc -l <"$WORK/events")" 30
  same "unexplained text in pieces of $size" "$(grep -c '"unexplained-text"' "$WORK/events")" 0
done
# Sections of one file are one telegram, which stands where the last of them stands; --transmissions leaves them apart.
section() { # NUMBER OF TEXT
  printf 'VZCZCEKI%04d\nRR RUEHC\nDE RUEHEK #0231/%02d 0760842\nZNR UUUUU ZZH\nR 170842Z MAR 09\nFM AMEMBASSY BISHKEK\n' \
    "$((400 + $1))" "$1"
  printf 'TO RUEHC/SECSTATE WASHDC\nBT\nUNCLAS SECTION %02d OF %02d BISHKEK 000231\nE.O. 12958: N/A\nTAGS: ENRG KG\n' "$1" "$2"
  printf 'SUBJECT: HYDRO\n\n%b\nBT\n#0231\nNNNN\n' "$3"
}
{
  section 1 3 '1. (U) THE GATES'
  section 3 3 '2. (U) ALL.\nHALVORSEN'
} >"$WORK/sections"
copy=$(wc -c <"$WORK/sections")
{
  section 1 3 '1. (U) THE GATES'
  cat "$WORK/three"
} >>"$WORK/sections"
"$TAPERELAY" parse --quiet "$WORK/sections" >"$WORK/events" 2>"$WORK/err" || fail "parse of sections ended with $?"
same "events of an incomplete telegram and three others" "$(wc -l <"$WORK/events")" 4
same "what is missing" "$(tail -n 1 "$WORK/events" | grep -o '"complete":false\|"sections":{[^}]*}' | xargs)" \
  'complete:false sections:{expected:3,received:[1,3],missing:[2]}'
same "the copy" "$(cut -d: -f2- "$WORK/err")" " $WORK/sections, octet $copy: section 1 is the same as its copy at octet 0"
section 2 3 'ARE HELD.' >>"$WORK/sections"
"$TAPERELAY" generate --count 1 --seed 8 --quiet >>"$WORK/sections"
"$TAPERELAY" parse --quiet --provenance "$WORK/sections" >"$WORK/events" 2>"$WORK/err" || fail "parse of sections ended with $?"
same "the telegram" "$(sed -n 4p "$WORK/events" | grep -o '"complete":true\|"sections":{[^}]*}\|THE GATES ARE HELD[.]' | xargs)" \
  'complete:true THE GATES ARE HELD. sections:{expected:3,received:[1,2,3],missing:[]}'
same "its events" "$(wc -l <"$WORK/events")" 5
same "its transmissions" "$("$TAPERELAY" parse --quiet --transmissions "$WORK/sections" | wc -l)" 8
for format in summary html pretty; do
  "$TAPERELAY" parse --quiet --format "$format" "$WORK/sections" 2>"$WORK/err" >"$WORK/events" || fail "$format ended with $?"
  grep -q 'THE GATES ARE HELD[.]' "$WORK/events" || fail "$format does not show the telegram"
done
