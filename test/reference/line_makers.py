"""Lines to try a tokenizer on, each made by one of `MAKERS` out of nothing but a generator of numbers."""

from collections.abc import Callable
from random import Random

Maker = Callable[[Random], str]

NOUNS = "lantern river engine garden teapot ladder orchard compass harbour violin blanket gearbox committee".split()
VERBS = "carries forgets paints measures follows repairs borrows doesn't can't overturns re-reads".split()
ADJECTIVES = "quiet rusty enormous half-finished seventh unlikely well-worn blue MAJOR iPhone-sized".split()
ENDINGS = [".", "!", "?", "...", "…", ";", ":", ",", "?!", " -", "—", "”", "'", ")", "]", "’s.", "'S", "'LL", "'ve"]
ONSETS = "b br c ch cl d dr f fl g gr h j k kn l m n p ph pl pr qu r s sc sh st str t th tr v w wh y z".split()
RIMES = "a able an ar at ation e ea ed ell ent er est i ic ight ile in ing ion ist o oll on oo ous u ul un ure us y".split()
WORDS = {
    "de": "Straße Übermut Größe fährt nächste Donaudampfschifffahrt süß".split(),
    "fr": "l'été où garçon naïve œuvre déjà aujourd'hui".split(),
    "es": "niño corazón ¿cuándo? ¡mañana! pingüino acción".split(),
    "pl": "źdźbło żółty łąka ćma chrząszcz".split(),
    "tr": "İstanbul ılık şeker ağaç çığ".split(),
    "vi": "người tiếng phở đường thuyền".split(),
    "ru": "река окно ёлка подъезд счастье".split(),
    "el": "θάλασσα ήλιος ψωμί ΰψος".split(),
    "he": "שלום מים סֵפֶר ירח".split(),
    "ar": "ماء كِتاب شمس مدرسة٣".split(),
    "hi": "पानी हिन्दी किताब नदी क्षेत्र".split(),
    "th": "น้ำ ภาษาไทย แม่น้ำ".split(),
    "ko": "바다 창문 안녕하세요 값".split(),
    "ja": "海 まど カタカナ コーヒー 食べる。".split(),
    "zh": "河流 窗户 你好， 學習 「茶」".split(),
}
# First and last code point of blocks that have been full, or nearly, since long before any Unicode table in use.
SCRIPTS = [
    (0x00C0, 0x024F), (0x0370, 0x03FF), (0x0400, 0x04FF), (0x0531, 0x0587), (0x05D0, 0x05EA), (0x0620, 0x064A),
    (0x0905, 0x0939), (0x0985, 0x09B9), (0x0A05, 0x0A39), (0x0B85, 0x0BB9), (0x0C05, 0x0C39), (0x0D05, 0x0D39),
    (0x0E01, 0x0E3A), (0x0E81, 0x0EB0), (0x0F40, 0x0F6C), (0x1000, 0x102A), (0x10A0, 0x10FF), (0x1100, 0x11FF),
    (0x1200, 0x137C), (0x13A0, 0x13F4), (0x1780, 0x17B3), (0x1820, 0x1877), (0x1E00, 0x1FFF), (0x2C00, 0x2C5E),
    (0x3041, 0x3096), (0x30A1, 0x30FA), (0x3105, 0x312D), (0x4E00, 0x9FA5), (0xA000, 0xA48C), (0xAC00, 0xD7A3),
    (0xFF21, 0xFF5A), (0x10330, 0x1034A), (0x1D400, 0x1D454), (0x20000, 0x2A6D6),
]  # fmt: skip
MARKS = ["\u0301", "\u0308", "\u0327", "\u0330", "\u093f", "\u094d", "\u0e34", "\u0e49", "\u05b4", "\u064e", "\u20d7", "\u0483"]
NUMERALS = [
    (0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9), (0x966, 0x96F), (0xFF10, 0xFF19), (0x2160, 0x2188), (0x2460, 0x249B),
    (0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089), (0xB2, 0xB3), (0xBC, 0xBE), (0x2153, 0x215E), (0x3007, 0x3007),
    (0x3021, 0x3029), (0x1D7CE, 0x1D7FF), (0x10107, 0x10133), (0x0BF0, 0x0BF2), (0x16EE, 0x16F0),
]  # fmt: skip
EMOJI = [
    "🙂", "🎉", "🦊", "🚲", "☕", "❤️", "☀️", "👍🏽", "👩🏿‍🚀", "👨‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷", "🇯🇵🇧🇷", "1️⃣", "#️⃣", "🧑‍💻", "🫠", "🤷‍♀️", "✔", "▶️",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "😀😀😀", "😶‍🌫️", "⌛", "♟️",
]  # fmt: skip
SPACES = [
    " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1f", "\x85", "\xa0", "\u1680", "\u180e",
    "\u2000", "\u2003", "\u2009", "\u200a", "\u200b", "\u200d", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060",
    "\u3000", "\ufeff", " \n ", "\t\t ", "        ", "\n    ", "\u00ad",
]  # fmt: skip
SPECIAL = [
    "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<reponame>", "<file_sep>", "<filename>", "<gh_stars>",
    "<issue_start>", "<issue_comment>", "<issue_closed>", "<jupyter_start>", "<jupyter_text>", "<jupyter_code>",
    "<jupyter_output>", "<jupyter_script>", "<empty_output>",
]  # fmt: skip
ALMOST_SPECIAL = ["<|im_start", "|im_end|>", "<| im_end |>", "<|IM_END|>", "<|endoftext|", "<file_sep", "<｜im_start｜>", "<<|im_end|>>", "<repo name>"]
CODE = [
    "def {a}_{b}(self, {c}: int = {n}) -> dict[str, float]:\n    return {{'{a}': {c} ** {n}}}  # {b}",
    "for (let {a} = 0; {a} < {b}.length; {a}++) {{\n\tconsole.log(`${{{b}[{a}]}}: {n}px`);\n}}",
    "#include <{a}.h>\n\nint main(void) {{ printf(\"%d\\n\", {b} >> {n}); return 0x{n:X}; }}",
    "SELECT {a}, COUNT(*) FROM {b} WHERE {c} <= {n} GROUP BY {a} HAVING COUNT(*) > 1;",
    "<div class=\"{a} {b}\" data-{c}='{n}'>&nbsp;{a}</div><!-- {b} -->",
    "{{\"{a}\": [{n}, -{n}.5e-3, null, true], \"{b}\": {{\"{c}\": \"\\u00e9\\n\"}}}}",
    "$ find . -name '*.{a}' | xargs grep -nE '^{b}{{1,{n}}}' 2>/dev/null && echo \"$?\"",
    "fn {a}<'{c}, T: Clone>(x: &'{c} [T]) -> Option<&'{c} T> {{ x.get({n}usize)?; None }}",
    "\\begin{{{a}}} \\frac{{{n}}}{{{b}_{{i}}}} \\le \\alpha^{{{n}}} \\end{{{a}}}",
    "    {a}:\n      - {b}: &{c} \"{n}\"\n      - <<: *{c}",
    "{a}!={b}||{c}??={n};--{a}->{b}::{c}<<={n}**//{a}@@{b}##{c}%%",
]
MARKDOWN = [
    "# {a} {b}\n\n- [ ] **{c}** _{a}_ `{b}`\n  1. ~~{c}~~ {n}%", "| {a} | {b} |\n|:--|--:|\n| {n} | {c} |",
    "[{a}](https://example.org/{b}?{c}={n}&x=%20#{a}) <{b}@example.org>", "> {a} {b}:\n>\n> ```{c}\n> {n}\n> ```",
    "***{a}***\n---\n![{b}]({c}.png \"{n}\")[^{n}]", "{a}\\*{b}\\_{c}  \n\\[{n}\\]",
]  # fmt: skip


