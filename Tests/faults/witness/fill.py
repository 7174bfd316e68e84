"""Telegrams on an input topic, from standard input: one a record, and now and then a record with three, or with none."""

import random
import sys
import time

from cluster import Filler, alter, consumer, read, read_manifest, write_manifest
import pieces

END = b"\nNNNN\n"


def telegrams(stream):
    rest = b""
    while piece := stream.read(1 << 20):
        *whole, rest = (rest + piece).split(END)
        for telegram in whole:
            yield telegram + END
    if rest.strip():
        raise SystemExit("witness: the generator's last telegram has no end")


def odd(stream, seed, odd_in=200):
    """(octets, number of telegrams in them): one record in `odd_in` is odd, half of those hold three telegrams, half are
    junk."""
    chance = random.Random(seed)
    held = []
    for telegram in telegrams(stream):
        if held:
            held.append(telegram)
            if len(held) == 3:
                yield b"".join(held), 3
                held = []
            continue
        draw = chance.randrange(2 * odd_in)
        if draw == 0:
            held = [telegram]
            continue
        if draw == 1:
            yield b"NOTHING THAT COULD BE READ %d\n" % chance.randrange(10**9), 0
        yield telegram, 1
    for telegram in held:
        yield telegram, 1


def giant(telegram, size=1_500_000):
    """A telegram whose text is longer than a topic takes by default."""
    at = telegram.rindex(b"\nBT\n")
    line = b"\nTHE MINISTRY REPEATED ITS STATEMENT FOR THE RECORD AND WAS THANKED."
    return telegram[:at] + line * (size // len(line)) + telegram[at:]


def fill(topic, count, seed, manifest, how="plain", number=0):
    if how == "pieces":
        pieces.fill(topic, count, telegrams(sys.stdin.buffer), seed, manifest, number)
        return
    records = odd(sys.stdin.buffer, seed)
    filler = Filler(topic, count, {"transactional.id": topic} if how == "transactional" else {})
    if how == "transactional":
        transactions(filler, records, seed)
    elif how == "compacted":
        for place, (octets, events) in enumerate(records):
            # Each key comes four times.
            filler.send(octets, events, b"%d" % (place % 3000), place % 3000 % count)
    else:
        for place, (octets, events) in enumerate(records):
            if how == "giants" and events == 1 and place % 500 == 250 and number > 0:
                # The output refuses it, so it is a dead letter.
                octets, events, number = giant(octets), 0, number - 1
            filler.send(octets, events)
    filler.finish()
    write_manifest(manifest, filler.expected)
    print(f"{topic}: {sum(filler.expected.values())} telegrams in {len(filler.expected)} records")


def transactions(filler, records, seed):
    """Transactions of up to a hundred records; every fourth is aborted, and what was in it never was."""
    chance = random.Random(seed)
    filler.producer.init_transactions(30)
    left = 0
    kept = {}
    for octets, events in records:
        if left == 0:
            filler.producer.begin_transaction()
            left = chance.randrange(100) + 1
        filler.send(octets, events)
        left -= 1
        if left == 0:
            end(filler, chance.randrange(4) > 0, kept)
    if left:
        end(filler, True, kept)
    filler.expected = kept


def end(filler, is_committed, kept):
    if is_committed:
        filler.producer.commit_transaction(30)
        kept.update(filler.expected)
    else:
        filler.producer.flush()
        filler.producer.abort_transaction(30)
    filler.expected = {}


def settle(topic, manifest):
    """Waits until compaction has taken its share, ends it, and notes what is left."""
    expected = read_manifest(manifest)
    client = consumer()
    for _ in range(120):
        left = {(message.partition(), message.offset()) for message in read(client, topic)}
        if len(left) < 0.8 * len(expected):
            break
        time.sleep(0.5)
    else:
        raise SystemExit(f"witness: {topic} is not compacted")
    alter(topic, {"cleanup.policy": "delete"})
    time.sleep(3)  # a cleaning that has begun
    left = {(message.partition(), message.offset()) for message in read(client, topic)}
    client.close()
    write_manifest(manifest, {source: events for source, events in expected.items() if source in left})
    print(f"{topic}: {len(left)} of {len(expected)} records left")
