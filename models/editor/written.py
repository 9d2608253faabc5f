"""The hand-written pairs of written/, and variations of them with other names and numbers."""

import json
import os
import re

from seeds import FIRST_NAMES, LAST_NAMES
from variants import invented
from wording import names

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "written")
# Capitalised words that aren't names to exchange.
_FIXED = set("""
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Christmas Easter English French German Spanish Italian Chinese American British European
    Dutch Polish Greek Latin Indian Irish Scottish Welsh Mr Mrs Ms Dr Sir Madam I I'm I've I'll I'd OK TV
    """.split())


def load():
    """(action, source, target) of every file written/ACTION.jsonl."""
    found = []
    for name in sorted(os.listdir(_FOLDER)):
        action, _ = os.path.splitext(name)
        with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        found += [(action, record["source"], record["target"]) for record in records]
    return found


def varied(source, target, rng):
    """The pair, now and then with other names and numbers, the same in both texts."""
    if rng.random() < 0.4:
        for name in names(source) & names(target) - _FIXED:
            if rng.random() < 0.6:
                new = invented(rng) if rng.random() < 0.5 else rng.choice(FIRST_NAMES + LAST_NAMES)
                source, target = (re.sub(rf"\b{re.escape(name)}\b", new, text) for text in (source, target))
    common = _numbers(source) & _numbers(target)
    if rng.random() < 0.4:
        for number in common:
            new = str(rng.randint(2, 9)) + "".join(str(rng.randint(0, 9)) for _ in number[1:])
            source, target = (re.sub(_alone(number), new, text) for text in (source, target))
    return source, target


def _numbers(text):
    """Numbers of two to four digits that are no part of a date, a time or a decimal."""
    return set(re.findall(_alone(r"[2-9]\d{1,3}"), text))


def _alone(number):
    return rf"(?<![\d.,:/-]){number}(?![\d.,:/-])"
