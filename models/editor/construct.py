"""Pairs made by construction from clean passages: the rewrite is the clean passage, the source is made from it (or both by rule)."""

import re

from corrupt import TOKEN
from english import ADVERB_BETWEEN, BE, DETERMINERS, NAMES, NOUNS, PAST, PLURALS, PREPOSITIONS, PRONOUNS, THIRD, VERBS, WORDS_BOTH
from passages import sentences

_CONTRACTIONS = [pair.split("|") for pair in "do not|don't;does not|doesn't;did not|didn't;is not|isn't;are not|aren't;was not|wasn't;were not|weren't;cannot|can't;could not|couldn't;will not|won't;would not|wouldn't;should not|shouldn't;have not|haven't;has not|hasn't;had not|hadn't;I am|I'm;I have|I've;I will|I'll;I would|I'd;it is|it's;that is|that's;there is|there's;we are|we're;we have|we've;we will|we'll;they are|they're;they have|they've;you are|you're;you have|you've;you will|you'll;let us|let's".split(";")]
_CASUAL = [pair.split("|") for pair in "going to|gonna;want to|wanna;because|cause;because|'cos;as soon as possible|asap;very|super;very|really;very|so;children|kids;a lot of|loads of;many|tons of;many|a bunch of;however,|but;therefore,|so;unfortunately,|sorry, but;approximately|around;approximately|about;purchase|buy;purchased|bought;receive|get;received|got;obtain|get;require|need;requires|needs;required|needed;assist|help;assistance|help;inform|tell;contact|ping;contact|give a shout to;postponed|pushed back;cancelled|called off;attend|come to;arrange|set up;discuss|chat about;excellent|awesome;excellent|great;satisfactory|fine;unsatisfactory|rubbish;man|guy;people|folks;difficult|tricky;busy|swamped;tired|knackered;ill|sick;regarding|about;additional|extra;sufficient|enough;provide|give;apologise|say sorry;request|ask for;manager|boss;director|boss;employees|people;thank you|thanks;thank you|cheers;unable to|can't;I would like to|I wanna;we would like to|we'd love to".split(";")]
_HEDGES = ["I think ", "I think maybe ", "I guess ", "I suppose ", "It seems to me that ", "I could be wrong, but I think ", "I might be wrong, but ", "I'm not totally sure, but ", "I'm no expert, but ", "Maybe ", "Perhaps ", "It might be that ", "I have the feeling that ", "I would say that ", "Sorry if this is wrong, but ", "I just feel that perhaps ", "If I'm not mistaken, ", "I kind of think ", "To be honest I'm not certain, but ", "It could be that "]
_SOFTER = [pair.split("|") for pair in " is | is perhaps ; is | is sort of ; is | may be ; are | are perhaps ; are | might be ; will | might ; will | will hopefully ; will | would probably ; can | could possibly ; can | can maybe ; has | probably has ; have | probably have ; was | was kind of ; need | might need ; shows | seems to show ; should | should maybe ".split(";")]
_TAILS = [", if that makes sense", ", but I'm not sure", ", I think", ", or something like that", ", I guess", ", if I'm not mistaken", ", but I could be wrong", ", hopefully"]
_FILLERS = [pair.split("|") for pair in "because|due to the fact that;because|owing to the fact that;although|despite the fact that;now|at this point in time;now|at the present moment in time;to |in order to ;if|in the event that;when|at the time when;before|prior to the time that;about|with regard to the subject of;can |is in a position to ;many|a large number of;some|a certain number of;most|the vast majority of;often|on a great many occasions;always|at all times;until|until such time as;during|during the course of;again|once again;every|each and every;finally|last but not least, finally;will |is going to ;must |is under an obligation to ;new|new and novel;important|very important and significant;result|end result;plan|advance plan;history|past history;near|in close proximity to;decided|made the decision;agreed|came to an agreement;used|made use of".split(";")]
_OPENERS = ["It is important to note that ", "It should be pointed out that ", "As a matter of fact, ", "The fact of the matter is that ", "I would like to take this opportunity to say that ", "It goes without saying that ", "What I want to say is that ", "It is worth mentioning that ", "Needless to say, ", "As everybody knows, ", "For what it is worth, ", "All things considered, it can be said that ", "It has come to our attention that ", "Generally speaking, "]
_HARD = [pair.split("|") for pair in "use|utilize;used|utilized;help|facilitate;helps|facilitates;start|commence;started|commenced;end|terminate;ended|terminated;about|approximately;buy|purchase;bought|purchased;show|demonstrate;shows|demonstrates;showed|demonstrated;get|obtain;got|obtained;need|require;needs|requires;needed|required;enough|sufficient;make better|ameliorate;before|prior to;after|subsequent to;many|numerous;try|endeavour;tried|endeavoured;big|substantial;large|substantial;small|diminutive;hard|arduous;easy|effortless;ask|enquire;asked|enquired;tell|notify;told|notified;keep|retain;kept|retained;live|reside;lives|resides;lived|resided;give|furnish;gave|furnished;more|additional;so|consequently;also|furthermore;but|nevertheless;fix|rectify;fixed|rectified;speed up|expedite;house|residence;job|occupation;money|funds;change|modify;changed|modified;find out|ascertain;found out|ascertained;fast|rapid;quickly|expeditiously;pay|remunerate;paid|remunerated;think|contemplate;answer|respond;answered|responded;wait|remain;plan|strategy;food|nourishment;rain|precipitation;doctor|physician;children|juveniles;poor|impoverished;happy|delighted;angry|irate;strange|anomalous;clear|perspicuous;important|paramount;near|proximate to;because of|on account of;if|in the event that;now|at the present time;can|is able to".split(";")]
_GUSH = [pair.split("|") for pair in " is | is absolutely ; is | is literally ; was | was absolutely ; was | was simply ; are | are utterly ; were | were totally ;good|mind-blowing;good|out of this world;bad|appalling;bad|disgusting;slow|painfully slow;late|shockingly late;large|gigantic;small|ridiculously tiny;useful|insanely useful;difficult|a total nightmare;popular|insanely popular;expensive|outrageously expensive;old|ancient;beautiful|jaw-dropping;interesting|utterly fascinating;cold|ice-cold;dirty|filthy;busy|insanely busy;important|unbelievably important".split(";")]
_SHOUTS = ["Honestly, ", "OMG, ", "I can't believe it, ", "Seriously, ", "Wow, ", "For heaven's sake, ", "Unbelievable! ", "What a scandal! ", "This is outrageous: ", "Oh my goodness, ", "Good grief, ", "I'm fuming: "]
_BYE = ["", "", " Thank you so much!", " Thanks a lot!", " Have a lovely day!", " We really appreciate it!", " Many thanks for your help!", " Do let us know if you have any questions!"]
_GREET = ["Just a friendly reminder that ", "Just a quick note to say that ", "We just wanted to let you know that ", "A little heads-up: ", "Just so you know, "]


