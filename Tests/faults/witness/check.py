"""One scenario's verdict: gathers what its directory and the cluster hold, and lets `findings` judge it.

DIR/scenario.json is what the shell says: name, delivery, group, input, manifest, outputs, dead, in_flight, kills, and
optionally refuses, may_refuse, rewinds, recreated, leaves_open, alerts (then the input is one of pieces). DIR/faults holds a
line `SECONDS WHAT` for each fault, DIR/*.log the workers' words. The verdict goes to DIR/verdict.json; standard output gets a
line for each problem. Exit status 1 if there is one.
"""

import json
import os

import cluster
import events
import implied
import logs
from findings import Appearance, Case, Verdict, first_commits, judge
from wholeness import Pieces, judge_pieces


def check(directory):
    with open(os.path.join(directory, "scenario.json")) as file:
        scenario = json.load(file)
    words = logs.read(directory)
    routed = [scenario["alerts"]] if "alerts" in scenario else []
    patience = cluster.await_stable(scenario["outputs"] + routed + [scenario["dead"]])
    case = gather(directory, scenario, words)
    telegrams = sum(case.expected.values())
    pieces = gather_pieces(case, scenario) if routed else None
    verdict = judge(case)
    if pieces:
        telegrams = len(pieces.implied.telegrams)
        judge_pieces(pieces, verdict)
        if verdict.problems:
            keep(pieces, directory)
    if patience > 10 and not scenario.get("leaves_open"):
        verdict.fault(f"a transaction was left open: a reader waited {patience:.0f} s for its end")
    if not case.commits:
        verdict.fault("the group has committed nothing")
    for life in scenario["ended"]:
        judge_end(life, words.get(f"{life}.log", []), verdict)
    expectations = logs.Expectations(scenario["expectations"], scenario["name"])
    for name, lines in words.items():
        for line in logs.unexplained(lines, expectations)[:5]:
            verdict.fault(f"unexplained in {name}: {line}")
    with open(os.path.join(directory, "verdict.json"), "w") as file:
        json.dump(
            {
                "telegrams": telegrams,
                "lost": verdict.lost,
                "twice": verdict.twice,
                "recovery": round(verdict.recovery, 1),
                "commits": len(case.commits),
                "problems": verdict.problems,
            },
            file,
            indent=1,
        )
    for problem in verdict.problems:
        print(problem)
    return 1 if verdict.problems else 0


def gather(directory, scenario, words):
    with open(os.path.join(directory, "faults")) as file:
        faults = [line.split(None, 1) for line in file if line.strip()]
    with open(os.path.join(directory, "offsets-ends.json")) as file:
        starts = {int(number): end for number, end in json.load(file).items()}
    undrained = sum(logs.undrained(lines) for lines in words.values())
    case = Case(
        exactly_once=scenario["delivery"] == "exactly-once",
        expected=cluster.read_manifest(scenario["manifest"]),
        outputs=cluster.outputs([] if "alerts" in scenario else scenario["outputs"], scenario["dead"], scenario["input"]),
        commits=cluster.commits(scenario["group"], scenario["input"], starts),
        faults=[float(time) for time, _ in faults],
        in_flight=scenario["in_flight"],
        breaks=scenario["kills"] + undrained,
        zombies=undrained + sum(1 for _, what in faults if what.startswith("stop ")),
        refuses=scenario.get("refuses", False),
        may_refuse=scenario.get("may_refuse", False),
        rewinds=scenario.get("rewinds", False),
    )
    case.gone = gone(case, scenario)
    return case


def gather_pieces(case, scenario):
    """What came of an input of pieces. Its telegrams in one piece, without their copies, stay what the case is about."""
    said = implied.read(scenario["manifest"])
    whole = said.whole()
    case.expected = {source: 1 for source in whole}
    case.is_partial = True
    releases = list(cluster.decoded(scenario["outputs"], events.release))
    for release in releases:
        log = case.outputs.setdefault(release.place, [])
        log += [Appearance(*source, 0, release.time) for source in release.sources[:1] if source in whole]
    return Pieces(
        exactly_once=case.exactly_once,
        implied=said,
        releases=releases,
        alerts=list(cluster.decoded([scenario["alerts"]], events.alert)),
        faults=case.faults,
        bearable=case.in_flight * case.breaks,
    )


def keep(pieces, directory):
    """What was read, a line for each event and alert: the topics are gone when somebody looks for the reason."""
    with open(os.path.join(directory, "read.jsonl"), "w") as file:
        for one in pieces.releases + pieces.alerts:
            file.write(json.dumps(vars(one)) + "\n")


def gone(case, scenario):
    """What somebody else has taken away: from the input, or with an output that was deleted after it was published."""
    client = cluster.consumer()
    begins = {number: first for number, first, _ in cluster.ends(client, scenario["input"])}
    client.close()
    taken = {(partition, offset) for partition, offset in case.expected if offset < begins[partition]}
    if "recreated" in scenario:
        # In microseconds. Whatever was committed while there was no output is older than it.
        finished, _ = first_commits(case, Verdict())
        recreated = scenario["recreated"] // 1000
        taken |= {source for source, time in finished.items() if time < recreated}
        if case.exactly_once:
            # A transaction that was open then may have put some of its events into the topic that went.
            first = {}
            for (partition, _), time in finished.items():
                if time >= recreated:
                    first[partition] = min(time, first.get(partition, time))
            taken |= {source for source, time in finished.items() if time == first.get(source[0])}
    return taken


def judge_end(life, lines, verdict):
    if not any(" assigned " in line for line in lines):
        return  # told to end before it had begun
    ledgers = logs.ledgers(lines)
    if not ledgers or "balances=true" not in ledgers[-1]:
        verdict.fault(f"{life} ended in order without a closed ledger: {ledgers[-1:] or lines[-1:]}")
