"""Where a sentence speaks of a platform: a new one, named or described, or one that was named before.

A capitalised name always counts. A described one counts by its head noun: some in any context, others only where the
words make, own or name one. A noun that only says what something else is ('as a hub', 'is a platform for …') is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import VERBS, children_by, first_of_list, is_negated, subject_of
from shanxi_kg.extraction.platforms.names import Name, name_at
from shanxi_kg.extraction.platforms.record import Record
from shanxi_kg.facts import Certainty, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

MAKING_NOUNS = frozenset("building construction creation development establishment improvement launch opening".split())
NAMED_HEADS = frozenset({"base", "park", "zone"})
ROLE_WORDS = frozenset({"as", "like", "than"})
TURNING = frozenset({"build", "convert", "develop", "grow", "make", "shape", "transform", "turn", "upgrade"})
KIND_HEADS = frozenset({"base", "corridor", "park", "port", "zone"})
POINTERS = frozenset({"the", "this", "that", "its", "their"})
PRONOUNS = frozenset(
    {
        ("they", "nsubj"),
        ("them", "pobj"),
        ("members", "nsubj"),
        ("it", "nsubj"),
        ("it", "nsubjpass"),
        ("its", "poss"),
        ("it", "dobj"),
        ("it", "pobj"),
    }
)
JOINING = frozenset({"join", "enter", "move", "settle", "connect", "belong", "link", "participate", "take", "sign"})
NAMING = frozenset({"include", "be", "comprise"})
OF_MEMBERS = frozenset({"they", "them", "members"})
INDEFINITE = frozenset("no several many both any more some each every such these those".split())
HYPOTHETICAL = frozenset({"could", "might", "would"})


@dataclass(frozen=True, slots=True)
class PlatformMention:
    """A platform at token `token`: a new one by its name, or the one of a record."""

    read: ReadSentence
    token: int
    name: Name | None = None
    record: Record | None = None
    judgement: Judgement | None = None


def mentions(context: Context, read: ReadSentence, records: Sequence[Record]) -> Iterator[PlatformMention]:
    """Give a sentence's mentions of platforms in order; `records`, those of the text before, may grow meanwhile."""
    lexicon = load_lexicon()
    heads = lexicon["platform-head"] | lexicon["platform-head-made"]
    for token in read.sentence.tokens:
        word = token.text.lower()
        if word in heads and token.pos in {"NOUN", "PROPN"} and _ends_phrase(read, token.i):
            mention = _mention(context, read, token.i, records)
        else:
            mention = _pronoun(read, token.i, records) if (word, token.dep) in PRONOUNS else None
        if mention:
            yield mention


def _ends_phrase(read: ReadSentence, i: int) -> bool:
    """Tell whether a head noun heads its phrase: no modifier of another noun, no part of a body's name or a title."""
    sentence = read.sentence
    token = sentence.tokens[i]
    follower = sentence.tokens[i + 1] if i + 1 < len(sentence.tokens) else None
    if token.dep in {"compound", "nmod", "amod"} and follower and follower.pos in {"NOUN", "PROPN"}:
        return False
    if follower and token.text[:1].isupper() and follower.text[:1].isupper() and follower.pos == "PROPN":
        return False
    if token.text.lower() == "league" and _is_area(read, i):
        return False
    return not mention_at(read.bodies, token.start) and not _is_in_title(sentence, i)


def _is_area(read: ReadSentence, i: int) -> bool:
    """Tell whether a league is the area itself: 'Xilingol, a league of the Inner Mongolia autonomous region'."""
    tokens = read.sentence.tokens
    if i < 3 or [t.text for t in tokens[i - 2 : i]] != [",", "a"]:
        return False
    return mention_at(read.places, tokens[i - 3].start) is not None


def _is_in_title(sentence: Sentence, i: int) -> bool:
    if not sentence.tokens[i].text[:1].isupper():
        return False
    above = [sentence.tokens[a].text for a in sentence.ancestors(i)]
    return any(word[:1].isupper() and word.lower() in load_lexicon()["regulation-head"] for word in above)