def _swap(text, table, rng, chance):
    """Some of the table's words replaced, the first letter's case kept."""
    done = 0
    for right, wrong in table:
        pattern = re.compile(rf"(?<![\w'’]){re.escape(right)}(?![\w'’])" if right[0] != " " else re.escape(right), re.I)
        if pattern.search(text) and rng.random() < chance:
            cased = lambda match: wrong[0].upper() + wrong[1:] if match.group()[0].isupper() and match.group()[:2] != "I " and match.group() != "I" else wrong
            text, count = pattern.subn(cased, text, count=1 if rng.random() < 0.6 else 0)
            done += count
    return text, done


def _lower_start(text):
    first = re.match(r"[A-Za-z'’]+", text)
    if not first or first.group() in ("I", "I'm", "I've", "I'll", "I'd") or first.group().lower() in NAMES or first.group().isupper() or not (first.group().lower() in _STARTERS):
        return None
    return text[0].lower() + text[1:]


_IMPERATIVES = set(
    "add answer apply arrive ask avoid bring call carry change check choose clean close collect come complete confirm consider contact cover describe do enter explain fill find finish fix follow get give go help hold include inform join keep leave let listen look make meet move note notify open order park pay pick plan prepare provide put read register remember remove renew repeat replace reply report return review save schedule select send show sign stay stop submit switch take tell try turn update upload use verify visit wait wash watch wear write".split()
)
_STARTERS = DETERMINERS | PRONOUNS | set("there these those most many some people if when in on at after before all both because although as since during for with from by one two three what how why our".split())


