"""Telegrams on an input topic: one a record, and now and then a record with three, or with none."""

import random
import sys

from cluster import Filler, write_manifest

END = b"\nNNNN\n"


def telegrams(stream):
    rest = b""
    while piece := stream.read(1 << 20):
        *whole, rest = (rest + piece).split(END)
        for telegram in whole:
            yield telegram + END
    if rest.strip():
        raise SystemExit("witness: the generator's last telegram has no end")


def fill(topic, count, seed, manifest, odd_in=200, properties=None):
    """From standard input. One record in `odd_in` is odd; half of those hold three telegrams, half are junk."""
    chance = random.Random(seed)
    filler = Filler(topic, count, properties)
    held = []
    for telegram in telegrams(sys.stdin.buffer):
        if held:
            held.append(telegram)
            if len(held) == 3:
                filler.send(b"".join(held), 3)
                held = []
            continue
        draw = chance.randrange(2 * odd_in)
        if draw == 0:
            held = [telegram]
            continue
        if draw == 1:
            filler.send(b"NOTHING THAT COULD BE READ %d\n" % filler.sent, 0)
        filler.send(telegram, 1)
    for telegram in held:
        filler.send(telegram, 1)
    expected = filler.finish()
    write_manifest(manifest, expected)
    print(f"{topic}: {sum(expected.values())} telegrams in {len(expected)} records")
