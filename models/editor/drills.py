"""Sentences with mistakes that are rare in the teacher's text, and what they should be."""

from seeds import COMPANIES, FIRST_NAMES, LAST_NAMES, PLACE_NAMES
from tables import lines

_FRAMES = [line.split(" => ") for line in lines("drills")]
_SLOTS = {
    "thing": """
        kettle lamp map drill ladder camera guitar violin bucket blanket spanner telescope hammer parcel jacket bicycle
        radio clock toaster suitcase ticket notebook printer candle
        """,
    "room": """
        kitchen library station garden museum office bakery harbour chapel garage hall pharmacy school market hospital
        """,
    "people": "guests nurses teachers tourists farmers neighbours students workers players drivers lawyers children",
    "rel": "brother sister uncle aunt cousin neighbour boss teacher friend dentist",
    "day": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "language": "Spanish Dutch Polish Arabic Finnish Welsh Turkish",
}
_SLOTS = {name: words.split() for name, words in _SLOTS.items()}


def drill(rng):
    """(wrong, right) of one or two sentences, with random names and things."""
    pairs = [_sentence(rng) for _ in range(rng.choice((1, 1, 2)))]
    if len(pairs) == 2:
        # Now and then the second one is right already.
        if rng.random() < 0.4:
            pairs[1] = (pairs[1][1], pairs[1][1])
        if any("\n" in part or part[-1] not in '.?!"' for pair in pairs for part in pair):
            pairs = pairs[:1]
    return " ".join(wrong for wrong, _ in pairs), " ".join(right for _, right in pairs)


def _sentence(rng):
    first, other = rng.sample(FIRST_NAMES, 2)
    last, other_last = rng.sample(LAST_NAMES, 2)
    place, place2 = rng.sample(PLACE_NAMES, 2)
    slots = {name: rng.choice(values) for name, values in _SLOTS.items()}
    slots["thing2"] = rng.choice(_SLOTS["thing"])
    slots.update(
        first=first, other=other, last=last, other_last=other_last, place=place, place2=place2,
        company=rng.choice(COMPANIES), year=rng.randint(1960, 2024), n=rng.randint(3, 40),
    )  # fmt: skip
    wrong, right = rng.choice(_FRAMES)
    return wrong.format(**slots), right.format(**slots)
