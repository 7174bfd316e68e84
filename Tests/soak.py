#!/usr/bin/python3
"""A long run at part load with a fault every half minute: memory and descriptors must stay flat, nothing may be lost or come
twice, and every warning must be one that the faults explain.

soak.py --taperelay PROGRAM [--minutes 60] [--rate N] [--delivery exactly-once] [--seed S] [--report FILE]

Three workers share a group on one real broker (Tests/kafka/broker.sh finds it). Worker A is never struck: its memory and its
descriptors are the ones that count. B and C are killed, stopped and told to end by turns; the broker is paused.
Telegrams of some 700 octets go in at `--rate` a second; an independent client reads the events as they come (read_committed)
and ticks off the source that each names. The last line is `passed` or `FAILED`; the exit status says the same.

Package: python3-confluent-kafka.
"""
import argparse, json, math, os, random, re, signal, statistics, subprocess, sys, tempfile, threading, time
from confluent_kafka import Consumer, Producer, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "faults", "witness"))
import logs

TELEGRAM = """VZCZCEKI{channel:04d}
RR RUEHC RUCNCIS
DE RUEHEK #{short:04d} {day:03d}0842
ZNR UUUUU ZZH
R {date:02d}{clock:04d}Z MAR 09
FM AMEMBASSY BISHKEK
TO RUEHC/SECSTATE WASHDC {short:04d}
BT
UNCLAS BISHKEK {serial:06d}

SENSITIVE

E.O. 12958: N/A
TAGS: ENRG ECON KG
SUBJECT: WATER LEVEL NUMBER {serial}

1.  (SBU) THE GAUGE AT THE UPPER SLUICE WAS READ TWICE BEFORE NOON AND
ONCE AT DUSK, AND THE KEEPER WROTE DOWN THE SAME FIGURE EACH TIME.

2.  (U) POST WILL REPORT AGAIN WHEN THE ICE HAS GONE.
HALVORSEN
BT
#{short:04d}

NNNN
"""
# The log lines that these faults explain are those of the fault matrix for workers struck at random and for a paused broker.
EXPLAINED_AS = ["mixed-at-random-eo", "broker-pause-eo"]


def resident(pid):
    text = open(f"/proc/{pid}/status").read()
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


class Worker:
    def __init__(self, name, command, directory):
        self.name, self.command, self.directory, self.life, self.process = name, command, directory, 0, None
        self.start()

    def start(self):
        self.life += 1
        log = open(os.path.join(self.directory, f"{self.name}.{self.life}.log"), "wb")
        self.process = subprocess.Popen(self.command, stderr=log, stdout=subprocess.DEVNULL)

    def strike(self, number):
        self.process.send_signal(number)

    def revive(self):
        self.process.wait()
        self.start()


