# Bodies of scenarios about topics: what they hold, refuse or lose.

# An input topic of the scenario's own, with what `make_input` puts there.
own_input() {
  IN=$NAME.raw MANIFEST=$DIR/input.json own=$IN
}

fill() {  # TOPIC TELEGRAMS PARTITIONS SEED MANIFEST [HOW...]
  "$TAPERELAY" generate --count "$2" --seed "$4" --quiet 2>/dev/null | witness fill "$1" "$3" "$4" "$5" "${@:6}" >>"$DIR/course"
}

# Records that an output refuses for their size become dead letters; the rest flows on. With `dead` that topic refuses them
# too, and takes them without their octets.
too_large() {  # [dead]
  own_input
  compression=none more='"refuses": true,'
  witness create "$IN" 12 1 max.message.bytes=4000000
  fill "$IN" 6000 12 "$seed" "$MANIFEST" giants 12
  begin
  witness alter "$OUT" message.timestamp.type=LogAppendTime max.message.bytes=1048588
  [ -z "${1:-}" ] || witness alter "$DEAD" message.timestamp.type=LogAppendTime max.message.bytes=1048588
  start_all
  until_done
  grep -q 'dead letter .*code=output-refused' "$DIR"/*.log || problem "nothing was refused"
}

# A quota below what the workers want: they wait.
throttled() {
  local worker
  for worker in "${all_workers[@]}"; do options[$worker]="-X kafka.client.id=$GROUP"; done
  cluster tool configs --alter --entity-type clients --entity-name "$GROUP" --add-config producer_byte_rate=400000 >>"$DIR/course"
  note_fault quota
  begin
  start_all
  tend_for 15 || problem "the quota did not slow anything"
  cluster tool configs --alter --entity-type clients --entity-name "$GROUP" --delete-config producer_byte_rate >>"$DIR/course"
  until_done
}

# The output topic goes and comes back empty: what was published goes with it, what was not is published.
output_deleted() {
  may_end_with=78 restart=restart_after_a_while
  begin
  start_all
  until_share 10
  note_fault deleted "$OUT"
  witness delete "$OUT"
  kills=$((kills + 1))
  tend_for 4 || true
  more="\"recreated\": ${EPOCHREALTIME/./},"
  create_output "$OUT" 6
  until_done
}

restart_after_a_while() { doze 1; start "$1"; }

# Partitions are added to the input while it is read; their records are read from their beginning.
partitions_added() {
  own_input
  extra_kafka="topic.metadata.refresh.interval.ms: 2000"
  witness create "$IN" 6 1
  fill "$IN" 6000 6 "$seed" "$MANIFEST"
  begin
  start_all
  until_share 10
  stop_following
  witness add-partitions "$IN" 12
  note_fault added partitions
  fill "$IN" 6000 12 $((seed + 1)) "$DIR/more.json"
  witness join "$MANIFEST" "$DIR/more.json"
  follow
  until_done
}

# Holes: transaction markers, aborted records, and what compaction took away.
transactional_input() {
  own_input
  witness create "$IN" 12 1
  fill "$IN" 8000 12 "$seed" "$MANIFEST" transactional
  begin
  start_all
  struck_twice
  until_done
}

compacted_input() {
  own_input
  witness create "$IN" 12 1 cleanup.policy=compact segment.bytes=1048576 min.cleanable.dirty.ratio=0.01 max.compaction.lag.ms=1000 segment.ms=1000
  fill "$IN" 12000 12 "$seed" "$MANIFEST" compacted
  witness settle "$IN" "$MANIFEST" >>"$DIR/course"
  begin
  start_all
  struck_twice
  until_done
}

struck_twice() {
  until_share $((15 + RANDOM % 20)) && strike KILL a
  until_share $((45 + RANDOM % 20)) && strike KILL b
}

# Retention overtakes the group: it says what is gone and goes on behind it.
records_deleted() {  # stopped|running
  local worker
  own_input
  session=30000 queued=10MiB
  witness create "$IN" 12 1
  fill "$IN" 40000 12 "$seed" "$MANIFEST"
  begin
  start_all
  until_share 10
  if [ "$1" = stopped ]; then
    restart=restart_not
    # Again and again: who has not joined yet is not asked.
    while [ ${#pid[@]} -gt 0 ]; do
      for worker in "${all_workers[@]}"; do strike TERM "$worker"; done
      tend
      doze 0.1
    done
    restart=start
  fi
  while_frozen cut_input
  [ "$1" = running ] || start_all
  until_done
  grep -q 'records are gone before they were read' "$DIR"/*.log || problem "nothing was gone, or nobody said so"
}

# Beyond anything that the workers have fetched: their queues are full at less than half of it.
cut_input() {
  witness cut "$IN" 3000 "$DIR/cut.json"
  note_fault deleted records
  cluster tool delete-records --offset-json-file "$DIR/cut.json" >>"$DIR/course"
}

# The right to write goes while the workers write: they end with a sentence. It comes back, and they go on.
not_authorised() {
  may_end_with=77 restart=restart_after_a_while
  limited=yes session=30000
  acls --add --allow-principal User:limited --operation All --topic '*' --group '*' --transactional-id '*' --cluster
  begin
  start_all
  until_share 10
  note_fault denied
  while_frozen acls --add --deny-principal User:limited --operation Write --topic "$OUT"
  kills=$((kills + 1))
  tend_for 5 || true
  acls --remove --force --deny-principal User:limited --operation Write --topic "$OUT"
  until_done
  grep -qE '^taperelay: .*(AUTHORIZATION|authori)' "$DIR"/*.log || problem "nobody says that the right is missing"
}
