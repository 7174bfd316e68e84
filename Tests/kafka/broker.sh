#!/usr/bin/env bash
# One real Apache Kafka broker for the tests, on a free port of the loopback interface.
#
#   broker.sh serve DIR     start it, print "BROKERS=host:port" and "CLUSTER=command", stop it on SIGTERM or SIGINT
#   DIR/cluster VERB        what CLUSTER names: kill, restart, stop, pause or continue that broker,
#   DIR/cluster tool NAME   or run one of Kafka's own tools on it: topics, groups, delete-records
#
# Kafka is taken from KAFKA_HOME (an unpacked release), else from ../shared/kafka beside the checkout, else from a release
# that an earlier run has downloaded to .build/kafka, else from one downloaded now, if that takes at most 10 seconds.
# Exit status 69: there is no Kafka to be had. Needs Java 17 and kcat.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
release=4.2.0
downloaded=$root/.build/kafka

usage() { sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64; }

# Something listens on port $1.
taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# A port below the ephemeral ones that is free together with the next three.
free_port() {
  local port step free
  while :; do
    port=$((20000 + RANDOM % 10000)) free=yes
    for step in 0 1 2 3; do if taken $((port + step)); then free=no; fi; done
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

java_heap() { java -Xmx"${KAFKA_HEAP:-512m}" -cp "$home/libs/*" "$@"; }
pid() { cat "$directory/broker.pid"; }
alive() { [ -s "$directory/broker.pid" ] && kill -0 "$(pid)" 2>/dev/null; }

launch() {
  if alive; then return; fi
  setsid java -Xmx"${KAFKA_HEAP:-512m}" -cp "$home/libs/*" kafka.Kafka "$directory/broker.properties" \
    >>"$directory/broker.log" 2>&1 </dev/null &
  echo $! >"$directory/broker.pid"
  disown  # or the shell reports its end
  local deadline=$((SECONDS + 60))
  until kcat -q -L -m 2 -b "127.0.0.1:$port" >/dev/null 2>&1; do
    alive || { echo "broker.sh: the broker ended:" >&2; tail -n 5 "$directory/broker.log" >&2; exit 70; }
    [ $SECONDS -lt $deadline ] || { echo "broker.sh: the broker does not answer" >&2; exit 70; }
    sleep 0.2
  done
}

end() {  # SIGNAL
  if ! alive; then return 0; fi
  kill "-$1" "$(pid)" 2>/dev/null || true
  while alive; do sleep 0.1; done
}

configure() {
  cat >"$directory/broker.properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 2))
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 2))
advertised.listeners=PLAINTEXT://127.0.0.1:$port
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
inter.broker.listener.name=PLAINTEXT
log.dirs=$directory/data
num.partitions=12
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.num.partitions=8
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
P
  local id
  id=$(java_heap kafka.tools.StorageTool random-uuid 2>/dev/null)
  java_heap kafka.tools.StorageTool format -t "$id" -c "$directory/broker.properties" >"$directory/format.log" 2>&1 \
    || { cat "$directory/format.log" >&2; exit 70; }
}

# A command that scenarios call with a verb, whatever started the broker.
write_command() {
  printf '#!/usr/bin/env bash\nset -euo pipefail\nverb=$1; shift\n%s\n' "$1" >"$directory/cluster"
  chmod +x "$directory/cluster"
}

[ $# -ge 2 ] || usage
verb=$1
mkdir -p "$2"
directory=$(cd "$2" && pwd)
shared=$root/../shared/kafka

case $verb in
serve)
  command -v java >/dev/null || { echo "broker.sh: java (17 or newer) is not installed" >&2; exit 69; }
  home=${KAFKA_HOME:-}
  if [ -n "$home" ] && ! compgen -G "$home/libs/*.jar" >/dev/null; then
    echo "broker.sh: KAFKA_HOME=$home holds no libs/*.jar" >&2; exit 69
  fi
  port=$(free_port) sleeper=""
  stop() { end KILL; }
  trap 'stop; [ -z "$sleeper" ] || kill "$sleeper"' EXIT
  trap 'exit 0' TERM INT
  if [ -z "$home" ] && [ -x "$shared/cluster" ]; then
    stop() { "$shared/cluster" wipe "$directory/kafka" >/dev/null 2>&1 || true; }
    "$shared/cluster" start "$directory/kafka" --port "$port" >"$directory/start.log" 2>&1 \
      || { cat "$directory/start.log" >&2; exit 70; }
    write_command "exec '$shared/cluster' \"\$verb\" '$directory/kafka' \"\$@\""
  else
    if [ -z "$home" ]; then
      home=$downloaded
      [ -d "$home/libs" ] || download || { echo "broker.sh: no Kafka found, none downloaded" >&2; exit 69; }
    fi
    command -v kcat >/dev/null || { echo "broker.sh: kcat is not installed" >&2; exit 69; }
    printf 'home=%q\nport=%q\n' "$home" "$port" >"$directory/settings"
    configure
    launch
    write_command "exec '$root/Tests/kafka/broker.sh' \"\$verb\" '$directory' \"\$@\""
  fi
  echo "BROKERS=127.0.0.1:$port"
  echo "CLUSTER=$directory/cluster"
  # A signal interrupts `wait` at once; a foreground sleep would be waited for.
  sleep infinity &
  sleeper=$!
  wait "$sleeper"
  ;;
tool)  # DIR NAME [ARG]...: Kafka's own tools, as the cluster beside the checkout has them
  # shellcheck source=/dev/null
  . "$directory/settings"
  name=$3
  shift 3
  case $name in
  topics) class=org.apache.kafka.tools.TopicCommand ;;
  groups) class=org.apache.kafka.tools.consumer.group.ConsumerGroupCommand ;;
  delete-records) class=org.apache.kafka.tools.DeleteRecordsCommand ;;
  *) usage ;;
  esac
  java_heap "$class" --bootstrap-server "127.0.0.1:$port" "$@"
  ;;
kill | stop | pause | continue | restart)
  # shellcheck source=/dev/null
  . "$directory/settings"
  case $verb in
  kill) end KILL ;;
  stop) end TERM ;;
  pause) kill -STOP "$(pid)" ;;
  continue) kill -CONT "$(pid)" ;;
  restart) launch ;;
  esac
  ;;
*) usage ;;
esac
