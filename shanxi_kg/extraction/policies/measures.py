"""The words of a policy: verb, object and what completes them, less who acts, when and where."""

from __future__ import annotations

from collections.abc import Sequence

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import children_by
from shanxi_kg.extraction.policies.actions import Action
from shanxi_kg.extraction.policies.misread import is_misread, verb_before
from shanxi_kg.extraction.policies.people import is_people
from shanxi_kg.extraction.policies.roles import keeper_of
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

COMPLETING = frozenset({"prt", "dobj", "dative", "xcomp", "oprd", "acomp"})
KEPT = frozenset("out on against with for to into under over as about off of in between toward towards".split())
SOURCES = frozenset("ban bar block discourage exempt keep prevent prohibit protect remove shield stop".split())
SPANS = frozenset({"over", "in", "within", "for"})
RELATIVES = frozenset({"WDT", "WP"})
FREELY = frozenset({"charge", "cost", "credit", "discount", "expense", "payment", "price", "rent"})
TERMS = frozenset({"at", "on", "without"})
PARTICLES = frozenset({"aside", "away", "back", "down", "off", "out", "up"})
TIMES = frozenset({"after", "ahead", "before", "by", "during", "since", "until"})
PURPOSE_LONGEST = 9
BEHIND = frozenset({"acl", "appos", "prep", "relcl"})
MONEY = frozenset({"yuan", "US dollars"})


def measure_tokens(read: ReadSentence, action: Action) -> list[int]:
    """Return the tokens of a measure: verb, patient, and the complements that belong to it, in reading order."""
    sentence = read.sentence
    kept = [action.verb, *_receiver_tokens(read, action)]
    for child in sentence.children[action.verb]:
        if child != action.patient and _completes(read, action, child):
            kept += core_tokens(read, child)
    if action.patient is not None:
        hung = sentence.tokens[action.verb].dep in {"acl", "relcl"}
        without = [action.verb] if hung else _givers(read, action)
        own = core_tokens(read, action.patient, without, priced=action.receiver is not None)
        kept += [i for i in own if i != action.patient or sentence.tokens[i].tag not in RELATIVES]
    return [*dict.fromkeys(kept)]


def _givers(read: ReadSentence, action: Action) -> list[int]:
    """Return the 'from' inside what somebody receives that says who gives it."""
    if action.kind != "get" or action.agent is None:
        return []
    above = read.sentence.tokens[action.agent].head
    return [above] if read.sentence.tokens[above].text.lower() == "from" else []


def _receiver_tokens(read: ReadSentence, action: Action) -> list[int]:
    """Return the words for who receives something, less clauses and phrases behind; of 'have fees paid' the 'have'."""
    sentence, noun = read.sentence, action.receiver
    if noun is None:
        return []
    keeper = keeper_of(sentence, action.verb)
    behind = children_by(sentence, noun, BEHIND)
    return [*core_tokens(read, noun, behind), *([keeper] if keeper is not None else [])]


def measure_text(context: Context, read: ReadSentence, action: Action) -> str:
    """Return a measure's words: the runs of its tokens; of a passive the verb first, then what is done to."""
    tokens = sorted(measure_tokens(read, action))
    before = [i for i in tokens if i < action.verb]
    if action.kind == "get" or keeper_of(read.sentence, action.verb) is not None:
        return lowered(read, tokens[0], joined(context, read.sentence, tokens))
    after = [i for i in tokens if i >= action.verb]
    if not action.is_passive and before:
        purpose = lowered(read, before[0], joined(context, read.sentence, before))
        return f"{joined(context, read.sentence, after)} {purpose}"
    if not action.is_passive or not before:
        return joined(context, read.sentence, tokens)
    head = [action.verb, *(i for i in after if read.sentence.tokens[i].dep == "prt")]
    rest = [i for i in after if i not in head]
    parts = [joined(context, read.sentence, run) for run in (head, before, rest) if run]
    parts[1] = lowered(read, before[0], parts[1])
    return " ".join(parts)