class Source:
    """Puts telegrams in at a rate and knows which offsets the broker took."""

    def __init__(self, servers, topic, rate):
        self.producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True, "linger.ms": 20,
                                  "message.timeout.ms": 0, "queue.buffering.max.messages": 1000000})
        self.topic, self.rate, self.serial, self.taken, self.stop = topic, rate, 0, {}, False
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def acknowledged(self, error, message):
        assert error is None, error
        with self.lock:
            self.taken.setdefault(message.partition(), set()).add(message.offset())

    def run(self):
        began = time.monotonic()
        while not self.stop:
            due = int((time.monotonic() - began) * self.rate)
            while self.serial < due and not self.stop:
                n = self.serial = self.serial + 1
                text = TELEGRAM.format(channel=n % 9999 + 1, short=n % 10000, serial=n % 1000000, day=60 + n // 1000000 % 28,
                                       date=1 + n // 1000000 % 28, clock=n % 24 * 100 + n % 60)
                try:
                    self.producer.produce(self.topic, text.encode(), on_delivery=self.acknowledged)
                except BufferError:
                    self.producer.poll(0.1)
                    self.serial -= 1
                if n % 100 == 0:
                    self.producer.poll(0)
            self.producer.poll(0.02)

    def finish(self):
        self.stop = True
        self.thread.join()
        assert self.producer.flush(120) == 0


class Reader:
    """Ticks off the sources that events name."""

    SOURCE = re.compile(rb'"source":\{"topic":"[^"]*","partition":(\d+),"offset":(\d+)')

    def __init__(self, servers, topic, partitions):
        self.consumer = Consumer({"bootstrap.servers": servers, "group.id": "soak-reader", "isolation.level": "read_committed",
                                  "enable.auto.commit": False, "auto.offset.reset": "earliest"})
        self.consumer.assign([TopicPartition(topic, p, 0) for p in range(partitions)])
        self.seen, self.twice, self.newest, self.stop = {}, 0, time.monotonic(), False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.stop:
            for message in self.consumer.consume(500, 0.2):
                if message.error():
                    continue
                partition, offset = map(int, self.SOURCE.search(message.value()).groups())
                seen = self.seen.setdefault(partition, set())
                if offset in seen:
                    self.twice += 1
                seen.add(offset)
                self.newest = time.monotonic()


def unexplained(directory):
    """Every line that none of the expected ones explains, with the file that it stands in."""
    path = os.path.join(HERE, "faults", "expected-lines")
    expectations = [logs.Expectations(path, scenario) for scenario in EXPLAINED_AS]
    strange = []
    for name, lines in logs.read(directory).items():
        for expected in expectations:
            lines = logs.unexplained(lines, expected)
        strange += [f"{name}: {line[:300]}" for line in lines]
    return strange


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--taperelay", required=True)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--rate", type=int, default=1000)
    ap.add_argument("--delivery", default="exactly-once")
    ap.add_argument("--seed", type=int, default=random.randrange(1000000))
    ap.add_argument("--report")
    a = ap.parse_args()
    random.seed(a.seed)
    print(f"seed {a.seed}, {a.minutes} minutes, {a.rate} telegrams/s, {a.delivery}", flush=True)
    directory = tempfile.mkdtemp(prefix="taperelay-soak.")
    broker = subprocess.Popen(["bash", os.path.join(HERE, "kafka", "broker.sh"), "serve", os.path.join(directory, "broker")],
                              stdout=subprocess.PIPE, text=True)
    servers = broker.stdout.readline().strip().split("=", 1)[1]
    cluster = broker.stdout.readline().strip().split("=", 1)[1]
    admin = AdminClient({"bootstrap.servers": servers})
    # The log is cut as it goes, or an hour would fill the disk; far behind, since the readers are never that late.
    bounded = {"retention.bytes": str(256 << 20), "segment.bytes": str(64 << 20), "retention.ms": "-1"}
    topics = {"soak.raw": 12, "soak.events": 6, "soak.service": 1, "soak.dead": 1, "soak.sections": 12, "soak.journal": 12}
    compacted = {"cleanup.policy": "compact", "segment.bytes": str(64 << 20)}
    made = [NewTopic(t, n, 1, config=compacted if t == "soak.journal" else bounded) for t, n in topics.items()]
    for future in admin.create_topics(made).values():
        future.result()
    config = os.path.join(directory, "worker.yaml")
    open(config, "w").write(json.dumps({
        "kafka": {"bootstrap.servers": servers, "group.id": "soak", "session.timeout.ms": 10000, "heartbeat.interval.ms": 1000,
                  "max.poll.interval.ms": 60000},
        "input": {"topic": "soak.raw"}, "topics": {"deadLetters": "soak.dead", "sections": "soak.sections", "journal": "soak.journal"}, "delivery": a.delivery,
        "outputs": [{"topic": "soak.events", "event": "telegram"}, {"topic": "soak.service", "event": "service"}],
        "rebalance": {"deadline": "6s"}, "limits": {"queued": "64MiB", "inFlight": "32MiB"}}))
    workers = []
    for name in "abc":
        identity = ["-X", f"kafka.transactional.id=soak-{name}"] if a.delivery == "exactly-once" else []
        workers.append(Worker(name, [a.taperelay, "run", "--config", config] + identity, directory))
    source, reader = Source(servers, "soak.raw", a.rate), Reader(servers, "soak.events", 6)
    samples, faults, problems = [], 0, []
    # The only broker is paused, not killed: it may take a minute to come back where the machine is busy, and a group whose
    # members died meanwhile stands still for as long as their poll interval (Tests/faults.sh kills one of three).
    kinds = ["kill", "term", "stop", "broker-pause", "kill", "stop", "kill-both"]
    start = time.monotonic()
    next_fault, revivals = start + 30, []
    try:
        while time.monotonic() - start < a.minutes * 60:
            time.sleep(1)
            now = time.monotonic()
            if workers[0].process.poll() is not None:
                problems.append(f"worker a ended with {workers[0].process.returncode}")
                break
            for worker in workers[1:]:
                if worker.process.poll() is not None and not any(w is worker for _, w, _ in revivals):
                    problems.append(f"worker {worker.name} ended by itself with {worker.process.returncode}")
                    worker.start()
            for item in [r for r in revivals if r[0] <= now]:
                revivals.remove(item)
                item[2]()
            if int(now - start) // 10 != int(now - start - 1) // 10:
                pid = workers[0].process.pid
                samples.append((now - start, resident(pid), descriptors(pid)))
            if now >= next_fault:
                next_fault += 30
                kind = kinds[faults % len(kinds)]
                faults += 1
                victims = [random.choice(workers[1:])] if kind != "kill-both" else workers[1:]
                if kind.startswith("kill") or kind == "term":
                    for v in victims:
                        v.strike(signal.SIGTERM if kind == "term" else signal.SIGKILL)
                        revivals.append((now + random.uniform(1, 8), v, v.revive))
                elif kind == "stop":
                    v = victims[0]
                    v.strike(signal.SIGSTOP)
                    revivals.append((now + 14, v, lambda v=v: v.strike(signal.SIGCONT)))
                else:
                    subprocess.run([cluster, "pause"], check=True)
                    revivals.append((now + 8, None, lambda: subprocess.run([cluster, "continue"], check=True)))
                print(f"{int(now - start):5d} s  {kind:13s} events {sum(map(len, reader.seen.values())):9d}  "
                      f"a: {resident(workers[0].process.pid):.0f} MiB, {descriptors(workers[0].process.pid)} descriptors", flush=True)
        for item in sorted(revivals, key=lambda r: r[0]):
            item[2]()
        source.finish()
        expected = sum(map(len, source.taken.values()))
        reader.newest = time.monotonic()
        while sum(map(len, reader.seen.values())) < expected and time.monotonic() - reader.newest < 90:
            time.sleep(0.5)
        for worker in workers:
            worker.strike(signal.SIGTERM)
        for worker in workers:
            if worker.process.wait() != 0:
                problems.append(f"worker {worker.name} ended with {worker.process.returncode}")
        time.sleep(1)
    finally:
        source.stop = reader.stop = True
        for worker in workers:
            if worker.process.poll() is None:
                worker.process.kill()
        broker.terminate()
        broker.wait()
    lost = sum(len(offsets - reader.seen.get(p, set())) for p, offsets in source.taken.items())
    if lost:
        problems.append(f"{lost} lost")
    if reader.twice and a.delivery == "exactly-once":
        problems.append(f"{reader.twice} twice")
    problems += unexplained(directory)[:20]
    # Past the first sixth everything has its size.
    settled = [s for s in samples if s[0] > a.minutes * 10]
    third = max(len(settled) // 3, 1)
    early, late = settled[:third], settled[-third:]
    # A run that ends at once has nothing to show, and a reason.
    figure = lambda part, index: statistics.median([s[index] for s in part] or [math.nan])
    lines = [f"{expected} telegrams in, {lost} lost, {reader.twice} twice, {faults} faults in {a.minutes:g} minutes, seed {a.seed}",
             f"resident MiB, medians of the settled thirds: {figure(early, 1):.1f}, then {figure(late, 1):.1f} (peak {max([s[1] for s in samples] or [math.nan]):.1f})",
             f"descriptors, the same: {figure(early, 2):g}, then {figure(late, 2):g}"]
    if figure(late, 1) > figure(early, 1) * 1.1 + 8:
        problems.append("memory grows")
    if figure(late, 2) > figure(early, 2) + 4:
        problems.append("descriptors grow")
    lines += problems + ["passed" if not problems else "FAILED"]
    print("\n".join(lines), flush=True)
    if a.report:
        open(a.report, "w").write("\n".join(lines) + "\n")
    # Not exit: a client of librdkafka may hang in its end once its broker is gone.
    sys.stdout.flush()
    os._exit(1 if problems else 0)


main()
