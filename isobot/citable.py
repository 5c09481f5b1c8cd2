"""What may be cited to the asker of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from corpus.document import Document
from indexer.generation import Generation, Mask
from isobot import lookup
from isobot.called import documents_called, is_called_at
from isobot.lookup import Named
from isobot.question import Question


def readable(
    generation: Generation, groups: frozenset[str], today: date, collections: frozenset[str] | None = None, in_force_only: bool = True
) -> Mask:
    """The organisation's documents that someone of these groups may read; of the named collections alone, where any are named."""
    own = generation.own_collections()
    wanted = own if collections is None else [name for name in own if name in collections]
    return generation.permitted(groups, today, wanted, in_force_only)


def citable(generation: Generation, question: Question, today: date) -> Mask:
    """What may be cited: what is in force, and what is not but is asked for by its own name."""
    in_force = readable(generation, question.groups, today, question.collections)
    others = np.flatnonzero(readable(generation, question.groups, today, question.collections, in_force_only=False) & ~in_force)
    if not len(others):
        return in_force
    documents = [(int(i), generation.document(int(i))) for i in others]
    called = _called(generation, question.text, documents, in_force)
    named = called or lookup.documents_named(question.text, documents)
    if not named:
        return in_force
    titles = frozenset(generation.document(int(i)).title.casefold() for i in np.flatnonzero(in_force))
    asked = [one.number for one in named if lookup.asked_for_by_name(question.text, one, titles)]
    if not asked:
        return in_force
    chosen = np.zeros_like(in_force)
    chosen[asked] = True
    return chosen


def _called(generation: Generation, question: str, documents: Sequence[tuple[int, Document]], in_force: Mask) -> list[Named]:
    """Those of the documents that the question calls by a reference or designation.

    One that a document in force bears too is the name of that, whatever its title, unless the question gives the edition.
    """
    called = documents_called(question, documents)
    ruling = [generation.document(int(i)) for i in np.flatnonzero(in_force)] if called else []
    return [
        replace(one.named, whole=True)
        for one in called
        if lookup.gives_edition(question, one.named.document)
        or not any(is_called_at(question, document, one.start, one.end) for document in ruling)
    ]
