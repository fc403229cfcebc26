"""Agreements and who they bind: one agreement of all that sign it together, one a partner where somebody signs several.

The noun ('agreement', 'memorandum') and a verb of signing, 'between', or 'under an agreement with' open the fact; the
parties are the areas and bodies named behind 'by', 'with' and 'between' and as the subject, over whatever is inserted
between them. What is denied, or yet to be signed, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Agreement, Area, Body, Certainty, Fact, Judgement
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

Party = Area | Body
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
WHERE = frozenset({"in", "at", "from", "across", "near"})
PAIR = re.compile(r"\b([A-Z][A-Za-z]+)[-–]([A-Z][A-Za-z]+)(?: [\w-]+){0,3}? (?:agreement|pact|treaty|memorandum)\b")
ITEM_OPENERS = frozenset({"by", "with", ",", "and", "as", "between", "&", ":"})
NO_NAME = frozenset({"DT", "IN", "PRP", "PRP$", "CC", "WDT", "WRB"})
SEPARATELY = frozenset({"respectively", "separately", "each", "individually", "successively"})
NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


@dataclass(frozen=True, slots=True)
class _Signing:
    """An agreement as a sentence tells of it: its noun, its verb (None without one), signers and partners."""

    noun: int
    verb: int | None
    signers: tuple[Party, ...]
    partners: tuple[Party, ...]
    start: int
    end: int


def find(context: Context) -> Iterator[Fact]:
    """Give the agreements of a document, sentence by sentence."""
    for read in context:
        for token in read.sentence.tokens:
            if token.lemma.lower() in load_lexicon()["agreement-head"] and token.pos in {"NOUN", "PROPN"}:
                signing = _signing(context, read, token)
                if signing and not _is_denied(read.sentence, signing):
                    yield from _facts(context, read, signing)
        yield from _pairs(context, read)


# the signing ------------------------------------------------------------------------------------------------------
def _signing(context: Context, read: ReadSentence, noun: Token) -> _Signing | None:
    verb = _sign_verb(read.sentence, noun.i)
    linked = _signed(context, read, noun.i, verb) if verb is not None else None
    if linked:
        return linked
    between = _between(context, read, noun.i)
    found = replace(between, verb=verb) if between else _under(context, read, noun.i)
    heads = [
        t.i for t in read.sentence.tokens if t.lemma.lower() in load_lexicon()["agreement-head"] and t.tag[0] == "N"
    ]
    is_only = heads == [noun.i]
    near = _verb_near(read.sentence, noun.i) if found is None and verb is None and is_only else None
    return _signed(context, read, noun.i, near) if near is not None else found


def _sign_verb(sentence: Sentence, noun: int) -> int | None:
    """Return the verb of signing that an agreement is object or passive subject of, itself or as 'two rounds of …'."""
    verbs = load_lexicon()["sign-verb"]
    for child in sentence.children[noun]:
        if sentence.tokens[child].lemma in verbs and sentence.tokens[child].dep in {"acl", "relcl"}:
            return child
    node = noun
    for ancestor in sentence.ancestors(noun):
        token = sentence.tokens[ancestor]
        if token.pos in {"VERB", "AUX"}:
            return (
                ancestor
                if token.lemma in verbs and sentence.tokens[node].dep in {"dobj", "nsubjpass", "nsubj"}
                else None
            )
        if sentence.tokens[node].dep not in {"pobj", "prep", "conj", "appos"} or token.text.lower() in {"under", "by"}:
            return None
        node = ancestor
    return None


def _verb_near(sentence: Sentence, noun: int) -> int | None:
    """Return the first verb of signing behind the noun, else the last before it, where the parse links none."""
    verbs = load_lexicon()["sign-verb"] - {"have"}
    found = [t.i for t in sentence.tokens if t.lemma in verbs and t.pos == "VERB"]
    return next((i for i in found if i > noun), next((i for i in reversed(found) if i < noun), None))


def _signed(context: Context, read: ReadSentence, noun: int, verb: int) -> _Signing | None:
    sentence = read.sentence
    by = _agent(sentence, verb)
    last = _last(sentence, max(verb, noun))
    partners = _partners(context, read, min(verb, noun), [stop for stop in (verb, by, last) if stop is not None])
    if by is not None:
        behind = (t.i for t in sentence.tokens if t.i > by and t.text.lower() == "with")
        signers = _parties(context, read, by, next(behind, last))
    else:
        subject = _subject_range(sentence, verb)
        signers = _parties(context, read, *subject) if subject else []
        signers = signers or _pointed(context, read, subject)
    if by is None and len(signers) + len(partners) < 2:
        signers = _parties(context, read, _clause_start(sentence, verb), verb)
    signers, partners = _of_next_sentence(context, read, signers, partners)
    if len({_key(party) for party in (*signers, *partners)}) < 2:
        return _between(context, read, noun)
    return _Signing(noun, verb, tuple(signers), tuple(partners), sentence.start, sentence.tokens[-1].end)


def _partners(context: Context, read: ReadSentence, first: int, stops: list[int]) -> list[Party]:
    """Return the longest list behind a 'with' after token `first`, each up to the next of `stops`."""
    found: list[Party] = []
    for token in read.sentence.tokens:
        if token.i > first and token.text.lower() == "with":
            stop = min((stop for stop in stops if stop > token.i), default=len(read.sentence.tokens))
            listed = _parties(context, read, token.i, stop)
            found = listed if len(listed) > len(found) else found
    return found


def _last(sentence: Sentence, after: int) -> int:
    """Return the end of what tells of the signing: before a verb of saying behind it, else the sentence's end."""
    verbs = load_lexicon()["say-verb"]
    later = (t.i for t in sentence.tokens if t.i > after and t.pos == "VERB" and t.lemma in verbs)
    return next(later, len(sentence.tokens))


