"""Varies clean passages: British spelling, quotation marks, titles, and names and words that nobody has met before."""

import re

from english import NOUNS, PLURALS, RARE
from seeds import COMPANIES, FIRST, LAST, PLACE_NAMES

_BRITISH = {
    american: british
    for american, british in (
        pair.split(":")
        for pair in "color:colour colors:colours colorful:colourful favorite:favourite favorites:favourites neighbor:neighbour neighbors:neighbours neighborhood:neighbourhood harbor:harbour honor:honour humor:humour labor:labour flavor:flavour flavors:flavours behavior:behaviour center:centre centers:centres theater:theatre meter:metre meters:metres kilometers:kilometres liter:litre traveled:travelled traveling:travelling traveler:traveller travelers:travellers canceled:cancelled canceling:cancelling modeling:modelling organize:organise organized:organised organization:organisation realize:realise realized:realised recognize:recognise recognized:recognised apologize:apologise apologized:apologised emphasize:emphasise emphasized:emphasised analyze:analyse analyzed:analysed defense:defence offense:offence gray:grey catalog:catalogue dialog:dialogue jewelry:jewellery program:programme programs:programmes mom:mum learned:learnt fulfill:fulfil skillful:skilful enrollment:enrolment aging:ageing plow:plough tire:tyre tires:tyres cozy:cosy check:cheque".split()
    )
    if american not in ("program", "programs", "check", "learned", "tire", "tires")
}
_SYLLABLES = "ba be bo bri ca ce cor da del dra el fa fen gar gri ha hol ik jor ka kel lan lim lor ma mer mil nor nu ol pa per qui ra ri sa sel sho ta tel tor ul va ven vi wa wen xa yor za zel".split()
_ENDINGS = "n r s l m na ra th ck ld nd ston dale ner vik ov ini ez ford by lin".split()
_NAME = re.compile(r"\b(?:" + "|".join(sorted(set(FIRST + LAST + PLACE_NAMES + COMPANIES + ["Emily", "John Smith", "Sarah", "Smith"]), key=len, reverse=True)) + r")\b")


def invented(rng, capital=True):
    word = "".join(rng.choice(_SYLLABLES) for _ in range(rng.choice((1, 2, 2, 3)))) + rng.choice(_ENDINGS)
    return word.capitalize() if capital else word


def _product(rng):
    base = invented(rng)
    return rng.choice((base + rng.choice("XQ") + "-" + str(rng.randint(1, 99)), base + invented(rng), base.lower() + ".js", base.upper()[:4], base + " " + str(rng.randint(2, 12))))


def varied(text, rng):
    """Another version of a clean passage."""
    chance = rng.random
    if chance() < 0.45:
        text = re.sub(r"[A-Za-z]+", lambda match: _british(match.group()), text)
    if chance() < 0.5:
        text = re.sub(r"\b(Mr|Mrs|Ms|Dr)\. ", r"\1 ", text)
    elif chance() < 0.3:
        text = re.sub(r"\b(Mr|Mrs|Ms|Dr) (?=[A-Z])", r"\1. ", text)
    if chance() < 0.4:
        fresh = {}
        name = lambda match: fresh.setdefault(match.group(), _product(rng) if match.group() in COMPANIES and chance() < 0.5 else invented(rng))
        text = _NAME.sub(name, text)
    if chance() < 0.2:
        candidates = [word for word in re.findall(r"(?<=\bthe )[a-z]{4,}", text) if word in NOUNS and word not in PLURALS]
        if candidates:
            old = rng.choice(candidates)
            new = rng.choice(RARE) if chance() < 0.75 else invented(rng, False)
            text = re.sub(rf"\b{old}(s?)\b", new + r"\1", text)
    if chance() < 0.5:
        text = text.translate({0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"'})
    elif chance() < 0.5:
        text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
        if text.count('"') % 2 == 0:
            sides = iter("“”" * (text.count('"') // 2))
            text = re.sub('"', lambda _: next(sides), text)
    if chance() < 0.12 and "'" not in text and "’" not in text:
        text = text.replace("“", "‘").replace("”", "’")
        if text.count('"') % 2 == 0:
            sides = iter("''" * (text.count('"') // 2))
            text = re.sub('"', lambda _: next(sides), text)
    if chance() < 0.2:
        text = text.replace(" - ", " – ") if "\n-" not in text and not text.startswith("-") else text
    return text


def _british(word):
    british = _BRITISH.get(word.lower())
    if not british:
        return word
    return british.capitalize() if word[0].isupper() else british
