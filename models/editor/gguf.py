"""Reads a GGUF file: metadata, and tensors as float32."""

import mmap
import struct

import numpy as np

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
# Type number: name, weights a block, bytes a block.
_FORMATS = {
    0: ("F32", 1, 4),
    1: ("F16", 1, 2),
    3: ("Q4_1", 32, 20),
    8: ("Q8_0", 32, 34),
    12: ("Q4_K", 256, 144),
    14: ("Q6_K", 256, 210),
}


class Gguf:
    """A GGUF file. `metadata` maps keys to values, `tensors` names to (format, shape, offset in bytes)."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._at = 4
        version, tensors, keys = self._take("IQQ")
        if self._bytes[:4] != b"GGUF" or version not in (2, 3):
            raise ValueError(f"{path} is not a GGUF file of version 2 or 3.")
        self.metadata = {}
        for _ in range(keys):
            key = self._string()
            self.metadata[key] = self._value(self._take("I")[0])
        self.tensors = {}
        for _ in range(tensors):
            name = self._string()
            shape = self._take(f"{self._take('I')[0]}Q")[::-1]
            kind, offset = self._take("IQ")
            if kind not in _FORMATS:
                raise ValueError(f"Tensor {name} of {path} has the type {kind}, but only {list(_FORMATS)} are read.")
            self.tensors[name] = (kind, shape, offset)
        alignment = self.metadata.get("general.alignment", 32)
        self._data = -(-self._at // alignment) * alignment

    def _take(self, layout):
        values = struct.unpack_from(f"<{layout}", self._bytes, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return values

    def _string(self):
        (length,) = self._take("Q")
        self._at += length
        return self._bytes[self._at - length : self._at].decode("utf-8", "replace")

    def _value(self, kind):
        if kind == _STRING:
            return self._string()
        if kind == _ARRAY:
            element, count = self._take("IQ")
            return [self._value(element) for _ in range(count)]
        return self._take(_SCALARS[kind])[0]

    def raw(self, name):
        """The stored bytes of a tensor."""
        kind, shape, offset = self.tensors[name]
        _, weights, size = _FORMATS[kind]
        start = self._data + offset
        return self._bytes[start : start + int(np.prod(shape)) // weights * size]

    def tensor(self, name):
        """The tensor's values as float32, in the stored order of rows."""
        kind, shape, _ = self.tensors[name]
        label, _, size = _FORMATS[kind]
        blocks = np.frombuffer(self.raw(name), np.uint8).reshape(-1, size)
        return _DEQUANTISE[label](blocks).reshape(shape)


def _half(columns):
    return np.ascontiguousarray(columns).view(np.float16).astype(np.float32)


def _q4_1(blocks):
    codes = np.concatenate([blocks[:, 4:] & 15, blocks[:, 4:] >> 4], 1)
    return codes * _half(blocks[:, :2]) + _half(blocks[:, 2:4])


def _q8_0(blocks):
    return np.ascontiguousarray(blocks[:, 2:]).view(np.int8) * _half(blocks[:, :2])


def _q4_k(blocks):
    count = len(blocks)
    packed = blocks[:, 4:16]
    scales = np.concatenate([packed[:, :4] & 63, (packed[:, 8:] & 15) | (packed[:, :4] >> 6 << 4)], 1)
    minima = np.concatenate([packed[:, 4:8] & 63, (packed[:, 8:] >> 4) | (packed[:, 4:8] >> 6 << 4)], 1)
    halves = blocks[:, 16:].reshape(count, 4, 1, 32)
    codes = np.concatenate([halves & 15, halves >> 4], 2).reshape(count, 8, 32)
    scale = (_half(blocks[:, :2]) * scales)[:, :, None]
    return codes * scale - (_half(blocks[:, 2:4]) * minima)[:, :, None]


def _q6_k(blocks):
    count = len(blocks)
    low = blocks[:, :128].reshape(count, 2, 1, 64)
    low = np.concatenate([low & 15, low >> 4], 2).reshape(count, 2, 4, 32)
    shifts = np.array([0, 2, 4, 6], np.uint8)[None, None, :, None]
    high = (blocks[:, 128:192].reshape(count, 2, 1, 32) >> shifts) & 3
    codes = ((low | high << 4).astype(np.int16) - 32).reshape(count, 16, 16)
    scales = np.ascontiguousarray(blocks[:, 192:208]).view(np.int8) * _half(blocks[:, 208:])
    return codes * scales[:, :, None]


_DEQUANTISE = {
    "F32": lambda blocks: blocks.view(np.float32),
    "F16": lambda blocks: blocks.view(np.float16).astype(np.float32),
    "Q4_1": _q4_1,
    "Q8_0": _q8_0,
    "Q4_K": _q4_k,
    "Q6_K": _q6_k,
}
