"""
The hand-written evaluation sets of test/actions, whose format test/actions/README.md describes.

  python sets.py ../../test/actions held.jsonl

writes the texts that training must not have seen, {"text": ...} a line: every passage and every right text of every set, and
tables/trial.txt, the passages of a day's trial with the stock model.
"""

import json
import os
import re
import sys
from dataclasses import dataclass, field

from tables import lines

_FILE = re.compile(r"([a-z]+)-(en|zh)\.txt")
_CHECKS = re.compile(r"(?:keep|not): ", re.S)


@dataclass(frozen=True)
class Case:
    """
    A passage and what is right.
    @param set the action and the language, or "trial"
    @param references the right texts; none where checks decide
    """

    set: str
    action: str
    source: str
    references: list = field(default_factory=list)


def case_of(line, action, language):
    """
    One line of a set's file.
    @raises ValueError for a line without a passage, or without the right text that the action needs
    """
    fields = [part.strip().replace("\\n", "\n") for part in line.split(" | ")]
    texts = [part for part in fields if not _CHECKS.match(part)]
    if action == "grammar":
        texts = texts[1:]
    if action == "past":
        texts.reverse()
    referenced = action in ("grammar", "past", "present", "third")
    if not texts or not texts[0] or (len(texts) > 1) != referenced:
        raise ValueError(f"The line {line!r} is not one of the set {action}-{language}: see test/actions/README.md.")
    source, *references = texts
    return Case(f"{action}-{language}", action, source, [source if text == "=" else text for text in references])


def cases(folder):
    """Every case of every file ACTION-LANGUAGE.txt, both directions of tense, and the trial's passages."""
    found = []
    for name in sorted(os.listdir(folder)):
        match = _FILE.fullmatch(name)
        if not match:
            continue
        action, language = match.groups()
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            passages = [line.rstrip("\n") for line in file if line.strip()]
        for each in ("past", "present") if action == "tense" else (action,):
            found += [case_of(line, each, language) for line in passages]
    trial = (line.split(" | ") for line in lines("trial"))
    return found + [Case("trial", action, source) for action, source in trial]


def texts(folder):
    """The cases' passages and right texts, each once, in order."""
    found = (text for case in cases(folder) for text in (case.source, *case.references))
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for text in texts(sys.argv[1]):
            out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
