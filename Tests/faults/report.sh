# A line for each scenario as it ends, and the table at the end.

rows=()
columns='%-34s %-14s %9s %5s %5s %6s %8s  %s'

field() { sed -n "s/^ \"$1\": \([0-9.]*\),\{0,1\}$/\1/p" "$DIR/verdict.json" 2>/dev/null; }

note_result() {  # VERDICT SECONDS
  local row=("$NAME" "$DELIVERY" "$(field telegrams)" "$kills" "$(field lost)" "$(field twice)" "$(field recovery)" "$1")
  # shellcheck disable=SC2059
  [ ${#rows[@]} -gt 0 ] || printf "$columns\n" scenario delivery telegrams kills lost twice recovery result
  # shellcheck disable=SC2059
  printf "$columns  (%s s)\n" "${row[@]}" "$2"
  rows+=("$(printf '| %s ' "${row[@]}")|")
}

report() {
  if [ -z "$quick" ] && [ ${#wanted[@]} -eq 0 ]; then table >"$root/Tests/FAULTS.md"; fi
  printf '\n%d strikes, %d of them SIGKILL to workers; seed %d; %d s\n' $all_kills $all_sigkills "$seed" $SECONDS
  printf '%d passed, %d failed\n' $passed $failed
  [ $failed = 0 ]
}

table() {
  cat <<M
# The fault matrix: its last full run

Made by \`Tests/faults.sh\`, on $(date -u +%F), in $((SECONDS / 60)) min $((SECONDS % 60)) s on $(nproc) cores. taperelay $("$TAPERELAY" --version | sed 's/[^0-9]*//') ($(git rev-parse --short HEAD 2>/dev/null || echo "no repository")),
librdkafka $(dpkg-query -W -f '${Version}' librdkafka1 2>/dev/null || echo unknown), Apache Kafka $(kafka_version), three brokers; read back with Debian's confluent-kafka. The same decisions again: \`Tests/faults.sh --seed $seed\`.

$passed of $((passed + failed)) scenarios passed; $all_kills strikes at workers and brokers, $all_sigkills of them SIGKILL to workers.

- *strikes*: signals to workers and brokers, topics deleted, rights taken.
- *lost*: input offsets that neither an event nor a dead letter names as its source. *twice*: events beyond the first of one
  telegram, for a \`read_committed\` reader; at least once they are bounded by what is in flight (2,000 records a worker).
- *recovery*: seconds from a strike (the last, where several fell together) until every input partition with work left
  gave new events; the longest of the scenario. A session lasts 6 s here, a broker's 4 s.
- Where telegrams come in sections, with copies and numbers lost (kill-section…, kill-journal…, kill-observations…,
  kill-numbers…, kill-copies…, pieces…), *telegrams* are those of which anything was sent, and *lost* those without an event or whose last revision does not
  hold exactly the sections that were. Those rows also stand for an alert on each copy, on each section that is missing or late,
  and for gaps that in the end name the numbers that never came and no others.
- Every row also stands for: order within each output partition, no commit before its events are in the log, no commit that
  goes back, no record done again after it was committed, true counts in the commit's metadata, closed ledgers at each orderly
  end, and no log line at warning or error that \`Tests/faults/expected-lines\` does not explain.

| scenario | delivery | telegrams | strikes | lost | twice | recovery | result |
| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |
M
  printf '%s\n' "${rows[@]}"
}
