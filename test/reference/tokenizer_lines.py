"""Writes tokenizer-lines.json.gz: 5,000 varied lines and their tokens according to Python's tokenizers."""

import gzip
import json
from random import Random

import gguf
import tokenizers

from gguf_source import origin, parse_arguments, tokenizer_of
from line_makers import MAKERS, Maker

LINES = 5000
SEED = 20261


def from_vocabulary(tokenizer: tokenizers.Tokenizer) -> Maker:
    """Makes lines from the texts of random tokens, which need not tokenize to the same tokens."""
    size = tokenizer.get_vocab_size()

    def make(random: Random) -> str:
        ids = [random.randrange(size) for _ in range(random.randint(1, 40))]
        return tokenizer.decode(ids, skip_special_tokens=False)

    return make


def lines(makers: list[Maker]) -> list[str]:
    """The empty line, each Latin-1 character, then distinct lines of all kinds in turn."""
    random = Random(SEED)
    found = dict.fromkeys(["", *map(chr, range(0x100))])
    turn = 0
    while len(found) < LINES:
        found[makers[turn % len(makers)](random)] = None
        turn += 1
    return list(found)


def main() -> None:
    arguments = parse_arguments(__doc__, "tokenizer-lines.json.gz")
    tokenizer = tokenizer_of(gguf.GGUFReader(arguments.gguf))
    texts = lines([*MAKERS, from_vocabulary(tokenizer)])
    ids = [encoding.ids for encoding in tokenizer.encode_batch(texts, add_special_tokens=False)]
    value = {"origin": origin(arguments.gguf), "lines": texts, "ids": ids}
    content = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
    with open(arguments.output, "wb") as file:
        file.write(gzip.compress(content, compresslevel=9, mtime=0))
    print(f"{len(texts)} lines, {sum(map(len, ids))} tokens, {len(set().union(*ids))} different ones")


if __name__ == "__main__":
    main()
