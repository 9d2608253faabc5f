"""The hand-written pairs, the evaluation sets, and that the two have nothing in common."""

import os
import re
import unittest

import written
from instructions import BUILT_IN, OTHERS, TRANSLATE
from near_duplicates import resembles, shingles
from passages import passages
from pairs import ACTIONS
from sets import case_of, cases, texts
from wording import numbers

PROJECT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
SETS = os.path.join(PROJECT, "test/actions")
# Numbers that a target writes otherwise: "15 grand", "Twelve days".
REWORDED = {"40", "15", "15,000", "10", "25", "25,000", "12", "90", "600"}


def held():
    return set().union(*map(shingles, texts(SETS)))


class Written(unittest.TestCase):
    def test_pairs_are_valid(self):
        for pair in written.load():
            action, source, target = pair
            self.assertIn(action, BUILT_IN, pair)
            self.assertTrue(source.strip() == source != "" and target.strip() == target != "", pair)
            self.assertNotRegex(source + target, r"<\||\t|\r|  \n", pair)
            if action != "grammar":
                self.assertNotEqual(source, target, pair)

    def test_no_pair_is_there_twice(self):
        pairs = [(action, source) for action, source, _ in written.load()]
        self.assertEqual(len(pairs), len(set(pairs)))
        self.assertGreater(len(pairs), 4000)

    def test_numbers_are_kept(self):
        for action, source, target in written.load():
            before, after = set(numbers(source)), set(numbers(target))
            if action in ("formal", "confident", "neutral"):
                before, after = before - REWORDED, after - REWORDED
            self.assertLessEqual(after, before, (action, source, target))
            if action != "summarise":
                self.assertEqual(after, before, (action, source, target))

    def test_nothing_resembles_the_evaluation(self):
        found = held()
        for action, source, target in written.load():
            self.assertFalse(resembles(source, found) or resembles(target, found), (action, source, target))

    def test_what_resembles_is_found(self):
        found = held()
        for text in texts(SETS):
            if len(shingles(text)) > 2:
                self.assertTrue(resembles(f"By the way: {text}", found), text)


class Sets(unittest.TestCase):
    def test_lines(self):
        case = case_of("typo | A wrong text | A right text. | Another right text. ", "grammar", "en")
        self.assertEqual((case.set, case.source), ("grammar-en", "A wrong text"))
        self.assertEqual(case.references, ["A right text.", "Another right text."])
        self.assertEqual(case_of("typo | Right.\\nYes. | =", "grammar", "zh").references, ["Right.\nYes."])
        self.assertEqual(case_of("He ran. | He runs.", "past", "en").source, "He runs.")
        self.assertEqual(case_of("He ran. | He runs.", "present", "en").references, ["He runs."])
        for line in (
            "A text. | keep: a; b/c | not: d",
            "A text. | not: d",
            "A text.",
            "A text. | not: d | keep: keep: a",
        ):
            case = case_of(line, "rewrite", "en")
            self.assertEqual((case.source, case.references), ("A text.", []))

    def test_wrong_lines_are_named(self):
        for line, action in [
            ("", "rewrite"),
            ("keep: a", "rewrite"),
            ("A text. | Another text.", "rewrite"),
            ("A text.", "grammar"),
            ("typo | A text.", "grammar"),
            ("He ran.", "past"),
            ("I ran.", "third"),
        ]:
            with self.assertRaisesRegex(ValueError, "is not one of the set"):
                case_of(line, action, "en")

    def test_every_file_is_read(self):
        found = cases(SETS)
        sizes = {}
        for case in found:
            sizes[case.set] = sizes.get(case.set, 0) + 1
            self.assertTrue(case.action in BUILT_IN or case.set == "trial", case)
            self.assertNotRegex(case.source, r" \| |^(keep|not):", case)
        for name in filter(re.compile(r"[a-z]+-(en|zh)\.txt").fullmatch, os.listdir(SETS)):
            with open(os.path.join(SETS, name), encoding="utf-8") as file:
                lines = sum(bool(line.strip()) for line in file)
            for set_ in ("past-en", "present-en") if name == "tense-en.txt" else (name[:-4],):
                self.assertEqual(sizes.pop(set_), lines)
        self.assertEqual(sizes, {"trial": 10})

    def test_instructions_are_those_of_the_app(self):
        with open(os.path.join(PROJECT, "src-renderer/state/documents/actions.ts"), encoding="utf-8") as file:
            built_in = set(re.findall(r"instruction: '([^']+)'", file.read()))
        with open(os.path.join(PROJECT, "test/verify/actions/sets.ts"), encoding="utf-8") as file:
            measured = dict(re.findall(r"^  (\w+): '([^']+)',$", file.read(), re.M))
        self.assertEqual(measured, {action: BUILT_IN[action].removesuffix(":") for action in measured})
        self.assertEqual(set(measured), {"past", "present", "third"})
        for action, instruction in BUILT_IN.items():
            self.assertTrue(action in measured or instruction in built_in, action)
        self.assertIn(TRANSLATE, built_in)
        self.assertEqual(set(BUILT_IN), set(OTHERS))
        self.assertEqual(set(BUILT_IN) - {"grammar"}, set(ACTIONS))

    def test_sets_survive_the_filter_of_passages(self):
        """Passages that training would take, if they weren't held out."""
        english = [case.source for case in cases(SETS) if case.set == "shorten-en"]
        kept = sum(bool(passages("wordy", text)) for text in english)
        self.assertGreater(kept, 0.8 * len(english))


if __name__ == "__main__":
    unittest.main()
