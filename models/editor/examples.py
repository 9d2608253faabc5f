"""Training examples: a prompt of the app and the answer that the model is to give."""

import random
from dataclasses import dataclass

import tones
import written
from corrupt import corrupt
from drills import drill
from instructions import BUILT_IN, OTHERS, prompt
from tenses import tenses
from tricky import tricky_text
from variants import varied

# Pairs by rule: the action, the function, and for which share of the passages it is tried.
_BY_RULE = (
    ("formal", tones.formal, 0.15),
    ("confident", tones.confident, 0.04),
    ("neutral", tones.neutral, 0.03),
    ("shorten", tones.shorten, 0.15),
    ("simplify", tones.simplify, 0.05),
)
# Share of the passages that a corrector gets without mistakes.
UNCHANGED = 0.33


@dataclass
class Extras:
    """What is drawn for a chunk beside its passages: see data.Data."""

    pairs: list
    mistakes: list
    written: list


def examples_of(chunk, extras, seed):
    """
    Examples of one chunk of (kind, passage) and of its extras.
    @returns (action, prompt, answer) in random order
    """
    rng = random.Random(seed)
    made = []
    for kind, text in chunk:
        if kind != "chinese":
            made += _by_rule(kind, text, rng)
        made.append(_grammar(kind, text, rng))
    for wrong, text in extras.mistakes:
        source = text if rng.random() < 0.15 else wrong
        made.append(_example("grammar", source, text, rng))
    for action, source, target in extras.pairs:
        made.append(_example(action, source, target, rng))
    for action, source, target in extras.written:
        made.append(_example(action, *written.varied(source, target, rng), rng))
    for _ in range(max(1, len(chunk) // 25)):
        text = tricky_text(rng)
        source = text if rng.random() < 0.85 else corrupt(text, rng, 0.03)
        made.append(_example("grammar", source, text, rng))
    for _ in range(max(1, len(chunk) // 16)):
        wrong, text = drill(rng)
        made.append(_example("grammar", text if rng.random() < 0.35 else wrong, text, rng))
    rng.shuffle(made)
    return made


def _example(action, source, target, rng):
    """With the built-in instruction mostly, else another wording."""
    instruction = BUILT_IN[action] if rng.random() < 0.78 else rng.choice(OTHERS[action])
    return action, prompt(instruction, source), target


def _grammar(kind, text, rng):
    """A passage with mistakes, or as it is. There are no rules for mistakes in Chinese."""
    if kind == "chinese":
        return _example("grammar", text, text, rng)
    text = varied(text, rng)
    source = text if rng.random() < UNCHANGED else corrupt(text, rng)
    return _example("grammar", source, text, rng)


def _by_rule(kind, text, rng):
    for action, build, chance in _BY_RULE:
        pair = build(text, rng) if rng.random() < chance else None
        if pair:
            yield _example(action, *pair, rng)
    both = tenses(text) if rng.random() < 0.6 and kind != "dialogue" else None
    if both:
        past, present = both
        yield _example("present", past, present, rng) if rng.random() < 0.5 else _example("past", present, past, rng)
        if rng.random() < 0.15:
            action, kept = rng.choice((("past", past), ("present", present)))
            yield _example(action, kept, kept, rng)