def _mention(context: Context, read: ReadSentence, i: int, records: Sequence[Record]) -> PlatformMention | None:
    sentence = read.sentence
    name = name_at(context, read, i)
    earlier = _named_before(sentence, i, name, records)
    if earlier:
        return PlatformMention(read, i, name, earlier, _back(sentence, i, earlier) if name is None else None)
    called = _called(context, read, i)
    if called:
        return PlatformMention(read, sentence.tokens[i].head, called)
    if name and not _is_counted(sentence, i) and _counts(sentence, i, name):
        return PlatformMention(read, i, name)
    return None


def _called(context: Context, read: ReadSentence, i: int) -> Name | None:
    """Return the name that an apposition says is a platform's: 'the Binhai IP Exchange, a trading platform'."""
    sentence = read.sentence
    token = sentence.tokens[i]
    above = sentence.tokens[token.head]
    if token.dep != "appos" or token.tag != "NN" or above.pos != "PROPN" or mention_at(read.places, above.start):
        return None
    name = None if mention_at(read.bodies, above.start) else name_at(context, read, above.i)
    return name if name and name.is_proper else None


def _named_before(sentence: Sentence, i: int, name: Name | None, records: Sequence[Record]) -> Record | None:
    """Return the platform that a pointing phrase ('the alliance') or a shorter form of its name stands for."""
    lemma = sentence.tokens[i].lemma.lower()
    points = any(sentence.tokens[c].text.lower() in POINTERS for c in sentence.children[i])
    words = set(name.modifiers) if name else set()
    for record in reversed(records):
        alike = record.name.head == lemma and words <= set(record.name.modifiers)
        if alike and (points or (name and name.text.lower() == record.name.text.lower())):
            return record
    return None


def _back(sentence: Sentence, i: int, record: Record) -> Judgement:
    words = sentence.tokens[i].text.lower()
    words = words if words in {"it", "its"} else f"the {words}"
    reading = f"'{words}' is read as {record.name.text}, named before."
    return Judgement(Certainty.INFERRED, "antecedent", "name", reading)


def _pronoun(read: ReadSentence, i: int, records: Sequence[Record]) -> PlatformMention | None:
    """Resolve 'it' before a verb that tells what is in something to the platform of the sentence before."""
    lexicon, sentence = load_lexicon(), read.sentence
    above = sentence.tokens[sentence.tokens[i].head]
    telling = lexicon["member-verb"] | lexicon["made-of-verb"] | lexicon["member-noun"]
    if sentence.tokens[i].dep in {"dobj", "pobj"}:
        telling = JOINING
        above = sentence.tokens[above.head] if sentence.tokens[i].dep == "pobj" else above
    of_members = sentence.tokens[i].text.lower() in OF_MEMBERS
    if not records or above.lemma.lower() not in (NAMING if of_members else telling):
        return None
    record = records[-1]
    if read.number - record.read.number > 1 or (of_members and not record.has_groups()):
        return None
    return PlatformMention(read, i, None, record, _back(sentence, i, record))


# which phrases count ----------------------------------------------------------------------------------------------
def _is_counted(sentence: Sentence, i: int) -> bool:
    """Tell whether a noun is one of a count ('24 navigation bases', 'several platforms') or denied ('no platform')."""
    for child in sentence.children[i]:
        token = sentence.tokens[child]
        if token.dep == "nummod" and token.text.lower() not in {"one", "1"} and not _is_money(sentence, child):
            return sentence.tokens[i].tag in {"NNS", "NNPS"}
        if token.text.lower() in INDEFINITE:
            return not sentence.tokens[i].text[:1].isupper()
    return False


def _is_money(sentence: Sentence, i: int) -> bool:
    follower = sentence.tokens[i + 1].text if i + 1 < len(sentence.tokens) else ""
    return follower in load_lexicon().units["yuan"]


