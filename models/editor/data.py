"""Loads the passages and the pairs, without what resembles the evaluation."""

import json
import re

from pairs import accepted
from passages import passages


def shingles(text):
    """Every run of five words, in lower case."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def near(text, held):
    """Whether a text shares over a fifth of its runs of five words, or three of them, with the held ones."""
    own = shingles(text)
    common = len(own & held)
    return common >= 3 or common > 0.2 * len(own)


def _split(job):
    return [(kind, passage) for kind, text in job for passage in passages(kind, text)]


def _accept(lines):
    found = []
    for line in lines:
        record = json.loads(line)
        action = record["action"]
        if action in ("learner", "hurried"):
            continue
        target = accepted(action, record["source"], record["targets"])
        if target:
            found.append((action, record["source"], target))
            if action in ("past", "present"):
                found.append(({"past": "present", "present": "past"}[action], target, record["source"]))
    return found


def load(texts, pairs, held_path, pool):
    """(kind, passage) without duplicates, and accepted (action, source, target); none like a held text."""
    held = set()
    if held_path:
        for line in open(held_path):
            held |= shingles(json.loads(line)["text"])
    records = [json.loads(line) for path in texts for line in open(path)]
    jobs = [[(r["kind"], r["text"]) for r in records[at : at + 500]] for at in range(0, len(records), 500)]
    seen, found = set(), []
    for part in pool.imap(_split, jobs):
        for kind, passage in part:
            if passage not in seen and not (held and near(passage, held)):
                seen.add(passage)
                found.append((kind, passage))
    lines = [line for path in pairs for line in open(path)]
    kept = []
    for part in pool.imap(_accept, [lines[at : at + 1000] for at in range(0, len(lines), 1000)]):
        kept += [pair for pair in part if not (held and (near(pair[1], held) or near(pair[2], held)))]
    return found, kept
