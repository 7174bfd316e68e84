#!/usr/bin/env bash
# The audit finds what is missing and nothing else; what the group has not got to is in flight; commits are decoded.
. "$(dirname "$0")/common.sh"
COUNT=${COUNT:-4000}
configure "delivery: exactly-once"
audit() { timeout 120 "$TAPERELAY" audit --config "$CONFIG" --quiet "$@" 2>>"$WORK/audit.log"; }
expect() { # STATUS PATTERN ARGUMENT...: an audit's status, and a line that it prints
  local status=0 want=$1 pattern=$2; shift 2
  audit "$@" >"$WORK/out" || status=$?
  same "status of: audit $*" "$status" "$want"
  grep -qE -- "$pattern" "$WORK/out" || fail "audit $*: no '$pattern' in: $(cat "$WORK/out")"
}
"$TAPERELAY" generate --count "$COUNT" --seed 8 --quiet | "$TAPERELAY" publish --config "$CONFIG" --quiet -
printf 'THIS IS NO TELEGRAM' | "$TAPERELAY" publish --config "$CONFIG" --quiet --key none -
two=$("$TAPERELAY" generate --count 2 --seed 9 --quiet)
printf '%s' "$two" | kcat -b "$BROKERS" -P -t "$IN" -p 0 -D $'\x01'
# Compaction leaves holes; here transaction markers do on the outputs, and a range within the input.
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/run.log" || fail "run ended with $?: $(tail -3 "$WORK/run.log")"
total=$((COUNT + 2))
expect 0 "^all +$total +$((COUNT + 2)) +0 +1 +0 +1 +0 +0 +0 +0 +0\$"
expect 0 'nothing is missing' --from 1:5 --to 1:20
grep -qE '^1 +5 +20 +15 +15 ' "$WORK/out" || fail "a range: $(cat "$WORK/out")"
expect 0 '"whole":true' --format json
expect 0 'tr1;o=' --metadata --format json
expect 0 "^ +0 +$(ends "$IN" | awk '$1 == 0 {print $2}') " --metadata

# In flight is not missing: what comes now, nobody has read.
"$TAPERELAY" generate --count 50 --seed 10 --quiet | "$TAPERELAY" publish --config "$CONFIG" --quiet -
expect 0 "^all +$((total + 50)) +$((COUNT + 2)) +0 +1 +0 +1 +0 +0 +50 +0 +0\$"

# An output topic that lacks some: all but those of five offsets of partition 2, copied by kcat.
LESS=less-$OUT
kcat -b "$BROKERS" -C -t "$OUT" -o beginning -e -q -X isolation.level=read_committed -f '%s\x02' \
  | awk -v RS='\x02' -v ORS='\x02' '!/"source":\{"topic":"[^"]*","partition":2,"offset":(3|4|5|9|11)[,}]/' \
  | kcat -b "$BROKERS" -P -t "$LESS" -D $'\x02'
less=(-X "outputs.0.topic=$LESS")
expect 65 '^missing: 2: 3-5,9,11$' "${less[@]}" --to "$(ends "$IN" | awk '{printf "%s%s:%s", c, $1, $2; c = ","}')"
expect 65 '"missingOffsets":\[\[3,5\],\[9,9\],\[11,11\]\]' "${less[@]}" --format json
expect 0 'nothing is missing' "${less[@]}" --from 2:12
# An event that stands on one topic of its kind and not on the other.
expect 65 "^missing on $LESS: 2: 3-5,9,11\$" -X "outputs.0.topic=$OUT" -X outputs.1.topic="$LESS" -X outputs.1.event=telegram \
  -X outputs.2.topic="$SERVICE" -X outputs.2.event=service
# Published twice is said, and is no fault of the audit's.
kcat -b "$BROKERS" -C -t "$OUT" -p 3 -o beginning -c 1 -e -q -f '%s' | kcat -b "$BROKERS" -P -t "$OUT" -D $'\x02'
expect 0 "^all +$((total + 50)) +$((COUNT + 2)) +0 +1 +0 +1 +0 +0 +50 +1 +0\$"

# A commit that a foreign tool wrote is named; what it skips is missing.
if [ -n "${CLUSTER:-}" ]; then
  "$CLUSTER" tool groups --group "$GROUP" --topic "$IN" --reset-offsets --to-latest --execute >/dev/null 2>&1
  expect 65 'records are missing'
  same "records skipped" "$(grep -E '^all ' "$WORK/out" | awk '{print $NF}')" 50
  expect 0 ' 0 +0 +0 +0 +0 +0 +0' --metadata
fi
# Nothing to look at is a mistake with a sentence.
status=0; audit -X outputs.0.topic="absent-$OUT" >/dev/null || status=$?
same "status of an audit of no topic" "$status" 78
tail -1 "$WORK/audit.log" | grep -q "absent-$OUT" || fail "it said: $(tail -1 "$WORK/audit.log")"
status=0; audit --from 999:1 >/dev/null || status=$?
same "status of an audit of no partition" "$status" 78
