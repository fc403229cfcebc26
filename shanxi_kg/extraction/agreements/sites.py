"""Where a frame is looked for, and the lists of parties around it: behind a 'with', before a verb, as a subject."""

from __future__ import annotations

from dataclasses import dataclass

from shanxi_kg.extraction.agreements.parties import RELATIVE, TOGETHER, Named, listed, listed_up_to
from shanxi_kg.extraction.agreements.verbs import sign_verb
from shanxi_kg.extraction.context import Context
from shanxi_kg.language import Sentence, Token
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
FINITE_OR_RELATIVE = FINITE | RELATIVE


@dataclass(frozen=True, slots=True)
class Frame:
    """An agreement as a sentence tells of it; `partners` is a list for each 'with', with the token of that 'with'."""

    noun: int
    verb: int | None
    signers: tuple[Named, ...]
    partners: tuple[tuple[int, tuple[Named, ...]], ...] = ()

    @property
    def everyone(self) -> tuple[Named, ...]:
        """The signers and all partners, each once."""
        found: dict[str, Named] = {}
        for named in (*self.signers, *(named for _, group in self.partners for named in group)):
            found.setdefault(named.key, named)
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Site:
    """Where a frame is looked for: the sentence, the noun of the agreement, its verb of signing."""

    context: Context
    read: ReadSentence
    noun: int
    verb: int | None

    @property
    def sentence(self) -> Sentence:
        """The sentence as parsed."""
        return self.read.sentence

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.read.sentence.tokens

    def listed(self, first: int, stop: int | None = None) -> tuple[Named, ...]:
        """Return the parties of the list that begins at token `first`."""
        return listed(self.context, self.read, first, self.end if stop is None else stop)

    @property
    def end(self) -> int:
        """The token behind the clauses that tell of this agreement: where one begins that signs another, or the end."""
        starts = (_next_clause(self, token) for token in self.tokens[self.noun + 1 :] if token.tag[0] == "N")
        return next((start for start in starts if start is not None), len(self.tokens))

    def word(self, i: int) -> str:
        """Return a token's word in lower case, an empty one where there is no such token."""
        return self.tokens[i].text.lower() if 0 <= i < len(self.tokens) else ""


def _next_clause(site: Site, noun: Token) -> int | None:
    """Return where the clause begins in which a later noun is another agreement, signed by a subject of its own."""
    if noun.lemma.lower() not in load_lexicon()["agreement-head"]:
        return None
    verb = sign_verb(site.sentence, noun.i)
    if verb is None or not site.noun < verb < noun.i or verb == site.verb or site.tokens[verb].tag not in FINITE:
        return None
    own = [c for c in site.sentence.children[verb] if site.tokens[c].dep in SUBJECTS and c > site.noun]
    first = min((i for subject in own for i in site.sentence.subtree(subject)), default=None)
    marks = [t.i for t in site.tokens[site.noun + 1 : first or 0] if t.text == ";"]
    return marks[-1] if marks else first


def behind(site: Site, first: int, marks: frozenset[str]) -> tuple[tuple[int, tuple[Named, ...]], ...]:
    """Return the lists behind each 'with' after token `first` that no other doing comes between."""
    found: list[tuple[int, tuple[Named, ...]]] = []
    for token in site.tokens[first + 1 : site.end]:
        if token.text.lower() in marks and site.word(token.i - 1) not in TOGETHER:
            named = site.listed(token.i + 1)
            if named and not (found and _is_aside(site, token.i)):
                found.append((token.i, named))
    kept = [group for group in found if not _is_aside(site, group[0])]
    return tuple(kept or found[:1])


def _is_aside(site: Site, mark: int) -> bool:
    """Tell whether a 'with' hangs on another verb or noun than the signing: 'to share data with C'."""
    head = site.tokens[site.tokens[mark].head]
    if head.i in {site.noun, site.verb} or head.lemma.lower() in load_lexicon()["agreement-head"] | {
        "one",
        "another",
        "other",
    }:
        return False
    return head.pos == "VERB" and head.i > max(site.noun, site.verb or 0) and head.tag != "VBN"


def subject_range(sentence: Sentence, verb: int) -> tuple[int, int] | None:
    """Return the tokens around the subject of a verb, its own or that of the verb it shares one with."""
    node = verb
    while True:
        subjects = [c for c in sentence.children[node] if sentence.tokens[c].dep in SUBJECTS]
        if subjects:
            below = [i for subject in subjects for i in sentence.subtree(subject)]
            return min(below) - 1, max(below) + 1
        token = sentence.tokens[node]
        if token.dep in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"} and token.head != node:
            node = token.head
        else:
            return None


def widened(site: Site, span: tuple[int, int], verb: int) -> tuple[Named, ...]:
    """Return the parties of a subject, with those before it that the parse cut off from it."""
    own = site.listed(span[0] + 1, min(span[1], verb) if span[0] < verb else span[1])
    whole = before_verb(site, verb) if own and span[0] < verb else ()
    return whole if {named.key for named in own} < {named.key for named in whole} else own


def before_verb(site: Site, verb: int) -> tuple[Named, ...]:
    """Return the parties of the list that ends at a verb, in its clause."""
    opens = (t.i for t in reversed(site.tokens[:verb]) if t.tag in FINITE_OR_RELATIVE or t.text in {":", ";"})
    auxiliary = next((t.i for t in site.tokens[max(0, verb - 4) : verb] if t.tag in FINITE), verb)
    start = next((i for i in opens if i < auxiliary), -1) + 1
    return listed_up_to(site.context, site.read, start, auxiliary)


def before_mark(site: Site) -> tuple[tuple[int, tuple[Named, ...]], ...]:
    """Return the lists behind any 'with' before the verb: 'joined hands with B to sign …'."""
    found = [(t.i, site.listed(t.i + 1, site.verb)) for t in site.tokens[: site.verb] if t.text.lower() == "with"]
    return tuple(group for group in found if group[1])


def split_at_comma(site: Site, first: int, stop: int) -> tuple[tuple[Named, ...], tuple[Named, ...]] | None:
    """Split tokens at the last comma behind which the parties are the subject of the verb at `stop`."""
    for comma in range(stop - 1, first, -1):
        if site.word(comma) == "," and site.word(comma + 1) not in {"and", "or", ","}:
            behind = site.listed(comma + 1, stop)
            before = site.listed(first, comma)
            if behind and before:
                return before, behind
    return None


def main_verb(site: Site, after: int) -> int | None:
    """Return the first finite verb behind a token that no relative word opens."""
    finite = (t for t in site.tokens[after + 1 :] if t.tag in FINITE and t.dep not in {"relcl", "acl"})
    return next((t.i for t in finite if site.tokens[t.head].dep != "relcl"), None)
