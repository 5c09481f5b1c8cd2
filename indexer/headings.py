"""Which blocks of a document begin a clause: marks of structure, numbers, type, and how they follow one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from indexer.dates import date_in
from indexer.numbering import APPENDICES, ROMAN, Number, Scheme, is_cross_reference, number_at
from indexer.readers.base import Block, BlockKind, Reading

LARGER = 1.08  # of the body's type size: a heading's, not a chance
SMALLEST = 0.82  # of the body's type size: a browser sets headings of the fifth level in 0.83
LONGEST_HEADING = 160  # characters
LONGEST_UNNUMBERED = 100
LONG_ITEM = 200  # characters from which a lettered paragraph is a clause of its own
SHORTEST_LIST = 4  # styled lines in a row
FEWEST_RUNNING = 4  # blocks of running text in a larger type
RUNNING = 0.3  # of the blocks in it
COVER_PAGES = 3
COVER_PARAGRAPH = 200  # characters: a page of the first three whose blocks are all shorter is a cover
MARKUP = re.compile(r"(?:[ \t]*(?:#{1,6}|[-+•*]|>)[ \t]+)?(?:\*\*|__|\*)?")
BULLET = re.compile(r"[ \t]*[-+•*–—][ \t]+")
CAPTION = re.compile(r"(?:figure|table|fig\.|box|exhibit|note)\s*[\dA-Z]*[-.\d]*\s*[:.—–-]?", re.IGNORECASE)
FOOTNOTE = re.compile(r"(?<=[a-z]{4})\d{1,2}$|(?<=[A-Z]{6})\d{1,2}$")  # a footnote's figure after a heading's last word
SENTENCE_END = re.compile(r"[.;,!][\"'”’)]*$")
SIGN = re.compile(r"(?<=\?)\s*[›»>▸▾▼⌄+]+$")  # what a web page opens an answer with
PLAIN_WORDS = 10  # of a heading in text without type and numbers
TEXT_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may begin a clause.

    position: of its block. number: at its head, if any. start, words, stop: where the block, its heading's words and they end, code
    points into the canonical text. mark: level of its heading mark, 0 without. size, bold: of its type. text: its words after the number.
    """

    position: int
    block: Block
    number: Number | None
    start: int
    words: int
    stop: int
    text: str
    mark: int = 0
    bulleted: bool = False

    @property
    def named(self) -> int:
        """Its level in the author's bookmarks or tags, 0 where they do not name it."""
        return self.block.level if self.block.kind is BlockKind.PARAGRAPH else 0

    @property
    def styled(self) -> bool:
        """Whether its type, or the author, sets it off from the body."""
        return bool(self.mark or self.named) or self.block.bold or self.block.size >= LARGER

    @property
    def short(self) -> bool:
        return len(self.text) <= LONGEST_HEADING and not SENTENCE_END.search(self.text) and "\n" not in self.text

    @property
    def heading(self) -> str:
        """Its words as a heading; "" for a numbered paragraph that has none."""
        leads_in = self.text.endswith(":") and self.number is not None and not self.styled
        set_off = self.block.bold or self.block.size >= LARGER
        titled = self.mark or (self.short and not leads_in) or (set_off and len(self.text) <= LONGEST_HEADING)
        words = " ".join(self.text.split()) if titled else ""
        return words if self.mark else FOOTNOTE.sub("", SIGN.sub("", words))


def candidates_of(reading: Reading) -> list[Candidate]:
    """Every block that could begin a clause, in order; larger type that sentences are set in counts as the body's."""
    running = _running_sizes(reading)
    return [
        _candidate(reading.text.characters, position, replace(block, size=1.0) if not block.bold and block.size in running else block)
        for position, block in enumerate(reading.blocks)
        if block.kind in TEXT_KINDS and block.end > block.start
    ]


def _running_sizes(reading: Reading) -> set[float]:
    """The sizes above the body's in which, as in the cells of a table, running text is set: many blocks begin or end as no heading does."""
    running: defaultdict[float, list[bool]] = defaultdict(list)
    for block in reading.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.size >= LARGER and not block.bold:
            words = reading.text.characters[block.start : block.end].strip()
            running[block.size].append(words[:1].islower() or len(words) > LONGEST_HEADING or SENTENCE_END.search(words) is not None)
    return {size for size, found in running.items() if sum(found) >= FEWEST_RUNNING and sum(found) >= RUNNING * len(found)}


def _candidate(characters: str, position: int, block: Block) -> Candidate:
    raw = characters[block.start : block.end]
    lead = MARKUP.match(raw)
    skip = lead.end() if lead else 0
    number = number_at(raw[skip:])
    if number is not None and number.name == ROMAN and not (block.kind is BlockKind.HEADING or block.bold or block.size >= LARGER):
        number = None  # in running type an item of a list
    mark = max(block.level, 1) if block.kind is BlockKind.HEADING else 0
    words = skip + (number.end if number else 0)
    inner = raw[words:]
    if number is not None and number.scheme is Scheme.CODE:
        inner = inner.split("\n", 1)[0]
    tail = re.sub(r"[\s*_#]+$", "", inner) if skip or mark else inner.rstrip()
    head = re.match(r"[\s*_]*", tail)
    words += head.end() if head and number else 0
    tail = tail[head.end() :] if head and number else tail
    return Candidate(
        position, block, number, block.start, block.start + words, block.start + words + len(tail), tail, mark, bool(BULLET.match(raw))
    )  # fmt: skip


