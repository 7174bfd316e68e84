"""The judgement: what must hold of inputs, outputs and commits. Knows nothing of Kafka, so that broken data can test it."""

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from commits import decode

DEAD = -1  # as `index` of a dead letter


@dataclass
class Appearance:
    """An event or a dead letter, where and when it came; `time` is the broker's, in milliseconds."""

    partition: int  # of the source
    offset: int
    index: int  # which telegram of its record, or DEAD
    time: int


@dataclass
class Case:
    exactly_once: bool
    expected: dict  # (partition, offset): number of events; 0 means a dead letter
    outputs: dict  # (topic, partition): [Appearance] in log order
    commits: list = field(default_factory=list)  # [Commit] in log order
    faults: list = field(default_factory=list)  # seconds since 1970
    in_flight: int = 0
    breaks: int = 0  # kills, stops and undrained revocations: each may repeat what was in flight
    zombies: int = 0  # those among them after which somebody lives on with old work in the producer's hands
    refuses: bool = False  # an output refuses some of what it is given
    may_refuse: bool = False  # an output may refuse: any record may be a dead letter instead
    rewinds: bool = False  # offsets are moved from outside
    gone: set = field(default_factory=set)  # (partition, offset) that may be missing: somebody took them away
    is_partial: bool = False  # the input holds more than is expected here, and the counts tell of that too


@dataclass
class Verdict:
    lost: int = 0
    twice: int = 0
    recovery: float = 0.0
    problems: list = field(default_factory=list)

    def fault(self, text):
        self.problems.append(text)

    def fault_some(self, text, items):
        """One problem that names some of the items; none where there are none."""
        if items:
            self.fault(f"{text} {some(items)}")


def some(items, count=5):
    items = sorted(items)
    return f"{len(items)}: " + ", ".join(map(str, items[:count])) + (" …" if len(items) > count else "")


def judge(case):
    verdict = Verdict()
    appearances = defaultdict(list)
    for log in case.outputs.values():
        for one in log:
            appearances[one.partition, one.offset, one.index].append(one.time)
    judge_completeness(case, appearances, verdict)
    judge_repetition(case, appearances, verdict)
    judge_order(case, verdict)
    judge_commits(case, appearances, verdict)
    verdict.recovery = recovery(case, appearances)
    return verdict


def judge_completeness(case, appearances, verdict):
    indices = defaultdict(set)
    for partition, offset, index in appearances:
        indices[partition, offset].add(index)
    lost, foreign, refused = set(), set(), set()
    for source, count in case.expected.items():
        found = indices.get(source, set())
        wanted = set(range(count)) if count else {DEAD}
        if DEAD in found and count:
            refused.add(source)
            if case.may_refuse:
                continue
        if not wanted <= found and source not in case.gone:
            lost.add(source)
    for source, found in indices.items():
        count = case.expected.get(source)
        if count is None or any(index >= count for index in found):
            foreign.add(source)
    verdict.lost = len(lost)
    verdict.fault_some("lost (partition, offset)", lost)
    verdict.fault_some("events of what was never put in", foreign)
    if not case.may_refuse:
        verdict.fault_some("dead letters of sound records", refused)


def judge_repetition(case, appearances, verdict):
    repeated = {key: len(times) - 1 for key, times in appearances.items() if len(times) > 1}
    verdict.twice = sum(repeated.values())
    if case.exactly_once:
        verdict.fault_some("twice (partition, offset, index)", repeated)
        return
    # What is in flight is counted in records, of which some hold two telegrams.
    records = {}
    for (*source, _), count in repeated.items():
        records[tuple(source)] = max(count, records.get(tuple(source), 0))
    count = sum(records.values())
    if count > case.in_flight * case.breaks:
        verdict.fault(f"{count} records twice, more than {case.in_flight} in flight at each of {case.breaks} breaks allow")


def judge_order(case, verdict):
    disorder = set()
    for name, log in case.outputs.items():
        latest, seen = {}, set()
        for one in log:
            # At least once, an event that is refused late becomes a dead letter behind those that were made meanwhile.
            if case.refuses and not case.exactly_once and one.index == DEAD:
                continue
            place = (one.offset, one.index)
            if not case.exactly_once:
                if (one.partition, *place) in seen:
                    continue
                seen.add((one.partition, *place))
            if place <= latest.get(one.partition, (-1, -2)) and not (case.exactly_once and place == latest[one.partition]):
                disorder.add((*name, one.partition, one.offset))
            else:
                latest[one.partition] = place
    verdict.fault_some("out of order (topic, partition, source partition, source offset)", disorder)


