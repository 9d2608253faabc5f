"""
Step 4: trains a low-rank adapter of the stock model on the passages, the pairs and the chats.

  python train.py --model STOCK.gguf --texts texts-*.jsonl --pairs pairs-*.jsonl --chats chats-*.jsonl \\
    --seconds 500 --out adapter.npz

The loss is on the answers alone; on chats it is the divergence from the stock model's own distribution. Several examples share a row without seeing each other. The adapter is saved every two
minutes; the learning rate falls to zero at the end of the time.
"""

import argparse
import glob
import json
import multiprocessing
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

from decoder import Decoder
from gguf import Gguf, tokenizer_of
from rows import LENGTH, ROWS, arrays, chat_rows, packed

# Answer tokens of a batch that are learnt at most.
SELECTED = 22528
PARTS = ("qkv", "out", "gate_up", "down")
_tokenizer = None


def _start(model):
    global _tokenizer
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    _tokenizer = tokenizer_of(Gguf(model))


def _encode(job):
    """Token ids and the answer's start, of every example of a chunk."""
    from examples import examples_of

    chunk, pairs, seed = job
    made = examples_of(chunk, pairs, seed)
    prompts = _tokenizer.encode_batch([prompt for _, prompt, _ in made])
    answers = _tokenizer.encode_batch([answer for _, _, answer in made])
    end = _tokenizer.token_to_id("<|im_end|>")
    encoded = []
    for (action, _, _), prompt, answer in zip(made, prompts, answers):
        ids = np.array(prompt.ids + answer.ids + [end], np.uint16)
        if len(ids) <= LENGTH:
            encoded.append((action, ids, len(prompt.ids)))
    return encoded


class Adapter:
    """Rank-r additions to every linear layer, in float32. Alpha over r is 1."""

    def __init__(self, decoder, rank):
        device = decoder.device
        self.pairs = []
        for block in decoder.blocks:
            row = []
            for part in PARTS:
                rows, columns = block[part].shape
                down = torch.randn(rank, columns, device=device) / columns**0.5
                row.append((down.requires_grad_(), torch.zeros(rows, rank, device=device).requires_grad_()))
            self.pairs.append(row)
        self.parameters = [matrix for row in self.pairs for pair in row for matrix in pair]

    def save(self, path):
        """float16 arrays "layer.part.down" [rank, columns] and "layer.part.up" [rows, rank]."""
        arrays = {}
        for layer, row in enumerate(self.pairs):
            for part, (down, up) in zip(PARTS, row):
                arrays[f"{layer}.{part}.down"] = down.detach().half().cpu().numpy()
                arrays[f"{layer}.{part}.up"] = up.detach().half().cpu().numpy()
        np.savez(path, **arrays)


def _layer(x, norm1, qkv, out, norm2, gate_up, down, a1, b1, a2, b2, a3, b3, a4, b4, cos, sin, bias, heads, kv, size, epsilon):
    rows, length, hidden = x.shape
    adapted = lambda x, weight, a, b: F.linear(x, weight) + F.linear(F.linear(x, a.to(x.dtype)), b.to(x.dtype))

    def turned(x):
        first, second = x.chunk(2, -1)
        return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)

    y = adapted(F.rms_norm(x, (hidden,), norm1, epsilon), qkv, a1, b1).view(rows, length, heads + 2 * kv, size)
    both = turned(y[:, :, : heads + kv])
    query, key, value = both[:, :, :heads], both[:, :, heads:], y[:, :, heads + kv :]
    group = heads // kv
    spread = lambda x: x[:, :, :, None].expand(rows, length, kv, group, size).reshape(rows, length, heads, size)
    attended = F.scaled_dot_product_attention(query.transpose(1, 2), spread(key).transpose(1, 2), spread(value).transpose(1, 2), bias)
    x = x + adapted(attended.transpose(1, 2).reshape(rows, length, hidden), out, a2, b2)
    gate, up = adapted(F.rms_norm(x, (hidden,), norm2, epsilon), gate_up, a3, b3).chunk(2, -1)
    return x + adapted(F.silu(gate) * up, down, a4, b4)


def _loss(hidden, norm, head, targets, weights, epsilon):
    """Summed cross-entropy and correct predictions of the selected positions."""
    logits = F.linear(F.rms_norm(hidden, (hidden.shape[-1],), norm, epsilon), head).float()
    losses = F.cross_entropy(logits, targets, reduction="none")
    return (losses * weights).sum(), ((logits.argmax(-1) == targets) * weights).sum()