def pick(random: Random, choices):
    return choices[random.randrange(len(choices))]


def character(random: Random, ranges) -> str:
    first, last = pick(random, ranges)
    return chr(random.randint(first, last))


def number(random: Random) -> str:
    value = random.randrange(10 ** random.randint(1, 12))
    forms = [f"{value}", f"{value:,}", f"{value / 1000:.2f}", f"{value:x}", f"{value:.3e}", f"№{value}", f"{value}th", f"${value}", f"v{value % 9}.{value % 13}.{value % 7}"]
    return pick(random, forms)


def english(random: Random) -> str:
    words = []
    for _ in range(random.randint(1, 5)):
        words += [pick(random, ["The", "a", "my", "Her", "NO"]), pick(random, ADJECTIVES), pick(random, NOUNS), pick(random, VERBS)]
    return " ".join(words) + pick(random, ENDINGS)


def invented(random: Random) -> str:
    """Words that no list has, out of syllables: other merges than whole words take."""
    words = ("".join(pick(random, ONSETS) + pick(random, RIMES) for _ in range(random.randint(1, 5))) for _ in range(random.randint(1, 9)))
    return " ".join(pick(random, [word, word.title(), word.upper()]) for word in words)


def foreign(random: Random) -> str:
    words = pick(random, list(WORDS.values()))
    return pick(random, [" ", " ", "", ", "]).join(pick(random, words) for _ in range(random.randint(1, 9))) + pick(random, ENDINGS)


