"""The things that facts are about: each function takes what a text calls a thing and returns its IRI, triples and name.

Entities are shared by documents and carry no evidence. What the authority files describe is not described again; types
are asserted up to their superclasses, because those who read the graph may not infer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, Triple

from shanxi_kg.codes import code, head_concept
from shanxi_kg.facts import Area, Group
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.namespaces import CV, DCAT, DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SKOS, SX, XSD, digest, mint, slug
from shanxi_kg.ontology import preferred_label
from shanxi_kg.triples import periods
from shanxi_kg.triples.context import Entity
from shanxi_kg.triples.identity import canonical_body, canonical_name, is_proper, sentence_case, title_case

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from shanxi_kg.facts import Body
    from shanxi_kg.triples.context import Context

FORMAL_KINDS = frozenset(
    {"administration", "bureau", "commission", "congress", "court", "customs-house", "government", "ministry"}
    | {"procuratorate", "university"}
)
UNIT_KINDS = frozenset({"department", "division", "office"})


def describe(subject: NamedNode, *values: tuple[NamedNode, NamedNode | Literal | None]) -> tuple[Triple, ...]:
    """Return the triples of a subject; a value of None is left out."""
    return tuple(Triple(subject, predicate, value) for predicate, value in values if value is not None)


def types(*classes: NamedNode) -> tuple[tuple[NamedNode, NamedNode], ...]:
    """Return the values that type a subject by these classes."""
    return tuple((RDF["type"], term) for term in classes)


def english(text: str) -> Literal:
    """Return a text that this package words in English."""
    return Literal(text, language="en")


def period(iso: str) -> Entity:
    """Return a period; one that is no ISO 8601 has no days, and the shapes will refuse it."""
    iri = mint("period", iso.replace("/", "--"))
    span = periods.days(iso)
    values = describe(
        iri,
        *types(SX["Period"], DCTERMS["PeriodOfTime"]),
        (SX["iso8601"], Literal(iso)),
        (RDFS["label"], english(periods.label(iso, "en"))),
        (RDFS["label"], Literal(periods.label(iso, "zh"), language="zh")),
        (DCAT["startDate"], Literal(span[0].isoformat(), datatype=XSD["date"]) if span else None),
        (DCAT["endDate"], Literal(span[1].isoformat(), datatype=XSD["date"]) if span else None),
    )
    return Entity(iri, periods.label(iso, "en"), values)


def place(area: Area) -> Entity:
    """Return an area: the one of the authority file where it has a key there, else one named by its words."""
    if area.key is not None:
        iri = mint("place", area.key)
        return Entity(iri, preferred_label(iri) or area.name, (), area.name)
    name = canonical_name(area.name)
    iri = mint("place", slug(name))
    classes = types(SX["AdministrativeDivision"], DCTERMS["Location"], CV["AdminUnit"], SKOS["Concept"])
    scheme = mint("code", "place")
    described = describe(iri, *classes, (SKOS["prefLabel"], english(name)), (SKOS["inScheme"], scheme))
    return Entity(iri, name, described, area.name)


def organization(body: Body, context: Context) -> Entity:
    """Return a body: the known one, the one of that name that the document tells more of, or one named by its words."""
    if body.key is not None:
        iri = mint("organization", body.key)
        return Entity(iri, preferred_label(iri) or body.name, (), body.name)
    name = canonical_body(body.name)
    told = context.units.get(name.casefold()) or context.bodies.get(name.casefold())
    if told is not None:
        return Entity(told.iri, told.label, told.triples, body.name)
    return _unknown_body(slug(name), title_case(name), body.name)


def agency(body: Body, parent: Body | None, area: Area | None, context: Context) -> Entity:
    """Return a body that a fact tells of; one whose name names no place is told apart by its parent, else by its area.

    'The publicity department' of one province is not that of another.
    """
    name = canonical_body(body.name)
    is_told = parent is None and (area is None or name.casefold() in context.units)
    if body.key is not None or is_told:
        return organization(body, context)
    if parent is not None:
        above = canonical_body(organization(parent, context).label)
        whole = name if above.casefold() in name.casefold() else f"{name} of {above}"
        return _unknown_body(slug(whole), title_case(whole), body.name)
    if area is None or load_gazetteer().places(name):
        return _unknown_body(slug(name), title_case(name), body.name)
    label = f"{title_case(name)} ({place(area).label})"
    return _unknown_body(slug(f"{name} {area.key or area.name}"), label, body.name)


def _unknown_body(name: str, label: str, written: str) -> Entity:
    iri = mint("organization", name)
    described = describe(iri, *types(ORG["Organization"], FOAF["Agent"]), (SKOS["prefLabel"], english(label)))
    return Entity(iri, label, described, written)


def public_body(body: Body, parent: Entity | None, area: Entity | None, entity: Entity) -> tuple[Triple, ...]:
    """Return what an agency fact adds to a body that the authority file does not know: its kind, parent and area.

    A part of a larger body is an organizational unit, a body of a formal kind a formal organization; ORG holds the two
    apart, so they follow from the kind alone and not from what one document happens to say.
    """
    if body.key is not None:
        return ()
    kind = head_concept(body.name, "body-kind")
    is_unit = kind in UNIT_KINDS and parent is not None
    return describe(
        entity.iri,
        (RDF["type"], CV["PublicOrganisation"]),
        (RDF["type"], ORG["FormalOrganization"] if kind in FORMAL_KINDS else None),
        (RDF["type"], ORG["OrganizationalUnit"] if is_unit else None),
        (ORG["unitOf"] if is_unit else ORG["subOrganizationOf"], parent.iri if parent else None),
        (DCTERMS["spatial"], area.iri if area else None),
        (ORG["classification"], code("body-kind", kind) if kind else None),
    )


def person(name: str) -> Entity:
    """Return a person, known by the name alone."""
    iri = mint("person", slug(name))
    described = describe(
        iri, *types(FOAF["Person"], FOAF["Agent"]), (FOAF["name"], english(name)), (SKOS["prefLabel"], english(name))
    )
    return Entity(iri, name, described, name)


def group(members: Group, context: Context, *, of_organizations: bool = True) -> Entity:
    """Return a group that a document counts or mentions; it is the document's own, never another document's."""
    iri = mint("group", context.document.name, digest(members.name))
    label = sentence_case(members.name)
    described = describe(
        iri,
        *types(FOAF["Group"], FOAF["Agent"]),
        (RDF["type"], SX["OrganizationGroup"] if of_organizations else None),
        (SKOS["prefLabel"], english(label)),
        (SX["groupSize"], None if members.size is None else _count(members.size)),
    )
    return Entity(iri, label, described, members.name)


def named_thing(kind: str, name: str, area: Area | None, context: Context) -> Entity:
    """Return a regulation or platform by its name: with its area where the name names no place.

    A mere description without an area ('an evaluation system') is the document's own.
    """
    canonical = canonical_name(name)
    label = title_case(canonical)
    if load_gazetteer().places(canonical) or (area is None and is_proper(canonical)):
        return Entity(mint(kind, slug(canonical)), label)
    if area is None:
        return Entity(mint(kind, slug(canonical) + "-" + digest(context.document.name, length=8)), label)
    return Entity(mint(kind, slug(f"{canonical} {area.key or area.name}")), f"{label} ({place(area).label})")


def party(one: Area | Body, context: Context) -> Entity:
    """Return a party, or whom a post serves: an area or a body."""
    return place(one) if isinstance(one, Area) else organization(one, context)


def member(one: Body | Group, context: Context) -> Entity:
    """Return a member of a platform: a body or a group."""
    return group(one, context) if isinstance(one, Group) else organization(one, context)


def attributed(subject: NamedNode, agent: Entity) -> tuple[Triple, ...]:
    """Return the attribution of a thing to an agent."""
    return describe(subject, (PROV["wasAttributedTo"], agent.iri))


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=XSD["nonNegativeInteger"])