def _divergence(hidden, stock, norm, head, weights, epsilon):
    """Summed divergence of the stock model's distribution from the adapted one's at the selected positions."""
    logits = lambda x: F.linear(F.rms_norm(x, (x.shape[-1],), norm, epsilon), head).float().log_softmax(-1)
    wanted = logits(stock)
    return ((wanted.exp() * (wanted - logits(hidden))).sum(-1) * weights).sum()


class Trainer:
    def __init__(self, decoder, adapter):
        self.decoder, self.adapter = decoder, adapter
        self.nothing = [[(torch.zeros_like(a), torch.zeros_like(b)) for a, b in row] for row in adapter.pairs]
        gpu = decoder.device == "cuda"
        self.layer = torch.compile(_layer, dynamic=False) if gpu else _layer
        self.loss = torch.compile(_loss, dynamic=False) if gpu else _loss
        self.divergence = torch.compile(_divergence, dynamic=False) if gpu else _divergence
        self.causal = torch.ones(LENGTH, LENGTH, dtype=torch.bool, device=decoder.device).tril()

    def run(self, rows, train=True, stock=False):
        """
        Loss sum, correct and number of the answers' tokens of up to ROWS packed rows.
        @param stock the loss is the divergence from the stock model instead, which keeps chat as it is
        """
        decoder = self.decoder
        ids, places, which, learnt = arrays(rows)
        put = lambda array: torch.from_numpy(array).to(decoder.device, non_blocking=True)
        ids, places, which = put(ids), put(places), put(which)
        # Position i predicts token i + 1.
        chosen = np.nonzero(learnt[:, 1:].reshape(-1))[0][:SELECTED]
        count = len(chosen)
        index = chosen // (LENGTH - 1) * LENGTH + chosen % (LENGTH - 1)
        index = put(np.pad(index, (0, SELECTED - count)))
        weights = torch.zeros(SELECTED, device=decoder.device)
        weights[:count] = 1
        same = (which[:, :, None] == which[:, None]) & self.causal
        bias = torch.where(same, 0.0, -30000.0).to(decoder.dtype)[:, None]
        with torch.set_grad_enabled(train):
            hidden = self._hidden(ids, places, bias, self.adapter.pairs)[index]
            if stock:
                with torch.no_grad():
                    wanted = self._hidden(ids, places, bias, self.nothing)[index]
                loss = self.divergence(hidden, wanted, decoder.norm, decoder.head, weights, decoder.epsilon)
                return loss, torch.zeros((), device=decoder.device), count
            targets = ids.reshape(-1)[index + 1]
            loss, right = self.loss(hidden, decoder.norm, decoder.head, targets, weights, decoder.epsilon)
        return loss, right, count

    def _hidden(self, ids, places, bias, pairs):
        """The last layer's output [ROWS * LENGTH, hidden]."""
        decoder = self.decoder
        cos, sin = decoder.cos[places][:, :, None], decoder.sin[places][:, :, None]
        x = decoder.embedding[ids]
        for block, row in zip(decoder.blocks, pairs):
            flat = [matrix for pair in row for matrix in pair]
            weights = [block[name] for name in ("norm1", "qkv", "out", "norm2", "gate_up", "down")]
            sizes = decoder.heads, decoder.kv_heads, decoder.size, decoder.epsilon
            x = self.layer(x, *weights, *flat, cos, sin, bias, *sizes)
        return x.reshape(ROWS * LENGTH, -1)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--model", required=True)
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--pairs", required=True, nargs="+")
    options.add_argument("--chats", required=True, nargs="+")
    options.add_argument("--held", help="a file of texts that no passage may resemble")
    options.add_argument("--seconds", type=float, default=500)
    options.add_argument("--rank", type=int, default=32)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--chat-share", type=float, default=0.18)
    options.add_argument("--pairs-a-chunk", type=int, default=30)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=15)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    began = time.time()
    rng = random.Random(options.seed)
    torch.manual_seed(options.seed)
    from data import load

    pool = multiprocessing.get_context("spawn").Pool(options.workers, _start, (options.model,))
    passages, pairs = load(options.texts, options.pairs, options.held, pool)
    rng.shuffle(passages)
    print(len(passages), "passages,", len(pairs), "pairs", round(time.time() - began, 1), flush=True)
    chunks = [passages[at : at + 128] for at in range(0, len(passages), 128)]
    drawn = options.pairs_a_chunk * 128 // 256

    def jobs():
        epoch = 0
        while True:
            for number, chunk in enumerate(chunks):
                yield chunk, rng.sample(pairs, min(drawn, len(pairs))), options.seed * 10**8 + epoch * 10**5 + number
            rng.shuffle(chunks)
            epoch += 1

    decoder = Decoder(Gguf(options.model))
    chats = chat_rows(sorted(path for pattern in options.chats for path in glob.glob(pattern)), decoder.tokenizer)
    held_chats, chats = chats[:480], chats[480:]
    rng.shuffle(chats)
    adapter = Adapter(decoder, options.rank)
    trainer = Trainer(decoder, adapter)
    optimizer = torch.optim.AdamW(adapter.parameters, lr=options.rate, betas=(0.9, 0.98), weight_decay=0.0)
    print("parameters", sum(matrix.numel() for matrix in adapter.parameters), "chats", len(chats), flush=True)
    counts = {}

    def batches():
        """Packed rows, and whether they are chats."""
        source, buffer, chat_buffer, slots = jobs(), [], [], [0, 0]
        # imap would read all of an endless iterator.
        waiting = [pool.apply_async(_encode, (next(source),)) for _ in range(6 * options.workers)]
        chat_order = []
        while True:
            examples = []
            for _ in range(24):
                examples += waiting.pop(0).get()
                waiting.append(pool.apply_async(_encode, (next(source),)))
            for action, _, _ in examples:
                counts[action] = counts.get(action, 0) + 1
            rng.shuffle(examples)
            buffer += packed(examples, rng)
            while len(buffer) >= ROWS:
                yield buffer[:ROWS], False
                buffer = buffer[ROWS:]
                slots[0] += 1
                if slots[1] < options.chat_share / (1 - options.chat_share) * slots[0]:
                    while len(chat_buffer) < ROWS:
                        chat_order = chat_order or rng.sample(chats, len(chats))
                        part, chat_order = chat_order[:1024], chat_order[1024:]
                        counts["chat"] = counts.get("chat", 0) + len(part)
                        chat_buffer += packed(part, rng)
                    yield chat_buffer[:ROWS], True
                    chat_buffer = chat_buffer[ROWS:]
                    slots[1] += 1

    def perplexity():
        rows = packed(held_chats, random.Random(0))
        total = number = 0
        for at in range(0, len(rows), ROWS):
            loss, _, count = trainer.run(rows[at : at + ROWS], train=False)
            total, number = total + float(loss), number + count
        return float(np.exp(total / number))

    print("perplexity of the stock model's answers, before", round(perplexity(), 4), flush=True)
    stream, step, start, saved = batches(), 0, None, 0.0
    log = []
    while True:
        elapsed = time.time() - start if start else 0.0
        if elapsed > options.seconds:
            break
        done = elapsed / options.seconds
        rate = options.rate * min(1, (step + 1) / 40) * (1 if done < 0.2 else (1 - done) / 0.8)
        for group in optimizer.param_groups:
            group["lr"] = rate
        rows, chat = next(stream)
        loss, right, count = trainer.run(rows, stock=chat)
        (loss / max(count, 1)).backward()
        torch.nn.utils.clip_grad_norm_(adapter.parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if step == 1 or step % 100 == 0:
            line = (step, round(loss.item() / count, 4), round(right.item() / count, 4), round(elapsed, 1), sum(counts.values()))
            log.append(line)
            print("step %d loss %.4f accuracy %.4f seconds %.1f examples %d" % line, flush=True)
            # The clock starts when everything is compiled.
            start = start or time.time()
        if elapsed - saved > 120:
            saved = elapsed
            adapter.save(options.out)
    adapter.save(options.out)
    summary = {
        "steps": step, "slots": step * ROWS * LENGTH, "examples": counts, "passages": len(passages), "pairs": len(pairs), "chats": len(chats),
        "seconds": round(time.time() - start, 1), "log": log, "options": vars(options), "perplexity after": perplexity(),
    }  # fmt: skip
    json.dump(summary, open(options.out.replace(".npz", ".json"), "w"), indent=1)
    print({key: value for key, value in summary.items() if key != "log"}, flush=True)
    pool.terminate()


if __name__ == "__main__":
    main()
