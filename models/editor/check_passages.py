"""
The tuned teacher reads right texts and mistakes as a corrector, for data.py to keep those that are fit for training.

  python check_passages.py --teacher TEACHER.gguf --adapter teacher.npz --texts texts-1.jsonl --pairs pairs-2.jsonl \\
    --seconds 110 --out checked.txt

Each line of the result is the digest of a passage, or of a pair of texts, and the log-probability of the least likely token
of its correction: for a passage of leaving it as it is, for a mistake of the right text.
"""

import argparse
import json
import random
import time

from adapter import Adapter, Trainer
from decoder import Decoder
from digests import digest
from gguf import Gguf
from passages import passages
from rows import encoded, packed
from tune_teacher import RANK, ROWS, teacher_prompt


def _examples(texts, pairs, rng):
    """(digest, prompt, answer) of every mistake and passage, first those of mistakes: they are of no use unchecked."""
    examples, right = [], set()
    for record in _records(pairs):
        if record["action"] == "mistakes":
            text = record["source"]
            right.add(text)
            examples += [(digest(wrong, text), teacher_prompt("grammar", wrong), text) for wrong in record["targets"]]
    found = set()
    for record in _records(texts):
        if record["kind"] != "chinese":
            found.update(passages(record["kind"], record["text"]))
    others = sorted(found - right)
    rng.shuffle(others)
    return examples + [(digest(text), teacher_prompt("grammar", text), text) for text in sorted(right) + others]


def _records(paths):
    for path in paths:
        with open(path, encoding="utf-8") as file:
            yield from map(json.loads, file)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--adapter", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--pairs", required=True, nargs="+")
    options.add_argument("--seconds", type=float, default=110)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    rng = random.Random(options.seed)
    examples = _examples(options.texts, options.pairs, rng)
    decoder = Decoder(Gguf(options.teacher))
    adapter = Adapter(decoder, RANK)
    adapter.load(options.adapter)
    trainer = Trainer(decoder, adapter, ROWS, 0, compiled=False)
    start, done = time.time(), 0
    with open(options.out, "w") as out:
        for at in range(0, len(examples), 4096):
            rows = packed(list(encoded(decoder.tokenizer, examples[at : at + 4096])), rng)
            for first in range(0, len(rows), ROWS):
                for name, value in trainer.least_log_probabilities(rows[first : first + ROWS]):
                    out.write(f"{name} {value:.3f}\n")
                    done += 1
            out.flush()
            print(done, "of", len(examples), "seconds", round(time.time() - start, 1), flush=True)
            if time.time() - start > options.seconds:
                break


if __name__ == "__main__":
    main()
