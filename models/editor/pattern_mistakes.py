"""Mistakes found by regular expressions: apostrophes, questions, punctuation and collocations."""

import re

from english import DETERMINERS, PAST, PRONOUNS, THIRD, VERBS, words_of
from tables import replacements
from typing_slips import match_case
from word_mistakes import CONFUSABLES

# Collocations, and confusables of several words.
_COLLOCATIONS = [
    (right, re.compile(rf"\b{re.escape(right)}\b"), wrong)
    for right, wrong in [
        *replacements("collocations").items(),
        *(entry for entry in CONFUSABLES.items() if " " in entry[0]),
    ]
]
_WITH_IS = words_of("it he she that what who let there here where how")
_INTRODUCTION = re.compile(
    r"(?:(?<=[.!?] )|^|(?<=\n))"
    r"(However|Therefore|Moreover|Furthermore|Finally|Firstly|Secondly|Meanwhile|Unfortunately|Nevertheless|In addition"
    r"|For example|In conclusion|As a result|On the other hand|After that|Of course|In fact|Suddenly|Yes|No|Well|Overall"
    r"|Hi \w+|Dear \w+|If [^,.!?\n]{8,50}|When [^,.!?\n]{8,50}|Although [^,.!?\n]{8,50}|Because [^,.!?\n]{8,50}"
    r"|As [^,.!?\n]{8,40}),"
)
_QUESTION_WORD = r"what|how|why|when"
_QUANTITY_WORD = r"how much|how many \w+|what time|which \w+|how long"
_EMBEDDED_WITH_AUXILIARY = re.compile(
    r"\b(know|wonder|wondered|tell me|tell us|asked|ask|remember|understand|explain|sure|idea|see|told me|find out)"
    rf" (where|{_QUESTION_WORD}|who|{_QUANTITY_WORD})"
    r" ((?:the |my |your |our |their )?[A-Za-z]+(?: [a-z]+)?)"
    r" (is|are|was|were|can|will|should|has)\b"
)
_EMBEDDED_WITH_VERB = re.compile(
    r"\b(know|wonder|tell me|asked|remember|understand|explain|idea|sure)"
    rf" (where|{_QUESTION_WORD}|{_QUANTITY_WORD})"
    r" (he|she|it|they|we|you|I|the [a-z]+|my [a-z]+|your [a-z]+)"
    r" ([a-z]+)\b"
)
_DIRECT_QUESTION = re.compile(
    r"\b(Where|What|When|Why|How|Who) (do|does|did|is|are|was|were|can|will) (you|he|she|it|they|we|I)\b"
)
_CLAUSE_START = (
    PRONOUNS | DETERMINERS | words_of("there then nobody everyone it's that's however he'd she'd we'd they'd i'm")
)


def pattern_mistakes(passage):
    """Adds candidates to a passage of mistake_candidates.py."""
    _possessives(passage)
    _questions(passage)
    _sentences(passage)
    _speech(passage)
    _spaces_and_commas(passage)
    lowered = passage.text.lower().replace("’", "'")
    for right, expression, wrong in _COLLOCATIONS:
        if right in lowered:
            for match in expression.finditer(lowered):
                model = passage.text[match.start()]
                passage.add("company", *match.span(), *(match_case(model, other) for other in wrong))


def _possessives(passage):
    for match in re.finditer(r"\b([A-Za-z]{2,})(['’])s\b", passage.text):
        if match.group(1).lower() not in _WITH_IS:
            passage.add("apostrophe", *match.span(2), "", times=2)
            passage.add("apostrophe", match.start(2), match.end(), "s" + match.group(2))
    for match in re.finditer(r"\b([a-z]+s)(['’])(?=\s[a-z])", passage.text):
        passage.add("apostrophe", *match.span(2), "")


