"""Rows of a training batch: several examples a row, and what of them is learnt."""

import json

import numpy as np

LENGTH = 768


def encoded(tokenizer, examples):
    """(label, ids, the answer's start) of (label, prompt, answer) that fit a row."""
    end = tokenizer.token_to_id("<|im_end|>")
    prompts = tokenizer.encode_batch([prompt for _, prompt, _ in examples])
    answers = tokenizer.encode_batch([answer for _, _, answer in examples])
    for (label, _, _), prompt, answer in zip(examples, prompts, answers):
        ids = np.array(prompt.ids + answer.ids + [end], np.uint32)
        if len(ids) <= LENGTH:
            yield label, ids, len(prompt.ids)


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


def arrays(rows, count):
    """Ids, places, example numbers and whether a token is an answer's, [count, LENGTH] each."""
    ids = np.zeros((count, LENGTH), np.int64)
    places = np.zeros((count, LENGTH), np.int64)
    which = np.full((count, LENGTH), -1, np.int64)
    learnt = np.zeros((count, LENGTH), bool)
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
