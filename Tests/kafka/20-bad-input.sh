#!/usr/bin/env bash
# Hostile records: each has a clear outcome, none stops the worker, nothing is lost.
. "$(dirname "$0")/common.sh"
configure "limits: { record: 80MiB, inFlight: 100MiB }" # the topic is made for that; then the limit falls
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/create.log" || { cat "$WORK/create.log" >&2; fail "first run"; }
sed -i "s/record: 80MiB/record: 20MiB/" "$CONFIG"
produce() { kcat -b "$BROKERS" -P -t "$IN" -p 0 -X message.max.bytes=100000000 "$@"; }
produce -Z -k null -K: <<<"null:" # null payload
printf 'x' >"$WORK/x"; produce -k one "$WORK/x"
printf 'a\0b\0\0' >"$WORK/nul"; produce -k nul "$WORK/nul"
printf '\xff\xfe\xc3\x28' >"$WORK/utf"; produce -k utf "$WORK/utf"
head -c 5000000 /dev/urandom >"$WORK/noise"; produce -k noise "$WORK/noise"
"$TAPERELAY" generate --count 100 --seed 7 >"$WORK/hundred"; produce -k hundred "$WORK/hundred"
head -c 60000000 /dev/zero >"$WORK/huge"; produce -k huge "$WORK/huge"
"$TAPERELAY" generate --count 1 --seed 8 >"$WORK/single"
size=$(stat -c %s "$WORK/single")
cuts=0
for cut in $(seq 40 97 "$size"); do head -c "$cut" "$WORK/single" >"$WORK/cut"; produce -k cut "$WORK/cut"; cuts=$((cuts + 1)); done
produce -k last "$WORK/single"
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/run.log" || { cat "$WORK/run.log" >&2; fail "run ended with $?"; }
grep -q 'balances=true' "$WORK/run.log" || fail "the ledger is not closed: $(tail -3 "$WORK/run.log")"
read_all "$DEAD" '%k %h\n' >"$WORK/dead"
for key in null one nul utf noise huge; do
  grep "^$key " "$WORK/dead" | grep -q 'taperelay-error-code=' || fail "no dead letter for $key: $(cut -c1-200 "$WORK/dead")"
done
grep '^noise ' "$WORK/dead" | grep -q 'taperelay-error-line=' || fail "the dead letter of noise names no line"
grep '^huge ' "$WORK/dead" | grep -q 'taperelay-error-code=too-large' || fail "huge is not refused for its size"
# Untouched octets.
read_all "$DEAD" '%k %S\n' | grep -qx 'noise 5000000' || fail "the dead letter of noise is not whole"
same "events of a hundred" "$(read_all "$OUT" '%s\n' | grep -c "\"partition\":0,\"offset\":5\b")" 100
total=$(( 7 + cuts + 1 ))
# The cuts are copies of one telegram: a worse one has an alert instead of an event.
told=$(read_all "$ALERTS" '%s\n' | grep -c '"details":{"verdict":')
same "outcomes" "$(( $(sources "$OUT" | wc -l) + $(read_all "$DEAD" '%o\n' | wc -l) + told ))" "$total"
"$TAPERELAY" audit --config "$CONFIG" --quiet >"$WORK/audit" || fail "the audit: $(cat "$WORK/audit")"