def _questions(passage):
    """Wrong word order in embedded and direct questions."""
    for match in _EMBEDDED_WITH_AUXILIARY.finditer(passage.text):
        subject = match.group(3)
        if subject.split()[0].lower() in DETERMINERS | PRONOUNS or " " not in subject:
            passage.add("question", match.start(3), match.end(), f"{match.group(4)} {subject}", times=4)
    for match in _EMBEDDED_WITH_VERB.finditer(passage.text):
        auxiliary, base = _do_support(match.group(4))
        if auxiliary:
            passage.add("question", match.start(3), match.end(), f"{auxiliary} {match.group(3)} {base}", times=4)
    for match in _DIRECT_QUESTION.finditer(passage.text):
        passage.add("question", match.start(2), match.end(), f"{match.group(3)} {match.group(2)}")
        if match.group(2) in ("do", "does", "did"):
            passage.add("question", match.start(2), match.end(2) + 1, "")


def _do_support(verb):
    if verb in THIRD:
        return "does", THIRD[verb]
    if verb in PAST:
        return "did", PAST[verb]
    return ("do", verb) if verb in VERBS else (None, None)


def _sentences(passage):
    """Comma splices, missing full stops and capitals, missing commas."""
    text, words = passage.text, passage.text.split()
    for match in _INTRODUCTION.finditer(text):
        passage.add("comma", match.end() - 1, match.end(), "", times=2)
    for match in re.finditer(r"(?<=[a-z])([.;])(\s)([A-Za-z][\w'’]*)", text):
        end, space, first = match.groups()
        if end == ";" or first.lower() in _CLAUSE_START:
            first_person = first[0] == "I" and first.lower() in ("i", "i'm", "i've", "i'll", "i'd")
            lowered = first if first_person else _lower_first(first)
            passage.add("splice", *match.span(), f",{space}{lowered}", times=2)
            if space == " ":
                passage.add("splice", *match.span(), f" {lowered}")
        if end == "." and first[0].isupper() and not first.startswith("I"):
            passage.add("capital", *match.span(3), _lower_first(first))
    if re.search(r"[a-z][.!]$", text) and len(words) > 4:
        passage.add("end", len(text) - 1, len(text), "", times=2)
    if text[:1].isupper() and len(words) > 3 and words[0] not in ("I", "I'm", "I've"):
        passage.add("capital", 0, 1, text[0].lower(), times=2)
    for match in re.finditer(r"(?<=[a-z])\?", text):
        last = match.end() == len(text) or text[match.end()] in '"”'
        passage.add("end", *match.span(), ".", "" if last else ".")


def _speech(passage):
    """Missing or misplaced punctuation at quotation marks."""
    text = passage.text
    for match in re.finditer(r"(?<=[a-z])([,?!.])([\"”])", text):
        mark, quote = match.groups()
        if mark in ",?":
            passage.add("dialogue", *match.span(), quote)
        if mark == ",":
            passage.add("dialogue", *match.span(), quote + ",")
    for match in re.finditer(r"(?<=[a-z])([\"”])(?=\s[a-z]+ (?:said|asked|whispered|replied)|$)", text):
        if match.group() == "”" and text.count("”") > 1:
            passage.add("dialogue", *match.span(), "")
    for match in re.finditer(r"(\bsaid|\basked|\breplied|\bwhispered), (?=[\"“])", text):
        passage.add("dialogue", match.end(1), match.end() - 1, "")


def _spaces_and_commas(passage):
    text = passage.text
    for match in re.finditer(r"(?<=[a-z]),(?= (?:and|but|who|which|so) )", text):
        passage.add("stray", *match.span(), " ,")
    for match in re.finditer(r"(?<=[a-z])([,.]) (?=[A-Za-z])", text):
        passage.add("stray", *match.span(), f" {match.group(1)} ", match.group(1))
    for match in re.finditer(
        r"\b(?:think|believe|said|know|hope|sure|told me|says)( )(?=that\b)|(?<=[a-z])( )(?=because\b)", text
    ):
        passage.add("stray", *match.span(match.lastindex), ", ")
    for match in re.finditer(r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Tt]heir) [a-z]+( )(?=(?:is|are|was|were|has|have) )", text):
        passage.add("stray", *match.span(1), ", ")


def _lower_first(text):
    return text[0].lower() + text[1:]
