"""An endless stream of packed rows of examples, which worker processes make, with chats between them."""

import os

from examples import Extras, examples_of
from gguf import Gguf
from rows import encoded, packed
from tokenizer import tokenizer_of

# Passages of a chunk, and of each kind of extras, examples.
CHUNK = 128
MISTAKES, PAIRS, WRITTEN_GRAMMAR, WRITTEN_OTHERS = 64, 56, 8, 16
# Chunks that are shuffled together, and chunks a worker that are made ahead.
_SHUFFLED, _AHEAD = 24, 6
_CHATS = 1024
_tokenizer = None


def start_worker(model):
    """Initialises a process of the pool."""
    global _tokenizer
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _tokenizer = tokenizer_of(Gguf(model))


def _encode(job):
    """Token ids and the answer's start, of every example of a chunk."""
    return list(encoded(_tokenizer, examples_of(*job)))


def jobs(data, rng, seed):
    """Endlessly: (passages, extras, seed) of a chunk."""
    draw = lambda items, count: rng.sample(items, min(count, len(items)))
    grammar = [pair for pair in data.written if pair[0] == "grammar"]
    others = [pair for pair in data.written if pair[0] != "grammar"]
    # Every action as often as the others.
    by_action = {}
    for pair in data.pairs:
        by_action.setdefault(pair[0], []).append(pair)
    number = 0
    while True:
        rng.shuffle(data.passages)
        for at in range(0, len(data.passages), CHUNK):
            actions = rng.choices(list(by_action), k=PAIRS) if by_action else []
            pairs = [rng.choice(by_action[action]) for action in actions]
            mistakes = draw(data.mistakes, MISTAKES)
            by_hand = draw(grammar, WRITTEN_GRAMMAR) + draw(others, WRITTEN_OTHERS)
            extras = Extras(pairs, mistakes, by_hand)
            yield data.passages[at : at + CHUNK], extras, seed * 10**8 + number
            number += 1


def batches(pool, workers, source, chats, chat_share, size, rng, counts):
    """
    Endlessly: (packed rows, whether they are chats).
    @param pool processes started with start_worker
    @param source jobs()
    @param chats rows.chat_rows()
    @param chat_share share of the batches that are chats
    @param size rows of a batch
    @param counts a Counter, to which the examples of each action are added
    """
    buffer, chat_buffer, chat_order, made, made_chats = [], [], [], 0, 0
    # imap would read all of an endless iterator.
    waiting = [pool.apply_async(_encode, (next(source),)) for _ in range(_AHEAD * workers)]
    while True:
        examples = []
        for _ in range(_SHUFFLED):
            examples += waiting.pop(0).get()
            waiting.append(pool.apply_async(_encode, (next(source),)))
        counts.update(action for action, _, _ in examples)
        rng.shuffle(examples)
        buffer += packed(examples, rng)
        while len(buffer) >= size:
            yield buffer[:size], False
            buffer, made = buffer[size:], made + 1
            if made_chats < chat_share / (1 - chat_share) * made:
                while len(chat_buffer) < size:
                    chat_order = chat_order or rng.sample(chats, len(chats))
                    part, chat_order = chat_order[:_CHATS], chat_order[_CHATS:]
                    counts["chat"] += len(part)
                    chat_buffer += packed(part, rng)
                yield chat_buffer[:size], True
                chat_buffer, made_chats = chat_buffer[size:], made_chats + 1
