"""
Step 1: the teacher writes clean text of many kinds.

  python write_texts.py --teacher TEACHER.gguf --seconds 200 --seed 1 --out texts-1.jsonl

Each line of the result is {"kind": ..., "text": ...}.
"""

import argparse
import json
import random
import time

from decoder import Batch, Decoder
from gguf import Gguf
from seeds import COMPANIES, DETAILS, FIRST, LAST, MONTHS, PATTERNS, PLACE_NAMES, PLACES, SUBJECTS

SYSTEM = (
    "<|im_start|>system\nYou are a professional writer and copy editor. Your English is natural and free of errors. "
    "Reply with the text alone: no title, no introduction, no comment, no placeholder in brackets.<|im_end|>\n"
    "<|im_start|>user\n"
)
ANSWER = "<|im_end|>\n<|im_start|>assistant\n"

# Kind: its share, and what is asked. {s} is a subject, {d} details to mention, {w} a word or pattern.
KINDS = {
    "fiction": (9, ["Write a short scene about {s}, in the past tense. Mention {d}.", "Write the opening of a novel about {s}. Use the past tense. Mention {d}.", "Write a short story in the first person and the past tense about {s}.", "Write a mystery scene about {s}, in the past tense. Mention {d}."]),
    "present": (5, ["Write a short scene about {s} in the third person and the present tense. Mention {d}.", "Describe, in the present tense, what happens in a photograph of {s}.", "Describe the daily routine of {f}, in the present tense. It has to do with {s}."]),
    "dialogue": (6, ["Write a scene with a lively dialogue between {f} and {g} about {s}. Use quotation marks.", "Write a short quarrel between two people about {s}, with quotation marks and few descriptions."]),
    "email": (7, ["Write a short email to a colleague about {s}. Mention {d}. Sign it as {f}.", "Write an email of four sentences to a customer about {s}. Mention {d}. Sign it as {f} {l}.", "Write a polite email to a landlord, a bank or a school about {s}. Mention {d}. Sign it as {f} {l}.", "Write a warm email to a friend about {s}. Mention {d}. Sign it as {f}."]),
    "casual": (8, ["Write eight unrelated casual messages that people send to friends or colleagues about {s}, each of one to three sentences, with contractions and slang but correct spelling. One message a line, no numbers, no quotation marks.", "Write six chatty messages to a team about {s}, each of two or three sentences, very informal. Mention {d}. One message a line, no quotation marks."]),
    "blunt": (7, ["Write eight unrelated curt business notices about {s}, each of two or three sentences: reminders, refusals, demands, rules. Mention {d}. One notice a line, no quotation marks.", "Write six cold, formal messages from an office to a person about {s}, each of two or three sentences. Mention {d}. One message a line, no salutation, no quotation marks."]),
    "hedged": (6, ["Write eight statements about {s} by people who are very unsure of themselves, each of one to three sentences, with words such as “I think”, “maybe”, “sort of”, “I could be wrong but”. One statement a line, no quotation marks.", "Write six timid sentences from job applications or reports about {s}, full of hedging. Mention {d}. One a line, no quotation marks."]),
    "heated": (6, ["Write eight angry or gushing comments about {s}, each of one to three sentences, with strong words and exclamations but no insults. Mention {d}. One comment a line, no quotation marks.", "Write six exaggerated, emotional remarks about {s}, each of two sentences. One remark a line, no quotation marks."]),
    "wordy": (8, ["Write six long-winded, repetitive sentences about {s}, each of 35 to 60 words, with needless phrases such as “due to the fact that” and “at this point in time”. Mention {d}. One sentence a line.", "Write five wordy paragraphs about {s}, each of two or three sentences that say things twice. Mention {d}. One paragraph a line."]),
    "academic": (7, ["Write five dense academic sentences about {s}, with technical words. One sentence a line.", "Write a scientific abstract about {s}. Mention {d}.", "Write five sentences of legal or bureaucratic language about {s}, each of 25 to 45 words. One sentence a line."]),
    "terse": (5, ["Write ten very short factual sentences about {s}, each of four to nine words. One sentence a line.", "Write eight short notes about {s}, each of one or two plain sentences. Mention {d}. One note a line."]),
    "news": (6, ["Write a news report of six to eight sentences about {s}. Mention {d}.", "Write a short news item about {s} with what two people said, in quotation marks. Mention {d}."]),
    "report": (5, ["Write a paragraph of a business report about {s}, with figures. Mention {d}.", "Write minutes of a meeting about {s}, in complete sentences. Mention {d}."]),
    "essay": (6, ["Write two paragraphs of a student essay about {s}.", "Write an opinion about {s} in five to seven sentences.", "Explain {s} to an interested adult in six sentences."]),
    "first": (6, ["Write a diary entry about {s}.", "Tell in the first person what you did last weekend with {f} and {s}. Use the past tense.", "Tell in the first person what you do every week; it has to do with {s}. Use the present tense."]),
    "review": (3, ["Write three customer reviews of {s}, each of two to four sentences. One review a line, no quotation marks."]),
    "list": (3, ["Write a list of six things to do about {s}. Use hyphens; the items are not full sentences.", "Write numbered instructions about {s}, in seven short steps."]),
    "markdown": (4, ["Write a short Markdown document about {s}, with a heading, a paragraph with *emphasis*, **bold** text and a link, and a list.", "Write a README section in Markdown about {s}, with `code`, a list and a link to https://example.org.", "Write one Markdown paragraph about {s} with *emphasis*, `code` and **bold** words. No heading."]),
    "patterns": (13, ["Write eight varied, unrelated sentences of everyday English that use “{w}” correctly. One sentence a line, no numbers.", "Write six unrelated sentences, in the past tense, that use “{w}” correctly. One sentence a line, no numbers.", "Write four short paragraphs of two or three sentences, each using “{w}” correctly, about {s}. One paragraph a line.", "Write three questions and three answers in correct English that use “{w}”. One sentence a line, no numbers."]),
    "figures": (3, ["Write a paragraph about {s} with many numbers, dates, times and amounts. Mention {d}.", "Write five sentences about {s} with many names of people, cities and companies. Mention {d}."]),
    "chinese": (3, ["用中文写六个互不相关的句子，主题是“{s}”。每行一句，不要编号。", "用中文写一小段文字（三到五句），主题是“{s}”。"]),
}
VARIETIES = ("", "", " Use British spelling.", " Use British spelling.", " Use American spelling.")


