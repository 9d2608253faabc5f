"""Puts a passage in the past tense into the present by rule, where every verb is certain."""

import re

from english import (
    ADVERB_BETWEEN, BE, DETERMINERS, NAMES, NOUNS, PAST, PLURALS, PREPOSITIONS, PRONOUNS, THIRD, VERBS, WORDS_BOTH,
)  # fmt: skip
from mistake_candidates import TOKEN

# Speech, questions, points in time, modals and conditions, where more than the verbs' forms would change.
_UNSUITABLE = re.compile(
    r"[\"“”\n?!:]|\b(?:ago|yesterday|last|would|could|should|did|didn['’]t|will|now|today|tomorrow|used|since|century"
    r"|\d{4}|if|had)\b"
)
_PRESENT = ("is", "are", "has", "does", "do", "have", "am", "can", "may", "must")
_SAME_IN_BOTH = ("read", "put", "cut", "set", "let", "lay")
_SINGULAR_SUBJECTS = ("he", "she", "it", "this", "that", "everyone", "nobody", "who")
_ADVERBS = ADVERB_BETWEEN | {"slowly", "quickly", "quietly", "suddenly", "then"}


class _Unsure(Exception):
    """A verb isn't certain."""


def tenses(text):
    """(past, present) of a passage in the past tense, or None."""
    if _UNSUITABLE.search(text) or len(text.split()) > 60:
        return None
    pieces = TOKEN.findall(text)
    places = [index for index, piece in enumerate(pieces) if piece[0].isalpha()]
    words = [pieces[index] for index in places]
    lows = [word.lower() for word in words]
    changed, singular = 0, None
    try:
        for at, index in enumerate(places):
            gap = "".join(pieces[places[at - 1] + 1 : index]) if at else "."
            if "." in gap:
                singular = None
            if not _is_finite_past(lows, at, gap == " "):
                continue
            singular = _is_singular(words, lows, at, gap, singular)
            present = _present(lows[at], lows[at - 1] if at else "", singular)
            pieces[index] = present.capitalize() if words[at][0].isupper() else present
            changed += 1
    except _Unsure:
        return None
    return (text, "".join(pieces)) if changed else None


def _is_finite_past(lows, at, direct):
    """
    Whether a word is a verb in the past tense.
    @param direct whether only a space separates it from the word before
    @raises _Unsure for a verb in the present, and where the word may be something else
    """
    low, previous = lows[at], lows[at - 1] if at else ""
    if low in THIRD and low not in PLURALS or low in _PRESENT:
        raise _Unsure
    if low not in PAST and low not in ("was", "were"):
        return False
    if low in WORDS_BOTH and not (direct and previous in PRONOUNS and low not in _SAME_IN_BOTH):
        raise _Unsure
    after_adverb = previous in ADVERB_BETWEEN and at > 1 and lows[at - 2] in BE
    participle = direct and (previous in BE or after_adverb)
    return not participle


def _is_singular(words, lows, at, gap, known):
    """
    Whether the subject of the verb at a place is in the singular.
    @param gap what separates the verb from the word before
    @param known whether the subject of the sentence's last verb was, None before the first
    @raises _Unsure where the subject isn't certain
    """
    back = lambda count: lows[at - count] if at >= count else ""
    previous, direct = back(1), gap == " "
    if direct:
        if previous in _SINGULAR_SUBJECTS:
            if previous in ("that", "who") and back(2) not in NOUNS:
                raise _Unsure
            return True
        if previous in ("they", "we", "i", "you"):
            return False
        if words[at - 1][0].isupper() and previous in NAMES:
            return not (at > 2 and back(2) == "and")
        if previous in NOUNS and previous not in PLURALS and (back(2) in DETERMINERS or back(3) in DETERMINERS):
            # "of the house was", "and the house was": the subject is further back.
            if at > 2 and (back(3) in PREPOSITIONS and at > 3 or back(3) == "and"):
                raise _Unsure
            return True
        if previous in PLURALS and previous not in NOUNS and (at == 1 or back(2) in DETERMINERS):
            return False
    continued = previous in ("and", "then") or gap.strip() == "," or direct and previous in _ADVERBS
    if continued and known is not None:
        return known
    raise _Unsure


def _present(low, previous, singular):
    if low in ("was", "were"):
        return "am" if previous == "i" else "is" if low == "was" else "are"
    base = PAST[low]
    return VERBS[base][0] if singular else base
