"""Which blocks of a document begin a clause: marks of structure, numbers, type, and how they follow one another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.candidates import LONGEST_HEADING, TEXT_KINDS, Candidate, candidates_of
from indexer.counted_paragraphs import counted_paragraphs
from indexer.dates import date_in
from indexer.heading_runs import colons, lead_ins, listed, long_letters, plain_run, questions, table_titles
from indexer.labels import fact_of
from indexer.lone_numbers import with_counted_numbers
from indexer.number_rows import Row, Rows, row_of
from indexer.numbering import APPENDICES, PARAGRAPH_SIGN, Number, Scheme, is_cross_reference
from indexer.readers.base import LARGER, Block, BlockKind, Reading
from indexer.run_in import RUN_IN_END
from indexer.segments import states_facts
from indexer.stray_lines import stray_lines

SMALLEST = 0.82  # of the body's type size: a browser sets headings of the fifth level in 0.83
LONGEST_UNNUMBERED = 100
COVER_PAGES = 3
COVER_PARAGRAPH = 200  # characters: a page of the first three whose blocks are all shorter may be a cover
COVER_SENTENCES = 1  # on a cover at most
SENTENCE = 60  # characters of a block that ends with a full stop
CAPTION = re.compile(r"(?:figure|table|fig\.|box|exhibit|note)\s*[\dA-Z]*[-.\d]*\s*[:.—–-]?", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d")
FARTHEST_NEXT = 120  # candidates between two numbers of a row within another
PLAIN_WORDS = 10  # of a heading in text without type and numbers


class Judge:
    """Walks through the candidates in order and keeps those that begin a clause, `counted` paragraphs among them."""

    def __init__(self, reading: Reading, found: Sequence[Candidate], counted: Mapping[int, Candidate] | None = None) -> None:
        candidates = [(counted or {}).get(index, candidate) for index, candidate in enumerate(found)]
        self.reading, self.candidates = reading, candidates
        self.rows = Rows()
        self.kept: set[tuple[int | str, ...]] = set()
        self.types: dict[Row, tuple[bool, float]] = {}  # of the latest heading of each row
        self.covers = _covers(reading)
        self.marked = any(candidate.mark for candidate in candidates)
        self.printed = Counter(candidate.number.parts for candidate in candidates if candidate.number)
        self.sectioned = any(candidate.mark for candidate in candidates[_titles(candidates) :])
        self.typed = any(c.number and c.number.depth == 1 and c.number.scheme is Scheme.DECIMAL and c.styled for c in candidates)
        self.plain_run = plain_run(candidates)
        self.letters = long_letters(candidates)
        self.listed = listed(candidates)
        self.asked = questions(candidates)
        self.stray = stray_lines(candidates)
        self.colons = colons(candidates)
        self.lead_ins = lead_ins(candidates)
        self.run_ins = Counter(self._run_in(candidate) for candidate in candidates if candidate.run_in)
        self.titles = table_titles(candidates, reading.blocks, reading.text.characters)
        self.plain = not self.plain_run and not any(candidate.styled for candidate in candidates)

    def headings(self) -> list[Candidate]:
        """The candidates that begin a clause, in order."""
        kept: list[Candidate] = []
        for index, candidate in enumerate(self.candidates):
            of_last = bool(kept) and candidate.stop == kept[-1].stop  # it is the heading of a number that stands alone above it
            if of_last or not self.begins_clause(index):
                continue
            if candidate.number is not None:
                self._remember(candidate.number, index in self.letters)
                self.types[row_of(candidate.number)] = (candidate.block.bold, round(candidate.block.size, 1))
            elif candidate.styled and candidate.block.size >= 1.2:
                self.rows.begin_anew()  # under a large heading
            kept.append(self._with_title(index))
        return kept

    def begins_clause(self, index: int) -> bool:
        candidate = self.candidates[index]
        number = candidate.number
        if candidate.mark or candidate.counted:
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
            case Scheme.DECIMAL if self._is_paragraph_of_law(candidate, number):
                return True
            case Scheme.DECIMAL:
                return self._is_single(index) if number.depth == 1 else self._is_dotted(index)
            case Scheme.NAMED:
                short = candidate.short or candidate.run_in > 0
                return short and (candidate.styled or not self.sectioned) and not CAPTION.match(candidate.text)
            case Scheme.CONTROL:
                return candidate.short and (candidate.styled or (candidate.block.kind is BlockKind.PARAGRAPH and not self._is_value(index)))
            case Scheme.LETTER:
                return index in self.letters or self._is_lettered(index)
            case Scheme.QUESTION:
                return True

    def _is_value(self, index: int) -> bool:
        """Whether an id is what the line above names, as "HR-112" below "Policy number"."""
        return index > 0 and not self.candidates[index].text and fact_of(self.candidates[index - 1].text) is not None

    def _is_single(self, index: int) -> bool:
        """Of "4. Policy": set off by its type and next in its row; in plain text, one of a run with text between."""
        candidate = self.candidates[index]
        number = candidate.number
        if number is None or not candidate.short or not (re.search(r"[^\W\d_]", candidate.text) or self._is_beside_title(index)):
            return False
        if candidate.styled:
            return self._is_next(index, number)
        return not self.typed and not self.sectioned and index in self.plain_run

    def _is_paragraph_of_law(self, candidate: Candidate, number: Number) -> bool:
        """Of "§ 22 Keys" in type that sets it off: laws lack paragraphs that were repealed or never written."""
        if not number.printed.startswith(PARAGRAPH_SIGN) or not (candidate.run_in or (candidate.styled and candidate.short)):
            return False
        last = self.rows.last(number)
        return bool(candidate.text) and (last is None or number.rises_above(last))

    def _is_lettered(self, index: int) -> bool:
        """Of "a) Keys" or "(1) Keys" in type that sets it off: the next of its row, written as a heading."""
        candidate = self.candidates[index]
        number = candidate.number
        if number is None or number.depth > 1 or not candidate.styled or not candidate.short or not candidate.text[:1].isupper():
            return False
        return self._is_next(index, number)

    def _is_next(self, index: int, number: Number) -> bool:
        """Of "4." in type that sets it off: the next of its row; where none is open, the first of one, or any that others follow.

        Within a row of another kind one is the first only where its next comes soon: "A. Smith" may be a name.
        """
        last = self.rows.last(number)
        if last is not None:
            return self._goes_on(self.candidates[index], number, last)
        if self.rows.current is None:
            return number.begins or self._has_next(index)
        return self.rows.goes_on(number) or (number.begins and self._has_next(index, FARTHEST_NEXT))

    def _is_beside_title(self, index: int) -> bool:
        """Whether "1." stands alone above a bold title as in a table that places both."""
        candidate = self.candidates[index]
        return not candidate.text and candidate.number is not None and candidate.number.closed and self._with_title(index) is not candidate

    def _is_dotted(self, index: int) -> bool:
        """Of "4.2 …": under a number that was kept or beside one that it follows; in plain type, never in mid-sentence."""
        candidate = self.candidates[index]
        number = candidate.number
        if number is None or number.parts in self.kept or not re.match(r"[\"'“‘<(\[]?[^\W\d_]|$", candidate.text):
            return False
        last = self.rows.last(number)
        follows = last is not None and self._goes_on(candidate, number, last)
        opens = last is None and (number.begins or candidate.styled)
        known = number.parts[:-1] in self.kept or number.parts[:1] in self.kept
        if not candidate.styled and (candidate.text[:1].islower() or number.may_be_range):
            return False
        if (candidate.styled and candidate.short) or candidate.run_in:
            later = last is not None and self._rises_alike(candidate, number, last)
            return follows or later or (opens and (known or self._is_near(number)))
        return follows or (opens and number.begins and (known or self._has_next(index) or self._opens_next_row(index)))

    def _goes_on(self, candidate: Candidate, number: Number, last: Number) -> bool:
        """Whether a number is the next of its row; one that leaves a number out only in type no lesser than that of those before.

        Bold type is no lesser than the body's, whatever its size.
        """
        bold, size = self.types.get(row_of(number), (False, 0.0))
        bolder = candidate.block.bold > bold and size < LARGER
        as_large = bolder or (candidate.block.bold >= bold and round(candidate.block.size, 1) >= size)
        return number.follows(last) and (as_large or number.is_next_to(last))

    def _rises_alike(self, candidate: Candidate, number: Number, last: Number) -> bool:
        """Of "4.9" after "4.1" in the same type, under a clause that was kept: authors leave numbers out."""
        alike = self.types.get(row_of(number)) == (candidate.block.bold, round(candidate.block.size, 1))
        return alike and number.parts[:-1] in self.kept and number.rises_above(last)

    def _opens_next_row(self, index: int) -> bool:
        """Of "2.1" after "1.3": the first of the next row, where no other line has its number or that of its row."""
        number = self.candidates[index].number
        if number is None or number.depth != 2 or not isinstance(number.parts[0], int) or ((number.parts[0] - 1,), "") not in self.rows:
            return False
        return self.printed[number.parts] == 1 and not self.printed[number.parts[:1]]

    def _is_near(self, number: Number) -> bool:
        """Whether its first figure is the current one or soon after it."""
        current = self.rows.current
        if current is None or not isinstance(number.parts[0], int) or not isinstance(current.parts[-1], int):
            return True
        return current.parts[-1] <= number.parts[0] <= current.parts[-1] + 3

    def _has_next(self, index: int, farthest: int = 40) -> bool:
        """Whether the next number of its row, or one under it, comes soon. farthest: candidates that are looked at."""
        number = self.candidates[index].number
        return number is not None and any(
            other.number is not None
            and other.number.scheme is number.scheme
            and (other.number.follows(number) or other.number.under(number))
            for other in self.candidates[index + 1 : index + farthest]
        )

    def _is_bare_heading(self, index: int) -> bool:
        """Of a heading without mark and number: short, set off, no caption, no lead-in, no line of facts, and text comes after it."""
        candidate = self.candidates[index]
        text = candidate.text
        if index in self.asked:
            return True
        if index in self.stray:
            return False
        if self.plain:
            return self._heads_plain_text(index)
        if index in self.listed or index in self.titles or text in self.lead_ins or "://" in text:
            return False
        if self.marked and not (candidate.block.bold and candidate.block.size >= LARGER):
            return False
        block = candidate.block
        set_off = candidate.styled or self._is_in_capitals(index)
        usual = block.kind is BlockKind.PARAGRAPH and set_off and block.size >= SMALLEST
        cut = text.endswith((",", "-")) or (text.endswith(":") and index not in self.colons and not (block.bold and block.size >= LARGER))
        worded = len(re.findall(r"[^\W\d_]", text)) >= 3 and not text[:1].islower() and not cut
        long = not candidate.short or len(text) > LONGEST_UNNUMBERED
        if not usual or not worded or long or CAPTION.match(text) or states_facts(text):
            return False
        return not any(start <= candidate.start < end for start, end in self.covers) and self._has_body(index)

    def _is_in_capitals(self, index: int) -> bool:
        """Of a line in the text's own type: a few words in capitals above a paragraph or a list."""
        return self.candidates[index].text.isupper() and self._heads_plain_text(index, near=1)

    def _heads_plain_text(self, index: int, near: int = 2) -> bool:
        """Of a line in text that has neither type nor numbers: a few words alone above a paragraph, in capitals also above a list.

        near: how many such lines may stand one above the other, itself among them.
        """
        candidate, following = self.candidates[index], self.candidates[index + 1 : index + 2]
        text = candidate.text
        worded = len(text.split()) <= PLAIN_WORDS and text[:1].isupper() and text[-1:].isalnum() and date_in(text) is None
        if not following or not worded or not candidate.short or candidate.number or candidate.block.kind is not BlockKind.PARAGRAPH:
            return False
        below = following[0]
        if below.block.kind is BlockKind.LIST_ITEM and text.isupper():
            return True
        if below.block.kind is BlockKind.PARAGRAPH and (len(below.text) > LONGEST_HEADING or below.text.endswith((".", ":"))):
            return True
        return index + 1 in self.asked or (near > 1 and self._heads_plain_text(index + 1, near - 1))

    def _has_body(self, index: int) -> bool:
        """Whether text comes soon, or the entries of an index or a list of tables right below."""
        following = self.candidates[index].position + 1
        below = self.reading.blocks[following : following + 8]
        listed = below and LEADERS.search(self.reading.text.characters, below[0].start, below[0].end)
        return bool(listed) or any(block.kind is not BlockKind.FURNITURE for block in below)

    def _with_title(self, index: int) -> Candidate:
        """A number that stands alone with the next block as its heading, where both are set alike or a plain "Article 5" stands above a
        bold one; a letter with what holds it.

        A paragraph has the heading that it begins with, unless others begin with the same words, as with "Note".
        """
        candidate = self.candidates[index]
        if candidate.run_in:
            words = self._run_in(candidate)
            once = self.run_ins[words] == 1
            return replace(candidate, text=words, stop=candidate.run_in) if once else replace(candidate, run_in=0)
        if not (self.plain or candidate.number or candidate.styled) and self._is_in_capitals(index):
            candidate = replace(candidate, block=replace(candidate.block, bold=True))  # to stand beside bold ones and not in them
        if candidate.number is not None and (above := self.letters.get(index)):
            return replace(candidate, number=replace(candidate.number, parts=(*above, *candidate.number.parts)))
        if candidate.text or candidate.number is None or candidate.number.scheme is Scheme.CODE or index + 1 >= len(self.candidates):
            return candidate
        title = self.candidates[index + 1]
        alike = candidate.styled and title.block.bold == candidate.block.bold and abs(title.block.size - candidate.block.size) < 0.05
        named = candidate.number.scheme is Scheme.NAMED and title.block.bold and not candidate.block.bold
        if title.position != candidate.position + 1 or title.number or title.mark or not (alike or named) or not title.short:
            return candidate
        return replace(candidate, words=title.words, stop=title.stop, text=title.text)

    def _run_in(self, candidate: Candidate) -> str:
        return self.reading.text.characters[candidate.words : candidate.run_in].rstrip(f"{RUN_IN_END} ")

    def _remember(self, number: Number, in_text: bool) -> None:
        """in_text: whether it is that of a lettered paragraph."""
        if number.scheme is Scheme.NAMED and number.name in APPENDICES:
            self.rows.begin_anew()  # its own numbering may begin at 1
        elif number.scheme is Scheme.LETTER and number.depth == 1 and not in_text:
            self.rows.add(number)
        elif number.scheme in (Scheme.DECIMAL, Scheme.NAMED):
            if number.parts in self.kept:  # the first of the next chapter: its parts are counted anew
                self.kept = {parts for parts in self.kept if parts[: number.depth] != number.parts}
            self.rows.add(number)
        self.kept.add(number.parts)


