"""Writes beam.json.gz: results of transformers' beam search in float32, with scores and log-probabilities.

The full product of prompts and settings would take hours. Each prompt covers every pair of length penalty and early
stopping once, with the width rotating over pairs and prompts, so that five prompts cover each of the 48 combinations.
Two more searches per prompt use a minimum length and no-repeat n-grams. For two thirds of the prompts punctuation
ends a text, since few answers end within 24 tokens and early stopping would have no effect.
"""

import gzip
import itertools
import json

import gguf
import torch

from greedy import PROMPTS
from gguf_source import chat_tokenizer_of, model_of, origin, parse_arguments

TOKENS = 24
WIDTHS = (2, 4, 5, 8)
LENGTH_PENALTIES = (-1.0, 0.0, 1.0, 2.0)
EARLY_STOPPING = (True, False, "never")
END_TEXTS = ((), (".",), (".", ",", "\n"))
# Sums differ by about 1e-5 between float32 programs: decisions closer than this aren't comparable.
SMALLEST_MARGIN = 2e-4


class Margins:
    """Records the closest decision of a model's beam search."""

    def __init__(self, model) -> None:
        self.smallest = float("inf")
        self.keep = model._get_running_beams_for_next_iteration
        model._get_running_beams_for_next_iteration = self.watched

    def watched(self, *, topk_log_probs, next_token_hits_stopping_criteria, num_beams, **others):
        scores, ended = topk_log_probs[0], next_token_hits_stopping_criteria[0]
        living = scores[~ended]
        if len(living) > num_beams:
            self.note(living[num_beams - 1] - living[num_beams])
        if bool(ended[: num_beams + 1].any()):
            self.note(scores[num_beams - 1] - scores[num_beams])
        return self.keep(
            topk_log_probs=topk_log_probs,
            next_token_hits_stopping_criteria=next_token_hits_stopping_criteria,
            num_beams=num_beams,
            **others,
        )

    def note(self, margin) -> None:
        self.smallest = min(self.smallest, float(margin))


def settings_of(number: int) -> list[dict[str, object]]:
    """The settings of all searches of one prompt."""
    plain = [
        {"width": WIDTHS[(number + pair) % len(WIDTHS)], "lengthPenalty": penalty, "earlyStopping": early}
        for pair, (penalty, early) in enumerate(itertools.product(LENGTH_PENALTIES, EARLY_STOPPING))
    ]
    width = WIDTHS[number % len(WIDTHS)]
    return [
        *({**settings, "minimumTokens": 0, "noRepeat": 0} for settings in plain),
        {"width": width, "lengthPenalty": 1.0, "earlyStopping": False, "minimumTokens": 12, "noRepeat": 0},
        {"width": width, "lengthPenalty": 0.0, "earlyStopping": "never", "minimumTokens": 6, "noRepeat": 2},
    ]


@torch.inference_mode()
def search(model, prompt: list[int], settings: dict, ends: list[int]) -> dict[str, object]:
    margins = Margins(model)
    try:
        result = model.generate(
            torch.tensor([prompt]),
            attention_mask=torch.ones(1, len(prompt), dtype=torch.long),
            do_sample=False,
            max_new_tokens=TOKENS,
            num_beams=settings["width"],
            num_return_sequences=settings["width"],
            length_penalty=settings["lengthPenalty"],
            early_stopping=settings["earlyStopping"],
            min_new_tokens=settings["minimumTokens"] or None,
            no_repeat_ngram_size=settings["noRepeat"] or None,
            eos_token_id=ends,
            pad_token_id=ends[0],
            return_dict_in_generate=True,
            output_scores=True,
            output_logits=True,
        )
    finally:
        model._get_running_beams_for_next_iteration = margins.keep
    hypotheses = []
    steps = model.compute_transition_scores(result.sequences, result.scores, result.beam_indices)
    for sequence, beams, score, values in zip(
        result.sequences, result.beam_indices, result.sequences_scores.tolist(), steps.tolist()
    ):
        length = int((beams >= 0).sum())
        hypotheses.append(
            {
                "ids": sequence[len(prompt) : len(prompt) + length].tolist(),
                "score": round(score, 6),
                "logProbabilities": [round(value, 5) for value in values[:length]],
            }
        )
    for better, worse in itertools.pairwise(hypotheses):
        # Converted back to log-probability, where the rounding happens.
        margins.note((better["score"] - worse["score"]) * len(worse["ids"]) ** settings["lengthPenalty"])
    return {**settings, "endTokens": ends, "margin": round(margins.smallest, 6), "hypotheses": hypotheses}


def main() -> None:
    arguments = parse_arguments(__doc__, "beam.json.gz")
    torch.set_num_threads(2)
    reader = gguf.GGUFReader(arguments.gguf)
    tokenizer = chat_tokenizer_of(reader)
    model = model_of(reader)
    searches, dropped = [], 0
    for number, prompt in enumerate(PROMPTS):
        text = prompt.get("raw") or tokenizer.apply_chat_template(
            prompt["messages"], tokenize=False, add_generation_prompt=True
        )
        tokens = tokenizer.encode(text, add_special_tokens=False)
        marks = [tokenizer.encode(mark, add_special_tokens=False) for mark in END_TEXTS[number % len(END_TEXTS)]]
        ends = [tokenizer.eos_token_id, *(mark[0] for mark in marks)]
        found = [search(model, tokens, settings, ends) for settings in settings_of(number)]
        clear = [entry for entry in found if entry["margin"] >= SMALLEST_MARGIN]
        dropped += len(found) - len(clear)
        searches.append({"promptIds": tokens, "searches": clear})
        best = tokenizer.decode(found[-1]["hypotheses"][0]["ids"])
        print(f"{number + 1}/{len(PROMPTS)} {len(clear)} of {len(found)} clear {best!r}", flush=True)
    value = {"origin": origin(arguments.gguf), "maximumTokens": TOKENS, "dropped": dropped, "prompts": searches}
    # No timestamp in the header, so that the file is deterministic.
    with open(arguments.output, "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(json.dumps(value, separators=(",", ":")).encode())


if __name__ == "__main__":
    main()
