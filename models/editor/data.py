"""Loads the passages and the pairs, without what resembles the evaluation."""

import json
from dataclasses import dataclass

import written
from digests import digest, read_checks
from near_duplicates import resembles
from pairs import ACTIONS, accepted
from passages import passages
from wording import changes, numbers

# Least log-probability of the tuned teacher's least likely token where it leaves a right passage alone, and where it
# corrects a mistake, for the text to be of use.
LEAST_UNCHANGED, LEAST_CORRECTED = -1.0, -3.0
_OPPOSITE = {"past": "present", "present": "past"}


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


def load(texts, pairs, checked, held, pool):
    """
    Reads everything that training needs.
    @param checked files of check_passages.py; without any, passages stay unchecked and the teacher's mistakes unused
    @param held near_duplicates.held_shingles of the evaluation; empty to keep everything
    @param pool processes, or anything else with imap
    """
    known = read_checks(checked)
    fit = lambda least, *texts: known.get(digest(*texts), -99.0) >= least
    seen, found = set(), []
    for kind, passage in split(texts, pool):
        unfit = known and kind != "chinese" and not fit(LEAST_UNCHANGED, passage)
        if passage not in seen and not unfit and not (held and resembles(passage, held)):
            seen.add(passage)
            found.append((kind, passage))
    kept, mistakes = [], []
    for action, source, target in accept(pairs, pool):
        if held and (resembles(source, held) or resembles(target, held)):
            continue
        if action != "mistakes":
            kept.append((action, source, target))
        elif fit(LEAST_UNCHANGED, target) and fit(LEAST_CORRECTED, source, target):
            mistakes.append((source, target))
    return Data(found, kept, mistakes, written_apart_from(held))


def written_apart_from(held):
    """The hand-written pairs that don't resemble the held-out texts."""
    return [pair for pair in written.load() if not (held and (resembles(pair[1], held) or resembles(pair[2], held)))]


def split(paths, pool):
    """(kind, passage) of files of write_texts.py."""
    records = [(record["kind"], record["text"]) for record in map(json.loads, _lines(paths))]
    for part in pool.imap(_split, _chunks(records, 500)):
        yield from part


def accept(paths, pool):
    """(action, source, target) of the good rewrites in files of write_pairs.py and write_rewrites.py."""
    for part in pool.imap(_accept, _chunks(_lines(paths), 1000)):
        yield from part


def plausible(wrong, right):
    """Whether a text with mistakes is still the same text: few words differ, and no line or number is lost."""
    if wrong == right or wrong.count("\n") != right.count("\n") or numbers(wrong) != numbers(right):
        return False
    differing = sum(max(len(before), len(after)) for before, after in changes(wrong, right))
    return differing <= max(3, 0.4 * len(right.split())) and 0.75 < len(wrong) / len(right) < 1.3


def _lines(paths):
    found = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            found += file
    return found


def _chunks(items, size):
    return [items[at : at + size] for at in range(0, len(items), size)]


def _split(records):
    return [(kind, passage) for kind, text in records for passage in passages(kind, text)]


def _accept(lines):
    found = []
    for record in map(json.loads, lines):
        action, source, targets = record["action"], record["source"], record["targets"]
        if action == "mistakes":
            found += [("mistakes", wrong, source) for wrong in targets if plausible(wrong, source)]
            continue
        # Earlier files have rewrites by actions that are no longer trained.
        target = accepted(action, source, targets) if action in ACTIONS else None
        if target:
            found.append((action, source, target))
            if action in _OPPOSITE:
                found.append((_OPPOSITE[action], target, source))
    return found
