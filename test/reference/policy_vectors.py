"""Random logits for the reference policies, and the encoding of their results."""

import gzip
import json
import math
import pathlib
import random

import numpy

COUNT = 100
# Probabilities are encoded in millionths; -1 marks a removed token.
UNIT = 1_000_000


class Dice:
    def __init__(self, seed: int):
        self.random = random.Random(seed)

    def whole(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def between(self, least: float, most: float) -> float:
        return round(self.random.uniform(least, most), 4)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability


def vectors() -> list[dict]:
    """Logits of 64 to 300 tokens, from nearly uniform to nearly certain, and repetitive contexts."""
    dice = Dice(1)
    found = []
    for _ in range(COUNT):
        size = dice.whole(64, 300) if dice.chance(0.3) else dice.whole(64, 120)
        spread = math.exp(dice.between(math.log(0.3), math.log(6)))
        logits = [round(dice.random.gauss(0, spread), 4) for _ in range(size)]
        # Few distinct tokens, so that n-grams and longer passages repeat.
        alphabet = [dice.whole(0, size - 1) for _ in range(dice.whole(2, 9))]
        context = [dice.random.choice(alphabet) for _ in range(dice.whole(4, 40))]
        if dice.chance(0.5):
            context += context[: dice.whole(1, len(context))]
        found.append({"logits": logits, "context": context})
    return found


def dumped(scores) -> list[int]:
    """Softmax of processed scores, in which banned tokens have -Infinity."""
    values = numpy.asarray(scores, dtype=numpy.float64)
    weights = numpy.exp(values - values.max())
    shares = weights / weights.sum()
    return [-1 if value == -math.inf else round(share * UNIT) for value, share in zip(values, shares.tolist())]


def write(name: str, origin: dict, cases: list[dict], **more) -> None:
    content = {"origin": origin, "vectors": vectors(), "cases": cases, **more}
    text = json.dumps(content, separators=(",", ":"))
    target = pathlib.Path(__file__).with_name(name)
    # No timestamp in the archive, so that the file is deterministic.
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
