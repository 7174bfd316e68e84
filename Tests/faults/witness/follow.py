"""Follows a group through its input: what is committed, written to a file that the shell reads without starting anything."""

import os
import time

from confluent_kafka import KafkaException, TopicPartition

from cluster import consumer, read_manifest


def follow(group, topic, manifest, path, pause=0.1):
    """`COMMITTED LEFT OF`, in offsets: how much is committed, how many are left, of how many."""
    needed = {}
    for partition, offset in read_manifest(manifest):
        needed[partition] = max(needed.get(partition, 0), offset + 1)
    total = sum(needed.values())
    # Not read_committed: that would wait for offsets that are in open transactions.
    client = consumer(group, committed_only=False)
    asked = [TopicPartition(topic, partition) for partition in needed]
    parent = os.getppid()
    while os.getppid() == parent:
        try:
            found = {one.partition: one.offset for one in client.committed(asked, timeout=5) if one.error is None}
        except KafkaException:
            found = None
        if found is not None:
            left = sum(max(0, need - max(0, found.get(partition, 0))) for partition, need in needed.items())
            with open(path + ".new", "w") as file:
                file.write(f"{total - left} {left} {total}\n")
            os.replace(path + ".new", path)
        time.sleep(pause)
