"""
Shows that training leaves out what resembles an evaluation text, in all of its data.

  python disjoint.py --sets ../../test/actions --texts texts-1.jsonl --pairs pairs-1.jsonl pairs-2.jsonl \\
    --checked checked.txt

Prints, for each file and for written/, how many passages or pairs there are, how many of them resemble an evaluation text,
and how many of those are left in what train.py loads, where every number must be 0: otherwise the exit status is 1.
With --trained-held HELD.jsonl, a file by sets.py of an earlier training, also how many that training kept that resemble
today's sets.
"""

import argparse
import itertools
import sys

import written
from data import accept, load, split
from near_duplicates import held_shingles, resembles, shingles
from sets import texts


class _InProcess:
    """A pool of this process alone."""

    imap = staticmethod(map)


def resembling(entries, held):
    """How many tuples of texts have one that resembles the held-out ones."""
    return sum(any(resembles(text, held) for text in entry) for entry in entries)


def loaded_entries(data):
    """The texts of data.Data, as (part, tuples of texts)."""
    yield "passages", [(text,) for _, text in data.passages]
    yield "pairs", [(source, target) for _, source, target in data.pairs]
    yield "mistakes", data.mistakes
    yield "written", [(source, target) for _, source, target in data.written]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--sets", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--pairs", required=True, nargs="+")
    options.add_argument("--checked", nargs="*", default=[])
    options.add_argument("--trained-held")
    options = options.parse_args()
    held = set(itertools.chain.from_iterable(map(shingles, texts(options.sets))))
    for path in options.texts:
        _report(path, [(passage,) for _, passage in split([path], _InProcess)], held)
    for path in options.pairs:
        _report(path, [(source, target) for _, source, target in accept([path], _InProcess)], held)
    _report("written/", [(source, target) for _, source, target in written.load()], held)
    left = 0
    for part, entries in loaded_entries(load(options.texts, options.pairs, options.checked, held, _InProcess)):
        left += _report(f"loaded {part}", entries, held)
    if options.trained_held:
        trained = load(options.texts, options.pairs, options.checked, held_shingles(options.trained_held), _InProcess)
        for part, entries in loaded_entries(trained):
            _report(f"trained {part}", entries, held)
    sys.exit(left > 0)


def _report(name, entries, held):
    count = resembling(entries, held)
    print(f"{name}: {len(entries)}, of which {count} resemble an evaluation text", flush=True)
    return count


if __name__ == "__main__":
    main()
