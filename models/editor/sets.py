"""The hand-written evaluation sets of test/actions: one passage a line, "\\n" for a line break, fields apart by " | "."""

import json
import os
import sys

from instructions import BUILT_IN

_PARTS = ("formal", "friendly", "confident", "neutral", "shorten", "expand", "simplify", "summarise")

# The ten passages of a day's trial with the stock model.
TRIAL = [
    ("grammar", "The river come over the wall at four in the morning, and by the time the bells was ringing there were already water in the cellar of the bakery. Nobody have slept."),
    ("grammar", "Me and my sister was going to the archive, because there documents about our grandfather is stored in it. They're letters has never been red by no one."),
    ("rewrite", "It is generally considered to be the case that the council had been made aware, on more than one occasion, of the fact that the wall was in a state of disrepair, and that no action had been taken."),
    ("shorten", "The minister, who had arrived late because of the weather and who looked tired, said on Thursday that the government would, in all probability, present a new plan for the railways before the end of the year, although he did not want to say how much it would cost."),
    ("shorten", "She stood for a long time at the window, looking out at the street, at the wet street with its lamps, and she thought about her mother, and about the house, and about everything that she had wanted to say and had not said."),
    ("formal", "Hey, just wanted to let you guys know that the meeting's off on Friday, cause the boss is sick. We'll figure out a new date next week, no worries."),
    ("friendly", "Your invoice is overdue by thirty days. Payment must be made within seven days. Otherwise the matter will be handed to our lawyers."),
    ("simplify", "The photosynthetic apparatus of cyanobacteria exhibits remarkable plasticity in response to fluctuations in the spectral composition of ambient light."),
    ("chinese", "The library opens at nine. Please bring your card."),
    ("past", "Anna opens the door. The kitchen is cold, and the cat sits on the table and looks at her. She takes off her coat and makes a fire."),
]  # fmt: skip

_TRANSLATE = "Translate this text into Chinese:"


def cases(folder):
    """Every case as {set, action, kind, source, target}; target is None where checks decide."""
    found = []

    def lines(name):
        with open(os.path.join(folder, f"{name}.txt"), encoding="utf-8") as file:
            return [line.rstrip("\n").replace("\\n", "\n") for line in file if line.strip()]

    for language in ("en", "zh"):
        for line in lines(f"grammar-{language}"):
            kind, source, target = (part.strip() for part in line.split(" | "))
            target = source if target == "=" else target
            found.append(dict(set=f"grammar-{language}", action="grammar", kind=kind, source=source, target=target))
    for line in lines("tense-en"):
        past, present = line.split(" | ")
        found.append(dict(set="past-en", action="past", kind="tense", source=present.strip(), target=past.strip()))
        found.append(dict(set="present-en", action="present", kind="tense", source=past.strip(), target=present.strip()))
    for line in lines("third-en"):
        source, target = line.split(" | ")
        found.append(dict(set="third-en", action="third", kind="person", source=source.strip(), target=target.strip()))
    for action in _PARTS:
        for line in lines(f"{action}-en"):
            found.append(dict(set=f"{action}-en", action=action, kind=action, source=line, target=None))
    for action, source in TRIAL:
        found.append(dict(set="trial", action=action, kind="trial", source=source, target=None))
    return found


def instruction(action):
    return BUILT_IN.get(action, _TRANSLATE)


if __name__ == "__main__":
    # python sets.py FOLDER HELD.jsonl: the texts that training must not have seen.
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        for case in cases(sys.argv[1]):
            for text in {case["source"], case["target"]} - {None}:
                out.write(json.dumps({"text": text}, ensure_ascii=False) + "\n")
