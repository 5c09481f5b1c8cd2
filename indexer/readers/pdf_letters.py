"""The words of one PDF page, with their places and type sizes, as pdfium sees them."""

from __future__ import annotations

import ctypes
import math
import re
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.readers.pdf_fonts import Fonts

WORD_GAP = 0.28  # of the type size: a wider step between two letters parts words even where the file has no space
COLOURED = 48  # of 255: how far the three parts of a colour differ; those of black, white and grey do not
HYPHEN = "\ufffe"  # how pdfium reports a hyphen at which a line was broken
SOFT_HYPHENS = "\ufffe\x02\xad"
BULLET = "•"
BULLETS = frozenset("•◦▪■●○‣⁃∙·❖➢➤►✓✔\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf0b0\uf0e0")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPELLED = str.maketrans({**LIGATURES, **dict.fromkeys(SOFT_HYPHENS, HYPHEN)})
QUARTER = math.pi / 2
SMALL_CAPITALS = 1.15, 1.6  # how much taller the first letter is than the others of a word in small capitals: more than, less than
LEANING = 0.35  # of a quarter turn: pdfium reports the slope of an artificial italic as an angle
BELOW = 20.0  # points
PRIVATE = range(0xE000, 0xF900)  # where symbol fonts keep their bullets
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them. x0, x1, baseline, size: points, from the lower left of the page as it is seen.

    coloured: whether they are printed in a colour, neither black nor white nor grey. italic: whether their face is.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool
    coloured: bool = False
    italic: bool = False


