"""What somebody says: direct quotes and reported speech, with who says it.

A verb of saying with a clause, or 'according to', splits a sentence into the attribution and what is said; the words of
what is said are the document's own. A pronoun or a family name stands for the person named before; a noun without an
antecedent ('experts') speaks for itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.facts import Certainty, Fact, Judgement, Statement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import BodyMention, PersonMention, ReadSentence

SUBJECTS = frozenset({"nsubj"})
CLAUSES = frozenset({"ccomp", "parataxis"})
MARKS = frozenset({",", ":", '"', "'", "''", "``", "that", "-", "—"})
SHORTEST = 3  # tokens of what is said; 'they said so' says nothing


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Who says something: the name, whether a person, an organization or a group, and how the words were resolved."""

    name: str
    kind: str
    judgement: Judgement | None = None


@dataclass(frozen=True, slots=True)
class _Saying:
    """An attribution in a sentence: the token of the speaker, and the tokens that are no part of what is said."""

    speaker: int
    attribution: frozenset[int]


def find(context: Context) -> Iterator[Fact]:
    """Give the statements of a document; a sentence all in quotes goes on with the speaker of the one before."""
    last: _Speaker | None = None
    for read in context:
        sayings = list(_sayings(read))
        if not sayings:
            if last and _is_quoted(context, read):
                yield _fact(context, read, _continued(last), range(len(read.sentence.tokens)))
            else:
                last = None
            continue
        for saying in sayings[:1]:
            speaker = _speaker(context, read, saying.speaker)
            said = [t.i for t in read.sentence.tokens if t.i not in saying.attribution]
            if speaker and len(said) >= SHORTEST:
                yield _fact(context, read, speaker, said)
                last = speaker


# the attribution --------------------------------------------------------------------------------------------------
def _sayings(read: ReadSentence) -> Iterator[_Saying]:
    sentence = read.sentence
    for token in sentence.tokens:
        if token.text.lower() == "according":
            yield from _according_to(sentence, token.i)
        elif token.pos == "VERB" and token.lemma in load_lexicon()["say-verb"]:
            yield from _said(read, token.i)


def _according_to(sentence: Sentence, i: int) -> Iterator[_Saying]:
    """Match 'according to X': all that hangs on it is attribution."""
    below = sentence.subtree(i)
    objects = [t for t in below if sentence.tokens[t].dep == "pobj" and sentence.tokens[t].i > i + 1]
    last = _closing(sentence, i, below)
    if objects:
        yield _Saying(objects[0], frozenset(range(i, last + 1)))


def _closing(sentence: Sentence, i: int, below: list[int]) -> int:
    """Return the last token of an 'according to' phrase: before the main clause's subject, or the sentence's end."""
    verb = next((a for a in sentence.ancestors(i) if sentence.tokens[a].pos in {"VERB", "AUX"}), None)
    later = (
        [c for c in sentence.children[verb] if sentence.tokens[c].dep in SUBJECTS and c > i] if verb is not None else []
    )
    if later:
        return min(sentence.subtree(later[0])) - 1
    return max(below) if verb is not None and verb > max(below) else len(sentence.tokens) - 1


def _said(read: ReadSentence, verb: int) -> Iterator[_Saying]:
    sentence = read.sentence
    children = sentence.children[verb]
    subjects = [c for c in children if sentence.tokens[c].dep in SUBJECTS]
    named = _named_beside(read, verb)
    subjects = [named] if named is not None else subjects
    negated = any(sentence.tokens[c].dep == "neg" for c in children)
    if not subjects or negated or sentence.tokens[verb].dep in {"relcl", "acl", "pcomp", "advcl"}:
        return
    clauses = [c for c in children if sentence.tokens[c].dep in CLAUSES]
    if verb >= len(sentence.tokens) - 8 and _ends_with(sentence, verb, subjects[0]):
        said = set(range(min(sentence.subtree(subjects[0])) if named is None else _name_start(read, subjects[0])))
    elif clauses:
        said = {t for c in clauses for t in sentence.subtree(c)}
    elif sentence.tokens[verb].dep in CLAUSES:
        said = set(range(len(sentence.tokens))) - set(sentence.subtree(verb))
    else:
        return
    yield _Saying(subjects[0], frozenset(_attribution(sentence, verb, subjects[0], said)))


def _attribution(sentence: Sentence, verb: int, subject: int, said: set[int]) -> set[int]:
    """Return the tokens of the attribution as one run around the verb of saying, up to what is said."""
    count = len(sentence.tokens)
    own = {verb, subject}
    before, after = [i for i in said if i < min(own)], [i for i in said if i > max(own)]
    first = max(before, default=-1) + 1
    last = min(after, default=count) - 1
    if before and after:
        return set(range(first, last + 1))
    return set(range(first, count)) if before else set(range(last + 1))


def _named_beside(read: ReadSentence, verb: int) -> int | None:
    """Return the token of a person or body whose name ends right before the verb of saying, whatever the parse says."""
    if verb == 0:
        return None
    end = read.sentence.tokens[verb - 1].end
    return verb - 1 if any(m.end == end for m in _named_in(read)) else None


def _named_in(read: ReadSentence) -> list[PersonMention | BodyMention]:
    return [*read.persons, *read.bodies]


