"""Who is in a platform: the bodies and groups that the words around a mention place in it.

Named bodies come by name, others as groups, with their number where the text counts them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shanxi_kg.extraction.antecedents import AREA_NOUNS, body_called, companies, pointed
from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.phrases import (
    EXAMPLES,
    children_by,
    examples,
    first_of_list,
    left_edge,
    list_of,
    prepositions,
)
from shanxi_kg.extraction.platforms.record import Member
from shanxi_kg.extraction.platforms.ways import told
from shanxi_kg.facts import Body, Certainty, Group, Judgement
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

PARTS = frozenset({"relcl", "appos", "cc", "conj", "punct", "acl"})
SEPARATORS = frozenset({",", ":", ";", "and", "as", "or", "&", "them"})
DETERMINERS = frozenset({"a", "an", "the", "some", "its", "their", "such"})


def members(context: Context, read: ReadSentence, platform: int) -> Iterator[Member]:
    """Give the members that a sentence places in the platform at token `platform`, in order of the ways to say it."""
    yield from _members(context, read, told(read.sentence, platform), platform)


# the members ------------------------------------------------------------------------------------------------------
def _members(context: Context, read: ReadSentence, heads: Iterable[int], platform: int) -> Iterator[Member]:
    for head in heads:
        items = _items(read, head)
        position = 0
        while position < len(items):
            member, position = _member(context, read, items, position, platform)
            if member:
                yield member


def _items(read: ReadSentence, head: int) -> list[int]:
    """Return the items of a list; a general noun with examples ('institutions such as A and B') gives way to them."""
    sentence = read.sentence
    parsed = _opened_up(sentence, list_of(sentence, first_of_list(sentence, head)))
    found: list[int] = []
    for item in sorted({*parsed, *_written_items(read, parsed)}):
        named = examples(sentence, item)
        found += named
        if not _is_spelled_out(sentence, item) and (not named or _size(read, item) is not None):
            found.append(item)
    return sorted(dict.fromkeys(found))


def _opened_up(sentence: Sentence, items: list[int]) -> list[int]:
    """Put what 'a total of 58 firms' and 'the cities of A and B' hold in the place of 'total' and 'cities'."""
    found: list[int] = []
    for item in items:
        word = sentence.tokens[item].lemma.lower()
        holds = word in {"total", "number"} or (sentence.tokens[item].tag == "NNS" and word in AREA_NOUNS)
        inner = [i for _, noun in prepositions(sentence, item, frozenset({"of"})) for i in list_of(sentence, noun)]
        found += inner if holds and inner else [item]
    return found


def _is_spelled_out(sentence: Sentence, item: int) -> bool:
    """Tell whether a colon behind a noun opens the list of what it counts ('five cities: A, B …')."""
    return item + 1 < len(sentence.tokens) and sentence.tokens[item + 1].text == ":"


def _written_items(read: ReadSentence, parsed: list[int]) -> Iterator[int]:
    """Give further items as written, between commas and 'and' up to the next verb, where the parse lost them."""
    sentence = read.sentence
    areas = _is_spelled_out(sentence, parsed[0]) or mention_at(read.places, sentence.tokens[parsed[0]].start)
    for token in sentence.tokens[parsed[0] + 1 :]:
        if token.tag in {"VBZ", "VBD", "VBP", "MD"} and not _in_clause(sentence, token.i, parsed[0]):
            return
        if (
            not _in_clause(sentence, token.i, parsed[0])
            and _is_item(read, token.i, bool(areas))
            and _opens_item(sentence, _first_of(read, token.i))
        ):
            yield token.i


def _in_clause(sentence: Sentence, i: int, first: int) -> bool:
    """Tell whether a token stands in a relative clause that the `first` item of a list does not stand in."""
    around = set(sentence.ancestors(first))
    return any(sentence.tokens[a].dep == "relcl" and a not in around for a in [i, *sentence.ancestors(i)])


def _is_item(read: ReadSentence, i: int, areas: bool) -> bool:
    """Tell whether a token can head an item of a list of bodies and groups: the last word of a name, a counted noun."""
    token = read.sentence.tokens[i]
    body = mention_at(read.bodies, token.start)
    if body:
        return body.end == token.end
    if (areas and mention_at(read.places, token.start)) or _points(read.sentence, i):
        return True
    return _is_group(read.sentence, i) and _size(read, i) is not None


def _first_of(read: ReadSentence, i: int) -> int:
    body = mention_at(read.bodies, read.sentence.tokens[i].start)
    first = (read.sentence.at(body.start) or 0) if body else left_edge(read.sentence, i)
    return first - 1 if first and read.sentence.tokens[first - 1].text.lower() in DETERMINERS else first


def _opens_item(sentence: Sentence, first: int) -> bool:
    """Tell whether what stands before a token separates the items of a list."""
    before = sentence.tokens[first - 1].text.lower() if first else ""
    own = sentence.tokens[first].text.lower()
    return before in SEPARATORS or own in SEPARATORS


def _member(
    context: Context, read: ReadSentence, items: list[int], position: int, platform: int
) -> tuple[Member | None, int]:
    """Return the member at a position of the list, and the position behind all that it takes in."""
    item = items[position]
    token = read.sentence.tokens[item]
    body = mention_at(read.bodies, token.start)
    if body:
        return Member(body.body, body.start, body.end), position + 1
    place = mention_at(read.places, token.start)
    if place:
        return Member(Group(place.name), place.start, place.end), position + 1
    known = body_called(context, read, item, token.text) if _points(read.sentence, item) else None
    if known:
        who = known if isinstance(known, Body) else Group(known.name)
        return Member(who, token.start, token.end, pointed(f"the {token.text}", who.name, "member")), position + 1
    company = next((c for start, c in companies(context, read) if start <= token.start < start + len(c.name)), None)
    company_start = token.start
    if company is None and _has_joined(read, item):
        first = _first_word(read.sentence, item)
        company_start = read.sentence.tokens[first].start
        company = Body(context.words(company_start, token.end))
    if company:
        return Member(company, company_start, token.end), position + 1
    is_listed = len(items) > 1 and token.tag == "NNS" and token.lemma.lower() not in load_lexicon()["thing-noun"]
    if item == platform or not (_is_group(read.sentence, item) or is_listed):
        return None, position + 1
    return _group(context, read, items, position)


def _has_joined(read: ReadSentence, item: int) -> bool:
    """Tell whether an item is a capitalised name in the list of those that a platform is 'joined by'."""
    sentence = read.sentence
    token, first = sentence.tokens[item], sentence.tokens[first_of_list(sentence, item)]
    by = sentence.tokens[first.head]
    is_name = token.tag in {"NNP", "NNPS"} and mention_at(read.persons, token.start) is None
    return is_name and first.dep == "pobj" and by.text == "by" and sentence.tokens[by.head].lemma == "join"


def _points(sentence: Sentence, item: int) -> bool:
    """Tell whether an item is 'the bureau', 'the city' and the like, which stands for what was named before."""
    token, lexicon = sentence.tokens[item], load_lexicon()
    nouns = lexicon["agency-head"] | lexicon["unit-head"] | lexicon["pointing-noun"] | set(AREA_NOUNS)
    alone = [
        sentence.tokens[c].text.lower()
        for c in sentence.children[item]
        if sentence.tokens[c].dep in {"det", "compound", "amod"}
    ]
    return token.tag == "NN" and alone == ["the"] and token.text.lower() in nouns


def _is_group(sentence: Sentence, item: int) -> bool:
    token, lexicon = sentence.tokens[item], load_lexicon()
    if token.lemma.lower() == "branch":
        return True
    named = token.lemma.lower() in lexicon["group-noun"] | lexicon["member-noun"]
    counted = bool(children_by(sentence, item, {"nummod"})) and token.text.lower() not in lexicon["not-counted"]
    return token.pos in {"NOUN", "PROPN"} and (named or counted)


def _group(context: Context, read: ReadSentence, items: list[int], position: int) -> tuple[Member, int]:
    """Return a group; a count before bare nouns ('28 agencies, courts and firms') is read as that of all of them."""
    sentence, last = read.sentence, position
    size = _size(read, items[position])
    while size is not None and last + 1 < len(items) and _is_bare(read, items[last + 1]):
        last += 1
    first = _first_word(sentence, items[position])
    end = _last_word(read, items[last])
    start, stop = sentence.tokens[first].start, sentence.tokens[end].end
    name = context.words(start, stop)
    judgement = _shared_count(name) if last > position else None
    return Member(Group(name, size), start, stop, judgement), last + 1


def _shared_count(name: str) -> Judgement:
    reading = f"The number is read as that of all of '{name}'; it may be that of the first alone."
    return Judgement(Certainty.AMBIGUOUS, "shared-count", "member", reading)


def _size(read: ReadSentence, item: int) -> int | None:
    sentence = read.sentence
    start, end = sentence.tokens[left_edge(sentence, item)].start, sentence.tokens[item].end
    counts = [q for q in read.quantities if start <= q.start and q.end <= end and q.unit is None]
    return int(counts[0].value) if counts else None


def _is_bare(read: ReadSentence, item: int) -> bool:
    sentence = read.sentence
    token = sentence.tokens[item]
    named = mention_at(read.bodies, token.start) or mention_at(read.places, token.start)
    alone = not children_by(sentence, item, {"det", "poss"})
    return alone and not named and token.tag == "NNS" and _size(read, item) is None


def _first_word(sentence: Sentence, item: int) -> int:
    kept = [t for t in sentence.tokens[left_edge(sentence, item) : item] if t.pos != "PUNCT"]
    return next((token.i for token in kept if token.text.lower() not in DETERMINERS), item)


def _last_word(read: ReadSentence, item: int) -> int:
    """Return the last word of an item: its phrases with it, what the list or a clause adds, and dates, without."""
    sentence = read.sentence
    children = sentence.children[item]
    cut = [c for c in children if sentence.tokens[c].dep in PARTS or sentence.tokens[c].text.lower() in EXAMPLES]
    cut += [c for c in children if c > item and sentence.tokens[c].text.lower() in {"among", "as", "with"}]
    cut += [c for c in children if c > item and _is_dated(read, c)]
    return max([j for j in sentence.subtree(item, without=cut) if sentence.tokens[j].pos != "PUNCT"], default=item)


def _is_dated(read: ReadSentence, preposition: int) -> bool:
    inside = {read.sentence.tokens[c].start for c in read.sentence.children[preposition]}
    return any(date.start in inside or date.end - 1 in inside for date in read.dates)
