"""Decisions: they hold through rebuilds, better rules and reworded sentences, and what matches nothing is reported."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import Graph
from small import CHANGSHA, HUBEI_TEXT, HUNAN, HUNAN_TEXT, evidence, small_facts

from shanxi_kg import changes, pipeline, queries
from shanxi_kg.audit import audit
from shanxi_kg.decisions import (
    FactDecision,
    Merge,
    Stamp,
    Verdict,
    active,
    add_decisions,
    deciding,
    fingerprint,
    read_decisions,
    replay,
)
from shanxi_kg.decisions.fields import FIELDS, correct, written
from shanxi_kg.decisions.known import KnownFact, known_facts
from shanxi_kg.decisions.review import orphaned
from shanxi_kg.documents import Document
from shanxi_kg.errors import GraphError, UsageError
from shanxi_kg.facts import Agency, Area, Body, Content, Fact, Indicator, Post, Regulation
from shanxi_kg.folders import published_files
from shanxi_kg.namespaces import DCTERMS, SKOS, SX, mint
from shanxi_kg.solutions import Solutions
from shanxi_kg.store import authority_files, open_graph
from shanxi_kg.turtle import parse_file
from shanxi_kg.validation import gate, validate_graph

STAMP = Stamp("Li Wei", "2026-11-24", "The sentence says otherwise.")
LATER = Stamp("Zhao Min", "2026-11-25", "Read again.")
BUREAU, CENTER = mint("organization", "hunan-data-bureau"), mint("organization", "changsha-data-center")
CENTER_OF_BUREAU = mint("organization", "changsha-data-center-of-hunan-data-bureau")

Extract = Callable[[Document], Sequence[Fact]]


@pytest.fixture
def graph(small_graph: Path, tmp_path: Path) -> Path:
    """A graph folder of the small texts that a test may decide on and build again."""
    return Path(shutil.copytree(small_graph, tmp_path / "graph"))


def rebuild(graph: Path, extract: Extract = small_facts) -> pipeline.BuildReport:
    return pipeline.build([graph / "sources"], graph, extract=extract)


def the_fact(graph: Path, kind: str, document: str = "hunan", words: str = "") -> KnownFact:
    (found,) = (f for f in known_facts(graph, mint("document", document)) if f.kind == kind and words in f.label)
    return found


def rows(graph: Path, query: str, **given: str) -> list[dict[str, object]]:
    answer = queries.run(open_graph(graph), queries.stored_query(query), given)
    assert isinstance(answer, Solutions)
    return [dict(row) for row in answer.values()]


def statements(graph: Path) -> set[Triple]:
    return {triple for path in (graph / "documents").iterdir() for triple in parse_file(path)}


def changed(rule: Callable[[Fact], Fact | None]) -> Extract:
    """Return an extraction whose facts are changed by a rule; None takes a fact out."""

    def extract(document: Document) -> tuple[Fact, ...]:
        return tuple(new for fact in small_facts(document) if (new := rule(fact)) is not None)

    return extract


def other_content(kind: str, **values: object) -> Extract:
    """Return an extraction that reads all facts of a kind with other values."""
    return changed(
        lambda fact: replace(fact, content=replace(fact.content, **values)) if fact.kind == kind else fact  # type: ignore[arg-type]
    )


# Accept and reject


def test_a_rejected_fact_is_gone_and_the_others_are_as_they_were(graph: Path) -> None:
    before = known_facts(graph)
    subsidy = the_fact(graph, "policy", words="subsidies")
    deciding.decide(graph, Verdict.REJECT, [subsidy.iri], STAMP)
    report = rebuild(graph)
    assert known_facts(graph) == tuple(fact for fact in before if fact.iri != subsidy.iri)
    assert report.orphans == ()
    assert [(one.target, one.moved) for one in report.documents[1].applied] == [(subsidy.iri, False)]


def test_a_rejected_fact_does_not_come_back_by_itself(graph: Path) -> None:
    deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "policy", words="subsidies").iri], STAMP)
    reworded = HUNAN_TEXT.replace("In 2021, Hunan granted subsidies to", "Hunan in 2021 also granted subsidies to all")
    moved = "A first line.\n\n" + reworded
    (graph / "sources" / "hunan.txt").write_text(moved, "utf-8", newline="")

    def extract(document: Document) -> tuple[Fact, ...]:
        return tuple(replace(fact, evidence=_again(fact, document.text)) for fact in small_facts(document))

    for _ in range(2):
        assert rebuild(graph, extract).orphans == ()
        assert [row["measure"] for row in rows(graph, "policies")] == ["protected Olympic signs and special signs"]


def _again(fact: Fact, text: str) -> object:
    """Find the words of a fact again in a changed text."""
    quote = fact.evidence.quote.replace("granted subsidies to small", "granted subsidies to all small")
    return evidence(text, quote)


def test_who_accepts_what_was_rejected_has_it_back(graph: Path) -> None:
    iri = the_fact(graph, "policy", words="subsidies").iri
    (rejected,) = deciding.decide(graph, Verdict.REJECT, [iri], STAMP)
    (accepted,) = deciding.decide(graph, Verdict.ACCEPT, [iri], LATER)
    assert accepted.replaces == (rejected.iri,)
    assert active(read_decisions(graph)) == (accepted,)
    rebuild(graph)
    assert iri in {fact.iri for fact in known_facts(graph)}
    (again,) = deciding.decide(graph, Verdict.REJECT, [iri], STAMP)
    assert active(read_decisions(graph)) == (again,)


def test_an_accepted_fact_is_published_as_it_was_read(graph: Path) -> None:
    before = known_facts(graph)
    deciding.decide(graph, Verdict.ACCEPT, [fact.iri for fact in before], STAMP)
    rebuild(graph)
    assert known_facts(graph) == before


def test_a_fact_in_quarantine_can_be_rejected_or_corrected_but_not_accepted(graph: Path) -> None:
    broken = other_content("regulation", issued="2021-02-30")
    assert sum(document.kept_back for document in rebuild(graph, broken).documents) == 2
    held = the_fact(graph, "regulation")
    with pytest.raises(GraphError, match=r"is in quarantine: .* It cannot be accepted; correct or reject it"):
        deciding.decide(graph, Verdict.ACCEPT, [held.iri], STAMP)
    deciding.decide(graph, Verdict.CORRECT, [held.iri], STAMP, {"issued": "2021-05-27"})
    deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "regulation", "hubei").iri], STAMP)
    assert sum(document.kept_back for document in rebuild(graph, broken).documents) == 0
    assert [(row["title"], row["issued"]) for row in rows(graph, "regulations")] == [
        ("Data Rules of Hunan Province", "2021-05-27")
    ]


# Correct


def test_a_correction_keeps_the_machines_value_beside_the_persons(graph: Path) -> None:
    fact = the_fact(graph, "indicator")
    deciding.decide(graph, Verdict.CORRECT, [fact.iri], STAMP, {"value": "1,250", "unit": "companies", "change": ""})
    rebuild(graph)
    (row,) = (row for row in rows(graph, "indicators") if str(row["document"]).endswith("/hunan"))
    assert (row["fact"], row["value"], row["unit"], row["change"]) == (fact.iri.value, 1250, "companies", None)
    corrected = {(row["field"], row["corrected"], row["machine"]) for row in rows(graph, "decisions")}
    assert corrected == {("value", "1250", "1200"), ("unit", "companies", None), ("change", "", "11.9")}
    assert audit(graph) == ()


def test_a_correction_holds_when_a_better_rule_reads_other_fields(graph: Path) -> None:
    fact = the_fact(graph, "regulation")
    deciding.decide(graph, Verdict.CORRECT, [fact.iri], STAMP, {"issued": "2021-05-28"})
    rebuild(graph, other_content("regulation", in_force="2021-07-02"))
    row = next(row for row in rows(graph, "regulations") if row["fact"] == fact.iri.value)
    assert (row["issued"], row["inForce"]) == ("2021-05-28", "2021-07-02")


def test_a_corrected_field_rests_on_the_persons_reading_and_no_longer_on_the_rules(graph: Path) -> None:
    regulation, agreement = the_fact(graph, "regulation"), the_fact(graph, "agreement", words="Hubei")
    deciding.decide(graph, Verdict.CORRECT, [regulation.iri], STAMP, {"inForce": "2022-07-01"})
    deciding.decide(graph, Verdict.CORRECT, [agreement.iri], STAMP, {"party": "Hunan; Jiangxi"})
    rebuild(graph)
    assert the_fact(graph, "regulation").judgements == (
        "inferred: inForce by rule correction: Li Wei read it so: The sentence says otherwise.",
    )
    (decided,) = (fact for fact in known_facts(graph) if fact.iri == agreement.iri)
    assert dict(decided.values)["party"] == "Hunan; Jiangxi"
    assert decided.certainty == "inferred"


def test_a_later_correction_of_the_same_field_replaces_the_earlier_one(graph: Path) -> None:
    iri = the_fact(graph, "indicator").iri
    deciding.decide(graph, Verdict.CORRECT, [iri], STAMP, {"value": "1250", "period": "2021"})
    deciding.decide(graph, Verdict.CORRECT, [iri], LATER, {"value": "1300"})
    held = {(one.field, one.value) for one in active(read_decisions(graph)) if isinstance(one, FactDecision)}
    assert held == {("value", "1300"), ("period", "2021")}
    rebuild(graph)
    assert dict(the_fact(graph, "indicator").values)["value"] == "1300"


CORRECTIONS = {
    ("regulation", "title"): "Data Rules of Hunan",
    ("regulation", "area"): "Hubei",
    ("regulation", "issued"): "2021-05",
    ("regulation", "inForce"): "2021-07-02",
    ("agreement", "party"): "Hunan; Shanxi Intellectual Property Administration",
    ("agreement", "subject"): "open data",
    ("agreement", "signed"): "2021",
    ("agency", "name"): "Hunan Bureau of Data",
    ("agency", "parent"): "China National Intellectual Property Administration",
    ("agency", "area"): "Changsha",
    ("platform", "name"): "data cluster",
    ("platform", "area"): "Zhuzhou",
    ("platform", "member"): "Changsha Data Center; 13 law firms",
    ("platform", "level"): "municipal",
    ("platform", "coverage"): "14 cities",
    ("post", "person"): "Li Weimin",
    ("post", "role"): "deputy director",
    ("post", "organization"): "Hunan",
    ("indicator", "measure"): "firms",
    ("indicator", "value"): "1201.5",
    ("indicator", "unit"): "percent",
    ("indicator", "area"): "Hunan",
    ("indicator", "period"): "2019/2020",
    ("indicator", "status"): "target",
    ("indicator", "change"): "-4",
    ("indicator", "trend"): "decrease",
    ("policy", "measure"): "granted rewards",
    ("policy", "area"): "Changsha",
    ("policy", "target"): "universities",
    ("policy", "period"): "2020",
    ("statement", "speaker"): "Zhao Min",
    ("statement", "quote"): "the number of data companies rose",
}


def test_every_field_of_every_kind_has_a_correction_below() -> None:
    assert set(CORRECTIONS) == {(kind, field) for kind, known in FIELDS.items() for field in known}


@pytest.mark.parametrize(("kind", "field"), CORRECTIONS, ids="-".join)
def test_a_field_is_corrected_and_the_fact_passes_the_gate_under_its_own_iri(
    small_graph: Path, kind: str, field: str
) -> None:
    document = hunan_document()
    known = next(fact for fact in known_facts(small_graph, mint("document", "hunan")) if fact.kind == kind)
    decided = FactDecision(
        mint("decision", "1"), Verdict.CORRECT, as_decided(known), STAMP, field, CORRECTIONS[kind, field]
    )
    done = replay(document, small_facts(document), [decided])
    assert gate(done.triples).quarantined == ()
    (fact,) = (fact for fact in done.triples.facts if fact.iri == known.iri)
    assert written(fact.fact.content, field) == CORRECTIONS[kind, field]
    assert len(done.triples.facts) == 11


def hunan_document() -> Document:
    return Document.from_text(HUNAN_TEXT, "hunan")


def as_decided(fact: KnownFact) -> deciding.DecidedFact:
    return deciding.DecidedFact(fact.iri, fact.document, fact.kind, fact.subjects, fact.quote)


@pytest.mark.parametrize(
    ("content", "field", "text", "problem"),
    [
        (Indicator("firms", Decimal(1)), "number", "2", "has no field 'number'; it has measure, value, unit, area"),
        (Indicator("firms", Decimal(1)), "value", "many", "'many' is no plain number"),
        (Indicator("firms", Decimal(1)), "value", "", "value cannot be empty"),
        (Indicator("firms", Decimal(1)), "period", "2021-13", "'2021-13' is no year, month, day or interval"),
        (Indicator("firms", Decimal(1)), "status", "planned", "'planned' is no status; use one of actual, target"),
        (Regulation("Rules"), "title", " ", "title cannot be empty"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(content: Content, field: str, text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        correct(content, field, text)


def test_names_of_a_correction_are_looked_up_in_the_authority_files() -> None:
    assert correct(Regulation("Rules"), "area", "Shanxi province") == Regulation(
        "Rules", Area("Shanxi province", "CN-SX")
    )
    assert correct(Agency(Body("X")), "parent", "CNIPA") == Agency(
        Body("X"), Body("CNIPA", "china-national-intellectual-property-administration")
    )
    assert correct(Post("Li Wei", "head"), "organization", "Tea Office") == Post("Li Wei", "head", Body("Tea Office"))
    assert correct(Regulation("Rules", HUNAN), "area", "") == Regulation("Rules")


def test_a_wrong_correction_is_not_kept(graph: Path) -> None:
    fact = the_fact(graph, "indicator")
    with pytest.raises(UsageError, match=r"fact/hunan/\w+: 'many' is no plain number"):
        deciding.decide(graph, Verdict.CORRECT, [fact.iri], STAMP, {"unit": "firms", "value": "many"})
    with pytest.raises(GraphError, match=r"fact/hunan/0: the graph has no such fact; `shanxi-kg query facts`"):
        deciding.decide(graph, Verdict.REJECT, [fact.iri, mint("fact", "hunan", "0")], STAMP)
    assert not (graph / "decisions.ttl").exists()


# Where the IRI has changed


def test_a_decision_follows_the_one_fact_of_the_same_document_kind_and_subject(graph: Path) -> None:
    post = the_fact(graph, "post")
    deciding.decide(graph, Verdict.CORRECT, [post.iri], STAMP, {"role": "acting director"})
    report = rebuild(graph, other_content("post", person="Li Weimin"))
    new = the_fact(graph, "post")
    assert new.iri != post.iri
    assert dict(new.values)["role"] == "acting director"
    assert [(one.target, one.moved) for one in report.documents[1].applied] == [(new.iri, True)]
    assert report.orphans == ()


def test_an_indicator_is_found_by_what_it_counts_and_the_value(graph: Path) -> None:
    count = the_fact(graph, "indicator")
    deciding.decide(graph, Verdict.CORRECT, [count.iri], STAMP, {"unit": "companies"})
    report = rebuild(graph, other_content("indicator", area=HUNAN, period="2019"))
    assert [one.moved for document in report.documents for one in document.applied] == [True]
    assert dict(the_fact(graph, "indicator").values)["unit"] == "companies"


def test_a_decision_on_a_value_does_not_pass_to_another_value(graph: Path) -> None:
    count = the_fact(graph, "indicator")
    (rejected,) = deciding.decide(graph, Verdict.REJECT, [count.iri], STAMP)
    report = rebuild(graph, other_content("indicator", value=Decimal(1210)))
    assert report.orphans == (rejected,)
    assert dict(the_fact(graph, "indicator").values)["value"] == "1210"


def two_directors(quotes: Sequence[str]) -> Extract:
    """Return an extraction that reads the one director as two persons, on these words."""

    def extract(document: Document) -> Iterator[Fact]:
        for fact in small_facts(document):
            if not isinstance(fact.content, Post):
                yield fact
                continue
            for name, quote in zip(("Li Weimin", "Li Weiguo"), quotes, strict=True):
                yield replace(fact, content=replace(fact.content, person=name), evidence=evidence(HUNAN_TEXT, quote))

    return lambda document: tuple(extract(document))


def test_of_two_facts_about_one_subject_the_one_with_the_same_words_is_meant_else_none(graph: Path) -> None:
    post = the_fact(graph, "post")
    (accepted,) = deciding.decide(graph, Verdict.ACCEPT, [post.iri], STAMP)
    told = rebuild(graph, two_directors(("Li Wei, director", "Li Wei, director of the Hunan Data Bureau")))
    second = next(f for f in known_facts(graph) if f.kind == "post" and f.quote == post.quote)
    assert [one.target for one in told.documents[1].applied] == [second.iri]
    told = rebuild(graph, two_directors(("Li Wei, director", "Li Wei, director of the Hunan Data")))
    assert told.orphans == (accepted,)


def test_what_matches_nothing_any_more_is_reported_until_somebody_mends_it(graph: Path) -> None:
    (rejected,) = deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "policy", words="subsidies").iri], STAMP)
    assert orphaned(graph) == ()  # it waits for the build
    gone = changed(lambda fact: None if fact.kind == "policy" else fact)
    for _ in range(2):
        assert rebuild(graph, gone).orphans == (rejected,)
        assert orphaned(graph) == (rejected,)
        assert [row["decision"] for row in rows(graph, "decisions", only="orphaned")] == [rejected.iri.value]


def test_of_a_document_that_could_not_be_read_no_decision_is_called_an_orphan(graph: Path) -> None:
    deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "indicator", "hubei").iri], STAMP)
    (graph / "sources" / "hubei.txt").write_bytes(b"\x00\x01\x02" * 99)
    report = rebuild(graph)
    assert len(report.failures) == 1
    assert report.orphans == ()


# Merge and split


def test_merged_bodies_are_one_in_all_documents(graph: Path) -> None:
    text = HUBEI_TEXT + "\nThe Data Bureau told the Bureau of Data of Hunan.\n"
    (graph / "sources" / "hubei.txt").write_text(text, "utf-8", newline="")

    def extract(document: Document) -> tuple[Fact, ...]:
        if document.name != "hubei":
            return small_facts(document)
        posts = (("Wang Fang", "Data Bureau"), ("Xu Li", "Bureau of Data of Hunan"))
        told = (Fact(Post(person, "head", Body(name)), evidence(text, name)) for person, name in posts)
        return (*small_facts(document), *told)

    rebuild(graph, extract)
    before = {fact.iri for fact in known_facts(graph)}
    short, long = mint("organization", "data-bureau"), mint("organization", "bureau-of-data-of-hunan")
    made = deciding.merge(graph, BUREAU, [short, long], STAMP)
    assert (made.kept, made.merged, made.label) == (BUREAU, (long, short), "Hunan Data Bureau")
    report = rebuild(graph, extract)
    assert report.orphans == ()
    assert [document.quarantined for document in report.documents] == [(), (), ()]
    assert {fact.iri for fact in known_facts(graph)} == before
    posts = rows(graph, "posts")
    assert {row["organizationIRI"] for row in posts} == {BUREAU.value}
    assert {(row["person"], row["organization"]) for row in posts} == {
        ("Li Wei", "Hunan Data Bureau"),
        ("Wang Fang", "Bureau of Data of Hunan"),
        ("Xu Li", "Bureau of Data of Hunan"),
    }
    told = statements(graph)
    assert {triple.object for triple in told if triple.subject == BUREAU and triple.predicate == SKOS["prefLabel"]} == {
        Literal("Hunan Data Bureau", language="en")
    }
    assert {triple.subject for triple in told if triple.predicate == DCTERMS["isReplacedBy"]} == {short, long}
    mentions = [triple.subject for triple in told if (triple.predicate, triple.object) == (SX["mentionOf"], BUREAU)]
    assert sorted(str(mention.value).split("/")[-2] for mention in mentions) == ["hubei", "hunan"]  # type: ignore[union-attr]
    assert {triple.predicate for triple in told if triple.object in (short, long)} == {SX["appliedTo"]}
    assert audit(graph) == ()


def test_a_body_can_be_merged_into_a_known_one_and_a_known_one_into_another(graph: Path) -> None:
    known = mint("organization", "china-national-intellectual-property-administration")
    deciding.merge(graph, known, [BUREAU], STAMP)
    rebuild(graph)
    assert {row["organizationIRI"] for row in rows(graph, "posts")} == {known.value}
    assert {row["organizationLabel"] for row in rows(graph, "posts")} == {
        "China National Intellectual Property Administration"
    }
    (graph / "decisions.ttl").unlink()
    as_known = other_content("post", organization=Body("CNIPA", known.value.rpartition("/")[2]))
    rebuild(graph, as_known)
    deciding.merge(graph, BUREAU, [known], STAMP)
    report = rebuild(graph, as_known)
    assert [document.quarantined for document in report.documents] == [(), (), ()]
    assert {row["organizationLabel"] for row in rows(graph, "posts")} == {"Hunan Data Bureau"}
    assert audit(graph) == ()


def test_facts_that_a_merge_makes_the_same_become_one(graph: Path) -> None:
    deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], STAMP)
    rebuild(graph)
    (row,) = rows(graph, "agencies")
    assert (row["agency"], row["nameLabel"]) == (BUREAU.value, "Hunan Data Bureau")
    assert audit(graph) == ()


def test_merges_of_merges_are_followed_to_their_end_and_circles_refused(graph: Path) -> None:
    known = mint("organization", "china-national-intellectual-property-administration")
    deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], STAMP)
    deciding.merge(graph, known, [BUREAU], STAMP)
    with pytest.raises(GraphError, match=r"decisions\.ttl:\d+: <.*>: merges and splits go round in a circle"):
        deciding.merge(graph, CENTER_OF_BUREAU, [known], LATER)
    with pytest.raises(GraphError, match=r"contradicts <.*> \(line \d+\)"):
        deciding.merge(graph, mint("organization", "asian-development-bank"), [BUREAU], LATER)
    rebuild(graph)
    assert {row["agency"] for row in rows(graph, "agencies")} == {known.value}


@pytest.mark.parametrize(
    ("kept", "merged", "problem"),
    [
        (
            "organization/hunan-data-bureau",
            "organization/nowhere",
            "organization/nowhere: the graph knows nothing of it",
        ),
        ("organization/hunan-data-bureau", "person/li-wei", "a person cannot be merged into a organization"),
        ("organization/hunan-data-bureau", "organization/hunan-data-bureau", "cannot be merged into itself"),
        ("document/hunan", "document/hubei", "document/hunan: is nothing that can be merged or split"),
    ],
)
def test_what_cannot_be_one_is_not_merged(graph: Path, kept: str, merged: str, problem: str) -> None:
    with pytest.raises((GraphError, UsageError), match=problem):
        deciding.merge(graph, mint(*kept.split("/")), [mint(*merged.split("/"))], STAMP)
    assert not (graph / "decisions.ttl").exists()


def test_a_split_gives_an_entity_another_iri_in_some_documents_only(graph: Path) -> None:
    indicator = mint("indicator", "company-data")
    made = deciding.split(graph, indicator, ["hubei"], "Data companies by another count", STAMP)
    report = rebuild(graph)
    assert report.orphans == ()
    assert {(row["document"], row["measureIRI"]) for row in rows(graph, "indicators")} == {
        (mint("document", "hunan").value, indicator.value),
        (mint("document", "hubei").value, made.new.value),
    }
    label = Triple(made.new, SKOS["prefLabel"], Literal("Data companies by another count", language="en"))
    assert label in statements(graph)
    assert audit(graph) == ()


def test_a_known_body_is_split_with_what_it_is(graph: Path) -> None:
    known = mint("organization", "china-national-intellectual-property-administration")
    as_known = other_content("post", organization=Body("CNIPA", known.value.rpartition("/")[2]))
    rebuild(graph, as_known)
    made = deciding.split(graph, known, ["hunan"], "Hunan Office for IP", STAMP)
    assert [document.quarantined for document in rebuild(graph, as_known).documents] == [(), (), ()]
    assert {row["organizationIRI"] for row in rows(graph, "posts")} == {made.new.value}
    assert audit(graph) == ()


def test_a_split_needs_a_document_of_the_graph_and_a_label_of_its_own(graph: Path) -> None:
    with pytest.raises(GraphError, match="nowhere: the graph has no such document"):
        deciding.split(graph, BUREAU, ["nowhere"], "Another Bureau", STAMP)
    with pytest.raises(UsageError, match="is what organization/hunan-data-bureau is called already"):
        deciding.split(graph, BUREAU, ["hunan"], "Hunan Data Bureau", STAMP)


# decisions.ttl


HEAD = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix sx: <https://w3id.org/shanxi-kg/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/shanxi-kg/id/> .

<agent/li-wei> a prov:Agent ; foaf:name "Li Wei" .

"""
BY_HAND = """\
<decision/one> a sx:Rejection ;
    sx:onFact <fact/hunan/1> ; sx:onDocument <document/hunan> ; sx:onKind sx:PolicyFact ;
    sx:onSubject <policy/x> ; sx:onQuote "granted subsidies" ;
    prov:wasAttributedTo <agent/li-wei> ; dcterms:date "2026-11-24"^^xsd:date ; dcterms:description "No." .
"""
A_MERGE = """\
<decision/two> a sx:Merge ; sx:keeps <organization/a> ; sx:merges <organization/b> ; sx:entityLabel "A"@en ;
    prov:wasAttributedTo <agent/li-wei> ; dcterms:date "2026-11-24"^^xsd:date ; dcterms:description "One." .
"""