Piece = list[Word]
ENDS = re.compile(r"[.:;?!][\"'”’)\]]*$")
"""How the last word of a sentence, or of what leads to a list, ends."""


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a page in the order of the file, without white space and without slanted text (watermarks).

    at: int64 (n,), the place of each among all characters of the page. x0, x1, baseline, tall: float64 (n,), points.
    """

    characters: str
    at: NDArray[np.int64]
    x0: Numbers
    x1: Numbers
    baseline: Numbers
    tall: Numbers


class TextPage:
    """One open text page. rotation: of the page, in quarter turns clockwise; width, height: points, as seen."""

    def __init__(self, handle: Any, rotation: int, width: float, height: float) -> None:
        import pypdfium2.raw as raw

        self.raw, self.handle, self.rotation = raw, handle, rotation
        self.width, self.height = width, height
        self._address = ctypes.cast(handle, ctypes.c_void_p).value
        self.fonts = Fonts(raw, handle)
        self._colour = tuple(ctypes.c_uint() for _ in range(4))

    def letters(self) -> _Letters:
        """Text that runs up or down the page is laid below its foot, where baselines are negative."""
        count = self.raw.FPDFText_CountChars(self.handle)
        codes = np.fromiter(map(_quick("FPDFText_GetUnicode"), repeat(self._address), range(count)), np.uint32, count)
        at = np.flatnonzero(~np.fromiter(map(_is_blank, codes.tolist()), np.bool_, count))
        boxes = self._boxes(at)
        x0, x1 = boxes[:, [0, 2]].min(1), boxes[:, [0, 2]].max(1)
        with np.errstate(invalid="ignore"):
            baseline, tall = np.full(len(at), np.nan), np.abs(boxes[:, 1] - boxes[:, 3])
        y = ctypes.c_double()
        for first, end in _alike(boxes[:, [1, 3]]):
            if self.rotation == 0 and self.raw.FPDFText_GetCharAngle(self.handle, int(at[first])) == 0.0:
                self.raw.FPDFText_GetCharOrigin(self.handle, int(at[first]), ctypes.c_double(), y)
                baseline[first:end] = y.value  # nearly every letter there is: its place is as it is seen
                continue
            for letter in range(first, end):
                turn = self._turn(int(at[letter]))
                if turn is not None:
                    x0[letter], x1[letter], baseline[letter], tall[letter] = self._turned(turn, int(at[letter]), *boxes[letter].tolist())
        kept = ~np.isnan(baseline)
        characters = "".join(map(chr, codes[at[kept]].tolist()))
        return _Letters(characters, at[kept], x0[kept], x1[kept], baseline[kept], tall[kept])

    def _boxes(self, at: NDArray[np.int64]) -> Numbers:
        """Left, top, right and bottom of letters, float64 (n, 4)."""
        boxes = np.zeros((len(at), 4), np.float32)
        places = range(boxes.ctypes.data, boxes.ctypes.data + boxes.nbytes, 16)
        deque(map(_quick("FPDFText_GetLooseCharBox"), repeat(self._address), at.tolist(), places), maxlen=0)
        return boxes.astype(np.float64)

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates, where a reader sees it."""
        match self.rotation:
            case 1:
                return y, self.height - x
            case 2:
                return self.width - x, self.height - y
            case 3:
                return self.width - y, x
            case _:
                return x, y

    def _turn(self, index: int) -> int | None:
        """In quarter turns clockwise as seen, 0, 1 or 3; None for a letter that slants or stands on its head."""
        angle = float(self.raw.FPDFText_GetCharAngle(self.handle, index)) / QUARTER + self.rotation
        turn = round(angle)
        return turn % 4 if abs(angle - turn) < LEANING and turn % 4 != 2 else None

    def _turned(self, turn: int, index: int, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """x0, x1, baseline and height of a letter as it is laid."""
        x, y = ctypes.c_double(), ctypes.c_double()
        self.raw.FPDFText_GetCharOrigin(self.handle, index, x, y)
        x0, y0 = self._laid(turn, *self.seen(left, bottom))
        x1, y1 = self._laid(turn, *self.seen(right, top))
        return min(x0, x1), max(x0, x1), self._laid(turn, *self.seen(x.value, y.value))[1], abs(y1 - y0)

    def _laid(self, turn: int, x: float, y: float) -> tuple[float, float]:
        match turn:
            case 1:
                return self.height - y, x - self.width - BELOW
            case 3:
                return y, -x - BELOW
            case _:
                return x, y

    def types_of(self, letters: Sequence[int]) -> list[tuple[float, bool, bool, bool]]:
        """Type size of each letter, points, as printed, and whether it is bold, coloured and italic: the same for all of one command."""
        shown = list(map(_quick("FPDFText_GetTextObject"), repeat(self._address), letters))
        known = {by: self._type(letter) for by, letter in dict(zip(shown, letters, strict=True)).items() if by}
        return [known.get(by) or self._type(letter) for by, letter in zip(shown, letters, strict=True)]

    def _type(self, letter: int) -> tuple[float, bool, bool, bool]:
        face = self.fonts.face(letter)
        return self._size(letter), face.bold, self._is_coloured(letter), face.italic

    def _is_coloured(self, letter: int) -> bool:
        red, green, blue, alpha = self._colour
        self.raw.FPDFText_GetFillColor(self.handle, letter, red, green, blue, alpha)
        shades = red.value, green.value, blue.value
        return max(shades) - min(shades) >= COLOURED

    def _size(self, index: int) -> float:
        matrix = self.raw.FS_MATRIX()
        size = float(self.raw.FPDFText_GetFontSize(self.handle, index))
        if not self.raw.FPDFText_GetMatrix(self.handle, index, matrix):
            return size
        return size * math.hypot(matrix.c, matrix.d)


@cache
def _quick(name: str) -> Callable[..., Any]:
    """A function of pdfium that takes addresses and numbers as they are: checking them takes as long as the call."""
    import pypdfium2.raw as raw

    address, number = ctypes.c_void_p, ctypes.c_int
    gives, *takes = {
        "FPDFText_GetUnicode": (ctypes.c_uint, address, number),
        "FPDFText_GetLooseCharBox": (number, address, number, address),
        "FPDFText_GetTextObject": (address, address, number),
    }[name]
    return ctypes.PYFUNCTYPE(gives, *takes)(ctypes.cast(getattr(raw, name), address).value or 0)


@cache
def _is_blank(code: int) -> bool:
    """Whether the file or pdfium has white space there, or what is no character."""
    letter = 32 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF and not chr(code).isspace()
    return not letter and code != 2


def _alike(heights: Numbers) -> list[tuple[int, int]]:
    """Where each run of neighbouring letters begins and ends that reach exactly as high and as deep, and so share line and angle.

    heights: float64 (n, 2); what has no height stands alone.
    """
    other = np.ones(len(heights) + 1, np.bool_)
    other[1:-1] = (heights[1:] != heights[:-1]).any(1) | (heights[1:, 0] == heights[1:, 1])
    return list(pairwise(np.flatnonzero(other).tolist()))


def words_of(page: TextPage) -> list[Word]:
    """The words of a page in the order of the file."""
    letters = page.letters()
    odd = not SPELLED.keys().isdisjoint(map(ord, letters.characters))
    places, x0, x1, baseline = (numbers.tolist() for numbers in (letters.at, letters.x0, letters.x1, letters.baseline))
    spans = list(pairwise(_beginnings(letters)))
    types = page.types_of([places[letter] for letter in _telling(letters, spans)])
    words: list[Word] = []
    for (first, end), kind in zip(spans, types, strict=True):
        text = letters.characters[first:end]
        if odd:
            text = text.translate(SPELLED)
        if text[0] in BULLETS or (len(text) == 1 and ord(text) in PRIVATE):
            text = BULLET + text[1:]
        words.append(Word(text, x0[first], x1[end - 1], baseline[first], *kind))
    return words


def _telling(letters: _Letters, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The letter of each word that says its type: the middle one, or the first of a word in small capitals."""
    first, middle = np.array([first for first, _ in spans], int), np.array([(first + end) // 2 for first, end in spans], int)
    with np.errstate(invalid="ignore", divide="ignore"):
        taller = letters.tall[first] / letters.tall[middle]
    small = (taller > SMALL_CAPITALS[0]) & (taller < SMALL_CAPITALS[1]) & (letters.baseline[first] == letters.baseline[middle])
    found: list[int] = np.where(small, first, middle).tolist()
    return found


def _beginnings(letters: _Letters) -> list[int]:
    """Where each word begins, and the end of the last. A box is about 1.2 times as tall as its type size."""
    with np.errstate(invalid="ignore"):  # a broken file may place letters at infinity
        size = np.maximum(np.maximum(letters.tall[1:], letters.tall[:-1]), 1.0) / 1.2
        step, rise = letters.x0[1:] - letters.x1[:-1], np.abs(np.diff(letters.baseline))
        one_glyph = (np.diff(letters.x0) == 0) & (np.diff(letters.x1) == 0) & (rise == 0)  # for several letters, as a ligature is
        apart = (rise > 0.6 * size) | (step > WORD_GAP * size) | (step < -size)
    begins = np.ones(len(letters.at) + 1, np.bool_)
    begins[1:-1] = (np.diff(letters.at) > 1) | (apart & ~one_glyph)
    return [int(place) for place in np.flatnonzero(begins)]
