"""Writes greedy.json: greedy answers of transformers in float32, with log-probabilities."""

import gguf
import torch

from gguf_source import chat_tokenizer_of, model_of, origin, parse_arguments, write_json

TOKENS = 64
# Log-probabilities differ by about 1e-5 between float32 programs: choices closer than this aren't comparable.
SMALLEST_MARGIN = 5e-4


def chat(*turns: str, system: str | None = None) -> dict[str, list[dict[str, str]]]:
    roles = ("user", "assistant")
    messages = [{"role": roles[index % 2], "content": text} for index, text in enumerate(turns)]
    return {"messages": ([{"role": "system", "content": system}] if system is not None else []) + messages}


def raw(text: str) -> dict[str, str]:
    return {"raw": text}


PROMPTS = [
    chat("Hello! What can you help me with?"),
    chat("Name three uses for an old glass jar."),
    chat("Why does bread rise? Answer in two sentences."),
    chat("Write a four-line poem about a lighthouse in fog."),
    chat("Rewrite more politely: Send me the report now, you are late."),
    chat("Write a Python function that returns the median of a list of numbers."),
    chat("What is 17 + 26? Then explain how you added them."),
    chat("List the planets in order of their distance from the sun."),
    chat("Translate into French: The library closes at six o'clock on Fridays."),
    chat("¿Cuál es la diferencia entre un río y un lago?"),
    chat("用一句话介绍一下茶。"),
    chat("Explain recursion to a ten-year-old 🙂 with an example."),
    chat("Draft a short e-mail that moves a meeting from Monday to Wednesday.", system="You are a terse office assistant."),
    chat("Tell me about the sea.", system="You answer only with questions."),
    chat(
        "My cat is called Biscuit.",
        "Biscuit is a lovely name for a cat!",
        "What is my cat called, and what might it like to eat?",
    ),
    chat(
        "Give me a title for a story about two rival clockmakers.",
        "The Hour Between Them",
        "Good. Now the first paragraph.",
        "Rain ticked on the shutters of Wick Street, never quite in time.",
        "Continue with the second clockmaker.",
        system="You are a novelist's patient co-author.",
    ),
    chat(
        "Summarise this for a newsletter, in one sentence:\n\nThe town of Ellergate voted on Tuesday to replace its stone bridge. "
        "Engineers had found cracks in two of its five arches last spring, and lorries have been sent around by "
        "the valley road since then. The new bridge will be built beside the old one, which stays open for walkers. "
        "Work begins in May and is expected to take fourteen months."
    ),
    raw("The recipe calls for the following ingredients:\n\n- 2 cups of flour\n- 1"),
    raw("def fibonacci(n):\n    \"\"\"Return the n-th Fibonacci number.\"\"\"\n"),
    raw("It was the last train of the evening, and"),
]


@torch.inference_mode()
def answer(model, prompt: list[int]) -> dict[str, list]:
    """TOKENS greedy tokens; the end token doesn't end the answer."""
    ids, log_probabilities, margins = [], [], []
    result = model(torch.tensor([prompt]), use_cache=True, logits_to_keep=1)
    while True:
        scores = torch.log_softmax(result.logits[0, -1].float(), dim=-1)
        best, second = torch.topk(scores, 2).values.tolist()
        ids.append(int(torch.argmax(scores)))
        log_probabilities.append(round(best, 6))
        margins.append(round(best - second, 6))
        if len(ids) == TOKENS:
            return {"ids": ids, "logProbabilities": log_probabilities, "margins": margins}
        result = model(torch.tensor([[ids[-1]]]), past_key_values=result.past_key_values, use_cache=True, logits_to_keep=1)


def main() -> None:
    arguments = parse_arguments(__doc__, "greedy.json")
    torch.set_num_threads(2)
    reader = gguf.GGUFReader(arguments.gguf)
    tokenizer = chat_tokenizer_of(reader)
    model = model_of(reader)
    answers = []
    for number, prompt in enumerate(PROMPTS, 1):
        text = prompt.get("raw") or tokenizer.apply_chat_template(
            prompt["messages"], tokenize=False, add_generation_prompt=True
        )
        tokens = tokenizer.encode(text, add_special_tokens=False)
        answers.append({"prompt": prompt, "promptIds": tokens, **answer(model, tokens)})
        margin = min(answers[-1]["margins"])
        print(f"{number}/{len(PROMPTS)} margin {margin} {tokenizer.decode(answers[-1]['ids'])!r}", flush=True)
        if margin < SMALLEST_MARGIN:
            raise SystemExit(f"prompt {number} comes to two tokens {margin} apart: word it differently")
    write_json(arguments.output, {"origin": origin(arguments.gguf), "answers": answers})


if __name__ == "__main__":
    main()
