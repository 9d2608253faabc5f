"""
Answers of the stock model and of adapters on the evaluation sets and on chat prompts, greedy.

  python evaluate.py --model STOCK.gguf --sets ../../test/actions --adapters adapter.npz --out answers.json
"""

import argparse
import json

import numpy as np

from adapter import Adapter
from decoder import Batch, Decoder
from gguf import Gguf
from instructions import ANSWER, SYSTEM, asked
from sets import cases, instruction

CHAT = """What is the capital of Portugal, and what is it known for?|Write a short poem about the sea.|Explain to a child why the sky is blue.|Give me three tips for a job interview.|Write an email to my boss asking for a day off.|What is the difference between weather and climate?|Tell me a story about a fox and a clock.|How do I boil an egg?|Summarise the plot of Romeo and Juliet in two sentences.|Write a Python function that adds two numbers.|Suggest a name for a café by a river.|Why do cats purr?|List five ways to save energy at home.|What should I pack for a weekend in the mountains?|Write the first paragraph of a detective novel.|How does a bicycle stay upright?|Give me a recipe for tomato soup.|What is a good way to learn vocabulary?|Write a birthday message for my grandmother.|Which planets have rings?""".split("|")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--sets", required=True)
    options.add_argument("--adapters", nargs="*", default=[])
    options.add_argument("--out", required=True)
    options = options.parse_args()
    found = cases(options.sets)
    prompts = [asked(instruction(case["action"]), case["source"]) for case in found]
    prompts += [SYSTEM + text + ANSWER for text in CHAT]
    result = {"cases": found, "chat": CHAT, "answers": {}}
    for adapter in ["stock", *options.adapters]:
        decoder = Decoder(Gguf(options.model))
        if adapter != "stock":
            merged = Adapter(decoder, rank=len(np.load(adapter)["0.qkv.down"]))
            merged.load(adapter)
            merged.merge()
        answers = Batch(decoder).texts(prompts, 384, 0)
        result["answers"][adapter] = answers
        exact = sum(answer == case["target"] for answer, case in zip(answers, found) if case["target"])
        print(adapter, "exact", exact, "of", sum(case["target"] is not None for case in found), flush=True)
        with open(options.out, "w") as out:
            json.dump(result, out, ensure_ascii=False)


if __name__ == "__main__":
    main()
