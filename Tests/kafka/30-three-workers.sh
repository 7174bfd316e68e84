#!/usr/bin/env bash
# Telegrams on 12 partitions, three workers, one killed and one stopped midway: every input is among the events, and the
# committed offsets equal the ends.
. "$(dirname "$0")/common.sh"
COUNT=${COUNT:-60000}
configure "kafka.session.timeout.ms: 6000" 2>/dev/null
sed -i "s/group.id: $GROUP }/group.id: $GROUP, session.timeout.ms: 6000, heartbeat.interval.ms: 500 }/; /^kafka.session/d" "$CONFIG"
echo "rebalance: { deadline: 3s }" >>"$CONFIG"
"$TAPERELAY" generate --count "$COUNT" --seed "${SEED:-1}" | "$TAPERELAY" publish --config "$CONFIG" --quiet -
same "inputs" "$(ends "$IN" | awk '{s+=$2} END {print s}')" "$COUNT"
"$TAPERELAY" run --config "$CONFIG" 2>"$WORK/a.log" & a=$!
"$TAPERELAY" run --config "$CONFIG" 2>"$WORK/b.log" & b=$!
"$TAPERELAY" run --config "$CONFIG" 2>"$WORK/c.log" & c=$!
trap 'kill -KILL $a $b $c 2>/dev/null || true' EXIT
reached() { # COUNT: waits until so many events are there
  for _ in $(seq 1 1200); do
    [ "$( (ends "$OUT" 2>/dev/null || true) | awk '{s+=$2} END {print s+0}')" -ge "$1" ] && return 0
    sleep 0.1
  done
  tail -5 "$WORK"/[abc].log >&2
  fail "only $(ends "$OUT" | awk '{s+=$2} END {print s+0}') of $1 events came"
}
reached $((COUNT / 4)); kill -KILL $a; wait $a 2>/dev/null || true
reached $((COUNT / 2)); kill -TERM $b; wait $b || fail "the stopped worker ended with $?"
grep -q 'balances=true' "$WORK/b.log" || fail "the stopped worker's ledger: $(tail -2 "$WORK/b.log")"
reached "$COUNT"
# The rest, whoever has it: a run until idle joins and ends when all is read.
kill -TERM $c; wait $c || fail "the last worker ended with $?"
grep -q 'balances=true' "$WORK/c.log" || fail "the last worker's ledger: $(tail -2 "$WORK/c.log")"
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/d.log" || { cat "$WORK/d.log" >&2; fail "the closing run ended with $?"; }
ends "$IN" | awk '{for (i = 0; i < $2; i++) print $1, i}' | sort >"$WORK/expected"
sources "$OUT" | sort >"$WORK/found"
missing=$(comm -23 "$WORK/expected" "$WORK/found" | wc -l)
same "inputs without an event" "$missing" 0
extra=$(( $(ends "$OUT" | awk '{s+=$2} END {print s}') - COUNT ))
echo "$COUNT telegrams, 0 missing, $extra published twice (at least once: never more than was in flight)"
if [ -n "${CLUSTER:-}" ]; then
  "$CLUSTER" tool groups --describe --group "$GROUP" --offsets 2>/dev/null \
    | awk -v t="$IN" '$2 == t {print $3, $4, $5}' | sort -n >"$WORK/groups"
  awk '$2 != $3 {print}' "$WORK/groups" | grep . && fail "committed offsets differ from the ends" || true
  same "partitions committed" "$(wc -l <"$WORK/groups")" "$(ends "$IN" | awk '$2 > 0' | wc -l)"
fi
