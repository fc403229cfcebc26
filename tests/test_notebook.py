"""The notebook holds: each cell, run anew on the seed's graph, gives the output that stands in it.

`python tests/test_notebook.py` writes the outputs anew; read the difference before you commit it.
"""

from __future__ import annotations

import asyncio
import os
import warnings
from pathlib import Path
from typing import Any

import nbformat
import pytest

TOP = Path(__file__).resolve().parents[1]
TOUR = TOP / "queries" / "tour.ipynb"


def executed(notebook: Any) -> Any:
    """Run a copy of a notebook in a fresh kernel, in the folder of queries."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of the kernel's client about itself
        from nbclient import NotebookClient

        resources = {"metadata": {"path": str(TOUR.parent)}}
        environment = {**os.environ, "PYTHONPATH": str(TOP), "PYTHONHASHSEED": "0"}
        client = NotebookClient(nbformat.from_dict(notebook), timeout=120, resources=resources)
        return asyncio.run(client.async_execute(env=environment))


def outputs(notebook: Any) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the source of each cell of code with its outputs, by media type."""
    return [
        (cell.source, [dict(output.get("data") or {"text/plain": output.text}) for output in cell.outputs])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


@pytest.mark.slow
def test_the_notebook_gives_the_outputs_that_stand_in_it() -> None:
    notebook = nbformat.read(TOUR, as_version=4)
    assert outputs(executed(notebook)) == outputs(notebook)


def test_the_notebook_is_valid_has_text_between_its_cells_and_no_output_without_content() -> None:
    notebook = nbformat.read(TOUR, as_version=4)
    nbformat.validate(notebook)
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds == ["markdown", "code"] * (len(kinds) // 2)
    assert all(found for _, found in outputs(notebook))


def renew() -> None:
    """Write the outputs of the notebook anew, without the counters and times of this run."""
    notebook = executed(nbformat.read(TOUR, as_version=4))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        cell["metadata"] = {}
        for output in cell.get("outputs", ()):
            if "execution_count" in output:
                output["execution_count"] = None
        if "execution_count" in cell:
            cell["execution_count"] = None
    notebook["metadata"] = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    nbformat.write(notebook, TOUR)


if __name__ == "__main__":
    renew()
