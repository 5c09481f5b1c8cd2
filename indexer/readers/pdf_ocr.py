"""Text recognition of scanned pages by tesseract, where that program is installed."""

from __future__ import annotations

import csv
import os
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from indexer.readers.pdf_letters import Word
from indexer.readers.tesseract import PROGRAM, SECONDS, version

RESOLUTION = 300  # dots an inch, what tesseract is trained for
MAX_PIXELS = 40_000_000  # of a page; a larger one is rendered with fewer dots an inch
NOISE = 20.0  # per cent of confidence below which a word is a smudge or a part of a picture
ALIKE = 0.25  # of the type size: lines that differ by less are set in one
DESCENT = 0.2  # of a word's box that stands below its baseline where it has a "g" or a "p"
DESCENDERS = frozenset("gjpqy,;()")


@dataclass(frozen=True, slots=True)
class Recognised:
    """The words of a scanned page. confidence: mean over its letters, 0 to 1, as tesseract states it."""

    words: tuple[Word, ...]
    confidence: float


def recognise(page: Any, width: float, height: float) -> Recognised | None:
    """Read a page as it looks; None where there is no program, it fails, or it finds no word. width, height: points, as seen."""
    if not version():
        return None
    scale = min(RESOLUTION / 72, (MAX_PIXELS / max(width * height, 1)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=False)
    try:
        image = b"P5\n%d %d\n255\n" % (bitmap.width, bitmap.height) + bitmap.to_numpy().tobytes()
    finally:
        bitmap.close()
    command = [PROGRAM, "-", "-", "--dpi", str(round(72 * scale)), "tsv"]
    try:
        done = subprocess.run(command, input=image, capture_output=True, timeout=SECONDS, check=False, env=_environment())
    except (OSError, subprocess.TimeoutExpired):
        return None
    return recognised(done.stdout.decode("utf-8", "replace"), scale, height) if done.returncode == 0 else None


def _environment() -> dict[str, str]:
    return os.environ | {"OMP_THREAD_LIMIT": "1"}  # pages are read side by side; its own threads would only get in each other's way


def recognised(table: str, scale: float, height: float) -> Recognised | None:
    """The words in tesseract's table. scale: pixels a point. height: of the page, in points."""
    rows = [row for row in csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE) if _is_word(row)]
    if not rows:
        return None
    lines: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        lines[row["block_num"], row["par_num"], row["line_num"]].append(row)
    usual = median(_size(line) for line in lines.values())
    words = [word for line in lines.values() for word in _words(line, usual, scale, height)]
    letters = sum(len(row["text"]) for row in rows)
    return Recognised(tuple(words), sum(float(row["conf"]) * len(row["text"]) for row in rows) / letters / 100)


def _is_word(row: dict[str, str]) -> bool:
    try:
        return row["level"] == "5" and bool(row["text"].strip()) and float(row["conf"]) >= NOISE
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _size(line: Iterable[dict[str, str]]) -> float:
    return max(float(row["height"]) for row in line)


def _words(line: list[dict[str, str]], usual: float, scale: float, height: float) -> list[Word]:
    """The words of a line on one baseline and in one size: the page's usual one, where the line's is near it."""
    size = _size(line)
    size = usual if abs(size - usual) <= ALIKE * usual else size
    bottom = median(float(row["top"]) + float(row["height"]) * (1 - DESCENT * bool(DESCENDERS & set(row["text"]))) for row in line)
    return [
        Word(
            row["text"].strip(),
            float(row["left"]) / scale,
            (float(row["left"]) + float(row["width"])) / scale,
            round(height - bottom / scale, 1),
            round(size / scale, 1),
            False,
        )
        for row in line
    ]
