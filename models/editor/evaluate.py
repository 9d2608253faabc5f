"""
Greedy answers of the stock model and of adapters to the evaluation sets and to chat prompts, for a first look.

  python evaluate.py --model STOCK.gguf --sets ../../test/actions --adapters adapter.npz --out answers.json

Prints how many answers are exactly right, by set. `npm run actions` measures the rest with the app's engine.
"""

import argparse
import json
from collections import Counter
from dataclasses import asdict

import numpy as np

from adapter import Adapter
from decoder import Decoder
from gguf import Gguf
from instructions import ANSWER, BUILT_IN, SYSTEM, TRANSLATE, prompt
from sampling import Batch
from sets import cases
from tables import lines

_LONGEST = 384


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--sets", required=True)
    options.add_argument("--adapters", nargs="*", default=[])
    options.add_argument("--out", required=True)
    options = options.parse_args()
    found, chat = cases(options.sets), lines("chat_prompts")
    prompts = [prompt(BUILT_IN.get(case.action, TRANSLATE), case.source) for case in found]
    prompts += [SYSTEM + text + ANSWER for text in chat]
    result = {"cases": [asdict(case) for case in found], "chat": chat, "answers": {}}
    for adapter in [None, *options.adapters]:
        name = adapter or "stock"
        answers = Batch(_decoder(options.model, adapter)).texts(prompts, _LONGEST, 0)
        result["answers"][name] = answers
        sizes = Counter(case.set for case in found if case.references)
        exact = Counter(case.set for case, answer in zip(found, answers) if answer in case.references)
        print(name, ", ".join(f"{set_}: {exact[set_]} of {size}" for set_, size in sizes.items()), flush=True)
        with open(options.out, "w", encoding="utf-8") as out:
            json.dump(result, out, ensure_ascii=False)


def _decoder(model, adapter):
    decoder = Decoder(Gguf(model))
    if adapter:
        merged = Adapter(decoder, rank=len(np.load(adapter)["0.qkv.down"]))
        merged.load(adapter)
        merged.merge()
    return decoder


if __name__ == "__main__":
    main()
