"""What the untuned teacher is asked for tense and person: an instruction and examples."""

from tables import record

_USER, _ANSWER = "<|im_start|>user\n", "<|im_end|>\n<|im_start|>assistant\n"
_SHOTS = record("shots")


def prefix(action):
    """The instruction and the examples, up to the passage."""
    shots = _SHOTS[action]
    examples = "".join(f"{_USER}{source}{_ANSWER}{target}<|im_end|>\n" for source, target in shots["examples"])
    return f"<|im_start|>system\n{shots['instruction']}<|im_end|>\n{examples}{_USER}"


def continuation(passage):
    """The passage, up to the teacher's answer."""
    return passage + _ANSWER