def one_script(random: Random) -> str:
    script = [pick(random, SCRIPTS)]
    words = ["".join(character(random, script) for _ in range(random.randint(1, 8))) for _ in range(random.randint(1, 6))]
    return " ".join(words)


def marked(random: Random) -> str:
    return "".join(
        pick(random, [pick(random, NOUNS), character(random, SCRIPTS), " "]) + pick(random, MARKS) * random.randint(1, 2)
        for _ in range(random.randint(1, 8))
    )


def digits(random: Random) -> str:
    parts = [pick(random, [number(random), "".join(character(random, NUMERALS) for _ in range(random.randint(1, 5))), pick(random, NOUNS)]) for _ in range(random.randint(1, 6))]
    return pick(random, ["", " ", "/", "-", "x", " + "]).join(parts)


def emoji(random: Random) -> str:
    parts = [pick(random, [pick(random, EMOJI), pick(random, EMOJI), pick(random, NOUNS), "\ufe0f", "\u200d", "🏻"]) for _ in range(random.randint(1, 9))]
    return pick(random, ["", " "]).join(parts)


def spaced(random: Random) -> str:
    parts = [pick(random, [pick(random, SPACES), pick(random, SPACES) * random.randint(1, 5), pick(random, NOUNS), number(random), pick(random, ENDINGS), character(random, SCRIPTS)]) for _ in range(random.randint(1, 10))]
    return "".join(parts)


def special(random: Random) -> str:
    parts = [pick(random, [pick(random, SPECIAL), pick(random, SPECIAL), pick(random, ALMOST_SPECIAL), pick(random, NOUNS), pick(random, SPACES), pick(random, WORDS["zh"])]) for _ in range(random.randint(1, 7))]
    return pick(random, ["", "", " ", "\n"]).join(parts)


def filled(random: Random, templates: list[str]) -> str:
    a, b, c = (pick(random, NOUNS) for _ in range(3))
    return pick(random, templates).format(a=a, b=b.title(), c=c[0], n=random.randrange(4096))


def code(random: Random) -> str:
    return pick(random, ["", "    ", "\t"]) + filled(random, CODE) + pick(random, ["", "\n", " \n"])


def markdown(random: Random) -> str:
    return filled(random, MARKDOWN)


def repeated(random: Random) -> str:
    piece = pick(random, ["a", "=", "-", "ha", " ", "\n", "0", "日", "é", "🙂", "'s", "!?", "\t", ". ", "<|", pick(random, NOUNS)])
    return pick(random, ["", "x", " "]) + piece * random.randint(2, 120) + pick(random, ["", "x", " "])


def anything(random: Random) -> str:
    """Any code points but surrogates: controls, unassigned ones and private use included."""
    planes = [(0x00, 0xFF), (0x0100, 0x2FFF), (0x3000, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)]
    return "".join(character(random, planes) for _ in range(random.randint(1, 20)))


def mixed(random: Random) -> str:
    makers = [english, foreign, one_script, digits, emoji, special, markdown]
    return pick(random, SPACES).join(pick(random, makers)(random)[:60] for _ in range(random.randint(2, 4)))


MAKERS: list[Maker] = [
    english, invented, foreign, one_script, marked, digits, emoji, spaced, special, code, markdown, repeated, anything, mixed,
]  # fmt: skip
