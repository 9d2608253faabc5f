"""A llama or qwen2 decoder in PyTorch with batched sampling, for writing the training data and for evaluation."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F

from gguf import tokenizer_of

END = "<|im_end|>"
_ALIGNED = 64


def device_and_type():
    """bfloat16 on a GPU, float32 without one."""
    return ("cuda", torch.bfloat16) if torch.cuda.is_available() else ("cpu", torch.float32)


class Decoder:
    """The weights of a GGUF file. Query and key rows are in half-rotated order; qkv and gate-up are joined."""

    def __init__(self, gguf):
        self.device, self.dtype = device_and_type()
        meta, kind = gguf.metadata, gguf.metadata["general.architecture"]
        self.heads = meta[f"{kind}.attention.head_count"]
        self.kv_heads = meta[f"{kind}.attention.head_count_kv"]
        self.hidden = meta[f"{kind}.embedding_length"]
        self.size = self.hidden // self.heads
        self.layers = meta[f"{kind}.block_count"]
        self.epsilon = meta[f"{kind}.attention.layer_norm_rms_epsilon"]
        self.tokenizer = tokenizer_of(gguf)
        self.end = self.tokenizer.token_to_id(END)
        self.embedding = self._put(gguf.tensor("token_embd.weight"))
        tied = "output.weight" not in gguf.tensors
        self.head = self.embedding if tied else self._put(gguf.tensor("output.weight"))
        self.norm = self._put(gguf.tensor("output_norm.weight"))
        with ThreadPoolExecutor(8) as pool:
            self.blocks = list(pool.map(lambda layer: self._block(gguf, layer, kind == "llama"), range(self.layers)))
        theta = meta.get(f"{kind}.rope.freq_base", 10000.0)
        rates = theta ** (-torch.arange(0, self.size, 2, dtype=torch.float64) / self.size)
        angles = torch.arange(4096, dtype=torch.float64)[:, None] * rates[None]
        self.cos, self.sin = angles.cos().to(self.device, self.dtype), angles.sin().to(self.device, self.dtype)

    def _put(self, array):
        return torch.from_numpy(np.array(array, np.float32)).to(self.device).to(self.dtype)

    def _block(self, gguf, layer, interleaved):
        take = lambda name: gguf.tensor(f"blk.{layer}.{name}")
        unrotated = lambda rows, heads: (
            rows.reshape(heads, self.size // 2, 2, -1).swapaxes(1, 2).reshape(rows.shape) if interleaved else rows
        )
        query = unrotated(take("attn_q.weight"), self.heads)
        key = unrotated(take("attn_k.weight"), self.kv_heads)
        bias = None
        if f"blk.{layer}.attn_q.bias" in gguf.tensors:
            bias = self._put(np.concatenate([take(f"attn_{part}.bias") for part in "qkv"]))
        return dict(
            norm1=self._put(take("attn_norm.weight")),
            qkv=self._put(np.concatenate([query, key, take("attn_v.weight")])),
            bias=bias,
            out=self._put(take("attn_output.weight")),
            norm2=self._put(take("ffn_norm.weight")),
            gate_up=self._put(np.concatenate([take("ffn_gate.weight"), take("ffn_up.weight")])),
            down=self._put(take("ffn_down.weight")),
        )

    def _rms(self, x, weight):
        return F.rms_norm(x, (self.hidden,), weight, self.epsilon)

    def _rotated(self, x, cos, sin):
        first, second = x.chunk(2, -1)
        return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)

    def _layer(self, x, block, positions, attend):
        """One layer over x [rows, length, hidden]; attend(query, key, value) returns [rows, length, heads * size]."""
        rows, length, _ = x.shape
        qkv = F.linear(self._rms(x, block["norm1"]), block["qkv"], block["bias"])
        qkv = qkv.view(rows, length, self.heads + 2 * self.kv_heads, self.size)
        cos, sin = self.cos[positions][:, :, None], self.sin[positions][:, :, None]
        turned = self._rotated(qkv[:, :, : self.heads + self.kv_heads], cos, sin)
        value = qkv[:, :, self.heads + self.kv_heads :]
        x = x + F.linear(attend(turned[:, :, : self.heads], turned[:, :, self.heads :], value), block["out"])
        gate, up = F.linear(self._rms(x, block["norm2"]), block["gate_up"]).chunk(2, -1)
        return x + F.linear(F.silu(gate) * up, block["down"])


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
            logits = F.linear(decoder._rms(hidden, decoder.norm), decoder.head)
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
                x = decoder._layer(x, block, positions, attend)
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

            x = decoder._layer(x, block, positions, attend)
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

            x = decoder._layer(x, block, positions, attend)
        return x[:, 0]


def _choose(logits, temperature, least):
    """Gumbel's trick over the tokens that are likely enough."""
    logits = logits.float()
    likely = logits >= logits.amax(-1, keepdim=True) + np.log(least)
    noise = -torch.log(-torch.log(torch.rand_like(logits).clamp(1e-7, 1 - 1e-7)))
    return torch.where(likely, logits / temperature + noise, float("-inf")).argmax(-1)
