"""A recorded answer's citations, found again in the index that is served now."""

from __future__ import annotations

from corpus.citation import Citation
from corpus.clock import today
from indexer.generation import Generation
from isobot.controls.lists import tags_of
from isobot.items import item_quoted
from isobot.referred import referred
from isobot.refusals import ChangedError
from isobot.state.records import CitedSlice
from isobot.tables import column_span


def reopened(generation: Generation, cited: CitedSlice, groups: frozenset[str]) -> Citation:
    """The citation for someone who belongs to `groups`. Its words are those that were quoted, or there is none.

    Raises ChangedError where the document was changed or removed since, or where they may not read it.
    """
    number = generation.catalogue.number_of(cited.path)
    document = None if number is None else generation.document(number)
    if number is None or document is None or document.text_sha256 != cited.text_sha256 or not document.may_be_read_by(groups):
        raise ChangedError("answer.changed")
    catalogue = generation.catalogue
    clauses = catalogue.clauses(number)
    holding = [i for i, clause in enumerate(clauses) if clause.start <= cited.start and cited.end <= clause.end]
    position = max(holding, key=lambda i: (clauses[i].level, i))
    controls = tags_of(catalogue.links(number, position), cited.start, cited.end)
    text = generation.text(number)
    readable = generation.permitted(groups, today(), generation.own_collections())
    refers = referred(generation, number, clauses[position], readable)
    span = (cited.start, cited.end)
    blocks = catalogue.blocks(number)
    columns = column_span(cited.start, blocks)
    marks, leads = item_quoted(text.characters, clauses, position, blocks, span, cited.start)
    return Citation(document, text, clauses, position, *span, *span, controls, refers=refers, columns=columns, item=marks, leads=leads)
