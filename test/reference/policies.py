"""Writes policies.json.gz: random logits, processed by transformers' logits processors.

Run with a Python that has torch and transformers: python policies.py
"""

import torch
import transformers
from transformers.generation import logits_process as hf

from policy_vectors import COUNT, Dice, dumped, vectors, write

WARPERS = {
    "temperature": lambda settings, _: hf.TemperatureLogitsWarper(settings["temperature"]),
    "topK": lambda settings, _: hf.TopKLogitsWarper(settings["topK"]),
    "topP": lambda settings, _: hf.TopPLogitsWarper(settings["topP"]),
    "minP": lambda settings, _: hf.MinPLogitsWarper(settings["minP"]),
    "typical": lambda settings, _: hf.TypicalLogitsWarper(settings["typical"]),
    "epsilonCutoff": lambda settings, _: hf.EpsilonLogitsWarper(settings["epsilonCutoff"]),
    "etaCutoff": lambda settings, _: hf.EtaLogitsWarper(settings["etaCutoff"]),
}
PROCESSORS = {
    "logitBiases": lambda settings, _: hf.SequenceBiasLogitsProcessor(
        {tuple(word["tokens"]): word["bias"] for word in settings["logitBiases"]}
    ),
    "repetitionPenalty": lambda settings, _: hf.RepetitionPenaltyLogitsProcessor(settings["repetitionPenalty"]),
    "noRepeatNgram": lambda settings, _: hf.NoRepeatNGramLogitsProcessor(settings["noRepeatNgram"]),
    "bannedWords": lambda settings, _: hf.NoBadWordsLogitsProcessor(settings["bannedWords"]),
    "minimumLength": lambda settings, run: hf.MinNewTokensLengthLogitsProcessor(
        run["promptLength"], settings["minimumLength"], run["endTokens"]
    ),
}
# In the order in which transformers' generate() applies them.
ALL = {**PROCESSORS, **WARPERS}


def words(dice: Dice, vector: dict) -> list[list[int]]:
    """Distinct words of one to three tokens; the context ends with the start of some of them."""
    context, size = vector["context"], len(vector["logits"])
    found = [context[-length:] + [dice.whole(0, size - 1)] for length in (0, 1, 2) if length == 0 or dice.chance(0.7)]
    found[0] = found[0][-1:]
    found += [[dice.whole(0, size - 1) for _ in range(dice.whole(1, 3))] for _ in range(6)]
    return [list(word) for word in dict.fromkeys(map(tuple, found))]


def setting(name: str, dice: Dice, vector: dict):
    match name:
        case "temperature":
            return dice.between(0.2, 3)
        case "topK":
            return dice.whole(1, 80)
        case "topP" | "typical":
            return dice.between(0.05, 0.99)
        case "minP":
            return dice.between(0.001, 0.5)
        case "epsilonCutoff" | "etaCutoff":
            return dice.between(0.0003, 0.05)
        case "repetitionPenalty":
            return dice.between(0.8, 2)
        case "noRepeatNgram":
            return dice.whole(1, 4)
        case "logitBiases":
            return [{"tokens": word, "bias": dice.between(-8, 8)} for word in words(dice, vector)]
        case "bannedWords":
            return words(dice, vector)
        case "minimumLength":
            return dice.whole(0, 12)
    raise ValueError(name)


def run_of(dice: Dice, vector: dict) -> dict:
    size = len(vector["logits"])
    return {
        "promptLength": dice.whole(1, len(vector["context"])),
        "endTokens": sorted({dice.whole(0, size - 1) for _ in range(2)}),
    }


def processed(names: list[str], settings: dict, run: dict, vector: dict) -> torch.Tensor:
    scores = torch.tensor([vector["logits"]], dtype=torch.float32)
    context = torch.tensor([vector["context"]])
    for name in ALL:
        if name in names:
            scores = ALL[name](settings, run)(context, scores)
    return scores[0]


def cases(kind: str, names: list[str], dice: Dice) -> list[dict]:
    found = []
    for index, vector in enumerate(vectors()):
        # Chaining all processors leaves few tokens to compare, so each case chains a subset.
        chosen = [name for name in names if kind != "chain" or dice.chance(0.5)]
        settings = {name: setting(name, dice, vector) for name in chosen}
        run = run_of(dice, vector)
        scores = processed(chosen, settings, run, vector)
        found.append({"kind": kind, "vector": index, "settings": settings, "run": run, "probabilities": dumped(scores)})
    return found


def main() -> None:
    dice = Dice(4)
    found = [case for name in ALL for case in cases(name, [name], dice)]
    found += cases("chain", list(ALL), dice)
    write("policies.json.gz", {"torch": torch.__version__, "transformers": transformers.__version__}, found)
    print(f"{len(found)} cases on {COUNT} vectors")


if __name__ == "__main__":
    main()
