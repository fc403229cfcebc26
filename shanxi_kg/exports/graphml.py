"""GraphML for network tools (Gephi, Cytoscape, igraph, networkx): triples go in, the bytes of one file come out.

Each resource is a node, each triple between two resources an edge with its property. Of a node stand its classes, its
labels in English and Chinese, and its literals under their properties' CURIEs: several values of one property are
joined by ' | ', and a property whose values are all whole numbers or decimals is a number in the file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import Literal, NamedNode, Triple

from shanxi_kg.exports.jsonld import identifier
from shanxi_kg.namespaces import RDF, RDFS, SKOS, XSD

_NUMBERS = {
    XSD["decimal"]: "double",
    XSD["integer"]: "long",
    XSD["nonNegativeInteger"]: "long",
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
_LABELS = {SKOS["prefLabel"], RDFS["label"]}
_EDGE_KEY = '<key id="property" for="edge" attr.name="property" attr.type="string"/>'

Attributes = Mapping[str, list[Literal]]


def to_graphml(triples: Set[Triple]) -> bytes:
    """Write triples as one directed graph; nodes, edges and keys are sorted."""
    nodes, edges = _split(triples)
    types = _types(nodes.values())
    names = {key: f"k{number}" for number, key in enumerate(sorted(types))}
    lines = [_declaration(names[key], key, types[key]) for key in sorted(types)]
    lines += [_EDGE_KEY, '<graph edgedefault="directed">']
    for name in sorted(nodes):
        lines += [f"<node id={quoteattr(name)}>", *_data(nodes[name], names), "</node>"]
    lines += [_edge(*edge) for edge in sorted(edges)]
    return (_HEAD + "\n".join(lines) + "\n</graph>\n</graphml>\n").encode()


def _split(triples: Set[Triple]) -> tuple[dict[str, dict[str, list[Literal]]], set[tuple[str, str, str]]]:
    """Sort triples into nodes with their attributes and edges (source, target, property)."""
    nodes: dict[str, dict[str, list[Literal]]] = defaultdict(dict)
    edges: set[tuple[str, str, str]] = set()
    for triple in sorted(triples, key=str):
        subject = identifier(triple.subject)
        if isinstance(triple.object, Literal):
            nodes[subject].setdefault(_key(triple.predicate, triple.object), []).append(triple.object)
        elif triple.predicate == RDF["type"]:
            nodes[subject].setdefault("type", []).append(Literal(identifier(triple.object)))
        else:
            target = identifier(triple.object)
            nodes.setdefault(target, {})
            edges.add((subject, target, identifier(triple.predicate)))
    return nodes, edges


def _key(predicate: NamedNode, value: Literal) -> str:
    """Return the attribute that a literal belongs to: a label is `label` in English, `label_zh` in Chinese."""
    if predicate not in _LABELS:
        return identifier(predicate)
    return "label" if value.language in {None, "en"} else f"label_{value.language}"


def _types(attributes: Iterable[Attributes]) -> dict[str, str]:
    """Return each attribute's type: a number where every node has at most one value of it and all are numbers."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in attributes:
        for key, values in node.items():
            kinds = {_NUMBERS.get(value.datatype, "string") for value in values}
            found[key] |= kinds if len(values) == 1 else {"string"}
    return {key: kinds.pop() if len(kinds) == 1 else "string" for key, kinds in found.items()}


def _declaration(identity: str, key: str, kind: str) -> str:
    return f'<key id="{identity}" for="node" attr.name={quoteattr(key)} attr.type="{kind}"/>'


def _data(attributes: Attributes, names: Mapping[str, str]) -> Iterator[str]:
    for key in sorted(attributes):
        text = " | ".join(value.value for value in attributes[key])
        yield f'<data key="{names[key]}">{escape(text)}</data>'


def _edge(source: str, target: str, name: str) -> str:
    ends = f"source={quoteattr(source)} target={quoteattr(target)}"
    return f'<edge {ends}><data key="property">{escape(name)}</data></edge>'
