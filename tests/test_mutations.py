"""The gate is proven: whatever a shape forbids is caught by that very constraint, and vacuous shapes are found."""

from __future__ import annotations

from pathlib import Path

import mutations
import pytest
from pyoxigraph import NamedNode

from shanxi_kg.errors import OntologyError
from shanxi_kg.namespaces import SH
from shanxi_kg.ontology import file_triples
from shanxi_kg.turtle import parse_file
from shanxi_kg.validation import gate, quarantine_triples, shacl, validate_graph

TOP = Path(__file__).parent.parent
README, SHAPES = TOP / "README.md", TOP / "ontology" / "shapes.ttl"


@pytest.fixture(scope="module")
def tallies() -> dict[str, mutations.Tally]:
    """What became of the mutations of all constraints."""
    return mutations.tallies()


@pytest.mark.parametrize("kind", mutations.WAYS)
def test_each_constraint_catches_what_breaks_it(tallies: dict[str, mutations.Tally], kind: str) -> None:
    found = tallies[kind]
    assert found.missed == ()
    assert found.mutations == found.caught >= found.constraints > 0


def test_every_constraint_of_the_shapes_is_counted(tallies: dict[str, mutations.Tally]) -> None:
    named = [t for t in file_triples("shapes") if isinstance(t.subject, NamedNode)]
    parameters = [t.predicate.value.removeprefix(SH.iri) for t in named if t.predicate.value.startswith(SH.iri)]
    written = [one for one in parameters if one not in mutations.NOT_CONSTRAINTS]
    assert sum(one.constraints for one in tallies.values()) == len(written) > 400


def test_the_valid_graphs_are_valid() -> None:
    for name, graph in mutations.valid_graphs().items():
        assert validate_graph(graph, warnings=True) == (), name
    assert gate(mutations.valid_document()).kept_back == ()


def test_no_shape_is_empty_or_on_what_no_valid_fact_has() -> None:
    assert mutations.unsound() == []


def test_a_fact_whose_words_are_not_in_the_text_is_kept_back() -> None:
    found = dict(mutations.ungrounded())
    assert len(found) == 5
    assert {way for way, caught in found.items() if not caught} == set()


def test_a_literal_that_does_not_fit_its_datatype_is_caught_wherever_it_stands() -> None:
    found = dict(mutations.ill_typed())
    assert found == dict.fromkeys(("date", "decimal", "gYearMonth", "integer", "nonNegativeInteger"), True)


@pytest.mark.slow
def test_the_gate_keeps_back_each_kind_of_broken_fact_and_says_by_which_constraint() -> None:
    shapes, facts = shacl.load_shapes("shapes"), {fact.iri.value: fact for fact in mutations.valid_document().facts}
    chosen = {one.shape: one for one in mutations.constraints(shapes)}
    made = [mutation for one in chosen.values() for mutation in mutations.mutations(one, shapes)[:1]]
    of_facts = [
        mutation for mutation in made if mutation.made_of in facts and mutation.constraint.severity == "Violation"
    ]
    assert len(of_facts) > 90
    for mutation in of_facts:
        result = mutations.through_the_gate(facts[mutation.made_of], mutation.graph)
        assert result.facts == (), mutation.constraint
        assert mutations.is_caught(mutation, result.quarantined), mutation.constraint
        components = {t.object for t in quarantine_triples(result) if t.predicate == SH["sourceConstraintComponent"]}
        assert NamedNode(mutation.constraint.component) in components


# Shapes that are vacuous


def use(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the shapes be these; every test has a name of its own for them, since they are read once."""
    (folder / f"{folder.name}.ttl").write_text(text, "utf-8")
    read = file_triples
    monkeypatch.setattr(
        shacl, "file_triples", lambda name: parse_file(folder / f"{name}.ttl") if name == folder.name else read(name)
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("sh:path sx:heading ;", "sh:path sx:headings ;", "Fact-heading maxCount: no valid fact has what it is on"),
        ("sh:targetClass sx:Mention ;", "sh:targetClass sx:Mentions ;", "Mention-of minCount: no valid fact has what"),
        ("sh:targetClass sx:Mention ;", "sh:targetClass sx:Mentions ;", "Mention: nothing valid is a <"),
        ("sh:class sx:Judgement ;", "sh:class sx:Judgment ;", "Fact-judgement: nothing valid is a <"),
        (
            "    sh:class sx:Judgement ;\n",
            "",
            "Fact-judgement constrains nothing",
        ),
        ("shape:Fact-heading, ", "", "Fact-heading is on nothing: it has no target and no node shape uses it"),
        (
            "    sh:property shape:Mention-in-document, shape:Mention-of, shape:Mention-surface-form .",
            "    sh:deactivated false .",
            "Mention constrains nothing",
        ),
        ("sh:class sx:Judgement ;", "sh:qualifiedMinCount 1 ;", "Fact-judgement qualifiedMinCount: no way to break it"),
    ],
)
def test_a_shape_that_is_empty_or_misspelt_is_named(
    old: str, new: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SHAPES.read_text("utf-8")
    assert old in text
    use(text.replace(old, new, 1), tmp_path, monkeypatch)
    assert any(found.startswith(problem) for found in mutations.unsound(tmp_path.name))


SHA256 = '    sh:name "SHA-256"@en ;\n    sh:minCount 1 ;\n    sh:maxCount 1 ;\n    sh:datatype xsd:string ;'


@pytest.mark.parametrize(
    ("old", "new", "missed"),
    [
        ('    sh:pattern "^[0-9a-f]{64}$" ;', '    sh:pattern "." ;', "Document-sha256 pattern"),
        (SHA256, f"    sh:deactivated true ;\n{SHA256}", "Document-sha256 minCount"),
        (SHA256, SHA256.replace("minCount 1", "minCount 0"), "Document-sha256 minCount"),
        (SHA256, SHA256.replace("datatype xsd:string", "minLength 0"), "Document-sha256 minLength"),
    ],
    ids=["a pattern that all match", "a shape that is switched off", "a minimum of none", "a length of none"],
)
def test_a_constraint_that_no_mutation_trips_is_named(
    old: str, new: str, missed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = SHAPES.read_text("utf-8")
    assert old in text
    use(text.replace(old, new, 1), tmp_path, monkeypatch)
    found = mutations.tallies(tmp_path.name, "/Document-sha256")
    assert missed in {name for one in found.values() for name in one.missed}


def test_misspelt_terms_of_shacl_are_refused_before_anything_is_validated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(SHAPES.read_text("utf-8").replace("sh:minCount 1", "sh:mincount 1", 1), tmp_path, monkeypatch)
    with pytest.raises(OntologyError, match="mincount> is no term of SHACL"):
        mutations.tallies(tmp_path.name)


def test_the_table_says_that_all_are_caught_and_stands_in_the_readme() -> None:
    table = mutations.table()
    assert table in README.read_text("utf-8")
    last = table.splitlines()[-1].split("|")
    assert last[1].strip() == "all"
    assert last[3] == last[4]
