# Shared by the scenarios. Each runs with BROKERS, TAPERELAY (the binary) and WORK (a directory of its own), and
# ends with status 0 when all it checked held. kcat is the witness: nothing here is read back with our own reader.
set -euo pipefail
: "${BROKERS:?}" "${TAPERELAY:?}" "${WORK:?}"
mkdir -p "$WORK"
SUFFIX=$(basename "$0" .sh | tr -cd 'a-z0-9')-$$-$RANDOM
IN=raw-$SUFFIX OUT=events-$SUFFIX DEAD=dead-$SUFFIX ALERTS=alerts-$SUFFIX SERVICE=service-$SUFFIX GROUP=group-$SUFFIX SECTIONS=sections-$SUFFIX JOURNAL=journal-$SUFFIX
CONFIG=$WORK/$SUFFIX.yaml
# The numbers of made-up telegrams show gaps, whose alerts are not what most scenarios look at.
CONTINUITY="continuity: { channels: false }"

configure() { # [line...]: a configuration for topics of this scenario's own
  {
    echo "kafka: { bootstrap.servers: '$BROKERS', group.id: $GROUP }"
    echo "input: { topic: $IN }"
    echo "outputs:"
    echo "  - { topic: $OUT, event: telegram }"
    echo "  - { topic: $SERVICE, event: service }"
    echo "  - { topic: $ALERTS, event: alert }"
    echo "topics: { deadLetters: $DEAD, sections: $SECTIONS, journal: $JOURNAL }"
    echo "createTopics: true"
    echo "$CONTINUITY"
    printf '%s\n' "$@"
  } >"$CONFIG"
}

fail() { echo "$(basename "$0"): $*" >&2; exit 1; }
same() { [ "$2" = "$3" ] || fail "$1: expected '$3', got '$2'"; }
# TOPIC FORMAT: everything committed on a topic, in kcat's format. An absent topic is empty.
read_all() { kcat -b "$BROKERS" -C -t "$1" -o beginning -e -q -X topic.auto.offset.reset=earliest -X isolation.level=read_committed -f "$2" 2>/dev/null || true; }
# Ends of all partitions, "partition offset" a line.
ends() { kcat -b "$BROKERS" -Q $(partitions "$1" | sed "s/.*/-t $1:&:-1/") | sed 's/.*\[\([0-9]*\)\] offset \([0-9]*\)$/\1 \2/' | sort -n; }
partitions() { kcat -b "$BROKERS" -L -t "$1" | sed -n 's/^ *partition \([0-9]*\),.*/\1/p'; }
# "partition offset" of every input record that some event names as its source.
sources() { read_all "$1" '%s\n' | grep -o '"source":{"topic":"[^"]*","partition":[0-9]*,"offset":[0-9]*' | sed 's/.*"partition":\([0-9]*\),"offset":\([0-9]*\)/\1 \2/' | sort -u; }