def lowered(read: ReadSentence, first: int, words: str) -> str:
    """Return words without the capital that only the start of the sentence gives them."""
    token = read.sentence.tokens[first]
    if first == 0 and (token.pos == "DET" or (token.pos != "PROPN" and not token.text.isupper())):
        return words[:1].lower() + words[1:]
    return words


def joined(context: Context, sentence: Sentence, tokens: list[int]) -> str:
    """Return the words of tokens: their runs, joined by spaces."""
    runs: list[list[int]] = []
    for i in tokens:
        if runs and i == runs[-1][1] + 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    words = [context.words(sentence.tokens[a].start, sentence.tokens[b].end) for a, b in runs]
    return " ".join(words).strip(" ,;")


# what completes a verb --------------------------------------------------------------------------------------------
def _amount_behind(read: ReadSentence, i: int, kept: list[int]) -> set[int]:
    """Return the tokens from 'of' to the end of the sum that only softening words part from it, 'per mu' included."""
    tokens, soft = read.sentence.tokens, load_lexicon()["approximator"] | load_lexicon()["currency-word"] | {"up"}
    for money in read.quantities:
        if money.unit not in MONEY or money.start < tokens[i].end:
            continue
        first = read.sentence.at(money.start) or 0
        if all(token.text.lower() in soft for token in tokens[i + 1 : first]):
            last = next((j for j in range(first, len(tokens)) if tokens[j].end >= money.end), first)
            last += 2 if last + 2 < len(tokens) and tokens[last + 1].text.lower() in {"per", "each"} else 0
            return {j for j in kept if i <= j <= last}
    return set()


def _completes(read: ReadSentence, action: Action, child: int) -> bool:
    sentence = read.sentence
    token = sentence.tokens[child]
    if token.dep in COMPLETING:
        return child > action.verb and token.tag not in RELATIVES and verb_before(sentence, child) is None
    if token.dep == "prep":
        return _is_kept(read, action, child) or (action.kind == "on" and token.i == _mark_of(sentence, action))
    if token.dep == "advmod":
        return child == action.verb + 1 and token.text.lower() in PARTICLES
    if token.dep == "ccomp":
        return action.patient is not None and sentence.tokens[action.patient].head == child
    return token.dep == "advcl" and _is_short_purpose(sentence, action, child)


def _mark_of(sentence: Sentence, action: Action) -> int | None:
    """Return the preposition before the patient, of 'looked after orphans' the 'after'."""
    return sentence.tokens[action.patient].head if action.patient is not None else None


def _is_kept(read: ReadSentence, action: Action, prep: int) -> bool:
    """Tell whether a preposition's phrase belongs to what is done: no time, no place, no source."""
    sentence = read.sentence
    word = sentence.tokens[prep].text.lower()
    inside = sentence.subtree(prep)
    start, end = sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end
    if prep < action.verb or any(start <= date.start < end for date in read.dates):
        return False
    if word in TERMS and any(sentence.tokens[i].lemma in FREELY for i in children_by(sentence, prep, {"pobj"})):
        return True
    if _is_prep_aside(read, prep) or (action.kind == "get" and word == "from"):
        return False
    return (
        word in KEPT or _is_for_people(read, prep) or (word == "from" and sentence.tokens[action.verb].lemma in SOURCES)
    )


def _is_for_people(read: ReadSentence, prep: int) -> bool:
    """Tell whether a phrase says in passing whom something is for ('at its counters for foreign traders')."""
    tokens = read.sentence.tokens
    inside = read.sentence.subtree(prep)
    return any(
        tokens[i].text == "for" and is_people(read, j) for i in inside for j in children_by(read.sentence, i, {"pobj"})
    )


def _is_short_purpose(sentence: Sentence, action: Action, clause: int) -> bool:
    """Tell whether an infinitive of purpose belongs to the measure: short, and not shared by a list of measures."""
    infinitive = any(sentence.tokens[c].text.lower() == "to" for c in children_by(sentence, clause, {"aux"}))
    return infinitive and action.listed_by is None and len(sentence.subtree(clause)) <= PURPOSE_LONGEST