class Judge:
    """Walks through the candidates in order and keeps those that begin a clause."""

    def __init__(self, reading: Reading, candidates: Sequence[Candidate]) -> None:
        self.reading, self.candidates = reading, candidates
        self.last: dict[tuple[int | str, ...], Number] = {}  # latest number kept under each parent
        self.kept: set[tuple[int | str, ...]] = set()
        self.covers = _covers(reading)
        self.marked = any(candidate.mark for candidate in candidates)
        self.typed = any(c.number and c.number.depth == 1 and c.number.scheme is Scheme.DECIMAL and c.styled for c in candidates)
        self.plain_run = _plain_run(candidates)
        self.letters = _long_letters(candidates)
        self.listed = _listed(candidates)
        self.asked = _questions(candidates)
        self.plain = not self.plain_run and not any(candidate.styled for candidate in candidates)

    def headings(self) -> list[Candidate]:
        """The candidates that begin a clause, in order."""
        kept: list[Candidate] = []
        for index, candidate in enumerate(self.candidates):
            of_last = bool(kept) and candidate.stop == kept[-1].stop  # it is the heading of a number that stands alone above it
            if of_last or not self.begins_clause(index):
                continue
            if candidate.number is not None:
                self._remember(candidate.number)
            elif candidate.styled and candidate.block.size >= 1.2:
                self.last.pop((), None)  # numbering may begin anew under a large heading
            kept.append(self._with_title(index))
        return kept

    def begins_clause(self, index: int) -> bool:
        candidate = self.candidates[index]
        number = candidate.number
        if candidate.mark:
            return bool(candidate.text or number)
        if candidate.named and (number or candidate.short):
            return True
        if number is None:
            return self._is_bare_heading(index)
        if number.scheme is Scheme.CODE:
            return not is_cross_reference(number, candidate.text)
        if candidate.bulleted or is_cross_reference(number, candidate.text):
            return False
        match number.scheme:
            case Scheme.DECIMAL:
                return self._is_single(index) if number.depth == 1 else self._is_dotted(index)
            case Scheme.NAMED:
                return candidate.short and (candidate.styled or not self.marked) and not CAPTION.match(candidate.text)
            case Scheme.CONTROL:
                return candidate.short and (candidate.styled or candidate.block.kind is BlockKind.PARAGRAPH)
            case Scheme.LETTER:
                return index in self.letters
            case Scheme.QUESTION:
                return True

    def _is_single(self, index: int) -> bool:
        """Of "4. Policy": set off by its type and next in its row; in plain text, one of a run with text between."""
        candidate = self.candidates[index]
        number = candidate.number
        if number is None or not candidate.short or not re.search(r"[^\W\d_]", candidate.text):
            return False
        last = self.last.get(number.parts[:-1])
        if candidate.styled:
            return number.follows(last) if last is not None else number.begins or self._has_next(index)
        return not self.typed and not self.marked and index in self.plain_run

    def _is_dotted(self, index: int) -> bool:
        """Of "4.2 …": under a number that was kept or beside one that it follows; in plain type, never in mid-sentence."""
        candidate = self.candidates[index]
        number = candidate.number
        if number is None or number.parts in self.kept or not re.match(r"[\"'“‘<(\[]?[^\W\d_]|$", candidate.text):
            return False
        last = self.last.get(number.parts[:-1])
        follows = last is not None and number.follows(last)
        opens = last is None and (number.begins or candidate.styled)
        known = number.parts[:-1] in self.kept or number.parts[:1] in self.kept
        if candidate.text[:1].islower() and not candidate.styled:
            return False
        if candidate.styled and candidate.short:
            return follows or (opens and (known or self._is_near(number)))
        return follows or (opens and number.begins and (known or self._has_next(index)))

    def _is_near(self, number: Number) -> bool:
        """Whether its first figure is the current one or soon after it."""
        current = self.last.get(())
        if current is None or not isinstance(number.parts[0], int) or not isinstance(current.parts[-1], int):
            return True
        return current.parts[-1] <= number.parts[0] <= current.parts[-1] + 3

    def _has_next(self, index: int) -> bool:
        """Whether the next number of its row, or one under it, comes soon."""
        number = self.candidates[index].number
        return number is not None and any(
            other.number is not None
            and other.number.scheme is number.scheme
            and (other.number.follows(number) or other.number.under(number))
            for other in self.candidates[index + 1 : index + 40]
        )

    def _is_bare_heading(self, index: int) -> bool:
        """Of a heading without mark and number: short, set off, no caption, no lead-in, and text comes after it."""
        candidate = self.candidates[index]
        text = candidate.text
        if index in self.asked:
            return True
        if self.plain:
            return self._heads_plain_text(index)
        if index in self.listed or "://" in text:
            return False
        if self.marked and not (candidate.block.bold and candidate.block.size >= LARGER):
            return False
        block = candidate.block
        usual = block.kind is BlockKind.PARAGRAPH and candidate.styled and block.size >= SMALLEST
        cut = text.endswith((",", "-")) or (text.endswith(":") and not (block.bold and block.size >= LARGER))
        worded = len(re.findall(r"[^\W\d_]", text)) >= 3 and not text[:1].islower() and not cut
        if not usual or not worded or not candidate.short or len(text) > LONGEST_UNNUMBERED or CAPTION.match(text):
            return False
        return not any(start <= candidate.start < end for start, end in self.covers) and self._has_body(index)

    def _heads_plain_text(self, index: int, near: int = 2) -> bool:
        """Of a line in text that has neither type nor numbers: a few words that stand alone above a paragraph.

        near: how many such lines may stand one above the other, itself among them.
        """
        candidate, following = self.candidates[index], self.candidates[index + 1 : index + 2]
        text = candidate.text
        worded = len(text.split()) <= PLAIN_WORDS and text[:1].isupper() and text[-1:].isalnum() and date_in(text) is None
        if not following or not worded or not candidate.short or candidate.number or candidate.block.kind is not BlockKind.PARAGRAPH:
            return False
        below = following[0]
        if below.block.kind is BlockKind.PARAGRAPH and (len(below.text) > LONGEST_HEADING or below.text.endswith((".", ":"))):
            return True
        return index + 1 in self.asked or (near > 1 and self._heads_plain_text(index + 1, near - 1))

    def _has_body(self, index: int) -> bool:
        following = self.candidates[index].position + 1
        return any(block.kind is not BlockKind.FURNITURE for block in self.reading.blocks[following : following + 8])

    def _with_title(self, index: int) -> Candidate:
        """A number that stands alone with the next block as its heading, where both are set alike; a letter with what holds it."""
        candidate = self.candidates[index]
        if candidate.number is not None and (above := self.letters.get(index)):
            return replace(candidate, number=replace(candidate.number, parts=(*above, *candidate.number.parts)))
        if candidate.text or candidate.number is None or candidate.number.scheme is Scheme.CODE or index + 1 >= len(self.candidates):
            return candidate
        title = self.candidates[index + 1]
        alike = title.block.bold == candidate.block.bold and abs(title.block.size - candidate.block.size) < 0.05
        if title.position != candidate.position + 1 or title.number or title.mark or not alike or not title.short or not candidate.styled:
            return candidate
        return replace(candidate, words=title.words, stop=title.stop, text=title.text)

    def _remember(self, number: Number) -> None:
        if number.scheme is Scheme.NAMED and number.name in APPENDICES:
            self.last.pop((), None)  # its own numbering may begin at 1
        self.kept.add(number.parts)
        if number.scheme is Scheme.DECIMAL or (number.scheme is Scheme.NAMED and number.name not in APPENDICES):
            for parent in [parent for parent in self.last if parent[: number.depth] == number.parts]:
                del self.last[parent]
            self.last[number.parts[:-1]] = number


