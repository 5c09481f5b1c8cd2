"""What one document contributes to a generation, made of its reading alone: cut once, and kept until file or rules change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.control import ControlLink
from corpus.document import Document
from corpus.passage import Passage
from indexer.analysis import analyse, bigrams
from indexer.clause_references import clause_links
from indexer.curated import is_curated
from indexer.figures import states_figure
from indexer.links import control_links
from indexer.metadata import describe
from indexer.outline import outline
from indexer.passages import passages
from indexer.readers.base import BlockKind, Reading
from indexer.standing import headings_above
from indexer.terms import Terms

NOTHING_TO_QUOTE = "Nothing in it can be quoted or found: it holds no words that could be read."
FIELDS = ("passages", "clauses", "clause_pairs")
"""What is searched by its words: passages, clauses that have passages, and neighbouring words of these."""


@dataclass(frozen=True, slots=True)
class Cutting:
    """How documents are cut.

    window: tokens that a passage aims at. longest: tokens that it has at most. framework: that of bare control ids.
    """

    window: int
    longest: int
    framework: str


@dataclass(frozen=True, slots=True)
class Cut:
    """One document, cut.

    links: of each clause by its position. refers: where the text names a clause of its own, as (start, end, position of the clause).
    unknown: ids in the text that their framework does not have. warnings: what is doubtful.
    above: what stands above each passage. figures: whether it states a figure. questions: positions of clauses that ask one.
    terms: for each of FIELDS.
    """

    document: Document
    clauses: tuple[Clause, ...]
    links: dict[int, tuple[ControlLink, ...]]
    refers: tuple[tuple[int, int, int | None], ...]
    unknown: tuple[str, ...]
    warnings: tuple[str, ...]
    passages: tuple[Passage, ...]
    above: tuple[str, ...]
    figures: tuple[bool, ...]
    questions: tuple[int, ...]
    terms: tuple[Terms, ...]


def cut(path: str, sha256: str, reading: Reading, how: Cutting, count_tokens: Callable[[Sequence[str]], list[int]]) -> Cut:
    """path: by which the document is cited. sha256: of its file's bytes. count_tokens: of each text, by the encoder's tokenizer."""
    document, doubts = describe(path, sha256, reading)
    text = reading.text.characters
    clauses = tuple(outline(reading, document.title))
    links, unknown = control_links(text, clauses, document, how.framework)
    found = tuple(passages(text, clauses, reading.blocks, count_tokens, how.window, how.longest))
    bare = [text[passage.start : passage.end] for passage in found]
    above = headings_above(document, clauses, found, reading)
    curated = is_curated(document, reading)
    return Cut(
        document=document,
        clauses=clauses,
        links=links,
        refers=_refers(reading, clauses),
        unknown=tuple(reference.text for reference in unknown),
        warnings=(*doubts, *(() if found else (NOTHING_TO_QUOTE,))),
        passages=found,
        above=above,
        figures=tuple(map(states_figure, bare)),
        questions=tuple(at for at, clause in enumerate(clauses) if curated and clause.heading.endswith("?")),
        terms=_terms(found, above, bare),
    )


def _refers(reading: Reading, clauses: Sequence[Clause]) -> tuple[tuple[int, int, int | None], ...]:
    """What stands aside (headers, footers, contents) refers to nothing."""
    aside = [block for block in reading.blocks if block.kind is BlockKind.FURNITURE]
    found = clause_links(reading.text.characters, 0, clauses)

    def stands_aside(place: int) -> bool:
        at = bisect_right(aside, place, key=lambda block: block.end)
        return at < len(aside) and aside[at].start <= place

    return tuple((link.start, link.end, link.clause) for link in found if not stands_aside(link.start))


def headed(above: Sequence[str], bare: Sequence[str]) -> list[str]:
    """The text of each passage with what stands above it."""
    return [f"{heading}\n{text}" for heading, text in zip(above, bare, strict=True)]


def parts_within(text: str, passage: Passage) -> tuple[tuple[int, int], ...]:
    """Where the passage itself and then each of its sentences stand in its text behind what stands above it."""
    shift = len(text) - passage.end  # the passage ends that text
    return tuple((start + shift, end + shift) for start, end in ((passage.start, passage.end), *passage.parts))


def _terms(found: Sequence[Passage], above: Sequence[str], bare: Sequence[str]) -> tuple[Terms, ...]:
    """No token runs over the end of a line, so the tokens of a text are those of its parts, one after the other."""
    headings = {heading: analyse(heading) for heading in set(above)}
    texts = list(map(analyse, bare))
    clauses: list[list[str]] = []  # of each clause that has passages: what stands above the first, and all of them
    last: int | None = None
    for passage, heading, tokens in zip(found, above, texts, strict=True):
        if passage.clause == last:
            clauses[-1] += tokens
        else:
            clauses.append(headings[heading] + tokens)
        last = passage.clause
    with_headings = (headings[heading] + tokens for heading, tokens in zip(above, texts, strict=True))
    return Terms.of(with_headings), Terms.of(clauses), Terms.of(map(bigrams, clauses))
