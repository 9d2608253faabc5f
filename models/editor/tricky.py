"""Right sentences that look like common mistakes: a corrector must leave them alone."""

from seeds import FIRST_NAMES, LAST_NAMES, PLACE_NAMES
from tables import lines

_FRAMES = lines("tricky")
_SLOTS = dict(
    done="collected|analysed|recorded|lost".split("|"),
    people="patients|students|neighbours|letters|workers|passengers|guests".split("|"),
    ask="ask|see|call|invite|meet".split("|"),
    went="went|walked|drove|rode".split("|"),
    act="wait|say no|leave|ask again|sell it".split("|"),
    mood="tired|ready|happy|wrong|late|ill".split("|"),
    thing="engine|roof|chair|lamp|kettle|letter|box|clock|window|tower|bell|map".split("|"),
    time="noon|Monday|half past four|8:15|six|midnight|10 pm".split("|"),
)


def tricky_text(rng):
    """One to three such sentences, with random names and things."""
    parts = [_sentence(rng) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
    separate = any("\n" in part or part[0] in "#-" for part in parts)
    return ("\n\n" if separate else " ").join(parts)


def _sentence(rng):
    first, second = rng.sample(FIRST_NAMES, 2)
    last, other = rng.sample(LAST_NAMES, 2)
    slots = {name: rng.choice(values) for name, values in _SLOTS.items()}
    return rng.choice(_FRAMES).format(
        first=first, first2=second, last=last, last2=other, place=rng.choice(PLACE_NAMES),
        year=rng.randint(1950, 2030), count=rng.randint(3, 90), **slots,
    )  # fmt: skip
