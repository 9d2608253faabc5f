"""
Writes morphology.json: the inflections that corrupt.py needs, for the words of the training texts.

  python morphology.py --texts texts-1.jsonl --out morphology.json
"""

import argparse
import gzip
import json
import os
import random
import re
from collections import Counter

import lemminflect
from lemminflect import getAllInflections, getAllLemmas

IRREGULAR = {"be", "have", "do", "will", "can", "may", "must", "shall", "would", "could", "should", "might", "ought"}


def rare_nouns(known, most=5000):
    """Nouns of the dictionary with a regular plural that the texts don't use: a corrector must keep such words."""
    folder = os.path.join(os.path.dirname(lemminflect.__file__), "resources")
    found = set()
    with gzip.open(os.path.join(folder, "infl_lu.csv.gz"), "rt") as file:
        for line in file:
            word, tag, *_ = line.strip().split(",")
            plain = tag == "noun" and 5 <= len(word) <= 9 and word.isalpha() and word.islower() and word not in known
            if plain and getAllInflections(word, "NOUN").get("NNS") == (word + "s",):
                found.add(word)
    return random.Random(0).sample(sorted(found), min(most, len(found)))


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--out", required=True)
    options = options.parse_args()
    counts = Counter()
    for path in options.texts:
        for line in open(path):
            counts.update(re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w'’])", json.loads(line)["text"]))
    words = [word for word, count in counts.most_common() if count >= 4]
    verbs, nouns, adjectives, adverbs = {}, {}, {}, {}
    for word in words:
        lemmas = getAllLemmas(word)
        for lemma in lemmas.get("VERB", ()):
            if lemma in verbs or lemma in IRREGULAR or not lemma.isalpha():
                continue
            forms = getAllInflections(lemma, "VERB")
            form = lambda tag: forms.get(tag, ("",))[0]
            row = [form("VBZ"), form("VBD"), form("VBN") or form("VBD"), form("VBG")]
            if all(row):
                verbs[lemma] = row
        for lemma in lemmas.get("NOUN", ()):
            plural = getAllInflections(lemma, "NOUN").get("NNS", ("",))[0]
            if lemma.isalpha() and plural and plural != lemma:
                nouns[lemma] = plural
        for lemma in lemmas.get("ADJ", ()):
            forms = getAllInflections(lemma, "ADJ")
            if lemma.isalpha() and forms.get("JJR") and forms.get("JJS") and lemma != word:
                adjectives[lemma] = [forms["JJR"][0], forms["JJS"][0]]
        if word.endswith("ly") and len(word) > 4:
            for stem in (word[:-2], word[:-3] + "y", word[:-2] + "le", word[:-4] if word.endswith("ally") else ""):
                if stem in counts and "ADJ" in getAllLemmas(stem):
                    adverbs[word] = stem
                    break
    # "had been read", "lay": lemminflect's rarer forms are right, but these are the usual ones.
    rare = sorted(rare_nouns(set(words)))
    json.dump(
        {
            "rare": rare,
            "verbs": verbs,
            "nouns": nouns,
            "adjectives": adjectives,
            "adverbs": adverbs,
            "words": sorted(words),
        },
        open(options.out, "w"),
        separators=(",", ":"),
    )
    print(
        len(words), "words,", len(verbs), "verbs,", len(nouns), "nouns,", len(adjectives), "adjectives,", len(adverbs)
    )


if __name__ == "__main__":
    main()
