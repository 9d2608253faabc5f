"""Puts natural mistakes into correct English. Each rule applies only where its result is wrong in nearly every context."""

import json
import os
import re

from mistakes import COLLOCATIONS, CONFUSED, FAMILIES, INTENSE, MISSPELLED

_M = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "morphology.json")))
VERBS = {base: tuple(row) for base, row in _M["verbs"].items()}
VERBS["lie"] = ("lies", "lay", "lain", "lying")
THIRD = {row[0]: base for base, row in VERBS.items()}
PAST = {row[1]: base for base, row in VERBS.items() if row[1] != base}
PARTICIPLE = {row[2]: base for base, row in VERBS.items() if row[2] != base}
GERUND = {row[3]: base for base, row in VERBS.items()}
NOUNS = _M["nouns"]
PLURALS = {plural: noun for noun, plural in NOUNS.items()}
ADVERBS = _M["adverbs"]
ADJECTIVES = _M["adjectives"] | {"good": ["better", "best"], "bad": ["worse", "worst"]}
COMPARATIVES = {row[0]: base for base, row in ADJECTIVES.items()}
SUPERLATIVES = {row[1]: base for base, row in ADJECTIVES.items()}
RARE = _M["rare"]
WORDS = set(_M["words"])
_TYPED = WORDS | set(RARE) | {noun + "s" for noun in RARE}


def _set(text):
    return set(text.split())


MASS = set(FAMILIES) & _set("information advice furniture equipment homework luggage knowledge progress research feedback traffic news weather work music money evidence software bread rice luck health fun help scenery machinery jewellery vocabulary")
MODALS = _set("can could will would shall should may might must can't couldn't won't wouldn't shouldn't cannot mustn't 'll")
DO = _set("did didn't do don't does doesn't")
BE = _set("is are was were be been being am isn't aren't wasn't weren't i'm you're he's she's it's we're they're")
HAVE = _set("have has had haven't hasn't hadn't having i've you've we've they've")
SINGULAR = _set("he she it this that everyone everybody someone somebody nobody everything something nothing")
PLURAL = _set("they we these those people children men women both")
PRONOUNS = _set("i you he she it we they")
OBJECTS = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
DETERMINERS = _set("a an the this that these those my your his her its our their each every some any no another")
PREPOSITIONS = _set("in on at to for of with from by about into during between among over under through against without after before near across behind")
COLLECTIVE = _set("data team staff family none police government company majority number variety pair group series crew public audience committee media jury class media news couple rest half percent lot kind")
QUANTIFIERS = _set("many several few two three four five six seven eight nine ten twelve twenty thirty fifty hundred various numerous both these those different most")
DAYS = _set("monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december english french german spanish italian chinese european american british")
SWAPPED_BE = {"is": "are", "are": "is", "was": "were", "were": "was", "has": "have", "have": "has", "does": "do", "isn't": "aren't", "aren't": "isn't", "wasn't": "weren't", "weren't": "wasn't", "hasn't": "haven't", "haven't": "hasn't", "doesn't": "don't", "am": "is"}
ADVERB_BETWEEN = _set("not never always often also already still just usually really only probably certainly now ever even")
INTRODUCTIONS = re.compile(
    r"(?:(?<=[.!?] )|^|(?<=\n))(However|Therefore|Moreover|Furthermore|Finally|Firstly|Secondly|Meanwhile|Unfortunately|Nevertheless|In addition|For example|In conclusion|As a result|On the other hand|After that|Of course|In fact|Suddenly|Yes|No|Well|Overall|Hi \w+|Dear \w+|If [^,.!?\n]{8,50}|When [^,.!?\n]{8,50}|Although [^,.!?\n]{8,50}|Because [^,.!?\n]{8,50}|As [^,.!?\n]{8,40}),",
)  # fmt: skip
TOKEN = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d.,:/%]*|\s+|.", re.S)
PROTECTED = re.compile(r"`[^`\n]*`|https?://\S+|\S+@\S+|\]\([^)]*\)|[#@][\w-]+|\w+\(\)|\b\w*[a-z][A-Z]\w*|\b[A-Za-z]+[-_]?\d\w*")
NEIGHBOURS = {}
for _row in ("qwertyuiop", "asdfghjkl", "zxcvbnm"):
    for _at, _key in enumerate(_row):
        NEIGHBOURS[_key] = _row[max(0, _at - 1) : _at] + _row[_at + 1 : _at + 2]
