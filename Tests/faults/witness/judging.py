"""What the tests of all judges share."""

import unittest


class JudgeTest(unittest.TestCase):
    def judge(self, case):
        """The verdict on it."""
        raise NotImplementedError

    def condemns(self, case, *words):
        verdict = self.judge(case)
        text = "\n".join(verdict.problems)
        for word in words:
            self.assertIn(word, text)
        return verdict
