"""
Writes morphology.json: the inflections that english.py reads, for the words of the training texts.

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


def inflections(words, known):
    """
    Verbs, nouns, adjectives and adverbs among the words, as morphology.json has them.
    @param known words that an adverb's adjective must be among
    """
    verbs, nouns, adjectives, adverbs = {}, {}, {}, {}
    for word in words:
        lemmas = getAllLemmas(word)
        for lemma in filter(str.isalpha, lemmas.get("VERB", ())):
            if lemma not in verbs and lemma not in IRREGULAR:
                forms = getAllInflections(lemma, "VERB")
                form = lambda tag: forms.get(tag, ("",))[0]
                row = [form("VBZ"), form("VBD"), form("VBN") or form("VBD"), form("VBG")]
                if all(row):
                    verbs[lemma] = row
        for lemma in filter(str.isalpha, lemmas.get("NOUN", ())):
            plural = getAllInflections(lemma, "NOUN").get("NNS", ("",))[0]
            if plural and plural != lemma:
                nouns[lemma] = plural
        for lemma in filter(str.isalpha, lemmas.get("ADJ", ())):
            forms = getAllInflections(lemma, "ADJ")
            if forms.get("JJR") and forms.get("JJS") and lemma != word:
                adjectives[lemma] = [forms["JJR"][0], forms["JJS"][0]]
        adjective = _adjective_of(word, known)
        if adjective:
            adverbs[word] = adjective
    return {"verbs": verbs, "nouns": nouns, "adjectives": adjectives, "adverbs": adverbs}


def _adjective_of(adverb, known):
    """The adjective of an adverb in -ly, or None."""
    if not adverb.endswith("ly") or len(adverb) <= 4:
        return None
    stems = [adverb[:-2], adverb[:-3] + "y", adverb[:-2] + "le"]
    if adverb.endswith("ally"):
        stems.append(adverb[:-4])
    return next((stem for stem in stems if stem in known and "ADJ" in getAllLemmas(stem)), None)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--texts", required=True, nargs="+")
    options.add_argument("--out", required=True)
    options = options.parse_args()
    counts = Counter()
    for path in options.texts:
        with open(path, encoding="utf-8") as file:
            for line in file:
                counts.update(re.findall(r"(?<![\w'’])[a-z]{2,}(?![\w'’])", json.loads(line)["text"]))
    words = [word for word, count in counts.most_common() if count >= 4]
    found = inflections(words, counts)
    record = {"rare": sorted(rare_nouns(set(words))), **found, "words": sorted(words)}
    with open(options.out, "w", encoding="utf-8") as out:
        json.dump(record, out, separators=(",", ":"))
    print(len(words), "words:", {name: len(entries) for name, entries in found.items()})


if __name__ == "__main__":
    main()
