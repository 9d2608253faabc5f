"""
Trains a low-rank adapter of the stock model on the passages, the pairs and the chats.

  python train.py --model STOCK.gguf --texts texts-*.jsonl --pairs pairs-*.jsonl --checked checked.txt \\
    --chats chats-*.jsonl --held held.jsonl --seconds 483 --out adapter.npz

The loss is on the answers alone; on chats it is the divergence from the stock model's own distribution. Several examples
share a row without seeing each other. The adapter is saved every two minutes; the learning rate falls to zero at the end of
the time.
"""

import argparse
import glob
import json
import multiprocessing
import random
import time
from collections import Counter

import numpy as np
import torch

from adapter import Adapter, Trainer
from batches import batches, jobs, start_worker
from data import load
from decoder import Decoder
from gguf import Gguf
from near_duplicates import held_shingles
from rows import LENGTH, chat_rows, packed

ROWS, SELECTED = 48, 22528
# Chats that measure how far the adapter changes the model's own answers.
HELD_CHATS = 480


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--pairs", required=True, nargs="+")
    options.add_argument("--chats", required=True, nargs="+")
    options.add_argument("--checked", nargs="*", default=[])
    options.add_argument("--held", help="a file of texts that no passage may resemble")
    options.add_argument("--seconds", type=float, default=500)
    options.add_argument("--rank", type=int, default=32)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--chat-share", type=float, default=0.05)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=15)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    began = time.time()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    pool = multiprocessing.get_context("spawn").Pool(options.workers, start_worker, (options.model,))
    held = held_shingles(options.held) if options.held else set()
    data = load(options.texts, options.pairs, options.checked, held, pool)
    sizes = {
        "passages": len(data.passages),
        "pairs": len(data.pairs),
        "mistakes": len(data.mistakes),
        "written": len(data.written),
    }
    print(sizes, round(time.time() - began, 1), flush=True)
    decoder = Decoder(Gguf(options.model))
    chats = chat_rows(sorted(path for pattern in options.chats for path in glob.glob(pattern)), decoder.tokenizer)
    held_chats, chats = chats[:HELD_CHATS], chats[HELD_CHATS:]
    rng.shuffle(chats)
    adapter = Adapter(decoder, options.rank)
    trainer = Trainer(decoder, adapter, ROWS, SELECTED)
    optimizer = torch.optim.AdamW(adapter.parameters, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0)
    print("parameters", sum(matrix.numel() for matrix in adapter.parameters), "chats", len(chats), flush=True)
    print("perplexity of the stock model's answers, before", round(_perplexity(trainer, held_chats), 4), flush=True)
    counts = Counter()
    stream = batches(pool, options.workers, jobs(data, rng, options.seed), chats, options.chat_share, ROWS, rng, counts)
    step, start, saved = 0, None, 0.0
    log = []
    while True:
        elapsed = time.time() - start if start else 0.0
        if elapsed > options.seconds:
            break
        done = elapsed / options.seconds
        rate = options.rate * min(1, (step + 1) / 40) * (1 if done < 0.2 else (1 - done) / 0.8)
        for group in optimizer.param_groups:
            group["lr"] = rate
        rows, chat = next(stream)
        loss, right, count = trainer.run(rows, stock=chat)
        (loss / max(count, 1)).backward()
        torch.nn.utils.clip_grad_norm_(adapter.parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if step == 1 or step % 100 == 0:
            loss, accuracy = round(loss.item() / count, 4), round(right.item() / count, 4)
            line = step, loss, accuracy, round(elapsed, 1), sum(counts.values())
            log.append(line)
            print("step %d loss %.4f accuracy %.4f seconds %.1f examples %d" % line, flush=True)
            # The clock starts when everything is compiled.
            start = start or time.time()
        if elapsed - saved > 120:
            saved = elapsed
            adapter.save(options.out)
    adapter.save(options.out)
    summary = {
        "steps": step, "slots": step * ROWS * LENGTH, "examples": counts, **sizes, "chats": len(chats),
        "seconds": round(time.time() - start, 1), "log": log, "options": vars(options),
        "perplexity after": _perplexity(trainer, held_chats),
    }  # fmt: skip
    with open(options.out.replace(".npz", ".json"), "w") as file:
        json.dump(summary, file, indent=1)
    print({key: value for key, value in summary.items() if key != "log"}, flush=True)
    pool.terminate()


def _perplexity(trainer, chats):
    """Of the answers in chats, which the stock model wrote."""
    rows = packed(chats, random.Random(0))
    total = number = 0
    for at in range(0, len(rows), ROWS):
        loss, _, count = trainer.run(rows[at : at + ROWS], train=False)
        total, number = total + float(loss), number + count
    return float(np.exp(total / number))


if __name__ == "__main__":
    main()
