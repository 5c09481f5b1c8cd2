"""Hits made citations: the words of each clause that speak to the question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, partial

from corpus.citation import Citation
from indexer.analysis import analyse
from indexer.encoders.base import Rows
from indexer.generation import Generation, Mask
from indexer.passages import Unit
from isobot.controls.lists import tags_of
from isobot.hit import Hit
from isobot.items import item_quoted
from isobot.layout import MAX_QUOTE
from isobot.pointers import POINTING, asks_where, points
from isobot.quotation import clause_units, context_span, opening_span, quote_span, within
from isobot.referred import referred
from isobot.tables import column_span


class Quoter:
    """Quotes for one question. query: its vector, to choose the words by. readable: what a citation may refer to.

    asked: its words, where it has any that say which branch, which row or what kind of sentence is meant.
    """

    def __init__(self, generation: Generation, query: Rows, readable: Mask, asked: str = "") -> None:
        self._generation = generation
        self._query = query
        self._readable = readable
        self._asked = asked

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(analyse(self._asked, question=True)) if self._asked else frozenset()

    def citations(self, hits: Iterable[Hit], named: str = "") -> tuple[Citation, ...]:
        """The hits as citations, each quoting the sentences that are likest to the question.

        named: what a follow-up adds; where sentences of a clause speak of it, one of them is quoted.
        """
        stems = set(analyse(named))
        catalogue, sentences = self._generation.catalogue, self._generation.sentences
        citations = []
        for hit in hits:
            text = self._generation.text(hit.document).characters
            near = None if stems else (hit.start, hit.start + MAX_QUOTE if hit.whole else hit.end)
            of_clause = partial(clause_units, text, catalogue.clauses(hit.document), hit.clause, catalogue.blocks(hit.document))
            units = of_clause(near) or of_clause()
            speaking = [i for i, unit in enumerate(units) if stems and stems <= set(analyse(text[unit.start : unit.end]))]
            choices = speaking or within(units, hit.start, hit.end) or range(len(units))
            pointing = self._pointing(text, units, choices)
            if pointing and len(pointing) == len(choices):
                choices = range(len(units))
                pointing = self._pointing(text, units, choices)
            if choices:
                spans = [(units[i].start, units[i].end) for i in choices]
                likeness = dict(zip(choices, sentences.likenesses(self._query, hit.document, spans), strict=True))
                weighed = {i: like * POINTING if i in pointing and like > 0 else like for i, like in likeness.items()}
                citations.append(self._citation(hit, units, weighed))
        return tuple(citations)

    def _pointing(self, text: str, units: Sequence[Unit], choices: Sequence[int]) -> set[int]:
        """Of the units that may be quoted those that only say where something is written; none where the question asks for that."""
        pointing = {i for i in choices if points(text[units[i].start : units[i].end])}
        return set() if pointing and asks_where(self._asked) else pointing

    def alone(self, hit: Hit) -> tuple[Citation, ...]:
        """One hit as a citation, or none where its clause has no sentence."""
        return self.citations([hit])

    def _citation(self, hit: Hit, units: list[Unit], likeness: dict[int, float]) -> Citation:
        catalogue = self._generation.catalogue
        text = self._generation.text(hit.document)
        clauses = catalogue.clauses(hit.document)
        blocks = catalogue.blocks(hit.document)
        opening = opening_span(text.characters, [units[position] for position in sorted(likeness)])
        quote = opening if hit.whole else quote_span(text.characters, units, likeness, blocks, self._stems)
        if hit.opening and quote[0] < opening[1]:
            quote = opening
        if hit.alone:
            quote = (hit.start, hit.end)
        context = context_span(text.characters, clauses, hit.clause, units, quote)
        of_item = (hit.start, hit.end) if hit.whole else quote
        marks, leads = item_quoted(text.characters, clauses, hit.clause, blocks, of_item, quote[0])
        return Citation(
            document=self._generation.document(hit.document),
            text=text,
            clauses=clauses,
            position=hit.clause,
            start=quote[0],
            end=quote[1],
            context_start=context[0],
            context_end=context[1],
            controls=tags_of(catalogue.links(hit.document, hit.clause), *quote),
            score=hit.score,
            refers=referred(self._generation, hit.document, clauses[hit.clause], self._readable),
            columns=column_span(quote[0], blocks),
            item=marks,
            leads=leads,
        )
