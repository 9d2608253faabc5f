"""Loads the passages and the pairs, without what resembles the evaluation."""

import json
import re
from dataclasses import dataclass

import written
from digests import digest, read_checks
from pairs import accepted, changes, numbers
from passages import passages

# Least log-probability of the tuned teacher's least likely token when it leaves a right passage alone, and when it corrects.
LEAVES, MENDS = -1.0, -3.0


def shingles(text):
    """Every run of five words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def near(text, held):
    """Whether a text shares over a fifth of its runs of five words, or three of them, with the held ones."""
    own = shingles(text)
    common = len(own & held)
    return common >= 3 or common > 0.2 * len(own)


def held_shingles(path):
    """The runs of all evaluation texts."""
    held = set()
    for line in open(path):
        held |= shingles(json.loads(line)["text"])
    return held


def _split(job):
    return [(kind, passage) for kind, text in job for passage in passages(kind, text)]


def _accept(lines):
    found = []
    for line in lines:
        record = json.loads(line)
        action, source, targets = record["action"], record["source"], record["targets"]
        if action == "mistakes":
            found += [("mistakes", wrong, source) for wrong in targets if plausible(wrong, source)]
            continue
        target = accepted(action, source, targets)
        if target:
            found.append((action, source, target))
            if action in ("past", "present"):
                found.append(({"past": "present", "present": "past"}[action], target, source))
    return found


def plausible(wrong, right):
    """Whether a text with mistakes is still the same text: few words differ, and no line or figure is lost."""
    if wrong == right or wrong.count("\n") != right.count("\n") or numbers(wrong) != numbers(right):
        return False
    differing = sum(max(len(before), len(after)) for before, after in changes(wrong, right))
    return differing <= max(3, 0.4 * len(right.split())) and 0.75 < len(wrong) / len(right) < 1.3


@dataclass
class Data:
    """
    passages: (kind, right text); pairs: (action, source, target) of the teacher; mistakes: (wrong, right) of the tuned
    teacher; written: (action, source, target) by hand. Nothing resembles an evaluation text.
    """

    passages: list
    pairs: list
    mistakes: list
    written: list


def load(texts, pairs, checked, held_path, pool):
    """
    Reads everything that training needs.
    @param checked files of check_passages.py; without any, passages stay unchecked and the teacher's mistakes unused
    """
    held = held_shingles(held_path) if held_path else set()
    known = read_checks(checked)
    fit = lambda least, *texts: known.get(digest(*texts), -99.0) >= least
    records = [json.loads(line) for path in texts for line in open(path)]
    jobs = [[(r["kind"], r["text"]) for r in records[at : at + 500]] for at in range(0, len(records), 500)]
    seen, found = set(), []
    for part in pool.imap(_split, jobs):
        for kind, passage in part:
            if passage in seen or known and kind != "chinese" and not fit(LEAVES, passage) or held and near(passage, held):
                continue
            seen.add(passage)
            found.append((kind, passage))
    lines = [line for path in pairs for line in open(path)]
    kept, mistakes = [], []
    for part in pool.imap(_accept, [lines[at : at + 1000] for at in range(0, len(lines), 1000)]):
        for action, source, target in part:
            if held and (near(source, held) or near(target, held)):
                continue
            if action != "mistakes":
                kept.append((action, source, target))
            elif fit(LEAVES, target) and fit(MENDS, source, target):
                mistakes.append((source, target))
    by_hand = [pair for pair in written.load() if not (near(pair[1], held) or near(pair[2], held))]
    return Data(found, kept, mistakes, by_hand)
