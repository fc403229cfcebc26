"""The errors that this package raises on purpose, sorted by what the caller can do about them.

Every message says where (file, line, offset or IRI), what is wrong and what to do next; the offending value is an
attribute. Anything else that escapes is a defect of the package.
"""

from __future__ import annotations

from pathlib import Path


class ShanxiKGError(Exception):
    """Base of all errors raised on purpose."""


class UsageError(ShanxiKGError):
    """The call itself is wrong: an unknown query, a parameter of the wrong type, a folder that is not there."""


class SourceError(ShanxiKGError):
    """One source document cannot be read; the others can."""

    def __init__(self, path: Path | str, problem: str, hint: str) -> None:
        super().__init__(f"{path}: {problem}; {hint}")
        self.path = path
        self.problem = problem
        self.hint = hint

    def __reduce__(self) -> tuple[type[SourceError], tuple[Path | str, str, str]]:
        """Let the error travel from one process to another whole."""
        return type(self), (self.path, self.problem, self.hint)


class OntologyError(ShanxiKGError):
    """A file of ontology/ is broken or says something that the package cannot use."""


class QueryError(ShanxiKGError):
    """A stored or given query is broken, or a parameter does not fit it."""


class GraphError(ShanxiKGError):
    """A graph folder is missing, incomplete or was not written by this package."""


class UnfitError(GraphError):
    """A form of export cannot hold something of the graph; others can."""


class StoreError(ShanxiKGError):
    """A SPARQL server cannot be reached, refuses, or answers with something that is no answer."""


class ParameterError(QueryError):
    """A parameter of a stored query is unknown, missing, or its value is not of its type."""

    def __init__(self, query: str, parameter: str, problem: str) -> None:
        super().__init__(f"query {query}: parameter {parameter}: {problem}")
        self.query = query
        self.parameter = parameter
        self.problem = problem
