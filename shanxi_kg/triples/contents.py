"""The kinds of facts: what each says on its fact node, and the entities that it tells of.

One function a kind, found by the content's type; content in, `Reading` out. Indicators have a module of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shanxi_kg.codes import broader_keys, code, concepts_in, head_concept, narrowest
from shanxi_kg.facts import Agency, Agreement, Area, Indicator, Platform, Policy, Post, Regulation, Statement
from shanxi_kg.namespaces import DCTERMS, ELI, ORG, PROV, RDF, SKOS, SX, digest, mint, slug
from shanxi_kg.triples import entities
from shanxi_kg.triples.context import Entity
from shanxi_kg.triples.entities import describe, english, types
from shanxi_kg.triples.identity import canonical_name, sentence_case
from shanxi_kg.triples.observations import read_indicator
from shanxi_kg.triples.reading import Reading, area_values, day, period, present, words
from shanxi_kg.triples.speakers import speaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from shanxi_kg.facts import Content
    from shanxi_kg.triples.context import Context

PLATFORM_CLASSES = {
    "assistance-system": "AssistanceSystem",
    "evaluation-system": "EvaluationSystem",
    "service-cluster": "ServiceCluster",
}


def read(content: Content, context: Context) -> Reading:
    """Return what a content says, by its kind."""
    return _READERS[type(content)](content, context)


def _regulation(content: Regulation, context: Context) -> Reading:
    found = entities.named_thing("regulation", content.title, content.area, context)
    area = entities.place(content.area) if content.area else None
    issued, in_force = period(content.issued), period(content.in_force)
    kind = head_concept(content.title, "legal-act")
    described = describe(
        found.iri,
        (RDF["type"], ELI["LegalResource"]),
        (SKOS["prefLabel"], english(found.label)),
        (DCTERMS["title"], english(found.label)),
        (ELI["jurisdiction"], area.iri if area else None),
        (ELI["type_document"], code("legal-act", kind) if kind else None),
        (ELI["date_document"], day(content.issued)),
        (ELI["first_date_entry_in_force"], day(content.in_force)),
    )
    values = (
        (SX["title"], words(content.title, context)),
        *area_values(content.area, area, context),
        (SX["issued"], issued.iri if issued else None),
        (SX["inForce"], in_force.iri if in_force else None),
    )
    return Reading(found, values, present(area, issued, in_force), described)


def _agreement(content: Agreement, context: Context) -> Reading:
    parties = [entities.party(one, context) for one in content.parties]
    signed = period(content.signed)
    subject = canonical_name(content.subject or "")
    labels = sorted({one.label for one in parties})
    key = digest(*sorted({one.iri.value for one in parties}), subject.casefold())
    iri = mint("agreement", f"{slug(' '.join(labels))}-{key}")
    label = f"Agreement between {_listed(labels)}" + (f" on {subject}" if subject else "")
    described = describe(
        iri,
        *types(SX["CooperationAgreement"], PROV["Entity"]),
        (SKOS["prefLabel"], english(label)),
        *((SX["party"], one.iri) for one in parties),
    )
    values = (
        *((SX["party"], one.iri) for one in parties),
        (SX["subject"], words(content.subject, context)),
        (SX["signed"], signed.iri if signed else None),
    )
    return Reading(Entity(iri, label), values, present(*parties, signed), described)


def _agency(content: Agency, context: Context) -> Reading:
    body = entities.agency(content.body, content.parent, content.area, context)
    parent = entities.organization(content.parent, context) if content.parent else None
    area = entities.place(content.area) if content.area else None
    described = entities.public_body(content.body, parent, area, body)
    values = (
        (SX["name"], words(content.body.name, context)),
        (SX["parent"], parent.iri if parent else None),
        *area_values(content.area, area, context),
    )
    return Reading(body, values, present(body, parent, area), described)


def _platform(content: Platform, context: Context) -> Reading:
    found = entities.named_thing("platform", content.name, content.area, context)
    area = entities.place(content.area) if content.area else None
    members = [entities.member(one, context) for one in content.members]
    kind = head_concept(content.name, "platform-kind")
    subclass = PLATFORM_CLASSES.get(kind or "")
    described = describe(
        found.iri,
        *types(SX["Platform"], PROV["Entity"]),
        (RDF["type"], SX[subclass] if subclass else None),
        (SKOS["prefLabel"], english(found.label)),
        (DCTERMS["type"], code("platform-kind", kind) if kind else None),
        (DCTERMS["spatial"], area.iri if area else None),
    )
    values = (
        (SX["name"], words(content.name, context)),
        *area_values(content.area, area, context),
        *((SX["member"], one.iri) for one in members),
        *((SX["level"], mint("code", "level", level)) for level in content.levels),
        (SX["coverage"], words(content.coverage, context)),
    )
    return Reading(found, values, present(area, *members), described)


def _post(content: Post, context: Context) -> Reading:
    holder = entities.person(content.person)
    served = entities.party(content.organization, context) if content.organization else None
    role = sentence_case(canonical_name(content.role))
    role_iri = mint("role", slug(role))
    where = served.iri.value.rpartition("/")[2] if served else holder.iri.value.rpartition("/")[2]
    iri = mint("post", slug(f"{role} {where}"))
    label = f"{role}, {served.label}" if served else role
    serves_area = isinstance(content.organization, Area)
    described = (
        *describe(
            iri,
            (RDF["type"], ORG["Post"]),
            (SKOS["prefLabel"], english(label)),
            (ORG["role"], role_iri),
            (ORG["heldBy"], holder.iri),
            (DCTERMS["spatial"] if serves_area else ORG["postIn"], served.iri if served else None),
        ),
        *describe(role_iri, (RDF["type"], ORG["Role"]), (SKOS["prefLabel"], english(role))),
    )
    values = (
        (SX["person"], holder.iri),
        (SX["role"], words(content.role, context)),
        (SX["organization"], served.iri if served else None),
    )
    return Reading(Entity(iri, label), values, present(holder, served), described, core=holder.iri.value)


def _policy(content: Policy, context: Context) -> Reading:
    area = entities.place(content.area) if content.area else None
    when = period(content.period)
    measure = canonical_name(content.measure)
    scope = area.iri.value if area else context.document.name
    iri = mint("policy", f"{slug(measure)}-{digest(scope, measure.casefold(), length=8)}")
    label = sentence_case(measure)
    instruments = narrowest(concepts_in(content.measure, "instrument"), "instrument")
    groups = narrowest(concepts_in(content.target or "", "target-group"), "target-group")
    described = describe(
        iri,
        *types(SX["PolicyMeasure"], PROV["Entity"]),
        (SKOS["prefLabel"], english(label)),
        (DCTERMS["spatial"], area.iri if area else None),
    )
    values = (
        (SX["measure"], words(content.measure, context)),
        *area_values(content.area, area, context),
        (SX["target"], words(content.target, context)),
        (SX["period"], when.iri if when else None),
        *((SX["instrument"], code("instrument", key)) for key in instruments),
        *((SX["protects"], code("ip-kind", key)) for key in _protected(content.measure, instruments)),
        *((SX["targetGroup"], code("target-group", key)) for key in groups),
    )
    return Reading(Entity(iri, label), values, present(area, when), described)


def _protected(measure: str, instruments: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of intellectual property that a measure protects; none where its instruments protect nothing."""
    if not any("protection" in (key, *broader_keys(key, "instrument")) for key in instruments):
        return ()
    return narrowest(concepts_in(measure, "ip-kind"), "ip-kind")


def _statement(content: Statement, context: Context) -> Reading:
    by = speaker(content.speaker, content.speaker_is, context)
    iri = mint("statement", context.document.name, digest(content.speaker, content.quote))
    label = f"{sentence_case(content.speaker)}: {content.quote}"
    described = (
        *describe(iri, *types(SX["ReportedStatement"], PROV["Entity"]), (SKOS["prefLabel"], english(label))),
        *entities.attributed(iri, by),
    )
    values = ((SX["speaker"], by.iri), (SX["quote"], words(content.quote, context)))
    return Reading(Entity(iri, label), values, (by,), described)


_READERS: dict[type, Callable[..., Reading]] = {
    Regulation: _regulation,
    Agreement: _agreement,
    Agency: _agency,
    Platform: _platform,
    Post: _post,
    Indicator: read_indicator,
    Policy: _policy,
    Statement: _statement,
}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)
