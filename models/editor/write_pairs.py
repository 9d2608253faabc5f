"""
Step 2: the teacher rewrites passages by each action, twice, for train.py to keep the pairs on which both agree.

  python write_pairs.py --teacher TEACHER.gguf --texts texts-1.jsonl --seconds 240 --out pairs-1.jsonl

Each line of the result is {"action": ..., "source": ..., "targets": [...]}.
"""

import argparse
import json
import random
import time

from decoder import Batch, Decoder
from gguf import Gguf
from passages import passages
from shots import ACTIONS

USER, ANSWER = "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"


def prefix(action):
    """The instruction and the examples of an action, up to the passage."""
    text = f"<|im_start|>system\n{action.instruction}<|im_end|>\n"
    for source, target in action.examples:
        text += f"{USER}{source}{ANSWER}{target}<|im_end|>\n"
    return text + USER


def sources(texts, seed):
    """Action: passages for it, without duplicates, in random order."""
    rng = random.Random(seed)
    found = {name: [] for name in ACTIONS}
    seen = set()
    for record in texts:
        for passage in passages(record["kind"], record["text"], seed):
            if passage in seen:
                continue
            seen.add(passage)
            words = len(passage.split())
            for name, action in ACTIONS.items():
                share = action.kinds.get(record["kind"], 0)
                if action.least <= words <= action.most and rng.random() < share:
                    found[name].append(passage)
    for passages_ in found.values():
        rng.shuffle(passages_)
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--seconds", type=float, default=240)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    start = time.time()
    texts = [json.loads(line) for path in options.texts for line in open(path)]
    found = sources(texts, options.seed)
    print({name: len(passages_) for name, passages_ in found.items()}, flush=True)
    import torch

    torch.manual_seed(options.seed)
    decoder = Decoder(Gguf(options.teacher))
    batches = {name: Batch(decoder, prefix(action)) for name, action in ACTIONS.items()}
    print("loaded", round(time.time() - start, 1), flush=True)
    start, written = time.time(), dict.fromkeys(ACTIONS, 0)
    spent = dict.fromkeys(ACTIONS, 0.0)
    with open(options.out, "w") as out:
        while time.time() - start < options.seconds:
            # The action that has had the least time for its weight.
            open_ = [name for name in ACTIONS if found[name]]
            if not open_:
                break
            name = min(open_, key=lambda name: spent[name] / ACTIONS[name].weight)
            action, at = ACTIONS[name], time.time()
            size = options.rows // action.samples
            chosen = [found[name].pop() for _ in range(min(size, len(found[name])))]
            # Passages of like length share a batch well.
            longest = int(max(len(passage) for passage in chosen) / 3.2 * action.growth) + 24
            prompts = [passage + ANSWER for passage in chosen for _ in range(action.samples)]
            made = batches[name].texts(prompts, min(longest, 400), action.temperature)
            for index, passage in enumerate(chosen):
                targets = [text for text in made[index * action.samples :][: action.samples] if text]
                if targets:
                    record = {"action": name, "source": passage, "targets": targets}
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    written[name] += 1
            out.flush()
            spent[name] += time.time() - at
            print(name, written[name], round(time.time() - at, 1), "at", round(time.time() - start, 1), flush=True)


if __name__ == "__main__":
    main()
