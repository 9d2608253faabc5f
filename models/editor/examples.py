"""Training examples: a prompt of the app and the answer that the model is to give."""

import random

import construct
from corrupt import corrupt
from drills import drill
from instructions import BUILT_IN, OTHERS, asked
from right import right
from variants import varied

# By construction: the function, the kinds of text it is for, and how often it is tried.
_CONSTRUCTED = (
    ("formal", construct.formal, None, 0.5),
    ("confident", construct.confident, None, 0.04),
    ("neutral", construct.neutral, None, 0.045),
    ("shorten", construct.shorten, None, 0.5),
    ("simplify", construct.simplify, None, 0.35),
    ("friendly", construct.friendly, {"blunt", "email", "terse"}, 0.12),
)
UNCHANGED = 0.27


def instruction(action, rng):
    """The built-in wording mostly, else another one."""
    return BUILT_IN[action] if rng.random() < 0.78 else rng.choice(OTHERS[action])


def example(action, source, target, rng):
    return action, asked(instruction(action, rng), source), target


def grammar(text, kind, rng):
    """A passage with mistakes, or, in over a quarter of the cases, as it is."""
    if kind == "chinese":
        return example("grammar", text, text, rng)
    text = varied(text, rng)
    source = text if rng.random() < UNCHANGED else corrupt(text, rng)
    return example("grammar", source, text, rng)


def examples_of(chunk, pairs, seed):
    """
    Examples of one chunk of (kind, passage) and of some of the teacher's (action, source, target).
    @returns (action, prompt, answer) in random order
    """
    rng = random.Random(seed)
    made = []
    for kind, text in chunk:
        if kind != "chinese":
            for action, build, kinds, chance in _CONSTRUCTED:
                if (kinds is None or kind in kinds) and rng.random() < chance:
                    pair = build(text, rng)
                    if pair:
                        made.append(example(action, *pair, rng))
            if rng.random() < 0.8 and kind != "dialogue":
                tenses = construct.tenses(text)
                if tenses:
                    past, present = tenses
                    forward = rng.random() < 0.5
                    made.append(example("present", past, present, rng) if forward else example("past", present, past, rng))
                    if rng.random() < 0.15:
                        kept = past if rng.random() < 0.5 else present
                        made.append(example("past" if kept is past else "present", kept, kept, rng))
        made.append(grammar(text, kind, rng))
    for action, source, target in pairs:
        made.append(example(action, source, target, rng))
    for _ in range(max(1, len(chunk) // 40)):
        text = right(rng)
        source = text if rng.random() < 0.85 else corrupt(text, rng, 0.03)
        made.append(example("grammar", source, text, rng))
    for _ in range(max(1, len(chunk) // 12)):
        wrong, text = drill(rng)
        made.append(example("grammar", text if rng.random() < 0.25 else wrong, text, rng))
    rng.shuffle(made)
    return made


