"""An input of pieces: a third of the telegrams in sections, some sections and telegrams lost, some sent twice, all shuffled over
the partitions, each transmission numbered on its post's channel. What it implies is written beside its manifest."""

from collections import defaultdict
from dataclasses import dataclass
import heapq
import random

from cluster import Filler, write_manifest
from implied import Implied, write
from sections import cut

POSTS = 64  # that the generator visits in turn
LETTERS = b"OIAEK"  # channels of a post: the last letter of the designator
WINDOW = 200  # transmissions that may overtake each other

IN_SECTIONS = 1 / 3
SECTION_LOST, TELEGRAM_LOST = 0.01, 0.005
TWICE = 0.02
APART = 0.5  # of the copies of telegrams in one piece


@dataclass
class Transmission:
    telegram: int
    section: int
    count: int  # of the telegram's sections
    octets: bytes  # behind FL1
    channel: bytes
    number: int
    partition: int

    @property
    def value(self):
        return b"VZCZC%s%04d\n%s" % (self.channel, self.number, self.octets)


class Circuits:
    """Channels and their numbers. The last one of a channel is sent in any case: nobody could miss it."""

    def __init__(self):
        self.last = {}
        self.never = defaultdict(list)
        self.lost = defaultdict(list)  # transmissions behind the last one that was sent

    def number(self, channel, first):
        """The next one; 9999 is followed by 1."""
        self.last[channel] = self.last[channel] % 9999 + 1 if channel in self.last else first
        return self.last[channel]

    def take(self, transmission, is_lost):
        """What is sent of it."""
        lost = self.lost[transmission.channel]
        if is_lost:
            lost.append(transmission)
            return []
        self.never[transmission.channel.decode()] += [one.number for one in lost]
        lost.clear()
        return [transmission]

    def close(self):
        for lost in list(self.lost.values()):
            if lost:
                yield from self.take(lost.pop(), False)


def transmissions(stream, partitions, chance, circuits, channels):
    """What is sent, in the order of the posts' clocks. The first of each channel opens it: in one piece, and never lost."""
    for place, octets in enumerate(stream):
        heading, rest = octets.split(b"\n", 1)
        post, first = heading[5:7], int(heading[-4:])
        channel = post + LETTERS[place // POSTS % channels :][:1]
        is_opening = place < POSTS * channels
        if not is_opening and channel not in circuits.last:
            raise SystemExit(f"witness: channel {channel.decode()} opens late, with telegram {place}")
        parts = [rest]
        if not is_opening and chance.random() < IN_SECTIONS:
            parts = [part.split(b"\n", 1)[1] for part in cut(octets, chance.randint(2, 9), chance)]
        share = TELEGRAM_LOST if len(parts) == 1 else SECTION_LOST
        # FLASH waits for long in these scenarios.
        is_patient = len(parts) > 1 and rest.startswith(b"ZZ ")
        for section, part in enumerate(parts, 1):
            number, partition = circuits.number(channel, first), chance.randrange(partitions)
            one = Transmission(place, section, len(parts), part, channel, number, partition)
            is_lost = not is_opening and chance.random() < share and not is_patient
            yield from circuits.take(one, is_lost)
            if is_lost or is_opening or chance.random() >= TWICE:
                continue
            other = chance.choice([channel, *circuits.last])
            # Copies of whole telegrams are judged on their partition of the input, or found apart.
            if len(parts) > 1 or chance.random() < APART:
                partition = chance.randrange(partitions)
            number = circuits.number(other, first)
            yield from circuits.take(Transmission(place, section, len(parts), part, other, number, partition), False)
    yield from circuits.close()


def shuffled(items, window, chance):
    held = []
    for place, item in enumerate(items):
        heapq.heappush(held, (place + window * chance.random(), place, item))
        while held and held[0][0] <= place:
            yield heapq.heappop(held)[2]
    while held:
        yield heapq.heappop(held)[2]


def fill(topic, partitions, telegrams, seed, manifest, channels):
    """`channels`: of each post."""
    chance, circuits = random.Random(seed), Circuits()
    filler = Filler(topic, partitions)
    sent = transmissions(telegrams, partitions, chance, circuits, channels)
    openings = POSTS * channels
    for place, one in zip(range(openings), sent):
        one.partition = place % partitions
        send(one, filler)
    for one in shuffled(sent, WINDOW, chance):
        send(one, filler)
    implied = imply(filler.finish(), circuits.never)
    write(manifest, implied)
    write_manifest(manifest, dict.fromkeys(implied.numbers, 1))
    with open(manifest.removesuffix(".json") + ".openings", "w") as file:
        ends = [(openings - number + partitions - 1) // partitions for number in range(partitions)]
        file.write(",".join(f"{number}:{end}" for number, end in enumerate(ends)))
    incomplete = sum(1 for number in range(len(implied.telegrams)) if implied.missing(number))
    print(
        f"{topic}: {len(implied.telegrams)} telegrams, {incomplete} of them incomplete, in {len(implied.numbers)} records;"
        f" {sum(map(len, implied.never.values()))} numbers lost"
    )


def send(one, filler):
    filler.send(one.value, one, partition=one.partition)
    one.octets = b""


def imply(sent, never):
    """`sent`: by source, the transmission that stands there."""
    telegrams, numbers = {}, {}
    for source, one in sorted(sent.items()):
        telegrams.setdefault(one.telegram, [[] for _ in range(one.count)])[one.section - 1].append(source)
        numbers[source] = (one.channel.decode(), one.number)
    return Implied(list(telegrams.values()), {channel: found for channel, found in never.items() if found}, numbers)