SOUNDS = [pair.split(":") for pair in "ie:ei ei:ie ence:ance ance:ence ent:ant ant:ent able:ible ible:able tion:sion ph:f ght:gth ally:aly ful:full ck:k wh:w kn:n ous:us ea:ee ee:ea oo:o ou:o ai:a or:er er:or ar:er sc:s mb:m th:t y:i e:a a:e i:e ss:s ll:l tt:t pp:p mm:m nn:n rr:r cc:c ff:f".split()]

WEIGHTS = dict(
    agreement=12, form=11, tense=6, article=11, number=8, comparison=3.5, company=9, confused=13, confused_rare=5, spelling=14, typing=13, mass=2, negation=1.5,
    question=4, fewer=3, since=3, comma=4, splice=9, end=6, apostrophe=7, capital=7, dialogue=3, stray=4, doubled=3, missing=6, adverb=3, pronoun=3.5, intense=0.5,
)  # fmt: skip


def misspelled(word, rng):
    """A slip of the fingers or a spelling by ear that is no word itself, or None."""
    lower = word.lower()
    for _ in range(8):
        chance, size = rng.random(), len(lower)
        at = rng.randrange(1, size)
        if chance < 0.26 and at + 1 < size:
            made = lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :]
        elif chance < 0.3:
            made = lower[1] + lower[0] + lower[2:]
        elif chance < 0.52:
            made = lower[:at] + lower[at + 1 :]
        elif chance < 0.62:
            made = lower[:at] + lower[at - 1] + lower[at:]
        elif chance < 0.72 and lower[at] in NEIGHBOURS:
            made = lower[:at] + rng.choice(NEIGHBOURS[lower[at]]) + lower[at + 1 :]
        elif chance < 0.78 and lower[at] in NEIGHBOURS:
            made = lower[:at] + rng.choice(NEIGHBOURS[lower[at]]) + lower[at:]
        else:
            right, wrong = rng.choice(SOUNDS)
            found = lower.find(right, 1)
            if found < 0:
                continue
            made = lower[:found] + wrong + lower[found + len(right) :]
        if made != lower and len(made) > 2 and made not in WORDS:
            return like(word, made)
    return None