def by_hand(graph: Path, text: str) -> Path:
    graph.mkdir(exist_ok=True)
    (graph / "decisions.ttl").write_text(HEAD + text, "utf-8")
    return graph


def test_decisions_can_be_written_by_hand(tmp_path: Path) -> None:
    one, two = read_decisions(by_hand(tmp_path, BY_HAND + A_MERGE))
    stamp = Stamp("Li Wei", "2026-11-24", "No.")
    fact = deciding.DecidedFact(
        mint("fact", "hunan", "1"), mint("document", "hunan"), "policy", (mint("policy", "x"),), "granted subsidies"
    )
    assert one == FactDecision(mint("decision", "one"), Verdict.REJECT, fact, stamp)
    merged = (mint("organization", "b"),)
    assert two == Merge(mint("decision", "two"), mint("organization", "a"), merged, "A", replace(stamp, reason="One."))


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (BY_HAND.replace('"No." .', '"No."'), 14, "mend the file"),
        (BY_HAND.replace("sx:Rejection", "sx:Rejecton"), 10, "must be of exactly one of the classes sx:Acceptance"),
        (BY_HAND.replace("sx:Rejection", "sx:Rejection, sx:Acceptance"), 10, "must be of exactly one of the classes"),
        (BY_HAND.replace("sx:onQuote", "sx:onQuotes"), 10, "has no property <.*#onQuotes>; take it out"),
        (BY_HAND.replace("sx:onSubject <policy/x> ;", ""), 10, "needs at least one <.*#onSubject>, not 0"),
        (BY_HAND.replace('"No."', '"No.", "Never."'), 10, "needs exactly one <.*description>, not 2"),
        (BY_HAND.replace('"No."', '" "'), 10, "description> is empty; give it words"),
        (BY_HAND.replace("2026-11-24", "2026-11-31"), 10, "'2026-11-31' is no day"),
        (BY_HAND.replace("sx:PolicyFact", "sx:Policy"), 10, "sx:onKind must be one of sx:RegulationFact"),
        (BY_HAND.replace("<fact/hunan/1>", '"1"'), 10, "#onFact> needs an IRI"),
        (BY_HAND.replace("<agent/li-wei>", "<agent/nobody>"), 10, "its author <.*nobody> needs exactly one foaf:name"),
        (A_MERGE.replace("organization/b", "organization/a"), 10, "keeps an entity that it merges"),
        (
            BY_HAND.replace("Rejection", "Correction ; sx:field 'period' ; sx:correctedValue 'soon'"),
            10,
            "'soon' is no year",
        ),
        (
            BY_HAND + BY_HAND.replace("one", "two").replace("Rejection", "Acceptance"),
            14,
            r"contradicts <.*one> \(line 10\)",
        ),
        (
            BY_HAND + A_MERGE + A_MERGE.replace("two", "three").replace("tion/a", "tion/c"),
            16,
            r"contradicts <.*\(line 14\)",
        ),
        (A_MERGE + A_MERGE.replace("two", "three").replace('"A"', '"B"'), 12, r"contradicts <.*two> \(line 10\)"),
    ],
)
def test_a_slip_of_the_hand_is_reported_with_file_and_line_and_stops_the_build(
    graph: Path, text: str, line: int, problem: str
) -> None:
    before = {path: path.read_bytes() for path in graph.rglob("*.ttl")}
    by_hand(graph, text)
    with pytest.raises(GraphError, match=rf"decisions\.ttl:{line}:.*{problem}"):
        rebuild(graph)
    assert {path: path.read_bytes() for path in graph.rglob("*.ttl") if path.name != "decisions.ttl"} == before


