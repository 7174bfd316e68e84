"""What a group has committed, read from Kafka's own `__consumer_offsets`: each commit in its order, with the metadata.

Both layers are decoded here a second time, independent of the program under test: Kafka's records
(OffsetCommitKey.json, OffsetCommitValue.json of Apache Kafka) and our text `tr1;o=…;n=…;r…` (Sources/Relay/CommitMetadata.swift).
"""

from dataclasses import dataclass, field
import struct

DIGITS = {c: v for v, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}


@dataclass
class Commit:
    time: int  # milliseconds, the coordinator's clock
    partition: int
    offset: int  # -1: the group's offset was removed
    metadata: str = ""


@dataclass
class Progress:
    """What one commit says is finished."""

    offset: int
    runs: list = field(default_factory=list)  # finished beyond the offset, as (first, end)
    counts: tuple = None  # published, dead letters, unrouted, lost, events


class Octets:
    def __init__(self, octets):
        self.octets, self.at = octets, 0

    def number(self, form):
        (value,) = struct.unpack_from(">" + form, self.octets, self.at)
        self.at += struct.calcsize(form)
        return value

    def text(self):
        return self.take(self.number("h"))

    def compact_text(self):
        length, shift = 0, 0
        while True:
            octet = self.octets[self.at]
            self.at += 1
            length |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                return self.take(length - 1)

    def take(self, length):
        self.at += max(length, 0)
        return self.octets[self.at - max(length, 0) : self.at].decode()


def offsets_record(key, value):
    """(group, topic, Commit), or None for records about other things."""
    octets = Octets(key)
    if octets.number("h") > 1:
        return None
    group, topic, partition = octets.text(), octets.text(), octets.number("i")
    if value is None:
        return group, topic, Commit(0, partition, -1)
    octets = Octets(value)
    version = octets.number("h")
    offset = octets.number("q")
    if version >= 3:
        octets.number("i")
    metadata = octets.compact_text() if version >= 4 else octets.text()
    return group, topic, Commit(octets.number("q"), partition, offset, metadata)


def decode_runs(text, base):
    """Finished offsets beyond `base`: `r`, gaps and lengths in digits of 5 bits, or `b`, a bit for each offset after it."""
    values = [DIGITS[digit] for digit in text[1:]]
    runs = []
    if text[0] == "b":
        for place, value in enumerate(values):
            for bit in range(6):
                if value >> bit & 1:
                    offset = base + 1 + 6 * place + bit
                    if runs and runs[-1][1] == offset:
                        runs[-1] = (runs[-1][0], offset + 1)
                    else:
                        runs.append((offset, offset + 1))
        return runs
    if text[0] != "r":
        raise ValueError("unknown form of runs: " + text)
    numbers, number, shift = [], 0, 0
    for value in values:
        number |= (value & 31) << shift
        shift += 5
        if value < 32:
            numbers.append(number)
            number, shift = 0, 0
    if shift or len(numbers) % 2:
        raise ValueError("cut off: " + text)
    at = base
    for gap, length in zip(numbers[::2], numbers[1::2]):
        runs.append((at + gap, at + gap + length))
        at += gap + length
    return runs


def decode(commit):
    progress = Progress(commit.offset)
    if not commit.metadata:
        return progress
    version, *parts = commit.metadata.split(";")
    if version != "tr1":
        raise ValueError("no metadata of ours: " + commit.metadata)
    for part in parts:
        if part.startswith("o="):
            if int(part[2:]) != commit.offset:
                raise ValueError(f"metadata of another offset than {commit.offset}: {part}")
        elif part.startswith("n="):
            progress.counts = tuple(int(number) for number in part[2:].split(","))
        elif part != "t" and not part.startswith("f="):
            progress.runs = decode_runs(part, commit.offset)
    return progress
