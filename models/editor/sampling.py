"""Samples continuations of many prompts at once."""

import numpy as np
import torch
import torch.nn.functional as F

# Attention reads the cache up to a multiple of this.
_ALIGNED = 64


class Batch:
    """Sampling for many prompts at once. Rows that ended leave the batch, so that later steps cost less."""

    def __init__(self, decoder, prefix=""):
        """prefix: text before every prompt, read once."""
        self.decoder = decoder
        self.prefix = decoder.tokenizer.encode(prefix).ids if prefix else []
        self._prefix_cache = None
        self._choose = _choose
        if decoder.device == "cuda":
            self._choose = torch.compile(_choose, dynamic=True)

    @torch.no_grad()
    def texts(self, prompts, longest, temperature, least=0.08, special=False):
        """
        One continuation a prompt, None where it did not end within `longest` tokens.
        @param temperature 0 is greedy
        @param least tokens below this share of the most likely one's probability are not drawn
        """
        decoder = self.decoder
        device, count = decoder.device, len(prompts)
        ids = [encoding.ids for encoding in decoder.tokenizer.encode_batch(list(prompts))]
        width = max(map(len, ids))
        start = len(self.prefix)
        capacity = -(-(start + width + longest) // _ALIGNED) * _ALIGNED
        tokens = torch.zeros(count, width, dtype=torch.long)
        blank = torch.tensor([width - len(row) for row in ids])
        for index, row in enumerate(ids):
            tokens[index, width - len(row) :] = torch.tensor(row)
        tokens, blank = tokens.to(device), blank.to(device)
        shape = (count, decoder.kv_heads, capacity, decoder.size)
        keys = [torch.zeros(shape, device=device, dtype=decoder.dtype) for _ in decoder.blocks]
        values = [torch.zeros(shape, device=device, dtype=decoder.dtype) for _ in decoder.blocks]
        slots = torch.arange(capacity, device=device)
        visible = (slots[None] < start) | ((slots[None] >= start + blank[:, None]) & (slots[None] < start + width))
        bias = torch.where(visible, 0.0, float("-inf")).to(decoder.dtype)
        if start:
            self._fill_prefix(keys, values)
        hidden = torch.cat(
            [self._prefill(tokens, blank, keys, values, bias, at, min(count, at + 128)) for at in range(0, count, 128)]
        )
        made = torch.full((count, longest), -1, dtype=torch.long, device=device)
        owner = torch.arange(count, device=device)
        ended = torch.zeros(count, dtype=torch.bool, device=device)
        for step in range(longest):
            logits = F.linear(decoder.normed(hidden, decoder.norm), decoder.head)
            token = logits.argmax(-1) if temperature == 0 else self._choose(logits, temperature, least)
            token = torch.where(ended, torch.full_like(token, decoder.end), token)
            made[owner, step] = token
            ended |= token == decoder.end
            if step % 16 == 15:
                left = int((~ended).sum())
                if left == 0:
                    break
                if left < 0.85 * len(owner):
                    keep = (~ended).nonzero().squeeze(1)
                    for layer in range(len(keys)):
                        keys[layer], values[layer] = keys[layer][keep], values[layer][keep]
                    owner, ended, blank, token, bias = owner[keep], ended[keep], blank[keep], token[keep], bias[keep]
            slot = start + width + step
            bias[:, slot] = 0
            hidden = self._step(token, slot, (slot - blank)[:, None], keys, values, bias)
        rows = made.cpu().tolist()
        done = [row[: row.index(decoder.end)] if decoder.end in row else None for row in rows]
        texts = iter(decoder.tokenizer.decode_batch([row for row in done if row is not None], not special))
        return [None if row is None else next(texts) for row in done]

    def _fill_prefix(self, keys, values):
        decoder, start = self.decoder, len(self.prefix)
        if self._prefix_cache is None:
            self._prefix_cache = []
            x = decoder.embedding[torch.tensor([self.prefix], device=decoder.device)]
            positions = torch.arange(start, device=decoder.device)[None]

            def attend(query, key, value):
                self._prefix_cache.append((key.transpose(1, 2), value.transpose(1, 2)))
                return self._attended(query, key.transpose(1, 2), value.transpose(1, 2), None)

            for block in decoder.blocks:
                x = decoder.layer(x, block, positions, attend)
        for layer, (key, value) in enumerate(self._prefix_cache):
            keys[layer][:, :, :start], values[layer][:, :, :start] = key, value

    def _attended(self, query, key, value, bias):
        """Attention of [rows, length, heads, size]; without a bias it is causal."""
        decoder = self.decoder
        rows, length = query.shape[:2]
        group = decoder.heads // decoder.kv_heads
        key, value = key.repeat_interleave(group, 1), value.repeat_interleave(group, 1)
        x = F.scaled_dot_product_attention(query.transpose(1, 2), key, value, bias, is_causal=bias is None)
        return x.transpose(1, 2).reshape(rows, length, -1)

    def _prefill(self, tokens, blank, keys, values, bias, first, last):
        """Reads the prompts of some rows; returns the last position's hidden state [rows, hidden]."""
        decoder, start = self.decoder, len(self.prefix)
        width = tokens.shape[1]
        end = -(-(start + width) // _ALIGNED) * _ALIGNED
        places = torch.arange(width, device=decoder.device)
        positions = (start + places[None] - blank[first:last, None]).clamp_min(0)
        slots = torch.arange(end, device=decoder.device)
        causal = torch.where(slots[None] <= start + places[:, None], 0.0, float("-inf")).to(decoder.dtype)
        mask = (bias[first:last, None, None, :end] + causal[None, None]).clamp_min(-1e4)
        x = decoder.embedding[tokens[first:last]]
        for layer, block in enumerate(decoder.blocks):

            def attend(query, key, value):
                keys[layer][first:last, :, start : start + width] = key.transpose(1, 2)
                values[layer][first:last, :, start : start + width] = value.transpose(1, 2)
                return self._attended(query, keys[layer][first:last, :, :end], values[layer][first:last, :, :end], mask)

            x = decoder.layer(x, block, positions, attend)
        return x[:, -1]

    def _step(self, token, slot, positions, keys, values, bias):
        decoder = self.decoder
        end = slot // _ALIGNED * _ALIGNED + _ALIGNED
        rows = len(token)
        mask = bias[:, None, None, :end]
        x = decoder.embedding[token][:, None]
        for layer, block in enumerate(decoder.blocks):

            def attend(query, key, value):
                keys[layer][:, :, slot] = key[:, 0]
                values[layer][:, :, slot] = value[:, 0]
                # The queries of one key-value head are attention's rows.
                query = query.view(rows, decoder.kv_heads, -1, decoder.size)
                seen = mask.expand(rows, decoder.kv_heads, query.shape[2], end)
                x = F.scaled_dot_product_attention(query, keys[layer][:, :, :end], values[layer][:, :, :end], seen)
                return x.reshape(rows, 1, -1)

            x = decoder.layer(x, block, positions, attend)
        return x[:, 0]


def _choose(logits, temperature, least):
    """Gumbel's trick over the tokens that are likely enough."""
    logits = logits.float()
    likely = logits >= logits.amax(-1, keepdim=True) + np.log(least)
    noise = -torch.log(-torch.log(torch.rand_like(logits).clamp(1e-7, 1 - 1e-7)))
    return torch.where(likely, logits / temperature + noise, float("-inf")).argmax(-1)