def details(rng):
    """Two names, numbers or dates for a text to mention."""

    def one():
        return rng.choice(DETAILS).format(
            first=rng.choice(FIRST), first2=rng.choice(FIRST), last=rng.choice(LAST), company=rng.choice(COMPANIES),
            place=rng.choice(PLACE_NAMES), hour=rng.randint(6, 22), minute=f"{rng.randint(0, 59):02}",
            small=rng.randint(2, 14), price=f"{rng.randint(1, 900)}.{rng.choice(['50', '99', '20', '00'])}",
            percent=rng.randint(2, 97), count=rng.randint(3, 4000), day=rng.randint(1, 28), month=rng.choice(MONTHS),
            year=rng.randint(1890, 2031), code=f"{rng.choice('ABKRTX')}{rng.choice('QWMLP')}-{rng.randint(100, 9999)}",
            room=rng.randint(1, 480), km=rng.randint(2, 900), miles=rng.randint(2, 600),
        )  # fmt: skip

    return " and ".join(one() for _ in range(rng.choice((1, 2, 2))))


def prompt(rng):
    """A kind and a prompt of it."""
    names = list(KINDS)
    kind = rng.choices(names, [KINDS[name][0] for name in names])[0]
    subject = f"{rng.choice(SUBJECTS)} {rng.choice(PLACES)}".strip()
    first, second = rng.sample(FIRST, 2)
    text = rng.choice(KINDS[kind][1]).format(
        s=subject, d=details(rng), w=rng.choice(PATTERNS), f=first, g=second, l=rng.choice(LAST)
    )
    return kind, text + ("" if kind == "chinese" else rng.choice(VARIETIES))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--teacher", required=True)
    options.add_argument("--seconds", type=float, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--rows", type=int, default=2048)
    options.add_argument("--longest", type=int, default=320)
    options.add_argument("--out", required=True)
    options = options.parse_args()
    start = time.time()
    rng = random.Random(options.seed)
    import torch

    torch.manual_seed(options.seed)
    batch = Batch(Decoder(Gguf(options.teacher)), SYSTEM)
    print("loaded", round(time.time() - start, 1), flush=True)
    start, written, rounds = time.time(), 0, 0
    with open(options.out, "w") as out:
        while rounds == 0 or time.time() - start < options.seconds * rounds / (rounds + 1):
            asked = [prompt(rng) for _ in range(options.rows)]
            made = batch.texts([text + ANSWER for _, text in asked], options.longest, rng.choice((0.6, 0.8, 0.9)))
            for (kind, _), text in zip(asked, made):
                if text:
                    out.write(json.dumps({"kind": kind, "text": text}, ensure_ascii=False) + "\n")
                    written += 1
            out.flush()
            rounds += 1
            print("round", rounds, "texts", written, "seconds", round(time.time() - start, 1), flush=True)


if __name__ == "__main__":
    main()
