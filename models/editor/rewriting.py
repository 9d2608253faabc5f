"""Lets the teacher rewrite passages by several actions for a given time, two samples each."""

import json
import random
import time
from dataclasses import dataclass

from passages import passages

SAMPLES = 2
_LONGEST = 400
# A token has at least so many characters on average.
_TOKEN_CHARACTERS = 3.2


@dataclass(frozen=True)
class Source:
    """
    The passages that an action gets.
    @param kinds share of the passages of each kind of text
    @param least, most words of a passage
    @param growth longest answer over longest passage
    @param weight share of the time, in proportion to the others'
    """

    kinds: dict
    least: int = 6
    most: int = 90
    growth: float = 1.5
    weight: float = 1
    temperature: float = 0.6


def choose_passages(paths, sources, seed):
    """
    Action: passages for it, without duplicates, in random order.
    @param paths files of write_texts.py
    @param sources Source by action
    """
    rng = random.Random(seed)
    found = {action: [] for action in sources}
    seen = set()
    for path in paths:
        with open(path, encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        for record in records:
            for passage in passages(record["kind"], record["text"]):
                if passage in seen:
                    continue
                seen.add(passage)
                words = len(passage.split())
                for action, source in sources.items():
                    share = source.kinds.get(record["kind"], 0)
                    if source.least <= words <= source.most and rng.random() < share:
                        found[action].append(passage)
    for chosen in found.values():
        rng.shuffle(chosen)
    return found


def rewrite(found, sources, sample, rows, seconds, path):
    """
    Writes {"action": ..., "source": ..., "targets": [...]}, one a line, until the time is up.
    @param found choose_passages()
    @param sample sample(action, passages, longest, temperature) returns SAMPLES texts a passage, None where unfinished
    @param rows samples of a batch
    """
    start, written, spent = time.time(), dict.fromkeys(sources, 0), dict.fromkeys(sources, 0.0)
    with open(path, "w", encoding="utf-8") as out:
        while time.time() - start < seconds and any(found.values()):
            # The action that has had the least time for its weight.
            open_actions = [action for action in sources if found[action]]
            action = min(open_actions, key=lambda action: spent[action] / sources[action].weight)
            source, began = sources[action], time.time()
            count = min(rows // SAMPLES, len(found[action]))
            chosen = sorted((found[action].pop() for _ in range(count)), key=len)
            longest = int(len(chosen[-1]) / _TOKEN_CHARACTERS * source.growth) + 24
            made = sample(action, chosen, min(longest, _LONGEST), source.temperature)
            for index, passage in enumerate(chosen):
                samples = made[SAMPLES * index : SAMPLES * (index + 1)]
                targets = [text.strip() for text in samples if text and text.strip()]
                if targets:
                    record = {"action": action, "source": passage, "targets": targets}
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    written[action] += 1
            out.flush()
            spent[action] += time.time() - began
            at = round(time.time() - start, 1)
            print(action, written[action], round(time.time() - began, 1), "at", at, flush=True)
