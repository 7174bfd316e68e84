# What every scenario has: topics and a group of its own, three workers, a verdict.

passed=0 failed=0 all_kills=0 all_sigkills=0 follower=""

run_scenario() {  # INDEX
  local index=$1 body begun=$SECONDS
  read -r NAME DELIVERY size replicas _ <<<"${scenarios[$index]}"
  body=${bodies[$index]}
  # The same seed gives each scenario the same decisions, alone or in a row.
  RANDOM=$(((seed + $(cksum <<<"$NAME" | cut -d' ' -f1)) % 32768))
  DIR=$work/$NAME
  mkdir -p "$DIR"
  GROUP=$NAME-$seed OUT=$NAME.events SERVICE=$NAME.service DEAD=$NAME.dead SECTIONS=$NAME.sections JOURNAL=$NAME.journal
  IN=raw-$size MANIFEST=$work/raw-$size.json
  pid=() life=() arm=() asked=() resume_at=() options=() ended_in_order=()
  kills=0 sigkills=0 crashes=0 left="" all="" finishing="" may_end_with="" restart=start
  stop_time=6 patience=240 in_flight=2000 session=4000 compression=lz4 extra_kafka="" limited="" own="" also="" more="" queued=""
  ALERTS="" beside=""
  rearm() { arm[$1]=""; }
  : >"$DIR/faults"; : >"$DIR/problems"; : >"$DIR/course"
  $body || problem "the scenario broke off"
  end_workers
  conclude $((SECONDS - begun))
}

# LogAppendTime: the broker says when an event came, by the clock that stamps commits.
create_output() { witness create "$1" "$2" "$replicas" message.timestamp.type=LogAppendTime max.message.bytes=4000000; }

# What a body calls once it has set what is special about it.
begin() {
  create_output "$OUT" 6
  create_output "$SERVICE" 1
  create_output "$DEAD" 2
  # As many partitions as the inputs.
  witness create "$SECTIONS" 12 "$replicas" max.message.bytes=4000000
  witness create "$JOURNAL" 12 "$replicas" cleanup.policy=compact
  if [ -n "$ALERTS" ]; then create_output "$ALERTS" 6; fi
  configure_workers
  witness offsets-ends "$DIR/offsets-ends.json"
  if [ -n "$ALERTS" ]; then open_channels; fi
  follow
}

follow() {
  witness follow "$GROUP" "$IN" "$MANIFEST" "$DIR/progress" ${ALERTS:+"$SECTIONS" "$ALERTS" "$DELIVERY"} 2>"$DIR/follow.err" &
  follower=$!
}

stop_following() {
  [ -n "$follower" ] || return 0
  { kill "$follower"; wait "$follower"; } 2>/dev/null || true
  follower="" left=""
  rm -f "$DIR/progress"
}

configure_workers() {
  {
    echo "kafka:"
    if [ -n "$limited" ]; then limited_properties; else echo "  bootstrap.servers: '$BROKERS'"; fi
    cat <<Y
  group.id: $GROUP
  session.timeout.ms: $session
  heartbeat.interval.ms: 500
  compression.type: $compression
${extra_kafka:+  $extra_kafka}
input: { topic: $IN }
outputs:
  - { topic: $OUT, event: telegram }
  - { topic: $SERVICE, event: service }
$(if [ -n "$ALERTS" ]; then echo "  - { topic: $ALERTS, event: alert }"; fi)
topics: { deadLetters: $DEAD, sections: $SECTIONS, journal: $JOURNAL }
delivery: $DELIVERY
commit: { interval: 200ms }
transaction: { interval: 100ms }
rebalance: { deadline: $((session * 2 / 3))ms }
shutdown: { deadline: 20s }
limits: { inFlightRecords: $in_flight${queued:+, queued: $queued} }
lanes: 2
$beside
Y
  } >"$DIR/worker.yaml"
}

conclude() {  # SECONDS
  local verdict=passed
  cat >"$DIR/scenario.json" <<J
{ "name": "$NAME", "delivery": "$DELIVERY", "group": "$GROUP", "input": "$IN", "manifest": "$MANIFEST",
  "outputs": ["$OUT", "$SERVICE"], "dead": "$DEAD", "in_flight": $in_flight, "kills": $kills,
  "expectations": "$root/Tests/faults/expected-lines", $more
  "ended": [$(printf '"%s",' "${ended_in_order[@]}" | sed 's/,$//')] }
J
  /usr/bin/python3 "$root/Tests/faults/witness" check "$DIR" >>"$DIR/problems" 2>"$DIR/check.err" || verdict=FAILED
  if [ -s "$DIR/problems" ]; then verdict=FAILED; fi
  all_kills=$((all_kills + kills)) all_sigkills=$((all_sigkills + sigkills))
  note_result "$verdict" "$1"
  if [ $verdict = passed ]; then
    passed=$((passed + 1))
    [ -n "$keep" ] || rm -rf "$DIR"
  else
    failed=$((failed + 1))
    sed 's/^/    /' "$DIR/problems" "$DIR/check.err"
    mkdir -p "$work/failed"
    mv "$DIR" "$work/failed/"
  fi
  DIR=""
  witness delete "$OUT" "$SERVICE" "$DEAD" "$SECTIONS" "$JOURNAL" ${own:+"$own"} ${ALERTS:+"$ALERTS"}
}
