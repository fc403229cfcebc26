"""Indicators: a stated quantity becomes an observation of the cube, and what it counts an indicator of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

from shanxi_kg.codes import code, concept_named
from shanxi_kg.gazetteer import load_gazetteer
from shanxi_kg.namespaces import (
    QB,
    RDF,
    SDMX_ATTRIBUTE,
    SDMX_DIMENSION,
    SDMX_MEASURE,
    SKOS,
    SX,
    digest,
    mint,
    slug,
)
from shanxi_kg.triples import entities, periods
from shanxi_kg.triples.context import Entity
from shanxi_kg.triples.entities import describe, english
from shanxi_kg.triples.identity import lemmas, sentence_case
from shanxi_kg.triples.reading import Reading, area_values, decimal, period, present, words

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from shanxi_kg.facts import Indicator
    from shanxi_kg.triples.context import Context


def read_indicator(content: Indicator, context: Context) -> Reading:
    """Return what an indicator says: a value of a cube whose dimensions are indicator, area, period and document."""
    area = entities.place(content.area) if content.area else None
    when = period(content.period)
    counted = _counted(content)
    value, unit = decimal(content.value), _unit(content.unit)
    status = mint("code", "status", content.status)
    trend = mint("code", "trend", content.trend) if content.trend else None
    missing = code("missing", "not-stated")
    ref_area, ref_period = (area.iri if area else missing), (when.iri if when else missing)
    key = digest(counted.iri.value, ref_area.value, ref_period.value, value.value, content.unit or "", content.status)
    iri = mint("observation", context.document.name, key)
    amount = f"{value.value} {content.unit}" if content.unit else value.value
    label = f"{sentence_case(content.measure)}: {amount}"
    if content.period:
        label += f" ({periods.label(content.period, 'en')})"
    described = describe(
        iri,
        (RDF["type"], QB["Observation"]),
        (QB["dataSet"], mint("dataset", "indicators")),
        (SX["indicator"], counted.iri),
        (SDMX_DIMENSION["refArea"], ref_area),
        (SDMX_DIMENSION["refPeriod"], ref_period),
        (SX["reportedIn"], context.node),
        (SDMX_MEASURE["obsValue"], value),
        (SDMX_ATTRIBUTE["unitMeasure"], unit),
        (SDMX_ATTRIBUTE["obsStatus"], status),
        (SX["trend"], trend),
        (SKOS["prefLabel"], english(label)),
    )
    values = (
        (SX["measure"], words(content.measure, context)),
        (SX["value"], value),
        (SX["unit"], Literal(content.unit) if content.unit else None),
        *area_values(content.area, area, context),
        (SX["period"], when.iri if when else None),
        (SX["status"], status),
        (SX["change"], None if content.change is None else decimal(content.change)),
        (SX["trend"], trend),
    )
    return Reading(Entity(iri, label), values, present(counted, area, when), described)


def _counted(content: Indicator) -> Entity:
    """Return the indicator itself: what is counted, by the lemmas of its measure without the places that it names."""
    measure, area = content.measure, content.area.name if content.area else ""
    for mention in reversed(load_gazetteer().places(measure)):
        measure = measure[: mention.start] + " " + measure[mention.end :]
    found = lemmas(measure.replace(area, " ") if area else measure) or lemmas(content.measure)
    iri = mint("indicator", slug(" ".join(found) or content.measure))
    label = ", ".join(found) or content.measure
    described = describe(iri, (RDF["type"], SX["Indicator"]), (SKOS["prefLabel"], english(label)))
    return Entity(iri, label, described)


def _unit(name: str | None) -> NamedNode | None:
    key = concept_named(name, "unit") if name else "count"
    return code("unit", key) if key else None