def _titles(candidates: Sequence[Candidate]) -> int:
    """How many marked lines without a number begin the document: its title, which says nothing of how its sections are marked."""
    return next((at for at, candidate in enumerate(candidates[:2]) if not candidate.mark or candidate.number), min(len(candidates), 1))


def _covers(reading: Reading) -> list[tuple[int, int]]:
    """Ranges of the first pages that hold neither a paragraph of any length nor several sentences."""
    found = []
    for page in reading.text.pages[:COVER_PAGES] if len(reading.text.pages) > COVER_PAGES else ():
        blocks = [block for block in reading.blocks if page.start <= block.start < page.end and block.kind in TEXT_KINDS]
        longest = max((block.end - block.start for block in blocks), default=COVER_PARAGRAPH)
        if longest < COVER_PARAGRAPH and sum(_is_sentence(reading, block) for block in blocks) <= COVER_SENTENCES:
            found.append((page.start, page.end))
    return found


def _is_sentence(reading: Reading, block: Block) -> bool:
    return block.end - block.start >= SENTENCE and reading.text.characters[block.start : block.end].rstrip().endswith(".")


def headings_of(reading: Reading) -> list[Candidate]:
    """The blocks of a reading that begin a clause, in order."""
    candidates = with_counted_numbers(candidates_of(reading), reading.text.characters)
    headings = Judge(reading, candidates).headings()
    counted = counted_paragraphs(reading, candidates, headings)
    return Judge(reading, candidates, counted).headings() if counted else headings
