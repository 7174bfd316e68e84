"""The independent client: Debian's confluent-kafka. Topics are made, filled and read back with it, never with our own code."""

import json
import os
import re
import time

from confluent_kafka import Consumer, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic

from commits import offsets_record
from findings import DEAD, Appearance

OFFSETS = "__consumer_offsets"
SOURCE = re.compile(rb'"source":\{"topic":"([^"]+)","partition":(\d+),"offset":(\d+)(?:,"timestamp":"[^"]*")?(?:,"index":(\d+))?')


def common():
    return {"bootstrap.servers": os.environ["BROKERS"], "log_level": 2}


def admin():
    return AdminClient(common())


def consumer(group="witness", committed_only=True):
    return Consumer(
        common()
        | {
            "group.id": group,
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "isolation.level": "read_committed" if committed_only else "read_uncommitted",
            "queued.max.messages.kbytes": 262144,
            "fetch.message.max.bytes": 8 << 20,
        }
    )


def partitions(client, topic):
    """Leader by partition, once all have one."""
    for _ in range(300):
        found = client.list_topics(topic, timeout=10).topics[topic]
        leaders = {number: part.leader for number, part in found.partitions.items()}
        if found.error is None and leaders and min(leaders.values()) >= 0:
            return leaders
        time.sleep(0.1)
    raise SystemExit(f"witness: topic {topic}: {found.error or leaders}")


def exists(client, topic):
    found = client.list_topics(timeout=10).topics
    return topic in found and found[topic].error is None


def create(topic, count, replicas, settings):
    client = admin()
    for _ in range(100):  # one that was just deleted may linger
        (made,) = client.create_topics([NewTopic(topic, count, replicas, config=settings)]).values()
        try:
            made.result()
            break
        except KafkaException as error:
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise
            time.sleep(0.1)
    partitions(client, topic)


def delete(topics):
    client = admin()
    topics = [topic for topic in topics if exists(client, topic)]
    for topic, gone in client.delete_topics(topics, operation_timeout=30).items() if topics else ():
        gone.result()


def add_partitions(topic, count):
    client = admin()  # its answers go with it
    for made in client.create_partitions([NewPartitions(topic, count)]).values():
        made.result()


def alter(topic, settings):
    client = admin()
    for done in client.alter_configs([ConfigResource(ConfigResource.Type.TOPIC, topic, settings)]).values():
        done.result()


def java_hash(text):
    value = 0
    for unit in text.encode("utf-16-be")[1::2]:
        value = (31 * value + unit) & 0xFFFFFFFF
    return abs(value - (value >> 31 << 32))


def coordinator(topic, name):
    """The broker that leads the internal partition of a group or a transactional id."""
    leaders = partitions(admin(), topic)
    return leaders[java_hash(name) % len(leaders)]


def ends(client, topic, kept=None):
    """[(partition, first, end)]; in read_committed clients the end is the last stable offset."""
    found = []
    for number in sorted(partitions(client, topic)) if kept is None else kept:
        first, end = client.get_watermark_offsets(TopicPartition(topic, number), timeout=30)
        found.append((number, first, end))
    return found


def await_stable(topics):
    """Waits until no transaction is open on these topics. Answers for how many seconds."""
    stable, all_there = consumer(), consumer(committed_only=False)
    begun = time.time()
    for topic in topics:
        while ends(stable, topic) != ends(all_there, topic) and time.time() < begun + 90:
            time.sleep(0.2)
    stable.close()
    all_there.close()
    return time.time() - begun


def read(client, topic, starts=None, only=None):
    """All messages of a topic up to its present end, partition by partition in order."""
    left, assignment = {}, []
    for number, first, end in ends(client, topic, only):
        start = max(first, (starts or {}).get(number, 0))
        if start < end:
            left[number] = end
            assignment.append(TopicPartition(topic, number, start))
    if not assignment:
        return
    client.assign(assignment)
    deadline = time.time() + 60
    while left:
        for message in client.consume(1000, timeout=0.2):
            if message.error():
                if message.error().code() == KafkaError._PARTITION_EOF:
                    left.pop(message.partition(), None)
                    continue
                raise KafkaException(message.error())
            deadline = time.time() + 60
            yield message
        for position in client.position([TopicPartition(topic, number) for number in left]):
            # Markers and aborted records at the end are passed without a message.
            if position.offset >= left[position.partition]:
                del left[position.partition]
        if left and time.time() > deadline:
            raise SystemExit(f"witness: {topic} cannot be read to its end: {left} left")
    client.unassign()


