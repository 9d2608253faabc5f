"""
Pairs by rule: a right text as the target, and a source made from it that an action would turn back into it.

Each function returns (source, target), or None where a text doesn't suit.
"""

import re

from english import DETERMINERS, NAMES, PRONOUNS, words_of
from passages import sentences
from tables import record

_SUBSTITUTIONS = record("substitutions")
_PHRASES = record("phrases")
# First words whose capital is only that of the sentence.
_STARTERS = DETERMINERS | PRONOUNS | words_of("""
    there these those most many some people if when in on at after before all both because although as since during
    for with from by one two three what how why our
    """)
_INFORMAL = re.compile(r"!|\?|\w['’](?:t|re|ve|ll|m|d)\b|[\"“]|\b(?:it|that|there|he|she|what|let)['’]s\b|\n", re.I)
_UNSURE = re.compile(
    r"[?\"“\n]|\b(?:think|maybe|perhaps|might|possibly|probably|seems?|may|could|sort of|kind of|sure|sorry|afraid)\b",
    re.I,
)


def formal(text, rng):
    """Contractions and slang."""
    if _INFORMAL.search(text) or len(text.split()) < 7:
        return None
    made, contracted = _substituted(text, _SUBSTITUTIONS["contractions"], rng, 0.9)
    made, casual = _substituted(made, _SUBSTITUTIONS["casual"], rng, 0.7)
    if contracted + casual < 2:
        return None
    if rng.random() < 0.35:
        lowered = _lower_start(made)
        if lowered:
            made = rng.choice(_PHRASES["casual_openers"]) + lowered
    if made.endswith(".") and rng.random() < 0.4:
        made = made[:-1] + rng.choice(_PHRASES["casual_endings"])
    return made, text


def confident(text, rng):
    """Hedges."""
    parts = sentences(text)
    if len(parts) > 3 or _UNSURE.search(text) or len(text.split()) < 5:
        return None
    made, changed = [], 0
    for part in parts:
        lowered = _lower_start(part)
        if lowered and rng.random() < 0.75:
            part, changed = rng.choice(_PHRASES["hedges"]) + lowered, changed + 1
        if rng.random() < 0.45:
            part, count = _substituted(part, rng.sample(_SUBSTITUTIONS["hedged"], 4), rng, 0.6)
            changed += count
        if part.endswith(".") and rng.random() < 0.25:
            part, changed = part[:-1] + rng.choice(_PHRASES["hedged_endings"]) + ".", changed + 1
        made.append(part)
    return (" ".join(made), text) if changed else None


def neutral(text, rng):
    """Exaggeration and outcries."""
    if re.search(r"[!?\"“\n]", text) or not 5 <= len(text.split()) <= 45:
        return None
    made, changed = _substituted(text, _SUBSTITUTIONS["exaggerated"], rng, 0.7)
    if rng.random() < 0.6:
        lowered = _lower_start(made)
        if lowered:
            made, changed = rng.choice(_PHRASES["outcries"]) + lowered, changed + 1
    if changed and made.endswith("."):
        made = made[:-1] + rng.choice(["!", "!!", "!!!"])
    return (made, text) if changed else None


def shorten(text, rng):
    """Filler words and phrases."""
    if "\n" in text or not 8 <= len(text.split()) <= 60:
        return None
    made, changed = _substituted(text, rng.sample(_SUBSTITUTIONS["wordy"], 14), rng, 0.9)
    parts = []
    for part in sentences(made):
        lowered = _lower_start(part)
        if lowered and rng.random() < 0.6:
            part, changed = rng.choice(_PHRASES["wordy_openers"]) + lowered, changed + 1
        parts.append(part)
    made = " ".join(parts)
    return (made, text) if changed >= 2 and len(made) > 1.25 * len(text) else None


def simplify(text, rng):
    """Long words for plain ones; the target's sentences are short."""
    parts = sentences(text)
    if "\n" in text or not 6 <= len(text.split()) <= 60 or max(len(part.split()) for part in parts) > 16:
        return None
    made, changed = _substituted(text, _SUBSTITUTIONS["long_words"], rng, 0.85)
    if changed < 2:
        return None
    if len(parts) > 1 and rng.random() < 0.5:
        join = lambda match: rng.choice(["; ", ", and ", ", whereupon "]) + match.group(1).lower()
        made = re.sub(r"\. (The|It|They|He|She|This|We|You)\b", join, made, count=1)
    return made, text


def _substituted(text, table, rng, chance):
    """The text with some of the table's phrases replaced, in the same case, and the number of replacements."""
    total = 0
    for phrase, other in table:
        # A phrase with spaces around it needs no word boundary.
        bounded = re.escape(phrase) if phrase[0] == " " else rf"(?<![\w'’]){re.escape(phrase)}(?![\w'’])"
        pattern = re.compile(bounded, re.I)
        if pattern.search(text) and rng.random() < chance:

            def cased(match):
                found = match.group()
                capital = found[0].isupper() and found != "I" and not found.startswith("I ")
                return other[0].upper() + other[1:] if capital else other

            text, count = pattern.subn(cased, text, count=1 if rng.random() < 0.6 else 0)
            total += count
    return text, total


def _lower_start(text):
    """The sentence with a small first letter, to go on after an opener; None where its capital must stay."""
    first = re.match(r"[A-Za-z'’]+", text)
    if not first or first.group().isupper() or first.group().lower() not in _STARTERS - NAMES:
        return None
    return text[0].lower() + text[1:]
