"""What a term or a role is, to who asks for it by name ("what is a processor", "who is the harbour master"): what it heads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from indexer.analysis import fold
from indexer.generation import Generation
from indexer.readers.base import BlockKind
from indexer.readers.run_together import cells_of
from isobot.hit import Hit
from isobot.ranking import Ranking

DOCUMENTS = 20  # best ones that are looked through
LONGEST_TERM = 60  # characters
SHOWN = 3
SURE = 0.75  # probability that a line which the term heads answers
TELLING = 3  # words that a row must have beside its term: letters and ticks define nothing

_THE = r"(?:(?:an?|the|our|your)\s+)?"
_DUTY = r"(?:role|duty|duties|tasks?|job|responsibility|responsibilities|meaning|definition)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?:what\s+(?:is|are)\s+|what['’]s\s+)?(?:the\s+)?{_DUTY}\s+of\s+{_THE}(?P<term>.+)",
        rf"what\s+(?:do|does)\s+{_THE}(?P<term>.+?)\s+(?:do|mean|stand\s+for)",
        rf"what\s+(?:is|are)\s+{_THE}(?P<term>.+?)\s+(?:responsible|answerable|accountable)\s+for",
        rf"what\s+(?:is|are)\s+meant\s+by\s+{_THE}(?P<term>.+)",
        rf"what\s+do\s+(?:we|you|they)\s+(?:mean|understand)\s+(?:by|under)\s+{_THE}(?P<term>.+)",
        rf"define\s+{_THE}(?P<term>.+)",
        rf"(?:who|what)(?:\s+(?:is|are)\s+|['’]s\s+){_THE}(?P<term>.+)",
    )
)
_MARK = r"(?:[-*•]\s+|\d+(?:\.\d+)*[.)]?\s+|\(?(?:[a-z]|[ivx]{1,5})[.)]\s+)?"
_BEGINS = rf"(?:\A{_MARK}|(?<=[.!?]\s))[\"“‘']?"  # a paragraph, behind the mark of a list or a number, or a sentence
_PARENTHESIS = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"\w+")
_LINES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_SAYS = r"(?::|[–—]|-\s|\bmeans?\b|\b(?:is|are)\s+(?:defined\s+as|an?|the|any|all)\b|\brefers?\s+to\b)"


def term_asked(question: str) -> str | None:
    """The term that a question asks the meaning or the duties of, as it is typed; None for a question of another kind."""
    words = " ".join(question.split()).rstrip(" ?.!")
    match = next(filter(None, (form.fullmatch(words) for form in _FORMS)), None)
    term = match["term"].strip(" \"'“”‘’") if match else ""
    return term if 0 < len(term) <= LONGEST_TERM else None


def defined(generation: Generation, question: str, ranking: Ranking) -> list[Hit]:
    """The rows whose first cell is the term, and the lines that begin with it and say what it is, in the best documents; none where the
    question asks for no term."""
    term = term_asked(question)
    if term is None or not _name(term):
        return []
    documents = dict.fromkeys(int(number) for number in generation.passages["document"][ranking.passages])
    return list(islice((hit for number in islice(documents, DOCUMENTS) for hit in _hits(generation, number, term)), SHOWN))


def _hits(generation: Generation, document: int, term: str) -> Iterator[Hit]:
    text, clauses, name = generation.text(document).characters, generation.catalogue.clauses(document), _name(term)
    line = re.compile(rf"{_BEGINS}{_THE}{re.escape(term)}s?[\"”’']?\s*(?:\([^)\n]*\)\s*)?{_SAYS}", re.IGNORECASE)
    for block in generation.catalogue.blocks(document):
        words = text[block.start : block.end]
        found = line.search(words) if block.kind in _LINES else None
        if found or (block.kind is BlockKind.TABLE_ROW and _is_headed(words, name)):
            start, end = (block.start + found.start(), block.start + found.end()) if found else (block.start, block.end)
            inner = max(at for at, clause in enumerate(clauses) if clause.start <= start < clause.end)
            yield Hit(document, inner, start, end, 1.0)


def _is_headed(row: str, name: str) -> bool:
    """Whether a row has the name in its first cell, and says something of it."""
    first, *rest = cells_of(row)
    return name in (_name(first), _name(_PARENTHESIS.sub(" ", first))) and any(len(cell.split()) >= TELLING for cell in rest)


def _name(text: str) -> str:
    """Its words in small letters, the last in the singular."""
    return " ".join(_WORD.findall(fold(text))).removesuffix("s")
