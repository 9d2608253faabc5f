"""
Puts natural mistakes into correct English, so that a corrector can learn to take them out.

Each rule applies only where its result is wrong in nearly every context. The rules are in verb_mistakes.py,
noun_mistakes.py, word_mistakes.py, pattern_mistakes.py and typing_slips.py.
"""

import re

from mistake_candidates import CAPITALISE_NEXT, Passage
from noun_mistakes import noun_mistakes, quantity_mistakes
from pattern_mistakes import pattern_mistakes
from typing_slips import misspelled
from verb_mistakes import verb_mistakes
from word_mistakes import comparison_mistakes, name_mistakes, word_mistakes

# How often a kind of mistake is drawn where a passage allows it.
WEIGHTS = dict(
    agreement=12, form=11, tense=6, article=11, number=8, comparison=3.5, company=9, confused=13, confused_rare=5,
    spelling=14, typing=13, mass=2, negation=1.5, question=4, fewer=3, since=3, comma=4, splice=9, end=6, apostrophe=7,
    capital=7, dialogue=3, stray=4, doubled=3, missing=6, adverb=3, pronoun=3.5, intense=0.5,
)  # fmt: skip


def candidates(text):
    """Every mistake that could be made in a text, by kind: see mistake_candidates.Passage."""
    passage = Passage(text, {kind: [] for kind in WEIGHTS})
    for word in passage.words:
        if word.token[0].isupper() and word.follows:
            name_mistakes(word)
            continue
        verb_mistakes(word)
        noun_mistakes(word)
        comparison_mistakes(word)
        quantity_mistakes(word)
        word_mistakes(word)
    pattern_mistakes(passage)
    return passage.candidates


def corrupt(text, rng, rate=None):
    """
    The text with mistakes; the same text where no rule applies.
    @param rate mistakes per word; by default mostly one to four a passage, occasionally many
    """
    found = candidates(text)
    if not any(found.values()):
        return text
    made = text
    for start, end, wrong in sorted(_chosen(text, found, _count(text, rng, rate), rng), reverse=True):
        if wrong == CAPITALISE_NEXT:
            made = made[:start] + made[end : end + 1].upper() + made[end + 1 :]
        else:
            made = made[:start] + wrong + made[end:]
    return _careless(made, rng).strip() or text


def _count(text, rng, rate):
    """The number of mistakes to make."""
    words = max(1, len(text.split()))
    chance = rng.random()
    if rate is not None:
        return max(1, round(words * rate))
    if chance < 0.3:
        return 1
    if chance < 0.6:
        return max(1, round(words * rng.uniform(0.03, 0.08)))
    if chance < 0.88:
        return max(2, round(words * rng.uniform(0.08, 0.16)))
    return max(2, round(words * rng.uniform(0.16, 0.3)))


def _chosen(text, found, count, rng):
    """Candidates that don't touch each other."""
    kinds = [kind for kind in WEIGHTS if found[kind]]
    weights = [WEIGHTS[kind] * min(1.6, 0.7 + 0.1 * len(found[kind])) for kind in kinds]
    chosen = []
    for _ in range(count * 4):
        if len(chosen) >= count:
            break
        kind = rng.choices(kinds, weights)[0]
        start, end, wrong = rng.choice(found[kind])
        if any(start <= other_end and other <= end for other, other_end, _ in chosen):
            continue
        if wrong is None:
            wrong = misspelled(text[start:end], rng)
            if wrong is None:
                continue
        if wrong != text[start:end]:
            chosen.append((start, end, wrong))
    return chosen


def _careless(text, rng):
    """Now and then the text without capitals, punctuation or apostrophes."""
    chance = rng.random()
    if chance < 0.012:
        return text.lower()
    if chance < 0.022:
        return re.sub(r"[.,;](?=\s|$)", "", text.lower())
    if chance < 0.034:
        return re.sub("['’]", "", text)
    return text