def core_tokens(read: ReadSentence, head: int, without: Sequence[int] = (), priced: bool = False) -> list[int]:
    """Return a phrase with its list, less asides: clauses after a comma, appositions, dates, places.

    Amounts of money behind a noun are left out too, unless `priced`.
    """
    sentence = read.sentence
    cut = [node for node in sentence.subtree(head, without) if node != head and _is_aside(read, node)]
    cut += without
    kept = sentence.subtree(head, without=cut)
    amounts = set() if priced else _amounts(read, head, kept)
    return _unpunctuated(sentence, [i for i in kept if i not in amounts])


def _amounts(read: ReadSentence, head: int, kept: list[int]) -> set[int]:
    """Return the tokens of amounts of money behind a noun: 'of up to 1 million yuan', 'worth 2 million yuan'."""
    tokens, found = read.sentence.tokens, set()
    for i in kept:
        if i > head and tokens[i].text.lower() in {"of", "worth", "totaling", "totalling"}:
            found |= _amount_behind(read, i, kept)
    return found


def _is_aside(read: ReadSentence, node: int) -> bool:
    """Tell whether a node of a phrase tells of something else: when, by whom, a clause or a name after a comma."""
    sentence = read.sentence
    token = sentence.tokens[node]
    after = node > token.head
    if token.dep in {"relcl", "advcl"}:
        first = sentence.subtree(node)[0]
        return first > 0 and sentence.tokens[first - 1].text == ","
    if token.dep == "prep":
        beside = any(children_by(sentence, c, {"nsubj"}) for c in children_by(sentence, node, {"pcomp"}))
        return beside or token.text.lower() in TIMES or _is_prep_aside(read, node)
    if token.dep == "conj" and after and sentence.tokens[token.head].pos in {"NOUN", "PROPN"}:
        return token.tag.startswith("VB") or is_misread(sentence, node) or verb_before(sentence, node) is not None
    if token.dep == "conj" and token.tag in {"VBD", "VBZ"} and sentence.tokens[token.head].tag in {"VB", "VBP"}:
        return True
    by_whom = token.dep == "acl" and token.tag == "VBN" and bool(children_by(sentence, node, {"agent"}))
    named = token.dep == "appos" and not _is_list_like(sentence, node)
    return by_whom or named or (token.dep in {"npadvmod", "agent"} and after)


def _is_prep_aside(read: ReadSentence, prep: int) -> bool:
    sentence = read.sentence
    word = sentence.tokens[prep].text.lower()
    inside = sentence.subtree(prep)
    start, end = sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end
    objects = children_by(sentence, prep, {"pobj"})
    place = bool(objects) and _is_area(read, objects[0])
    dated = any(start <= date.start < end for date in read.dates) and len(inside) <= 6
    spell = word in SPANS and any(sentence.tokens[o].lemma.lower() in load_lexicon()["time-noun"] for o in objects)
    return dated or spell or word == "among" or bool(place and word in {"in", "from", "across", "at"})


def _is_area(read: ReadSentence, noun: int) -> bool:
    """Tell whether a noun is an area by name, or points to one ('in the province')."""
    token = read.sentence.tokens[noun]
    pointed = any(read.sentence.tokens[c].text.lower() == "the" for c in children_by(read.sentence, noun, {"det"}))
    plain = pointed and len(read.sentence.children[noun]) == 1 and token.text.lower() in load_lexicon()["area-type"]
    return plain or mention_at(read.places, token.start) is not None


def _is_list_like(sentence: Sentence, node: int) -> bool:
    """Tell whether an apposition is an item of a list that the parse took for one."""
    return bool(children_by(sentence, node, {"conj"}))


def _unpunctuated(sentence: Sentence, tokens: list[int]) -> list[int]:
    while tokens and sentence.tokens[tokens[-1]].text.lower() in {",", ";", "--", "-", ".", ":", "and", "or"}:
        tokens = tokens[:-1]
    return tokens
