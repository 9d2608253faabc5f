"""Puts natural mistakes into correct English. Each rule applies only where its result is wrong in nearly every context."""

import re

from english import (
    ADVERBS,
    ADVERB_BETWEEN,
    BE,
    COLLECTIVE,
    COMMON,
    COMPARATIVES,
    DAYS,
    DETERMINERS,
    DO,
    GERUND,
    HAVE,
    MASS,
    MODALS,
    NAMES,
    NOUNS,
    OBJECTS,
    PARTICIPLE,
    PAST,
    PLURAL,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    QUANTIFIERS,
    SINGULAR,
    SUPERLATIVES,
    SWAPPED_BE,
    THIRD,
    TYPED,
    VERBS,
    WORDS,
    WORDS_BOTH,
    words_of,
)
from mistakes import CONFUSED, FAMILIES, MISSPELLED
from pattern_mistakes import by_pattern
from typing_slips import like, misspelled

TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,:/%]*|\s+|.", re.S)
PROTECTED = re.compile(r"`[^`\n]*`|https?://\S+|\S+@\S+|\]\([^)]*\)|[#@][\w-]+|\w+\(\)|\b\w*[a-z][A-Z]\w*|\b[A-Za-z]+[-_]?\d\w*")
WEIGHTS = dict(
    agreement=12, form=11, tense=6, article=11, number=8, comparison=3.5, company=9, confused=13, confused_rare=5, spelling=14, typing=13, mass=2, negation=1.5,
    question=4, fewer=3, since=3, comma=4, splice=9, end=6, apostrophe=7, capital=7, dialogue=3, stray=4, doubled=3, missing=6, adverb=3, pronoun=3.5, intense=0.5,
)  # fmt: skip


class _Passage:
    """A passage's words and the mistakes that may be put into it: kind -> [(start, end, replacement or None)]."""

    def __init__(self, text):
        self.text = text
        self.found = {kind: [] for kind in WEIGHTS}
        shielded = [match.span() for match in PROTECTED.finditer(text)]
        inside = lambda at: any(start <= at < end for start, end in shielded)
        tokens = [(match.start(), match.group()) for match in TOKEN.finditer(text)]
        self.words = []
        for index, (start, token) in enumerate(tokens):
            if token[0].isalpha() and not inside(start):
                follows = index > 1 and tokens[index - 1][1] == " " and tokens[index - 2][1][0].isalnum()
                self.words.append((start, token, token.lower().replace("’", "'"), follows))
        self.inside = inside

    def low(self, at):
        return self.words[at][2] if 0 <= at < len(self.words) else ""

    def before(self, at, back=1):
        """The lower-case word `back` words before, "" across punctuation."""
        for step in range(back):
            if at - step < 0 or not self.words[at - step][3]:
                return ""
        return self.low(at - back) if at >= back else ""

    def after(self, at):
        return self.low(at + 1) if at + 1 < len(self.words) and self.words[at + 1][3] else ""

    def put(self, kind, at, wrong, last=None):
        """Words at..last replaced."""
        start, token, _, _ = self.words[at]
        end_start, end_token, _, _ = self.words[at if last is None else last]
        self.found[kind].append((start, end_start + len(end_token), like(token, wrong)))

    def drop(self, kind, at):
        """The word and the space before or after it left out."""
        start, token, _, follows = self.words[at]
        if follows:
            self.found[kind].append((start - 1, start + len(token), ""))
        elif self.after(at):
            self.found[kind].append((start, start + len(token) + 1, "\0"))

    def span(self, kind, start, end, wrong):
        if not self.inside(start):
            self.found[kind].append((start, end, wrong))


