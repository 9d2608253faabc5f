"""Mistakes that patterns find: apostrophes, questions, punctuation, fixed company."""

import re

from english import (
    DETERMINERS,
    PAST,
    PRONOUNS,
    THIRD,
    VERBS,
    words_of,
)
from mistakes import COLLOCATIONS, CONFUSED
from typing_slips import like

INTRODUCTIONS = re.compile(
    r"(?:(?<=[.!?] )|^|(?<=\n))(However|Therefore|Moreover|Furthermore|Finally|Firstly|Secondly|Meanwhile|Unfortunately|Nevertheless|In addition|For example|In conclusion|As a result|On the other hand|After that|Of course|In fact|Suddenly|Yes|No|Well|Overall|Hi \w+|Dear \w+|If [^,.!?\n]{8,50}|When [^,.!?\n]{8,50}|Although [^,.!?\n]{8,50}|Because [^,.!?\n]{8,50}|As [^,.!?\n]{8,40}),",
)  # fmt: skip
_COMPANY = [(right, re.compile(r"\b" + re.escape(right) + r"\b"), wrong) for right, wrong in COLLOCATIONS if right not in ("not yet", "still not", "very good", "did the", "last night", "no longer")]
_JOINED = [(right, re.compile(r"\b" + re.escape(right) + r"\b"), wrong) for right, wrong in CONFUSED.items() if " " in right]
_COMPANY += _JOINED


def by_pattern(p):
    """Adds the mistakes to a passage of corrupt.py."""
    text = p.text
    for match in re.finditer(r"\b([A-Za-z]{2,})(['’])s\b", text):
        if match.group(1).lower() not in words_of("it he she that what who let there here where how"):
            p.span("apostrophe", match.start(2), match.end(2), "")
            p.span("apostrophe", match.start(2), match.end(2), "")
            p.span("apostrophe", match.start(2), match.end(), "s" + match.group(2))
    for match in re.finditer(r"\b([a-z]+s)(['’])(?=\s[a-z])", text):
        p.span("apostrophe", match.start(2), match.end(2), "")
    # Embedded and direct questions.
    for match in re.finditer(r"\b(know|wonder|wondered|tell me|tell us|asked|ask|remember|understand|explain|sure|idea|see|told me|find out) (where|what|how|why|when|who|how much|how many \w+|what time|which \w+|how long) ((?:the |my |your |our |their )?[A-Za-z]+(?: [a-z]+)?) (is|are|was|were|can|will|should|has)\b", text):
        subject = match.group(3)
        if subject.split()[0].lower() in DETERMINERS | PRONOUNS or " " not in subject:
            for _ in range(4):
                p.span("question", match.start(3), match.end(), f"{match.group(4)} {subject}")
    for match in re.finditer(r"\b(know|wonder|tell me|asked|remember|understand|explain|idea|sure) (where|what|how|why|when|how much|how many \w+|what time|which \w+|how long) (he|she|it|they|we|you|I|the [a-z]+|my [a-z]+|your [a-z]+) ([a-z]+)\b", text):
        verb = match.group(4)
        helper, base = ("does", THIRD[verb]) if verb in THIRD else ("did", PAST[verb]) if verb in PAST else ("do", verb) if verb in VERBS else (None, None)
        if helper:
            for _ in range(4):
                p.span("question", match.start(3), match.end(), f"{helper} {match.group(3)} {base}")
    for match in re.finditer(r"\b(Where|What|When|Why|How|Who) (do|does|did|is|are|was|were|can|will) (you|he|she|it|they|we|I)\b", text):
        p.span("question", match.start(2), match.end(), f"{match.group(3)} {match.group(2)}")
        if match.group(2) in ("do", "does", "did"):
            p.span("question", match.start(2), match.end(2) + 1, "")
    # Punctuation.
    for match in INTRODUCTIONS.finditer(text):
        p.span("comma", match.end() - 1, match.end(), "")
        p.span("comma", match.end() - 1, match.end(), "")
    for match in re.finditer(r"(?<=[a-z])([.;])(\s)([A-Za-z][\w'’]*)", text):
        first = match.group(3)
        if match.group(1) == ";" or first.lower() in PRONOUNS | DETERMINERS | words_of("there then nobody everyone it's that's however he'd she'd we'd they'd i'm"):
            lowered = first if first.startswith("I") and first.lower() in ("i", "i'm", "i've", "i'll", "i'd") else first[0].lower() + first[1:]
            p.span("splice", match.start(), match.end(), f",{match.group(2)}{lowered}")
            p.span("splice", match.start(), match.end(), f",{match.group(2)}{lowered}")
            if match.group(2) == " ":
                p.span("splice", match.start(), match.end(), f" {lowered}")
        if match.group(1) == "." and first[0].isupper() and not first.startswith("I"):
            p.span("capital", match.start(3), match.end(), first[0].lower() + first[1:])
    if re.search(r"[a-z][.!]$", text) and len(text.split()) > 4:
        p.span("end", len(text) - 1, len(text), "")
        p.span("end", len(text) - 1, len(text), "")
    if text[:1].isupper() and len(text.split()) > 3 and text.split()[0] not in ("I", "I'm", "I've"):
        p.span("capital", 0, 1, text[0].lower())
        p.span("capital", 0, 1, text[0].lower())
    for match in re.finditer(r"(?<=[a-z])\?", text):
        p.span("end", match.start(), match.end(), ".")
        p.span("end", match.start(), match.end(), "" if match.end() == len(text) or text[match.end()] in "\"”" else ".")
    for match in re.finditer(r"(?<=[a-z])([,?!.])([\"”])", text):
        p.span("dialogue", match.start(), match.end(), match.group(2)) if match.group(1) in ",?" else None
        p.span("dialogue", match.start(), match.end(), match.group(2) + ",") if match.group(1) == "," else None
    for match in re.finditer(r"(?<=[a-z])([\"”])(?=\s[a-z]+ (?:said|asked|whispered|replied)|$)", text):
        p.span("dialogue", match.start(), match.end(), "") if text.count(match.group()) > 1 and match.group() == "”" else None
    for match in re.finditer(r"(\bsaid|\basked|\breplied|\bwhispered), (?=[\"“])", text):
        p.span("dialogue", match.end(1), match.end() - 1, "")
    for match in re.finditer(r"(?<=[a-z]),(?= (?:and|but|who|which|so) )", text):
        p.span("stray", match.start(), match.end(), " ,")
    for match in re.finditer(r"(?<=[a-z])([,.]) (?=[A-Za-z])", text):
        p.span("stray", match.start(), match.end(), f" {match.group(1)} ")
        p.span("stray", match.start(), match.end(), match.group(1))
    for match in re.finditer(r"\b(?:think|believe|said|know|hope|sure|told me|says)( )(?=that\b)|(?<=[a-z])( )(?=because\b)", text):
        p.span("stray", match.start(match.lastindex), match.end(match.lastindex), ", ")
    for match in re.finditer(r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Tt]heir) [a-z]+( )(?=(?:is|are|was|were|has|have) )", text):
        p.span("stray", match.start(1), match.end(1), ", ")
    lowered = text.lower().replace("’", "'")
    for right, expression, wrong in _COMPANY:
        if right not in lowered:
            continue
        for match in expression.finditer(lowered):
            for other in wrong:
                p.span("company", match.start(), match.end(), like(text[match.start()], other))
