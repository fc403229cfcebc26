"""How a sentence tells of an agreement: its noun, its verb, those who sign and those they sign with.

Each frame is a way of telling ('A signed … with B', 'between A and B', 'under an agreement with A, B will', 'the
parties are A and B'): a function from a site to signers and lists of partners. The first that finds two parties holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from shanxi_kg.extraction.agreements.antecedents import owner_before, pointed
from shanxi_kg.extraction.agreements.parties import Named, mentioned
from shanxi_kg.extraction.agreements.signings import read_signed
from shanxi_kg.extraction.agreements.sites import (
    FINITE,
    SUBJECTS,
    Frame,
    Site,
    before_mark,
    before_verb,
    behind,
    main_verb,
    split_at_comma,
    subject_range,
    widened,
)
from shanxi_kg.extraction.agreements.verbs import clause_verb, sign_verb, verb_near
from shanxi_kg.extraction.context import Context
from shanxi_kg.language import Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence


def frame_of(context: Context, read: ReadSentence, noun: int) -> Frame | None:
    """Return the first frame in which an agreement's noun stands with two parties or more."""
    linked = sign_verb(read.sentence, noun)
    near = verb_near(read.sentence, noun) if linked is None else None
    for verb, reader in [*((linked, reader) for reader in FRAMES), (near, read_signed), (near, _between)]:
        found = reader(Site(context, read, noun, verb))
        if found and len(found.everyone) > 1:
            return found
    return None


def frame_within(context: Context, read: ReadSentence, noun: int) -> Frame | None:
    """Return the frame of a clause that describes the agreement: 'the agreement that A and B signed'."""
    verb = clause_verb(read.sentence, noun, frozenset({"relcl", "acl"}))
    found = read_signed(Site(context, read, noun, verb)) if verb is not None else None
    return found if found and len(found.everyone) > 1 else None


def _between(site: Site) -> Frame | None:
    """Read 'an agreement between A and B', also with several 'between'."""
    first = site.noun if site.verb is None else min(site.noun, site.verb)
    marks = [t.i for t in site.tokens[first + 1 :] if t.text.lower() in {"between", "among"}]
    marks = [0, *marks] if site.word(0) == "between" and first > 0 else marks
    marks = [mark for mark in marks if site.word(mark + 1) != "them"]
    groups = [(mark, named) for mark in marks if len(named := site.listed(mark + 1) or _meant(site, mark)) > 1]
    if not groups or groups[0][0] > site.noun + 24:
        return None
    if len(groups) > 1:
        return Frame(site.noun, site.verb, (), tuple(groups))
    return Frame(site.noun, site.verb, groups[0][1])


def _meant(site: Site, mark: int) -> tuple[Named, ...]:
    """Return whom 'between the cities' and 'between the two sides' mean."""
    nouns = (t.i for t in site.tokens[mark + 1 : mark + 4] if t.tag == "NNS")
    last = next(nouns, None)
    return pointed(site.context, site.read, (mark, last + 1)) if last is not None else ()


def _under(site: Site) -> Frame | None:
    """Read 'Under an agreement with A, B will …' and 'B will … under an agreement with A'."""
    above = _preposition(site)
    if above is None or any(site.word(t.i) in {"by", "between"} for t in site.tokens[site.noun + 1 : site.noun + 8]):
        return None
    groups = behind(site, site.noun, frozenset({"with"}))[:1]
    if above.i <= 3 and not any(t.tag in FINITE for t in site.tokens[: above.i]):
        return _under_fronted(site, groups)
    verb = next((a for a in site.sentence.ancestors(above.i) if site.tokens[a].pos in {"VERB", "AUX"}), None)
    span = subject_range(site.sentence, verb) if verb is not None else None
    if span is None or verb is None or verb > site.noun:
        return None
    signers = widened(site, span, verb) or pointed(site.context, site.read, span)
    partners = groups or tuple(g for g in before_mark(replace(site, verb=above.i)) if g[0] > verb)
    return Frame(site.noun, site.verb, signers, partners) if partners or _is_new(site) else None


def _preposition(site: Site) -> Token | None:
    """Return the preposition that an agreement is the ground by: 'under', 'thanks to', 'as part of'."""
    above = site.tokens[site.tokens[site.noun].head]
    word, before = above.text.lower(), site.word(above.i - 1)
    plain = word in load_lexicon()["agreement-preposition"]
    linked = word in {"to", "of"} and before in GROUNDS
    linked = linked or (word == "to" and site.tokens[above.head].lemma in load_lexicon()["party-noun"])
    return above if above.i < site.noun and (plain or linked) else None


def _under_fronted(site: Site, groups: tuple[tuple[int, tuple[Named, ...]], ...]) -> Frame | None:
    if not groups:
        return _with_new(site)
    mark = groups[0][0]
    verb = main_verb(site, mark)
    span = subject_range(site.sentence, verb) if verb is not None else None
    if verb is None:
        return None
    if span and span[0] > mark and (subject := site.listed(span[0] + 1, verb)):
        return Frame(site.noun, site.verb, subject, ((mark, site.listed(mark + 1, span[0] + 1)),))
    split = split_at_comma(site, mark + 1, verb)
    if split:
        return Frame(site.noun, site.verb, split[1], ((mark, split[0]),))
    pointers = pointed(site.context, site.read, span) if span and span[0] > mark else ()
    return Frame(site.noun, site.verb, pointers, groups)


