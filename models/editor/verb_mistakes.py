"""Mistakes with verbs: agreement, infinitives, participles and tense."""

from english import (
    ADVERB_BETWEEN, ADVERBS, BE, DETERMINERS, DO, GERUND, HAVE, MODALS, NAMES, NOUNS, OBJECTS, PARTICIPLE, PAST, PLURALS,
    PREPOSITIONS, PRONOUNS, SINGULAR, SWAPPED_BE, THIRD, VERBS, WORDS_BOTH, words_of,
)  # fmt: skip

_GERUND_AFTER_TO = ("forward", "used", "committed", "dedicated")
_WITH_INFINITIVE = words_of(
    "decided decide want wanted wants need needed needs hope hoped plan planned agreed refused promised tried managed"
)
_BEFORE_TO = ("able", "going", "ready", "happy", "important", "easy", "hard", "likely")
_WITH_BARE_INFINITIVE = ("let", "made", "make", "makes", "lets")
_WITH_GERUND = words_of(
    """enjoy enjoyed enjoys avoid avoided keep kept finish finished suggest suggested mind stopped practise practice
    consider considered imagine risk"""
)


def verb_mistakes(word):
    """Adds candidates to the word's passage."""
    _auxiliary(word)
    _third_person(word)
    if word.follows and word.low in VERBS:
        _base_form(word)
    if word.follows and word.low in GERUND:
        _gerund(word)
    if word.follows and word.low in PARTICIPLE:
        _participle(word)
    if word.low in PAST and word.low not in WORDS_BOTH:
        _past(word)
    _auxiliary_tense(word)


def _after_adverb(word, words):
    """Whether one of the words stands before, or before an adverb."""
    return word.before in words or (word.before in ADVERB_BETWEEN and word.before2 in words)


def _auxiliary(word):
    low, before, after = word.low, word.before, word.after
    if low not in SWAPPED_BE:
        return
    hypothetical = low == "were" and word.preceded_by(("if", "wish", "though"), 6)
    base_form = low == "have" and (before in MODALS or before in ("to", "not") or word.before2 in MODALS)
    if not word.after_subject:
        return
    if not hypothetical and not base_form:
        word.put("agreement", SWAPPED_BE[low], times=2)
    continued = after in GERUND or after in ADVERBS or after in DETERMINERS
    if low in ("is", "are") and not word.passage.narrative and continued:
        word.drop("missing")
    if low in ("was", "were", "has") and after in PARTICIPLE:
        word.drop("missing")


def _third_person(word):
    low, before, after = word.low, word.before, word.after
    if low not in THIRD or not (low not in PLURALS and word.follows or before in SINGULAR):
        return
    object_follows = after in DETERMINERS or after in PREPOSITIONS or after in ("to", "that")
    if (
        before in SINGULAR
        or (word.after_singular and object_follows)
        or (before in ADVERB_BETWEEN and word.before2 in SINGULAR)
    ):
        word.put("agreement", THIRD[low], times=2)


def _base_form(word):
    low, before, before2 = word.low, word.before, word.before2
    third, past, _, gerund = VERBS[low]
    if before in ("they", "we", "i", "you") or (
        word.after_plural and (word.after in DETERMINERS or word.after in PREPOSITIONS)
    ):
        word.put("agreement", third, times=2)
    if before in MODALS or (before in ("not", "also", "always", "never") and before2 in MODALS):
        word.put("form", third, past, gerund, "to " + low)
    elif before in DO or (before2 in ("did", "does", "do") and before in PRONOUNS):
        word.put("form", past, third, past)
    elif before == "to" and before2 not in PREPOSITIONS and before2 not in _GERUND_AFTER_TO:
        word.put("form", gerund, past, third)
        if any(before2 in words for words in (VERBS, PAST, THIRD, NOUNS, _BEFORE_TO)):
            word.previous.drop("missing")
        if before2 in _WITH_INFINITIVE:
            word.put_with_previous("form", gerund)
            word.put_with_previous("form", low)
    elif before in ("let", "let's", "makes", "made", "make") or (
        before in OBJECTS.values() and before2 in _WITH_BARE_INFINITIVE
    ):
        word.put("form", "to " + low, gerund)


def _gerund(word):
    before, base = word.before, GERUND[word.low]
    if _after_adverb(word, BE):
        word.put("form", base, VERBS[base][1])
    elif before in ("of", "for", "by", "without", "after", "before", "from", "about"):
        word.put("form", base, "to " + base)
    elif before in _WITH_GERUND:
        word.put("form", "to " + base, base)
    elif before == "to" and word.before2 in _GERUND_AFTER_TO:
        word.put("form", base, times=2)


def _participle(word):
    low = word.low
    base = PARTICIPLE[low]
    past = VERBS[base][1]
    if _after_adverb(word, HAVE):
        word.put("form", base)
        if past != low:
            word.put("form", past, times=2)
        if past != base + "ed" and not low.endswith("ed"):
            word.put("form", _regular_past(base))
    elif _after_adverb(word, BE):
        if past != low:
            word.put("form", past, times=2)
        word.put("form", base)


def _past(word):
    low, before, after = word.low, word.before, word.after
    base = PAST[low]
    third, _, participle, _ = VERBS[base]
    named = _follows_name(word) and after in DETERMINERS | PREPOSITIONS | {"to", "that"}
    finite = word.after_person or named or (before in NOUNS and after in DETERMINERS | {"that", "at", "into"})
    if not finite:
        return
    if not low.endswith("ed") and len(base) > 2:
        word.put("form", _regular_past(base))
        if participle != low and word.after_person:
            word.put("form", participle, times=2)
    if word.passage.narrative:
        singular = before in ("he", "she", "it") or not word.after_person
        present = third if singular else base
        word.put("tense", present, present, base)


def _auxiliary_tense(word):
    low, before, passage = word.low, word.before, word.passage
    if not passage.narrative:
        return
    if low in ("was", "were") and passage.pasts >= 3 and word.after_subject:
        word.put("tense", "is" if low == "was" and before != "i" else "am" if before == "i" else "are")
    if low == "had" and word.after in PARTICIPLE and word.after_person:
        word.put("tense", "have" if before in ("i", "they", "we", "you") else "has")


def _regular_past(base):
    return base + ("d" if base[-1] == "e" else "ed")


def _follows_name(word):
    return word.at > 0 and word.follows and word.previous.token[0].isupper() and word.previous.low in NAMES
