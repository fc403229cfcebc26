"""Verbs of saying: 'X said that …', '…, said X', '…, X said, …', 'X, saying that …', 'quoted as saying'.

What is denied, asked or only possible is no saying; a verb with a thing for its object reports nothing.
"""

from __future__ import annotations

from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.statements.forms import inverted, passive, relative, subject_above
from shanxi_kg.extraction.statements.model import SUBJECTS, Saying
from shanxi_kg.extraction.statements.phrases import content_start, phrase_start
from shanxi_kg.extraction.statements.quotes import FINITE, QUOTES
from shanxi_kg.extraction.statements.telling import has_report, is_beside_quote, is_saying, light_words
from shanxi_kg.extraction.statements.titles import LONGEST_ROLE, named_behind_quote, title_start
from shanxi_kg.lexicon import load_lexicon

OPEN = frozenset({"may", "might", "could", "would", "should", "will", "shall", "can", "never"})
HYPOTHETICAL = frozenset({"if", "when", "unless", "whether", "until", "because", "since", "before", "once"})
QUESTIONS = frozenset({"whether", "if", "how", "why", "what", "when", "where", "which", "who"})
NO_BEGIN = QUESTIONS | {",", ".", "to", "so", ";"}
RELATIVE = frozenset({"WP", "WDT"})
NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


def verb_saying(layout: Layout, i: int) -> Saying | None:
    """Read the saying whose verb is at `i`; None where the token is no verb of saying or says nothing."""
    token = layout.tokens[i]
    if token.tag == "NNS" and layout.word(i + 1) in {".", ",", ":"}:
        return _mistaken(layout, i)
    if not token.tag.startswith("VB") or token.dep in {"compound", "amod"}:
        return None
    if not (light_words(layout, i) or is_saying(layout, i) or is_beside_quote(layout, i)):
        return None
    if token.tag == "VBG":
        return _participle(layout, i)
    return None if _is_barred(layout, i) else _finite(layout, i)


def _mistaken(layout: Layout, i: int) -> Saying | None:
    """Read '"…," X jokes.' and '"…," a guest mutters.', where the parser takes the verb for a noun in the plural."""
    last = named_behind_quote(layout, i) or i - 1
    person = layout.persons_by_end.get(last)
    noun = layout.word(i - 1) in load_lexicon()["speaker-noun"] and layout.word(i - 2) in {"a", "an", "the", "one"}
    if person is None and not noun:
        return None
    first = person.first if person else i - 2
    says = layout.tokens[i].lemma in load_lexicon()["quote-verb"] | load_lexicon()["say-verb"]
    closed = layout.word(first - 1) in QUOTES and layout.word(first - 2) in {",", "!", "?", "…"}
    return Saying(i, first, last, last, first, tuple(range(first))) if says and closed else None


def _is_barred(layout: Layout, verb: int) -> bool:
    """Tell whether a verb of saying is negated, only possible, an infinitive, or has a thing for its object."""
    sentence = layout.read.sentence
    for child in sentence.children[verb]:
        token = layout.tokens[child]
        if token.dep == "neg" or (child < verb and layout.low[child] in OPEN):
            return True
        if layout.low[child] == "to" and token.tag == "TO" and layout.word(verb - 1) == "to":
            return not _goes_on(layout, verb)
    return False


def _goes_on(layout: Layout, verb: int) -> bool:
    """Tell whether 'went on to say' stands there."""
    return layout.tokens[layout.tokens[verb].head].lemma in {"go", "continue"}


def _finite(layout: Layout, verb: int) -> Saying | None:
    token = layout.tokens[verb]
    if any(layout.tokens[c].dep == "auxpass" for c in layout.read.sentence.children[verb]):
        return passive(layout, verb)
    if token.tag == "VBN" and not any(layout.tokens[c].dep == "aux" for c in layout.read.sentence.children[verb]):
        return _trailing(layout, verb)
    goes_on = layout.word(verb - 1) == "to" and _goes_on(layout, verb)
    head = subject_above(layout, verb) if goes_on else _subject(layout, verb)
    if head is None:
        return _joined(layout, verb)
    if layout.tokens[head].tag in RELATIVE:
        return relative(layout, verb)
    return inverted(layout, verb, head) if head > verb else _plain(layout, verb, head)


def _plain(layout: Layout, verb: int, head: int) -> Saying | None:
    first = phrase_start(layout, head)
    if layout.tokens[first - 1].tag in {"CD", "DT"} and layout.tokens[first - 1].head == verb:
        first -= 1
    first = title_start(layout, verb, first)
    if layout.word(first - 1) in HYPOTHETICAL or (layout.tokens[verb].dep == "relcl" and layout.word(first - 1) != ","):
        return None
    return _said_before(layout, verb, first, head) or _said_behind(layout, verb, first, head)