def _name_start(read: ReadSentence, last: int) -> int:
    """Return the first token of the name that ends at token `last`, its article and title included."""
    mention = max((m for m in _named_in(read) if m.end == read.sentence.tokens[last].end), key=len_of)
    first = read.sentence.at(mention.start) or 0
    while first > 0 and read.sentence.tokens[first - 1].text != ",":
        first -= 1
    return first


def len_of(mention: PersonMention | BodyMention) -> int:
    """Return the length of a mention, in characters."""
    return mention.end - mention.start


def _ends_with(sentence: Sentence, verb: int, subject: int) -> bool:
    """Tell whether the sentence ends in ', X said' with nothing but adverbials behind."""
    first = min(subject, *sentence.subtree(subject)) if sentence.tokens[subject].dep in SUBJECTS else subject
    comma = any(sentence.tokens[i].text in {",", '"', "''"} for i in range(max(0, first - 12), verb))
    later = any(sentence.tokens[c].dep in CLAUSES and c > verb for c in sentence.children[verb])
    return comma and not later and subject < verb and first > SHORTEST


# the speaker ------------------------------------------------------------------------------------------------------
def _speaker(context: Context, read: ReadSentence, head: int) -> _Speaker | None:
    sentence = read.sentence
    inside = sentence.subtree(head)
    start, end = sentence.tokens[inside[0]].start, sentence.tokens[inside[-1]].end
    person = mention_at(read.persons, sentence.tokens[head].start)
    if person:
        return _Speaker(person.name, "person")
    body = mention_at(read.bodies, sentence.tokens[head].start)
    if body:
        return _Speaker(body.body.name, "organization")
    if sentence.tokens[head].pos == "PRON":
        return _antecedent(context, read, head)
    named = next((p for p in read.persons if start <= p.start < end), None)
    if named:
        return _Speaker(named.name, "person")
    within = next((b for b in read.bodies if start <= b.start < end and _reports(sentence, head)), None)
    if within:
        return _Speaker(within.body.name, "organization")
    return _described(context, sentence, head)


def _reports(sentence: Sentence, head: int) -> bool:
    """Tell whether a noun is a text or a figure, whose owner speaks ('statistics of the bureau')."""
    return sentence.tokens[head].lemma.lower() in load_lexicon()["report-noun"]


def _antecedent(context: Context, read: ReadSentence, pronoun: int) -> _Speaker | None:
    """Resolve 'he' and 'she' to the last person, 'it' to the last body named before."""
    word, offset = read.sentence.tokens[pronoun].text.lower(), read.sentence.tokens[pronoun].start
    before = context.reading.sentences[: read.number + 1]
    if word in {"he", "she"}:
        persons = [p for s in before for p in s.persons if p.start < offset]
        return _resolved(word, persons[-1].name, "person") if persons else None
    bodies = [b for s in before for b in s.bodies if b.start < offset]
    return _resolved(word, bodies[-1].body.name, "organization") if bodies and word == "it" else None


def _resolved(word: str, name: str, kind: str) -> _Speaker:
    reading = f"'{word}' is read as {name}, named last before."
    return _Speaker(name, kind, Judgement(Certainty.INFERRED, "antecedent", "speaker", reading))


def _described(context: Context, sentence: Sentence, head: int) -> _Speaker | None:
    """Return the words for a speaker without a name, less article and clauses: 'commission official', 'experts'."""
    cut = [
        c
        for c in sentence.children[head]
        if sentence.tokens[c].dep in {"det", "relcl", "appos", "punct", "acl", "poss"}
    ]
    words = sentence.subtree(head, without=cut)
    name = context.words(sentence.tokens[words[0]].start, sentence.tokens[words[-1]].end)
    return _Speaker(name, "group" if sentence.tokens[head].tag == "NNS" else "person") if name else None


def _continued(speaker: _Speaker) -> _Speaker:
    reading = f"The sentence stands in quotes after words of {speaker.name}, and is read as theirs."
    return _Speaker(speaker.name, speaker.kind, Judgement(Certainty.INFERRED, "quote-goes-on", "speaker", reading))


def _is_quoted(context: Context, read: ReadSentence) -> bool:
    text = context.reading.document.text[read.sentence.start : read.sentence.end].strip()
    return len(text) > 2 and text[0] in '"“' and text[-1] in '"”'


# the fact ---------------------------------------------------------------------------------------------------------
def _fact(context: Context, read: ReadSentence, speaker: _Speaker, said: Iterator[int] | list[int] | range) -> Fact:
    tokens = read.sentence.tokens
    content = Statement(speaker.name, _quote(context, read.sentence, list(said)), speaker.kind)
    last = len(tokens) - 1
    return context.fact(read, content, tokens[0].start, tokens[last].end, [speaker.judgement])


def _quote(context: Context, sentence: Sentence, said: list[int]) -> str:
    """Return what is said: the runs of its tokens, without marks at their ends."""
    runs: list[list[int]] = []
    for i in said:
        if runs and runs[-1][1] == i - 1:
            runs[-1][1] = i
        else:
            runs.append([i, i])
    parts = [_trimmed(context, sentence, first, last) for first, last in runs]
    return " ".join(part for part in parts if part)


def _trimmed(context: Context, sentence: Sentence, first: int, last: int) -> str:
    tokens = sentence.tokens
    while first <= last and tokens[first].text.lower() in MARKS:
        first += 1
    while last >= first and (tokens[last].text in MARKS or tokens[last].text in {".", "!", "?", "…"}):
        last -= 1
    return context.words(tokens[first].start, tokens[last].end) if first <= last else ""
