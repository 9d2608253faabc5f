"""Mistakes with nouns: articles, number, quantities and uncountable nouns."""

from english import (
    BE, MASS, MASS_PLURALS, NOUNS, PLURALS, PREPOSITIONS, QUANTIFIERS, VERBS, WORDS, words_of,
)  # fmt: skip

_WITHOUT_ARTICLE = words_of(
    "school work home church hospital prison bed university town college night today dinner lunch breakfast"
)
_BEFORE_MASS = PREPOSITIONS | {"some", "more", "much", "no", "any", "of", "new"} | set(VERBS)
_POSSESSIVES = ("the", "my", "his", "her", "our", "their")


def noun_mistakes(word):
    """Adds candidates to the word's passage."""
    _article(word)
    _uncountable(word)
    _number(word)


def quantity_mistakes(word):
    """Adds candidates with "less", "fewer", "much" and "many" exchanged."""
    if word.low in ("fewer", "many") and word.after in PLURALS:
        word.put("fewer", "less" if word.low == "fewer" else "much", times=3)
    if word.low in ("less", "much") and word.after in MASS:
        word.put("fewer", "fewer" if word.low == "less" else "many", times=3)


def _article(word):
    low, after, passage = word.low, word.after, word.passage
    if low not in ("a", "an", "the") or not after:
        return
    noun = after in NOUNS and after not in PLURALS and after not in MASS
    second = passage.low(word.at + 2)
    adjective = second in NOUNS and second not in MASS and after not in NOUNS and passage.follows(word.at + 2)
    if low == "the":
        if noun and after not in _WITHOUT_ARTICLE:
            word.drop("article")
        return
    if noun or adjective:
        word.drop("article", times=2)
    if low == "an":
        word.put("article", "a", times=4)
    else:
        # Before these letters the choice depends on the sound, so people often get it wrong.
        word.put("article", "an", times=3 if after[0] in "uhoe" else 1)


def _uncountable(word):
    low, before = word.low, word.before
    if low in MASS and before in _BEFORE_MASS and word.follows:
        word.put("mass", MASS_PLURALS[low][0])
        if before in ("some", "any"):
            word.previous.put("article", "an" if low[0] in "aeiou" else "a")
    if low in MASS_PLURALS and low not in MASS:
        choices = MASS_PLURALS[low]
        word.put("number", choices[len(word.token) % len(choices)])


def _number(word):
    low, before, before2, after = word.low, word.before, word.before2, word.after
    if low in PLURALS and low not in NOUNS and word.follows:
        adjective = before in WORDS and before not in PREPOSITIONS and before not in BE
        if before in QUANTIFIERS or (adjective and before2 in QUANTIFIERS):
            word.put("number", PLURALS[low], times=2)
        if before in _POSSESSIVES and before2 == "of" and word.at > 2:
            if word.passage.low(word.at - 3) in ("one", "some", "many", "most", "each", "all"):
                word.put("number", PLURALS[low], times=3)
        # "apple's": for a third of the nouns, so that plurals don't outnumber other apostrophes.
        if len(low) % 3 == 0 and low.endswith("s"):
            replacement = PLURALS[low] + "'s" if word.token.islower() else word.token
            word.passage.add("apostrophe", word.start, word.end, replacement)
    if low in NOUNS and low not in PLURALS and before in ("every", "each", "another", "a", "an") and word.follows:
        if NOUNS[low].endswith("s"):
            word.put("number", NOUNS[low])
    if low in ("this", "that") and after in NOUNS and after not in MASS:
        word.put("number", "these" if low == "this" else "those")
    if low in ("these", "those") and after in PLURALS:
        word.put("number", "this" if low == "these" else "that")
