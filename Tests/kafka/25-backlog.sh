#!/usr/bin/env bash
# A backlog several times the limits: the peak of a worker's memory follows from the limits, not from the backlog.
. "$(dirname "$0")/common.sh"
COUNT=${COUNT:-80000} # some 490 MB
MiB=$((1 << 20))
# One lane, which is always behind.
configure "limits: { record: 1MiB, inFlight: 16MiB, queued: 32MiB }" "lanes: 1"
"$TAPERELAY" generate --count "$COUNT" --seed "${SEED:-1}" | "$TAPERELAY" publish --config "$CONFIG" --quiet -
# Fetched ahead 32, in flight 16, made of it 32 at most, and a fetch of 4 on top: 84 MiB. Twice that for parts of fetched
# answers that are used already, requests that are being sent and the allocator; 40 for a process that does nothing yet, and 64
# for the telegrams that are remembered (journal.telegrams, all of these: eight tenths of a kilobyte each).
BOUND=$((2 * 84 + 40 + 64))
[ "$(sizes=$("$TAPERELAY" generate --count "$COUNT" --seed "${SEED:-1}" | wc -c); echo $((sizes / MiB)))" -gt $((BOUND * 3 / 2)) ] \
  || fail "$COUNT telegrams are too few to tell"
for delivery in at-least-once exactly-once; do
  sed "s/group.id: $GROUP/&-$delivery/" "$CONFIG" >"$WORK/$delivery.yaml"
  echo "delivery: $delivery" >>"$WORK/$delivery.yaml"
  "$TAPERELAY" run --config "$WORK/$delivery.yaml" --until-idle 2>"$WORK/$delivery.log" & worker=$!
  peak=0
  # The high-water mark only rises: the last one that was seen is the peak, all but an instant of it.
  while line=$(grep VmHWM "/proc/$worker/status" 2>/dev/null); do
    peak=$(awk '{print int($2 / 1024)}' <<<"$line")
    sleep 0.1
  done
  wait "$worker" || { tail -3 "$WORK/$delivery.log" >&2; fail "$delivery: the worker ended with $?"; }
  grep -q 'balances=true' "$WORK/$delivery.log" || fail "$delivery: the ledger: $(tail -2 "$WORK/$delivery.log")"
  [ "$peak" -gt 0 ] || fail "$delivery: the worker's memory was not seen"
  [ "$peak" -le "$BOUND" ] || fail "$delivery: the peak was $peak MiB, the limits allow $BOUND"
  echo "$delivery: peak $peak MiB of $BOUND for $COUNT telegrams"
done