def _with_new(site: Site) -> Frame | None:
    """Read 'In a letter of intent on …, A and B undertook to …': several do something by a paper told of first here."""
    verb = main_verb(site, site.noun)
    return Frame(site.noun, site.verb, before_verb(site, verb)) if verb is not None and _is_new(site) else None


def _theirs(site: Site) -> Frame | None:
    """Read 'A and B have agreed to …: their pact dates from May': the paper of the sentence's subject."""
    if not any(site.word(c) == "their" for c in site.sentence.children[site.noun]):
        return None
    starts = (t for t in site.tokens[: site.noun] if t.dep == "nsubj")
    for subject in starts:
        below = site.sentence.subtree(subject.i)
        named = site.listed(below[0], min(below[-1] + 1, site.noun))
        if len(named) > 1:
            return Frame(site.noun, site.verb, named)
    return None


def _is_new(site: Site) -> bool:
    """Tell whether the agreement is told of for the first time: 'an agreement', not 'the agreement'."""
    words = {site.word(c) for c in site.sentence.children[site.noun]}
    return not words & {"the", "this", "that", "these", "those", "its", "their"}


def _owned(site: Site) -> Frame | None:
    """Read 'A's agreement with B', 'its agreement with B' and 'the agreement of A with B'."""
    groups = [g for g in behind(site, site.noun, frozenset({"with"})) if g[0] <= site.noun + 12]
    owners = [c for c in site.sentence.children[site.noun] if site.tokens[c].dep == "poss"]
    if not groups:
        both = [site.listed(below[0], site.noun) for c in owners if (below := site.sentence.subtree(c))]
        return next((Frame(site.noun, site.verb, named) for named in both if len(named) > 1), None)
    signers: tuple[Named, ...] = ()
    for owner in owners:
        below = site.sentence.subtree(owner)
        plain = [i for i in below if site.tokens[i].tag != "POS"]
        signers = owner_before(site.context, site.read, owner) or mentioned(site.context, site.read, plain)
    if not signers and site.word(site.noun + 1) == "of":
        signers = site.listed(site.noun + 2, groups[0][0])
    return Frame(site.noun, site.verb, signers, tuple(groups)) if signers else None


def _members(site: Site) -> Frame | None:
    """Read 'the parties to the agreement are A and B' and 'A and B are signatories to the agreement'."""
    above = site.tokens[site.tokens[site.noun].head]
    party = site.tokens[above.head]
    inner = next((t for t in site.tokens[site.noun + 1 :] if t.lemma.lower() in load_lexicon()["party-noun"]), None)
    if inner and inner.dep == "attr" and site.word(site.noun + 1) in {",", "to", "of"}:
        return Frame(site.noun, None, before_verb(site, inner.head))
    if above.text.lower() not in {"to", "of", "in"} or party.lemma.lower() not in load_lexicon()["party-noun"]:
        return None
    verb = main_verb(site, -1)
    if verb is None:
        return None
    named = site.listed(verb + 1) if party.i < verb else before_verb(site, verb)
    return Frame(site.noun, None, named)


def _bound(site: Site) -> Frame | None:
    """Read 'an agreement linking A with B' and 'the agreement covers A, B and C'."""
    verbs = load_lexicon()["bind-verb"]
    found = next(
        (t for t in site.tokens[site.noun + 1 :] if t.lemma in verbs and (t.pos == "VERB" or t.dep == "ROOT")), None
    )
    if found is None or not _is_of(site, found):
        return None
    first = found.i + 1 + (site.word(found.i + 1) == "together")
    return Frame(site.noun, site.verb, site.listed(first), behind(site, found.i, frozenset({"with", "to"})))


def _bound_by(site: Site) -> Frame | None:
    """Read 'A is bound to B by an agreement'."""
    above = site.tokens[site.tokens[site.noun].head]
    verb = site.tokens[above.head]
    if above.text.lower() not in {"by", "in"} or verb.lemma not in load_lexicon()["bind-verb"] or verb.i > site.noun:
        return None
    groups = tuple(g for g in behind(site, verb.i, frozenset({"to", "with"})) if g[0] < site.noun)
    return Frame(site.noun, None, before_verb(site, verb.i), groups)


def _is_of(site: Site, verb: Token) -> bool:
    subjects = [c for c in site.sentence.children[verb.i] if site.tokens[c].dep in SUBJECTS]
    if site.verb is not None and any(site.word(subject) == "it" for subject in subjects):
        return True  # 'The agreement was signed on May 3; it commits A and B'
    return site.noun in subjects or (verb.dep in {"acl", "relcl"} and verb.head == site.noun) or verb.i == site.noun + 1


def _governed(site: Site) -> Frame | None:
    """Read 'A extended its agreement with B': whatever is done with an agreement with somebody."""
    groups = tuple(g for g in behind(site, site.noun, frozenset({"with"})) if g[0] <= site.noun + 12)
    token = site.tokens[site.noun]
    verb = site.tokens[token.head]
    if not groups or verb.pos != "VERB" or token.dep not in {"dobj", "nsubjpass"}:
        return None
    found = read_signed(replace(site, verb=verb.i))
    return found and Frame(site.noun, None, found.signers, groups)


GROUNDS = frozenset(
    {
        "thanks",
        "according",
        "pursuant",
        "due",
        "part",
        "result",
        "terms",
        "framework",
        "provisions",
        "auspices",
        "basis",
    }
)
FRAMES: tuple[Callable[[Site], Frame | None], ...] = (
    _under,
    read_signed,
    _between,
    _owned,
    _theirs,
    _members,
    _bound,
    _bound_by,
    _governed,
)
