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
  install python3 python3-confluent-kafka openssl
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
  local port=${TAPERELAY_TEST_FAULTS_PORT:-} setting arguments=()
  [ -n "$port" ] || port=$((20000 + RANDOM % 400 * 25))
  for setting in "${cluster_settings[@]}"; do arguments+=(--set "$setting"); done
  cluster_command=$work/cluster
  printf '#!/usr/bin/env bash\nverb=$1; shift\nexec %q "$verb" %q "$@"\n' "$root/../shared/kafka/cluster" "$work/kafka" >"$cluster_command"
  chmod +x "$cluster_command"
  "$cluster_command" start --port "$port" --brokers $brokers --secure "${arguments[@]}" >"$work/cluster.env" || exit 70
  BROKERS=$(sed -n 's/^KAFKA_BOOTSTRAP=//p' "$work/cluster.env")
  export BROKERS
  echo "Kafka at $BROKERS"
}

stop_cluster() { [ ! -x "$work/cluster" ] || "$work/cluster" wipe || true; }

# The inputs, filled once for all scenarios: NAME TELEGRAMS.
declare -A input_size=([small]=12000 [large]=100000)

fill_inputs() {
  local name
  for name in $(needed_inputs); do
    witness create "raw-$name" 12 3 max.message.bytes=2000000
    "$TAPERELAY" generate --count "${input_size[$name]}" --seed "$seed" --quiet 2>/dev/null \
      | witness fill "raw-$name" 12 "$seed" "$work/raw-$name.json"
  done
}

secure_properties() {
  local name
  for name in SECURE_BOOTSTRAP CA DENIED_USER DENIED_PASSWORD; do
    local "$name=$(sed -n "s/^KAFKA_$name=//p" "$work/cluster.env")"
  done
  # shellcheck disable=SC2153
  cat <<Y
  bootstrap.servers: '$SECURE_BOOTSTRAP'
  security.protocol: sasl_ssl
  ssl.ca.location: $CA
  sasl.mechanism: PLAIN
  sasl.username: $DENIED_USER
  sasl.password: $DENIED_PASSWORD
Y
}

acls() {
  java -Xmx256m -XX:TieredStopAtLevel=1 -cp "${KAFKA_HOME:-$root/../shared/kafka}/libs/*" org.apache.kafka.tools.AclCommand \
    --bootstrap-server "$BROKERS" "$@" >>"$DIR/acls" 2>&1
}
