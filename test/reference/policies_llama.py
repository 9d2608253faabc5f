"""Writes policies-llama.json.gz: the logits of policies.py, processed by llama.cpp's samplers.

Run with a Python that has numpy, on llama.cpp's library as of August 2026 or later (node-llama-cpp 3.22.1 ships one):
python policies_llama.py --version "node-llama-cpp 3.22.1" FOLDER/libllama.so
"""

import argparse
import ctypes
import math
import pathlib

import numpy

from policy_vectors import Dice, dumped, vectors, write

MIROSTAT_STEPS = 25


class TokenData(ctypes.Structure):
    _fields_ = [("id", ctypes.c_int32), ("logit", ctypes.c_float), ("p", ctypes.c_float)]


class TokenDataArray(ctypes.Structure):
    _fields_ = [
        ("data", ctypes.POINTER(TokenData)),
        ("size", ctypes.c_size_t),
        ("selected", ctypes.c_int64),
        ("sorted", ctypes.c_bool),
    ]


class Library:
    def __init__(self, path: pathlib.Path):
        # The loader doesn't search the library's folder for its dependencies, so they are loaded first.
        for needed in ["libggml-base.so", *sorted(file.name for file in path.parent.glob("libggml.*so*"))]:
            if (path.parent / needed).exists():
                ctypes.CDLL(str(path.parent / needed), mode=ctypes.RTLD_GLOBAL)
        self.library = ctypes.CDLL(str(path))

    def sampler(self, name: str, *values):
        create = getattr(self.library, f"llama_sampler_init_{name}")
        create.restype = ctypes.c_void_p
        return ctypes.c_void_p(create(*values))

    def accept(self, sampler, tokens: list[int]) -> None:
        for token in tokens:
            self.library.llama_sampler_accept(sampler, ctypes.c_int32(token))

    def apply(self, sampler, logits: list[float]) -> tuple[numpy.ndarray, int]:
        """Returns the scores, -Infinity for removed tokens, and the chosen token or -1."""
        data = (TokenData * len(logits))(*(TokenData(token, logit, 0) for token, logit in enumerate(logits)))
        array = TokenDataArray(data, len(logits), -1, False)
        self.library.llama_sampler_apply(sampler, ctypes.byref(array))
        scores = numpy.full(len(logits), -math.inf)
        for index in range(array.size):
            scores[array.data[index].id] = array.data[index].logit
        return scores, array.data[array.selected].id if array.selected >= 0 else -1

    def free(self, sampler) -> None:
        self.library.llama_sampler_free(sampler)


real = ctypes.c_float


def sampler_of(library: Library, settings: dict, size: int):
    match settings:
        case {"topNSigma": n}:
            return library.sampler("top_n_sigma", real(n))
        case {"temperature": middle, "temperatureSpread": spread, "temperatureExponent": exponent}:
            return library.sampler("temp_ext", real(middle), real(spread), real(exponent))
        case {"xtcProbability": probability, "xtcThreshold": threshold}:
            return library.sampler("xtc", real(probability), real(threshold), ctypes.c_size_t(1), ctypes.c_uint32(1))
        case {"repetitionPenalty": repeat, "presencePenalty": presence, "frequencyPenalty": frequency}:
            range_of = (ctypes.c_int32(size), ctypes.c_int32(settings["penaltyWindow"]))
            return library.sampler("penalties", *range_of, real(repeat), real(frequency), real(presence))
        case {"dryMultiplier": multiplier, "dryBase": base, "dryAllowedLength": allowed, "penaltyWindow": last}:
            # No vocabulary: it is only needed for sequence breakers.
            lengths = (ctypes.c_int32(allowed), ctypes.c_int32(last), None, ctypes.c_size_t(0))
            return library.sampler("dry", None, real(multiplier), real(base), *lengths)
        case {"mirostatTarget": target, "mirostatRate": rate}:
            return library.sampler("mirostat_v2", ctypes.c_uint32(1), real(target), real(rate))
    raise ValueError(settings)


def settings_of(kind: str, dice: Dice) -> dict:
    match kind:
        case "topNSigma":
            return {"topNSigma": dice.between(0.3, 3)}
        case "dynamicTemperature":
            middle = dice.between(0.5, 2)
            spread, exponent = dice.between(0.05, middle - 0.1), dice.between(0.3, 3)
            return {"temperature": middle, "temperatureSpread": spread, "temperatureExponent": exponent}
        case "xtc":
            return {"xtcProbability": 1, "xtcThreshold": dice.between(0.005, 0.3)}
        case "penalties":
            amounts = [dice.between(0.8, 1.8), dice.between(-2, 2), dice.between(-2, 2), dice.whole(1, 60)]
            return dict(zip(["repetitionPenalty", "presencePenalty", "frequencyPenalty", "penaltyWindow"], amounts))
        case "dry":
            amounts = [dice.between(0.1, 2), dice.between(1, 2), dice.whole(1, 4), dice.whole(5, 90)]
            return dict(zip(["dryMultiplier", "dryBase", "dryAllowedLength", "penaltyWindow"], amounts))
        case "mirostat":
            return {"mirostatTarget": dice.between(0.5, 6), "mirostatRate": dice.between(0.05, 0.8)}
    raise ValueError(kind)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=pathlib.Path, help="libllama.so, as node-llama-cpp or llama-cpp-python ship it")
    parser.add_argument("--version", required=True, help="what the library came with, for the record")
    arguments = parser.parse_args()
    library = Library(arguments.library.resolve())
    dice = Dice(5)
    run = {"promptLength": 0, "endTokens": []}
    cases = []
    for kind in ("topNSigma", "dynamicTemperature", "xtc", "penalties", "dry"):
        for index, vector in enumerate(vectors()):
            settings = settings_of(kind, dice)
            sampler = sampler_of(library, settings, len(vector["logits"]))
            library.accept(sampler, vector["context"])
            scores, _ = library.apply(sampler, vector["logits"])
            library.free(sampler)
            cases.append(
                {"kind": kind, "vector": index, "settings": settings, "run": run, "probabilities": dumped(scores)}
            )
    runs = []
    for first in range(0, 100, MIROSTAT_STEPS):
        settings = settings_of("mirostat", dice)
        sampler = sampler_of(library, settings, 0)
        steps = []
        for index in range(first, first + MIROSTAT_STEPS):
            scores, chosen = library.apply(sampler, vectors()[index]["logits"])
            steps.append({"vector": index, "chosen": chosen, "probabilities": dumped(scores)})
        library.free(sampler)
        runs.append({"settings": settings, "steps": steps})
    write("policies-llama.json.gz", {"llama.cpp": arguments.version}, cases, mirostat=runs)
    print(f"{len(cases)} cases and {len(runs)} runs of mirostat")


if __name__ == "__main__":
    main()
