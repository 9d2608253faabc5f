"""
Step 3: the tuned teacher rewrites passages by each action, twice, and puts mistakes into right ones.

  python write_rewrites.py --teacher TEACHER.gguf --adapter teacher.npz --texts texts-1.jsonl --seconds 220 --out pairs-2.jsonl

Each line of the result is {"action": ..., "source": ..., "targets": [...]}; of "mistakes" the source is the right text.
"""

import argparse
import json
import random
import time
from dataclasses import dataclass

import torch

from adapter import Adapter
from decoder import Batch, Decoder
from gguf import Gguf
from passages import passages
from tune_teacher import RANK, asked


@dataclass(frozen=True)
class Sources:
    """
    The passages that an action gets.
    @param kinds share of the passages of each kind of text
    @param least, most words of a passage
    @param growth longest answer over longest passage
    @param weight share of the time
    """

    kinds: dict
    least: int = 6
    most: int = 90
    growth: float = 1.5
    weight: float = 1
    temperature: float = 0.6


_ANY = {kind: 0.3 for kind in "fiction dialogue email casual blunt academic news report essay first figures".split()}
_EVERY = {kind: 0.4 for kind in "fiction present dialogue email casual blunt wordy academic terse news report essay first review list markdown patterns figures".split()}
SOURCES = {
    "mistakes": Sources(_EVERY, least=4, growth=1.3, weight=4, temperature=0.9),
    "rewrite": Sources(_ANY, weight=0.8),
    "shorten": Sources({**_ANY, "wordy": 0.95}, least=14, growth=1.0, weight=1.3),
    "expand": Sources({**_ANY, "terse": 0.8}, least=5, most=40, growth=2.6, weight=1),
    "simplify": Sources({"academic": 0.95, "wordy": 0.35, "blunt": 0.4, "essay": 0.4, "news": 0.3, "report": 0.5}, least=8, growth=1.8, weight=1.4),
    "formal": Sources({"casual": 0.95, "hedged": 0.2, "heated": 0.3, "dialogue": 0.15, "review": 0.3, "email": 0.3, "first": 0.2}, least=4, growth=1.7, weight=1.5),
    "friendly": Sources({"blunt": 0.95, "terse": 0.2, "email": 0.3, "report": 0.1, "wordy": 0.1}, least=4, most=70, growth=2.2, weight=1.3),
    "confident": Sources({"hedged": 0.97, "casual": 0.15, "email": 0.1}, most=60, growth=1.1, weight=0.9),
    "neutral": Sources({"heated": 0.97, "casual": 0.15, "review": 0.4}, most=70, growth=1.3, weight=0.9),
    "summarise": Sources({"news": 0.8, "essay": 0.8, "report": 0.7, "fiction": 0.4, "first": 0.4, "figures": 0.6, "academic": 0.3}, least=45, most=220, growth=0.7, weight=1.1),
}  # fmt: skip


def passages_of(texts, seed):
    """Action: passages for it, without duplicates, in random order."""
    rng = random.Random(seed)
    found = {name: [] for name in SOURCES}
    seen = set()
    for record in texts:
        for passage in passages(record["kind"], record["text"]):
            if passage in seen:
                continue
            seen.add(passage)
            words = len(passage.split())
            for name, action in SOURCES.items():
                if action.least <= words <= action.most and rng.random() < action.kinds.get(record["kind"], 0):
                    found[name].append(passage)
    for passages_ in found.values():
        rng.shuffle(passages_)
    return found


def tuned_decoder(teacher, path):
    decoder = Decoder(Gguf(teacher))
    adapter = Adapter(decoder, RANK)
    adapter.load(path)
    adapter.merge()
    return decoder


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--adapter", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--seconds", type=float, default=220)
    options.add_argument("--seed", type=int, default=2)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    texts = [json.loads(line) for path in options.texts for line in open(path)]
    found = passages_of(texts, options.seed)
    print({name: len(passages_) for name, passages_ in found.items()}, flush=True)
    torch.manual_seed(options.seed)
    batch = Batch(tuned_decoder(options.teacher, options.adapter))
    start, written, spent = time.time(), dict.fromkeys(SOURCES, 0), dict.fromkeys(SOURCES, 0.0)
    with open(options.out, "w") as out:
        while time.time() - start < options.seconds and any(found.values()):
            # The action that has had the least time for its weight.
            name = min((name for name in SOURCES if found[name]), key=lambda name: spent[name] / SOURCES[name].weight)
            action, at = SOURCES[name], time.time()
            chosen = sorted((found[name].pop() for _ in range(min(options.rows // 2, len(found[name])))), key=len)
            longest = int(len(chosen[-1]) / 3.2 * action.growth) + 24
            made = batch.texts([asked(name, passage) for passage in chosen for _ in range(2)], min(longest, 400), action.temperature)
            for index, passage in enumerate(chosen):
                targets = [text.strip() for text in made[2 * index : 2 * index + 2] if text and text.strip()]
                if targets:
                    out.write(json.dumps({"action": name, "source": passage, "targets": targets}, ensure_ascii=False) + "\n")
                    written[name] += 1
            out.flush()
            spent[name] += time.time() - at
            print(name, written[name], round(time.time() - at, 1), "at", round(time.time() - start, 1), flush=True)


if __name__ == "__main__":
    main()
