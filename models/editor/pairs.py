"""Keeps the teacher's rewrites that pass every check: length, names, numbers, speaker, tone, and both samples alike."""

import re
from dataclasses import dataclass

import inflected_pairs
from passages import clean
from wording import content, names, numbers, share, similarity

_COMMENT = re.compile(
    r"^(?:sure|certainly|here(?:'s| is)|i'm sorry|sorry|i apologi[sz]e"
    r"|thank you for (?:reaching|your (?:message|email|question))"
    r"|the (?:passage|text|author|writer|speaker)|this (?:passage|text)|it (?:seems|appears) that you"
    r"|i understand|i appreciate|as an)\b",
    re.I,
)
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|neither|cannot|without|unable)\b|n['’]t\b", re.I)
# What a text in the tone no longer has.
_OFF_TONE = {
    "formal": re.compile(r"!|\b(?:\w+n['’]t|I['’]m|it['’]s|gonna|wanna|guys|hey|super|awesome)\b", re.I),
    "neutral": re.compile(r"!"),
    "confident": re.compile(
        r"\b(?:think|maybe|perhaps|might|sort of|kind of|seems|possibly|probably|not sure|unsure|could be)\b", re.I
    ),
}
# Lenient: "me" within "some" counts as well, and "I" at the start of any word.
_FIRST_PERSON = re.compile(r"\bI|me|my")
_FIRST_PERSON_SUBJECT = re.compile(r"\bI")
_FIRST_PERSON_KEPT = re.compile(r"\bI|[Mm]y|[Mm]e|[Ww]e\b")
_SECOND_PERSON = re.compile(r"\b[Yy]ou")
_REGRET = re.compile(r"I(?:'m| am) (?:sorry|afraid)")


@dataclass(frozen=True)
class Limits:
    """
    What a rewrite by an action may be.
    @param shortest, longest length over the source's
    @param kept least share of the source's content words that the target keeps
    @param own least share of the target's content words that are the source's
    @param whole whether all numbers, names and negations stay
    @param agreement least similarity of the two samples
    """

    shortest: float
    longest: float
    kept: float
    own: float
    whole: bool = True
    agreement: float = 0.4


LIMITS = {
    "rewrite": Limits(0.7, 1.35, 0.45, 0.55, agreement=0.25),
    "shorten": Limits(0.25, 0.8, 0.3, 0.85, whole=False),
    "expand": Limits(1.35, 3.2, 0.75, 0.3, agreement=0.1),
    "simplify": Limits(0.5, 1.8, 0.28, 0.28, agreement=0.25),
    "formal": Limits(0.55, 1.7, 0.4, 0.5),
    "friendly": Limits(0.6, 2.2, 0.5, 0.5, agreement=0.35),
    "confident": Limits(0.3, 1.02, 0.5, 0.85),
    "neutral": Limits(0.4, 1.15, 0.45, 0.65),
    "summarise": Limits(0.1, 0.6, 0.12, 0.8, whole=False, agreement=0.3),
}
# Every action that accepted() knows.
ACTIONS = (*LIMITS, *inflected_pairs.ACTIONS)
# Of these, one good sample is enough.
_ONE_SAMPLE = ("summarise", "expand", "simplify")
# Of these, the sample that changes more is the better one; of the others, the one that adds less.
_BOLD = ("formal", "friendly", "simplify", "neutral", "rewrite")


def accepted(action, source, targets):
    """The best target, or None."""
    if action in inflected_pairs.ACTIONS:
        return inflected_pairs.accepted_inflection(action, source, targets[0]) if len(set(targets)) <= 2 else None
    good = [target for target in map(str.strip, targets) if _is_good(action, source, target)]
    if not good or len(good) < 2 <= len(targets) and action not in _ONE_SAMPLE:
        return None
    if len(good) == 2 and similarity(*good) < LIMITS[action].agreement:
        return None
    if action in _BOLD:
        return min(good, key=lambda target: similarity(source, target))
    source_content = content(source)
    return max(good, key=lambda target: share(content(target), source_content))


def _is_good(action, source, target):
    return (
        _has_form(LIMITS[action], source, target)
        and _keeps_facts(LIMITS[action], action, source, target)
        and _keeps_persons(action, source, target)
        and _has_tone(action, source, target)
    )


def _has_form(limits, source, target):
    """Length, a finished sentence, no comment and no formatting."""
    if not clean(target) or not limits.shortest <= len(target) / len(source) <= limits.longest:
        return False
    if _COMMENT.match(target) and not _COMMENT.match(source):
        return False
    if target == source or target[-1] not in '.!?”"' or len(target.split()) < 3:
        return False
    return not ("\n" in target and "\n" not in source or "#" in target or "**" in target)


def _keeps_facts(limits, action, source, target):
    """Numbers, names, content words and negation."""
    before, after = numbers(source), numbers(target)
    if set(after) - set(before) or limits.whole and after != before:
        return False
    source_names = names(source)
    lost = {name for name in source_names if name not in target}
    if limits.whole and lost or len(lost) > 0.6 * len(source_names):
        return False
    if any(name.lower() not in source.lower() for name in names(target)):
        return False
    first, second = content(source), content(target)
    if share(first, second) < limits.kept or share(second, first) < limits.own:
        return False
    negated = limits.whole and action != "confident"
    return not (negated and bool(_NEGATION.search(source)) != bool(_NEGATION.search(target)))


def _keeps_persons(action, source, target):
    """Speaker and reader: an answer to a message has other persons than the message."""
    if action in ("formal", "friendly", "neutral") and _persons(source) - _persons(target):
        return False
    regrets = action == "friendly" and _REGRET.match(target)
    if not _FIRST_PERSON.search(source) and _FIRST_PERSON.search(target) and not regrets:
        return False
    if action != "friendly" and not _SECOND_PERSON.search(source) and _SECOND_PERSON.search(target):
        return False
    speaks = action in ("neutral", "formal", "expand", "simplify", "rewrite") and _FIRST_PERSON_SUBJECT.search(source)
    return not (speaks and not _FIRST_PERSON_KEPT.search(target))


def _persons(text):
    found = set(re.findall(r"[a-z]+", text.lower()))
    return {person for person, forms in (("I", {"i", "my", "me"}), ("you", {"you", "your"})) if found & forms}


def _has_tone(action, source, target):
    keeps_questions = action in ("formal", "neutral", "simplify", "rewrite", "confident")
    if keeps_questions and ("?" in target) != ("?" in source):
        return False
    if action in _OFF_TONE and _OFF_TONE[action].search(target):
        return False
    return action != "simplify" or _longest_sentence(target) <= 24


def _longest_sentence(text):
    return max(len(part.split()) for part in re.split(r"[.!?]", text))
