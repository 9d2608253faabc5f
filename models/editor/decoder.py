"""A llama or qwen2 decoder in PyTorch."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F

from tokenizer import tokenizer_of

END = "<|im_end|>"


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

    def normed(self, x, weight):
        """RMSNorm with one of the weights."""
        return F.rms_norm(x, (self.hidden,), weight, self.epsilon)

    def _rotated(self, x, cos, sin):
        first, second = x.chunk(2, -1)
        return torch.cat([first * cos - second * sin, second * cos + first * sin], -1)

    def layer(self, x, block, positions, attend):
        """One layer over x [rows, length, hidden]; attend(query, key, value) returns [rows, length, heads * size]."""
        rows, length, _ = x.shape
        qkv = F.linear(self.normed(x, block["norm1"]), block["qkv"], block["bias"])
        qkv = qkv.view(rows, length, self.heads + 2 * self.kv_heads, self.size)
        cos, sin = self.cos[positions][:, :, None], self.sin[positions][:, :, None]
        turned = self._rotated(qkv[:, :, : self.heads + self.kv_heads], cos, sin)
        value = qkv[:, :, self.heads + self.kv_heads :]
        x = x + F.linear(attend(turned[:, :, : self.heads], turned[:, :, self.heads :], value), block["out"])
        gate, up = F.linear(self.normed(x, block["norm2"]), block["gate_up"]).chunk(2, -1)
        return x + F.linear(F.silu(gate) * up, block["down"])