def _counts(sentence: Sentence, i: int, name: Name) -> bool:
    lexicon, lemma = load_lexicon(), sentence.tokens[i].lemma.lower()
    verb = _governor(sentence, i)
    above = sentence.tokens[first_of_list(sentence, i)]
    if above.dep == "pobj" and sentence.tokens[above.head].text.lower() == "without":
        return False
    if verb is not None and is_negated(sentence, verb, HYPOTHETICAL):
        return False
    if lemma in KIND_HEADS:
        return _is_of_kind(name) and (name.is_proper or _is_definite(sentence, i) or _is_made(sentence, i))
    barred = lexicon["platform-physical"] if lemma in lexicon["platform-head"] else lexicon["platform-not"]
    is_named = name.is_proper and lemma in lexicon["platform-head"]
    if name.modifiers[-1:] and name.modifiers[-1] in barred and not is_named:
        return False
    return name.is_proper or (not _is_role(sentence, i) and _is_one(sentence, i))


def _is_one(sentence: Sentence, i: int) -> bool:
    """Tell whether a described platform is one thing, not a generality: definite, or made by somebody."""
    made = _is_made(sentence, i)
    if sentence.tokens[i].tag in {"NNS", "NNPS"}:
        return made and sentence.tokens[i].lemma.lower() != "fund"
    return made or (sentence.tokens[i].lemma.lower() != "hub" and _is_definite(sentence, i))


def _is_of_kind(name: Name) -> bool:
    lexicon = load_lexicon()
    kinds = lexicon["platform-kind"] | {"economic", "special"}
    if name.is_proper and name.head in NAMED_HEADS and len(name.modifiers) > 1:
        return name.modifiers[-1] not in lexicon["platform-not"] | {"national"}
    if name.head == "base" and name.modifiers[-1] == "industrial":
        return False
    return not kinds.isdisjoint(part for word in name.modifiers for part in (word, *word.split("-")))


def _is_definite(sentence: Sentence, i: int) -> bool:
    """Tell whether a singular noun has an article, a pointer or an owner, so that it is one thing."""
    deps = {"det", "poss"}
    owned = children_by(sentence, i, deps)
    return bool(owned) and sentence.tokens[i].tag in {"NN", "NNP"}


def _governor(sentence: Sentence, i: int) -> int | None:
    return next((a for a in sentence.ancestors(i) if sentence.tokens[a].pos in VERBS), None)


def _is_made(sentence: Sentence, i: int) -> bool:
    """Tell whether a verb or a noun of making governs a phrase, or a participle of making hangs on it."""
    verbs = load_lexicon()["platform-making"] | {"have", "boast"}
    if any(sentence.tokens[c].lemma in verbs for c in children_by(sentence, i, {"acl", "relcl"})):
        return True
    node = first_of_list(sentence, i)
    token = sentence.tokens[node]
    above = sentence.tokens[token.head]
    if token.dep in {"dobj", "nsubjpass"}:
        return above.lemma in verbs
    if token.dep == "pobj" and above.text.lower() == "of":
        return sentence.tokens[above.head].lemma.lower() in MAKING_NOUNS
    return token.dep in {"attr", "nsubj"} and above.lemma == "be" and not _is_role(sentence, i)


def _is_role(sentence: Sentence, i: int) -> bool:
    """Tell whether a phrase says what something else is: 'as a hub', 'X is a platform', 'X, a platform for …'."""
    node = first_of_list(sentence, i)
    token = sentence.tokens[node]
    above = sentence.tokens[token.head]
    if token.dep == "pobj":
        turned = above.text.lower() == "into" and sentence.tokens[above.head].lemma in TURNING
        return turned or above.text.lower() in ROLE_WORDS
    if token.dep == "appos":
        fronted = sentence.tokens[0].text == "In" and above.i <= 2
        return (above.pos == "PROPN" and not fronted) or above.text.lower() in load_lexicon()["platform-head"]
    return token.dep == "oprd" or (token.dep == "attr" and _has_topic(sentence, above.i))


def _has_topic(sentence: Sentence, verb: int) -> bool:
    """Tell whether a form of 'be' has a subject before it that it says something about, no time, no 'there'."""
    subject = subject_of(sentence, verb)
    if subject is None or subject > verb:
        return False
    return sentence.tokens[subject].lemma.lower() not in {"year", "month", "week", "day", "there"}
