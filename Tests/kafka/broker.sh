#!/usr/bin/env bash
# Real Apache Kafka brokers for the tests, one or several, on free ports of the loopback interface.
#
#   broker.sh serve DIR [BROKERS [KEY=VALUE]...]
#                           start them, print "BROKERS=host:port,..." and "CLUSTER=command", stop them on SIGTERM or SIGINT
#   DIR/cluster VERB [NODE] what CLUSTER names: kill, restart, stop, pause or continue that broker (from 1; default: all),
#   DIR/cluster tool NAME   or run one of Kafka's own tools: topics, groups, configs, delete-records, acls
#
# Broker k listens on P+10*(k-1); on the port after that a user `limited` (SASL PLAIN, password `limited`) has no right but
# those that `acls` gives. Kafka is taken from KAFKA_HOME (an unpacked release), else from ../shared/kafka beside the
# checkout, else from a release that an earlier run has downloaded to .build/kafka, else from one downloaded now, if that
# takes at most 10 seconds. TAPERELAY_TEST_PORT fixes P. Exit status 69: there is no Kafka to be had. Needs Java 17 and kcat.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=4.2.0
downloaded=$root/.build/kafka

usage() { sed -n '2,15s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64; }

# Something listens on port $1.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port below the ephemeral ones that is free together with those that the brokers need.
free_port() {  # BROKERS
  local port node step free
  while :; do
    port=$((20000 + RANDOM % 1000 * 10)) free=yes
    for node in $(seq 0 $(($1 - 1))); do
      for step in 0 1 2; do if taken $((port + 10 * node + step)); then free=no; fi; done
    done
    [ "$free" = no ] || { echo "$port"; return; }
  done
}

# Unpacks a release into .build/kafka; 10 seconds are all it gets.
download() {
  local archive url
  command -v curl >/dev/null || return 1
  mkdir -p "$root/.build"
  archive=$(mktemp "$root/.build/kafka.XXXXXX")
  for url in "https://dlcdn.apache.org/kafka/$release" "https://archive.apache.org/dist/kafka/$release"; do
    [ $SECONDS -lt 10 ] || break
    if curl -fsSL --max-time $((10 - SECONDS)) -o "$archive" "$url/kafka_2.13-$release.tgz" 2>/dev/null; then
      rm -rf "$downloaded.new" && mkdir -p "$downloaded.new"
      tar -xzf "$archive" --strip-components=1 -C "$downloaded.new" && mv "$downloaded.new" "$downloaded"
      break
    fi
  done
  rm -f "$archive"
  [ -d "$downloaded/libs" ]
}

run_java() { java -Xmx"${KAFKA_HEAP:-512m}" -cp "$home/libs/*:$home" "$@"; }
port_of() { echo $((port + 10 * ($1 - 1))); }
nodes() { if [ $# -gt 0 ]; then echo "$1"; else seq "$count"; fi; }
pid() { cat "$directory/broker-$1.pid"; }
alive() { [ -s "$directory/broker-$1.pid" ] && kill -0 "$(pid "$1")" 2>/dev/null; }
addresses() { for node in $(nodes); do echo "127.0.0.1:$(port_of "$node")"; done | paste -sd, -; }

launch() {  # NODE
  if alive "$1"; then return; fi
  setsid java -Xms128m -Xmx"${KAFKA_HEAP:-512m}" -XX:+UseG1GC -cp "$home/libs/*:$home" kafka.Kafka "$directory/broker-$1.properties" \
    >>"$directory/broker-$1.log" 2>&1 </dev/null &
  echo $! >"$directory/broker-$1.pid"
  disown  # or the shell reports its end
}

await() {  # NODE
  local deadline=$((SECONDS + 90))
  until kcat -q -L -m 2 -b "127.0.0.1:$(port_of "$1")" >/dev/null 2>&1; do
    alive "$1" || { echo "broker.sh: broker $1 ended:" >&2; tail -n 5 "$directory/broker-$1.log" >&2; exit 70; }
    [ $SECONDS -lt $deadline ] || { echo "broker.sh: broker $1 does not answer" >&2; exit 70; }
    sleep 0.2
  done
}

end() {  # SIGNAL NODE
  if ! alive "$2"; then return 0; fi
  kill "-$1" "$(pid "$2")" 2>/dev/null || true
  while alive "$2"; do sleep 0.1; done
}

configure() {  # ID [KEY=VALUE]...
  local id=$1 node p voters replicas=$((count < 3 ? count : 3)) minimum
  shift
  minimum=$((replicas > 1 ? replicas - 1 : 1))
  voters=$(for node in $(nodes); do echo "$node@127.0.0.1:$(($(port_of "$node") + 2))"; done | paste -sd, -)
  for node in $(nodes); do
    p=$(port_of "$node")
    cat >"$directory/broker-$node.properties" <<P
process.roles=broker,controller
node.id=$node
controller.quorum.voters=$voters
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$p,SASL_PLAINTEXT://127.0.0.1:$((p + 1)),CONTROLLER://127.0.0.1:$((p + 2))
advertised.listeners=PLAINTEXT://127.0.0.1:$p,SASL_PLAINTEXT://127.0.0.1:$((p + 1))
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
inter.broker.listener.name=PLAINTEXT
sasl.enabled.mechanisms=PLAIN
listener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_limited="limited";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
super.users=User:ANONYMOUS
log.dirs=$directory/data-$node
num.partitions=12
default.replication.factor=$replicas
min.insync.replicas=$minimum
offsets.topic.replication.factor=$replicas
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=$replicas
transaction.state.log.num.partitions=8
transaction.state.log.min.isr=$minimum
group.initial.rebalance.delay.ms=0
$(printf '%s\n' "$@")
P
    run_java kafka.tools.StorageTool format -t "$id" -c "$directory/broker-$node.properties" >"$directory/format-$node.log" 2>&1 \
      || { cat "$directory/format-$node.log" >&2; exit 70; }
  done
}

# An unpacked Kafka, or exit 69.
find_kafka() {
  home=${KAFKA_HOME:-}
  if [ -n "$home" ]; then
    compgen -G "$home/libs/*.jar" >/dev/null || { echo "broker.sh: KAFKA_HOME=$home holds no libs/*.jar" >&2; exit 69; }
    return
  fi
  home=$root/../shared/kafka
  if compgen -G "$home/libs/*.jar" >/dev/null; then return; fi
  home=$downloaded
  [ -d "$home/libs" ] || download || { echo "broker.sh: no Kafka found, none downloaded" >&2; exit 69; }
}

[ $# -ge 2 ] || usage
verb=$1
mkdir -p "$2"
directory=$(cd "$2" && pwd)

case $verb in
serve)
  count=${3:-1} sleeper=""
  command -v java >/dev/null || { echo "broker.sh: java (17 or newer) is not installed" >&2; exit 69; }
  command -v kcat >/dev/null || { echo "broker.sh: kcat is not installed" >&2; exit 69; }
  find_kafka
  port=${TAPERELAY_TEST_PORT:-$(free_port "$count")}
  printf 'home=%q\nport=%q\ncount=%q\n' "$home" "$port" "$count" >"$directory/settings"
  stop() { for node in $(nodes); do end KILL "$node"; done; }
  trap 'stop; [ -z "$sleeper" ] || kill "$sleeper"' EXIT
  trap 'exit 0' TERM INT
  configure "$(run_java kafka.tools.StorageTool random-uuid 2>/dev/null)" "${@:4}"
  for node in $(nodes); do launch "$node"; done
  for node in $(nodes); do await "$node"; done
  # A command that scenarios call with a verb.
  printf '#!/usr/bin/env bash\nverb=$1; shift\nexec %q "$verb" %q "$@"\n' "$root/Tests/kafka/broker.sh" "$directory" >"$directory/cluster"
  chmod +x "$directory/cluster"
  echo "BROKERS=$(addresses)"
  echo "CLUSTER=$directory/cluster"
  # A signal interrupts `wait` at once; a foreground sleep would be waited for.
  sleep infinity &
  sleeper=$!
  wait "$sleeper"
  ;;
tool)  # DIR NAME [ARG]...
  # shellcheck source=/dev/null
  . "$directory/settings"
  case $3 in
  topics) class=org.apache.kafka.tools.TopicCommand ;;
  groups) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  configs) class=kafka.admin.ConfigCommand ;;
  delete-records) class=org.apache.kafka.tools.DeleteRecordsCommand ;;
  acls) class=org.apache.kafka.tools.AclCommand ;;
  *) usage ;;
  esac
  run_java -XX:TieredStopAtLevel=1 "$class" --bootstrap-server "$(addresses)" "${@:4}"
  ;;
kill | stop | pause | continue | restart)  # DIR [NODE]
  # shellcheck source=/dev/null
  . "$directory/settings"
  for node in $(nodes "${@:3}"); do
    case $verb in
    kill) end KILL "$node" ;;
    stop) end TERM "$node" ;;
    pause) kill -STOP "$(pid "$node")" ;;
    continue) kill -CONT "$(pid "$node")" ;;
    restart) launch "$node" ;;
    esac
  done
  if [ "$verb" = restart ]; then for node in $(nodes "${@:3}"); do await "$node"; done; fi
  ;;
*) usage ;;
esac