def test_what_else_a_decisions_file_says_stays_in_it_and_a_decision_is_added_once(graph: Path) -> None:
    by_hand(graph, "<decision/one> <http://purl.org/dc/terms/relation> <policy/x> .\n")
    iri = the_fact(graph, "policy", words="subsidies").iri
    for _ in range(2):
        deciding.decide(graph, Verdict.REJECT, [iri], STAMP)
    text = (graph / "decisions.ttl").read_text("utf-8")
    assert text.count("sx:Rejection") == 1
    assert "dcterms:relation" in text
    assert [path.name for path in graph.iterdir() if path.name.startswith(".")] == []


def test_a_decision_that_does_not_fit_leaves_the_file_as_it_was(graph: Path) -> None:
    by_hand(graph, BY_HAND)
    before = (graph / "decisions.ttl").read_bytes()
    (one,) = read_decisions(graph)
    assert isinstance(one, FactDecision)
    with pytest.raises(GraphError, match="contradicts"):
        add_decisions(graph, [replace(one, iri=mint("decision", "2"), verdict=Verdict.ACCEPT)])
    assert (graph / "decisions.ttl").read_bytes() == before


def test_what_commands_write_reads_back_and_obeys_the_shapes(graph: Path) -> None:
    made = [
        *deciding.decide(graph, Verdict.ACCEPT, [the_fact(graph, "post").iri], STAMP),
        *deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "platform").iri], STAMP),
        *deciding.decide(graph, Verdict.CORRECT, [the_fact(graph, "indicator").iri], STAMP, {"value": "5", "unit": ""}),
        deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], LATER),
        deciding.split(graph, mint("indicator", "company-data"), ["hubei", "hunan"], "Other firms", LATER),
    ]
    assert set(read_decisions(graph)) == set(made)
    assert validate_graph(parse_file(graph / "decisions.ttl"), warnings=True) == ()
    assert all(isinstance(t.subject, NamedNode) for t in parse_file(graph / "decisions.ttl"))