def like(model, word):
    """word with the capitals of model."""
    if model[:1].isupper() and word:
        return word.upper() if len(model) > 1 and model.isupper() and model != "I" else word[0].upper() + word[1:]
    return word


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
                if before2 in _set("decided decide want wanted wants need needed needs hope hoped plan planned agreed refused promised tried managed"):
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
            elif before in _set("enjoy enjoyed enjoys avoid avoided keep kept finish finished suggest suggested mind stopped practise practice consider considered imagine risk"):
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
            if low != "the" and (noun_next or adjective_next) or low == "the" and noun_next and after not in _set("school work home church hospital prison bed university town college night today dinner lunch breakfast"):
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
        if low == "for" and p.low(at + 2) in _set("years months weeks days hours minutes decades centuries") and any(x in HAVE for x in lows[max(0, at - 8) : at]):
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
        if len(low) > 3 and low.isalpha() and low in _TYPED:
            p.found["typing"].append((start, end, None))
        if "'" in low and not low.endswith("s'"):
            bare = token.replace("'", "").replace("’", "")
            for _ in range(2 if low not in ("it's", "we're", "i'll", "we'll", "she'll") else 1):
                p.span("apostrophe", start, end, bare)
        if low in ("very", "so") and after in COMPARATIVES:
            p.put("intense", at, "much more")
        # Doubled and missing words.
        if low in _set("the to a of and in is that was for") and follows and after:
            p.span("doubled", start, end, f"{token} {low}")
        if low == "of" and before in _set("lots lot one some most many rest end kind part side piece cup bottle number couple") and follows:
            p.drop("missing", at)
        if low in ("be", "been") and (before in MODALS or before in HAVE) and follows:
            p.drop("missing", at)
        # Random capital.
        if low in NOUNS and token.islower() and before in ("the", "a", "my", "our") and len(low) > 3:
            p.span("capital", start, end, token.capitalize()) if len(low) % 2 else None
    for match in re.finditer(r"\b([A-Za-z]{2,})(['’])s\b", text):
        if match.group(1).lower() not in _set("it he she that what who let there here where how"):
            p.span("apostrophe", match.start(2), match.end(2), "")
            p.span("apostrophe", match.start(2), match.end(2), "")
            p.span("apostrophe", match.start(2), match.end(), "s" + match.group(2))
    for match in re.finditer(r"\b([a-z]+s)(['’])(?=\s[a-z])", text):
        p.span("apostrophe", match.start(2), match.end(2), "")
    # Embedded and direct questions.
    for match in re.finditer(r"\b(know|wonder|wondered|tell me|tell us|asked|ask|remember|understand|explain|sure|idea|see|told me|find out) (where|what|how|why|when|who|how much|how many \w+|what time|which \w+|how long) ((?:the |my |your |our |their )?[A-Za-z]+(?: [a-z]+)?) (is|are|was|were|can|will|should|has)\b", text):
        subject = match.group(3)
        if subject.split()[0].lower() in DETERMINERS | PRONOUNS or " " not in subject:
            for _ in range(4):
                p.span("question", match.start(3), match.end(), f"{match.group(4)} {subject}")
    for match in re.finditer(r"\b(know|wonder|tell me|asked|remember|understand|explain|idea|sure) (where|what|how|why|when|how much|how many \w+|what time|which \w+|how long) (he|she|it|they|we|you|I|the [a-z]+|my [a-z]+|your [a-z]+) ([a-z]+)\b", text):
        verb = match.group(4)
        helper, base = ("does", THIRD[verb]) if verb in THIRD else ("did", PAST[verb]) if verb in PAST else ("do", verb) if verb in VERBS else (None, None)
        if helper:
            for _ in range(4):
                p.span("question", match.start(3), match.end(), f"{helper} {match.group(3)} {base}")
    for match in re.finditer(r"\b(Where|What|When|Why|How|Who) (do|does|did|is|are|was|were|can|will) (you|he|she|it|they|we|I)\b", text):
        p.span("question", match.start(2), match.end(), f"{match.group(3)} {match.group(2)}")
        if match.group(2) in ("do", "does", "did"):
            p.span("question", match.start(2), match.end(2) + 1, "")
    # Punctuation.
    for match in INTRODUCTIONS.finditer(text):
        p.span("comma", match.end() - 1, match.end(), "")
        p.span("comma", match.end() - 1, match.end(), "")
    for match in re.finditer(r"(?<=[a-z])([.;])(\s)([A-Za-z][\w'’]*)", text):
        first = match.group(3)
        if match.group(1) == ";" or first.lower() in PRONOUNS | DETERMINERS | _set("there then nobody everyone it's that's however he'd she'd we'd they'd i'm"):
            lowered = first if first.startswith("I") and first.lower() in ("i", "i'm", "i've", "i'll", "i'd") else first[0].lower() + first[1:]
            p.span("splice", match.start(), match.end(), f",{match.group(2)}{lowered}")
            p.span("splice", match.start(), match.end(), f",{match.group(2)}{lowered}")
            if match.group(2) == " ":
                p.span("splice", match.start(), match.end(), f" {lowered}")
        if match.group(1) == "." and first[0].isupper() and not first.startswith("I"):
            p.span("capital", match.start(3), match.end(), first[0].lower() + first[1:])
    if re.search(r"[a-z][.!]$", text) and len(text.split()) > 4:
        p.span("end", len(text) - 1, len(text), "")
        p.span("end", len(text) - 1, len(text), "")
    if text[:1].isupper() and len(text.split()) > 3 and text.split()[0] not in ("I", "I'm", "I've"):
        p.span("capital", 0, 1, text[0].lower())
        p.span("capital", 0, 1, text[0].lower())
    for match in re.finditer(r"(?<=[a-z])\?", text):
        p.span("end", match.start(), match.end(), ".")
        p.span("end", match.start(), match.end(), "" if match.end() == len(text) or text[match.end()] in "\"”" else ".")
    for match in re.finditer(r"(?<=[a-z])([,?!.])([\"”])", text):
        p.span("dialogue", match.start(), match.end(), match.group(2)) if match.group(1) in ",?" else None
        p.span("dialogue", match.start(), match.end(), match.group(2) + ",") if match.group(1) == "," else None
    for match in re.finditer(r"(?<=[a-z])([\"”])(?=\s[a-z]+ (?:said|asked|whispered|replied)|$)", text):
        p.span("dialogue", match.start(), match.end(), "") if text.count(match.group()) > 1 and match.group() == "”" else None
    for match in re.finditer(r"(\bsaid|\basked|\breplied|\bwhispered), (?=[\"“])", text):
        p.span("dialogue", match.end(1), match.end() - 1, "")
    for match in re.finditer(r"(?<=[a-z]),(?= (?:and|but|who|which|so) )", text):
        p.span("stray", match.start(), match.end(), " ,")
    for match in re.finditer(r"(?<=[a-z])([,.]) (?=[A-Za-z])", text):
        p.span("stray", match.start(), match.end(), f" {match.group(1)} ")
        p.span("stray", match.start(), match.end(), match.group(1))
    for match in re.finditer(r"\b(?:think|believe|said|know|hope|sure|told me|says)( )(?=that\b)|(?<=[a-z])( )(?=because\b)", text):
        p.span("stray", match.start(match.lastindex), match.end(match.lastindex), ", ")
    for match in re.finditer(r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Tt]heir) [a-z]+( )(?=(?:is|are|was|were|has|have) )", text):
        p.span("stray", match.start(1), match.end(1), ", ")
    lowered = text.lower().replace("’", "'")
    for right, expression, wrong in _COMPANY:
        if right not in lowered:
            continue
        for match in expression.finditer(lowered):
            for other in wrong:
                p.span("company", match.start(), match.end(), like(text[match.start()], other))
    return p.found


