# The three brokers, and the witness that reads them.

brokers=3

# What fails here is a scenario's failure, not the matrix's end.
witness() { /usr/bin/python3 "$root/Tests/faults/witness" "$@" || broke "witness $*"; }
cluster() { "$cluster_command" "$@" || broke "cluster $*"; }
broke() {
  [ -n "${DIR:-}" ] || exit 70
  problem "broke: $1"
  return 1
}

# Builds the program and installs what the matrix needs beside it; the judge is judged first.
prepare() {
  # shellcheck source=/dev/null
  . "$root/Tests/kafka/packages.sh"
  install python3 python3-confluent-kafka kcat
  command -v java >/dev/null || install openjdk-17-jre-headless || install default-jre-headless
  (cd "$root/Tests/faults/witness" && /usr/bin/python3 -m unittest -q 2>&1) || { echo "faults.sh: the judge is broken" >&2; exit 70; }
  if [ -z "${TAPERELAY:-}" ]; then
    swift build -c release --product taperelay
    TAPERELAY=$(swift build -c release --show-bin-path)/taperelay
  fi
}

# Low time-outs, so that a lost broker or member is noticed within seconds.
cluster_settings=(
  broker.session.timeout.ms=4000
  broker.heartbeat.interval.ms=500
  group.min.session.timeout.ms=2000
  transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
  log.segment.delete.delay.ms=1000
  log.cleaner.backoff.ms=1000
)

start_cluster() {
  local deadline=$((SECONDS + 180))
  Tests/kafka/broker.sh serve "$work/kafka" $brokers "${cluster_settings[@]}" >"$work/kafka.out" 2>"$work/kafka.err" &
  brokers_pid=$!
  until grep -q '^CLUSTER=' "$work/kafka.out"; do
    kill -0 "$brokers_pid" 2>/dev/null || { cat "$work/kafka.err"; exit 69; }
    [ $SECONDS -lt $deadline ] || { echo "faults.sh: Kafka does not come up"; exit 70; }
    sleep 0.2
  done
  BROKERS=$(sed -n 's/^BROKERS=//p' "$work/kafka.out")
  cluster_command=$(sed -n 's/^CLUSTER=//p' "$work/kafka.out")
  export BROKERS
  echo "Kafka $(kafka_version) at $BROKERS"
}

stop_cluster() {
  [ -n "${brokers_pid:-}" ] || return 0
  kill "$brokers_pid" 2>/dev/null || true
  wait "$brokers_pid" 2>/dev/null || true
  brokers_pid=""
}

kafka_version() {
  local home jars
  home=$(sed -n 's/^home=//p' "$work/kafka/settings")
  jars=("$home"/libs/kafka-clients-*.jar)
  basename "${jars[0]}" .jar | sed 's/kafka-clients-//'
}

# The inputs, filled once for all scenarios: NAME TELEGRAMS.
declare -A input_size=([small]=12000 [large]=100000 [pieces]=12000 [pieces-large]=100000)

fill_inputs() {
  local name how
  if [ -n "$quick" ]; then input_size[large]=30000 input_size[pieces]=6000; fi
  for name in $(needed_inputs); do
    how=()
    # With so many channels a partition that is far behind leaves no more holes in one than are remembered of it.
    if [[ $name = pieces* ]]; then how=(pieces $((input_size[$name] / 25000 + 1))); fi
    witness create "raw-$name" 12 3 max.message.bytes=2000000
    "$TAPERELAY" generate --count "${input_size[$name]}" --seed "$seed" --quiet 2>/dev/null \
      | witness fill "raw-$name" 12 "$seed" "$work/raw-$name.json" "${how[@]}"
  done
}

# As the user who has only the rights that `acls` gives.
limited_properties() {
  cat <<Y
  bootstrap.servers: '127.0.0.1:$((${BROKERS##*:} + 1))'
  security.protocol: sasl_plaintext
  sasl.mechanism: PLAIN
  sasl.username: limited
  sasl.password: limited
Y
}

acls() { cluster tool acls "$@" >>"$DIR/acls" 2>&1; }
