"""Training examples: a prompt of the app and the answer that the model is to give."""

import random
from dataclasses import dataclass

import construct
import written
from corrupt import corrupt
from drills import drill
from instructions import BUILT_IN, OTHERS, asked
from right import right
from variants import varied

# By construction: the function, the kinds of text it is for, and how often it is tried.
_CONSTRUCTED = (
    ("formal", construct.formal, None, 0.15),
    ("confident", construct.confident, None, 0.04),
    ("neutral", construct.neutral, None, 0.03),
    ("shorten", construct.shorten, None, 0.15),
    ("simplify", construct.simplify, None, 0.05),
)
UNCHANGED = 0.33


def instruction(action, rng):
    """The built-in wording mostly, else another one."""
    return BUILT_IN[action] if rng.random() < 0.78 else rng.choice(OTHERS[action])


def example(action, source, target, rng):
    return action, asked(instruction(action, rng), source), target


def grammar(text, kind, rng):
    """A passage with mistakes, or, in a third of the cases, as it is."""
    if kind == "chinese":
        return example("grammar", text, text, rng)
    text = varied(text, rng)
    source = text if rng.random() < UNCHANGED else corrupt(text, rng)
    return example("grammar", source, text, rng)


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
            made += _constructed(kind, text, rng)
        made.append(grammar(text, kind, rng))
    for wrong, text in extras.mistakes:
        source = text if rng.random() < 0.15 else wrong
        made.append(example("grammar", source, text, rng))
    for action, source, target in extras.pairs:
        made.append(example(action, source, target, rng))
    for action, source, target in extras.written:
        made.append(example(action, *written.varied(source, target, rng), rng))
    for _ in range(max(1, len(chunk) // 25)):
        text = right(rng)
        source = text if rng.random() < 0.85 else corrupt(text, rng, 0.03)
        made.append(example("grammar", source, text, rng))
    for _ in range(max(1, len(chunk) // 16)):
        wrong, text = drill(rng)
        made.append(example("grammar", text if rng.random() < 0.35 else wrong, text, rng))
    rng.shuffle(made)
    return made


def _constructed(kind, text, rng):
    for action, build, kinds, chance in _CONSTRUCTED:
        if (kinds is None or kind in kinds) and rng.random() < chance:
            pair = build(text, rng)
            if pair:
                yield example(action, *pair, rng)
    tenses = construct.tenses(text) if rng.random() < 0.6 and kind != "dialogue" else None
    if tenses:
        past, present = tenses
        yield example("present", past, present, rng) if rng.random() < 0.5 else example("past", present, past, rng)
        if rng.random() < 0.15:
            action, kept = rng.choice((("past", past), ("present", present)))
            yield example(action, kept, kept, rng)
