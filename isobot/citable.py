"""What may be cited to the asker of a question."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from indexer.generation import Generation, Mask
from isobot import lookup
from isobot.called import documents_called
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
    called = [replace(one.named, whole=True) for one in documents_called(question.text, documents)]
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
