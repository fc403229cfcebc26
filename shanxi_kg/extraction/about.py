"""What the grammar of a sentence says about the areas in it: which words point back, and what leads elsewhere."""

from __future__ import annotations

import re
from itertools import pairwise

from shanxi_kg.facts import Body
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, Reading, ReadSentence

AWAY = frozenset({"with", "to", "from", "between", "against", "than", "toward", "towards", "into"})
OTHER = frozenset(
    "capital neighboring neighbouring other another nearby adjacent host sister twin same first second third only next "
    "last two three few several various".split()
)
RANKS = frozenset("first second third fourth fifth last rank".split())
OWNER = re.compile(r"([A-Z][a-z]+)['’]s? $")
SEAT = re.compile(r"(?:,| in| of) (?:the )?([A-Z][a-z]+)")
REACH = 5  # tokens between 'the' and the word that points back


def points_back(sentence: Sentence, i: int) -> bool:
    """Tell whether 'the' or 'this' stands before token `i`, at most with words between that say nothing of others.

    'This Hubei city' points back, 'the Fengze district' is a name.
    """
    openers = {"the", "this"}
    for j in range(i - 1, max(i - REACH, -1), -1):
        token = sentence.tokens[j]
        if token.text.lower() in openers:
            return token.head in {i, sentence.tokens[i].head} or j == i - 1
        if token.pos == "PROPN" and token.head == i and j == i - 1:
            openers = {"this"}
        elif token.pos not in {"ADJ", "NOUN", "ADV", "PUNCT", "VERB"} or token.tag in {"JJS", "RBS"}:
            return False
        if token.text.lower() in OTHER or (token.pos == "PUNCT" and token.text != "-"):
            return False
    return False


def goes_on(sentence: Sentence, i: int) -> bool:
    """Tell whether 'the city' at token `i` goes on to a name or another thing ('the city of Ezhou').

    'This city of 1.6 million people' does not.
    """
    following = sentence.tokens[i + 1 : i + 3]
    if not following or following[0].text.lower() not in {"of", "capital"}:
        return False
    return following[0].text.lower() == "capital" or following[-1].tag != "CD"


def described(sentence: Sentence, i: int) -> int | None:
    """Return what the words around token `i` are in apposition to ('Chibi, a county of 128,000 people')."""
    for above in [i, *sentence.ancestors(i)]:
        token = sentence.tokens[above]
        if token.dep == "appos":
            return token.head
        if token.pos in {"VERB", "AUX"}:
            return None
    return None


def is_beyond(sentence: Sentence, i: int, area: int) -> bool:
    """Tell whether a semicolon parts token `i` from an area behind it."""
    return any(token.text == ";" for token in sentence.tokens[i:area])


def is_elsewhere(sentence: Sentence, area: int) -> bool:
    """Tell whether the words before an area lead out of it ('from elsewhere in China', 'outside Wuhan')."""
    words = [token.text.lower() for token in sentence.tokens[max(0, area - 5) : area] if token.text.lower() != "the"]
    if words[-1:] in (["outside"], ["beyond"]):
        return True
    return bool({"elsewhere", "rest"} & set(words)) and "from" in words and words[-1] in {"in", "of"}


def root(sentence: Sentence) -> int:
    """Return the token that all others hang on."""
    return next((t.i for t in sentence.tokens if t.dep == "ROOT"), 0)


def told(sentence: Sentence, verb: int) -> int:
    """Return the verb of what is said, where `verb` is one of saying ('A grew, said B' is about A)."""
    if sentence.tokens[verb].lemma not in load_lexicon()["say-verb"]:
        return verb
    return next((c for c in sentence.children[verb] if sentence.tokens[c].dep == "ccomp"), verb)


def is_away(sentence: Sentence, i: int, subject: int) -> bool:
    """Tell whether a token under a subject hangs there by a word that leads elsewhere ('talks with X')."""
    path = [i, *sentence.ancestors(i)]
    between = path[: path.index(subject)] if subject in path else path
    return any(sentence.tokens[a].dep == "prep" and sentence.tokens[a].text.lower() in AWAY for a in between)


def leads_away(sentence: Sentence, token: int) -> bool:
    """Tell whether an area is only where something comes from or is compared with ('sent from X', 'than in X')."""
    for above in sentence.ancestors(token):
        if sentence.tokens[above].pos in {"VERB", "AUX"}:
            return False
        if sentence.tokens[above].text.lower() in {"from", "than"}:
            return True
    return False


