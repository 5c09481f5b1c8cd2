"""Documents of the served generation, for those who may read them."""

from __future__ import annotations

from difflib import get_close_matches

from corpus.errors import SourceError
from corpus.text import CanonicalText
from indexer.generation import Generation
from isobot.settings import Settings


def readable_document(settings: Settings, path: str, groups: frozenset[str]) -> CanonicalText:
    """The canonical text of a document. Raises SourceError, the same words for one that is hidden as for one that is not there."""
    generation = Generation.current(settings.index)
    number = generation.catalogue.number_of(path)
    if number is not None and generation.document(number).may_be_read_by(groups):
        return generation.text(number)
    every = (generation.document(i) for i in generation.catalogue.numbers())
    readable = [document.path for document in every if document.may_be_read_by(groups)]
    close = get_close_matches(path, readable, n=1)
    hint = f" Did you mean {close[0]}?" if close else f" Paths stand there as in {readable[0]}." if readable else ""
    raise SourceError(f"The index in {settings.index} has no document {path!r}.{hint}")