def name_before(p, at):
    """Whether the word before is a capitalised name."""
    return at > 0 and p.words[at][3] and p.words[at - 1][1][0].isupper() and p.words[at - 1][2] in NAMES


from seeds import FIRST, PLACE_NAMES  # noqa: E402

NAMES = {name.lower() for name in FIRST} | {name.lower() for name in PLACE_NAMES} | _set("london paris chicago italy lagos mumbai toronto john mary sarah david michael emma james peter lucy kate")
WORDS_BOTH = {word for word in PAST if word in VERBS or word in NOUNS or word in ("left", "found", "saw", "felt", "lay", "set", "put", "cut", "let", "read")} - {"went", "came", "saw", "felt", "thought", "spoke", "broke", "found", "left"}
COMMON = _set("its it's their there they're your you're whose who's then than too to were where we're affect effect affects lose losing loose accept quiet whether weather passed past through threw thought advice breathe breath whole knew know hear here buy by piece week weeks meet our choose led lie lying lay brought worse off of heard allowed bored fell felt every_day which who whom these this those let's well less fewer much many as should would could i no")
_COMPANY = [(right, re.compile(r"\b" + re.escape(right) + r"\b"), wrong) for right, wrong in COLLOCATIONS if right not in ("not yet", "still not", "very good", "did the", "last night", "no longer")]
_JOINED = [(right, re.compile(r"\b" + re.escape(right) + r"\b"), wrong) for right, wrong in CONFUSED.items() if " " in right]
_COMPANY += _JOINED


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
