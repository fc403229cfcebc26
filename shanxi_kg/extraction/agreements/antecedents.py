"""Whom the words mean that name no party: 'it', 'the university', 'the two sides', 'its'."""

from __future__ import annotations

from shanxi_kg.extraction.agreements.items import Named, Party
from shanxi_kg.extraction.agreements.parties import listed
from shanxi_kg.extraction.context import Context
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

COUNTS = "two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: number for number, word in enumerate(COUNTS, 2)} | {"both": 2, "pair": 2, "duo": 2, "trio": 3}
SEVERAL = frozenset({"they", "sides", "parties", "partners", "neighbors", "all", "them"})
REACH = 3


def pointed(context: Context, read: ReadSentence, subject: tuple[int, int] | None) -> tuple[Named, ...]:
    """Resolve a subject without a name ('it', 'the university', 'the two sides') to what was named before."""
    if subject is None:
        return ()
    tokens = read.sentence.tokens[subject[0] + 1 : subject[1]]
    words = {token.text.lower() for token in tokens}
    if words == {"we"}:
        return _speaker(context, read)
    counted = next((NUMBERS[word] for word in sorted(words & set(NUMBERS))), None)
    if counted or words & SEVERAL or _is_plural(read, subject):
        return _several_ahead(context, read, subject[0] + 1, counted) or _counted_before(context, read, counted)
    if "it" in words and (before := subject_before(context, read)):
        return before
    bodies = [party for party in _bodies_before(context, read) if "it" in words or _is_called(party, words)]
    if bodies:
        return (_unnamed(read, bodies[-1]),)
    area = context.areas.focus[read.number][0]
    return (_unnamed(read, area),) if area and "it" in words else ()


def _speaker(context: Context, read: ReadSentence) -> tuple[Named, ...]:
    """Return the body that somebody quoted with 'we' speaks for: one at the verb of saying, else the text's area."""
    says = [t.i for t in read.sentence.tokens if t.lemma in load_lexicon()["say-verb"] and t.dep == "ROOT"]
    around = [c for verb in says for c in read.sentence.children[verb] if read.sentence.tokens[c].dep == "nsubj"]
    starts = {read.sentence.tokens[i].start for c in around for i in read.sentence.subtree(c)}
    bodies = [body for body in read.bodies if body.start in starts]
    return (Named(bodies[0].body, bodies[0].start, bodies[0].end),) if bodies else _focus(context, read)


def subject_before(context: Context, read: ReadSentence) -> tuple[Named, ...]:
    """Return the party that is the subject of the sentence before in its paragraph, else what the text is about."""
    earlier = context.reading.sentences[max(0, read.number - 1) : read.number]
    for sentence in (s for s in earlier if s.sentence.paragraph == read.sentence.paragraph):
        tokens = sentence.sentence.tokens
        root = next((t.i for t in tokens if t.dep == "ROOT"), 0)
        for subject in (c for c in sentence.sentence.children[root] if tokens[c].dep in {"nsubj", "nsubjpass"}):
            below = sentence.sentence.subtree(subject)
            named = listed(context, sentence, below[0], below[-1] + 1)
            words = {tokens[i].text.lower() for i in below}
            called = [party for party in _bodies_before(context, sentence) if not named and _is_called(party, words)]
            if len(named) == 1 or called:
                return (_unnamed(read, called[-1] if called else named[0].party),)
    pointed_to = [party for sentence in earlier for party in _pointed_to(context, sentence)]
    return (_unnamed(read, pointed_to[-1]),) if pointed_to else _focus(context, read)


def _pointed_to(context: Context, read: ReadSentence) -> list[Party]:
    """Return the body that a sentence of its paragraph means by 'the academy' and the like: the one named before."""
    tokens, heads = read.sentence.tokens, load_lexicon()["agency-head"]
    nouns = {t.text for t in tokens[1:] if t.text in heads and tokens[t.i - 1].text.lower() == "the"}
    return [party for party in _bodies_before(context, read) if _is_called(party, {"the", *nouns})]


