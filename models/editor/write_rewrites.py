"""
The tuned teacher rewrites passages by each action, twice, and puts mistakes into right ones.

  python write_rewrites.py --teacher TEACHER.gguf --adapter teacher.npz --texts texts-1.jsonl --seconds 125 \\
    --out pairs-2.jsonl

Each line of the result is {"action": ..., "source": ..., "targets": [...]}; of "mistakes" the source is the right text.
"""

import argparse

import torch

from rewriting import SAMPLES, Source, choose_passages, rewrite
from sampling import Batch
from tune_teacher import teacher_prompt, tuned_decoder

_ANY = dict.fromkeys("fiction dialogue email casual blunt academic news report essay first figures".split(), 0.3)
_EVERY = dict.fromkeys(
    """
    fiction present dialogue email casual blunt wordy academic terse news report essay first review list markdown patterns
    figures
    """.split(),
    0.4,
)
_INFORMAL = {"casual": 0.95, "hedged": 0.2, "heated": 0.3, "dialogue": 0.15, "review": 0.3, "email": 0.3, "first": 0.2}
_CURT = {"blunt": 0.95, "terse": 0.2, "email": 0.3, "report": 0.1, "wordy": 0.1}
_DENSE = {"academic": 0.95, "wordy": 0.35, "blunt": 0.4, "essay": 0.4, "news": 0.3, "report": 0.5}
_LONG = {"news": 0.8, "essay": 0.8, "report": 0.7, "fiction": 0.4, "first": 0.4, "figures": 0.6, "academic": 0.3}
SOURCES = {
    "mistakes": Source(_EVERY, least=4, growth=1.3, weight=4, temperature=0.9),
    "rewrite": Source(_ANY, weight=0.8),
    "shorten": Source({**_ANY, "wordy": 0.95}, least=14, growth=1.0, weight=1.3),
    "expand": Source({**_ANY, "terse": 0.8}, least=5, most=40, growth=2.6),
    "simplify": Source(_DENSE, least=8, growth=1.8, weight=1.4),
    "formal": Source(_INFORMAL, least=4, growth=1.7, weight=1.5),
    "friendly": Source(_CURT, least=4, most=70, growth=2.2, weight=1.3),
    "confident": Source({"hedged": 0.97, "casual": 0.15, "email": 0.1}, most=60, growth=1.1, weight=0.9),
    "neutral": Source({"heated": 0.97, "casual": 0.15, "review": 0.4}, most=70, growth=1.3, weight=0.9),
    "summarise": Source(_LONG, least=45, most=220, growth=0.7, weight=1.1),
}


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--adapter", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--seconds", type=float, default=125)
    options.add_argument("--seed", type=int, default=2)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    found = choose_passages(options.texts, SOURCES, options.seed)
    print({action: len(chosen) for action, chosen in found.items()}, flush=True)
    torch.manual_seed(options.seed)
    batch = Batch(tuned_decoder(options.teacher, options.adapter))

    def sample(action, chosen, longest, temperature):
        prompts = [teacher_prompt(action, passage) for passage in chosen for _ in range(SAMPLES)]
        return batch.texts(prompts, longest, temperature)

    rewrite(found, SOURCES, sample, options.rows, options.seconds, options.out)


if __name__ == "__main__":
    main()
