"""The input of pieces is what it says: sections make the telegram again, and each number that is not sent is known."""

import random
import unittest

from pieces import POSTS, WINDOW, Circuits, Transmission, imply, shuffled, transmissions
from sections import ENDS, cut


def telegram(post=b"EK", serial=231, number=9990):
    """As the generator writes one."""
    lines = [
        b"VZCZC%sO%04d" % (post, number),
        b"RR RUEHC",
        b"DE RUEH%s #%04d 0760842" % (post, serial),
        b"ZNY CCCCC ZZH",
        b"R 170842Z MAR 09",
        b"FM AMEMBASSY BISHKEK",
        b"TO RUEHC/SECSTATE WASHDC 0042",
        b"BT",
        b"C O N F I D E N T I A L BISHKEK %06d" % serial,
        b"",
        b"SIPDIS",
        b"",
        b"DEPT FOR SCA/CEN",
        b"USDOC FOR ITA/MAC",
        b"",
        b"E.O. 12958: DECL: 03/17/2019",
        b"TAGS: ENRG KG",
        b"SUBJECT: SMALL HYDRO TENDER",
        b"SLIPS TO SUMMER",
        b"",
        b"REF: BISHKEK 198",
        b"",
        b"CLASSIFIED BY: A. B.",
        b"",
        b"1.  (C) SUMMARY: THE KEEPER",
        b"READ HIS GAUGE.  END SUMMARY.",
        b"",
        b"2.  (C) THE SECOND KEEPER",
        b"READ IT",
        b"TWICE.",
        b"",
        b"HALVORSEN",
        b"BT",
        b"#%04d" % serial,
        b"",
        b"NNNN",
        b"",
    ]
    return b"\n".join(lines)


class Sections(unittest.TestCase):
    def test_text_is_the_same(self):
        whole = telegram()
        text = whole[whole.index(b"1.  ") : whole.rindex(b"BT\n")]
        for seed in range(20):
            found = cut(whole, 4, random.Random(seed))
            self.assertEqual(len(found), 4)
            rest = b""
            for number, section in enumerate(found, 1):
                self.assertIn(b"\nDE RUEHEK #0231/%02d 0760842\n" % number, section)
                self.assertIn(b"\nC O N F I D E N T I A L SECTION %02d OF 04 BISHKEK 000231\n" % number, section)
                self.assertTrue(section.endswith(b"BT\n#0231\n\nNNNN\n"))
                self.assertEqual(b"DEPT FOR" in section and b"REF: " in section, number == 1)
                self.assertIn(b"\n\nSIPDIS\n", section)
                head = b"CLASSIFIED BY: A. B.\n\n" if number == 1 else b"SUBJECT: SMALL HYDRO TENDER\nSLIPS TO SUMMER\n\n"
                rest += section[section.index(head) + len(head) : section.rindex(b"BT\n")]
            self.assertEqual(rest, text)

    def test_never_behind_a_sentence(self):
        for seed in range(50):
            for section in cut(telegram(), 3, random.Random(seed))[:-1]:
                end = section[: section.rindex(b"BT\n")].split(b"\n")[-2]
                self.assertNotIn(end[-1:], ENDS)

    def test_no_more_than_there_are_places(self):
        self.assertLess(len(cut(telegram(), 9, random.Random(1))), 9)


class Stream(unittest.TestCase):
    def run_through(self, seed, count=3000):
        posts = [b"%c%c" % (65 + number // 26, 65 + number % 26) for number in range(POSTS)]
        whole = (telegram(posts[place % POSTS], place % 9999) for place in range(count))
        circuits = Circuits()
        sent = list(transmissions(whole, 12, random.Random(seed), circuits, 2))
        return circuits, sent

    def test_numbers(self):
        """Of each channel, what was sent and what never was are all numbers from its first on, once each."""
        for seed in range(5):
            circuits, sent = self.run_through(seed)
            for channel, last in circuits.last.items():
                numbers = [one.number for one in sent if one.channel == channel]
                both = sorted((number - 9990) % 9999 for number in numbers + circuits.never[channel.decode()])
                self.assertEqual(both, list(range((last - 9990) % 9999 + 1)))
                self.assertIn(last, numbers)
                self.assertEqual(numbers[0], 9990)

    def test_shares(self):
        circuits, sent = self.run_through(7, 10_000)
        implied = imply({(0, place): one for place, one in enumerate(sent)}, circuits.never)
        parts = [parts for parts in implied.telegrams if len(parts) > 1]
        sections = [sources for one in parts for sources in one]
        whole = [one[0] for one in implied.telegrams if len(one) == 1]
        for share, wanted in (
            (len(parts) / 10_000, 1 / 3),
            (sum(not sources for sources in sections) / len(sections), 0.01),
            (sum(len(sources) == 2 for sources in sections) / len(sections), 0.02),
            (sum(len(sources) == 2 for sources in whole) / len(whole), 0.02),
            (1 - len(implied.telegrams) / 10_000, 0.005 * 2 / 3),
        ):
            self.assertAlmostEqual(share, wanted, delta=0.4 * wanted)
        self.assertTrue(any(implied.missing(number) for number in range(len(implied.telegrams))))

    def test_copies_of_whole_telegrams_share_a_partition_or_do_not(self):
        _, sent = self.run_through(3, 10_000)
        places = {}
        for one in sent:
            if one.count == 1:
                places.setdefault(one.telegram, []).append(one.partition)
        pairs = [pair for pair in places.values() if len(pair) == 2]
        apart = sum(one != other for one, other in pairs)
        self.assertAlmostEqual(apart / len(pairs), 0.5 * 11 / 12, delta=0.2)

    def test_a_lost_end_is_sent_after_all(self):
        circuits = Circuits()
        items = [Transmission(0, 1, 1, b"", b"EKO", circuits.number(b"EKO", 9998), 0) for _ in range(4)]
        self.assertEqual([one.number for one in items], [9998, 9999, 1, 2])
        self.assertEqual(circuits.take(items[0], False), items[:1])
        for one in items[1:]:
            self.assertEqual(circuits.take(one, True), [])
        self.assertEqual(list(circuits.close()), items[3:])
        self.assertEqual(circuits.never, {"EKO": [9999, 1]})

    def test_shuffled(self):
        found = list(shuffled(range(5000), WINDOW, random.Random(1)))
        self.assertEqual(sorted(found), list(range(5000)))
        self.assertNotEqual(found, sorted(found))
        self.assertLessEqual(max(abs(place - item) for place, item in enumerate(found)), WINDOW)


if __name__ == "__main__":
    unittest.main()
