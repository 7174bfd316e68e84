"""What an input of pieces implies: which sections of each telegram were sent, and which numbers of each channel were not."""

from dataclasses import dataclass, field
import json


@dataclass
class Implied:
    # Of each telegram of which anything was sent, of each of its sections in order (one in one piece), the sources (partition, offset) that brought it.
    telegrams: list = field(default_factory=list)
    never: dict = field(default_factory=dict)  # channel: numbers between its first and its last that were not sent
    numbers: dict = field(default_factory=dict)  # (partition, offset): (channel, number)

    def missing(self, telegram):
        return [section for section, sources in enumerate(self.telegrams[telegram], 1) if not sources]

    def whole(self):
        """{source: telegram} of telegrams in one piece: each is published once on each partition that it came on."""
        found = {}
        for number, parts in enumerate(self.telegrams):
            if len(parts) == 1:
                found |= dict.fromkeys(firsts(parts[0]), number)
        return found


def firsts(copies):
    """Of the copies on each partition the one that came first there."""
    found = {}
    for partition, offset in sorted(copies):
        found.setdefault(partition, (partition, offset))
    return list(found.values())


def path(manifest):
    """Beside the manifest of the input's offsets."""
    return manifest.removesuffix(".json") + ".implied.json"


def write(manifest, implied):
    numbers = {}
    for (partition, offset), (channel, number) in implied.numbers.items():
        numbers.setdefault(channel, []).append((partition, offset, number))
    with open(path(manifest), "w") as file:
        json.dump({"telegrams": implied.telegrams, "never": implied.never, "numbers": numbers}, file)


def read(manifest):
    with open(path(manifest)) as file:
        told = json.load(file)
    return Implied(
        [[[tuple(source) for source in sources] for sources in parts] for parts in told["telegrams"]],
        told["never"],
        {(p, o): (channel, number) for channel, items in told["numbers"].items() for p, o, number in items},
    )
