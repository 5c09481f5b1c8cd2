"""Letter-spaced words of a PDF page, "S C O P E", whose letters stand apart as words do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from indexer.readers.pdf_letters import Word

FEWEST, SURELY = 5, 3  # words of a line that are single letters; where they stand closer than words do
CLOSER = 0.22  # of the type size
SINGLE = 0.6  # of the words of such a line are single letters; none has more than two or three
LONGEST = 3  # letters: what pdfium leaves together
CLOSE = 0.5  # of the type size: at most between two letters
NEXT = 1.5  # of the type size: at most between two words
WIDER = 0.2  # of the type size: how much more stands between two words than between two letters


def without_spacing(words: Sequence[Word]) -> list[Word]:
    """The words, with the letters of those that are set with spaces between them joined."""
    short = [len(word.text) <= LONGEST and word.text.isalpha() for word in words]
    if not any(map(all, zip(short, short[1:], short[2:], strict=False))):
        return list(words)
    return [word for line in _lines(words) for word in (_joined(line) if _is_spaced(line) else line)]


def _lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words that stand beside one another on a line, in the order of the file."""
    line: list[Word] = []
    for word in words:
        if line and (word.baseline != line[-1].baseline or not _is_beside(line[-1], word)):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _is_beside(last: Word, word: Word) -> bool:
    size = max(word.size, 1.0)
    near = -0.5 * size <= word.x0 - last.x1 <= NEXT * size
    return near and abs(word.size - last.size) <= 0.1 * size


def _is_spaced(line: Sequence[Word]) -> bool:
    """Whether a line is nothing but letters apart; the alphabet is a row of letters."""
    if len(line) < SURELY:
        return False
    letters = [word.text for word in line if len(word.text) == 1 and word.text.isalpha()]
    if len(letters) < SURELY or len(letters) < SINGLE * len(line) or max(len(word.text) for word in line) > LONGEST:
        return False
    usual = median(_steps(line)) / max(line[0].size, 1.0)
    counted = all(ord(b) - ord(a) == 1 for a, b in pairwise(letters))
    return not counted and usual <= (CLOSER if len(letters) < FEWEST else CLOSE)


def _steps(line: Sequence[Word]) -> list[float]:
    return [word.x0 - last.x1 for last, word in pairwise(line)]


def _joined(line: Sequence[Word]) -> list[Word]:
    usual = median(_steps(line))
    words = [line[0]]
    for step, word in zip(_steps(line), line[1:], strict=True):
        if step > usual + WIDER * word.size:
            words.append(word)
        else:
            words[-1] = replace(words[-1], text=words[-1].text + word.text, x1=word.x1)
    return words
