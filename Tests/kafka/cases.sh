# Shared by the suites of several cases. Each case has topics, a group and logs of its own, named by `case`; its workers die
# with the suite.
. "$(dirname "$0")/common.sh"
workers=()
trap 'kill -KILL "${workers[@]}" 2>/dev/null || true' EXIT

fresh() { # NAME [LINE...]: topics and a group of one case's own
  case=$1
  IN=raw-$1-$SUFFIX OUT=events-$1-$SUFFIX DEAD=dead-$1-$SUFFIX ALERTS=alerts-$1-$SUFFIX SERVICE=service-$1-$SUFFIX
  GROUP=group-$1-$SUFFIX SECTIONS=sections-$1-$SUFFIX JOURNAL=journal-$1-$SUFFIX CONFIG=$WORK/$1.yaml
  configure "commit: { interval: 200ms }" "transaction: { interval: 100ms }" "rebalance: { deadline: 3s }" "${@:2}"
  sed -i "s/group.id: $GROUP }/group.id: $GROUP, session.timeout.ms: 6000, heartbeat.interval.ms: 500 }/" "$CONFIG"
}
# [FILE...]: by the telegrams' own keys; it makes the topic.
publish() { "$TAPERELAY" publish --config "$CONFIG" --quiet "$@"; }
# PARTITION [OPTION...]: the telegrams of standard input, each ended by an octet 1; -1 leaves the partition to kcat.
put() { kcat -b "$BROKERS" -P -t "$IN" -p "$1" -D $'\001' "${@:2}"; }
scatter() { put -1 -X topic.partitioner=random -X sticky.partitioning.linger.ms=0; }

start() { # NAME [OPTION...]: a worker; its number in `last`
  "$TAPERELAY" run --config "$CONFIG" "${@:2}" 2>"$WORK/$case-$1.log" &
  last=$!
  workers+=("$last")
}
finish() { # NAME PID: by SIGTERM, in order
  kill -TERM "$2" 2>/dev/null || true
  wait "$2" || fail "$case: worker $1 ended with $?: $(tail -3 "$WORK/$case-$1.log")"
  grep -q 'balances=true' "$WORK/$case-$1.log" || fail "$case: the ledger: $(tail -3 "$WORK/$case-$1.log")"
}
until_idle() {
  "$TAPERELAY" run --config "$CONFIG" --until-idle "$@" 2>"$WORK/$case-idle.log" \
    || fail "$case: run --until-idle ended with $?: $(tail -5 "$WORK/$case-idle.log")"
  grep -q 'balances=true' "$WORK/$case-idle.log" || fail "$case: the ledger: $(tail -3 "$WORK/$case-idle.log")"
}
# POINT...: each of its lives ends at one of them. By its own name the next one is let in at once.
lives() {
  local point status life=0
  for point in "$@"; do
    life=$((life + 1)) status=0
    # In braces, or the shell reports each kill.
    {
      TAPERELAY_TEST_FAULT=$point:kill timeout 60 "$TAPERELAY" run --config "$CONFIG" -X kafka.group.instance.id=only \
        2>"$WORK/$case-$life.log" || status=$?
    } 2>/dev/null
    same "$case: how life $life ended ($point)" "$status" 137
  done
}

await() { # WHAT COMMAND...: until it is so
  local deadline=$((SECONDS + 40))
  until "${@:2}"; do
    [ $SECONDS -lt $deadline ] || fail "$case: waited in vain for $1: $(read_all "$ALERTS" '%s\n' | tail -n 3; tail -n 3 "$WORK/$case"-*.log)"
    sleep 0.1
  done
}
count() { read_all "$1" 'x\n' | wc -l; }
holds() { [ "$(count "$1")" -ge "$2" ]; } # TOPIC COUNT
# WORKER: the input partitions that it has, one a line.
owned() { grep ' assigned ' "$WORK/$case-$1.log" | tail -1 | grep -oE "$IN\[[0-9]+" | sed 's/.*\[//'; }
half() { [ "$(owned "$1" | wc -l)" = 6 ]; }
# Two workers that share the input, `a` and `b`; their numbers in `first` and `last`. On one host their transactional ids would
# be the same.
start_two() {
  local ids=("" "")
  if grep -q 'delivery: exactly-once' "$CONFIG"; then ids=("-X kafka.transactional.id=$GROUP-a" "-X kafka.transactional.id=$GROUP-b"); fi
  start a ${ids[0]}; first=$last
  start b ${ids[1]}
  await "its half of the partitions" half a
  await "the other half" half b
}

at_the_ends() { # TOPIC...: everything there is finished and committed
  [ -n "${CLUSTER:-}" ] || return 0
  "$CLUSTER" tool groups --describe --group "$GROUP" --offsets 2>/dev/null >"$WORK/$case.group"
  local topic
  for topic in "$@"; do
    awk -v t="$topic" '$2 == t && $4 ~ /^[0-9]+$/ {print $3, $4, $5}' "$WORK/$case.group" | sort -n >"$WORK/committed"
    [ -s "$WORK/committed" ] || fail "$case: nothing is committed on $topic"
    same "$case: commits on $topic that are not the ends" "$(awk '$2 != $3' "$WORK/committed")" ""
  done
}
audit() { # STATUS [ARGUMENT...]: the audit ends with it
  local status=0
  "$TAPERELAY" audit --config "$CONFIG" --quiet "${@:2}" >"$WORK/$case.audit" 2>"$WORK/$case.audit.log" || status=$?
  same "$case: status of the audit" "$status" "$1"
}
