"""Adds `exactSum` to beam.json.gz: the summed log-probabilities of the hypotheses, computed in float64.

transformers computes the log-softmax of beam search in float32. Over 49,152 entries the sum of exponentials loses the
smallest ones, about 1e-5 of the total, so every log-probability is too high by that much and the sum of 24 by up to
2.5e-4; a score with length penalty -1 multiplies that by the length. This script runs one forward over each
hypothesis and normalises and sums the same float32 logits in float64.
"""

import gzip
import json

import gguf
import torch

from gguf_source import model_of, parse_arguments


@torch.inference_mode()
def exact_sums(model, prompt: list[int], texts: list[tuple[int, ...]]) -> dict[tuple[int, ...], float]:
    longest = max(map(len, texts))
    padded = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
    start = model(torch.tensor([prompt]), use_cache=True, logits_to_keep=1)
    cache = start.past_key_values
    cache.batch_repeat_interleave(len(texts))
    rest = model(padded[:, :-1], past_key_values=cache, use_cache=True).logits
    logits = torch.cat([start.logits.expand(len(texts), -1, -1), rest], dim=1).double()
    chosen = logits.gather(2, padded[:, :, None])[:, :, 0] - logits.logsumexp(dim=2)
    return {text: float(row[: len(text)].sum()) for text, row in zip(texts, chosen)}


def main() -> None:
    arguments = parse_arguments(__doc__, "beam.json.gz")
    torch.set_num_threads(2)
    model = model_of(gguf.GGUFReader(arguments.gguf))
    with gzip.open(arguments.output) as file:
        value = json.load(file)
    for number, prompt in enumerate(value["prompts"], 1):
        hypotheses = [found for search in prompt["searches"] for found in search["hypotheses"]]
        sums = exact_sums(model, prompt["promptIds"], sorted({tuple(found["ids"]) for found in hypotheses}))
        for found in hypotheses:
            found["exactSum"] = round(sums[tuple(found["ids"])], 6)
        apart = max(abs(found["exactSum"] - sum(found["logProbabilities"])) for found in hypotheses)
        print(f"{number}/{len(value['prompts'])} {len(sums)} texts, float32 is {apart:.1e} apart", flush=True)
    with open(arguments.output, "wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        file.write(json.dumps(value, separators=(",", ":")).encode())


if __name__ == "__main__":
    main()