def outputs(topics, dead_topic, source_topic):
    """{(topic, partition): [Appearance]} of everything that a read_committed reader sees."""
    logs = {}
    client = consumer() 
    for topic in topics + [dead_topic]:
        for message in read(client, topic):
            log = logs.setdefault((topic, message.partition()), [])
            stamp = message.timestamp()[1]
            if topic == dead_topic:
                headers = dict(message.headers() or [])
                found = [(headers["taperelay-source-topic"], headers["taperelay-source-partition"], headers["taperelay-source-offset"], None)]
            else:
                found = SOURCE.findall(message.value())
            for name, partition, offset, index in found:
                if name.decode() == source_topic:
                    log.append(Appearance(int(partition), int(offset), DEAD if topic == dead_topic else int(index or 0), stamp))
    client.close()
    return logs


def decoded(topics, decode):
    """What a read_committed reader sees, in order within a partition."""
    client = consumer()
    for topic in topics:
        for message in read(client, topic):
            yield decode(message)
    client.close()


def commits(group, topic, starts):
    """[Commit] of a group on a topic, in their order, from the given ends of `__consumer_offsets` on."""
    client = consumer()
    number = java_hash(group) % len(partitions(client, OFFSETS))
    found = []
    for message in read(client, OFFSETS, starts, [number]):
        record = offsets_record(message.key(), message.value())
        if record and record[:2] == (group, topic):
            found.append(record[2])
    client.close()
    return found


def offsets_ends():
    client = consumer(committed_only=False)
    try:
        return {number: end for number, _, end in ends(client, OFFSETS)} if exists(client, OFFSETS) else {}
    finally:
        client.close()


class Filler:
    """Produces in a fixed order to fixed partitions: the same seed gives the same input, offset for offset."""

    def __init__(self, topic, count, properties=None):
        self.topic, self.count, self.sent, self.failed = topic, count, 0, None
        self.expected = {}
        properties = properties or {}
        # One request at a time and no second attempt keep the order. Not idempotent, but for transactions: behind five records
        # in flight such a producer's threads spin, and three of these on two cores leave the brokers nothing for seconds.
        order = {} if "transactional.id" in properties else {"max.in.flight": 1, "retries": 0, "acks": "all"}
        self.producer = Producer(
            common() | order | {"linger.ms": 20, "compression.type": "lz4", "message.max.bytes": 4000000} | properties
        )

    def send(self, value, events, key=None, partition=None):
        number = self.sent % self.count if partition is None else partition
        while True:
            try:
                self.producer.produce(
                    self.topic, value, key or str(self.sent).encode(), number, on_delivery=self.delivered(events)
                )
                break
            except BufferError:
                self.producer.poll(0.1)
        self.sent += 1
        if self.sent % 100 == 0:
            self.producer.poll(0)

    def delivered(self, events):
        def note(error, message):
            if error:
                self.failed = error
            else:
                self.expected[message.partition(), message.offset()] = events

        return note

    def finish(self):
        self.producer.flush()
        if self.failed:
            raise SystemExit(f"witness: {self.topic}: {self.failed}")
        return self.expected


def write_manifest(path, expected):
    """What an input topic holds: by partition, [offset, events] in order."""
    parts = {}
    for (partition, offset), events in sorted(expected.items()):
        parts.setdefault(str(partition), []).append([offset, events])
    with open(path, "w") as file:
        json.dump(parts, file)


def join_manifests(path, other):
    write_manifest(path, read_manifest(path) | read_manifest(other))


def read_manifest(path):
    with open(path) as file:
        return {(int(p), offset): events for p, items in json.load(file).items() for offset, events in items}
