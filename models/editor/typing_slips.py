"""Typing errors and phonetic misspellings."""

from english import WORDS

_NEIGHBOURS = {}
for _row in ("qwertyuiop", "asdfghjkl", "zxcvbnm"):
    for _at, _key in enumerate(_row):
        _NEIGHBOURS[_key] = _row[max(0, _at - 1) : _at] + _row[_at + 1 : _at + 2]
_SOUNDS = [pair.split(":") for pair in """
    ie:ei ei:ie ence:ance ance:ence ent:ant ant:ent able:ible ible:able tion:sion ph:f ght:gth ally:aly
    ful:full ck:k wh:w kn:n ous:us ea:ee ee:ea oo:o ou:o ai:a or:er er:or ar:er sc:s mb:m th:t y:i e:a a:e i:e
    ss:s ll:l tt:t pp:p mm:m nn:n rr:r cc:c ff:f
    """.split()]


def misspelled(word, rng):
    """The word with a typing error or a phonetic misspelling that isn't itself a word; None after eight attempts."""
    lower = word.lower()
    for _ in range(8):
        chance, size = rng.random(), len(lower)
        at = rng.randrange(1, size)
        if chance < 0.26 and at + 1 < size:
            made = lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :]
        elif chance < 0.3:
            made = lower[1] + lower[0] + lower[2:]
        elif chance < 0.52:
            made = lower[:at] + lower[at + 1 :]
        elif chance < 0.62:
            made = lower[:at] + lower[at - 1] + lower[at:]
        elif chance < 0.72 and lower[at] in _NEIGHBOURS:
            made = lower[:at] + rng.choice(_NEIGHBOURS[lower[at]]) + lower[at + 1 :]
        elif chance < 0.78 and lower[at] in _NEIGHBOURS:
            made = lower[:at] + rng.choice(_NEIGHBOURS[lower[at]]) + lower[at:]
        else:
            right, wrong = rng.choice(_SOUNDS)
            found = lower.find(right, 1)
            if found < 0:
                continue
            made = lower[:found] + wrong + lower[found + len(right) :]
        if made != lower and len(made) > 2 and made not in WORDS:
            return match_case(word, made)
    return None


def match_case(model, word):
    """The word with the capitals of `model`."""
    if model[:1].isupper() and word:
        return word.upper() if len(model) > 1 and model.isupper() else word[0].upper() + word[1:]
    return word
