"""Source files to documents: text, HTML, PDF and DOCX files, folders of them, standard input.

`find_sources` finds what there is to read, `read_document` reads one into a `Document`, `paragraphs` cuts its body.
"""

from __future__ import annotations

from shanxi_kg.documents.body import paragraphs
from shanxi_kg.documents.lines import Span
from shanxi_kg.documents.model import Document, Known, Paragraph, Source
from shanxi_kg.documents.reading import read_document, read_documents
from shanxi_kg.documents.sources import ENDINGS, find_sources

__all__ = [
    "ENDINGS",
    "Document",
    "Known",
    "Paragraph",
    "Source",
    "Span",
    "find_sources",
    "paragraphs",
    "read_document",
    "read_documents",
]
