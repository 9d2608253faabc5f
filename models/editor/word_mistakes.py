"""Mistakes with single words: comparison, adverbs, pronouns, confusables, misspellings, capitals, doubled and missing words."""

import re

from english import (
    ADVERBS, BE, COMMON, COMPARATIVES, DAYS, GERUND, HAVE, MODALS, NAMES, NOUNS, OBJECTS, PAST, SUPERLATIVES, THIRD, TYPED,
    VERBS, WORDS, words_of,
)  # fmt: skip
from tables import replacements

CONFUSABLES = replacements("confusables")
_MISSPELLINGS = replacements("misspellings")
_PERIODS = words_of("years months weeks days hours minutes decades centuries")
_POINT_IN_TIME = re.compile(
    r"\s(?:\d{4}|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|then|last)"
)
# Adverbs whose form without -ly is no mistake, or another word.
_FIXED_ADVERBS = words_of("really early only likely friendly finally usually currently recently simply")
_SUBJECTS = {"him": "he", "her": "she", "them": "they", "me": "i", "us": "we"}
_NEGATIVES = {"any": "no", "anything": "nothing", "anyone": "no one"}
_BEFORE_OBJECT = ("to", "with", "for", "from", "told", "asked", "gave", "saw", "between")
_PEOPLE = ("people", "man", "woman", "person", "someone", "friend", "children", "teacher")
_THINGS = ("book", "house", "car", "thing", "which")
_DOUBLED = words_of("the to a of and in is that was for")
_BEFORE_OF = words_of("lots lot one some most many rest end kind part side piece cup bottle number couple")
_CONTRACTIONS_LIKE_WORDS = ("it's", "we're", "i'll", "we'll", "she'll")


def name_mistakes(word):
    """Adds candidates for a capitalised word within a sentence."""
    token, low, passage = word.token, word.low, word.passage
    if low in DAYS:
        passage.add("capital", word.start, word.end, token.lower(), times=2)
    elif low in NAMES and token.isalpha() and low not in WORDS and len(token) > 2 and not token.isupper():
        passage.add("capital", word.start, word.end, token.lower())
    if token == "I" or token.startswith(("I'", "I’")):
        passage.add("capital", word.start, word.end, "i" + token[1:])
        if word.before == "and":
            word.put("pronoun", "me")


def comparison_mistakes(word):
    """Adds candidates with wrong comparatives and superlatives."""
    low = word.low
    if low in COMPARATIVES:
        word.put("comparison", "more " + low, "more " + COMPARATIVES[low])
    if low in SUPERLATIVES and low != "last":
        word.put("comparison", "most " + low)
        if low not in ("best", "worst"):
            word.put("comparison", "most " + SUPERLATIVES[low])
    if low == "than" and word.before in COMPARATIVES:
        word.put("comparison", "then", "as", "that")
    if low == "as" and word.before2 == "as" and word.before in WORDS:
        word.put("comparison", "like", "than")


def word_mistakes(word):
    """Adds the other candidates for a single word."""
    _since(word)
    _adverb(word)
    _pronoun(word)
    _spelling(word)
    _doubled_or_missing(word)
    if word.low in NOUNS and word.token.islower() and word.before in ("the", "a", "my", "our") and len(word.low) > 3:
        # A random capital, for half of the nouns.
        if len(word.low) % 2:
            word.passage.add("capital", word.start, word.end, word.token.capitalize())


def _since(word):
    passage = word.passage
    if word.low == "for" and passage.low(word.at + 2) in _PERIODS and word.preceded_by(HAVE, 8):
        word.put("since", "since", times=4)
    if word.low == "since" and _POINT_IN_TIME.match(passage.text, word.end):
        word.put("since", "for", "from", "for")


def _adverb(word):
    low, before, after = word.low, word.before, word.after
    after_verb = any(before in words for words in (PAST, THIRD, VERBS, GERUND, OBJECTS.values()))
    if low in ADVERBS and low not in _FIXED_ADVERBS and after_verb and not after.endswith("ed"):
        word.put("adverb", ADVERBS[low], times=2)
    if low in ADVERBS.values() and before in BE and f"{low}ly" in ADVERBS and after not in NOUNS:
        word.put("adverb", low + "ly")


def _pronoun(word):
    low, before = word.low, word.before
    if low in OBJECTS and before == "and" and word.before2:
        word.put("pronoun", OBJECTS[low])
    if low in _SUBJECTS and before in _BEFORE_OBJECT:
        word.put("pronoun", _SUBJECTS[low])
    if low == "who" and before in _PEOPLE:
        word.put("pronoun", "which")
    if low == "which" and before in _THINGS:
        word.put("pronoun", "who")
    recent = word.passage.lows[max(0, word.at - 4) : word.at]
    if low in _NEGATIVES and any(other.endswith("n't") or other in ("not", "never") for other in recent):
        word.put("negation", _NEGATIVES[low])


def _spelling(word):
    low, passage = word.low, word.passage
    word.put("spelling", *_MISSPELLINGS.get(low, ()))
    word.put("confused" if low in COMMON else "confused_rare", *CONFUSABLES.get(low, ()))
    if len(low) > 3 and low.isalpha() and low in TYPED:
        passage.candidates["typing"].append((word.start, word.end, None))
    if "'" in low and not low.endswith("s'"):
        bare = word.token.replace("'", "").replace("’", "")
        passage.add("apostrophe", word.start, word.end, bare, times=1 if low in _CONTRACTIONS_LIKE_WORDS else 2)
    if low in ("very", "so") and word.after in COMPARATIVES:
        word.put("intense", "much more")


def _doubled_or_missing(word):
    low, before = word.low, word.before
    if low in _DOUBLED and word.follows and word.after:
        word.passage.add("doubled", word.start, word.end, f"{word.token} {low}")
    if low == "of" and before in _BEFORE_OF and word.follows:
        word.drop("missing")
    if low in ("be", "been") and (before in MODALS or before in HAVE) and word.follows:
        word.drop("missing")
