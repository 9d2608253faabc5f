"""Finds texts that resemble the evaluation sets: training must leave them out."""

import json
import re

# A Chinese character counts as a word.
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")


def shingles(text):
    """Every run of five words, in lower case."""
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def resembles(text, held):
    """Whether a text shares three runs of five words, or over a fifth of its own, with the held-out ones."""
    own = shingles(text)
    common = len(own & held)
    return common >= 3 or common > 0.2 * len(own)


def held_shingles(path):
    """The runs of all texts of a file by sets.py."""
    held = set()
    with open(path, encoding="utf-8") as file:
        for line in file:
            held |= shingles(json.loads(line)["text"])
    return held
