"""
Step 4: trains a low-rank adapter of the stock model on the passages, the pairs and the chats.

  python train.py --model STOCK.gguf --texts texts-*.jsonl --pairs pairs-*.jsonl --chats chats-*.jsonl \\
    --seconds 500 --out adapter.npz

The loss is on the answers alone; on chats it is the divergence from the stock model's own distribution. Several examples share a row without seeing each other. The adapter is saved every two
minutes; the learning rate falls to zero at the end of the time.
"""

import argparse
import glob
import json
import multiprocessing
import os
import random
import time

import numpy as np
import torch

from adapter import Adapter, Trainer
from data import load
from decoder import Decoder
from examples import Extras, examples_of
from gguf import Gguf, tokenizer_of
from rows import LENGTH, chat_rows, encoded, packed

ROWS, SELECTED = 48, 22528
# Of each kind of extras, examples for a chunk of 128 passages.
CHUNK = 128
MISTAKES, PAIRS, WRITTEN_GRAMMAR, WRITTEN_OTHERS = 64, 56, 8, 16
_tokenizer = None


def _start(model):
    global _tokenizer
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _tokenizer = tokenizer_of(Gguf(model))


def _encode(job):
    """Token ids and the answer's start, of every example of a chunk."""
    return list(encoded(_tokenizer, examples_of(*job)))


def jobs(data, rng, seed):
    """Endlessly: (passages, extras, seed) of a chunk."""
    draw = lambda items, count: rng.sample(items, min(count, len(items)))
    grammar = [pair for pair in data.written if pair[0] == "grammar"]
    others = [pair for pair in data.written if pair[0] != "grammar"]
    # Every action as often as the others.
    by_action = {}
    for pair in data.pairs:
        by_action.setdefault(pair[0], []).append(pair)
    number = 0
    while True:
        rng.shuffle(data.passages)
        for at in range(0, len(data.passages), CHUNK):
            pairs = [rng.choice(by_action[action]) for action in rng.choices(list(by_action), k=PAIRS)] if by_action else []
            extras = Extras(pairs, draw(data.mistakes, MISTAKES), draw(grammar, WRITTEN_GRAMMAR) + draw(others, WRITTEN_OTHERS))
            yield data.passages[at : at + CHUNK], extras, seed * 10**8 + number
            number += 1


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
    pool = multiprocessing.get_context("spawn").Pool(options.workers, _start, (options.model,))
    data = load(options.texts, options.pairs, options.checked, options.held, pool)
    sizes = {"passages": len(data.passages), "pairs": len(data.pairs), "mistakes": len(data.mistakes), "written": len(data.written)}
    print(sizes, round(time.time() - began, 1), flush=True)
    decoder = Decoder(Gguf(options.model))
    chats = chat_rows(sorted(path for pattern in options.chats for path in glob.glob(pattern)), decoder.tokenizer)
    held_chats, chats = chats[:480], chats[480:]
    rng.shuffle(chats)
    adapter = Adapter(decoder, options.rank)
    trainer = Trainer(decoder, adapter, ROWS, SELECTED)
    optimizer = torch.optim.AdamW(adapter.parameters, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0)
    print("parameters", sum(matrix.numel() for matrix in adapter.parameters), "chats", len(chats), flush=True)
    counts = {}

    def batches():
        """Packed rows, and whether they are chats."""
        source, buffer, chat_buffer, slots = jobs(data, rng, options.seed), [], [], [0, 0]
        # imap would read all of an endless iterator.
        waiting = [pool.apply_async(_encode, (next(source),)) for _ in range(6 * options.workers)]
        chat_order = []
        while True:
            examples = []
            for _ in range(24):
                examples += waiting.pop(0).get()
                waiting.append(pool.apply_async(_encode, (next(source),)))
            for action, _, _ in examples:
                counts[action] = counts.get(action, 0) + 1
            rng.shuffle(examples)
            buffer += packed(examples, rng)
            while len(buffer) >= ROWS:
                yield buffer[:ROWS], False
                buffer = buffer[ROWS:]
                slots[0] += 1
                if slots[1] < options.chat_share / (1 - options.chat_share) * slots[0]:
                    while len(chat_buffer) < ROWS:
                        chat_order = chat_order or rng.sample(chats, len(chats))
                        part, chat_order = chat_order[:1024], chat_order[1024:]
                        counts["chat"] = counts.get("chat", 0) + len(part)
                        chat_buffer += packed(part, rng)
                    yield chat_buffer[:ROWS], True
                    chat_buffer = chat_buffer[ROWS:]
                    slots[1] += 1

    def perplexity():
        rows = packed(held_chats, random.Random(0))
        total = number = 0
        for at in range(0, len(rows), ROWS):
            loss, _, count = trainer.run(rows[at : at + ROWS], train=False)
            total, number = total + float(loss), number + count
        return float(np.exp(total / number))

    print("perplexity of the stock model's answers, before", round(perplexity(), 4), flush=True)
    stream, step, start, saved = batches(), 0, None, 0.0
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
            line = (step, round(loss.item() / count, 4), round(right.item() / count, 4), round(elapsed, 1), sum(counts.values()))
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
        "seconds": round(time.time() - start, 1), "log": log, "options": vars(options), "perplexity after": perplexity(),
    }  # fmt: skip
    json.dump(summary, open(options.out.replace(".npz", ".json"), "w"), indent=1)
    print({key: value for key, value in summary.items() if key != "log"}, flush=True)
    pool.terminate()


if __name__ == "__main__":
    main()
