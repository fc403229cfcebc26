"""Text about how a Chinese province is governed goes in; an RDF graph of facts with their evidence comes out."""

from __future__ import annotations

__version__ = "0.1.0"