def first_commits(case, verdict):
    """{(partition, offset): time of the first commit that calls it finished}, and the last Progress of each partition."""
    offsets = defaultdict(list)
    for partition, offset in sorted(case.expected):
        offsets[partition].append(offset)
    finished, last, place = {}, {}, Counter()
    for commit in case.commits:
        if commit.offset < 0:
            last.pop(commit.partition, None)
            continue
        try:
            progress = decode(commit)
        except ValueError as error:
            verdict.fault(str(error))
            continue
        before = last.get(commit.partition)
        if before and commit.offset < before.offset and not case.rewinds:
            verdict.fault(f"a commit that went back: partition {commit.partition}, {before.offset} to {commit.offset}")
        last[commit.partition] = progress
        known, at = offsets[commit.partition], place[commit.partition]
        while at < len(known) and known[at] < commit.offset:
            finished.setdefault((commit.partition, known[at]), commit.time)
            at += 1
        place[commit.partition] = at
        for run in progress.runs:
            for offset in range(*run):
                if (commit.partition, offset) in case.expected:
                    finished.setdefault((commit.partition, offset), commit.time)
    return finished, last


def judge_commits(case, appearances, verdict):
    """Nothing is committed before it is published; no commit goes back; what is committed is not done again; the counts
    that travel with the last commit are true."""
    finished, last = first_commits(case, verdict)
    firsts = defaultdict(list)
    again = set()
    for (partition, offset, _), times in appearances.items():
        source = (partition, offset)
        firsts[source].append(min(times))
        if len(times) > 1 and max(times) > finished.get(source, max(times)) + 1:
            again.add(source)
    premature = set()
    for source, time in finished.items():
        times = firsts.get(source, [])
        complete = len(times) >= max(case.expected[source], 1) or (case.may_refuse and times)
        # What went with a topic went in part, where other topics hold the rest.
        if source in case.gone and not complete:
            continue
        if not complete or max(times) > time + 1:
            premature.add(source)
    verdict.fault_some("committed before it was published (partition, offset)", premature)
    # What a producer has been given cannot be taken back, where no transaction fences it.
    bearable = 0 if case.exactly_once else case.in_flight * case.zombies
    if len(again) > bearable and not case.rewinds:
        verdict.fault(f"done again after it was committed (partition, offset) {some(again)}")
    unfinished = set(case.expected) - set(finished) - case.gone
    if case.commits:
        verdict.fault_some("never committed (partition, offset)", unfinished)
    if not case.rewinds and not case.gone and not case.is_partial:
        judge_counts(appearances, last, verdict)


def judge_counts(appearances, last, verdict):
    """n=published,dead letters,unrouted,lost,events of the last commit, over all lives of all workers."""
    true = defaultdict(lambda: [set(), set(), 0])
    for partition, offset, index in appearances:
        counts = true[partition]
        counts[1 if index == DEAD else 0].add(offset)
        counts[2] += index != DEAD
    for partition, progress in sorted(last.items()):
        published, dead, events = true[partition]
        wanted = (len(published - dead), len(dead), events)
        told = (progress.counts[0], progress.counts[1], progress.counts[4]) if progress.counts else (0, 0, 0)
        if told != wanted:
            verdict.fault(f"partition {partition}: the ledger tells {told} published, dead letters, events; true is {wanted}")


def recovery(case, appearances, settled=0.3):
    """The longest time until a partition that had work left gave something new after a fault; where further faults fell
    into that time, from the last of them. What comes within `settled` was on its way."""
    news = defaultdict(list)
    for (partition, _, _), times in appearances.items():
        news[partition].append(min(times) / 1000)
    faults, longest = sorted(case.faults), 0.0
    for times in news.values():
        times.sort()
        for fault in faults:
            at = bisect_right(times, fault + settled)
            if at < len(times):
                last = faults[bisect_right(faults, times[at] - settled) - 1]
                longest = max(longest, times[at] - last)
    return longest
