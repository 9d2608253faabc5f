"""
Step 5: the adapter in 8 bits, and the stock model with it merged.

  python export.py --adapter adapter.npz --out editor.npz
  python export.py --adapter editor.npz --model STOCK.gguf --merged MERGED.gguf

The 8-bit file holds, for "layer.part.down" [rank, columns] and "layer.part.up" [rows, rank], int8 codes and one float16
scale a rank ("….scale"). Merged tensors are stored as Q8_0.
"""

import argparse
import struct

import numpy as np

from gguf import Gguf

PARTS = ("qkv", "out", "gate_up", "down")


def quantised(matrix, axis):
    """int8 codes and float16 scales along the rank axis."""
    matrix = matrix.astype(np.float32)
    scale = np.maximum(np.abs(matrix).max(1 - axis, keepdims=True) / 127, 1e-8).astype(np.float16)
    codes = np.clip(np.round(matrix / scale.astype(np.float32)), -127, 127).astype(np.int8)
    return codes, scale


def pack(path, out):
    arrays = np.load(path)
    packed = {}
    for name in arrays.files:
        codes, scale = quantised(arrays[name], 0 if name.endswith(".down") else 1)
        packed[name], packed[f"{name}.scale"] = codes, scale
    np.savez_compressed(out, **packed)


def deltas(path):
    """(layer, part) -> float32 addition to the joined weight, of an adapter of train.py or of pack()."""
    arrays = np.load(path)

    def values(name):
        scale = f"{name}.scale"
        return arrays[name].astype(np.float32) * (arrays[scale].astype(np.float32) if scale in arrays.files else 1)

    found = {}
    for name in arrays.files:
        if name.endswith(".up"):
            layer, part, _ = name.split(".")
            found[int(layer), part] = values(name) @ values(f"{layer}.{part}.down")
    return found


def _q8_0(matrix):
    blocks = matrix.reshape(-1, 32)
    scale = (np.abs(blocks).max(1, keepdims=True) / 127).astype(np.float16)
    wide = scale.astype(np.float32)
    codes = np.where(wide > 0, np.round(blocks / np.where(wide > 0, wide, 1)), 0)
    return np.concatenate([scale.view(np.uint8), np.clip(codes, -127, 127).astype(np.int8).view(np.uint8)], 1).tobytes()


def _tensors(gguf, adapter):
    """Name -> addition in the file's order of rows."""
    heads = gguf.metadata["llama.attention.head_count"]
    kv = gguf.metadata["llama.attention.head_count_kv"]
    hidden = gguf.metadata["llama.embedding_length"]
    size = hidden // heads

    def interleaved(rows, count):
        return rows.reshape(count, 2, size // 2, -1).swapaxes(1, 2).reshape(rows.shape)

    found = {}
    for (layer, part), delta in deltas(adapter).items():
        name = f"blk.{layer}."
        if part == "qkv":
            found[name + "attn_q.weight"] = interleaved(delta[: heads * size], heads)
            found[name + "attn_k.weight"] = interleaved(delta[heads * size : (heads + kv) * size], kv)
            found[name + "attn_v.weight"] = delta[(heads + kv) * size :]
        elif part == "gate_up":
            half = len(delta) // 2
            found[name + "ffn_gate.weight"], found[name + "ffn_up.weight"] = delta[:half], delta[half:]
        else:
            found[name + {"out": "attn_output.weight", "down": "ffn_down.weight"}[part]] = delta
    return found


def merge(model, adapter, out):
    """Writes the model with the adapter added to its weights."""
    gguf = Gguf(model)
    added = _tensors(gguf, adapter)
    header, data, offset = b"", [], 0
    for name, (kind, shape, _) in gguf.tensors.items():
        if name in added:
            kind, stored = 8, _q8_0(gguf.tensor(name) + added[name])
        else:
            stored = gguf.raw(name)
        encoded = name.encode()
        header += struct.pack("<Q", len(encoded)) + encoded + struct.pack("<I", len(shape))
        header += struct.pack(f"<{len(shape)}Q", *shape[::-1]) + struct.pack("<IQ", kind, offset)
        stored += b"\0" * (-len(stored) % 32)
        data.append(stored)
        offset += len(stored)
    pairs = gguf._bytes[gguf.header_start : gguf.header_end]
    start = b"GGUF" + struct.pack("<IQQ", 3, len(gguf.tensors), len(gguf.metadata)) + pairs + header
    with open(out, "wb") as file:
        file.write(start + b"\0" * (-len(start) % 32) + b"".join(data))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--adapter", required=True)
    options.add_argument("--out")
    options.add_argument("--model")
    options.add_argument("--merged")
    options = options.parse_args()
    if options.out:
        pack(options.adapter, options.out)
    if options.merged:
        merge(options.model, options.adapter, options.merged)


if __name__ == "__main__":
    main()