def _rules(p):
    text = p.text
    lows = [word[2] for word in p.words]
    quoted = '"' in text or "“" in text or re.search(r"(?:^|\s)['‘]\w", text)
    pasts = sum(low in ("was", "were", "had", "did") or (low in PAST and low not in WORDS_BOTH) for low in lows)
    presents = sum(low in ("is", "are", "has", "does", "am", "it's", "i'm", "don't") for low in lows)
    narrative = pasts >= 2 and presents == 0 and not quoted
    for at, (start, token, low, follows) in enumerate(p.words):
        before, before2, after = p.before(at), p.before(at, 2), p.after(at)
        name = token[0].isupper() and follows
        end = start + len(token)
        if name:
            if low in DAYS:
                p.span("capital", start, end, token.lower())
                p.span("capital", start, end, token.lower())
            elif token.isalpha() and low not in WORDS and len(token) > 2 and not token.isupper():
                p.span("capital", start, end, token.lower()) if low in NAMES else None
            if token == "I" or token.startswith(("I'", "I’")):
                p.span("capital", start, end, "i" + token[1:])
                if before == "and":
                    p.put("pronoun", at, "me")
            continue
        subject_singular = before in SINGULAR or (before in NOUNS and before not in COLLECTIVE and before not in PLURALS)
        subject_plural = before in PLURAL or (before in PLURALS and before not in COLLECTIVE and before not in NOUNS)
        person = before in PRONOUNS or before in ("who", "which")
        # Agreement.
        if low in SWAPPED_BE:
            hypothetical = low == "were" and any(x in ("if", "wish", "though") for x in lows[max(0, at - 6) : at])
            base_form = low == "have" and (before in MODALS or before == "to" or before2 in MODALS or before == "not")
            if not hypothetical and not base_form and (person or subject_singular or subject_plural):
                for _ in range(2):
                    p.put("agreement", at, SWAPPED_BE[low])
            if low in ("is", "are") and narrative is False and (person or subject_singular or subject_plural) and (after in GERUND or after in ADVERBS or after in DETERMINERS):
                p.drop("missing", at)
            if low in ("was", "were", "has") and after in PARTICIPLE and (person or subject_singular or subject_plural):
                p.drop("missing", at)
        if low in THIRD and low not in PLURALS and follows or (low in THIRD and before in SINGULAR):
            if before in SINGULAR or (subject_singular and (after in DETERMINERS or after in PREPOSITIONS or after in ("to", "that"))) or (before in ADVERB_BETWEEN and before2 in SINGULAR):
                for _ in range(2):
                    p.put("agreement", at, THIRD[low])
        if low in VERBS and follows:
            row = VERBS[low]
            if before in ("they", "we", "i", "you") or (subject_plural and (after in DETERMINERS or after in PREPOSITIONS)):
                for _ in range(2):
                    p.put("agreement", at, row[0])
            if before in MODALS or (before in ("not", "also", "always", "never") and before2 in MODALS):
                for wrong in (row[0], row[1], row[3], "to " + low):
                    p.put("form", at, wrong)
            elif before in DO or (before2 in ("did", "does", "do") and before in PRONOUNS):
                for wrong in (row[1], row[0], row[1]):
                    p.put("form", at, wrong)
            elif before == "to" and before2 not in PREPOSITIONS and before2 not in ("forward", "used", "committed", "dedicated"):
                for wrong in (row[3], row[1], row[0]):
                    p.put("form", at, wrong)
                if before2 in VERBS or before2 in PAST or before2 in THIRD or before2 in NOUNS or before2 in ("able", "going", "ready", "happy", "important", "easy", "hard", "likely"):
                    p.drop("missing", at - 1)
                if before2 in words_of("decided decide want wanted wants need needed needs hope hoped plan planned agreed refused promised tried managed"):
                    p.put("form", at - 1, row[3], at)
                    p.put("form", at - 1, low, at)
            elif before in ("let", "let's", "makes", "made", "make") or (before in OBJECTS.values() and before2 in ("let", "made", "make", "makes", "lets")):
                p.put("form", at, "to " + low)
                p.put("form", at, row[3])
        if low in GERUND and follows:
            base = GERUND[low]
            if before in BE or (before in ADVERB_BETWEEN and before2 in BE):
                p.put("form", at, base)
                p.put("form", at, VERBS[base][1])
            elif before in ("of", "for", "by", "without", "after", "before", "from", "about"):
                p.put("form", at, base)
                p.put("form", at, "to " + base)
            elif before in words_of("enjoy enjoyed enjoys avoid avoided keep kept finish finished suggest suggested mind stopped practise practice consider considered imagine risk"):
                p.put("form", at, "to " + base)
                p.put("form", at, base)
            elif before == "to" and before2 in ("forward", "used", "committed", "dedicated"):
                p.put("form", at, base)
                p.put("form", at, base)
        if low in PARTICIPLE and follows:
            base = PARTICIPLE[low]
            row = VERBS[base]
            perfect = before in HAVE or (before in ADVERB_BETWEEN and before2 in HAVE) or (before == "been" and before2 in HAVE)
            if perfect and before != "been":
                p.put("form", at, base)
                if row[1] != low:
                    p.put("form", at, row[1])
                    p.put("form", at, row[1])
                if row[1] != base + "ed" and not low.endswith("ed"):
                    p.put("form", at, base + ("d" if base[-1] == "e" else "ed"))
            elif before in BE or (before in ADVERB_BETWEEN and before2 in BE) or perfect:
                if row[1] != low:
                    p.put("form", at, row[1])
                    p.put("form", at, row[1])
                p.put("form", at, base)
        if low in PAST and low not in WORDS_BOTH:
            base = PAST[low]
            row = VERBS[base]
            finite = person or (name_before(p, at) and after in DETERMINERS | PREPOSITIONS | {"to", "that"}) or (before in NOUNS and after in DETERMINERS | {"that", "at", "into"})
            if finite:
                if not low.endswith("ed") and len(base) > 2:
                    p.put("form", at, base + ("d" if base[-1] == "e" else "ed"))
                    if row[2] != low and person:
                        p.put("form", at, row[2])
                        p.put("form", at, row[2])
                if narrative:
                    singular = before in ("he", "she", "it") or not person
                    for wrong in (row[0] if singular else base, row[0] if singular else base, base):
                        p.put("tense", at, wrong)
        if low in ("was", "were") and narrative and pasts >= 3 and (person or subject_singular or subject_plural):
            p.put("tense", at, "is" if low == "was" and before != "i" else "am" if before == "i" else "are")
        if low == "had" and narrative and after in PARTICIPLE and person:
            p.put("tense", at, "has" if before not in ("i", "they", "we", "you") else "have")
        # Articles.
        if low in ("a", "an", "the") and after:
            noun_next = after in NOUNS and after not in PLURALS and after not in MASS
            adjective_next = p.low(at + 2) in NOUNS and p.low(at + 2) not in MASS and after not in NOUNS and at + 2 < len(p.words) and p.words[at + 2][3]
            if low != "the" and (noun_next or adjective_next) or low == "the" and noun_next and after not in words_of("school work home church hospital prison bed university town college night today dinner lunch breakfast"):
                p.drop("article", at)
                if low != "the":
                    p.drop("article", at)
            if low == "a" and after[0] not in "uhoe":
                p.put("article", at, "an")
            elif low == "a" and after[:1] in "uhoe":
                for _ in range(3):
                    p.put("article", at, "an")
            elif low == "an":
                for _ in range(4):
                    p.put("article", at, "a")
        if low in MASS and before in PREPOSITIONS | {"some", "more", "much", "no", "any", "of", "new"} | set(VERBS) and follows:
            p.put("mass", at, FAMILIES[low][0])
            if before in ("some", "any"):
                p.put("article", at - 1, "an" if low[0] in "aeiou" else "a")
        if low in FAMILIES and low not in MASS:
            p.put("number", at, FAMILIES[low][len(token) % len(FAMILIES[low])])
        # Number.
        if low in PLURALS and low not in NOUNS and follows:
            if before in QUANTIFIERS or (before in WORDS and before2 in QUANTIFIERS and before not in PREPOSITIONS and before not in BE):
                p.put("number", at, PLURALS[low])
                p.put("number", at, PLURALS[low])
            if before in ("the", "my", "his", "her", "our", "their") and before2 == "of" and at > 2 and p.low(at - 3) in ("one", "some", "many", "most", "each", "all"):
                for _ in range(3):
                    p.put("number", at, PLURALS[low])
            p.span("apostrophe", start, end, PLURALS[low] + "'s" if token.islower() else token) if len(low) % 3 == 0 and low.endswith("s") else None
        if low in NOUNS and low not in PLURALS and before in ("every", "each", "another", "a", "an") and follows and NOUNS[low].endswith("s"):
            p.put("number", at, NOUNS[low])
        if low in ("this", "that") and after in NOUNS and after not in MASS:
            p.put("number", at, "these" if low == "this" else "those")
        if low in ("these", "those") and after in PLURALS:
            p.put("number", at, "this" if low == "these" else "that")
        # Comparison.
        if low in COMPARATIVES:
            p.put("comparison", at, "more " + low)
            p.put("comparison", at, "more " + COMPARATIVES[low])
        if low in SUPERLATIVES and low not in ("last",):
            p.put("comparison", at, "most " + low)
            if low not in ("best", "worst"):
                p.put("comparison", at, "most " + SUPERLATIVES[low])
        if low == "than" and before in COMPARATIVES:
            for wrong in ("then", "as", "that"):
                p.put("comparison", at, wrong)
        if low == "as" and before2 == "as" and before in WORDS:
            p.put("comparison", at, "like")
            p.put("comparison", at, "than")
        # fewer, many, since, for.
        if low in ("fewer", "many") and (after in PLURALS):
            for _ in range(3):
                p.put("fewer", at, "less" if low == "fewer" else "much")
        if low in ("less", "much") and after in MASS:
            for _ in range(3):
                p.put("fewer", at, "fewer" if low == "less" else "many")
        if low == "for" and p.low(at + 2) in words_of("years months weeks days hours minutes decades centuries") and any(x in HAVE for x in lows[max(0, at - 8) : at]):
            for _ in range(4):
                p.put("since", at, "since")
        if low == "since" and re.match(r"\s(?:\d{4}|January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|then|last)", text[end:]):
            for wrong in ("for", "from", "for"):
                p.put("since", at, wrong)
        # Adverbs.
        if low in ADVERBS and low not in ("really", "early", "only", "likely", "friendly", "finally", "usually", "currently", "recently", "simply") and (before in PAST or before in THIRD or before in VERBS or before in GERUND or before in OBJECTS.values()) and not after.endswith("ed"):
            p.put("adverb", at, ADVERBS[low])
            p.put("adverb", at, ADVERBS[low])
        if low in ADVERBS.values() and before in BE and f"{low}ly" in ADVERBS and after not in NOUNS:
            p.put("adverb", at, low + "ly")
        # Pronouns.
        if low in OBJECTS and before == "and" and before2:
            p.put("pronoun", at, OBJECTS[low])
        if low in ("him", "her", "them", "me", "us") and before in ("to", "with", "for", "from", "told", "asked", "gave", "saw", "between"):
            p.put("pronoun", at, {"him": "he", "her": "she", "them": "they", "me": "i", "us": "we"}[low])
        if low == "who" and before in ("people", "man", "woman", "person", "someone", "friend", "children", "teacher") or low == "which" and before in ("book", "house", "car", "thing", "which"):
            p.put("pronoun", at, "which" if low == "who" else "who")
        # Negation.
        if low in ("any", "anything", "anyone") and any(x.endswith("n't") or x in ("not", "never") for x in lows[max(0, at - 4) : at]):
            p.put("negation", at, {"any": "no", "anything": "nothing", "anyone": "no one"}[low])
        # Spelling and confusion.
        if low in MISSPELLED:
            for wrong in MISSPELLED[low]:
                p.put("spelling", at, wrong)
        if low in CONFUSED:
            common = low in COMMON
            for wrong in CONFUSED[low]:
                p.put("confused" if common else "confused_rare", at, wrong)
        if len(low) > 3 and low.isalpha() and low in TYPED:
            p.found["typing"].append((start, end, None))
        if "'" in low and not low.endswith("s'"):
            bare = token.replace("'", "").replace("’", "")
            for _ in range(2 if low not in ("it's", "we're", "i'll", "we'll", "she'll") else 1):
                p.span("apostrophe", start, end, bare)
        if low in ("very", "so") and after in COMPARATIVES:
            p.put("intense", at, "much more")
        # Doubled and missing words.
        if low in words_of("the to a of and in is that was for") and follows and after:
            p.span("doubled", start, end, f"{token} {low}")
        if low == "of" and before in words_of("lots lot one some most many rest end kind part side piece cup bottle number couple") and follows:
            p.drop("missing", at)
        if low in ("be", "been") and (before in MODALS or before in HAVE) and follows:
            p.drop("missing", at)
        # Random capital.
        if low in NOUNS and token.islower() and before in ("the", "a", "my", "our") and len(low) > 3:
            p.span("capital", start, end, token.capitalize()) if len(low) % 2 else None
    by_pattern(p)
    return p.found


