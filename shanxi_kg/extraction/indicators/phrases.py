"""Noun phrases and verb phrases as measures: which tokens of the parse say what is counted.

Left out are articles, numbers, dates, places that only say where, relative clauses and what is coordinated with a
number of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from shanxi_kg.extraction.context import Context, mention_at
from shanxi_kg.extraction.indicators.amounts import Amount, find_amounts
from shanxi_kg.extraction.indicators.ends import with_units
from shanxi_kg.language import Sentence
from shanxi_kg.lexicon import load_lexicon
from shanxi_kg.mentions import ReadSentence
from shanxi_kg.quantities import PER

CUT = frozenset(
    {"relcl", "appos", "parataxis", "punct", "cc", "preconj", "advcl", "mark", "intj", "ccomp", "nummod", "quantmod"}
)
EDGE = frozenset({"det", "predet", "poss", "case"})
COMPLEMENTS = frozenset({"dobj", "prep", "attr", "acomp", "prt", "oprd", "xcomp", "pobj", "dative"})
LINKS = frozenset({"cc", "prep", "punct", "det", "mark"})
BULLETS = frozenset({"-", "–", "—", "•", "*", "·"})
RELATIVE = frozenset({"WDT", "WP", "WP$"})
OPENERS = frozenset({"including", "such", "like", "with", "behind", "after", "following", "ahead"})


class Phrases:
    """The phrases of one sentence."""

    def __init__(self, context: Context, read: ReadSentence) -> None:
        self.context = context
        self.read = read
        self.sentence: Sentence = read.sentence
        self.numbers = {t.i for t in self.sentence.tokens for q in read.quantities if q.start <= t.start < q.end}
        self.dates = {t.i for t in self.sentence.tokens for d in read.dates if d.start <= t.start < d.end}
        self._judges: dict[str, Callable[[int, int, int], bool]] = {
            "nummod": self._drops_number,
            "punct": self._drops_punctuation,
            "conj": self._drops_conjunct,
            "cc": self._drops_link,
            "prep": self._drops_preposition,
            "acl": self._drops_participle,
        }
        self.places = {ref.token for ref in context.areas.refs[read.number] if not ref.in_body}

    @cached_property
    def amounts(self) -> list[Amount]:
        """The stated quantities of the sentence, in order."""
        return with_units(self.sentence.tokens, find_amounts(self.read))

    def words(self, tokens: Iterable[int]) -> str:
        """Return the document's words of some tokens: runs as they stand (with brackets inside), gaps as one space."""
        runs: list[list[int]] = []
        for i in sorted(set(tokens)):
            if runs and all(self.sentence.tokens[gap].dep == "punct" for gap in range(runs[-1][1] + 1, i)):
                runs[-1][1] = i
            else:
                runs.append([i, i])
        own = self.sentence.tokens
        parts = [self.context.words(own[a].start, own[b].end) for a, b in runs]
        return " ".join(parts).strip(" ,;").replace(" 's", "'s").replace(" ,", ",")

    def is_place(self, noun: int) -> bool:
        """Tell whether a noun names an area, by itself or as 'the island province of Hainan'."""
        typed = self.sentence.tokens[noun].text.lower() in load_lexicon()["area-type"]
        return noun in self.places or (typed and not self.places.isdisjoint(self.sentence.subtree(noun)))

    def is_verb(self, i: int) -> bool:
        """Tell whether a token is a verb."""
        return self.sentence.tokens[i].pos in {"VERB", "AUX"}

    def noun_phrase(self, head: int) -> list[int]:
        """Return the tokens of the phrase of a noun, less what only says how many, when and where."""
        kept = self._walk(head, head)
        return self.trimmed([i for i in sorted(kept) if i not in self._of_receiver(head)])

    def _of_receiver(self, head: int) -> set[int]:
        """Return 'old boats' of 'gives owners of old boats grants', which the parse ties to the grants."""
        own = self.sentence.tokens
        plural = [c for c in self.sentence.children[head] if own[c].dep == "compound" and own[c].tag == "NNS"]
        left = min(self.sentence.subtree(head), default=head)
        if not plural or left < 2 or own[left - 1].text.lower() != "of":
            return set()
        giver = own[own[own[left - 1].head].head]
        return set(range(left, plural[-1] + 1)) if giver.lemma in load_lexicon()["give-verb"] else set()

    def ratio_after(self, phrase: list[int]) -> str:
        """Return the 'per 10,000 people' right behind a phrase, '' where there is none."""
        own = self.sentence.tokens
        found = PER.match(self.context.reading.document.text, own[phrase[-1]].end, self.sentence.end)
        return " ".join(found.group().split()) if found else ""

    def _walk(self, node: int, head: int) -> set[int]:
        found = {node}
        for child in self.sentence.children[node]:
            if not self._drops(child, node, head):
                found |= self._walk(child, head)
        return found

    def _drops(self, child: int, node: int, head: int) -> bool:
        """Tell whether a phrase is left without its part at `child`, which hangs on `node`."""
        token = self.sentence.tokens[child]
        if child in self.numbers or child in self.dates:
            return True
        if node == head and token.dep in EDGE:
            return not (token.dep == "poss" and token.pos in {"NOUN", "PROPN"})
        if token.dep == "npadvmod" and token.text.lower() in load_lexicon()["empty-measure"]:
            return True
        judge = self._judges.get(token.dep)
        return judge(child, node, head) if judge else token.dep in CUT

    def _drops_number(self, _: int, node: int, __: int) -> bool:
        above = self.sentence.tokens[self.sentence.tokens[node].head]
        return above.text.lower() != "per" or self.sentence.tokens[node].dep != "pobj"

    def _drops_punctuation(self, child: int, *_: int) -> bool:
        return self.sentence.tokens[child].text not in {"-", "–", "/"}

    def _drops_conjunct(self, child: int, *_: int) -> bool:
        own = any(self.sentence.tokens[c].text.lower() in {"a", "an"} for c in self.sentence.children[child])
        own = own or mention_at(self.read.bodies, self.sentence.tokens[child].start) is not None
        return own or self._has_number(child) or self.sentence.tokens[child].pos in {"VERB", "AUX"}

    def _drops_link(self, child: int, node: int, head: int) -> bool:
        siblings = (c for c in self.sentence.children[node] if c > child and self.sentence.tokens[c].dep == "conj")
        linked = next(siblings, None)
        return linked is not None and self._drops(linked, node, head)

    def _drops_preposition(self, child: int, _: int, head: int) -> bool:
        objects = [c for c in self.sentence.children[child] if self.sentence.tokens[c].dep == "pobj"]
        is_amount = bool(objects) and self.numbers.issuperset(objects)
        is_fronted = child < head and child < self.sentence.tokens[child].head  # 'At present 7,200 households'
        return is_amount or is_fronted or self._only_sets(child) or self._is_source(child, head)

    def _drops_participle(self, child: int, *_: int) -> bool:
        first = self.sentence.subtree(child)[0]
        if first and self.sentence.tokens[first - 1].text == ",":
            return True
        return self.sentence.tokens[child].tag == "VBG" and self._has_number(child)

    def _only_sets(self, prep: int) -> bool:
        """Tell whether a prepositional phrase only says when or where, or opens a list of examples."""
        token, children = self.sentence.tokens[prep], self.sentence.children[prep]
        if token.text.lower() in (OPENERS | {"according"}) - {"with"} or not children:
            return True
        below = set(self.sentence.subtree(prep))
        if below & self.dates and len(below - self.dates) <= 5:
            return True
        where = token.text.lower() in {"in", "across", "at", "by"} and any(self.is_place(c) for c in children)
        return where and len(below) <= 6

    def _is_source(self, prep: int, head: int) -> bool:
        """Tell whether 'from a bank' beside a doer ('by four firms from a bank') says where what is done comes from."""
        by = self.sentence.tokens[self.sentence.tokens[head].head]
        return self.sentence.tokens[prep].text.lower() == "from" and by.dep == "agent"

    def has_preposition(self, noun: int) -> bool:
        """Tell whether a prepositional phrase hangs on a noun."""
        return any(self.sentence.tokens[c].dep == "prep" for c in self.sentence.children[noun])

    def _has_number(self, node: int) -> bool:
        return not self.numbers.isdisjoint(self.sentence.subtree(node))

    def trimmed(self, tokens: list[int]) -> list[int]:
        """Drop 'number of', 'total' and the like from the front, and links from both ends."""
        own, empty = self.sentence.tokens, load_lexicon()["empty-measure"]
        words = [own[i].text.lower() for i in tokens]
        for i, word in enumerate(words[:-1]):
            if word in empty and words[i + 1] == "of":
                named = any(own[t].pos in {"NOUN", "PROPN"} for t in tokens[:i])
                return self.trimmed(tokens[:i] if named else tokens[i + 2 :])
        while tokens and self._opens(tokens[0]):
            tokens = tokens[1:]
        while tokens and (own[tokens[-1]].dep in LINKS or own[tokens[-1]].text.lower() in load_lexicon()["worth-word"]):
            tokens = tokens[:-1]
        return tokens

    def _opens(self, i: int) -> bool:
        """Tell whether a word only opens a measure; the 'A' of 'A-level' does not."""
        own = self.sentence.tokens
        if i == 0 and own[i].text in BULLETS:
            return True
        joined = i + 1 < len(own) and own[i + 1].start == own[i].end and own[i].text[0].isalpha()
        return own[i].text.lower() in load_lexicon()["measure-opener"] and not (joined and own[i + 1].text == "-")

    def said(self, verb: int, without: Collection[int]) -> tuple[int, ...]:
        """Return the words of a verb phrase, without those that stand elsewhere and without a mere 'be'."""
        is_be = self.sentence.tokens[verb].lemma == "be"
        return tuple(i for i in self.verb_phrase(verb) if i not in without and not (is_be and i == verb))

    def verb_phrase(self, verb: int, without: Iterable[int] = ()) -> list[int]:
        """Return a verb and its complements, less subject, auxiliaries, adverbials, dates and places."""
        barred, found = set(without), {verb}
        for child in self.sentence.children[verb]:
            token = self.sentence.tokens[child]
            if child in barred or token.dep not in COMPLEMENTS or child in self.numbers or token.tag in RELATIVE:
                continue
            if token.dep == "prep" and (self._only_sets(child) or self._is_relative(child) or self._is_fronted(child)):
                continue
            found |= {i for i in self._walk(child, child) if i not in barred}
        return self.trimmed(sorted(found))

    def _is_fronted(self, prep: int) -> bool:
        """Tell whether a prepositional phrase opens the sentence ('Under the plan, …')."""
        verb = self.sentence.tokens[prep].head
        subjects = [c for c in self.sentence.children[verb] if self.sentence.tokens[c].dep in {"nsubj", "nsubjpass"}]
        return bool(subjects) and prep < subjects[0]

    def _is_relative(self, prep: int) -> bool:
        return any(self.sentence.tokens[c].tag in RELATIVE for c in self.sentence.children[prep])

    def subject(self, verb: int) -> int | None:
        """Return the subject of a verb, its own or that of the verb it is coordinated with or hangs on."""
        seen = verb
        while True:
            glued = self._glued_subject(seen)
            if glued is not None:
                return glued
            own = [
                c
                for c in self.sentence.children[seen]
                if self.sentence.tokens[c].dep in {"nsubj", "nsubjpass", "csubj"}
            ]
            if own:
                return self._antecedent(own[0], seen)
            token = self.sentence.tokens[seen]
            if token.dep not in {"conj", "xcomp", "advcl", "acl", "pcomp"} or token.head == seen:
                return None
            if token.dep == "acl":
                return token.head
            seen = token.head

    def _glued_subject(self, verb: int) -> int | None:
        """Return the noun of 'patents granted increased …', which the parser takes for a clause of its own."""
        own = self.sentence.tokens
        if verb < 2 or own[verb - 1].tag not in {"VBN", "VBD"} or own[verb - 1].head != verb:
            return None
        return next((c for c in self.sentence.children[verb - 1] if own[c].dep in {"nsubj", "nsubjpass"}), None)

    def _antecedent(self, subject: int, verb: int) -> int:
        """Return what a relative pronoun stands for: the noun that its clause hangs on."""
        relative = self.sentence.tokens[subject].lemma in {"which", "that", "who"}
        if relative and self.sentence.tokens[verb].dep == "relcl":
            return self.sentence.tokens[verb].head
        return subject
