"""Writes dequantize.json: blocks of every tensor type with their values according to the gguf package.

Run with a Python that has gguf and numpy: python dequantize.py
"""
import base64
import json
import pathlib

import numpy as np
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, dequantize

# Offsets of the 16-bit scales in a block: random bytes there could give infinities or NaNs.
SCALES = {
    'Q4_0': [0], 'Q4_1': [0, 2], 'Q5_0': [0], 'Q5_1': [0, 2], 'Q8_0': [0],
    'Q2_K': [80, 82], 'Q3_K': [108], 'Q4_K': [0, 2], 'Q5_K': [0, 2], 'Q6_K': [208],
}
BLOCKS = 4


def blocks_of(name, random):
    kind = GGMLQuantizationType[name]
    length, size = GGML_QUANT_SIZES[kind]
    if name in ('F32', 'F16', 'BF16'):
        values = random.standard_normal(64).astype(np.float32)
        if name == 'F32':
            return values.view(np.uint8).reshape(1, -1), kind
        if name == 'F16':
            values[:2] = [6e-8, -65504]
            return values.astype(np.float16).view(np.uint8).reshape(1, -1), kind
        return (values.view(np.uint32) >> 16).astype(np.uint16).view(np.uint8).reshape(1, -1), kind
    data = random.integers(0, 256, (BLOCKS, size), dtype=np.uint8)
    for place in SCALES[name]:
        scales = (random.standard_normal(BLOCKS) / 50).astype(np.float16)
        data[:, place:place + 2] = scales.view(np.uint8).reshape(BLOCKS, 2)
    return data.reshape(1, -1), kind


def main():
    random = np.random.default_rng(7)
    text = lambda array: base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    fixtures = []
    for name in ['F32', 'F16', 'BF16', *SCALES]:
        data, kind = blocks_of(name, random)
        values = data.view(np.float32) if name == 'F32' else dequantize(
            data.view(np.float16) if name == 'F16' else data, kind)
        fixtures.append({'name': name, 'type': int(kind), 'bytes': text(data), 'values': text(values.astype(np.float32))})
    target = pathlib.Path(__file__).with_name('dequantize.json')
    target.write_text(json.dumps(fixtures, indent=1) + '\n')


main()
