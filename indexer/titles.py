"""Titles: what a document is called."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import PurePosixPath

from indexer.readers.base import Block, BlockKind, Reading

MAX_TITLE = 120  # characters; a longer first line is a sentence
NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*[.):]?|[IVX]{1,5}\.)\s+")
JUNK = re.compile(
    r"microsoft (word|powerpoint|excel)\b.*|untitled.*|\(?(anonymous|unspecified|no title)\)?|"
    r"(new )?(document|presentation|sheet|book|blank)\s?\d*|slide \d+|"
    r"home ?page|home|start ?page|startseite|accueil|inicio|intranet|welcome|main page|new page|page \d*|"
    r"[\w-]+\.\w{2,4}|.*\.docx?|[\[<{].*|.*template",
    re.IGNORECASE,
)
GENERAL = re.compile(
    r"(purpose|scope|introduction|overview|background|summary|contents|table of contents|"
    r"document (control|history|information|details)|revision history|version (history|control)|change (history|log)|"
    r"definitions|general|preface|foreword|sheet\s?\d*|policy|feedback)\b.{0,12}",
    re.IGNORECASE,
)
SITE = re.compile(r"\s+(?:[|·»]|::|[-–—])\s+")  # between a page's title and its site's
NAMELESS = frozenset({"index", "_index", "readme", "main", "document", "default"})
ORDER = re.compile(r"\A\d{1,3}[ _.-]+(?=\D)")
LARGE = 1.15  # times the body's type size
NEAR = 5  # blocks from the first
MUCH_LARGER = 1.4  # times the first line's type size


def title_of(path: str, reading: Reading, stated: str | None) -> str:
    """The title as stated, else as the document's first heading or first line shows it, else its file's name made readable."""
    shown = _heading(reading)
    if stated and not JUNK.fullmatch(stated):
        return shown if shown and shown in SITE.split(stated) else stated
    return shown or _first_line(reading) or readable(path)


def readable(path: str) -> str:
    """"02_access-control.md" as "Access control"; "policies/backup/index.md" as "Backup"."""
    file = PurePosixPath(path)
    name = file.parent.name if file.stem.lower() in NAMELESS and file.parent.name else file.stem
    words = " ".join(re.sub(r"[_\-.+]+", " ", ORDER.sub("", name, count=1)).split()) or file.name
    return words[:1].upper() + words[1:]


def _heading(reading: Reading) -> str | None:
    """The first heading of the outermost level, unless it is but the first of the document's sections."""
    outermost = [block for block in reading.blocks if block.kind is BlockKind.HEADING and block.level == 1]
    if not outermost:
        return None
    words = _words(reading, outermost[0])
    title = NUMBER.sub("", words, count=1)
    is_section = len(outermost) > 1 and (title != words or outermost[0] is not reading.blocks[0])
    return None if is_section or len(title) > 2 * MAX_TITLE or GENERAL.fullmatch(title) else title


def _first_line(reading: Reading) -> str | None:
    """A short first line that is no sentence, or one soon below it in much larger type, as a title below its company's name."""
    near = [block for block in islice(reading.blocks, NEAR) if block.kind is not BlockKind.FURNITURE]
    larger = [block for block in near[1:] if block.kind is BlockKind.PARAGRAPH and block.size >= MUCH_LARGER * near[0].size]
    first = larger[0] if len(larger) == 1 else next(iter(near), None)
    if first is None or first.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
        return None
    words = _words(reading, first)
    plausible = 3 < len(words) <= MAX_TITLE and words[-1] not in ".,;:!?" and not NUMBER.match(words) and ": " not in words
    stands_out = first.kind is BlockKind.HEADING or first.size >= LARGE or first.bold or len(words.split()) <= 14
    return words if plausible and stands_out and not GENERAL.fullmatch(words) else None


def _words(reading: Reading, block: Block) -> str:
    return " ".join(reading.text.characters[block.start : block.end].split())