def formal(text, rng):
    """(casual source, formal target) or None."""
    if re.search(r"!|\?|\w['’](?:t|re|ve|ll|m|d)\b|[\"“]|\b(?:it|that|there|he|she|what|let)['’]s\b|\n", text, re.I) or len(text.split()) < 7:
        return None
    made, count = _swap(text, _CONTRACTIONS, rng, 0.9)
    made, more = _swap(made, _CASUAL, rng, 0.7)
    count += more
    if count < 2:
        return None
    if rng.random() < 0.35:
        lowered = _lower_start(made)
        if lowered:
            made = rng.choice(["Hey, ", "Hi guys, ", "Hey, just wanted to say ", "So, ", "Hey team, ", "Btw, ", "Yeah, ", "Ok so ", "Hiya, "]) + lowered
    if made.endswith(".") and rng.random() < 0.4:
        made = made[:-1] + rng.choice(["!", "!!", ", ok?", ", no worries.", " lol.", ", you know."])
    return made, text


def confident(text, rng):
    parts = sentences(text)
    if len(parts) > 3 or re.search(r"[?\"“\n]|\b(?:think|maybe|perhaps|might|possibly|probably|seems?|may|could|sort of|kind of|sure|sorry|afraid)\b", text, re.I) or len(text.split()) < 5:
        return None
    made, changed = [], 0
    for part in parts:
        lowered = _lower_start(part)
        if lowered and rng.random() < 0.75:
            part, changed = rng.choice(_HEDGES) + lowered, changed + 1
        if rng.random() < 0.45:
            part, count = _swap(part, rng.sample(_SOFTER, 4), rng, 0.6)
            changed += count
        if part.endswith(".") and rng.random() < 0.25:
            part, changed = part[:-1] + rng.choice(_TAILS) + ".", changed + 1
        made.append(part)
    return (" ".join(made), text) if changed else None


def neutral(text, rng):
    if re.search(r"[!?\"“\n]", text) or not 5 <= len(text.split()) <= 45:
        return None
    made, changed = _swap(text, _GUSH, rng, 0.7)
    if rng.random() < 0.6:
        lowered = _lower_start(made)
        if lowered:
            made, changed = rng.choice(_SHOUTS) + lowered, changed + 1
    if changed and made.endswith("."):
        made = made[:-1] + rng.choice(["!", "!!", "!!!"])
    return (made, text) if changed else None


def shorten(text, rng):
    """Filler words and phrases put into concise sentences."""
    if "\n" in text or not 8 <= len(text.split()) <= 60:
        return None
    made, changed = _swap(text, rng.sample(_FILLERS, 14), rng, 0.9)
    parts = []
    for part in sentences(made):
        lowered = _lower_start(part)
        if lowered and rng.random() < 0.6:
            part, changed = rng.choice(_OPENERS) + lowered, changed + 1
        parts.append(part)
    made = " ".join(parts)
    return (made, text) if changed >= 2 and len(made) > 1.25 * len(text) else None


def simplify(text, rng):
    """Long words put for plain ones into short sentences."""
    parts = sentences(text)
    if "\n" in text or not 6 <= len(text.split()) <= 60 or max(len(part.split()) for part in parts) > 16:
        return None
    made, changed = _swap(text, _HARD, rng, 0.85)
    if changed < 2:
        return None
    if len(parts) > 1 and rng.random() < 0.5:
        made = re.sub(r"\. (The|It|They|He|She|This|We|You)\b", lambda match: rng.choice(["; ", ", and ", ", whereupon "]) + match.group(1).lower(), made, count=1)
    return made, text


