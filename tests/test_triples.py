"""Facts to RDF: the model of a fact, who is the same as whom, and what never changes."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.documents import Document
from shanxi_kg.facts import (
    Agency,
    Agreement,
    Area,
    Body,
    Certainty,
    Evidence,
    Fact,
    Group,
    Indicator,
    Judgement,
    Platform,
    Policy,
    Post,
    Regulation,
    Statement,
)
from shanxi_kg.namespaces import (
    CV,
    DCAT,
    DCTERMS,
    ELI,
    FOAF,
    OA,
    ORG,
    PROV,
    QB,
    RDF,
    RDFS,
    SDMX_ATTRIBUTE,
    SDMX_DIMENSION,
    SDMX_MEASURE,
    SKOS,
    SX,
    XSD,
    mint,
)
from shanxi_kg.ontology import prefixes
from shanxi_kg.triples import document_triples
from shanxi_kg.triples.identity import canonical_body, canonical_name, lemma, lemmas, title_case
from shanxi_kg.triples.periods import days, label
from shanxi_kg.turtle import serialize

if TYPE_CHECKING:
    import random

    from shanxi_kg.facts import (
        Content,
    )
    from shanxi_kg.triples import DocumentTriples

TEXT = """\
Gansu sets rules for seeds

Updated: 2022-03-04

Protecting seeds

