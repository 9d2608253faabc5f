"""English words: inflections, closed classes and names, for the rules that make and check training pairs."""

import json
import os

from seeds import FIRST_NAMES, PLACE_NAMES
from tables import replacements

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "morphology.json"), encoding="utf-8") as _file:
    _M = json.load(_file)
VERBS = {base: tuple(row) for base, row in _M["verbs"].items()}
# The dictionary has "lie, lied" first.
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
# Words that may get a typing error.
TYPED = WORDS | set(RARE) | {noun + "s" for noun in RARE}


def words_of(text):
    """The words of a text as a set."""
    return set(text.split())


MASS_PLURALS = replacements("mass_nouns")
# Uncountable nouns; MASS_PLURALS has other nouns with wrong plurals too.
MASS = set(MASS_PLURALS) & words_of("""
    information advice furniture equipment homework luggage knowledge progress research feedback traffic news
    weather work music money evidence software bread rice luck health fun help scenery machinery jewellery
    vocabulary
    """)
MODALS = words_of("""
    can could will would shall should may might must can't couldn't won't wouldn't shouldn't cannot mustn't 'll
    """)
DO = words_of("did didn't do don't does doesn't")
BE = words_of("""
    is are was were be been being am isn't aren't wasn't weren't i'm you're he's she's it's we're they're
    """)
HAVE = words_of("have has had haven't hasn't hadn't having i've you've we've they've")
SINGULAR = words_of("""
    he she it this that everyone everybody someone somebody nobody everything something nothing
    """)
PLURAL = words_of("they we these those people children men women both")
PRONOUNS = words_of("i you he she it we they")
OBJECTS = {"he": "him", "she": "her", "they": "them", "we": "us", "i": "me"}
DETERMINERS = words_of("""
    a an the this that these those my your his her its our their each every some any no another
    """)
PREPOSITIONS = words_of("""
    in on at to for of with from by about into during between among over under through against without after
    before near across behind
    """)
COLLECTIVE = words_of("""
    data team staff family none police government company majority number variety pair group series crew public
    audience committee media jury class media news couple rest half percent lot kind
    """)
QUANTIFIERS = words_of("""
    many several few two three four five six seven eight nine ten twelve twenty thirty fifty hundred various
    numerous both these those different most
    """)
DAYS = words_of("""
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december english french german spanish italian chinese european american british
    """)
SWAPPED_BE = {
    "is": "are",
    "are": "is",
    "was": "were",
    "were": "was",
    "has": "have",
    "have": "has",
    "does": "do",
    "isn't": "aren't",
    "aren't": "isn't",
    "wasn't": "weren't",
    "weren't": "wasn't",
    "hasn't": "haven't",
    "haven't": "hasn't",
    "doesn't": "don't",
    "am": "is",
}
ADVERB_BETWEEN = words_of("""
    not never always often also already still just usually really only probably certainly now ever even
    """)
NAMES = {name.lower() for name in FIRST_NAMES} | {name.lower() for name in PLACE_NAMES} | words_of("""
    london paris chicago italy lagos mumbai toronto john mary sarah david michael emma james peter lucy kate
    """)
# Forms in the past tense that are other words too: "cut", "left".
WORDS_BOTH = {
    word
    for word in PAST
    if word in VERBS
    or word in NOUNS
    or word in ("left", "found", "saw", "felt", "lay", "set", "put", "cut", "let", "read")
} - {"went", "came", "saw", "felt", "thought", "spoke", "broke", "found", "left"}
# Confusable words that people often get wrong; mistakes with the others are drawn less often.
COMMON = words_of("""
    its it's their there they're your you're whose who's then than too to were where we're affect effect affects
    lose losing loose accept quiet whether weather passed past through threw thought advice breathe breath whole
    knew know hear here buy by piece week weeks meet our choose led lie lying lay brought worse off of heard
    allowed bored fell felt which who whom these this those let's well less fewer much many as should
    would could i no
    """)