def test_a_decision_that_is_taken_while_a_build_runs_is_kept(graph: Path) -> None:
    iri = the_fact(graph, "post").iri

    def extract(document: Document) -> tuple[Fact, ...]:
        if document.name == "hunan":
            deciding.decide(graph, Verdict.ACCEPT, [iri], STAMP)
        return small_facts(document)

    rebuild(graph, extract)
    assert [one.fact.iri for one in read_decisions(graph) if isinstance(one, FactDecision)] == [iri]


def test_the_order_in_the_file_does_not_show_in_the_graph(graph: Path) -> None:
    deciding.decide(graph, Verdict.CORRECT, [the_fact(graph, "indicator").iri], STAMP, {"value": "5", "period": "2021"})
    deciding.decide(graph, Verdict.REJECT, [the_fact(graph, "policy", words="subsidies").iri], STAMP)
    deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], LATER)
    rebuild(graph)
    first = {path.name: path.read_bytes() for path in (graph / "documents").iterdir()}
    head, *blocks = (graph / "decisions.ttl").read_text("utf-8").split("\n\n")
    (graph / "decisions.ttl").write_text("\n\n".join([head, *blocks[::-1]]), "utf-8")
    rebuild(graph)
    assert {path.name: path.read_bytes() for path in (graph / "documents").iterdir()} == first


