"""The words of one PDF page, with their places and type sizes, as pdfium sees them."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

WORD_GAP = 0.28  # of the type size: a wider step between two letters parts words even where the file has no space
BOLD_FROM = 600  # font weight, 400 is regular
BOLD_NAME = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
HYPHEN = "\ufffe"  # how pdfium reports a hyphen at which a line was broken
SOFT_HYPHENS = "\ufffe\x02\xad"
BULLET = "•"
BULLETS = frozenset("•◦▪■●○‣⁃∙·❖➢➤►✓✔\uf0a7\uf0b7\uf0d8\uf0fc\uf076\uf0a8\uf06e\uf0b0\uf0e0")
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SPELLED = str.maketrans({**LIGATURES, **dict.fromkeys(SOFT_HYPHENS, HYPHEN)})
QUARTER = math.pi / 2
LEANING = 0.35  # of a quarter turn: pdfium reports the slope of an artificial italic as an angle
BELOW = 20.0  # points
PRIVATE = range(0xE000, 0xF900)  # where symbol fonts keep their bullets


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a space between them. x0, x1, baseline, size: points, from the lower left of the page as it is seen."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Letter:
    character: str
    index: int
    x0: float
    x1: float
    baseline: float
    tall: float


class TextPage:
    """One open text page. rotation: of the page, in quarter turns clockwise; width, height: points, as seen."""

    def __init__(self, handle: Any, rotation: int, width: float, height: float) -> None:
        import pypdfium2.raw as raw

        self.raw, self.handle, self.rotation = raw, handle, rotation
        self.width, self.height = width, height
        self._bold_fonts: dict[bytes, bool] = {}
        self._font_name, self._font_flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def letters(self) -> Iterator[_Letter | None]:
        """Each letter in the order of the file; None where the file or pdfium has white space, and for slanted text (watermarks).

        Text that runs up or down the page is laid below its foot, where baselines are negative.
        """
        raw, handle = self.raw, self.handle
        code_of, origin_of, box_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin, raw.FPDFText_GetLooseCharBox
        angle_of, unturned = raw.FPDFText_GetCharAngle, self.rotation == 0
        x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        for index in range(raw.FPDFText_CountChars(handle)):
            code = code_of(handle, index)
            character = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else " "
            if character.isspace() or (code < 32 and code != 2):
                yield None
                continue
            origin_of(handle, index, at_x, at_y)
            box_of(handle, index, at_box)
            if unturned and angle_of(handle, index) == 0.0:  # nearly every letter there is: its place is as it is seen
                left, right = box.left, box.right
                yield _Letter(character, index, min(left, right), max(left, right), y.value, abs(box.top - box.bottom))
                continue
            turn = self._turn(index)
            if turn is None:
                yield None
                continue
            x0, y0 = self._laid(turn, *self.seen(box.left, box.bottom))
            x1, y1 = self._laid(turn, *self.seen(box.right, box.top))
            baseline = self._laid(turn, *self.seen(x.value, y.value))[1]
            yield _Letter(character, index, min(x0, x1), max(x0, x1), baseline, abs(y1 - y0))

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

    def _laid(self, turn: int, x: float, y: float) -> tuple[float, float]:
        match turn:
            case 1:
                return self.height - y, x - self.width - BELOW
            case 3:
                return y, -x - BELOW
            case _:
                return x, y

    def is_bold(self, index: int) -> bool:
        if self.raw.FPDFText_GetFontWeight(self.handle, index) >= BOLD_FROM:
            return True
        name = self._font_name
        name.value = b""
        self.raw.FPDFText_GetFontInfo(self.handle, index, name, 128, self._font_flags)
        if name.value not in self._bold_fonts:
            self._bold_fonts[name.value] = bool(BOLD_NAME.search(name.value.decode("utf-8", "ignore")))
        return self._bold_fonts[name.value]

    def size(self, index: int) -> float:
        """Type size of a letter, points, as printed."""
        matrix = self.raw.FS_MATRIX()
        size = float(self.raw.FPDFText_GetFontSize(self.handle, index))
        if not self.raw.FPDFText_GetMatrix(self.handle, index, matrix):
            return size
        return size * math.hypot(matrix.c, matrix.d)


def words_of(page: TextPage) -> list[Word]:
    """The words of a page in the order of the file."""
    words: list[Word] = []
    letters: list[_Letter] = []
    for letter in page.letters():
        if letters and (letter is None or _parts(letters[-1], letter)):
            words.append(_word(page, letters))
            letters = []
        if letter is not None:
            letters.append(letter)
    if letters:
        words.append(_word(page, letters))
    return words


def _parts(last: _Letter, letter: _Letter) -> bool:
    """Whether a new word begins with `letter`. A box is about 1.2 times as tall as its type size."""
    size = max(last.tall, letter.tall, 1.0) / 1.2
    step = letter.x0 - last.x1
    if (letter.x0, letter.x1, letter.baseline) == (last.x0, last.x1, last.baseline):
        return False  # one glyph that stands for several letters, as a ligature does
    return abs(letter.baseline - last.baseline) > 0.6 * size or step > WORD_GAP * size or step < -size


def _word(page: TextPage, letters: list[_Letter]) -> Word:
    text = "".join(letter.character for letter in letters).translate(SPELLED)
    if text[0] in BULLETS or (len(text) == 1 and ord(text) in PRIVATE):
        text = BULLET + text[1:]
    middle = letters[len(letters) // 2]
    return Word(text, letters[0].x0, letters[-1].x1, letters[0].baseline, page.size(middle.index), page.is_bold(middle.index))
