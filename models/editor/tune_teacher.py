"""
The teacher learns to rewrite from the hand-written pairs, and to put natural mistakes into right text.

  python tune_teacher.py --teacher TEACHER.gguf --held held.jsonl --out teacher.npz

Written passages that resemble an evaluation text are left out.
"""

import argparse
import random
import time

import torch

from adapter import Adapter, Trainer
from data import written_apart_from
from decoder import Decoder
from gguf import Gguf
from near_duplicates import held_shingles
from rows import encoded, packed
from written import varied

ROWS, SELECTED = 16, 12288
RANK = 32
# "mistakes" is grammar the other way round.
TASKS = {
    "grammar": "Correct the grammar and spelling of the text and change nothing else.",
    "mistakes": "Put natural mistakes of grammar, spelling and typing into the text and change nothing else.",
    "rewrite": "Rewrite the text in other words and keep its meaning.",
    "shorten": "Make the text shorter and keep what matters.",
    "expand": "Make the text longer, with more details.",
    "simplify": "Say the text in simple words and short sentences.",
    "formal": "Rewrite the text in a formal tone.",
    "friendly": "Rewrite the text in a warm and friendly tone.",
    "confident": "Rewrite the text in a confident tone.",
    "neutral": "Rewrite the text in a calm and neutral tone.",
    "summarise": "Summarise the text in a few sentences.",
}


def teacher_prompt(action, text):
    """The prompt by which the tuned teacher does a task."""
    return f"<|im_start|>system\n{TASKS[action]}<|im_end|>\n<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def tuned(decoder, pairs, epochs, rate, rng):
    """Trains a new adapter on (action, source, target)."""
    adapter = Adapter(decoder, RANK)
    trainer = Trainer(decoder, adapter, ROWS, SELECTED, compiled=False)
    optimizer = torch.optim.AdamW(adapter.parameters, lr=rate, betas=(0.9, 0.98), weight_decay=0.0)
    batches = []
    for _ in range(epochs):
        examples = []
        for action, source, target in pairs:
            source, target = varied(source, target, rng)
            examples.append((action, teacher_prompt(action, source), target))
            if action == "grammar" and source != target:
                examples.append(("mistakes", teacher_prompt("mistakes", target), source))
        rng.shuffle(examples)
        rows = packed(encoded(decoder.tokenizer, examples), rng)
        batches += [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
    start = time.time()
    for step, rows in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 10) * (1 - step / len(batches))
        loss, right, count = trainer.run(rows)
        (loss / max(count, 1)).backward()
        torch.nn.utils.clip_grad_norm_(adapter.parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % 10 == 0 or step == len(batches) - 1:
            figures = step, len(batches), loss.item() / count, right.item() / count, time.time() - start
            print("step %d of %d loss %.4f accuracy %.4f seconds %.1f" % figures, flush=True)
    return adapter


def tuned_decoder(teacher, path):
    """The teacher with the adapter of a file merged into it."""
    decoder = Decoder(Gguf(teacher))
    adapter = Adapter(decoder, RANK)
    adapter.load(path)
    adapter.merge()
    return decoder


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--held", required=True)
    options.add_argument("--epochs", type=int, default=3)
    options.add_argument("--rate", type=float, default=6e-4)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    torch.manual_seed(options.seed)
    pairs = written_apart_from(held_shingles(options.held))
    print(len(pairs), "written pairs", flush=True)
    adapter = tuned(Decoder(Gguf(options.teacher)), pairs, options.epochs, options.rate, random.Random(options.seed))
    adapter.save(options.out)


if __name__ == "__main__":
    main()
