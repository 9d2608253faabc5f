"""What of a text's wording two texts share: content words, numbers, names, and the words that differ."""

import difflib
import re

_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+(?:[.,:]\d+)*|[^\w\s]")
_STOP_WORDS = set("""
    a an the this that these those and or but so if of to in on at for with from by as is are was were be been being have
    has had do does did will would can could should may might must no not it its he she they we you i his her their our
    your my me him them us there here which who what when where how than then very just also
    """.split())


def content(text):
    """The first five letters of each content word."""
    return {word.lower()[:5] for word in re.findall(r"[A-Za-z]{3,}", text) if word.lower() not in _STOP_WORDS}


def numbers(text):
    """All numbers, sorted."""
    return sorted(re.findall(r"\d+(?:[.,:]\d+)*", text))


def names(text):
    """Capitalised words within sentences."""
    return set(re.findall(r"(?<=[a-z,;] )[A-Z][a-zA-Z]+", text)) - {"I"}


def share(part, whole):
    """The share of one set that is in another."""
    return len(part & whole) / max(1, len(part))


def similarity(first, second):
    """difflib's ratio over words split at spaces, 0 to 1."""
    return difflib.SequenceMatcher(None, first.split(), second.split()).ratio()


def words(text):
    """Words, numbers and punctuation marks."""
    return _WORD.findall(text)


def changes(source, target):
    """Differing words as (source words, target words)."""
    first, second = words(source), words(target)
    blocks = difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return [(first[a:b], second[c:d]) for kind, a, b, c, d in blocks if kind != "equal"]