def test_only_the_documents_that_a_decision_bears_on_need_to_be_built_again(graph: Path) -> None:
    hunan, hubei = mint("document", "hunan"), mint("document", "hubei")

    def prints() -> tuple[str, str]:
        known = read_decisions(graph)
        return fingerprint(known, hunan), fingerprint(known, hubei)

    none = prints()
    deciding.decide(graph, Verdict.ACCEPT, [the_fact(graph, "post").iri], STAMP)
    accepted = prints()
    deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], STAMP)
    merged = prints()
    deciding.split(graph, mint("indicator", "company-data"), ["hubei"], "Other firms", STAMP)
    split = prints()
    assert none[0] != accepted[0] != merged[0] == split[0]
    assert none[1] == accepted[1] != merged[1] != split[1]


# Asked by query


def test_the_query_of_decisions_answers_alike_in_oxigraph_and_rdflib(graph: Path) -> None:
    iri = the_fact(graph, "policy", words="subsidies").iri
    deciding.decide(graph, Verdict.REJECT, [iri], STAMP)
    deciding.decide(graph, Verdict.ACCEPT, [iri], LATER)
    deciding.decide(graph, Verdict.CORRECT, [the_fact(graph, "indicator").iri], STAMP, {"value": "5"})
    deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], LATER)
    rebuild(graph)
    deciding.decide(graph, Verdict.ACCEPT, [the_fact(graph, "post").iri], LATER)
    query = queries.stored_query("decisions")
    answer = open_graph(graph).select(query.text)
    merged = Graph()
    for path in (*published_files(graph), *authority_files()):
        merged.parse(path, format="turtle")
    expected = [tuple(None if term is None else str(term) for term in row) for row in merged.query(query.text)]  # type: ignore[union-attr]
    assert [tuple(getattr(term, "value", None) for term in row) for row in answer.rows] == expected
    assert [(row["verdict"], row["status"]) for row in answer.values()] == [
        *sorted([("rejection", "replaced"), ("correction", "applied")], key=lambda pair: _order(answer, pair)),
        *sorted(
            [("acceptance", "applied"), ("merge", "applied"), ("acceptance", "waiting")],
            key=lambda pair: _order(answer, pair),
        ),
    ]