def _agent(sentence: Sentence, verb: int) -> int | None:
    """Return the 'by' behind a participle, which opens the list of those who sign."""
    below = {sentence.tokens[c].dep for c in sentence.children[verb]}
    passive = sentence.tokens[verb].tag == "VBN" or "nsubj" not in below or bool(below & {"auxpass", "agent"})
    return _marker(sentence, verb, "by") if passive else None


def _clause_start(sentence: Sentence, verb: int) -> int:
    """Return the token before the clause of a verb: a relative word or a colon, -1 at the sentence's start."""
    before = (t.i for t in reversed(sentence.tokens[:verb]) if t.tag in {"WRB", "WDT", "WP"} or t.text in {":", ";"})
    return next(before, -1)


def _marker(sentence: Sentence, after: int, word: str) -> int | None:
    """Return the first such preposition behind a token that does not open a date."""
    later = (t.i for t in sentence.tokens if t.i > after and t.text.lower() == word)
    return next(
        (i for i in later if i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].text[0] not in "0123456789"), None
    )


def _subject_range(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    node = verb
    while True:
        subjects = [c for c in sentence.children[node] if sentence.tokens[c].dep in SUBJECTS]
        if subjects:
            below = sentence.subtree(subjects[0])
            return below[0] - 1, below[-1] + 1
        if sentence.tokens[node].dep not in {"conj", "xcomp", "advcl"}:
            return None
        node = sentence.tokens[node].head


def _between(context: Context, read: ReadSentence, noun: int) -> _Signing | None:
    """Read 'an agreement between A and B'."""
    sentence = read.sentence
    mark = next((t.i for t in sentence.tokens[noun + 1 : noun + 16] if t.text.lower() in {"between", "among"}), None)
    if mark is None:
        return None
    verb = next((t.i for t in sentence.tokens if t.i > mark and t.pos in {"VERB", "AUX"}), len(sentence.tokens))
    parties = _parties(context, read, mark, verb)
    if len(parties) < 2:
        return None
    return _Signing(noun, None, tuple(parties), (), sentence.tokens[noun].start, sentence.tokens[verb - 1].end)


def _under(context: Context, read: ReadSentence, noun: int) -> _Signing | None:
    """Read 'Under an agreement with A, B will …'."""
    sentence = read.sentence
    above = sentence.tokens[sentence.tokens[noun].head]
    if above.text.lower() not in {"under", "through", "in"} or sentence.tokens[noun].dep != "pobj":
        return None
    verb = next((a for a in sentence.ancestors(noun) if sentence.tokens[a].pos in {"VERB", "AUX"}), None)
    subject = _subject_range(sentence, verb) if verb is not None else None
    with_ = _marker(sentence, noun, "with")
    if subject is None or with_ is None or with_ > subject[0]:
        return None
    partners = _parties(context, read, with_, subject[0] + 1)
    signers = _parties(context, read, *subject) or _pointed(context, read, subject)
    if len({_key(party) for party in (*signers, *partners)}) < 2:
        return None
    return _Signing(noun, None, tuple(signers), tuple(partners), sentence.start, sentence.tokens[subject[1] - 1].end)


def _pairs(context: Context, read: ReadSentence) -> Iterator[Fact]:
    """Read 'the China-EU agreement on …'."""
    sentence = read.sentence
    for match in PAIR.finditer(context.reading.document.text, sentence.start, sentence.end):
        found = [mention_at(read.places, match.start(group)) for group in (1, 2)]
        if not any(found):
            continue
        parties = tuple(place.area if place else Body(match[group]) for place, group in zip(found, (1, 2), strict=True))
        yield context.fact(
            read, Agreement(parties, _subject_of(context, read, match.end())), match.start(), match.end()
        )


# the parties ------------------------------------------------------------------------------------------------------
def _parties(context: Context, read: ReadSentence, mark: int | None, stop: int) -> list[Party]:
    """Return the parties named behind token `mark` and before token `stop`, in order, each once."""
    found: dict[str, Party] = {}
    i = (mark if mark is not None else -1) + 1
    while i < stop:
        party, i = _party(context, read, i)
        if party:
            found.setdefault(_key(party), party)
    return list(found.values())


def _party(context: Context, read: ReadSentence, i: int) -> tuple[Party | None, int]:
    """Return the party that begins at token `i`, None where none does, and the token to go on with."""
    tokens = read.sentence.tokens
    token = tokens[i]
    body = mention_at(read.bodies, token.start)
    if body and body.start == token.start:
        return body.body, _after(tokens, i, body.end)
    place = mention_at(read.places, token.start)
    if place and place.start == token.start:
        after = _after(tokens, i, place.end)
        if (
            after < len(tokens)
            and tokens[after].pos == "PROPN"
            and tokens[after].text.lower() not in load_lexicon()["area-type"]
        ):
            return _company(context, read, i)
        return (None if _only_says_where(tokens, i, after) else place.area), after
    ref = next(
        (r for r in context.areas.refs[read.number] if r.token == i and r.rule and r.rule != "the-country"), None
    )
    if ref and not _only_says_where(tokens, i, i + 1):
        return ref.area, i + 1
    return _company(context, read, i)


def _after(tokens: tuple[Token, ...], i: int, offset: int) -> int:
    while i < len(tokens) and tokens[i].start < offset:
        i += 1
    return i


def _only_says_where(tokens: tuple[Token, ...], first: int, after: int) -> bool:
    before = [token.text.lower() for token in tokens[max(0, first - 3) : first]]
    owner = after < len(tokens) and tokens[after].tag == "POS"
    glued = after < len(tokens) and tokens[after].text == "-"
    if len(before) > 1 and before[-1] in WHERE and before[-2] in load_lexicon()["counterpart-noun"]:
        return False
    where = bool(before) and (before[-1] in WHERE or (before[-1] == "the" and len(before) > 1 and before[-2] in WHERE))
    return where or owner or glued or "capital" in before


def _company(context: Context, read: ReadSentence, i: int) -> tuple[Party | None, int]:
    """Return a capitalised name that stands as an item of the list, where it is no date and no word of another name."""
    tokens = read.sentence.tokens
    back = 2 if i > 1 and tokens[i - 1].text.lower() == "the" else 1
    opens = i < back or tokens[i - back].text.lower() in ITEM_OPENERS
    dated = any(date.start <= tokens[i].start < date.end for date in read.dates)
    if not opens or dated or tokens[i].tag in NO_NAME or not tokens[i].text[:1].isupper():
        return None, i + 1
    end = i + 1
    while end < len(tokens) and (tokens[end].text[:1].isupper() or tokens[end].text == "-" or _joins(tokens, end)):
        end += 1
    if end < len(tokens) and tokens[end].tag in {"NN", "NNS"}:
        return None, end
    if mention_at(read.persons, tokens[i].start) or (end < len(tokens) and tokens[end].tag == "POS"):
        return None, end
    return Body(context.words(tokens[i].start, tokens[end - 1].end)), end


def _joins(tokens: tuple[Token, ...], i: int) -> bool:
    """Tell whether an 'of' stands inside a capitalised name ('Bank of Wuhan')."""
    return tokens[i].text == "of" and i + 1 < len(tokens) and tokens[i + 1].text[:1].isupper()


def _pointed(context: Context, read: ReadSentence, subject: tuple[int, int] | None) -> list[Party]:
    """Resolve a subject without a name ('it', 'the university') to the body or area named last before."""
    if subject is None:
        return []
    words = {token.text.lower() for token in read.sentence.tokens[subject[0] + 1 : subject[1]]}
    counted = next((NUMBERS[word] for word in sorted(words & set(NUMBERS))), None)
    if counted:
        return _counted_before(context, read, counted)
    before = context.reading.sentences[max(0, read.number - 2) : read.number]
    bodies = [b.body for s in before for b in s.bodies if "it" in words or words & set(b.body.name.lower().split())]
    if bodies:
        return [bodies[-1]]
    area = context.areas.focus[read.number][0]
    return [area] if area and words & {"it", "they"} else []


def _counted_before(context: Context, read: ReadSentence, number: int) -> list[Party]:
    """Resolve 'the two provinces' to so many areas and bodies that a sentence before names."""
    for earlier in reversed(context.reading.sentences[max(0, read.number - 2) : read.number]):
        parties = _parties(context, earlier, None, len(earlier.sentence.tokens))
        if len(parties) == number:
            return parties
    return []


def _of_next_sentence(
    context: Context, read: ReadSentence, signers: list[Party], partners: list[Party]
) -> tuple[list[Party], list[Party]]:
    """Take the list that the next sentence gives where this one only counts ('nine provinces … The nine are …')."""
    following = context.reading.sentences[read.number + 1 : read.number + 2]
    counts = {int(q.value) for q in read.quantities if q.unit is None and q.value > 1}
    listed = [p.area for s in following for p in s.places]
    if len(listed) in counts:
        known = {_key(party) for party in (*signers, *partners)}
        return [*signers, *(area for area in listed if _key(area) not in known)], partners
    return signers, partners


def _key(party: Party) -> str:
    return party.key or party.name.lower()


# what is denied ---------------------------------------------------------------------------------------------------
def _is_denied(sentence: Sentence, signing: _Signing) -> bool:
    """Tell whether the agreement is denied, or not signed yet."""
    nouns = [sentence.tokens[c] for c in sentence.children[signing.noun]]
    if any(token.text.lower() in {"no", "neither", "nor"} for token in nouns):
        return True
    if signing.verb is None:
        return False
    verbs = [signing.verb, *sentence.ancestors(signing.verb)]
    around = [sentence.tokens[c] for v in verbs[:2] for c in (*sentence.children[v], v)]
    words = {token.text.lower() for token in around}
    open_yet = sentence.tokens[signing.verb].tag == "VB" and bool(
        words & {"yet", "will", "would", "may", "plan", "plans"}
    )
    return any(token.dep == "neg" for token in around) or "yet" in words or open_yet


# the facts --------------------------------------------------------------------------------------------------------
def _facts(context: Context, read: ReadSentence, signing: _Signing) -> Iterator[Fact]:
    signed, judgement = _date(context, read, signing)
    groups: list[tuple[Party, ...]]
    is_plural = read.sentence.tokens[signing.noun].tag in {"NNS", "NNPS"}
    subjects = _subjects(context, read, signing)
    singly = any(token.text.lower() in SEPARATELY for token in read.sentence.tokens)
    if (is_plural or singly) and signing.partners and len(signing.signers) == 1:
        groups = [(signing.signers[0], partner) for partner in signing.partners]
        unclear = len(groups) > 1
    elif singly and len(signing.partners) == 1:
        groups, unclear = [(signer, signing.partners[0]) for signer in signing.signers], False
    else:
        groups, unclear = [(*signing.signers, *signing.partners)], False
    reading = "The text does not say how many papers were signed; one agreement a partner is read."
    ambiguous = Judgement(Certainty.AMBIGUOUS, "agreement-a-partner", "party", reading) if unclear else None
    for parties in groups:
        for subject in subjects:
            content = Agreement(tuple(parties), subject, signed)
            yield context.fact(read, content, signing.start, _end(context, read, signing), [judgement, ambiguous])


def _end(context: Context, read: ReadSentence, signing: _Signing) -> int:
    """Return where the words that tell of the signing end: with the last party or date, not with what comes of it."""
    parties = (*signing.signers, *signing.partners)
    ends = [place.end for place in read.places if place.area in parties]
    ends += [body.end for body in read.bodies if body.body in parties]
    named = {party.name for party in parties}
    known = {place.name for place in read.places} | {body.body.name for body in read.bodies}
    if not ends or not named <= known:
        return signing.end
    ends += [date.end for date in context.periods.dates[read.number]]
    tokens = [signing.noun] if signing.verb is None else [signing.noun, signing.verb]
    return max([*ends, *(read.sentence.tokens[i].end for i in tokens)])


def _date(context: Context, read: ReadSentence, signing: _Signing) -> tuple[str | None, Judgement | None]:
    """Return the day that the signing is dated to, in the same sentence."""
    if signing.verb is None:
        return None, None
    if not context.periods.dates[read.number]:
        return _date_there(context, read)
    period, judgement = context.periods.at(read.number, signing.verb)
    if judgement is None or judgement.rule == "frame-of-the-paragraph":
        return period, None
    return period, Judgement(judgement.certainty, judgement.rule, "signed", judgement.reading)


def _date_there(context: Context, read: ReadSentence) -> tuple[str | None, Judgement | None]:
    """Return the day of the sentence before, where this one points to it by 'there'."""
    points = any(token.text.lower() == "there" and token.tag == "RB" for token in read.sentence.tokens)
    before = context.periods.dates[read.number - 1] if points and read.number else ()
    dates = [date for date in before if date.period and date.role == "in"]
    if not dates:
        return None, None
    reading = f"'There' points to the occasion of the sentence before, dated {dates[0].period}."
    return dates[0].period, Judgement(Certainty.INFERRED, "there-points-back", "signed", reading)


def _subjects(context: Context, read: ReadSentence, signing: _Signing) -> list[str | None]:
    """Return what the agreement is on; several subjects for 'one on A, the other on B' and 'on A and another on B'."""
    sentence = read.sentence
    others = [
        t.i
        for t in sentence.tokens
        if t.text.lower() in {"one", "another", "other", "second"} and t.i + 1 < len(sentence.tokens)
    ]
    split = [_phrase(context, sentence, i + 1) for i in others if sentence.tokens[i + 1].text.lower() in {"on", "for"}]
    own = _subject_of(context, read, sentence.tokens[signing.noun].end)
    if len(split) > 1:
        return list(split)
    if split:
        return [own, *split]
    return [own or _modifiers(context, sentence, signing.noun)]


def _subject_of(context: Context, read: ReadSentence, offset: int) -> str | None:
    """Return the words behind 'on' or 'for' that stand right behind an offset."""
    i = read.sentence.at(offset)
    tokens = read.sentence.tokens
    if i is None or tokens[i].text.lower() not in {"on", "for", "about", "concerning", "regarding"}:
        return None
    dated = any(date.start <= tokens[min(i + 1, len(tokens) - 1)].start < date.end for date in read.dates)
    return None if dated else _phrase(context, read.sentence, i)


def _phrase(context: Context, sentence: Sentence, preposition: int) -> str | None:
    heads = [c for c in sentence.children[preposition] if sentence.tokens[c].dep in {"pobj", "pcomp"}]
    if not heads:
        return None
    cut = [c for c in sentence.children[heads[0]] if sentence.tokens[c].dep in {"relcl", "appos", "punct"}]
    inside = [i for i in sentence.subtree(heads[0], without=cut) if i >= preposition]
    return context.words(sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end)


def _modifiers(context: Context, sentence: Sentence, noun: int) -> str | None:
    """Return the words right before the noun: 'strategic cooperation'."""
    first = noun
    while first > 0 and sentence.tokens[first - 1].dep in {"amod", "compound", "nmod"}:
        first -= 1
    return context.words(sentence.tokens[first].start, sentence.tokens[noun - 1].end) if first < noun else None
