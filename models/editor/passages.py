"""Splits the teacher's texts into passages of one to a few sentences, and leaves out what isn't finished, clean text."""

import random
import re

# Kinds with one item a line.
LINES = {"casual", "blunt", "hedged", "heated", "wordy", "terse", "review", "patterns"}
_PREAMBLE = re.compile(
    r"^(?:sure|certainly|of course|absolutely|here(?:'s| is| are)|title|subject|as an ai|i'm sorry|i am sorry, but|note:)",
    re.I,
)
_FOREIGN = re.compile(r"[^\x00-\x7f’‘“”–—…éèêàâçüöäñåøíóáãôîńł£€°×½]")
_BANNED = re.compile(
    r"\[(?![^\]]+\]\()|<\||```|language model|\bAI\b|placeholder|your name|example sentence|\bTranslation\b|_{3,}|\\|^\W*$",
    re.I,
)
_NUMBERING = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s+")
_LABEL = re.compile(
    r"^(?:(?:message|notice|note|comment|statement|review|sentence|paragraph|remark|customer|question|answer|Q|A)\s*\d*"
    r"|[A-Z]\w+ \w+)\s*:\s+",
    re.I,
)
_SENTENCE = re.compile(r".+?(?:[.!?]+[\"”’')*]*(?=\s+[\"“‘'(*]?[A-Z0-9])|$)", re.S)
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|vs|No|Inc|Ltd|a\.m|p\.m|e\.g|i\.e|U\.S|[A-Z]))\.$")


def sentences(text):
    """The sentences of one paragraph."""
    found = []
    for part in _SENTENCE.findall(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += part
        elif part.strip():
            found.append(part)
    return [part.strip() for part in found]


def repeats(text):
    """Whether five words in a row occur twice."""
    words = re.findall(r"\w+", text.lower())
    grams = [tuple(words[at : at + 5]) for at in range(len(words) - 4)]
    return len(set(grams)) < 0.96 * len(grams)


def clean(text):
    """Whether a passage is finished English (or Chinese) without comment, placeholder or loop."""
    if not 8 <= len(text) <= 1100 or _PREAMBLE.match(text) or _BANNED.search(text):
        return False
    chinese = bool(re.search(r"[\u4e00-\u9fff]", text))
    if chinese:
        return not re.search(r"[A-Za-z]{4,}", text) and text[-1] in "。！？”"
    if _FOREIGN.search(text) or repeats(text) or text.count('"') % 2 or text.count("“") != text.count("”"):
        return False
    letters = sum(char.isalpha() for char in text)
    return letters > 0.6 * len(text) and len(text.split()) > 1


def passages(kind, text):
    """The passages of one text of write_texts.py, always the same."""
    rng = random.Random(f"0{text}")
    text = re.sub(r"[ \t]+\n", "\n", text.strip()).replace("\u00a0", " ")
    if kind in LINES:
        found = _of_lines(kind, text, rng)
    elif kind in ("list", "markdown") or (kind == "email" and rng.random() < 0.6):
        found = [text] if rng.random() < 0.5 else re.split(r"\n\n+", text)
    elif kind == "chinese":
        found = [_NUMBERING.sub("", line) for line in text.split("\n")]
    else:
        found = _of_paragraphs(kind, text, rng)
    return [passage for passage in map(str.strip, found) if clean(passage)]


def _of_lines(kind, text, rng):
    items = [_LABEL.sub("", _NUMBERING.sub("", line)).strip() for line in text.split("\n") if line.strip()]
    items = [item[1:-1] if item[:1] in '"“' and item[-1:] in '"”' else item for item in items]
    found = []
    for item in items:
        if kind in ("wordy", "review", "patterns", "heated") or rng.random() < 0.8:
            found.append(item)
        else:
            found += _joined(sentences(item), rng)
    # Unrelated sentences in one passage now and then.
    if kind in ("terse", "patterns") and rng.random() < 0.3:
        found += [" ".join(pair) for pair in zip(items[::2], items[1::2])]
    return found


def _of_paragraphs(kind, text, rng):
    paragraphs = [part for part in re.split(r"\n\n+", text) if part.strip()]
    found = []
    if kind == "dialogue" or rng.random() < 0.25:
        at = 0
        while at < len(paragraphs):
            count = rng.randint(1, 4)
            found.append("\n\n".join(paragraphs[at : at + count]))
            at += count
        return found
    for paragraph in paragraphs:
        found += [paragraph] if "\n" in paragraph else _joined(sentences(paragraph), rng)
    return found


def _joined(parts, rng):
    """One to six neighbouring sentences at a time."""
    at, made = 0, []
    while at < len(parts):
        count = rng.choices((1, 2, 3, 4, 6), (30, 28, 20, 14, 8))[0]
        made.append(" ".join(parts[at : at + count]))
        at += count
    return made