def _joined(layout: Layout, verb: int) -> Saying | None:
    """Match 'X opened the fair and said that …': the subject is that of the verb joined to."""
    if layout.tokens[verb].dep != "conj" or layout.tokens[verb].tag not in FINITE:
        return None
    head = subject_above(layout, verb)
    if head is None or layout.tokens[head].tag in RELATIVE:
        return None
    return _said_behind(layout, verb, phrase_start(layout, head), head)


def _subject(layout: Layout, verb: int) -> int | None:
    """Return the subject of a verb of saying, by the parse or by a name right beside it."""
    named = named_behind_quote(layout, verb)
    if named is not None:
        return named
    own = [c for c in layout.read.sentence.children[verb] if layout.tokens[c].dep in SUBJECTS]
    before = verb - 1
    while before > 0 and layout.tokens[before].pos in {"ADV", "AUX"}:
        before -= 1
    if layout.low[before] == "," and before - 1 in layout.persons_by_end:
        before -= 1
    inverted = verb == 0 or (layout.low[verb - 1] in {",", *QUOTES} and bool(own) and own[-1] > verb)
    beside = [c for c in own if (c > verb) == inverted]
    if beside:
        return beside[0] if inverted else beside[-1]
    if before in layout.persons_by_end or before in layout.units_by_end:
        report = (
            next((t.i for t in layout.tokens[:before] if t.pos == "NOUN"), None) if has_report(layout, verb) else None
        )
        return before if report is None else report
    if layout.tokens[before].dep == "compound" and layout.low[before] in load_lexicon()["speaker-noun"]:
        return before
    if verb == 0 or layout.low[verb - 1] in {",", *QUOTES, "?", "!"}:
        return _behind(layout, verb)
    return own[0] if own else None


def _behind(layout: Layout, verb: int) -> int | None:
    """Return the name or noun behind a verb, its subject though the parse gives none."""
    near = range(verb + 1, min(verb + 8, len(layout.low)))
    named = (layout.persons[i].last for i in near if i in layout.persons)
    nouns = (c for c in layout.read.sentence.children[verb] if c in near and layout.tokens[c].pos in NOUNS)
    return next(named, None) or next(nouns, None)


def _trailing(layout: Layout, verb: int) -> Saying | None:
    """Read '…, the regulator announced on Monday', where the parse takes the verb for a participle."""
    head = layout.tokens[verb].head
    if layout.tokens[verb].dep != "acl" or head != verb - 1:
        return None
    return _said_before(layout, verb, phrase_start(layout, head), head)


def _said_before(layout: Layout, verb: int, first: int, head: int) -> Saying | None:
    """Match '…, X said', '"…," X said, "…"', 'As X put it, …'."""
    opening = _as_before(layout, first)
    as_clause = opening is not None
    i = content_start(layout, verb + light_words(layout, verb))
    start = first if opening is None else opening
    closed = i >= len(layout.low) or layout.low[i] in {".", ",", ";", "!", "?"} | QUOTES or not _has_verb(layout, i)
    opened = start > 0 and (layout.low[start - 1] in {",", "-", "—"} | QUOTES)
    if not closed or not (opened or as_clause) or (_object(layout, verb) and not as_clause):
        return None
    left = list(range(start))
    said = left + [j for j in range(i, len(layout.low)) if _goes_on_behind(layout, left, i)]
    return Saying(verb, first, verb - 1, head, start, tuple(said))


def _as_before(layout: Layout, first: int) -> int | None:
    """Return the 'as' of 'as X puts it' and of 'as one of them, X, puts it'."""
    if layout.word(first - 1) != ",":
        return first - 1 if layout.word(first - 1) == "as" else None
    near = range(first - 2, max(first - LONGEST_ROLE, 0), -1)
    start = next((j for j in near if layout.low[j] == "as" or layout.tokens[j].tag in FINITE), None)
    opens = start is not None and layout.low[start] == "as" and layout.word(start - 1) in {",", *QUOTES}
    return start if opens else None


def _goes_on_behind(layout: Layout, left: list[int], i: int) -> bool:
    """Tell whether what is said goes on behind the attribution: in quotes where it was quoted, else after a comma."""
    quoted = bool(left) and layout.low[left[-1]] in QUOTES
    if quoted:
        return any(layout.low[j] in QUOTES for j in range(i, min(i + 3, len(layout.low))))
    return (
        i < len(layout.low)
        and layout.low[i] in {",", ";"}
        and layout.tokens[min(i + 1, len(layout.low) - 1)].tag != "VBG"
    )


