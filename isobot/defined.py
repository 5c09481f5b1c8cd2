"""What a term or a role is, to who asks for it by name ("what is a processor", "who is the harbour master"): what it heads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from indexer.analysis import QUESTION_WORDS, analyse, fold
from indexer.generation import Generation
from indexer.labels import FACTS
from indexer.readers.base import Block, BlockKind
from indexer.readers.run_together import cells_of
from indexer.sentences import Span
from indexer.statements import NEAR_CHARACTERS
from isobot.hit import Hit, found_at
from isobot.ranking import Ranking
from isobot.tables import tables

DOCUMENTS = 20  # best ones that are looked through
LONGEST_TERM = 60  # characters
SHOWN = 3
SHORTEST = 3  # letters that are left of a plural: "UPS" is none of "up"
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
_PARENTHESIS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"\w+")
_LINES = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_TEXT = rf"(?=(?:\s+\S+){{{TELLING}}})"
_SAYS = rf"(?:[:–—]{_TEXT}|-{_TEXT}|\b(?:means?|refers?\s+to|(?:is|are)\s+defined\s+as|is\s+(?:an?|the|any)|are\s+any)\b)"
_NAMING = frozenset(
    analyse("term word role function level abbreviation acronym meaning definition description duty responsible responsibility")
)
"""What the columns of a table are called whose rows say what something is."""


def term_asked(question: str) -> str | None:
    """The term that a question asks the meaning or the duties of, as it is typed; None for a question of another kind, and where there
    is nothing but a number or a word without a matter of its own ("what is it")."""
    words = " ".join(question.split()).rstrip(" ?.!")
    match = next(filter(None, (form.fullmatch(words) for form in _FORMS)), None)
    term = match["term"].strip(" \"'“”‘’") if match else ""
    return term if len(term) <= LONGEST_TERM and _names(term) else None


def defined(generation: Generation, question: str, ranking: Ranking) -> list[Hit]:
    """The rows whose first cell is the term, and the lines that begin with it and say what it is, in the best documents, one a clause;
    none where the question asks for no term."""
    term = term_asked(question)
    if term is None:
        return []
    documents = dict.fromkeys(generation.passages["document"][ranking.passages].tolist())
    found: dict[tuple[int, int], Hit] = {}
    for number in islice(documents, DOCUMENTS):
        for hit in _hits(generation, number, term):
            found.setdefault((number, hit.clause), hit)
        if len(found) >= SHOWN:
            break
    return list(found.values())[:SHOWN]


def _names(term: str) -> bool:
    """Whether it has a letter, and a word that carries more than the form of a question."""
    words = _WORD.findall(fold(term))
    return not all(word in QUESTION_WORDS or word.isdigit() for word in words)


def _hits(generation: Generation, document: int, term: str) -> Iterator[Hit]:
    text, blocks = generation.text(document).characters, generation.catalogue.blocks(document)
    begin = NEAR_CHARACTERS if fold(term) in FACTS else 0  # "owner": before that a document says who its own is
    for start, end in chain(_rows(text, blocks, _name(term)), _lines(text, blocks, term)):
        if start >= begin:
            yield found_at(generation, document, start, end)


def _rows(text: str, blocks: Sequence[Block], name: str) -> Iterator[Span]:
    for head, *rows in tables(blocks):
        ruled = head.kind is BlockKind.TABLE_HEADER
        header = text[head.start : head.end] if ruled else ""
        for row in rows if ruled else (head, *rows):
            if is_headed(text[row.start : row.end], name, header):
                yield row.start, row.end


def _lines(text: str, blocks: Sequence[Block], term: str) -> Iterator[Span]:
    line = re.compile(rf"{_BEGINS}{_THE}{re.escape(_singular(term))}s?[\"”’']?\s*(?:\([^()\n]*\)\s*)?{_SAYS}", re.IGNORECASE)
    first = _name(term).split()[0]  # soon looked for, and nearly nowhere
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind in _LINES and first in fold(words) and (found := line.search(words)):
            yield block.start + found.start(), block.start + found.end()


def is_headed(row: str, name: str, header: str = "") -> bool:
    """Whether a row has the name in its first cell and says what it is: under a header of such rows, or of two columns under none."""
    first, *rest = cells_of(row)
    if name not in (_name(first), _name(_PARENTHESIS.sub(" ", first))) or not any(len(cell.split()) >= TELLING for cell in rest):
        return False
    return not _NAMING.isdisjoint(analyse(header)) if header else len(rest) == 1


def _name(text: str) -> str:
    """Its words in small letters, the last in the singular."""
    return _singular(" ".join(_WORD.findall(fold(text))))


def _singular(words: str) -> str:
    """Without the "s" at the end, unless what is left of the last word is too short to be one."""
    return words[:-1] if re.search(rf"\w{{{SHORTEST}}}s\Z", words, re.IGNORECASE) else words
