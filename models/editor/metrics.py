"""
Scores of evaluate.py's answers.

  python metrics.py answers.json [--show SET]

Edits are differences of words. Precision, recall and F0.5 are over the edits of all passages with a reference.
"""

import argparse
import difflib
import json
import re

from pairs import content, names, numbers, share

_TOKEN = re.compile(r"[A-Za-z0-9’']+|[\u4e00-\u9fff]|\n+|[^\w\s]")
_COMMENT = re.compile(r"^(?:sure|certainly|here(?:'s| is)|i'm sorry, but i|the (?:corrected|original|text|passage))\b", re.I)
_NEGATION = re.compile(r"\b(?:not|no|never|nobody|nothing|none|neither|cannot|without|unable|fail(?:s|ed)?)\b|n['’]t\b|reject|forbid|prohibit|refus|unfortunately|sorry|afraid", re.I)
# Set: least and most length over the source's, least share of the source's content words, of the answer's in the source.
_LIMITS = {
    "formal-en": (0.5, 2.0, 0.3, 0.3),
    "friendly-en": (0.6, 3.0, 0.45, 0.3),
    "confident-en": (0.3, 1.1, 0.45, 0.7),
    "neutral-en": (0.3, 1.3, 0.35, 0.5),
    "shorten-en": (0.2, 0.85, 0.3, 0.8),
    "expand-en": (1.3, 4.5, 0.7, 0.1),
    "simplify-en": (0.4, 1.8, 0.2, 0.2),
    "summarise-en": (0.08, 0.7, 0.1, 0.75),
}


def edits(source, text):
    first, second = _TOKEN.findall(source), _TOKEN.findall(text)
    found = set()
    for kind, a, b, c, d in difflib.SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if b - a == d - c:
            found |= {(a + at, a + at + 1, second[c + at]) for at in range(b - a)}
        else:
            found.add((a, b, " ".join(second[c:d])))
    return found


def harmful(source, target, answer):
    """Why a correction does harm, or None: content lost or new, a comment, a number or a name changed."""
    if answer is None:
        return "no end"
    reference = _TOKEN.findall(target.lower())
    words = _TOKEN.findall(answer.lower())
    if _COMMENT.match(answer) and not _COMMENT.match(source):
        return "comment"
    if abs(len(words) - len(reference)) > max(2, 0.25 * len(reference)):
        return "length"
    known = set(reference) | set(_TOKEN.findall(source.lower()))
    new = [word for word in words if word not in known and word.isalpha()]
    if len(new) > max(1, 0.15 * len(reference)):
        return "new words"
    if set(numbers(answer)) ^ set(numbers(target)) - set(numbers(source)) and numbers(answer) != numbers(target):
        return "numbers"
    return None


def faults(case, answer):
    """What is wrong with an answer that has no reference: (reason it is harmful or None, reason it is not usable or None)."""
    source = case["source"]
    if not answer:
        return "no answer", None
    least, most, kept, own = _LIMITS[case["set"]]
    if _COMMENT.match(answer) or re.search(r"\[[^\]]*\]|Dear |regards|^Subject", answer):
        return "comment or letter", None
    if set(numbers(answer)) - set(numbers(source)):
        return "new number", None
    if names(answer) - {name for name in names(answer) if name in source}:
        return "new name", None
    whole = case["set"] not in ("shorten-en", "summarise-en")
    if whole and (numbers(source) != numbers(answer)):
        return "number lost", None
    if whole and any(name not in answer for name in names(source)):
        return "name lost", None
    if whole and case["set"] != "confident-en" and bool(_NEGATION.search(source)) != bool(_NEGATION.search(answer)):
        return "negation", None
    if len(answer) > 3 * len(source) and case["set"] != "expand-en":
        return "length", None
    if share(content(source), content(answer)) < kept / 2:
        return "content lost", None
    ratio = len(answer) / len(source)
    if not least <= ratio <= most:
        return None, f"length {ratio:.2f}"
    if share(content(source), content(answer)) < kept:
        return None, "little kept"
    if share(content(answer), content(source)) < own:
        return None, "much added"
    if answer == source and case["set"] not in ("simplify-en",):
        return None, "unchanged"
    if case["set"] == "formal-en" and re.search(r"!|\b\w+n['’]t\b|['’](?:m|re|ve|ll|d)\b|\b(?:gonna|wanna|gotta|guys|hey|nope|kinda|kids|asap|awesome|ages|loads|bunch|mad|nicked|cash|cool|crazy|reckon)\b", answer, re.I):
        return None, "informal"
    if case["set"] == "neutral-en" and re.search(r"!|\b(?:absolutely|utterly|insanely|ridiculous|pathetic|disgusting\w*|horrible|OMG|wow|stupid|damned|greedy|heavenly)\b", answer, re.I):
        return None, "still heated"
    if case["set"] == "confident-en" and re.search(r"\b(?:think|maybe|perhaps|might|sort of|kind of|seems?|possibly|probably|not sure|wrong|guess|suppose|hopefully|could be|mistaken|certain)\b", answer, re.I):
        return None, "still hedged"
    if case["set"] == "friendly-en" and not re.search(r"please|thank|sorry|afraid|!|we'd|you're|friendly|glad|welcome|kindly|love|hope|just|could you|we're|we can't|don't", answer, re.I):
        return None, "not friendly"
    return None, None


def score(cases, answers):
    """Figures of one set."""
    if cases[0]["target"] is None:
        judged = [faults(case, answer) for case, answer in zip(cases, answers)]
        harm = sum(bad is not None for bad, _ in judged)
        return {"cases": len(cases), "usable": sum(judgement == (None, None) for judgement in judged), "harmful": harm, "changed": sum(answer != case["source"] for case, answer in zip(cases, answers))}
    hits = wrong = missed = exact = kept = right = harm = 0
    for case, answer in zip(cases, answers):
        source, target, text = case["source"], case["target"], (answer or "").strip()
        made, wanted = edits(source, text), edits(source, target)
        hits, wrong, missed = hits + len(made & wanted), wrong + len(made - wanted), missed + len(wanted - made)
        exact += text == target
        if source == target:
            right, kept = right + 1, kept + (text == source)
        harm += harmful(source, target, answer) is not None
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
    return {
        "cases": len(cases), "exact": exact, "precision": round(100 * precision, 1), "recall": round(100 * recall, 1),
        "F0.5": round(125 * precision * recall / max(1e-9, 0.25 * precision + recall), 1), "left alone": f"{kept}/{right}", "harmful": harm,
    }  # fmt: skip


def main():
    options = argparse.ArgumentParser()
    options.add_argument("answers")
    options.add_argument("--show", nargs="*", default=[])
    options = options.parse_args()
    result = json.load(open(options.answers))
    sets = dict.fromkeys(case["set"] for case in result["cases"])
    for model, answers in result["answers"].items():
        print(model)
        for name in sets:
            if name == "trial":
                continue
            rows = [(case, answer) for case, answer in zip(result["cases"], answers) if case["set"] == name]
            print(f"  {name:14}", score([case for case, _ in rows], [answer for _, answer in rows]))
            if name in options.show:
                for case, answer in rows:
                    if case["target"] is None or (answer or "").strip() != case["target"]:
                        why = faults(case, answer) if case["target"] is None else harmful(case["source"], case["target"], answer)
                        print("    S", repr(case["source"]), "\n    A", repr(answer), "\n   ", "R " + repr(case["target"]) if case["target"] else "", why or "")


if __name__ == "__main__":
    main()