def _order(answer: Solutions, pair: tuple[str, str]) -> int:
    return [(row["verdict"], row["status"]) for row in answer.values()].index(pair)


def test_a_rejected_fact_that_is_published_all_the_same_is_found_by_the_checks(graph: Path) -> None:
    fact = the_fact(graph, "policy", words="subsidies")
    path = graph / "documents" / "hunan.ttl"
    with_fact = path.read_text("utf-8")
    (rejected,) = deciding.decide(graph, Verdict.REJECT, [fact.iri], STAMP)
    rebuild(graph)
    assert audit(graph) == ()
    path.write_text(with_fact + f"\n{rejected.iri} {SX['appliedTo']} {fact.iri} .\n", "utf-8")
    found = {finding.rule for finding in audit(graph)}
    assert found == {
        "check figure-that-differs-from-the-facts",
        "check rejected-fact-that-is-published",
        "conflicts",
        "manifest",
    }


# The story: what users of such systems complain of most is that their corrections are gone after the next build


def test_the_story_of_a_graph_that_is_read_decided_on_reworded_and_built_again(graph: Path) -> None:
    """Build, reject, correct, merge, change a rule, reword the article, build again: the decisions hold."""
    before = changes.read_state(str(graph))
    count, rules = the_fact(graph, "indicator"), the_fact(graph, "regulation")
    subsidy, signs = (the_fact(graph, "policy", words=words) for words in ("subsidies", "signs"))
    merged = the_fact(graph, "agency", words="Center")
    (rejected,) = deciding.decide(graph, Verdict.REJECT, [subsidy.iri], STAMP)
    corrected = deciding.decide(graph, Verdict.CORRECT, [count.iri], STAMP, {"value": "1250"})
    (accepted,) = deciding.decide(graph, Verdict.ACCEPT, [signs.iri], STAMP)
    merge = deciding.merge(graph, BUREAU, [CENTER_OF_BUREAU], STAMP, "Data Bureau of Hunan")
    decided = read_decisions(graph)

    article = (graph / "sources" / "hunan.txt").read_text("utf-8")
    article = article.replace("Hunan granted subsidies to small", "Hunan granted generous subsidies to small")
    article = article.replace(" and protected Olympic signs and special signs", "")
    article = article.replace("rose to 1,200 in 2020", "rose, as he put it, to 1,200 in 2020")
    (graph / "sources" / "hunan.txt").write_text(article, "utf-8", newline="")

    def better_rule(document: Document) -> tuple[Fact, ...]:
        """Read the reworded article, and the place of a count as the province that the article is about."""
        told = (fact for fact in small_facts(document) if fact.content != _policy_on_signs())
        return tuple(_reworded(_placed(fact, document), document) for fact in told)

    report = rebuild(graph, better_rule)
    assert report.orphans == (accepted,)
    assert [document.quarantined for document in report.documents] == [(), (), ()]
    assert read_decisions(graph) == decided
    applied = {one.decision for document in report.documents for one in document.applied}
    assert applied == {rejected.iri, corrected[0].iri, merge.iri}
    assert [row["measure"] for row in rows(graph, "policies")] == []
    (value,) = (row for row in rows(graph, "indicators") if str(row["document"]).endswith("/hunan"))
    assert (value["value"], value["area"]) == (1250, "Hunan")
    assert [(row["machine"], row["status"]) for row in rows(graph, "decisions", only="applied") if row["field"]] == [
        ("1200", "applied")
    ]
    assert [(row["agency"], row["nameLabel"]) for row in rows(graph, "agencies")] == [
        (BUREAU.value, "Data Bureau of Hunan")
    ]
    assert the_fact(graph, "regulation") == rules
    assert audit(graph) == ()
    (told,) = changes.compare(before, changes.read_state(str(graph))).documents
    assert {fact.iri for fact in told.withdrawn} == {subsidy.iri.value, signs.iri.value, merged.iri.value}
    assert told.added == ()
    assert {(one.new.kind, field.field) for one in told.changed for field in one.fields} == {
        *(("indicator", name) for name in ("about", "area", "areaName", "correctedField", "value")),
        *(("agency", "about"), ("platform", "member"), ("post", "organization")),
    }
    assert [one.new.kind for one in told.evidence] == ["statement"]


def _policy_on_signs() -> Content:
    return next(
        fact.content
        for fact in small_facts(hunan_document())
        if fact.kind == "policy" and "signs" in fact.evidence.quote
    )


def _placed(fact: Fact, document: Document) -> Fact:
    if isinstance(fact.content, Indicator) and fact.content.area == CHANGSHA and document.name == "hunan":
        return replace(fact, content=replace(fact.content, area=HUNAN))
    return fact


def _reworded(fact: Fact, document: Document) -> Fact:
    changes = {
        "granted subsidies": "granted generous subsidies",
        "rose to 1,200": "rose, as he put it, to 1,200",
    }
    quote = fact.evidence.quote
    for old, new in changes.items():
        quote = quote.replace(old, new) if document.name == "hunan" else quote
    claims = tuple(evidence(document.text, claim.quote) for claim in fact.claims)
    return replace(fact, evidence=evidence(document.text, quote), claims=claims)
