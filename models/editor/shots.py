"""What the untuned teacher is told for tense and person: an instruction, examples, and which passages it gets."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """
    kinds: share of the passages of each kind of text; least and most: words of a passage; growth: longest answer over
    longest passage; weight: share of the time.
    """

    instruction: str
    examples: tuple
    kinds: dict
    least: int = 6
    most: int = 90
    growth: float = 1.4
    weight: float = 1
    samples: int = 2
    temperature: float = 0.5


_PAST = {"fiction": 0.9, "first": 0.8, "news": 0.6, "dialogue": 0.2, "patterns": 0.1, "figures": 0.3}
_PRESENT = {"present": 0.9, "first": 0.8, "terse": 0.6, "essay": 0.3, "report": 0.2, "patterns": 0.1}
_FIRST = {"first": 0.9, "casual": 0.3, "patterns": 0.2, "fiction": 0.5, "review": 0.5}

ACTIONS = {
    "past": Action(
        "Put the passage into the past tense. Change the verbs and nothing else; what is said in quotation marks stays as it is. Reply with the text alone.",
        (
            ("Goran locks the workshop. The yard is dark, and a fox runs past the bins and stops. He has left his gloves inside again.", "Goran locked the workshop. The yard was dark, and a fox ran past the bins and stopped. He had left his gloves inside again."),
            ("I usually get up at six and run along the river, but today it's raining and I can't find my shoes.", "I usually got up at six and ran along the river, but that day it was raining and I couldn't find my shoes."),
            ("“We're late,” says Tom. He doesn't know what they will do if the shop closes.", "“We're late,” said Tom. He didn't know what they would do if the shop closed."),
        ),
        _PRESENT, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3,
    ),
    "present": Action(
        "Put the passage into the present tense. Change the verbs and nothing else; what is said in quotation marks stays as it is. Reply with the text alone.",
        (
            ("Goran locked the workshop. The yard was dark, and a fox ran past the bins and stopped. He had left his gloves inside again.", "Goran locks the workshop. The yard is dark, and a fox runs past the bins and stops. He has left his gloves inside again."),
            ("We walked up the hill and saw the whole valley below us. Nobody spoke; it was getting dark.", "We walk up the hill and see the whole valley below us. Nobody speaks; it is getting dark."),
            ("“We're late,” said Tom. He didn't know what they would do if the shop closed.", "“We're late,” says Tom. He doesn't know what they will do if the shop closes."),
        ),
        _PAST, least=5, most=80, growth=1.25, weight=1.4, temperature=0.3,
    ),
    "third": Action(
        "Put the passage from the first person into the third person: the writer becomes “she” (or “they” if it says “we”). Change pronouns and verbs and nothing else. Reply with the text alone.",
        (
            ("I opened my letter and read it twice. Nobody had told me that my brother was ill.", "She opened her letter and read it twice. Nobody had told her that her brother was ill."),
            ("We live by the sea, and our house is full of sand. I don't mind it.", "They live by the sea, and their house is full of sand. She doesn't mind it."),
            ("I've worked here since 2015, and I'm proud of what I have learned.", "She's worked here since 2015, and she's proud of what she has learned."),
        ),
        _FIRST, least=5, most=70, growth=1.25, weight=0.8, temperature=0.3,
    ),
}  # fmt: skip
