"""
The adapter as a GGUF file of 8-bit tensors, in the layout of llama.cpp's LoRA adapters.

  python export.py --adapter adapter.npz --model STOCK.gguf --out editor.gguf

Rows of attn_q and attn_k are in the model file's order. Matrices over the same inputs share one lora_a, written once for
each of them.
"""

import argparse
import hashlib
import struct

import numpy as np

from gguf import Gguf

_Q8_0, _STRING, _FLOAT = 8, 8, 6
# Part of train.py: the matrices that it joins.
MATRICES = {
    "qkv": ("attn_q", "attn_k", "attn_v"),
    "out": ("attn_output",),
    "gate_up": ("ffn_gate", "ffn_up"),
    "down": ("ffn_down",),
}


def q8_0(matrix):
    """Blocks of 32 codes with a float16 scale, as bytes."""
    blocks = matrix.astype(np.float32).reshape(-1, 32)
    scale = (np.abs(blocks).max(1, keepdims=True) / 127).astype(np.float16)
    wide = scale.astype(np.float32)
    codes = np.where(wide > 0, np.round(blocks / np.where(wide > 0, wide, 1)), 0)
    return np.concatenate([scale.view(np.uint8), np.clip(codes, -127, 127).astype(np.int8).view(np.uint8)], 1).tobytes()


def _interleaved(rows, heads):
    """From half-rotated order to that of the file."""
    return rows.reshape(heads, 2, rows.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(rows.shape)


def tensors(adapter, gguf):
    """(name, matrix [rows, columns]) of every tensor of the adapter file."""
    meta = gguf.metadata
    heads = {"attn_q": meta["llama.attention.head_count"], "attn_k": meta["llama.attention.head_count_kv"]}
    arrays = np.load(adapter)
    for layer in range(meta["llama.block_count"]):
        for part, names in MATRICES.items():
            down, up = arrays[f"{layer}.{part}.down"], arrays[f"{layer}.{part}.up"].astype(np.float32)
            first = 0
            for name in names:
                full = f"blk.{layer}.{name}.weight"
                rows = up[first : first + gguf.tensors[full][1][0]]
                first += len(rows)
                yield f"{full}.lora_a", down
                yield f"{full}.lora_b", _interleaved(rows, heads[name]) if name in heads else rows


def _string(text):
    encoded = text.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def write(adapter, model, out):
    gguf = Gguf(model)
    with open(model, "rb") as file:
        target = hashlib.sha256(file.read()).hexdigest()
    rank = len(np.load(adapter)["0.qkv.down"])
    strings = {
        "general.type": "adapter",
        "general.architecture": "llama",
        "general.name": "editor",
        "general.license": "apache-2.0",
        "adapter.type": "lora",
        "foredraft.target.sha256": target,
    }
    pairs = b"".join(_string(key) + struct.pack("<I", _STRING) + _string(text) for key, text in strings.items())
    # Alpha over rank is the scale: 1.
    pairs += _string("adapter.lora.alpha") + struct.pack("<If", _FLOAT, rank)
    header, data, count = b"", b"", 0
    for name, matrix in tensors(adapter, gguf):
        header += _string(name) + struct.pack("<I2QIQ", 2, *matrix.shape[::-1], _Q8_0, len(data))
        data += q8_0(matrix)
        data += b"\0" * (-len(data) % 32)
        count += 1
    start = b"GGUF" + struct.pack("<IQQ", 3, count, len(strings) + 1) + pairs + header
    with open(out, "wb") as file:
        file.write(start + b"\0" * (-len(start) % 32) + data)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--adapter", required=True)
    options.add_argument("--model", required=True)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    write(options.adapter, options.model, options.out)


if __name__ == "__main__":
    main()