def _object(layout: Layout, verb: int) -> bool:
    """Tell whether the verb has a thing for its object, and so reports no clause ('the bureau reported a profit')."""
    if layout.tokens[verb].lemma in load_lexicon()["hearer-verb"]:
        return False
    children = layout.read.sentence.children[verb]
    has_clause = any(layout.tokens[c].dep in {"ccomp", "parataxis"} for c in children)
    return not has_clause and any(layout.tokens[c].dep == "dobj" and c > verb for c in children)


def _has_verb(layout: Layout, i: int) -> bool:
    return any(token.tag in FINITE or token.tag in {"VBN", "VBG", "VB"} for token in layout.tokens[i:])


def _said_behind(layout: Layout, verb: int, first: int, head: int) -> Saying | None:
    """Match 'X said (that) …', 'X told them: "…"'."""
    i = content_start(layout, verb + light_words(layout, verb))
    if layout.word(i) == "," and layout.word(i + 1) in {"that"} | QUOTES:
        i += 1
    if not _can_begin(layout, verb, i):
        return None
    left_out = _left_out(layout, verb, i)
    said = [j for j in range(i, len(layout.low)) if j not in left_out]
    return Saying(verb, first, verb - 1, head, first, tuple(said), leads=True)


def _can_begin(layout: Layout, verb: int, i: int) -> bool:
    word = layout.word(i)
    if word in {":", "that"} | QUOTES:
        return _has_verb(layout, i) or word in QUOTES or word == ":"
    if i >= len(layout.low) or word in NO_BEGIN or layout.tokens[i].tag in {"VBG", "TO"}:
        return False
    if not any(token.tag in FINITE or token.tag == "VBN" for token in layout.tokens[i:]):
        return False
    clause = any(layout.tokens[c].dep == "ccomp" and c > verb for c in layout.read.sentence.children[verb])
    plain = layout.tokens[verb].lemma in load_lexicon()["plain-say-verb"] or has_report(layout, verb)
    return clause or (plain and _starts_subject(layout, i))


def _starts_subject(layout: Layout, i: int) -> bool:
    """Tell whether a finite verb or a participle comes soon: what stands at `i` can be a clause's subject."""
    return any(token.tag in FINITE or token.tag == "VBN" for token in layout.tokens[i : i + 14])


def _left_out(layout: Layout, verb: int, i: int) -> set[int]:
    """Return the tokens behind what is said that tell of another act of the speaker ('said … and left')."""
    sentence, found = layout.read.sentence, set[int]()
    clauses = [c for c in sentence.children[verb] if layout.tokens[c].dep == "ccomp" and layout.tokens[c].tag == "VB"]
    for child in [*sentence.children[verb], *(c for clause in clauses for c in sentence.children[clause])]:
        token = layout.tokens[child]
        same = (
            token.dep == "conj" and token.tag == layout.tokens[verb].tag and child > i and not is_saying(layout, child)
        )
        if same and layout.tokens[child].tag in FINITE and not _has_own(layout, child):
            found.update(range(min(sentence.subtree(child)) - 1, len(layout.low)))
    return found


def _has_own(layout: Layout, verb: int) -> bool:
    """Tell whether a verb has a subject or an auxiliary of its own."""
    own = SUBJECTS | {"aux", "auxpass"}
    return any(layout.tokens[c].dep in own for c in layout.read.sentence.children[verb])


def _quoted_person(layout: Layout, verb: int) -> int | None:
    """Return whom 'quoted X as saying' quotes: its object, or the subject of the passive."""
    sentence = layout.read.sentence
    quoting = next((a for a in sentence.ancestors(verb) if layout.tokens[a].lemma in {"quote", "cite"}), None)
    objects = [c for c in sentence.children[quoting] if layout.tokens[c].dep == "dobj"] if quoting is not None else []
    return objects[0] if objects else subject_above(layout, verb)


def _participle(layout: Layout, verb: int) -> Saying | None:
    """Match ', adding that …' and 'was quoted as saying …': the speaker is the subject of the verb above."""
    i = content_start(layout, verb)
    quoted = layout.word(verb - 1) == "as" or layout.word(verb - 1) == "by"
    head = _quoted_person(layout, verb) if quoted else subject_above(layout, verb)
    if head is None or not (quoted or layout.word(verb - 1) in {",", "and"}):
        return None
    first = phrase_start(layout, head)
    if quoted and not _has_verb(layout, i) and layout.word(first - 1) in {",", *QUOTES}:
        return Saying(verb, first, verb - 1, head, first, tuple(range(first)))
    if not _can_begin(layout, verb, i):
        return None
    said = tuple(range(i, len(layout.low)))
    last = verb - 1 if quoted else max(head, first)
    return Saying(verb, first, last, head, first, said, leads=True, shared=not quoted)
