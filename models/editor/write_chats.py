"""
The stock model's own conversations, which training mixes in so that its chat stays as it is.

  python write_chats.py --model STOCK.gguf --seconds 40 --out chats-1.jsonl

The model writes the user's turns too; the system prompt is the app's mostly, else another one. Each line of the result is
{"text": ..., "answer": ...}: the prompt and the answer.
"""

import argparse
import json
import random
import time

import torch

from decoder import Decoder
from gguf import Gguf
from instructions import ANSWER, SYSTEM
from sampling import Batch
from write_texts import prompt

_SYSTEMS = (
    SYSTEM,
    SYSTEM,
    SYSTEM,
    SYSTEM.replace("a helpful AI assistant named SmolLM, trained by Hugging Face", "a helpful writing assistant."),
)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--seconds", type=float, default=40)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--longest", type=int, default=448)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    batch = Batch(Decoder(Gguf(options.model)))
    start, rounds, written = time.time(), 0, 0
    with open(options.out, "w", encoding="utf-8") as out:
        while rounds == 0 or time.time() - start < options.seconds * rounds / (rounds + 1):
            systems = [rng.choice(_SYSTEMS) for _ in range(options.rows)]
            asked = batch.texts(systems, 120, 1.0, 0.02)
            # A quarter of the questions are the teacher's tasks: they ask for longer texts.
            asked = [prompt(rng)[1] if rng.random() < 0.25 else text for text in asked]
            prompts = [system + text.strip() + ANSWER for system, text in zip(systems, asked) if text and text.strip()]
            answers = batch.texts(prompts, options.longest, 0.9, 0.02)
            for text, answer in zip(prompts, answers):
                if answer:
                    out.write(json.dumps({"text": text, "answer": answer}, ensure_ascii=False) + "\n")
                    written += 1
            rounds += 1
            print("round", rounds, "chats", written, "seconds", round(time.time() - start, 1), flush=True)


if __name__ == "__main__":
    main()
