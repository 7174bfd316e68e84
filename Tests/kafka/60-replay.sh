#!/usr/bin/env bash
# A range is read again by offset and by timestamp, beside a worker that lives: its group stays untouched and no other comes
# into being; killed again and again under exactly-once delivery, every event stands once at the end.
. "$(dirname "$0")/common.sh"
COUNT=${COUNT:-8000} KILLS=${KILLS:-5}
configure "delivery: exactly-once"
replay() { timeout 240 "$TAPERELAY" replay --config "$CONFIG" --quiet "$@" 2>>"$WORK/replay.log"; }
# "partition offset" of everything that a committed reader finds on a topic, one line a record, from the headers.
replayed() {
  kcat -b "$BROKERS" -C -t "$1" -o beginning -e -q -X isolation.level=read_committed -f '%h\n' 2>/dev/null \
    | sed -n 's/.*taperelay-source-partition=\([0-9]*\),taperelay-source-offset=\([0-9]*\).*/\1 \2/p'
}
ids() { kcat -b "$BROKERS" -C -t "$1" -o beginning -e -q -X isolation.level=read_committed -f '%h\n' 2>/dev/null | grep -o 'ce_id=[^,]*'; }
size() { (ends "$1" 2>/dev/null || true) | awk '{s += $2} END {print s + 0}'; } # 0 of a topic that does not exist
groups() { if [ -n "${CLUSTER:-}" ]; then "$CLUSTER" tool groups "$@" 2>/dev/null; fi; }
offsets() { groups --describe --group "$GROUP" --offsets | awk -v t="$IN" '$2 == t {print $3, $4}' | sort -n; }
"$TAPERELAY" generate --count "$COUNT" --seed 6 --quiet | "$TAPERELAY" publish --config "$CONFIG" --quiet -
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/run.log" || { tail -5 "$WORK/run.log" >&2; fail "run ended with $?"; }
ends "$IN" >"$WORK/ends"
offsets >"$WORK/before"
ids "$OUT" | sort >"$WORK/ids"
awk '{for (i = 0; i < $2; i++) print $1, i}' "$WORK/ends" | sort >"$WORK/all"

# What would be done, and nothing is.
replay --from beginning --into "dry-$SUFFIX-" --dry-run --format json >"$WORK/plan"
grep -q "\"missingTopics\":\[\"dry-$SUFFIX-$OUT\"" "$WORK/plan" || fail "the plan: $(cat "$WORK/plan")"
kcat -b "$BROKERS" -L | grep -q "dry-$SUFFIX" && fail "a dry run made a topic" || true

# By offset: two partitions, one from the middle to the middle.
first=$(awk 'NR == 1 {print int($2 / 4)}' "$WORK/ends") last=$(awk 'NR == 1 {print int($2 / 2)}' "$WORK/ends")
replay --from "0:$first,1:0" --to "0:$last" --into o- || fail "replay by offset: $(tail -3 "$WORK/replay.log")"
replayed "o-$OUT" | sort >"$WORK/found"
awk -v f="$first" -v l="$last" '($1 == 0 && $2 >= f && $2 < l) || $1 == 1' "$WORK/all" | cmp - "$WORK/found" \
  || fail "by offset: not the range exactly"
# By timestamp: everything since this one record; kcat tells it.
stamp=$(kcat -b "$BROKERS" -C -t "$IN" -p 0 -o "$first" -c 1 -e -q -f '%T')
since=$(date -u -d "@${stamp%???}.${stamp: -3}" +%Y-%m-%dT%H:%M:%S.%3NZ)
kcat -b "$BROKERS" -C -t "$IN" -o beginning -e -q -f '%p %o %T\n' | sort -k1,1n -k2,2n \
  | awk -v t="$stamp" '$3 >= t {open[$1] = 1} open[$1] {print $1, $2}' | sort >"$WORK/since"
replay --from "@$since" --into t- || fail "replay by timestamp: $(tail -3 "$WORK/replay.log")"
replayed "t-$OUT" | sort >"$WORK/found"
cmp "$WORK/since" "$WORK/found" || fail "by timestamp: not the range exactly"
# Capped: so many cannot have come through in less time, whatever the machine; the first SIGTERM ends it with 0, and the rest
# follows.
capped=(--from 0:0 --to 0:600 --into c- --rate 200)
began=$(date +%s%N)
"$TAPERELAY" replay --config "$CONFIG" --quiet "${capped[@]}" 2>>"$WORK/replay.log" & one=$!
until [ "$(size "c-$OUT")" -gt 0 ] || ! kill -0 $one 2>/dev/null; do :; done
kill -TERM $one 2>/dev/null || true; wait $one || fail "a replay that was stopped ended with $?"
replay "${capped[@]}" || fail "the stopped replay's second life ended with $?"
took=$((($(date +%s%N) - began) / 1000000))
same "capped" "$(replayed "c-$OUT" | sort -n -k2 | uniq | wc -l)" 600
same "capped, twice" "$(replayed "c-$OUT" | sort | uniq -d | wc -l)" 0
# 50 lie ready for each life.
[ "$took" -ge 2500 ] || fail "600 records at 200 a second took $took ms"

