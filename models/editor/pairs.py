"""Keeps the teacher's rewrites that passed every check: length, names, numbers, no comment, both samples alike."""

import difflib
import re

from passages import clean
from english import GERUND, PARTICIPLE, PAST, PLURALS, THIRD, VERBS

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+(?:[.,:]\d+)*|[^\w\s]")
_STOP = set(
    "a an the this that these those and or but so if of to in on at for with from by as is are was were be been being have has had do does did will would can could should may might must not no it its he she they we you i his her their our your my me him them us there here which who what when where how than then very just also".split()
)
_COMMENT = re.compile(
    r"^(?:sure|certainly|here(?:'s| is)|i'm sorry|sorry|i apologi[sz]e|thank you for (?:reaching|your (?:message|email|question))|the (?:passage|text|author|writer|speaker)|this (?:passage|text)|it (?:seems|appears) that you|i understand|i appreciate|as an)\b",
    re.I,
)
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|neither|cannot|without|unable)\b|n['’]t\b", re.I)


def content(text):
    """Stems of a text's content words."""
    return {word.lower()[:5] for word in re.findall(r"[A-Za-z]{3,}", text) if word.lower() not in _STOP}


def numbers(text):
    return sorted(re.findall(r"\d+(?:[.,:]\d+)*", text))


def names(text):
    """Capitalised words within sentences."""
    return set(re.findall(r"(?<=[a-z,;] )[A-Z][a-zA-Z]+", text)) - {"I"}


def share(part, whole):
    return len(part & whole) / max(1, len(part))


# Action: least and most length over the source's, least share of the source's words kept, least share of the target's
# words that the source has, whether all numbers and names stay.
_LIMITS = {
    "rewrite": (0.7, 1.35, 0.45, 0.55, True),
    "shorten": (0.25, 0.8, 0.3, 0.85, False),
    "expand": (1.35, 3.2, 0.75, 0.3, True),
    "simplify": (0.5, 1.8, 0.28, 0.28, True),
    "formal": (0.55, 1.7, 0.4, 0.5, True),
    "friendly": (0.6, 2.2, 0.5, 0.5, True),
    "confident": (0.3, 1.02, 0.5, 0.85, True),
    "neutral": (0.4, 1.15, 0.45, 0.65, True),
    "summarise": (0.1, 0.6, 0.12, 0.8, False),
}


def accepted(action, source, targets):
    """The best target, or None."""
    if action in ("past", "present", "third"):
        return _aligned(action, source, targets[0] if len(set(targets)) <= 2 else None)
    least, most, kept, own, whole = _LIMITS[action]
    source_content, source_names = content(source), names(source)
    good = []
    for target in targets:
        target = target.strip()
        ratio = len(target) / len(source)
        if not clean(target) or not least <= ratio <= most or _COMMENT.match(target) and not _COMMENT.match(source):
            continue
        if target == source or target[-1] not in ".!?”\"":
            continue
        if "\n" in target and "\n" not in source or "#" in target or "**" in target:
            continue
        if set(numbers(target)) - set(numbers(source)) or whole and numbers(target) != numbers(source):
            continue
        lost = {name for name in source_names if name not in target}
        new = {name for name in names(target) if name not in source and name.lower() not in source.lower()}
        if new or whole and lost or len(lost) > 0.6 * len(source_names):
            continue
        if share(source_content, content(target)) < kept or share(content(target), source_content) < own:
            continue
        if whole and action != "confident" and bool(_NEGATION.search(source)) != bool(_NEGATION.search(target)):
            continue
        if action in ("formal", "neutral", "simplify", "rewrite", "confident") and ("?" in target) != ("?" in source):
            continue
        if action in ("formal", "friendly", "neutral") and _addressed(source) - _addressed(target):
            continue
        speaks = lambda text, word: re.search(rf"\b{word}\b", text)
        if not speaks(source, "I|I'm|me|my|I've") and speaks(target, "I|I'm|me|my|I've") and not (action == "friendly" and re.match(r"I(?:'m| am) (?:sorry|afraid)", target)):
            continue
        if (speaks(source, "[Yy]ou|[Yy]our") is None) and speaks(target, "[Yy]ou|[Yy]our") and action not in ("friendly",):
            continue
        if speaks(source, "I|I'm|I've") and not speaks(target, "I|I'm|I've|[Mm]y|[Mm]e|[Ww]e") and action in ("neutral", "formal", "expand", "simplify", "rewrite"):
            continue
        if action == "formal" and re.search(r"!|\b(?:\w+n['’]t|I['’]m|it['’]s|gonna|wanna|guys|hey|super|awesome)\b", target, re.I):
            continue
        if action == "neutral" and "!" in target:
            continue
        if action == "confident" and re.search(r"\b(?:think|maybe|perhaps|might|sort of|kind of|seems|possibly|probably|not sure|unsure|could be)\b", target, re.I):
            continue
        if action == "simplify" and longest_sentence(target) > 24:
            continue
        if len(target.split()) < 3:
            continue
        good.append(target)
    if not good or len(targets) > 1 and len(good) < 2 and action not in ("summarise", "expand", "simplify"):
        return None
    if len(good) == 2 and difflib.SequenceMatcher(None, good[0].split(), good[1].split()).ratio() < _AGREEMENT.get(action, 0.4):
        return None
    # The bolder of the two for tone, the more careful one elsewhere.
    if action in ("formal", "friendly", "simplify", "neutral", "rewrite"):
        return min(good, key=lambda target: difflib.SequenceMatcher(None, source.split(), target.split()).ratio())
    return max(good, key=lambda target: share(content(target), source_content))


def _addressed(text):
    """Who speaks and who is spoken to: an answer to a message has other persons than the message."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return {person for person, own in (("I", {"i", "my", "me"}), ("you", {"you", "your"})) if words & own}


_AGREEMENT = {"expand": 0.1, "summarise": 0.3, "simplify": 0.25, "rewrite": 0.25, "friendly": 0.35}


def longest_sentence(text):
    return max(len(part.split()) for part in re.split(r"[.!?]", text))


def lemmas(word):
    """Base forms that a word may belong to."""
    word = word.lower().replace("’", "'")
    found = {table[word] for table in (THIRD, PAST, PARTICIPLE, GERUND) if word in table}
    if word in VERBS:
        found.add(word)
    return found | _IRREGULAR.get(word, set())


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
_PERSONS = [
    {"i", "she", "he", "they", "we", "you", "i'm", "i've", "i'd", "i'll", "she's", "she'd", "she'll", "they're", "they've", "we're", "we've", "they'll", "they'd", "we'll", "we'd"},
    {"me", "her", "him", "them", "us"},
    {"my", "her", "his", "their", "our"},
    {"mine", "hers", "his", "theirs", "ours"},
    {"myself", "herself", "himself", "themselves", "ourselves"},
]


def changes(source, target):
    """Differing words as (source words, target words)."""
    first, second = _WORD.findall(source), _WORD.findall(target)
    blocks = difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [(first[a:b], second[c:d]) for kind, a, b, c, d in blocks if kind != "equal"]


def _aligned(action, source, target):
    """Tense and person: only forms of the same verb or person differ."""
    if not target or target.strip() == source.strip() or "\n\n" in target and "\n" not in source:
        return None
    target = target.strip()
    different = changes(source, target)
    if _left_over(action, target):
        return None
    for before, after in different:
        if len(before) != len(after):
            return None
        for one, other in zip(before, after):
            low, low2 = one.lower().replace("’", "'"), other.lower().replace("’", "'")
            same_verb = bool(lemmas(one) & lemmas(other))
            same_person = action == "third" and any(low in group and low2 in group for group in _PERSONS)
            if not (same_verb or same_person):
                return None
    return target


def _left_over(action, target):
    """Whether a verb or a pronoun was forgotten."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(target)]
    if '"' in target or "“" in target:
        return False
    if action == "past":
        finite = {"is", "are", "has", "does", "am", "it's", "can", "don't", "doesn't", "isn't", "may", "will"}
        return any(word in finite or word in THIRD and word not in PLURALS for word in words)
    if action == "present":
        after_person = lambda at: at and words[at - 1] in ("he", "she", "it", "they", "we", "i", "you", "and")
        return any(
            word in ("was", "were", "had", "did", "could", "didn't") or word in PAST and word not in VERBS and after_person(at)
            for at, word in enumerate(words)
        )
    return action == "third" and any(word in ("i", "my", "me", "we", "our", "us", "i'm", "i've", "myself") for word in words)
