"""Varies clean passages: British spelling, quotation marks, titles, rare and invented names and words."""

import re

from english import NOUNS, PLURALS, RARE
from seeds import COMPANIES, FIRST_NAMES, LAST_NAMES, PLACE_NAMES
from tables import replacements

_BRITISH = {american: british for american, (british,) in replacements("british_spellings").items()}
_SYLLABLES = """
    ba be bo bri ca ce cor da del dra el fa fen gar gri ha hol ik jor ka kel lan lim lor ma mer mil nor nu ol pa per qui
    ra ri sa sel sho ta tel tor ul va ven vi wa wen xa yor za zel
    """.split()
_ENDINGS = "n r s l m na ra th ck ld nd ston dale ner vik ov ini ez ford by lin".split()
_NAMES = {*FIRST_NAMES, *LAST_NAMES, *PLACE_NAMES, *COMPANIES, "Emily", "John Smith", "Sarah", "Smith"}
_NAME = re.compile(rf"\b(?:{'|'.join(sorted(_NAMES, key=len, reverse=True))})\b")


def invented(rng, capital=True):
    """A name or a word that doesn't exist."""
    word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 2, 2, 3)))) + rng.choice(_ENDINGS)
    return word.capitalize() if capital else word


def _product(rng):
    base = invented(rng)
    return rng.choice(
        (
            base + rng.choice("XQ") + "-" + str(rng.randint(1, 99)),
            base + invented(rng),
            base.lower() + ".js",
            base.upper()[:4],
            base + " " + str(rng.randint(2, 12)),
        )
    )


def varied(text, rng):
    """Another version of a clean passage."""
    text = _respelled(text, rng)
    text = _renamed(text, rng)
    text = _requoted(text, rng)
    if rng.random() < 0.2 and "\n-" not in text and not text.startswith("-"):
        text = text.replace(" - ", " – ")
    return text


def _respelled(text, rng):
    """British spelling; titles with and without a full stop."""
    if rng.random() < 0.45:
        text = re.sub(r"[A-Za-z]+", lambda match: _british(match.group()), text)
    if rng.random() < 0.5:
        return re.sub(r"\b(Mr|Mrs|Ms|Dr)\. ", r"\1 ", text)
    if rng.random() < 0.3:
        return re.sub(r"\b(Mr|Mrs|Ms|Dr) (?=[A-Z])", r"\1. ", text)
    return text


def _renamed(text, rng):
    """Invented names, and a rare or invented word for one noun."""
    if rng.random() < 0.4:
        new_names = {}

        def new_name(match):
            # The order of the draws is part of a seed's result: a name that occurs again draws too.
            product = match.group() in COMPANIES and rng.random() < 0.5
            return new_names.setdefault(match.group(), _product(rng) if product else invented(rng))

        text = _NAME.sub(new_name, text)
    if rng.random() < 0.2:
        nouns = [word for word in re.findall(r"(?<=\bthe )[a-z]{4,}", text) if word in NOUNS and word not in PLURALS]
        if nouns:
            old = rng.choice(nouns)
            new = rng.choice(RARE) if rng.random() < 0.75 else invented(rng, False)
            text = re.sub(rf"\b{old}(s?)\b", new + r"\1", text)
    return text


def _requoted(text, rng):
    """Straight, curly or single quotation marks and apostrophes."""
    if rng.random() < 0.5:
        text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})
    elif rng.random() < 0.5:
        text = _with_quotes(re.sub(r"(?<=\w)'(?=\w)", "’", text), "“”")
    if rng.random() < 0.12 and "'" not in text and "’" not in text:
        text = _with_quotes(text.replace("“", "‘").replace("”", "’"), "''")
    return text


def _with_quotes(text, pair):
    """The text with its straight double quotes replaced by a pair of marks in turn, unless their number is odd."""
    count = text.count('"')
    if count % 2:
        return text
    marks = iter(pair * (count // 2))
    return re.sub('"', lambda _: next(marks), text)


def _british(word):
    british = _BRITISH.get(word.lower())
    if not british:
        return word
    return british.capitalize() if word[0].isupper() else british
