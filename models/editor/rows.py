"""Rows of a training batch: several examples a row, and what of them is learnt."""

import json

import numpy as np

LENGTH, ROWS = 768, 48


def chat_rows(paths, tokenizer):
    """Prompt and answer ids of every chat, and the answer's start."""
    end = tokenizer.token_to_id("<|im_end|>")
    records = [json.loads(line) for path in paths for line in open(path)]
    rows = []
    for at in range(0, len(records), 4096):
        part = records[at : at + 4096]
        prompts = tokenizer.encode_batch([record["text"] for record in part])
        answers = tokenizer.encode_batch([record["answer"] for record in part])
        for prompt, answer in zip(prompts, answers):
            ids = np.array(prompt.ids + answer.ids + [end], np.uint16)[:LENGTH]
            if len(prompt.ids) < len(ids):
                rows.append(("chat", ids, len(prompt.ids)))
    return rows


def packed(examples, rng):
    """Rows of examples, first fit, in random order."""
    full, open_ = [], []
    for example in examples:
        size = len(example[1])
        for at, (room, row) in enumerate(open_):
            if size <= room:
                row.append(example)
                open_[at] = (room - size, row)
                break
        else:
            open_.append((LENGTH - size, [example]))
            if len(open_) > 40:
                open_.sort(key=lambda entry: entry[0])
                full.append(open_.pop(0)[1])
    full += [row for _, row in open_]
    rng.shuffle(full)
    return full


def arrays(rows):
    """Ids, places, example numbers and whether a token is an answer's, [ROWS, LENGTH] each."""
    ids = np.zeros((ROWS, LENGTH), np.int64)
    places = np.zeros((ROWS, LENGTH), np.int64)
    which = np.full((ROWS, LENGTH), -1, np.int64)
    learnt = np.zeros((ROWS, LENGTH), bool)
    for row, examples in enumerate(rows):
        at = 0
        for number, (_, tokens, start) in enumerate(examples):
            size = len(tokens)
            ids[row, at : at + size] = tokens
            places[row, at : at + size] = np.arange(size)
            which[row, at : at + size] = number
            learnt[row, at + start : at + size] = True
            at += size
    return ids, places, which, learnt
