"""Runs of candidates: lines that say together what none says alone, and which of them begin clauses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from indexer.candidates import LONGEST_HEADING, SIGN, Candidate
from indexer.numbering import Number, Scheme
from indexer.readers.base import LARGER, ROW_KINDS, Block, BlockKind

LONG_ITEM = 200  # characters from which a lettered paragraph is a clause of its own
FEWEST_COLONS = 3  # bold lines with a colon above a paragraph
COLON_WORDS = 8
LEADING = re.compile(
    r"(?:(?:please )?note|nb|n\.b\.|warning|caution|important|attention|reminder|tips?|hints?|(?:for )?examples?|dear|hello|hi)\b.*"
    r"|.*\b(?:following|follows|below|this|these):",
    re.IGNORECASE,
)
"""Lines with a colon that call to attention, greet, or lead to what comes next."""
FEWEST_LEAD_INS = 3  # styled lines of the same words with a colon
SHORTEST_LIST = 4  # styled lines in a row
TABLE_CAPTION = re.compile(r"table\s+[A-Z]?[-.]?\d+(?:[-.]\d+)*\s*[:.—–-]\s", re.IGNORECASE)


def plain_run(candidates: Sequence[Candidate]) -> set[int]:
    """Of plain text: "1 Purpose", "2 Scope"… that follow one another with text between; a bare list has none."""
    run: list[int] = []
    for index, candidate in enumerate(candidates):
        number = candidate.number
        if number is None or number.scheme is not Scheme.DECIMAL or number.depth != 1 or not candidate.short or len(candidate.text) > 80:
            continue
        last = candidates[run[-1]] if run else None
        if last is None or last.number is None:
            if number.begins and _text_after(candidates, index):
                run.append(index)
        elif number.follows(last.number) and _text_after(candidates, index):
            run.append(index)
    return set(run) if len(run) >= 2 else set()


def _text_after(candidates: Sequence[Candidate], index: int) -> bool:
    """Whether what comes next is not the next item of a list."""
    following = candidates[index + 1] if index + 1 < len(candidates) else None
    number = candidates[index].number
    if following is None or number is None:
        return False
    return following.number is None or following.number.depth > number.depth or following.number.scheme is not number.scheme


def long_letters(candidates: Sequence[Candidate]) -> dict[int, tuple[int | str, ...]]:
    """Runs of lettered paragraphs, (a), (b), (c)… or (i), (ii)…, long enough to be clauses of their own; "a)" remains an item of a list.

    A run within another, (i) and (ii) between (a) and (b), does not end it. Returns for each the number of the item that holds it, as
    parts; () where none does.
    """
    runs: list[list[int]] = []
    open_runs: list[list[int]] = []
    above: dict[int, tuple[int | str, ...]] = {}
    for index, candidate in enumerate(candidates):
        number = candidate.number
        if candidate.mark or (number and number.scheme is not Scheme.LETTER and (candidate.styled or number.depth > 1)):
            open_runs = []
        if number is None or number.scheme is not Scheme.LETTER or "(" not in number.printed:
            continue
        at = next((at for at in reversed(range(len(open_runs))) if _goes_on(candidates, open_runs[at], number)), None)
        if at is not None:
            del open_runs[at + 1 :]
            open_runs[at].append(index)
            above[index] = above[open_runs[at][0]]
        elif number.begins or number.as_roman == 1:
            holder = candidates[open_runs[-1][-1]].number if open_runs and number.depth == 1 else None
            above[index] = (*above[open_runs[-1][-1]], *holder.parts) if holder else ()
            runs.append([index])
            open_runs.append(runs[-1])
    long = [run for run in runs if len(run) >= 2 and median(len(candidates[i].text) for i in run) >= LONG_ITEM]
    return {index: above[index] for run in long for index in run if len(candidates[index].text) >= LONG_ITEM // 4}


def _goes_on(candidates: Sequence[Candidate], run: Sequence[int], number: Number) -> bool:
    """Whether a number continues a run: by the alphabet, or as Roman figures where the run began with "(i)"."""
    first, last = candidates[run[0]].number, candidates[run[-1]].number
    if first is None or last is None:
        return False
    if first.as_roman == 1 and number.as_roman is not None and last.as_roman is not None:
        return number.parts[:-1] == last.parts[:-1] and number.depth == last.depth and 1 <= number.as_roman - last.as_roman <= 3
    return number.follows(last)


def listed(candidates: Sequence[Candidate]) -> set[int]:
    """Four blocks or more of one type without a number and without body between: a list of terms or a title page, no headings."""
    runs: list[list[int]] = []
    for index, candidate in enumerate(candidates):
        if candidate.number is not None or candidate.mark or not candidate.styled:
            runs.append([])
            continue
        last = candidates[index - 1].block if runs and runs[-1] else None
        if last is None or last.bold != candidate.block.bold or abs(last.size - candidate.block.size) >= 0.04:
            runs.append([])
        runs[-1].append(index)
    return {index for run in runs if len(run) >= SHORTEST_LIST for index in run}


def lead_ins(candidates: Sequence[Candidate]) -> set[str]:
    """The words, without their colon, of styled lines that lead in again and again in a document."""
    counts = Counter(candidate.text[:-1] for candidate in candidates if candidate.styled and candidate.text.endswith(":"))
    return {words for words, count in counts.items() if count >= FEWEST_LEAD_INS}


def colons(candidates: Sequence[Candidate]) -> set[int]:
    """Bold lines with a colon that each head a paragraph, as "Purpose:", and lead in to nothing, where a document has several and none
    twice."""
    found = {
        index
        for index, (candidate, below) in enumerate(pairwise(candidates))
        if candidate.text.endswith(":") and candidate.block.bold and candidate.block.kind is BlockKind.PARAGRAPH
        and not candidate.number and not candidate.mark and len(candidate.text.split()) <= COLON_WORDS
        and not LEADING.fullmatch(candidate.text)
        and below.block.kind is BlockKind.PARAGRAPH and not below.styled and below.text.endswith(".")
    }  # fmt: skip
    words = Counter(candidates[index].text for index in found)
    once = {index for index in found if words[candidates[index].text] == 1}
    return once if len(once) >= FEWEST_COLONS else set()


def questions(candidates: Sequence[Candidate]) -> set[int]:
    """Of questions and answers in plain text: short paragraphs that end with "?", when there are three with an answer each."""
    found = {
        index
        for index, candidate in enumerate(candidates[:-1])
        if (text := SIGN.sub("", candidate.text)).endswith("?") and len(text) <= LONGEST_HEADING
        and candidate.block.kind is BlockKind.PARAGRAPH and "." not in text[:-1].rstrip(".")
        and not SIGN.sub("", candidates[index + 1].text).endswith("?")
    }  # fmt: skip
    return found if len(found) >= 3 else set()


def table_titles(candidates: Sequence[Candidate], blocks: Sequence[Block], characters: str) -> set[int]:
    """Styled lines directly below a table's caption, one or several of falling size, none larger than the text: titles inside the table."""
    content = [block for block in blocks if block.kind is not BlockKind.FURNITURE]
    index_at = {candidate.start: index for index, candidate in enumerate(candidates)}
    heads: dict[int, float] = {}  # places of captions and of titles below them, with the size that the next title stays under
    found: set[int] = set()
    for place, block in enumerate(content):
        if TABLE_CAPTION.match(characters, block.start, block.end):
            before = place - 1
            while before >= 0 and content[before].kind in ROW_KINDS:
                before -= 1
            if before == place - 1 or before in heads:  # else the rows above are those that it names
                heads[place] = LARGER
        elif place - 1 in heads and (index := index_at.get(block.start)) is not None:
            candidate = candidates[index]
            plain = not (candidate.number or candidate.mark or candidate.named)
            if plain and candidate.styled and candidate.block.size < heads[place - 1]:
                heads[place] = candidate.block.size
                found.add(index)
    return found