def name_before(p, at):
    """Whether the word before is a capitalised name."""
    return at > 0 and p.words[at][3] and p.words[at - 1][1][0].isupper() and p.words[at - 1][2] in NAMES


def corrupt(text, rng, rate=None):
    """
    The text with mistakes; the same text where no rule applies.
    @param rate mistakes a word; by default mostly one to four a passage, now and then many
    """
    found = _rules(_Passage(text))
    kinds = [kind for kind in WEIGHTS if found[kind]]
    if not kinds:
        return text
    words = max(1, len(text.split()))
    chance = rng.random()
    if rate is not None:
        wanted = max(1, round(words * rate))
    elif chance < 0.3:
        wanted = 1
    elif chance < 0.6:
        wanted = max(1, round(words * rng.uniform(0.03, 0.08)))
    elif chance < 0.88:
        wanted = max(2, round(words * rng.uniform(0.08, 0.16)))
    else:
        wanted = max(2, round(words * rng.uniform(0.16, 0.3)))
    weights = [WEIGHTS[kind] * min(1.6, 0.7 + 0.1 * len(found[kind])) for kind in kinds]
    chosen = []
    for _ in range(wanted * 4):
        if len(chosen) >= wanted:
            break
        kind = rng.choices(kinds, weights)[0]
        start, end, wrong = rng.choice(found[kind])
        if any(start <= other_end and other <= end for other, other_end, _ in chosen):
            continue
        if wrong is None:
            wrong = misspelled(text[start:end], rng)
            if wrong is None:
                continue
        if wrong != text[start:end]:
            chosen.append((start, end, wrong))
    made = text
    for start, end, wrong in sorted(chosen, reverse=True):
        if wrong == "\0":
            made = made[:start] + made[end : end + 1].upper() + made[end + 1 :]
        else:
            made = made[:start] + wrong + made[end:]
    chance = rng.random()
    if chance < 0.012:
        made = made.lower()
    elif chance < 0.022:
        made = re.sub(r"[.,;](?=\s|$)", "", made.lower())
    elif chance < 0.034:
        made = re.sub("['’]", "", made)
    return made.strip() or text
