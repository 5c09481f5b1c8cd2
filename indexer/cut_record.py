"""A Cut as bytes and back, as JSON and plain arrays: between processes, and in the cache. What a hostile file says runs no code here."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from corpus.control import ControlLink, Provenance
from corpus.passage import Passage
from indexer.catalogue import document_from_record, record_of
from indexer.cut import Cut
from indexer.terms import Terms

_HEAD = 8  # bytes that say how long the JSON is
_TYPES: tuple[type[np.generic], ...] = (np.uint64, np.uint16, np.int32, np.int32)  # of the arrays of Terms


def packed(cut: Cut) -> bytes:
    """The length of the JSON, the JSON, and behind it the arrays of the terms one after the other."""
    arrays = [getattr(terms, field.name) for terms in cut.terms for field in fields(Terms)]
    said = {
        "document": record_of(cut.document),
        "clauses": [[c.number, c.heading, c.level, c.start, c.end, c.body, c.parent] for c in cut.clauses],
        "links": [
            [at, link.framework, link.id, link.provenance, link.ambiguous, link.start, link.end]
            for at, links in cut.links.items()
            for link in links
        ],
        "refers": cut.refers,
        "unknown": cut.unknown,
        "warnings": cut.warnings,
        "passages": [[p.clause, p.start, p.end, p.parts] for p in cut.passages],
        "above": cut.above,
        "figures": cut.figures,
        "questions": cut.questions,
        "sizes": [len(array) for array in arrays],
    }
    head = json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return b"".join([len(head).to_bytes(_HEAD, "big"), head, *(array.tobytes() for array in arrays)])


def unpacked(record: bytes) -> Cut:
    """Raises ValueError for what is no record of a Cut."""
    try:
        end = _HEAD + int.from_bytes(record[:_HEAD], "big")
        raw = json.loads(record[_HEAD:end])
        links: dict[int, tuple[ControlLink, ...]] = {}
        for at, framework, id, provenance, *rest in raw["links"]:
            links[at] = (*links.get(at, ()), ControlLink(framework, id, Provenance(provenance), *rest))
        return Cut(
            document=document_from_record(raw["document"]),
            clauses=tuple(Clause(*clause) for clause in raw["clauses"]),
            links=links,
            refers=tuple((start, end, clause) for start, end, clause in raw["refers"]),
            unknown=tuple(raw["unknown"]),
            warnings=tuple(raw["warnings"]),
            passages=tuple(Passage(clause, low, high, tuple(map(tuple, parts))) for clause, low, high, parts in raw["passages"]),
            above=tuple(raw["above"]),
            figures=tuple(raw["figures"]),
            questions=tuple(raw["questions"]),
            terms=_terms(record[end:], raw["sizes"]),
        )
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as problem:
        raise ValueError(f"no record of a cut document ({problem})") from None


def _terms(content: bytes, sizes: list[int]) -> tuple[Terms, ...]:
    at = 0

    def next_array(form: type[np.generic], size: int) -> NDArray[Any]:
        nonlocal at
        array = np.frombuffer(content, form, size, at)
        at += array.nbytes
        return array

    return tuple(Terms(*map(next_array, _TYPES, sizes[low : low + len(_TYPES)])) for low in range(0, len(sizes), len(_TYPES)))
