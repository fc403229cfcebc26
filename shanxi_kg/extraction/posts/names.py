"""Names that only their place behind a role shows: a company's capitalised words, and the ministry of a minister."""

from __future__ import annotations

from shanxi_kg.extraction.antecedents import company_end
from shanxi_kg.extraction.layout import Layout
from shanxi_kg.extraction.posts.model import Unit
from shanxi_kg.facts import Body, Certainty, Judgement
from shanxi_kg.gazetteer import load_gazetteer


def company(layout: Layout, start: int) -> Unit | None:
    """Read capitalised words that are no body: 'Hexi Robotics', 'Tianshui Huatian Technology Co, Ltd'."""
    end = start
    while end < len(layout.low) and end not in layout.persons and _is_company_word(layout, end):
        end += 1
    named = layout.units.get(start)
    if end == start or not layout.is_capital(start) or (named and named.last >= end - 1):
        return None
    last = company_end(layout.tokens, end - 1)
    return Unit(Body(layout.words(start, last)), last)


def _is_company_word(layout: Layout, i: int) -> bool:
    joined = 0 < i < len(layout.low) - 1 and layout.tokens[i - 1].end == layout.tokens[i].start
    inside = joined and (layout.low[i] == "-" or (layout.low[i - 1] == "-" and layout.is_capital(i + 1)))
    return layout.is_capital(i) or inside or (layout.low[i] in {"&", "'s"} and layout.is_capital(i + 1))


def ministry(layout: Layout, last: int) -> Unit | None:
    """Read 'minister of commerce': the ministry of that name, which in lower case must be a known one."""
    if layout.word(last + 1) not in {"of", "for"}:
        return None
    end = last + 2
    while end < len(layout.low) and end not in layout.persons and (layout.is_capital(end) or is_inner_and(layout, end)):
        end += 1
    end = max(end, last + 3)
    if end > len(layout.low):
        return None
    name = f"Ministry of {layout.words(last + 2, end - 1)}"
    known = next((b for b in load_gazetteer().bodies(name.title().replace(" Of ", " of ")) if b.start == 0), None)
    if not layout.is_capital(last + 2) and (known is None or known.end < len(name)):
        return None
    body = Body(name, known.key) if known and layout.is_capital(last + 2) else Body(known.surface if known else name)
    judgement = Judgement(
        Certainty.INFERRED, "ministry-of-minister", "organization", f"The minister is read as serving the {body.name}."
    )
    return Unit(body, end - 1, judgement)


def is_inner_and(layout: Layout, i: int) -> bool:
    """Tell whether an 'and' stands inside a capitalised name."""
    return layout.low[i] == "and" and layout.is_capital(i + 1) and i + 1 not in layout.persons
