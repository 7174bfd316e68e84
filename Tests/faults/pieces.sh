# Scenarios about telegrams in sections, copies and numbers: alerts have an output, sections and numbers wait for seconds.

settling=1  # seconds that numbers may come in disorder; of a backlog up to thirteen times as long

# Runs another body on an input of pieces.
in_pieces() {  # SECONDS BODY...
  ALERTS=$NAME.alerts patience=400
  more='"alerts": "'$ALERTS'",'
  # What was released is remembered for as long as the longest wait. So FLASH has a long one; of it no section is lost.
  beside="sections: { flash: 1h, immediate: $1s, priority: $1s, routine: $1s, limit: 100000, memory: 1GiB }
continuity: { settling: ${settling}s }"
  "${@:2}"
  settle
}

# What is missing before the first number that is known of a channel, nobody can tell. So one worker reads the first of each
# in peace.
open_channels() {
  local arguments=(run --config "$DIR/worker.yaml" --to "$(<"${MANIFEST%.json}.openings")")
  if [ "$DELIVERY" = exactly-once ]; then arguments+=(-X "kafka.transactional.id=$GROUP-opening"); fi
  "$TAPERELAY" "${arguments[@]}" 2>"$DIR/opening.1.log" || problem "the channels were not opened: $(tail -n 1 "$DIR/opening.1.log")"
  ended_in_order+=(opening.1)
}

# All is told that should be; whatever else is wrongly found in the numbers is told within this time.
settle() {
  local end=$((${EPOCHREALTIME/./} + settling * 13000000))
  while [ "${EPOCHREALTIME/./}" -lt $end ]; do tend; doze 0.05; done
}