def friendly(text, rng):
    """A curt notice and its friendly version, by rule."""
    if re.search(r"[!?\"“\n:;]", text) or not 4 <= len(text.split()) <= 40:
        return None
    parts, made, changed = sentences(text), [], False
    for at, part in enumerate(parts):
        words = part.split()
        first = words[0].lower()
        if first == "please" and len(words) > 3 and part.endswith("."):
            made.append("Could you please " + part[7:-1] + "?")
            changed = True
        elif first in _IMPERATIVES and words[1].lower() in DETERMINERS | {"us", "me", "at", "to", "in", "for"} and part.endswith("."):
            made.append("Could you please " + first + part[len(first) : -1] + "?")
            changed = True
        else:
            soft, count = _swap(part, _CONTRACTIONS, rng, 1)
            lowered = _lower_start(soft)
            if lowered and at == 0:
                negative = re.search(r"\b(?:not|no)\b|n't\b", part)
                soft = (rng.choice(["I'm afraid ", "I'm sorry, but ", "We're sorry that "]) if negative else rng.choice(_GREET)) + lowered
                changed = True
            changed = changed or count > 0
            made.append(soft)
    if not changed:
        return None
    return text, " ".join(made) + rng.choice(_BYE)


def tenses(text):
    """(past, present) of a passage whose every past verb is certain, or None."""
    if re.search(r"[\"“”\n?!:]|\b(?:ago|yesterday|last|would|could|should|did|didn['’]t|will|now|today|tomorrow|used|since|century|\d{4}|if|had)\b", text) or len(text.split()) > 60:
        return None
    changed = 0
    tokens = [(match.start(), match.group()) for match in TOKEN.finditer(text)]
    words = [(index, token, token.lower()) for index, (_, token) in enumerate(tokens) if token[0].isalpha()]
    pieces = [token for _, token in tokens]
    seen_subject = None
    for place, (index, token, low) in enumerate(words):
        gap = "".join(piece for piece in pieces[words[place - 1][0] + 1 : index]) if place else "."
        previous = words[place - 1][2] if place else ""
        direct = gap == " "
        if "." in gap:
            seen_subject = None
        is_past = low in PAST or low in ("was", "were")
        if low in THIRD and low not in PLURALS or low in ("is", "are", "has", "does", "do", "have", "am", "can", "may", "must"):
            return None
        if not is_past:
            continue
        if low in WORDS_BOTH:
            if direct and previous in PRONOUNS and low not in ("read", "put", "cut", "set", "let", "lay"):
                pass
            else:
                return None
        if direct and (previous in BE or previous in ("been", "being") or previous in ADVERB_BETWEEN and place > 1 and words[place - 2][2] in BE):
            continue  # A participle.
        singular = None
        if direct and previous in ("he", "she", "it", "this", "that", "everyone", "nobody", "who"):
            singular = True
            if previous in ("that", "who") and not (place > 1 and words[place - 2][2] in NOUNS):
                return None
        elif direct and previous in ("they", "we", "i", "you"):
            singular = False
        elif direct and words[place - 1][1][0].isupper() and previous in NAMES:
            singular = not (place > 2 and words[place - 2][2] == "and")
        elif direct and previous in NOUNS and previous not in PLURALS and place > 1 and (words[place - 2][2] in DETERMINERS or place > 2 and words[place - 3][2] in DETERMINERS):
            singular = True
            if place > 3 and words[place - 3][2] in PREPOSITIONS or words[place - 3][2] == "and" if place > 2 else False:
                return None
        elif direct and previous in PLURALS and previous not in NOUNS and (place == 1 or words[place - 2][2] in DETERMINERS):
            singular = False
        elif (previous == "and" or previous == "then" or gap.strip() == ",") and seen_subject is not None:
            singular = seen_subject
        elif direct and previous in ADVERB_BETWEEN | {"slowly", "quickly", "quietly", "suddenly", "then"} and seen_subject is not None:
            singular = seen_subject
        if singular is None:
            return None
        seen_subject = singular
        if low in ("was", "were"):
            now = "am" if previous == "i" else "is" if low == "was" else "are"
        else:
            base = PAST[low]
            now = VERBS[base][0] if singular else base
        pieces[index] = now.capitalize() if token[0].isupper() else now
        changed += 1
    if changed < 1:
        return None
    return text, "".join(pieces)
