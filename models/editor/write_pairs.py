"""
The untuned teacher puts passages into other tenses and persons, twice, for training to keep the pairs that pass pairs.py.

  python write_pairs.py --teacher TEACHER.gguf --texts texts-1.jsonl --seconds 60 --out pairs-1.jsonl

Each line of the result is {"action": ..., "source": ..., "targets": [...]}.
"""

import argparse

import torch

from decoder import Decoder
from gguf import Gguf
from rewriting import SAMPLES, Source, choose_passages, rewrite
from sampling import Batch
from shots import continuation, prefix

_PAST = {"fiction": 0.9, "first": 0.8, "news": 0.6, "dialogue": 0.2, "patterns": 0.1, "figures": 0.3}
_PRESENT = {"present": 0.9, "first": 0.8, "terse": 0.6, "essay": 0.3, "report": 0.2, "patterns": 0.1}
_FIRST_PERSON = {"first": 0.9, "casual": 0.3, "patterns": 0.2, "fiction": 0.5, "review": 0.5}
SOURCES = {
    "past": Source(_PRESENT, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3),
    "present": Source(_PAST, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3),
    "third": Source(_FIRST_PERSON, least=5, most=70, growth=1.25, weight=0.8, temperature=0.3),
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    found = choose_passages(options.texts, SOURCES, options.seed)
    print({action: len(chosen) for action, chosen in found.items()}, flush=True)
    torch.manual_seed(options.seed)
    decoder = Decoder(Gguf(options.teacher))
    batches = {action: Batch(decoder, prefix(action)) for action in SOURCES}

    def sample(action, chosen, longest, temperature):
        prompts = [continuation(passage) for passage in chosen for _ in range(SAMPLES)]
        return batches[action].texts(prompts, longest, temperature)

    rewrite(found, SOURCES, sample, options.rows, options.seconds, options.out)


if __name__ == "__main__":
    main()
