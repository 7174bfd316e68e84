"""Follows a group through its input: what is committed, written to a file that the shell reads without starting anything."""

import os
import time

from confluent_kafka import KafkaException, TopicPartition

from cluster import consumer, ends, partitions, read_manifest
import events
import implied
from wholeness import Gaps, never


def follow(group, topic, manifest, path, *rest, pause=0.1):
    """`COMMITTED LEFT OF`, in offsets: how much is committed, how many are left, of how many. `rest`, of an input of pieces:
    the topics of sections and of alerts, and the delivery; one offset more is left until all is done there."""
    needed = {}
    for partition, offset in read_manifest(manifest):
        needed[partition] = max(needed.get(partition, 0), offset + 1)
    total = sum(needed.values()) + (1 if rest else 0)
    # Not read_committed: that would wait for offsets that are in open transactions.
    client = consumer(group, committed_only=False)
    beside = Beside(client, manifest, *rest) if rest else None
    parent = os.getppid()
    while os.getppid() == parent:
        found = committed(client, topic, needed)
        if found is not None:
            left = sum(max(0, need - found.get(partition, 0)) for partition, need in needed.items())
            if beside and (left > 0 or not beside.is_done()):
                left += 1
            with open(path + ".new", "w") as file:
                file.write(f"{total - left} {left} {total}\n")
            os.replace(path + ".new", path)
        time.sleep(pause)


def committed(client, topic, numbers):
    """{partition: offset}; None where nobody answers."""
    try:
        found = client.committed([TopicPartition(topic, number) for number in numbers], timeout=5)
    except KafkaException:
        return None
    return {one.partition: max(0, one.offset) for one in found if one.error is None}


class Beside:
    """What an input of pieces leads to: sections that wait until they are released, and gaps that are told in the end."""

    def __init__(self, client, manifest, sections, alerts, delivery):
        self.client, self.sections = client, sections
        self.exactly_once = delivery == "exactly-once"
        self.never = never(implied.read(manifest))
        self.gaps = Gaps()
        self.reader = consumer()
        self.reader.assign([TopicPartition(alerts, number, 0) for number in partitions(self.reader, alerts)])

    def is_done(self):
        try:
            there = {number: end for number, _, end in ends(self.client, self.sections)}
        except KafkaException:
            return False
        found = committed(self.client, self.sections, there)
        return found is not None and all(found.get(number, 0) >= end for number, end in there.items()) and self.is_told()

    def is_told(self):
        while messages := self.reader.consume(1000, timeout=0.1):
            for message in messages:
                if message.error() is None:
                    self.gaps.take(events.alert(message))
        told = set(self.gaps.open()[0])
        # At least once, what a crash made forget is not withdrawn.
        return told == self.never if self.exactly_once else told >= self.never
