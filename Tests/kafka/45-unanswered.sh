#!/usr/bin/env bash
# Exactly once, a broker that takes a record and whose answer does not come through, and a rebalance before it could be asked
# again: librdkafka (2.0.2 to 2.16 at least) goes on with the same sequence number after the abort, and the broker acknowledges
# the record of the next transaction without keeping it. The worker must not let that happen.
. "$(dirname "$0")/cases.sh"

# Stands between the worker and the brokers: WORK/proxied says where. Once WORK/cut is there, the next record to the dead
# letters goes through, its answer does not, and WORK/happened tells of it.
cat >"$WORK/proxy.py" <<'P'
import os, socket, struct, sys, threading, time

work, topic, brokers = sys.argv[1], sys.argv[2].encode(), sys.argv[3].split(",")
PRODUCE = 0
places = {}
for broker in brokers:
    listener = socket.create_server(("127.0.0.1", 0))
    places[int(broker.rsplit(":", 1)[1])] = listener


def renamed(octets):
    """Clients are told of the proxy in place of each broker."""
    for port, listener in places.items():
        octets = octets.replace(b"127.0.0.1" + struct.pack(">i", port), b"127.0.0.1" + struct.pack(">i", listener.getsockname()[1]))
    return octets


def frames(connection):
    rest = b""
    while octets := connection.recv(1 << 16):
        rest += octets
        while len(rest) >= 4 and len(rest) >= (end := 4 + struct.unpack(">i", rest[:4])[0]):
            yield rest[:end]
            rest = rest[end:]


def answers(broker, client, cut):
    try:
        for frame in frames(broker):
            if cut.is_set():
                # What was asked is done by now.
                os.rename(work + "/cut", work + "/happened")
                break
            client.sendall(renamed(frame))
    except OSError:
        pass
    for one in (broker, client):
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client, port):
    broker, cut = socket.create_connection(("127.0.0.1", port)), threading.Event()
    threading.Thread(target=answers, args=(broker, client, cut), daemon=True).start()
    try:
        for frame in frames(client):
            if struct.unpack(">h", frame[4:6])[0] == PRODUCE and topic in frame and os.path.exists(work + "/cut"):
                cut.set()
            broker.sendall(frame)
    except OSError:
        pass


def accept(listener, port):
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0], port), daemon=True).start()


for port, listener in places.items():
    threading.Thread(target=accept, args=(listener, port), daemon=True).start()
with open(work + "/proxied.new", "w") as file:
    file.write(",".join(f"127.0.0.1:{listener.getsockname()[1]}" for listener in places.values()))
os.rename(work + "/proxied.new", work + "/proxied")
threading.Event().wait()
P

[ -n "${CLUSTER:-}" ] || { echo "brokers of its own are needed, which the proxy can stand for"; exit 77; }
fresh unanswered "delivery: exactly-once"
"$CLUSTER" tool topics --create --topic "$IN" --partitions 1 >/dev/null
/usr/bin/python3 "$WORK/proxy.py" "$WORK" "$DEAD" "$BROKERS" 2>"$WORK/proxy.err" &
workers+=("$!")
await "the proxy" test -s "$WORK/proxied"
third_is_there() { read_all "$DEAD" '%s\n' | grep -q third; }
# A record waits for its next attempt for longer than the drain may last.
start a -X rebalance.deadline=1s -X kafka.bootstrap.servers="$(<"$WORK/proxied")" -X kafka.retry.backoff.ms=8000 -X kafka.topic.metadata.refresh.interval.ms=500
put 0 <<<"nothing that is a telegram: the first"
await "the first dead letter" holds "$DEAD" 1
touch "$WORK/cut"
put 0 <<<"nothing that is a telegram: the second"
await "a record whose answer is lost" test -e "$WORK/happened"
# The group shares the partitions out anew, and the worker gets the first one again.
"$CLUSTER" tool topics --alter --topic "$IN" --partitions 2 >/dev/null
# Alone in its batch, as it was before: of batches of different sizes the broker would refuse the second.
finished() {
  "$CLUSTER" tool groups --describe --group "$GROUP" --offsets 2>/dev/null | awk -v t="$IN" '$2 == t && $3 == 0 && $4 == 2 {found = 1} END {exit !found}'
}
await "the second record to be finished" finished
put 0 <<<"nothing that is a telegram: the third"
await "its dead letter" third_is_there
finish a "$last"
same "dead letters" "$(read_all "$DEAD" '%s|' | tr -d '\n')" "$(printf 'nothing that is a telegram: the %s|' first second third)"
at_the_ends "$IN"
grep -q 'drained=false' "$WORK/unanswered-a.log" || fail "the transaction was not given up"
echo "an answer was lost, its transaction given up, and the record is there once"