offsets | cmp - "$WORK/before" || fail "a replay moved the group"

# Beside a worker that has work, killed again and again.
"$TAPERELAY" run --config "$CONFIG" 2>"$WORK/live.log" & live=$!
trap 'kill -KILL $live ${feed:-} 2>/dev/null || true' EXIT
("$TAPERELAY" generate --count "$((COUNT / 4))" --seed 7 --quiet | "$TAPERELAY" publish --config "$CONFIG" --quiet -) & feed=$!
range=(--from beginning --to "$(awk '{printf "%s%s:%s", c, $1, $2; c = ","}' "$WORK/ends")" --into k-)
kills=0
for _ in $(seq 1 "$KILLS"); do
  "$TAPERELAY" replay --config "$CONFIG" --quiet "${range[@]}" 2>>"$WORK/replay.log" & one=$!
  # Killed while it publishes, which its own output shows.
  before=$(size "k-$OUT")
  until [ "$(size "k-$OUT")" -gt "$before" ]; do
    kill -0 $one 2>/dev/null || break
  done
  if kill -KILL $one 2>/dev/null; then kills=$((kills + 1)); fi
  wait $one 2>/dev/null || true
done
replay "${range[@]}" || fail "the last replay ended with $?: $(tail -3 "$WORK/replay.log")"
replayed "k-$OUT" | sort >"$WORK/found"
cmp "$WORK/all" "$WORK/found" || fail "after $kills kills: $(comm -23 "$WORK/all" "$WORK/found" | wc -l) missing, $(uniq -d "$WORK/found" | wc -l) twice"
[ "$kills" -gt 0 ] || fail "no replay was killed while it published"
same "ce_ids" "$(ids "k-$OUT" | sort | md5sum)" "$(md5sum <"$WORK/ids")"
# Once more: nothing is left to do, and it says so.
replay "${range[@]}" || fail "the replay that found all done ended with $?"
tail -1 "$WORK/replay.log" | grep -q "all $COUNT records were done before" || fail "it said: $(tail -1 "$WORK/replay.log")"
same "events after a replay of nothing" "$(replayed "k-$OUT" | wc -l)" "$COUNT"
replay "${range[@]}" --compare >"$WORK/compared" || fail "compared: $(cat "$WORK/compared")"
wait $feed
kill -TERM $live; wait $live || fail "the live worker ended with $?"
grep -q 'balances=true' "$WORK/live.log" || fail "the live worker's ledger: $(tail -2 "$WORK/live.log")"
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/last.log" || fail "the closing run ended with $?"

# At least once: killed, nothing is missing.
alo=(--from beginning --to "0:$last" --into a- -X delivery=at-least-once)
"$TAPERELAY" replay --config "$CONFIG" --quiet "${alo[@]}" 2>>"$WORK/replay.log" & one=$!
until [ "$(size "a-$OUT")" -gt 0 ]; do kill -0 $one 2>/dev/null || break; done
kill -KILL $one 2>/dev/null || true; wait $one 2>/dev/null || true
replay "${alo[@]}" || fail "replay at least once: $(tail -3 "$WORK/replay.log")"
replayed "a-$OUT" | sort -u >"$WORK/found"
awk -v l="$last" '$1 > 0 || $2 < l' "$WORK/all" >"$WORK/wanted"
same "missing at least once" "$(comm -23 "$WORK/wanted" "$WORK/found" | wc -l)" 0
# Of several outputs each says which of how many it is, and a record is done when all are there.
several=(--from 0:0 --to 0:50 --into b- -X delivery=at-least-once -X "outputs.1.topic=$OUT-2" -X outputs.1.event=telegram
  -X "outputs.2.topic=$SERVICE" -X outputs.2.event=service)
replay "${several[@]}" || fail "replay into two topics: $(tail -3 "$WORK/replay.log")"
for n in 1 2; do
  topic=$([ $n = 1 ] && echo "b-$OUT" || echo "b-$OUT-2")
  same "parts on $topic" "$(read_all "$topic" '%h\n' | grep -c "taperelay-replay-part=$n/2")" 50
done
replay "${several[@]}" || fail "the second replay into two topics ended with $?"
tail -1 "$WORK/replay.log" | grep -q "all 50 records were done before" || fail "it said: $(tail -1 "$WORK/replay.log")"
same "outputs after it" "$(read_all "b-$OUT-2" '%k\n' | wc -l)" 50

if [ -n "${CLUSTER:-}" ]; then
  same "groups" "$(groups --list | grep -E "no-group|$SUFFIX" | sort)" "$GROUP"
  same "the live group's lag" "$(offsets | join - <(ends "$IN") | awk '$2 != $3' | wc -l)" 0
fi
echo "$COUNT records replayed by offset, by timestamp and whole, $kills kills; every event once"
