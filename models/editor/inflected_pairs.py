"""Checks rewrites into another tense or person: nothing may differ but forms of the same verb or pronoun."""

from english import GERUND, PARTICIPLE, PAST, PLURALS, THIRD, VERBS
from wording import changes, words

ACTIONS = ("past", "present", "third")
_IRREGULAR = {}
for _base, _forms in {
    "be": "be is are was were am been being isn't aren't wasn't weren't",
    "have": "have has had haven't hasn't hadn't",
    "do": "do does did don't doesn't didn't",
    "will": "will would won't wouldn't",
    "can": "can could can't couldn't",
    "may": "may might",
    "it's": "it's it'd",
    "i'm": "i'm i",
    "today": "today that",
    "now": "now then",
}.items():
    for _form in _forms.split():
        _IRREGULAR.setdefault(_form, set()).add(_base)
# Pronouns of one case.
_PERSONS = [
    set("""
        i she he they we you i'm i've i'd i'll she's she'd she'll they're they've we're we've they'll they'd we'll we'd
        """.split()),
    {"me", "her", "him", "them", "us"},
    {"my", "her", "his", "their", "our"},
    {"mine", "hers", "his", "theirs", "ours"},
    {"myself", "herself", "himself", "themselves", "ourselves"},
]
_FINITE_PRESENT = {"is", "are", "has", "does", "am", "it's", "can", "don't", "doesn't", "isn't", "may", "will"}
_FINITE_PAST = {"was", "were", "had", "did", "could", "didn't"}
_SUBJECTS = ("he", "she", "it", "they", "we", "i", "you", "and")
_FIRST_PERSON = {"i", "my", "me", "we", "our", "us", "i'm", "i've", "myself"}


def accepted_inflection(action, source, target):
    """The target without outer spaces if it is the source in the other tense or person, else None."""
    stripped = target.strip()
    if not target or stripped == source.strip() or "\n\n" in target and "\n" not in source:
        return None
    if _is_incomplete(action, stripped):
        return None
    for before, after in changes(source, stripped):
        if len(before) != len(after):
            return None
        if not all(_corresponds(action, one, other) for one, other in zip(before, after)):
            return None
    return stripped


def _plain(word):
    return word.lower().replace("’", "'")


def _corresponds(action, word, other):
    first, second = _plain(word), _plain(other)
    if _lemmas(first) & _lemmas(second):
        return True
    return action == "third" and any(first in group and second in group for group in _PERSONS)


def _lemmas(word):
    """Base forms that a word may belong to."""
    found = {table[word] for table in (THIRD, PAST, PARTICIPLE, GERUND) if word in table}
    if word in VERBS:
        found.add(word)
    return found | _IRREGULAR.get(word, set())


def _is_incomplete(action, target):
    """Whether a verb or a pronoun was forgotten. Texts with speech, which keeps its tense, are not checked."""
    lows = [_plain(word) for word in words(target)]
    if '"' in target or "“" in target:
        return False
    if action == "past":
        return any(low in _FINITE_PRESENT or low in THIRD and low not in PLURALS for low in lows)
    if action == "present":
        past_verb = lambda at, low: low in PAST and low not in VERBS and at and lows[at - 1] in _SUBJECTS
        return any(low in _FINITE_PAST or past_verb(at, low) for at, low in enumerate(lows))
    return bool(_FIRST_PERSON & set(lows))
