#!/usr/bin/env bash
# Thousands of telegrams wait for their second section: a restart reads what waits again, quickly and within its memory, and
# the sections that come then complete every one of them, once. COUNT=10000 for the whole of it.
. "$(dirname "$0")/common.sh"
COUNT=${COUNT:-400}
configure "delivery: exactly-once" "sections: { priority: 12h, memory: 64MiB }"
# Section NUMBER of 2 of each telegram, ended by an octet 1; their order is another one for each NUMBER.
sections() { # NUMBER
  awk -v number="$1" -v count="$COUNT" 'BEGIN {
    for (i = 0; i < count; i++) {
      s = number == 1 ? i : (i * 7919 + 13) % count
      serial = sprintf("%04d", s % 10000); time = sprintf("%02d%02d", int(s / 60) % 24, s % 60); day = sprintf("%02d", 1 + int(s / 1440) % 28)
      printf "VZCZCEKI%04d\nPP RUEHC\nDE RUEHEK #%s/%02d 076%s\nZNY CCCCC ZZH\nP %s%sZ MAR 09\nFM AMEMBASSY BISHKEK\n", (s * 2 + number) % 10000, serial, number, time, day, time
      printf "TO RUEHC/SECSTATE WASHDC PRIORITY\nBT\nC O N F I D E N T I A L SECTION %02d OF 02 BISHKEK 00%s\n\nSIPDIS\n\n", number, serial
      printf "E.O. 12958: DECL: 03/17/2019\nTAGS: ENRG KG\nSUBJECT: GAUGES OF THE UPPER SLUICE, READING %s\n\n", serial
      for (p = 1; p <= 8; p++) printf "%d.  (C) THE KEEPER OF GATE %d READ HIS GAUGE BEFORE NOON AND AGAIN AT\nDUSK, AND FOUND NO CHANGE THAT THE MELT WOULD NOT EXPLAIN.\n\n", (number - 1) * 8 + p, p
      printf "BT\n#%s\nNNNN\n\001", serial
    }
  }'
}
idle() { # NAME: runs until idle; its time, and the most memory that it took, in `seconds` and `peak` (MiB)
  local start end
  start=$EPOCHREALTIME
  "$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/$1.log" &
  local pid=$!
  peak=0
  while kill -0 $pid 2>/dev/null; do
    peak=$(awk -v p="$peak" '/^VmHWM/ {if ($2 > p) p = $2} END {print p}' "/proc/$pid/status" 2>/dev/null || echo "$peak")
    sleep 0.1
  done
  wait $pid || fail "$1 ended with $?: $(tail -3 "$WORK/$1.log")"
  end=$EPOCHREALTIME
  seconds=$(awk -v a="$start" -v b="$end" 'BEGIN {printf "%.1f", b - a}') peak=$((peak / 1024))
  grep -q 'balances=true' "$WORK/$1.log" || fail "$1: the ledger: $(tail -2 "$WORK/$1.log")"
}
sections 1 | kcat -b "$BROKERS" -P -t "$IN" -D $'\001' 2>/dev/null || true
[ "$( (ends "$IN" 2>/dev/null || true) | awk '{s += $2} END {print s + 0}')" = "$COUNT" ] || {
  # The topic was not there yet.
  printf 'NO TELEGRAM' | "$TAPERELAY" publish --config "$CONFIG" --quiet --key none -
  sections 1 | kcat -b "$BROKERS" -P -t "$IN" -D $'\001'
}
idle first
same "open after the first run" "$(grep -o ' held=[0-9]*' "$WORK/first.log" | tail -1)" " held=$COUNT"
same "events of what waits" "$(read_all "$OUT" 'x\n' | wc -l)" 0
idle second
same "open after the restart" "$(grep -o ' held=[0-9]*' "$WORK/second.log" | tail -1)" " held=$COUNT"
restart=$seconds memory=$peak
status=0; "$TAPERELAY" audit --config "$CONFIG" --quiet >"$WORK/audit" 2>"$WORK/audit.log" || status=$?
same "status of the audit" "$status" 0
sections 2 | kcat -b "$BROKERS" -P -t "$IN" -D $'\001'
idle third
same "open in the end" "$(grep -o ' held=[0-9]*' "$WORK/third.log" | tail -1)" " held=0"
kcat -b "$BROKERS" -C -t "$OUT" -o beginning -e -q -X isolation.level=read_committed -f '%s\n' >"$WORK/events"
same "events" "$(wc -l <"$WORK/events")" "$COUNT"
same "telegrams that are complete" "$(grep -c '"complete":true.*"received":\[1,2\]' "$WORK/events")" "$COUNT"
same "different telegrams" "$(grep -o '^{"id":"[^"]*"' "$WORK/events" | sort -u | wc -l)" "$COUNT"
echo "$COUNT telegrams waited; a restart read them again and ended in $restart s, with $memory MiB at most; all complete, none twice"
