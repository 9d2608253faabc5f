"""The adapter file: layout, order of rows and 8-bit values, for a tiny model."""

import hashlib
import os
import struct
import tempfile
import unittest

try:
    import numpy as np
except ModuleNotFoundError as error:
    raise unittest.SkipTest("numpy isn't installed: the adapter's export is not tested") from error

from export import MATRICES, q8_0, write
from gguf import Gguf

HIDDEN, HEADS, KV_HEADS, FEED_FORWARD, RANK = 64, 4, 2, 96, 32
ROWS = dict(
    attn_q=HIDDEN, attn_k=32, attn_v=32, attn_output=HIDDEN, ffn_gate=FEED_FORWARD, ffn_up=FEED_FORWARD, ffn_down=HIDDEN
)


def text(value):
    return struct.pack("<Q", len(value)) + value.encode()


def write_model(path):
    """A llama file of one layer whose tensors are zeros."""
    numbers = {"llama.attention.head_count": HEADS, "llama.attention.head_count_kv": KV_HEADS, "llama.block_count": 1}
    pairs = text("general.architecture") + struct.pack("<I", 8) + text("llama")
    pairs += b"".join(text(key) + struct.pack("<II", 4, value) for key, value in numbers.items())
    header, size = b"", 0
    for name, rows in ROWS.items():
        columns = FEED_FORWARD if name == "ffn_down" else HIDDEN
        header += text(f"blk.0.{name}.weight") + struct.pack("<I2QIQ", 2, columns, rows, 0, size)
        size += 4 * rows * columns
    start = b"GGUF" + struct.pack("<IQQ", 3, len(ROWS), len(numbers) + 1) + pairs + header
    with open(path, "wb") as file:
        file.write(start + b"\0" * (-len(start) % 32 + size))


class Export(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        model, adapter, self.path = (
            os.path.join(folder.name, name) for name in ("model.gguf", "adapter.npz", "out.gguf")
        )
        write_model(model)
        rng = np.random.default_rng(1)
        self.arrays = {}
        for part, names in MATRICES.items():
            columns = FEED_FORWARD if part == "down" else HIDDEN
            self.arrays[f"0.{part}.down"] = rng.normal(size=(RANK, columns)).astype(np.float16)
            self.arrays[f"0.{part}.up"] = rng.normal(size=(sum(ROWS[name] for name in names), RANK)).astype(np.float16)
        np.savez(adapter, **self.arrays)
        write(adapter, model, self.path)
        with open(model, "rb") as file:
            self.hash = hashlib.sha256(file.read()).hexdigest()
        self.gguf = Gguf(self.path)

    def test_metadata(self):
        metadata = self.gguf.metadata
        self.assertEqual(metadata["general.type"], "adapter")
        self.assertEqual(metadata["adapter.type"], "lora")
        self.assertEqual(metadata["adapter.lora.alpha"], RANK)
        self.assertEqual(metadata["foredraft.target.sha256"], self.hash)

    def test_shapes(self):
        tensors = self.gguf.tensors
        self.assertEqual(len(tensors), 2 * len(ROWS))
        for name, rows in ROWS.items():
            columns = FEED_FORWARD if name == "ffn_down" else HIDDEN
            self.assertEqual(tensors[f"blk.0.{name}.weight.lora_a"][:2], (8, (RANK, columns)))
            self.assertEqual(tensors[f"blk.0.{name}.weight.lora_b"][:2], (8, (rows, RANK)))
            self.assertEqual(tensors[f"blk.0.{name}.weight.lora_b"][2] % 32, 0)

    def test_matrices_over_the_same_inputs_share_one_a(self):
        for names in MATRICES.values():
            self.assertEqual(len({self.gguf.raw(f"blk.0.{name}.weight.lora_a") for name in names}), 1)

    def test_values_and_order_of_rows(self):
        for part, names in MATRICES.items():
            up, first = self.arrays[f"0.{part}.up"].astype(np.float32), 0
            for name in names:
                rows = up[first : first + ROWS[name]]
                first += len(rows)
                if name in ("attn_q", "attn_k"):
                    heads = HEADS if name == "attn_q" else KV_HEADS
                    half = len(rows) // heads // 2
                    # Row 2i of a head is row i of its first half, row 2i + 1 of its second.
                    order = [
                        head * 2 * half + side * half + at
                        for head in range(heads)
                        for at in range(half)
                        for side in (0, 1)
                    ]
                    rows = rows[order]
                stored = self.gguf.tensor(f"blk.0.{name}.weight.lora_b")
                np.testing.assert_allclose(stored, rows, atol=np.abs(rows).max() / 127)
                self.assertFalse(np.allclose(stored, rows[::-1], atol=np.abs(rows).max() / 127))

    def test_blocks_of_zeros(self):
        self.assertEqual(q8_0(np.zeros((1, 32))), b"\0" * 34)


if __name__ == "__main__":
    unittest.main()
