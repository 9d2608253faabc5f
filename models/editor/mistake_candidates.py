"""A passage's words in context, and the mistakes that could be made at each."""

import re
from dataclasses import dataclass, field

from english import COLLECTIVE, NOUNS, PAST, PLURAL, PLURALS, PRONOUNS, SINGULAR, WORDS_BOTH
from typing_slips import match_case

TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,:/%]*|\s+|.", re.S)
# Code, addresses, link targets and identifiers, which stay as they are.
_PROTECTED = re.compile(
    r"`[^`\n]*`|https?://\S+|\S+@\S+|\]\([^)]*\)|[#@][\w-]+|\w+\(\)|\b\w*[a-z][A-Z]\w*|\b[A-Za-z]+[-_]?\d\w*"
)
_PAST_AUXILIARIES = ("was", "were", "had", "did")
_PRESENT_AUXILIARIES = ("is", "are", "has", "does", "am", "it's", "i'm", "don't")
# A replacement that leaves the words out and capitalises what follows.
CAPITALISE_NEXT = "\0"


@dataclass
class Passage:
    """
    A passage's words, and its candidate mistakes by kind: (start, end, replacement), in characters. The replacement None
    stands for a random misspelling. A candidate that is there twice is drawn twice as often.
    """

    text: str
    candidates: dict
    words: list = field(init=False)

    def __post_init__(self):
        self._protected = [match.span() for match in _PROTECTED.finditer(self.text)]
        tokens = [(match.start(), match.group()) for match in TOKEN.finditer(self.text)]
        found = []
        for index, (start, token) in enumerate(tokens):
            if token[0].isalpha() and not self._is_protected(start):
                follows = index > 1 and tokens[index - 1][1] == " " and tokens[index - 2][1][0].isalnum()
                found.append((start, token, token.lower().replace("’", "'"), follows))
        self._follows = [follows for *_, follows in found]
        self.lows = [low for _, _, low, _ in found]
        self.narrative = self._is_narrative()
        self.words = [
            Word(self, at, start, token, low, follows) for at, (start, token, low, follows) in enumerate(found)
        ]

    def add(self, kind, start, end, *replacements, times=1):
        """Adds candidates for a span, unless it is protected."""
        if not self._is_protected(start):
            for replacement in replacements:
                self.candidates[kind] += [(start, end, replacement)] * times

    def low(self, at):
        """The word in lower case, "" outside the passage."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def before(self, at, back=1):
        """The lower-case word `back` words before, "" across punctuation."""
        if any(at - step < 0 or not self._follows[at - step] for step in range(back)):
            return ""
        return self.low(at - back)

    def after(self, at):
        """The next word in lower case, "" across punctuation."""
        return self.low(at + 1) if self.follows(at + 1) else ""

    def follows(self, at):
        """Whether the word follows another one after a single space."""
        return at < len(self._follows) and self._follows[at]

    def _is_protected(self, at):
        return any(start <= at < end for start, end in self._protected)

    def _is_narrative(self):
        """Whether the passage is in the past tense throughout and quotes nobody."""
        quotes = '"' in self.text or "“" in self.text or re.search(r"(?:^|\s)['‘]\w", self.text)
        self.pasts = sum(low in _PAST_AUXILIARIES or (low in PAST and low not in WORDS_BOTH) for low in self.lows)
        presents = sum(low in _PRESENT_AUXILIARIES for low in self.lows)
        return self.pasts >= 2 and presents == 0 and not quotes


class Word:
    """A word of a passage, its neighbours in lower case ("" across punctuation), and what the one before may be."""

    def __init__(self, passage, at, start, token, low, follows):
        self.passage, self.at, self.token, self.low, self.follows = passage, at, token, low, follows
        self.start, self.end = start, start + len(token)
        self.before, self.before2, self.after = passage.before(at), passage.before(at, 2), passage.after(at)
        before = self.before
        countable = before not in COLLECTIVE
        self.after_singular = before in SINGULAR or (before in NOUNS and countable and before not in PLURALS)
        self.after_plural = before in PLURAL or (before in PLURALS and countable and before not in NOUNS)
        self.after_person = before in PRONOUNS or before in ("who", "which")
        self.after_subject = self.after_person or self.after_singular or self.after_plural

    def put(self, kind, *replacements, times=1):
        """Adds candidates that replace the word, with its capitals."""
        for replacement in replacements:
            candidate = (self.start, self.end, match_case(self.token, replacement))
            self.passage.candidates[kind] += [candidate] * times

    def put_with_previous(self, kind, replacement):
        """Adds a candidate that replaces the word and the one before it."""
        previous = self.previous
        candidate = (previous.start, self.end, match_case(previous.token, replacement))
        self.passage.candidates[kind].append(candidate)

    def drop(self, kind, times=1):
        """Adds a candidate without the word and the space before or after it."""
        if self.follows:
            candidate = (self.start - 1, self.end, "")
        elif self.after:
            candidate = (self.start, self.end + 1, CAPITALISE_NEXT)
        else:
            return
        self.passage.candidates[kind] += [candidate] * times

    @property
    def previous(self):
        return self.passage.words[self.at - 1]

    def preceded_by(self, words, most):
        """Whether one of the words is among the `most` before, across punctuation too."""
        return any(low in words for low in self.passage.lows[max(0, self.at - most) : self.at])
