"""The hand-written pairs of written/, and variations of them with other names and numbers."""

import json
import os
import re

from pairs import names
from seeds import FIRST, LAST
from variants import invented

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "written")
# Capitalised words that aren't names to exchange.
_FIXED = set(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Christmas Easter English French German Spanish Italian Chinese American British European Dutch Polish Greek Latin Indian Irish Scottish Welsh Mr Mrs Ms Dr Sir Madam I I'm I've I'll I'd OK TV".split()
)


def load():
    """(action, source, target) of every file written/*.jsonl, which is named after its action."""
    found = []
    for name in sorted(os.listdir(_FOLDER)):
        action = name.split(".")[0].split("-")[0]
        for line in open(os.path.join(_FOLDER, name)):
            record = json.loads(line)
            found.append((action, record["source"], record["target"]))
    return found


def varied(source, target, rng):
    """The pair with other names and digits in both texts now and then."""
    if rng.random() < 0.4:
        for name in names(source) & names(target) - _FIXED:
            if rng.random() < 0.6:
                new = invented(rng) if rng.random() < 0.5 else rng.choice(FIRST + LAST)
                exchange = lambda text: re.sub(rf"\b{re.escape(name)}\b", new, text)
                source, target = exchange(source), exchange(target)
    numbers = [set(re.findall(r"(?<![\d.,:/-])[2-9]\d{1,3}(?![\d.,:/-])", text)) for text in (source, target)]
    if rng.random() < 0.4:
        for number in numbers[0] & numbers[1]:
            new = str(rng.randint(2, 9)) + "".join(str(rng.randint(0, 9)) for _ in number[1:])
            exchange = lambda text: re.sub(rf"(?<![\d.,:/-]){number}(?![\d.,:/-])", new, text)
            source, target = exchange(source), exchange(target)
    return source, target
