"""A low-rank adapter of a decoder, and its training step over packed rows."""

import numpy as np
import torch
import torch.nn.functional as F

from rows import LENGTH, arrays

PARTS = ("qkv", "out", "gate_up", "down")


class Adapter:
    """Rank-r additions to every linear layer, in float32. Alpha over r is 1."""

    def __init__(self, decoder, rank):
        device = decoder.device
        self.decoder, self.pairs = decoder, []
        for block in decoder.blocks:
            row = []
            for part in PARTS:
                rows, columns = block[part].shape
                down = torch.randn(rank, columns, device=device) / columns**0.5
                row.append((down.requires_grad_(), torch.zeros(rows, rank, device=device).requires_grad_()))
            self.pairs.append(row)
        self.parameters = [matrix for row in self.pairs for pair in row for matrix in pair]

    def merge(self):
        """Adds the adapter to the decoder's weights, which are rounded to their type."""
        for block, row in zip(self.decoder.blocks, self.pairs):
            for part, (down, up) in zip(PARTS, row):
                with torch.no_grad():
                    block[part] = (block[part].float() + up @ down).to(block[part].dtype)

    def load(self, path):
        """The arrays of save()."""
        stored = np.load(path)
        for layer, row in enumerate(self.pairs):
            for part, matrices in zip(PARTS, row):
                for matrix, side in zip(matrices, ("down", "up")):
                    matrix.data.copy_(torch.from_numpy(stored[f"{layer}.{part}.{side}"].astype(np.float32)))

    def save(self, path):
        """float16 arrays "layer.part.down" [rank, columns] and "layer.part.up" [rows, rank]."""
        stored = {}
        for layer, row in enumerate(self.pairs):
            for part, (down, up) in zip(PARTS, row):
                stored[f"{layer}.{part}.down"] = down.detach().half().cpu().numpy()
                stored[f"{layer}.{part}.up"] = up.detach().half().cpu().numpy()
        np.savez(path, **stored)


def _layer(
    x,
    norm1,
    qkv,
    bias_qkv,
    out,
    norm2,
    gate_up,
    down,
    a1,
    b1,
    a2,
    b2,
    a3,
    b3,
    a4,
    b4,
    cos,
    sin,
    bias,
    heads,
    kv,
    size,
    epsilon,
):
    rows, length, hidden = x.shape
    adapted = lambda x, weight, a, b, own=None: F.linear(x, weight, own) + F.linear(
        F.linear(x, a.to(x.dtype)), b.to(x.dtype)
    )

    def turned(x):
        first, second = x.chunk(2, -1)
        return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)

    y = adapted(F.rms_norm(x, (hidden,), norm1, epsilon), qkv, a1, b1, bias_qkv).view(
        rows, length, heads + 2 * kv, size
    )
    both = turned(y[:, :, : heads + kv])
    query, key, value = both[:, :, :heads], both[:, :, heads:], y[:, :, heads + kv :]
    group = heads // kv
    spread = lambda x: x[:, :, :, None].expand(rows, length, kv, group, size).reshape(rows, length, heads, size)
    attended = F.scaled_dot_product_attention(
        query.transpose(1, 2), spread(key).transpose(1, 2), spread(value).transpose(1, 2), bias
    )
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
    """
    @param rows packed rows of a batch
    @param selected answer tokens of a batch that are learnt at most
    """

    def __init__(self, decoder, adapter, rows, selected, compiled=True):
        self.decoder, self.adapter, self.rows, self.selected = decoder, adapter, rows, selected
        self.nothing = [[(torch.zeros_like(a), torch.zeros_like(b)) for a, b in row] for row in adapter.pairs]
        gpu = compiled and decoder.device == "cuda"
        self.layer = torch.compile(_layer, dynamic=False) if gpu else _layer
        self.loss = torch.compile(_loss, dynamic=False) if gpu else _loss
        self.divergence = torch.compile(_divergence, dynamic=False) if gpu else _divergence
        self.causal = torch.ones(LENGTH, LENGTH, dtype=torch.bool, device=decoder.device).tril()

    def run(self, rows, train=True, stock=False):
        """
        Loss sum, correct and number of the answers' tokens of packed rows.
        @param stock the loss is the divergence from the stock model instead, which keeps chat as it is
        """
        decoder = self.decoder
        ids, places, which, learnt = arrays(rows, self.rows)
        put = lambda array: torch.from_numpy(array).to(decoder.device, non_blocking=True)
        ids, places, which = put(ids), put(places), put(which)
        # Position i predicts token i + 1.
        chosen = np.nonzero(learnt[:, 1:].reshape(-1))[0][: self.selected]
        count = len(chosen)
        index = chosen // (LENGTH - 1) * LENGTH + chosen % (LENGTH - 1)
        index = put(np.pad(index, (0, self.selected - count)))
        weights = torch.zeros(self.selected, device=decoder.device)
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

    @torch.no_grad()
    def least_log_probabilities(self, rows):
        """For each example of packed rows: its label and the log-probability of its answer's least likely token."""
        decoder = self.decoder
        ids, places, which, learnt = arrays(rows, self.rows)
        put = lambda array: torch.from_numpy(array).to(decoder.device)
        same = (put(which)[:, :, None] == put(which)[:, None]) & self.causal
        bias = torch.where(same, 0.0, -30000.0).to(decoder.dtype)[:, None]
        chosen = np.nonzero(learnt[:, 1:].reshape(-1))[0]
        index = chosen // (LENGTH - 1) * LENGTH + chosen % (LENGTH - 1)
        hidden = self._hidden(put(ids), put(places), bias, self.adapter.pairs)[put(index)]
        targets, least = put(ids.reshape(-1)[index + 1]), []
        for at in range(0, len(index), 8192):
            logits = F.linear(
                F.rms_norm(hidden[at : at + 8192], (decoder.hidden,), decoder.norm, decoder.epsilon), decoder.head
            )
            least.append(logits.float().log_softmax(-1).gather(1, targets[at : at + 8192, None])[:, 0])
        values = torch.cat(least).cpu().numpy()
        found = np.zeros((len(rows), int(which.max()) + 1), np.float32)
        np.minimum.at(found, (index // LENGTH, which.reshape(-1)[index]), values)
        return [
            (example[0], float(found[row, number]))
            for row, examples in enumerate(rows)
            for number, example in enumerate(examples)
        ]

    def _hidden(self, ids, places, bias, pairs):
        """The last layer's output [rows * LENGTH, hidden]."""
        decoder = self.decoder
        cos, sin = decoder.cos[places][:, :, None], decoder.sin[places][:, :, None]
        x = decoder.embedding[ids]
        for block, row in zip(decoder.blocks, pairs):
            flat = [matrix for pair in row for matrix in pair]
            weights = [block[name] for name in ("norm1", "qkv", "bias", "out", "norm2", "gate_up", "down")]
            sizes = decoder.heads, decoder.kv_heads, decoder.size, decoder.epsilon
            x = self.layer(x, *weights, *flat, cos, sin, bias, *sizes)
        return x.reshape(self.rows * LENGTH, -1)
