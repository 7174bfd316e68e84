"""The judge must be able to condemn: each kind of broken data is found, sound data is not. `python3 -m unittest` in this directory."""

import unittest

from commits import Commit, decode, decode_runs, offsets_record
from findings import DEAD, Appearance, Case, judge
from judging import JudgeTest


def sound(exactly_once=True):
    """Partition 0 with offsets 0…9; record 3 holds two telegrams, record 7 is none. Published at 100 × offset."""
    expected = {(0, offset): 1 for offset in range(10)}
    expected[0, 3] = 2
    expected[0, 7] = 0
    events = [Appearance(0, o, i, 100 * o) for o in range(10) for i in range(expected[0, o])]
    return Case(
        exactly_once,
        expected,
        {
            ("events", 0): [one for one in events if one.offset % 2],
            ("events", 1): [one for one in events if not one.offset % 2],
            ("dead", 0): [Appearance(0, 7, DEAD, 700)],
        },
        [Commit(450, 0, 5, "tr1;o=5;n=5,0,0,0,6"), Commit(1000, 0, 10, "tr1;o=10;n=9,1,0,0,10")],
        in_flight=3,
        breaks=1,
    )


class Judge(JudgeTest):
    def judge(self, case):
        return judge(case)

    def test_sound(self):
        for exactly_once in (True, False):
            self.assertEqual(judge(sound(exactly_once)).problems, [])

    def test_lost(self):
        for topic, at in (("events", 1), ("dead", 0)):
            case = sound()
            del case.outputs[topic, 0][at]
            self.assertEqual(self.condemns(case, "lost", "(0, ").lost, 1)

    def test_second_telegram_of_a_record_lost(self):
        case = sound()
        case.outputs["events", 0] = [one for one in case.outputs["events", 0] if one.index != 1]
        self.condemns(case, "lost", "(0, 3)")

    def test_twice(self):
        for at in (0, 4):
            case = sound()
            case.outputs["events", 0].insert(at, case.outputs["events", 0][at])
            self.assertEqual(self.condemns(case, "twice").twice, 1)

    def test_dead_letter_twice(self):
        case = sound()
        case.outputs["dead", 0] *= 2
        self.condemns(case, "twice", "(0, 7, -1)")

    def test_twice_within_bounds_at_least_once(self):
        case = sound(exactly_once=False)
        case.commits[0].time = 2000  # nothing was committed when it was repeated
        case.commits[1].time = 2000
        log = case.outputs["events", 1]
        log += log[1:4]
        self.assertEqual(judge(case).problems, [])
        log += log[1:2]
        self.condemns(case, "4 records twice, more than 3 in flight")

    def test_disorder(self):
        for exactly_once in (True, False):
            case = sound(exactly_once)
            log = case.outputs["events", 1]
            log[1], log[2] = log[2], log[1]
            self.condemns(case, "out of order")

    def test_disorder_of_telegrams_within_a_record(self):
        case = sound()
        log = case.outputs["events", 0]
        log[1], log[2] = log[2], log[1]
        self.condemns(case, "out of order")

    def test_repetition_in_order_is_order_at_least_once(self):
        case = sound(exactly_once=False)
        case.commits = []
        log = case.outputs["events", 1]
        case.outputs["events", 1] = log[:3] + log[1:]
        self.assertEqual(judge(case).problems, [])

    def test_committed_before_published(self):
        case = sound()
        case.commits[0].time = 350
        self.condemns(case, "committed before it was published", "(0, 4)")

    def test_map_names_what_is_not_published(self):
        case = sound()
        case.commits[0].metadata = "tr1;o=5;n=5,0,0,0,6;rBB"  # 6 is finished: published at 600, committed at 450
        self.condemns(case, "committed before it was published", "(0, 6)")

    def test_commit_of_the_first_telegram_only(self):
        case = sound()
        case.outputs["events", 0] = [
            Appearance(0, 3, 1, 900) if one.index == 1 else one for one in case.outputs["events", 0]
        ]
        self.condemns(case, "committed before it was published", "(0, 3)")

    def test_commit_goes_back(self):
        case = sound()
        case.commits.append(Commit(1100, 0, 8, "tr1;o=8;n=7,1,0,0,8"))
        self.condemns(case, "went back", "10 to 8")

    def test_done_again_after_commit(self):
        case = sound(exactly_once=False)
        case.outputs["events", 1].append(Appearance(0, 2, 0, 500))
        self.condemns(case, "done again after it was committed", "(0, 2)")

    def test_never_committed(self):
        case = sound()
        case.commits.pop()
        self.condemns(case, "never committed", "5: (0, 5)")

    def test_counts(self):
        case = sound()
        case.commits[1].metadata = "tr1;o=10;n=9,1,0,0,11"
        self.condemns(case, "the ledger tells (9, 1, 11)", "true is (9, 1, 10)")

    def test_foreign(self):
        case = sound()
        case.outputs["events", 0].append(Appearance(0, 10, 0, 1000))
        self.condemns(case, "never put in", "(0, 10)")

    def test_gone(self):
        case = sound()
        case.outputs["events", 1] = [one for one in case.outputs["events", 1] if one.offset != 4]
        case.gone = {(0, 4)}
        self.assertEqual(judge(case).problems, [])
        case.gone = {(0, 6)}
        self.condemns(case, "lost", "(0, 4)")

    def test_refused(self):
        case = sound()
        case.outputs["events", 0].pop()
        case.outputs["dead", 0].append(Appearance(0, 9, DEAD, 900))
        case.commits[1].metadata = "tr1;o=10;n=8,2,0,0,9"
        self.condemns(case, "dead letters of sound records")
        case.may_refuse = True
        self.assertEqual(judge(case).problems, [])

    def test_order_of_late_dead_letters(self):
        case = sound()
        case.outputs["dead", 0] += [Appearance(0, 6, DEAD, 900)]
        case.outputs["events", 0] = [one for one in case.outputs["events", 0] if one.offset != 6]
        case.outputs["events", 1] = [one for one in case.outputs["events", 1] if one.offset != 6]
        case.commits[1].metadata = "tr1;o=10;n=8,2,0,0,9"
        case.may_refuse = True
        self.condemns(case, "out of order")
        case.exactly_once = False
        self.condemns(case, "out of order")
        case.refuses = True
        self.assertEqual(judge(case).problems, [])

    def test_recovery(self):
        case = sound()
        case.faults = [0.05]
        self.assertAlmostEqual(judge(case).recovery, 0.35, places=6)

    def test_recovery_from_the_last_fault(self):
        case = sound()
        case.outputs["events", 0] = [one for one in case.outputs["events", 0] if one.offset != 5]
        case.outputs["events", 1] = [one for one in case.outputs["events", 1] if one.offset < 4 or one.offset == 8]
        case.faults = [0.35, 0.45]  # nothing between 0.3 and 0.7
        self.assertAlmostEqual(judge(case).recovery, 0.35, places=6)


class Metadata(unittest.TestCase):
    def test_runs(self):
        self.assertEqual(decode_runs("rBB", 5), [(6, 7)])
        self.assertEqual(decode_runs("rBCD" + "hB", 1200), [(1201, 1203), (1206, 1239)])
        self.assertEqual(decode_runs("bBg", 0), [(1, 2), (12, 13)])
        for broken in ("rB", "rBg", "xB"):
            with self.assertRaises(ValueError):
                decode_runs(broken, 0)

    def test_another_offset(self):
        with self.assertRaises(ValueError):
            decode(Commit(0, 0, 5, "tr1;o=6"))

    def test_record(self):
        key = b"\0\1\0\1g\0\2in\0\0\0\7"
        value = b"\0\3" + (42).to_bytes(8, "big") + b"\xff\xff\xff\xff\0\3tr1" + (1700).to_bytes(8, "big")
        self.assertEqual(offsets_record(key, value), ("g", "in", Commit(1700, 7, 42, "tr1")))
        self.assertEqual(offsets_record(key, None), ("g", "in", Commit(0, 7, -1)))
        self.assertIsNone(offsets_record(b"\0\2\0\1g", b""))


if __name__ == "__main__":
    unittest.main()
