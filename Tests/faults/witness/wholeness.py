"""The judgement on telegrams that came in pieces: each is released complete, or with what it lacks, exactly as the input implies,
and so are the alerts on sections, copies and numbers. Knows nothing of Kafka, so that broken data can test it."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from implied import firsts

# None of these has a reason in such an input.
UNFOUNDED = {
    "channel-repeat", "channel-reset", "continuity-gap", "superseded", "suspected-duplicate-new", "cancelled", "output-refused"
}  # fmt: skip


@dataclass
class Pieces:
    exactly_once: bool
    implied: object  # Implied
    releases: list  # [Release], in log order within a partition
    alerts: list  # [Alert], the same
    faults: list = field(default_factory=list)  # seconds since 1970
    bearable: int = 0  # events that may come again, at least once


def judge_pieces(case, verdict):
    sections = {}
    for number, parts in enumerate(case.implied.telegrams):
        for section, sources in enumerate(parts, 1):
            sections |= {source: (number, section) for source in sources}
    releases = judge_releases(case, sections, verdict)
    judge_ends(case, releases, verdict)
    judge_revisions(case, releases, verdict)
    judge_copies(case, verdict)
    judge_section_alerts(case, sections, releases, verdict)
    judge_numbers(case, verdict)
    judge_alerts(case, verdict)


def judge_releases(case, sections, verdict):
    """Each event is of one telegram, and says what its sources are. {telegram: [Release]}"""
    found, names = defaultdict(list), defaultdict(set)
    foreign, false = set(), set()
    for release in case.releases:
        places = [sections.get(source) for source in release.sources]
        telegrams = {place and place[0] for place in places}
        if len(telegrams) != 1 or None in telegrams:
            foreign.add(release.name)
            continue
        (telegram,) = telegrams
        expected = len(case.implied.telegrams[telegram])
        received = [section for _, section in places]
        missing = [section for section in range(1, expected + 1) if section not in received]
        told = (release.expected, release.received, release.missing, release.complete)
        if told != (expected, received, missing, not missing):
            false.add(release.name)
        found[telegram].append(release)
        names[release.name].add(telegram)
    verdict.fault_some("events of what is not one telegram that was put in", foreign)
    verdict.fault_some("events that tell other sections than they hold", false)
    shared = {name for name, telegrams in names.items() if len(telegrams) > 1}
    shared |= {one.name for releases in found.values() for one in releases if one.name != releases[0].name}
    verdict.fault_some("ids that are not those of one telegram", shared)
    return found


def last(releases):
    """The one to be read: the highest revision; at least once, the latest of several of them."""
    highest = max(release.revision for release in releases)
    return [release for release in releases if release.revision == highest][-1]


def judge_ends(case, releases, verdict):
    lost, wrong = set(), set()
    for number, parts in enumerate(case.implied.telegrams):
        if number not in releases:
            lost.add(min(source for sources in parts for source in sources))
            continue
        end = last(releases[number])
        if len(parts) == 1:
            is_right = {tuple(release.sources) for release in releases[number]} == {(source,) for source in firsts(parts[0])}
        else:
            is_right = end.missing == case.implied.missing(number)
        if not is_right:
            wrong.add((end.name, end.revision))
    verdict.lost = len(lost) + len(wrong)
    verdict.fault_some("telegrams without an event, from (partition, offset)", lost)
    verdict.fault_some("telegrams whose last event is not what the input implies (id, revision)", wrong)


def judge_revisions(case, releases, verdict):
    gaps, falls, needless = set(), set(), set()
    repeated = 0
    for number, found in releases.items():
        is_whole = len(case.implied.telegrams[number]) == 1
        revisions = [release.revision for release in found]
        # In one piece it may have come on two partitions, which know nothing of each other.
        names = {(one.identity, one.revision, *(one.sources if is_whole else ())) for one in found}
        repeated += len(found) - len(names)
        if sorted(set(revisions)) != list(range(1, max(revisions) + 1)):
            gaps.add(found[0].name)
        if is_whole and max(revisions) > 1:
            needless.add(found[0].name)
        if case.exactly_once and not is_whole:
            rises = zip(found, found[1:])
            if any(one.revision >= two.revision or not set(one.received) < set(two.received) for one, two in rises):
                falls.add(found[0].name)
    verdict.twice = repeated
    verdict.fault_some("telegrams of which a revision is not there", gaps)
    verdict.fault_some("telegrams whose revisions do not rise, each with more sections", falls)
    verdict.fault_some("telegrams in one piece with a second revision", needless)
    if repeated > (0 if case.exactly_once else case.bearable):
        verdict.fault(f"{repeated} events of one ce_id and revision twice")


def judge_copies(case, verdict):
    """Each copy has its alert, which names both."""
    wanted = {}
    for parts in case.implied.telegrams:
        for sources in parts:
            if len(sources) == 2:
                is_judged_there = len(parts) == 1 and len(firsts(sources)) == 1
                wanted[frozenset(sources)] = [tuple(reversed(sources))] if is_judged_there else None
    found = defaultdict(list)
    for alert in case.alerts:
        if alert.code == "duplicate":
            found[frozenset(alert.sources)].append(tuple(alert.sources))
    untold = {min(pair) for pair in wanted if pair not in found}
    foreign = {min(pair) for pair in found if pair not in wanted}
    # On one partition, the later one is the copy.
    turned = {min(pair) for pair, ways in wanted.items() if ways and any(one not in ways for one in found.get(pair, ()))}
    verdict.fault_some("copies that no alert tells of (partition, offset)", untold)
    verdict.fault_some("alerts on copies that are none (partition, offset)", foreign)
    verdict.fault_some("alerts that take the first for the copy (partition, offset)", turned)
    twice = {min(pair) for pair, alerts in found.items() if len(alerts) > 1}
    if case.exactly_once:
        verdict.fault_some("copies told twice (partition, offset)", twice)


def judge_section_alerts(case, sections, releases, verdict):
    """What is released incomplete has an alert that says what is missing; what comes late, another."""
    missing, late = defaultdict(list), Counter()
    for alert in case.alerts:
        if alert.code not in ("section-missing", "section-late"):
            continue
        telegrams = {sections[source][0] if source in sections else None for source in alert.sources}
        if len(telegrams) != 1 or None in telegrams:
            verdict.fault(f"an alert on sections that are not of one telegram: {alert.subject}")
            continue
        (telegram,) = telegrams
        if alert.code == "section-late":
            late[telegram] += 1
        else:
            missing[telegram].append(alert.details.get("missing"))
    untold = set()
    for telegram, found in releases.items():
        ends = case.implied.missing(telegram)
        told = missing[telegram]
        if case.exactly_once:
            first = found[0]
            if told != ([] if first.complete else [first.missing]) or late[telegram] != last(found).revision - 1:
                untold.add(first.name)
        # At least once, what a crash left unsaid is said of what is there then.
        elif ends and (ends not in told if last(found).revision == 1 else not told):
            untold.add(found[0].name)
    verdict.fault_some("telegrams whose alerts do not say what was missing, or late", untold)


def expanded(ranges):
    """`0413`, `0415-0419`"""
    for text in ranges:
        first, _, end = text.partition("-")
        yield from range(int(first), int(end or first) + 1)


class Gaps:
    """As they were last told: the same channel and the same two sources first are one gap."""

    def __init__(self):
        self.last = {}

    def take(self, alert):
        if alert.code == "channel-gap":
            self.last[alert.subject, *alert.sources[:2]] = alert

    def open(self):
        """{(channel, number): the alert that last named it}; and those in several gaps."""
        found, shared = {}, set()
        for (channel, *_), alert in self.last.items():
            for number in expanded(alert.details["missing"]):
                if (channel, number) in found:
                    shared.add((channel, number))
                found[channel, number] = alert
        return found, shared


def never(implied):
    return {(channel, number) for channel, numbers in implied.never.items() for number in numbers}


def judge_numbers(case, verdict):
    gaps, false = Gaps(), set()
    for alert in case.alerts:
        gaps.take(alert)
        if alert.code == "channel-gap" and not is_between(case.implied.numbers, alert):
            false.add((alert.subject, alert.details["after"], alert.details["before"]))
    found, shared = gaps.open()
    lost = never(case.implied)
    untold = lost - set(found)
    # At least once, a gap that was told just before a crash is not remembered, and so not withdrawn.
    forgiven = 0 if case.exactly_once else max(case.faults, default=0)
    unfounded = {place for place, alert in found.items() if place not in lost and alert.time / 1000 >= forgiven}
    verdict.fault_some("gaps that do not lie between their sources (channel, after, before)", false)
    verdict.fault_some("numbers that never came and are in no gap", untold)
    verdict.fault_some("numbers in a gap that came", unfounded)
    if case.exactly_once:
        verdict.fault_some("numbers in two gaps", shared)


def is_between(numbers, alert):
    """The first two sources are the transmissions on both sides, and all that is missing lies there."""
    after, before = (numbers.get(source) for source in alert.sources[:2])
    sides = int(alert.details["after"]), int(alert.details["before"])
    if (after, before) != ((alert.subject, sides[0]), (alert.subject, sides[1])):
        return False
    span = (sides[1] - sides[0]) % 10_000
    return all(0 < (number - sides[0]) % 10_000 < span for number in expanded(alert.details["missing"]))


def judge_alerts(case, verdict):
    unfounded = Counter(alert.code for alert in case.alerts if alert.code in UNFOUNDED)
    if unfounded:
        verdict.fault(f"alerts that the input gives no reason for: {dict(unfounded)}")
    if case.exactly_once:
        told = Counter(alert.identity for alert in case.alerts)
        twice = {(alert.code, alert.subject) for alert in case.alerts if told[alert.identity] > 1}
        verdict.fault_some("alerts twice (code, subject)", twice)
