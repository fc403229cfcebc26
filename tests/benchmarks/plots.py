"""Draw how costs grow: results go in, an SVG comes out, the same bytes for the same results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Results = Mapping[str, Sequence[Mapping[str, Any]]]
"""Measurements by the name of what was measured, each with its size; as `growth.py` saves them."""

STAGES = ("build", "load", "validate", "all stored queries", "export as Turtle", "export as N-Quads")
MARKERS = "osD^vP"
PANELS = {"cpu": "CPU time in seconds", "megabytes": "peak memory in MB"}


def draw(path: Path, results: Results) -> None:
    """Draw CPU time and memory of the stages over the number of facts, both axes logarithmic, beside a slope of 1."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    style = {"svg.hashsalt": "shanxi-kg", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    with mpl.rc_context(style):
        figure = Figure(figsize=(9, 4.4), layout="constrained")
        for axes, (quantity, label) in zip(figure.subplots(1, len(PANELS)), PANELS.items(), strict=True):
            _panel(axes, results, quantity)
            axes.set(xlabel="facts", ylabel=label, xscale="log", yscale="log")
        figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})


def _panel(axes: Any, results: Results, quantity: str) -> None:
    for name, marker in zip(STAGES, MARKERS, strict=True):
        found = results.get(name, ())
        axes.plot([one["size"] for one in found], [one[quantity] for one in found], marker=marker, ms=4, label=name)
    sizes = [one["size"] for name in STAGES for one in results.get(name, ())]
    least = min(one[quantity] for name in STAGES for one in results.get(name, ()))
    ends = (min(sizes), max(sizes))
    slope = [least * end / ends[0] for end in ends]
    axes.plot(ends, slope, linestyle=":", color="0.6", label="in step with the facts")
    axes.grid(visible=True, which="major", color="0.9")