Under the "Seed Rules of Gansu Province", breeders in Lanzhou are protected, a first for the north-west.
"""
GANSU, SHAANXI, SHANXI = Area("Gansu", "CN-GS"), Area("Shaanxi", "CN-SN"), Area("Shanxi", "CN-SX")
LANZHOU = Area("Lanzhou", "620100")
TYPE, LABEL = RDF["type"], SKOS["prefLabel"]


def document(name: str = "seeds", language: str = "en") -> Document:
    return Document(
        name=name,
        path=None,
        text=TEXT,
        title="Gansu sets rules for seeds",
        issued="2022-03-04",
        source="Lanzhou Evening",
        language=language,
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
    )


def span(quote: str) -> Evidence:
    return Evidence(TEXT.index(quote), TEXT.index(quote) + len(quote), quote)


EVIDENCE = span("breeders in Lanzhou are protected")


def fact(content: Content, **fields: object) -> Fact:
    return Fact(content, EVIDENCE, **fields)  # type: ignore[arg-type]


def triples_of(*contents: Content, name: str = "seeds") -> DocumentTriples:
    return document_triples(document(name), [fact(content) for content in contents])


def about(content: Content, name: str = "seeds") -> str:
    """The IRI of what a fact is about, below the resources."""
    built = triples_of(content, name=name)
    (found,) = values(built, built.facts[0].iri, SX["about"])
    assert isinstance(found, NamedNode)
    return found.value.removeprefix("https://w3id.org/shanxi-kg/id/")


def values(built: DocumentTriples, subject: NamedNode, predicate: NamedNode) -> set[object]:
    return {t.object for t in built.triples if t.subject == subject and t.predicate == predicate}


def statements(built: DocumentTriples, subject: NamedNode) -> set[tuple[NamedNode, object]]:
    return {(t.predicate, t.object) for t in built.triples if t.subject == subject}


def en(text: str) -> Literal:
    return Literal(text, language="en")


def number(text: str, datatype: str = "decimal") -> Literal:
    return Literal(text, datatype=XSD[datatype])


def test_a_document_says_what_it_is() -> None:
    built = document_triples(document(), [])
    assert built.facts == ()
    assert statements(built, mint("document", "seeds")) == {
        (TYPE, NamedNode("https://schema.org/NewsArticle")),
        (TYPE, FOAF["Document"]),
        (TYPE, PROV["Entity"]),
        (DCTERMS["title"], en("Gansu sets rules for seeds")),
        (DCTERMS["issued"], number("2022-03-04", "date")),
        (DCTERMS["language"], NamedNode("http://publications.europa.eu/resource/authority/language/ENG")),
        (SX["sourceName"], Literal("Lanzhou Evening")),
        (SX["sha256"], Literal(hashlib.sha256(TEXT.encode()).hexdigest())),
        (SX["textFile"], Literal("sources/seeds.txt")),
    }


@pytest.mark.parametrize(("issued", "datatype"), [("2022", "gYear"), ("2022-03", "gYearMonth"), ("2022-03-04", "date")])
def test_a_date_of_issue_is_as_precise_as_it_is_printed(issued: str, datatype: str) -> None:
    built = document_triples(Document(**{**fields_of(document()), "issued": issued}), [])  # type: ignore[arg-type]
    assert values(built, built.iri, DCTERMS["issued"]) == {number(issued, datatype)}


def fields_of(found: Document) -> dict[str, object]:
    return {name: getattr(found, name) for name in found.__dataclass_fields__}


def test_a_fact_carries_its_evidence_certainty_and_judgements() -> None:
    judgement = Judgement(Certainty.INFERRED, "area-of-city", "area", "The area is the city's province.")
    claim = span("a first for the north-west")
    told = fact(
        Policy("protecting breeders", GANSU), judgements=(judgement,), heading="Protecting seeds", claims=(claim,)
    )
    built = document_triples(document(), [told])
    (one,) = built.facts
    node, start, end = mint("document", "seeds"), EVIDENCE.start, EVIDENCE.end
    evidence = NamedNode(f"{node.value}#char={start},{end}")
    (judged,) = values(built, one.iri, SX["judgement"])
    assert isinstance(judged, NamedNode)
    assert {
        (TYPE, SX["Fact"]),
        (TYPE, SX["PolicyFact"]),
        (TYPE, PROV["Entity"]),
        (SX["inDocument"], node),
        (SX["evidence"], evidence),
        (SX["claim"], NamedNode(f"{node.value}#char={claim.start},{claim.end}")),
        (SX["certainty"], mint("code", "certainty", "inferred")),
        (SX["attribution"], mint("code", "attribution", "reporter")),
        (SX["heading"], en("Protecting seeds")),
    } <= statements(built, one.iri)
    assert statements(built, evidence) == {
        (TYPE, SX["TextSpan"]),
        (TYPE, PROV["Entity"]),
        (TYPE, OA["SpecificResource"]),
        (TYPE, OA["TextPositionSelector"]),
        (TYPE, OA["TextQuoteSelector"]),
        (OA["hasSource"], node),
        (OA["start"], number(str(start), "nonNegativeInteger")),
        (OA["end"], number(str(end), "nonNegativeInteger")),
        (OA["exact"], Literal("breeders in Lanzhou are protected")),
    }
    assert statements(built, judged) == {
        (TYPE, SX["Judgement"]),
        (SX["certainty"], mint("code", "certainty", "inferred")),
        (SX["rule"], Literal("area-of-city")),
        (SX["field"], Literal("area")),
        (RDFS["comment"], en("The area is the city's province.")),
    }


def test_a_regulation_has_days_only_where_they_are_known() -> None:
    built = triples_of(Regulation("Seed Rules of Gansu Province", GANSU, "2021", "2022-04-01"))
    (one,) = built.facts
    entity = mint("regulation", "seed-rules-of-gansu-province")
    assert {
        (SX["about"], entity),
        (SX["title"], en("Seed Rules of Gansu Province")),
        (SX["area"], mint("place", "CN-GS")),
        (SX["areaName"], en("Gansu")),
        (SX["issued"], mint("period", "2021")),
        (SX["inForce"], mint("period", "2022-04-01")),
    } <= statements(built, one.iri)
    assert statements(built, entity) == {
        (TYPE, ELI["LegalResource"]),
        (LABEL, en("Seed Rules of Gansu Province")),
        (DCTERMS["title"], en("Seed Rules of Gansu Province")),
        (ELI["jurisdiction"], mint("place", "CN-GS")),
        (ELI["type_document"], mint("code", "legal-act", "rules")),
        (ELI["first_date_entry_in_force"], number("2022-04-01", "date")),
    }


def test_an_agreement_binds_its_parties_whatever_their_order() -> None:
    one = triples_of(Agreement((GANSU, SHAANXI), "seed protection", "2021-06"))
    other = triples_of(Agreement((SHAANXI, GANSU), "seed protection"), name="other")
    entity = mint("agreement", about(Agreement((GANSU, SHAANXI), "seed protection")).removeprefix("agreement/"))
    assert values(one, one.facts[0].iri, SX["about"]) == values(other, other.facts[0].iri, SX["about"]) == {entity}
    parties = {mint("place", "CN-GS"), mint("place", "CN-SN")}
    assert values(one, one.facts[0].iri, SX["party"]) == values(one, entity, SX["party"]) == parties
    assert values(one, entity, LABEL) == {en("Agreement between Gansu and Shaanxi on seed protection")}
    assert values(one, one.facts[0].iri, SX["signed"]) == {mint("period", "2021-06")}


def test_partners_of_a_list_have_an_agreement_each() -> None:
    assert about(Agreement((GANSU, SHAANXI))) != about(Agreement((GANSU, SHANXI)))


def test_a_unit_belongs_to_its_body() -> None:
    built = triples_of(Agency(Body("seed department"), Body("Gansu Agriculture Bureau"), GANSU))
    unit = mint("organization", "seed-department-of-gansu-agriculture-bureau")
    body = mint("organization", "gansu-agriculture-bureau")
    assert statements(built, unit) == {
        (TYPE, ORG["Organization"]),
        (TYPE, ORG["OrganizationalUnit"]),
        (TYPE, CV["PublicOrganisation"]),
        (TYPE, FOAF["Agent"]),
        (LABEL, en("Seed Department of Gansu Agriculture Bureau")),
        (ORG["unitOf"], body),
        (ORG["classification"], mint("code", "body-kind", "department")),
        (DCTERMS["spatial"], mint("place", "CN-GS")),
    }
    assert (LABEL, en("Gansu Agriculture Bureau")) in statements(built, body)


def test_a_known_body_is_not_described_again() -> None:
    key = "china-national-intellectual-property-administration"
    built = triples_of(Agency(Body("CNIPA", key), None, Area("China", "CN")))
    assert statements(built, mint("organization", key)) == set()
    assert values(built, built.facts[0].iri, SX["name"]) == {en("CNIPA")}


def test_a_platform_has_a_kind_levels_and_members() -> None:
    members = (Body("Lanzhou Seed Center"), Group("28 related agencies", 28))
    built = triples_of(Platform("seed assistance system", GANSU, members, ("provincial", "county"), "all 14 cities"))
    (one,) = built.facts
    (group,) = {t.subject for t in built.triples if t.object == SX["OrganizationGroup"]}
    entity = mint("platform", "seed-assistance-system-cn-gs")
    assert {(TYPE, SX["Platform"]), (TYPE, SX["AssistanceSystem"])} <= statements(built, entity)
    assert values(built, entity, DCTERMS["type"]) == {mint("code", "platform-kind", "assistance-system")}
    assert values(built, one.iri, SX["member"]) == {mint("organization", "lanzhou-seed-center"), group}
    assert values(built, one.iri, SX["level"]) == {mint("code", "level", "provincial"), mint("code", "level", "county")}
    assert values(built, one.iri, SX["coverage"]) == {en("all 14 cities")}
    assert isinstance(group, NamedNode)
    assert statements(built, group) == {
        (TYPE, FOAF["Group"]),
        (TYPE, FOAF["Agent"]),
        (TYPE, SX["OrganizationGroup"]),
        (LABEL, en("28 related agencies")),
        (SX["groupSize"], number("28", "nonNegativeInteger")),
    }


def test_a_post_is_of_an_organization_and_held_by_a_person() -> None:
    built = triples_of(Post("Ma Lin", "director", Body("Gansu Agriculture Bureau")))
    post = mint("post", "director-gansu-agriculture-bureau")
    assert statements(built, post) == {
        (TYPE, ORG["Post"]),
        (LABEL, en("Director, Gansu Agriculture Bureau")),
        (ORG["role"], mint("role", "director")),
        (ORG["heldBy"], mint("person", "ma-lin")),
        (ORG["postIn"], mint("organization", "gansu-agriculture-bureau")),
    }
    assert (SX["role"], en("director")) in statements(built, built.facts[0].iri)


def test_a_post_that_serves_an_area_lies_in_no_organization() -> None:
    built = triples_of(Post("Ma Lin", "mayor", LANZHOU))
    post = mint("post", "mayor-620100")
    assert (DCTERMS["spatial"], mint("place", "620100")) in statements(built, post)
    assert values(built, built.facts[0].iri, SX["organization"]) == {mint("place", "620100")}


def test_two_persons_in_one_post_are_two_facts_about_it() -> None:
    built = triples_of(Post("Ma Lin", "director", Body("X Bureau")), Post("Li Na", "director", Body("X Bureau")))
    assert len(built.facts) == 2
    assert len({t.object for t in built.triples if t.predicate == SX["about"]}) == 1


def test_an_indicator_is_an_observation_of_the_cube() -> None:
    content = Indicator(
        "seed exports", Decimal("5.32E+6"), "yuan", GANSU, "2021", change=Decimal("-4.30"), trend="decrease"
    )
    built = triples_of(content)
    (one,) = built.facts
    (observation,) = {t.subject for t in built.triples if t.object == QB["Observation"]}
    assert isinstance(observation, NamedNode)
    assert statements(built, observation) == {
        (TYPE, QB["Observation"]),
        (QB["dataSet"], mint("dataset", "indicators")),
        (SX["indicator"], mint("indicator", "export-seed")),
        (SDMX_DIMENSION["refArea"], mint("place", "CN-GS")),
        (SDMX_DIMENSION["refPeriod"], mint("period", "2021")),
        (SX["reportedIn"], mint("document", "seeds")),
        (SDMX_MEASURE["obsValue"], number("5320000")),
        (SDMX_ATTRIBUTE["unitMeasure"], mint("code", "unit", "yuan")),
        (SDMX_ATTRIBUTE["obsStatus"], mint("code", "status", "actual")),
        (SX["trend"], mint("code", "trend", "decrease")),
        (LABEL, en("Seed exports: 5320000 yuan (2021)")),
    }
    assert {
        (SX["value"], number("5320000")),
        (SX["change"], number("-4.30")),
        (SX["unit"], Literal("yuan")),
    } <= statements(built, one.iri)


def test_what_an_observation_does_not_state_is_said_to_be_missing() -> None:
    built = triples_of(Indicator("breeders", Decimal(7)))
    missing = mint("code", "missing", "not-stated")
    found = {t.predicate: t.object for t in built.triples if t.object == missing}
    assert found == {SDMX_DIMENSION["refArea"]: missing, SDMX_DIMENSION["refPeriod"]: missing}
    assert not {SX["area"], SX["period"], SX["unit"]} & {p for p, _ in statements(built, built.facts[0].iri)}


def test_a_policy_finds_its_instruments_groups_and_what_it_protects() -> None:
    built = triples_of(
        Policy("protecting new plant varieties and granting subsidies", GANSU, "farmers and SMEs", "2021")
    )
    found = statements(built, built.facts[0].iri)
    assert {o for p, o in found if p == SX["instrument"]} == {
        mint("code", "instrument", "protection"),
        mint("code", "instrument", "subsidy"),
    }
    assert {o for p, o in found if p == SX["protects"]} == {mint("code", "ip-kind", "plant-variety")}
    assert {o for p, o in found if p == SX["targetGroup"]} == {
        mint("code", "target-group", "farmers"),
        mint("code", "target-group", "small-and-medium-sized-enterprises"),
    }


def test_a_policy_that_protects_nothing_protects_nothing() -> None:
    built = triples_of(Policy("granting rewards for patents", GANSU))
    assert not [t for t in built.triples if t.predicate == SX["protects"]]


def test_a_statement_is_attributed_to_its_speaker() -> None:
    built = triples_of(Post("Ma Lin", "director", Body("X Bureau")), Statement("Ma Lin", "seeds matter"))
    said = built.facts[1]
    assert {
        (SX["speaker"], mint("person", "ma-lin")),
        (SX["quote"], en("seeds matter")),
        (SX["saidBy"], mint("person", "ma-lin")),
        (SX["attribution"], mint("code", "attribution", "official")),
    } <= statements(built, said.iri)


@pytest.mark.parametrize(
    ("speaker", "contents", "key"),
    [
        (None, (), "reporter"),
        ("Ma Lin", (Post("Ma Lin", "director", Body("Gansu Seed Bureau")),), "official"),
        ("Ma Lin", (Post("Ma Lin", "chairman", Body("Gansu Seed Co")),), "speaker"),
        ("Ma Lin", (), "speaker"),
        ("Gansu Bureau of Statistics", (), "official"),
        ("Gansu Seed Co", (), "speaker"),
        ("officials", (), "official"),
        ("experts", (), "speaker"),
        ("a report", (), "document"),
    ],
)
def test_a_fact_rests_on_somebodys_word(speaker: str | None, contents: tuple[Content, ...], key: str) -> None:
    told = [*map(fact, contents), fact(Policy("x", GANSU), speaker=speaker)]
    built = document_triples(document(), told)
    assert values(built, built.facts[-1].iri, SX["attribution"]) == {mint("code", "attribution", key)}
    assert bool(values(built, built.facts[-1].iri, SX["saidBy"])) == (key not in {"reporter", "document"})


def test_a_mention_has_the_longest_name_of_the_document() -> None:
    built = triples_of(
        Agency(Body("Gansu IP Administration"), None, GANSU),
        Agency(
            Body("seed division"), Body("Gansu Intellectual Property Administration"), Area("Gansu province", "CN-GS")
        ),
    )
    entity = mint("organization", "gansu-ip-administration")
    (mention,) = {t.subject for t in built.triples if t.predicate == SX["mentionOf"] and t.object == entity}
    assert isinstance(mention, NamedNode)
    assert statements(built, mention) == {
        (TYPE, SX["Mention"]),
        (SX["inDocument"], mint("document", "seeds")),
        (SX["mentionOf"], entity),
        (SX["surfaceForm"], en("Gansu Intellectual Property Administration")),
    }
    assert values(built, entity, LABEL) == {en("Gansu IP Administration")}


def test_each_fact_has_its_own_graph_with_all_that_it_refers_to() -> None:
    built = triples_of(Agency(Body("X Bureau of Gansu"), None, GANSU), Policy("selling seeds", GANSU, period="2021"))
    agency, policy = (set(one.triples) for one in built.facts)
    assert built.triples == agency | policy | set(built.header)
    assert mint("period", "2021") in {t.subject for t in policy} - {t.subject for t in agency}
    assert mint("organization", "x-bureau-of-gansu") not in {t.subject for t in policy}


def test_the_same_fact_told_twice_is_one_and_keeps_its_first_evidence() -> None:
    first, again = fact(Policy("selling seeds", GANSU)), Fact(Policy("selling seeds", GANSU), span("Protecting seeds"))
    built = document_triples(document(), [first, again])
    assert [one.fact for one in built.facts] == [first]
    assert not [t for t in built.triples if t.object == Literal("Protecting seeds")]


def test_the_same_value_of_two_areas_is_two_facts() -> None:
    built = triples_of(Indicator("breeders", Decimal(5), None, GANSU), Indicator("breeders", Decimal(5), None, SHAANXI))
    assert len(built.facts) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Agency(Body("Gansu IP Administration")), Agency(Body("the Gansu Intellectual Property Administration"))),
        (Agency(Body("Gansu Department of Commerce")), Agency(Body("Gansu Provincial Department of Commerce"))),
        (Agency(Body("Gansu Seed Centre")), Agency(Body("Gansu seed center"))),
        (Agency(Body("seed division"), Body("Gansu Bureau")), Agency(Body("seed division of the Gansu Bureau"))),
        (Agency(Body("seed bureau"), None, GANSU), Agency(Body("Seed Bureau"), None, Area("Gansu province", "CN-GS"))),
        (Regulation("Seed Rules of Gansu"), Regulation("the “Seed Rules of Gansu”", GANSU)),
        (Indicator("granted patents", Decimal(1)), Indicator("Patents granted", Decimal(1))),
        (Policy("selling seeds", GANSU), Policy("the selling seeds", GANSU, period="2021")),
    ],
)
def test_one_thing_told_of_in_two_documents_has_one_iri(one: Content, other: Content) -> None:
    if isinstance(one, Indicator):
        assert indicator_of(one) == indicator_of(other)
    else:
        assert about(one) == about(other, name="other")


def indicator_of(content: Content) -> set[object]:
    return {t.object for t in triples_of(content).triples if t.predicate == SX["indicator"]}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Agency(Body("Shanxi IP Administration")), Agency(Body("Shaanxi IP Administration"))),
        (Agency(Body("Hunan Customs")), Agency(Body("Henan Customs"))),
        (Agency(Body("Datong County Court")), Agency(Body("Datong Court"))),
        (Agency(Body("Jilin Municipal Court")), Agency(Body("Jilin Provincial Court"))),
        (Agency(Body("publicity department"), None, GANSU), Agency(Body("publicity department"), None, SHAANXI)),
        (Agency(Body("law division"), Body("X Bureau")), Agency(Body("law division"), Body("Y Bureau"))),
        (Regulation("a rule on seeds", GANSU), Regulation("a rule on seeds", SHAANXI)),
        (Regulation("14th Five-Year Plan", GANSU), Regulation("13th Five-Year Plan", GANSU)),
        (Platform("seed fund", GANSU), Platform("seed fund", LANZHOU)),
        (Policy("selling seeds", GANSU), Policy("selling seeds", SHAANXI)),
        (Post("Ma Lin", "director", Body("X Bureau")), Post("Ma Lin", "head", Body("X Bureau"))),
    ],
)
def test_two_things_never_share_an_iri(one: Content, other: Content) -> None:
    assert about(one) != about(other)


@pytest.mark.parametrize("content", [Platform("an evaluation system"), Regulation("a plan"), Policy("selling seeds")])
def test_a_mere_description_without_an_area_is_the_documents_own(content: Content) -> None:
    assert about(content) != about(content, name="other")


def test_a_bare_name_means_the_body_that_the_document_tells_more_of() -> None:
    built = triples_of(
        Agency(Body("seed division"), Body("Gansu Bureau"), GANSU),
        Agency(Body("seed division"), None, GANSU),
        Post("Ma Lin", "head", Body("seed division")),
    )
    assert len(built.facts) == 2
    assert values(built, built.facts[1].iri, SX["organization"]) == {
        mint("organization", "seed-division-of-gansu-bureau")
    }


def test_the_indicator_forgets_numbers_areas_and_dates() -> None:
    measures = ["companies in Lanzhou using seeds", "Gansu companies using 3 seeds in May", "company using seed"]
    assert {frozenset(indicator_of(Indicator(m, Decimal(1), None, GANSU))) for m in measures} == {
        frozenset({mint("indicator", "company-seed-use")})
    }


@pytest.mark.parametrize(
    ("words", "base"),
    [
        ("companies patents boxes classes statistics", "company patent box class statistic"),
        ("filed granted approved increased generated stopped", "file grant approve increase generate stop"),
        ("using filing selling growing producing", "use file sell grow produce"),
        ("business china's bus analysis king red", "business china bus analysis king red"),
    ],
)
def test_a_lemma_is_the_base_form(words: str, base: str) -> None:
    assert [lemma(word) for word in words.split()] == base.split()


def test_lemmas_are_sorted_and_unlike_for_unlike_measures() -> None:
    assert lemmas("the total number of patents granted in May 2021") == ("grant", "patent")
    assert lemmas("exports") != lemmas("imports")


def test_names_are_normalised_but_places_and_levels_stay() -> None:
    assert canonical_name("the State Intellectual Property Office (SIPO)") == "State IP Office"
    assert canonical_name("China (Shanxi) IP Protection Center") == "China (Shanxi) IP Protection Center"
    assert canonical_body("Shanxi Provincial IP Office") == canonical_body("Shanxi IP Office")
    assert canonical_body("Datong Municipal Court") == "Datong Municipal Court"
    assert title_case("SHANXI seed R&D center of the PRC") == "Shanxi Seed R&D Center of the PRC"


@pytest.mark.parametrize(
    ("iso", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-07-01", "2021-07-01", "2021-07-01"),
        ("2021-01/2021-08", "2021-01-01", "2021-08-31"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
        ("2021-12-30/2022-01-02", "2021-12-30", "2022-01-02"),
    ],
)
def test_a_period_has_a_first_and_a_last_day(iso: str, first: str, last: str) -> None:
    built = triples_of(Policy("selling seeds", GANSU, period=iso))
    found = statements(built, mint("period", iso.replace("/", "--")))
    assert {
        (TYPE, SX["Period"]),
        (TYPE, DCTERMS["PeriodOfTime"]),
        (SX["iso8601"], Literal(iso)),
        (DCAT["startDate"], number(first, "date")),
        (DCAT["endDate"], number(last, "date")),
    } <= found


@pytest.mark.parametrize(
    "text", ["", "last year", "2021-13", "2021-02-30", "0000", "21", "2021/", "2021-1", "2021-07-01T00:00"]
)
def test_what_is_no_period_has_no_days(text: str) -> None:
    assert days(text) is None
    assert label(text, "en").strip() == text.replace("/", " to ").strip()


@given(st.text(max_size=12))
def test_any_text_as_a_period_gives_triples_that_the_shapes_can_judge(text: str) -> None:
    assert triples_of(Policy("selling seeds", GANSU, period=text)).facts


CONTENTS: list[Content] = [
    Agency(Body("seed division"), Body("Gansu Bureau"), GANSU),
    Agency(Body("Gansu Bureau"), None, GANSU),
    Agreement((GANSU, SHAANXI), "seeds"),
    Indicator("seeds", Decimal("1.50"), None, LANZHOU, "2021"),
    Platform("seed fund", GANSU, (Body("seed division"), Group("some farms"))),
    Policy("selling seeds", Area("Some Town")),
    Post("Ma Lin", "head", Body("seed division")),
    Regulation("Seed Rules", GANSU),
    Statement("experts", "seeds matter", "group"),
]


def test_the_triples_are_the_same_each_time_and_have_no_blank_nodes() -> None:
    one, other = triples_of(*CONTENTS), triples_of(*CONTENTS)
    assert one == other
    assert serialize(one.triples, prefixes()) == serialize(other.triples, prefixes())
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in one.triples)


@given(st.randoms())
def test_the_order_of_unlike_facts_does_not_show(shuffler: random.Random) -> None:
    shuffled = list(CONTENTS)
    shuffler.shuffle(shuffled)
    assert triples_of(*shuffled).triples == triples_of(*CONTENTS).triples


def test_every_entity_has_one_preferred_label() -> None:
    built = triples_of(*CONTENTS)
    labels = [t.subject for t in built.triples if t.predicate == LABEL]
    assert len(labels) == len(set(labels))
    about_what = {t.object for t in built.triples if t.predicate == SX["about"]}
    assert about_what <= set(labels)


def test_literals_have_the_language_of_the_document() -> None:
    built = document_triples(document(language="zh"), [fact(Policy("出售种子", GANSU))])
    assert Triple(built.facts[0].iri, SX["measure"], Literal("出售种子", language="zh")) in built.triples