def _covers(reading: Reading) -> list[tuple[int, int]]:
    """Ranges of the first pages that hold no paragraph of any length."""
    found = []
    for page in reading.text.pages[:COVER_PAGES]:
        lengths = [block.end - block.start for block in reading.blocks if page.start <= block.start < page.end and block.kind in TEXT_KINDS]
        if lengths and max(lengths) < COVER_PARAGRAPH and len(reading.text.pages) > COVER_PAGES:
            found.append((page.start, page.end))
    return found


def _plain_run(candidates: Sequence[Candidate]) -> set[int]:
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


def _long_letters(candidates: Sequence[Candidate]) -> dict[int, tuple[int | str, ...]]:
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


def _listed(candidates: Sequence[Candidate]) -> set[int]:
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


def _questions(candidates: Sequence[Candidate]) -> set[int]:
    """Of questions and answers in plain text: short paragraphs that end with "?", when there are three with an answer each."""
    found = {
        index
        for index, candidate in enumerate(candidates[:-1])
        if (text := SIGN.sub("", candidate.text)).endswith("?") and len(text) <= LONGEST_HEADING
        and candidate.block.kind is BlockKind.PARAGRAPH and "." not in text[:-1].rstrip(".")
        and not SIGN.sub("", candidates[index + 1].text).endswith("?")
    }  # fmt: skip
    return found if len(found) >= 3 else set()


def headings_of(reading: Reading) -> list[Candidate]:
    """The blocks of a reading that begin a clause, in order."""
    return Judge(reading, candidates_of(reading)).headings()
