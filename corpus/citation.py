"""A citation: verbatim words of one document, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.clause import PATH_SEPARATOR, Clause, path_of
from corpus.control import ControlLink
from corpus.document import Document
from corpus.errors import CitationError
from corpus.text import CanonicalText, Page

MAX_CLAUSE_TEXT = 1200  # characters that a person reads around a quotation


@dataclass(frozen=True, slots=True)
class Referred:
    """What words of a cited clause refer to. clause: None for the document as a whole. own: whether it is the clause's own document."""

    document: Document
    clause: Clause | None
    own: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """Verbatim words of one document.

    start, end: the quotation; context_start, context_end: what is shown around it, of the clause and of its section. All are code
    points into `text.characters`, end exclusive. score: fused relevance, unitless, higher is better.
    refers: what the clause refers to, of what whoever asked may read. columns: of a table row, the range of its table's header where the
    quotation does not hold that. item: the marks of the clause's item that holds the quotation, the outermost first: ("(c)", "(ii)").
    leads: the ranges of what leads to that item, where the quotation does not hold it.
    Raises CitationError when the text is not the document's, the quotation leaves its clause, or the context the text.
    """

    document: Document
    text: CanonicalText
    clauses: tuple[Clause, ...]
    position: int
    start: int
    end: int
    context_start: int
    context_end: int
    controls: tuple[ControlLink, ...] = ()
    score: float = 0.0
    refers: tuple[Referred, ...] = ()
    columns: tuple[int, int] | None = None
    item: tuple[str, ...] = ()
    leads: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if self.text.sha256 != self.document.text_sha256:
            raise CitationError(
                f"{self.document.path} was indexed with text {self.document.text_sha256[:8]}, but {self.text.sha256[:8]} is stored. "
                "Run `isobot verify`, then `isobot index` to rebuild."
            )
        clause = self.clause
        inside = clause.start <= self.start < self.end <= clause.end
        if not (inside and 0 <= self.context_start <= self.start and self.end <= self.context_end <= len(self.text.characters)):
            raise CitationError(
                f"Clause {clause.label or self.position} of {self.document.path} spans {clause.start}:{clause.end}; "
                f"cannot quote {self.start}:{self.end} within {self.context_start}:{self.context_end}."
            )
        if self.context_end - self.context_start > MAX_CLAUSE_TEXT:
            raise CitationError(f"Clause text of {self.context_end - self.context_start} characters; the limit is {MAX_CLAUSE_TEXT}.")

    @property
    def clause(self) -> Clause:
        return self.clauses[self.position]

    @property
    def quote(self) -> str:
        return self.text.characters[self.start : self.end]

    @property
    def column_names(self) -> str:
        """The header of the quoted row's table, a slice of the text; "" where the quotation holds it or is no row."""
        return self.text.characters[slice(*self.columns)] if self.columns else ""

    @property
    def lead_in(self) -> str:
        """What leads to the quoted item, slices of the text; "" where the quotation holds it or is of no item."""
        return " … ".join(" ".join(self.text.characters[start:end].split()) for start, end in self.leads)

    @property
    def whole_clause(self) -> str:
        """The clause that holds the quotation, from its number to its end, whatever its length."""
        return self.text.characters[self.clause.start : self.clause.end].rstrip()

    @property
    def clause_text(self) -> str:
        return self.text.characters[self.context_start : self.context_end]

    @property
    def clause_path(self) -> str:
        return path_of(self.clauses, self.position)

    @property
    def path(self) -> str:
        """The clause's path, and the item within it: "5 Access control › 5.3 Passwords › (b)"."""
        return PATH_SEPARATOR.join(part for part in (self.clause_path, *self.item) if part)

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.text.pages_of(self.start, self.end)