def is_aside(sentence: Sentence, token: int) -> bool:
    """Tell whether an area only belongs to what is told of ('a fund which is to help X', 'sent from X', "X's")."""
    clauses = any(sentence.tokens[a].dep == "relcl" for a in sentence.ancestors(token))
    return clauses or leads_away(sentence, token) or is_whole(sentence, token)


def is_whole(sentence: Sentence, token: int) -> bool:
    """Tell whether an area stands for the whole that a share is taken of ('of X's total')."""
    if _is_elliptic_owner(sentence, token):
        return True
    for i in (token + 1, token + 2):
        if i < len(sentence.tokens) and sentence.tokens[i].lemma.lower() in {"total", "output", "whole"}:
            return any(sentence.tokens[a].lemma.lower() in {"percent", "%"} for a in sentence.ancestors(token))
    return False


def _is_elliptic_owner(sentence: Sentence, token: int) -> bool:
    """Tell whether an area owns an unsaid whole ("45 percent of the city's total and 11 percent of Hubei's")."""
    behind = [t.pos for t in sentence.tokens[token + 1 : token + 3]]
    owns = token + 1 < len(sentence.tokens) and sentence.tokens[token + 1].tag == "POS"
    return owns and behind[1:] in (["PUNCT"], ["CCONJ"]) and sentence.tokens[token - 1].text.lower() == "of"


def is_trait(sentence: Sentence, token: int) -> bool:
    """Tell whether an area stands in a 'with' phrase of a noun, or says among whom something ranks first."""
    path = [token, *sentence.ancestors(token)]
    for below, link in pairwise(path):
        head = sentence.tokens[sentence.tokens[link].head]
        word = sentence.tokens[link].text.lower()
        if sentence.tokens[link].dep == "prep" and head.i < link:
            belongs = word == "with" and head.pos == "NOUN" and sentence.tokens[below].dep == "pobj"
            ranks = {head.lemma.lower(), sentence.tokens[link - 1].lemma.lower()}
            return belongs or (word in {"in", "among"} and not RANKS.isdisjoint(ranks))
        if sentence.tokens[link].pos in {"VERB", "AUX"}:
            return False
    return False


def is_source(sentence: Sentence, token: int) -> bool:
    """Tell whether a token stands in 'according to X', which says where a figure comes from."""
    return any(sentence.tokens[a].text.lower() == "according" for a in sentence.ancestors(token))


def in_subject(sentence: Sentence, token: int) -> bool:
    """Tell whether a token is in a subject: 'the People's Bank of China lent …' and no 'joined the … of China'."""
    return any(sentence.tokens[a].dep in {"nsubj", "nsubjpass", "agent"} for a in [token, *sentence.ancestors(token)])


def is_speaker(sentence: Sentence, token: int) -> bool:
    """Tell whether a token stands in the words for who says something ('…, the Shijiazhuang Customs said')."""
    for above in [token, *sentence.ancestors(token)]:
        if sentence.tokens[above].dep == "nsubj":
            verb = sentence.tokens[above].head
            return told(sentence, verb) != verb
    return False


def is_supraregional(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of several provinces at once ('the Yangtze River Delta')."""
    words = {token.text.lower() for token in sentence.tokens}
    return not load_lexicon()["supraregion"].isdisjoint(words)


def is_foreign(reading: Reading, body: Body, mention: BodyMention | None) -> bool:
    """Tell whether a body is the world's, or a country stands in its name, before or behind it ("Japan's Kobe …")."""
    words = re.findall(r"[A-Za-z]+", body.name)
    if words[:1] and words[0] in {"World", "International", "WIPO", "United"}:
        return True
    if mention:
        text = reading.document.text
        before, after = OWNER.search(text[: mention.start][-30:]), SEAT.match(text, mention.end)
        words += [match[1] for match in (before, after) if match]
    return not load_lexicon()["country-name"].isdisjoint(word.lower() for word in words)


def body_meant(reading: Reading, read: ReadSentence, verb: int) -> Body | None:
    """Return the body that 'the court', the subject of a verb, points back to: the last one named by that word."""
    sentence = read.sentence
    for subject in (c for c in sentence.children[verb] if sentence.tokens[c].dep in {"nsubj", "nsubjpass"}):
        word, children = sentence.tokens[subject].text, sentence.children[subject]
        alone = [sentence.tokens[c].text.lower() for c in children] == ["the"]
        if not alone or word not in load_lexicon()["agency-head"]:
            continue
        earlier = (b.body for s in reversed(reading.sentences[: read.number]) for b in reversed(s.bodies))
        return next((body for body in earlier if word in body.name.lower().split()), None)
    return None
