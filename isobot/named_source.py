"""Which document a question asks by its short name: "what does FIPS 200 say about media protection"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from corpus.document import Document
from indexer.analysis import analyse
from indexer.generation import Generation, Mask
from isobot.called import Called, calling_words, documents_called

_ASKS = re.compile(
    r"(?:\A|\b(?:in|of|by|per|from|under|according\s+to|as\s+(?:required|defined|recommended)\s+(?:in|by)|(?:what\s+)?(?:does|do))\s+)"
    r"(?:(?:the|our)\s+)?\Z",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s*:|\s+(?:say|state|require|recommend|define|mean|suggest|advise|allow|ask)s?\b(?:\s+(?:about|on|of))?", re.IGNORECASE
)
_PUBLICATION = frozenset({"special", "publication", "sp", "pub", "no", "number"})
_LAST_WORD = re.compile(r"([\w./-]+?)[\s,.#-]*\Z")


@dataclass(frozen=True, slots=True)
class NamedSource:
    """documents: bool array (documents,), those of the permitted ones that are asked. question: the question without their names."""

    documents: Mask
    question: str


def named_source(generation: Generation, question: str, allowed: Mask) -> NamedSource | None:
    """The documents that a question wants to answer; None where it calls none, only speaks of one, or asks nothing of it.

    Who asks "which procedures refer to SP 800-88?" does not ask that document.
    """
    near = generation.title_words.called(calling_words(question))
    asked, rest = asked_by_name(question, [(number, generation.document(number)) for number in near if allowed[number]])
    if not asked or not analyse(rest, question=True):
        return None
    documents = np.zeros_like(allowed)
    documents[asked] = True
    return NamedSource(documents, rest)


def asked_by_name(question: str, documents: Iterable[tuple[int, Document]]) -> tuple[list[int], str]:
    """The numbers of the documents that a question asks by their references or designations, and the rest of its words."""
    asked, rest, cut = [], question, len(question)
    for called in reversed(documents_called(question, documents)):
        start = _with_series(question, called)
        asks, says = _ASKS.search(question[:start]), _SAYS.match(question, called.end)
        if asks or says:
            asked.append(called.named.number)
        if (asks or says) and called.end <= cut:  # several documents may have one name
            cut = asks.start() if asks else start
            rest = rest[:cut] + " " + rest[says.end() if says else called.end :]
    return asked, rest


def _with_series(question: str, called: Called) -> int:
    """Where a name begins with the words before its number ("NIST SP 800-88")."""
    designations = called.named.document.designations
    series = _PUBLICATION.union(word for name in designations for word in name.casefold().split())
    start = called.start
    while (match := _LAST_WORD.search(question[:start])) and match[1].casefold() in series:
        start = match.start()
    return start
