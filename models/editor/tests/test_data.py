"""Choosing passages for the teacher, its rewrites, and what training loads of them."""

import json
import os
import tempfile
import unittest

from data import load
from digests import digest
from near_duplicates import held_shingles, resembles
from rewriting import SAMPLES, Source, choose_passages, rewrite

TEXTS = [
    "The bridge over the river was closed.",
    "The library opens at nine on Mondays.",
    "The old train to the coast was late.",
    "Our neighbour has three dogs and a goat.",
    "The market was full of people on Friday.",
]
HELD = "The library opens at nine on Mondays, and it closes at six."


class InProcess:
    imap = staticmethod(map)


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.texts = self.write("texts.jsonl", [{"kind": "wordy", "text": "\n".join(TEXTS + TEXTS[:2])}])
        self.held = held_shingles(self.write("held.jsonl", [{"text": HELD}]))

    def write(self, name, records):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
        return path


class Data(Files):
    def load(self, pairs, checked=(), held=None):
        return load(
            [self.texts], [self.write("pairs.jsonl", pairs)], checked, self.held if held is None else held, InProcess
        )

    def test_passages_come_once_and_without_the_evaluation(self):
        self.assertEqual([text for _, text in self.load([]).passages], TEXTS[:1] + TEXTS[2:])
        self.assertEqual([text for _, text in self.load([], held=set()).passages], TEXTS)

    def test_unchecked_passages_and_mistakes_are_left_out(self):
        wrong = "The bridge over the river were closed."
        mistakes = [{"action": "mistakes", "source": TEXTS[0], "targets": [wrong, TEXTS[0]]}]
        self.assertEqual(self.load(mistakes).mistakes, [])
        for bridge, correction, kept in [(-0.5, -2, True), (-0.5, -4, False), (-2, -2, False)]:
            checked = os.path.join(self.folder, "checked.txt")
            with open(checked, "w") as file:
                file.write(f"{digest(TEXTS[0])} {bridge}\n{digest(wrong, TEXTS[0])} {correction}\n")
            data = self.load(mistakes, [checked])
            self.assertEqual(data.passages, [("wordy", TEXTS[0])] if bridge > -1 else [])
            self.assertEqual(data.mistakes, [(wrong, TEXTS[0])] if kept else [])

    def test_pairs_pass_the_checks_and_tenses_count_both_ways(self):
        present = "The bridge over the river is closed."
        data = self.load(
            [
                {"action": "present", "source": TEXTS[0], "targets": [present, present]},
                {"action": "present", "source": TEXTS[2], "targets": ["The old train to the coast was early."]},
                {"action": "rewrite", "source": HELD, "targets": [f"On Mondays {HELD[0].lower()}{HELD[1:]}"]},
                {"action": "translate", "source": TEXTS[0], "targets": [present, present]},
            ]
        )
        self.assertEqual(data.pairs, [("present", TEXTS[0], present), ("past", present, TEXTS[0])])

    def test_written_pairs_are_held_apart_too(self):
        everything = self.load([], held=set()).written
        one = everything[10]
        held = held_shingles(self.write("held.jsonl", [{"text": one[1]}, {"text": one[2]}]))
        left = self.load([], held=held).written
        self.assertIn(one, everything)
        self.assertNotIn(one, left)
        self.assertFalse(any(resembles(text, held) for _, *texts in left for text in texts))
        self.assertGreater(len(left), len(everything) - 30)


class Rewriting(Files):
    SOURCES = {
        "shorten": Source({"wordy": 1}, weight=3),
        "expand": Source({"wordy": 1}, most=7),
        "formal": Source({"news": 1}),
    }

    def test_actions_get_suitable_passages_once(self):
        found = choose_passages([self.texts], self.SOURCES, 1)
        self.assertEqual(sorted(found["shorten"]), sorted(TEXTS))
        self.assertEqual(sorted(found["expand"]), sorted(text for text in TEXTS if len(text.split()) <= 7))
        self.assertEqual(found["formal"], [])
        self.assertEqual(found, choose_passages([self.texts], self.SOURCES, 1))

    def test_unfinished_samples_are_left_out(self):
        def sample(action, chosen, longest, temperature):
            self.assertEqual(chosen, sorted(chosen, key=len))
            return [
                text for passage in chosen for text in (f" {action}: {passage} ", None if "train" in passage else "")
            ]

        self.assertEqual(SAMPLES, 2)
        path = os.path.join(self.folder, "out.jsonl")
        rewrite(choose_passages([self.texts], self.SOURCES, 1), self.SOURCES, sample, 4, 60, path)
        with open(path, encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        self.assertEqual(len(records), len(TEXTS) + sum(len(text.split()) <= 7 for text in TEXTS))
        for record in records:
            self.assertEqual(record["targets"], [f"{record['action']}: {record['source']}"])


if __name__ == "__main__":
    unittest.main()