def _is_plural(read: ReadSentence, subject: tuple[int, int]) -> bool:
    """Tell whether a subject is 'the provinces', 'the two courts': known, and several."""
    tokens = read.sentence.tokens[subject[0] + 1 : subject[1]]
    nouns = [token for token in tokens if token.tag == "NNS"]
    return bool(tokens) and tokens[0].text.lower() in {"the", "these", "those"} and bool(nouns)


def owner_before(context: Context, read: ReadSentence, owner: int) -> tuple[Named, ...]:
    """Resolve 'its' before an agreement: the subject of the sentence behind it, else what the text is about."""
    tokens = read.sentence.tokens
    if tokens[owner].text.lower() == "our":
        return _speaker(context, read)
    if tokens[owner].text.lower() not in {"its", "their"}:
        return ()
    root = next((t.i for t in tokens if t.dep == "ROOT"), 0)
    own = [c for c in read.sentence.children[root] if tokens[c].dep in {"nsubj", "nsubjpass"}]
    for subject in own:
        below = read.sentence.subtree(subject)
        named = listed(context, read, below[0], max(below[-1] + 1, below[0] + 1))
        if named and not below[0] <= owner <= below[-1]:
            return named[:1]
    return _focus(context, read)


def _focus(context: Context, read: ReadSentence) -> tuple[Named, ...]:
    area = context.areas.focus[read.number][0]
    return (_unnamed(read, area),) if area else ()


def _unnamed(read: ReadSentence, party: Party) -> Named:
    """Return a party that the sentence does not name; it adds no words to the evidence."""
    return Named(party, read.sentence.end, read.sentence.end)


def _before(context: Context, read: ReadSentence) -> list[ReadSentence]:
    return list(context.reading.sentences[max(0, read.number - REACH) : read.number])


def _bodies_before(context: Context, read: ReadSentence) -> list[Party]:
    found: list[Party] = []
    for earlier in _before(context, read):
        found += [mention.body for mention in earlier.bodies]
        found += [n.party for n in listed(context, earlier, 0, len(earlier.sentence.tokens)) if n.party not in found]
    return found


def _is_called(party: Party, words: set[str]) -> bool:
    own = set(party.name.lower().split()) - {"the", "of", "and"}
    return bool(words & own) and "the" in words and len(party.name.split()) > 1


def _several_ahead(context: Context, read: ReadSentence, stop: int, number: int | None) -> tuple[Named, ...]:
    """Resolve 'they' and 'the two provinces' to so many parties that the same sentence names first."""
    first = listed(context, read, 0, stop)
    named = first if len(first) > 1 else _all_named(context, read, stop)
    return named if len(named) > 1 and number in {None, len(named)} else ()


def _counted_before(context: Context, read: ReadSentence, number: int | None) -> tuple[Named, ...]:
    """Resolve 'the two provinces' to so many areas and bodies that a sentence before names."""
    for earlier in reversed(_before(context, read)):
        named = listed(context, earlier, 0, len(earlier.sentence.tokens))
        everyone = named if len(named) == number else _all_named(context, earlier)
        if len(everyone) == number or (number is None and len(everyone) > 1):
            return tuple(_unnamed(read, n.party) for n in everyone)
    return ()


def _all_named(context: Context, read: ReadSentence, stop: int | None = None) -> tuple[Named, ...]:
    """Return the parties of a sentence whose verb stands between them: 'A met B'."""
    found: dict[str, Named] = {}
    stop = len(read.sentence.tokens) if stop is None else stop
    starts = [0, *(t.i + 1 for t in read.sentence.tokens[:stop] if t.pos in {"VERB", "AUX", "ADP"})]
    for start in starts:
        for named in listed(context, read, start, stop):
            found.setdefault(named.key, named)
    return tuple(found.values())
