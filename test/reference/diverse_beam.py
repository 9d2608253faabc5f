"""Writes diverse-beam.json: results of diverse beam search (Vijayakumar et al. 2018) in float32.

transformers 5 has no diverse beam search any more, so that the search is written here, from the paper and from what
transformers 4 did; only the model is transformers'. The two differ in one thing. In the paper the penalty decides
which continuations a group keeps, and what is added up are the model's log-probabilities. transformers 4 added up the
penalised ones, and ranked its results by that. `accumulated` holds the tokens of the latter, as a control.
"""

import gguf
import torch

from greedy import PROMPTS
from gguf_source import chat_tokenizer_of, model_of, origin, parse_arguments, write_json

TOKENS = 16
# Sums differ by about 1e-5 between float32 programs: decisions closer than this aren't comparable.
SMALLEST_MARGIN = 2e-4
END_TEXTS = (".", ",", "\n")
# Prompt index, total beams, groups, diversity penalty, length penalty, whether end texts end a hypothesis.
SEARCHES = (
    (0, 4, 2, 0.5, 1.0, True),
    (2, 4, 2, 1.0, 0.0, True),
    (3, 6, 3, 0.5, 1.0, False),
    (5, 4, 4, 2.0, 1.0, False),
    (8, 6, 2, 0.2, 1.0, True),
    (9, 4, 2, 0.5, 0.0, False),
    (11, 6, 3, 1.5, 2.0, True),
    (13, 3, 3, 0.5, 1.0, True),
    (14, 8, 2, 0.7, 1.0, True),
    (16, 4, 2, 3.0, -1.0, True),
    (17, 8, 4, 0.5, 1.0, True),
    (19, 6, 3, 1.0, 0.0, True),
)


class Group:
    """The beams of one group, as rows of the batch, and its finished hypotheses."""

    def __init__(self, rows: list[int], settings: dict) -> None:
        self.rows = rows
        self.settings = settings
        self.finished: list[tuple[float, list[int], float]] = []
        self.over = False

    def finish(self, ids: list[int], total: float, margins: list[float]) -> None:
        score = total / len(ids) ** self.settings["lengthPenalty"]
        margins.extend(abs(score - other) for other, _, _ in self.finished)
        self.finished.append((score, ids, total))
        self.finished.sort(key=lambda entry: -entry[0])
        del self.finished[len(self.rows) :]

    def check_over(self, live: list[float], length: int, margins: list[float]) -> None:
        if len(self.finished) < len(self.rows):
            return
        best = max(live, default=-float("inf")) / length ** self.settings["lengthPenalty"]
        margins.append(abs(best - self.finished[-1][0]))
        self.over = best <= self.finished[-1][0]


@torch.inference_mode()
def search(model, prompt: list[int], settings: dict, accumulate: bool) -> tuple[list[dict], float]:
    """Returns the hypotheses of all groups, best first, and the margin of the closest decision."""
    width, count, ends = settings["width"], settings["groups"], set(settings["endTokens"])
    size = width // count
    groups = [Group(list(range(first, first + size)), settings) for first in range(0, width, size)]
    texts: list[list[int]] = [[] for _ in range(width)]
    sums = [0.0 if row % size == 0 else -float("inf") for row in range(width)]
    margins: list[float] = []
    result = model(torch.tensor([prompt] * width), use_cache=True, logits_to_keep=1)
    for length in range(1, TOKENS + 1):
        log_probabilities = torch.log_softmax(result.logits[:, -1].double(), dim=-1)
        taken = torch.zeros(log_probabilities.shape[-1], dtype=torch.double)
        source, chosen = list(range(width)), [0] * width
        before, sums = sums, list(sums)
        new_texts = list(texts)
        for group in groups:
            if group.over:
                continue
            totals = torch.tensor([before[row] for row in group.rows]).double()[:, None] + log_probabilities[group.rows]
            keys = totals - settings["diversityPenalty"] * taken
            candidates = size * (1 + len(ends))
            top = torch.topk(keys.flatten(), candidates + 1)
            live: list[tuple[int, int, float]] = []
            for rank, place in enumerate(top.indices.tolist()[:candidates]):
                row, token = group.rows[place // keys.shape[-1]], place % keys.shape[-1]
                total = float((keys if accumulate else totals).flatten()[place])
                if total == -float("inf"):
                    continue
                if rank in (size - 1, candidates - 1) or len(live) in (size - 1, size):
                    margins.append(float(top.values[rank] - top.values[rank + 1]))
                if token in ends or length == TOKENS:
                    if rank < size:
                        group.finish([*texts[row], token], total, margins)
                elif len(live) < size:
                    live.append((row, token, total))
            if length == TOKENS:
                continue
            group.check_over([total for _, _, total in live], length, margins)
            if group.over:
                continue
            for row, (parent, token, total) in zip(group.rows, live, strict=True):
                source[row], chosen[row], sums[row] = parent, token, total
                new_texts[row] = [*texts[parent], token]
                taken[token] += 1
        texts = new_texts
        if length == TOKENS or all(group.over for group in groups):
            break
        cache = result.past_key_values
        cache.reorder_cache(torch.tensor(source))
        result = model(torch.tensor(chosen)[:, None], past_key_values=cache, use_cache=True, logits_to_keep=1)
    # Ties go to the earlier group, since the sort is stable.
    finished = sorted((entry for group in groups for entry in group.finished), key=lambda entry: -entry[0])
    hypotheses = [{"ids": ids, "sum": round(total, 6), "score": round(score, 6)} for score, ids, total in finished]
    return hypotheses, min(margins)


def main() -> None:
    arguments = parse_arguments(__doc__, "diverse-beam.json")
    torch.set_num_threads(2)
    reader = gguf.GGUFReader(arguments.gguf)
    tokenizer = chat_tokenizer_of(reader)
    model = model_of(reader)
    searches = []
    for number, width, groups, penalty, length_penalty, marks in SEARCHES:
        prompt = PROMPTS[number]
        text = prompt.get("raw") or tokenizer.apply_chat_template(
            prompt["messages"], tokenize=False, add_generation_prompt=True
        )
        tokens = tokenizer.encode(text, add_special_tokens=False)
        ends = [tokenizer.encode(mark, add_special_tokens=False)[0] for mark in END_TEXTS] if marks else []
        settings = {
            "width": width,
            "groups": groups,
            "diversityPenalty": penalty,
            "lengthPenalty": length_penalty,
            "endTokens": [tokenizer.eos_token_id, *ends],
        }
        hypotheses, margin = search(model, tokens, settings, accumulate=False)
        accumulated, _ = search(model, tokens, settings, accumulate=True)
        print(f"{number} {settings} margin {margin:.1e} {[tokenizer.decode(found['ids']) for found in hypotheses]}", flush=True)
        if margin < SMALLEST_MARGIN:
            print("dropped: a decision is too close", flush=True)
            continue
        other = [found["ids"] for found in accumulated]
        searches.append({"promptIds": tokens, **settings, "margin": round(margin, 6), "hypotheses": hypotheses, "accumulated": other})
    write_json(arguments.output, {"origin": origin(arguments.gguf), "maximumTokens": TOKENS, "searches": searches})


if __name__ == "__main__":
    main()
