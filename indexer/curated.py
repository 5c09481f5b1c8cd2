"""Which documents hold curated answers: questions that somebody answered for everybody."""

from __future__ import annotations

import re

from corpus.document import Document
from indexer.readers.base import Reading

_NAMES = re.compile(r"\bfaqs?\b|\bfrequently asked questions\b|\bquestions and answers\b|\bq ?(?:&|and) ?a\b", re.IGNORECASE)
_KINDS = frozenset({"kind", "type", "document type", "category"})


def is_curated(document: Document, reading: Reading) -> bool:
    """Whether its title or its own properties (`kind: faq`) mark the document as a list of questions and answers."""
    kinds = [str(value) for key, value in reading.properties.items() if key.casefold().replace("_", " ") in _KINDS]
    return any(_NAMES.search(said) for said in (document.title, *kinds))
