"""The independent witness of the fault matrix: `python3 witness COMMAND …`, with BROKERS in the environment.

create TOPIC PARTITIONS REPLICAS [KEY=VALUE]…   delete TOPIC…   add-partitions TOPIC COUNT   alter TOPIC KEY=VALUE…
fill TOPIC PARTITIONS SEED MANIFEST [HOW [N]]   telegrams from standard input: plain, giants N, transactional, compacted,
                                                pieces N (channels of a post)
join MANIFEST OTHER                             adds the other to the first
settle TOPIC MANIFEST                           waits for compaction, ends it, and notes what is left
cut TOPIC OFFSET FILE                           what `delete-records` takes: half of the partitions up to that offset
follow GROUP TOPIC MANIFEST FILE [SECTIONS ALERTS DELIVERY]   progress, until the parent ends
coordinator group|transaction NAME              which broker
offsets-ends FILE                               where `__consumer_offsets` ends now
check DIR                                       the verdict on one scenario, from DIR/scenario.json
"""

import json
import sys

import check
import cluster
import fill
import follow


def settings(arguments):
    return dict(argument.split("=", 1) for argument in arguments)


def main(command, *arguments):
    if command == "create":
        topic, count, replicas, *rest = arguments
        cluster.create(topic, int(count), int(replicas), settings(rest))
    elif command == "delete":
        cluster.delete(list(arguments))
    elif command == "add-partitions":
        cluster.add_partitions(arguments[0], int(arguments[1]))
    elif command == "alter":
        cluster.alter(arguments[0], settings(arguments[1:]))
    elif command == "fill":
        topic, count, seed, manifest, *rest = arguments
        fill.fill(topic, int(count), int(seed), manifest, *rest[:1], *map(int, rest[1:]))
    elif command == "join":
        cluster.join_manifests(*arguments)
    elif command == "settle":
        fill.settle(*arguments)
    elif command == "cut":
        topic, offset, path = arguments
        with open(path, "w") as file:
            cuts = [{"topic": topic, "partition": number, "offset": int(offset)} for number in range(6)]
            json.dump({"version": 1, "partitions": cuts}, file)
    elif command == "follow":
        follow.follow(*arguments)
    elif command == "coordinator":
        kind, name = arguments
        print(cluster.coordinator("__transaction_state" if kind == "transaction" else cluster.OFFSETS, name))
    elif command == "offsets-ends":
        with open(arguments[0], "w") as file:
            json.dump(cluster.offsets_ends(), file)
    elif command == "check":
        return check.check(arguments[0])
    else:
        print(__doc__, file=sys.stderr)
        return 64
    return 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["help"])))
