"""
The teacher writes clean text of many kinds.

  python write_texts.py --teacher TEACHER.gguf --seconds 200 --seed 1 --out texts-1.jsonl

Each line of the result is {"kind": ..., "text": ...}.
"""

import argparse
import json
import random
import time

import torch

from decoder import Decoder
from gguf import Gguf
from sampling import Batch
from seeds import COMPANIES, DETAILS, FIRST_NAMES, LAST_NAMES, MONTHS, PATTERNS, PLACE_NAMES, PLACES, SUBJECTS
from tables import record

SYSTEM = (
    "<|im_start|>system\nYou are a professional writer and copy editor. Your English is natural and free of errors. "
    "Reply with the text alone: no title, no introduction, no comment, no placeholder in brackets.<|im_end|>\n"
    "<|im_start|>user\n"
)
ANSWER = "<|im_end|>\n<|im_start|>assistant\n"

# Kind: its weight, and what is asked. {s} is a subject, {d} details to mention, {w} a word or pattern, {f}, {g} and {l} names.
KINDS = record("text_kinds")
VARIETIES = ("", "", " Use British spelling.", " Use British spelling.", " Use American spelling.")


def details(rng):
    """Two names, numbers or dates for a text to mention."""

    def one():
        return rng.choice(DETAILS).format(
            first=rng.choice(FIRST_NAMES), first2=rng.choice(FIRST_NAMES), last=rng.choice(LAST_NAMES), company=rng.choice(COMPANIES),
            place=rng.choice(PLACE_NAMES), hour=rng.randint(6, 22), minute=f"{rng.randint(0, 59):02}",
            small=rng.randint(2, 14), price=f"{rng.randint(1, 900)}.{rng.choice(['50', '99', '20', '00'])}",
            percent=rng.randint(2, 97), count=rng.randint(3, 4000), day=rng.randint(1, 28), month=rng.choice(MONTHS),
            year=rng.randint(1890, 2031), code=f"{rng.choice('ABKRTX')}{rng.choice('QWMLP')}-{rng.randint(100, 9999)}",
            room=rng.randint(1, 480), km=rng.randint(2, 900), miles=rng.randint(2, 600),
        )  # fmt: skip

    return " and ".join(one() for _ in range(rng.choice((1, 2, 2))))


def prompt(rng):
    """A kind and a prompt of it."""
    names = list(KINDS)
    kind = rng.choices(names, [KINDS[name]["weight"] for name in names])[0]
    subject = f"{rng.choice(SUBJECTS)} {rng.choice(PLACES)}".strip()
    first, second = rng.sample(FIRST_NAMES, 2)
    text = rng.choice(KINDS[kind]["prompts"]).format(
        s=subject, d=details(rng), w=rng.choice(PATTERNS), f=first, g=second, l=rng.choice(LAST_NAMES)
    )
    return kind, text + ("" if kind == "chinese" else rng.choice(VARIETIES))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--seconds", type=float, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--longest", type=int, default=320)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    start = time.time()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    batch = Batch(Decoder(Gguf(options.teacher)), SYSTEM)
    print("loaded", round(time.time() - start, 1), flush=True)
    start, written, rounds = time.time(), 0, 0
    with open(options.out, "w", encoding="utf-8") as out:
        while rounds == 0 or time.time() - start < options.seconds * rounds / (rounds + 1):
            asked = [prompt(rng) for _ in range(options.rows)]
            made = batch.texts([text + ANSWER for _, text in asked], options.longest, rng.choice((0.6, 0.8, 0.9)))
            for (kind, _), text in zip(asked, made):
                if text:
                    out.write(json.dumps({"kind": kind, "text": text}, ensure_ascii=False) + "\n")
                    written += 1
            out.flush()
            rounds += 1
            print("round", rounds, "texts", written, "seconds", round(time.time() - start, 1), flush=True)


if __name__ == "__main__":
    main()
