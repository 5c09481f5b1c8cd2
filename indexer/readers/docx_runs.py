"""Runs of a Word paragraph: the words it shows, with their size and weight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from indexer.readers.docx_styles import W, is_on, value_of
from indexer.readers.docx_symbols import in_font, symbol
from indexer.readers.powers import mark_before

COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BEFORE = {f"{MATH}den": "/", f"{MATH}sup": "^", f"{MATH}sub": "_"}  # parts of a formula that are drawn below or beside what they follow
BOX = f"{W}txbxContent"
SHOWN = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
REFERENCES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
UNSHOWN = ("pPr", "rPr", "sdtPr", "rubyPr", "rt", "del", "moveFrom", "delText", "instrText", "delInstrText")
LEFT_OUT = frozenset(f"{W}{name}" for name in UNSHOWN)


@dataclass(slots=True)
class Words:
    """What a paragraph shows.

    boxes: the content of text boxes anchored in it. sizes: letters by size in half points, for runs that set one.
    weights: letters by bold, not bold, and None where the style decides. underlined: how many letters are. notes: the foot- and endnotes it
    refers to, by (kind, id); their marks are none of its words: Word counts and raises them. opening: how many of the parts stand before
    the first letters whose run does not set them in bold.
    """

    parts: list[str] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    weights: dict[bool | None, int] = field(default_factory=dict)
    underlined: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    opening: int | None = None

    @property
    def text(self) -> str:
        return "".join(self.parts)

    @property
    def size(self) -> float | None:
        """The size, in half points, that most letters of the runs set, or None where runs set none."""
        return max(self.sizes, key=lambda size: self.sizes[size]) if self.sizes else None

    @property
    def lead(self) -> str:
        """The words that it begins with in bold, where others come behind them; "" without."""
        lead = "".join(self.parts[: self.opening or 0])
        return lead if any(map(str.isalpha, lead)) else ""

    def is_bold(self, inherited: bool) -> bool:
        """Whether most of it is bold, in a style that is or is not, or all of it is underlined."""
        if 0 < self.underlined == sum(self.weights.values()):
            return True
        bold = self.weights.get(True, 0) + (self.weights.get(None, 0) if inherited else 0)
        return 2 * bold > sum(self.weights.values())


def words_of(paragraph: Any) -> Words:
    """The words of a paragraph in order, tracked insertions among them, deletions and hidden runs not."""
    words = Words()
    _gather(paragraph, words)
    return words


def _gather(parent: Any, words: Words) -> None:
    for child in parent:
        tag = child.tag
        if tag in LEFT_OUT or not isinstance(tag, str):
            continue
        if tag == BOX:
            words.boxes.append(child)
        elif tag == f"{W}r":
            _gather_run(child, words)
        elif tag == f"{MATH}t":
            words.parts.append(child.text or "")
        elif tag == f"{COMPATIBILITY}AlternateContent":
            # The choices say the same thing for old and new versions of Word.
            chosen = child.find(f"{COMPATIBILITY}Choice")
            _gather(child.find(f"{COMPATIBILITY}Fallback") if chosen is None else chosen, words)
        else:
            if tag in BEFORE and any(part.text for part in child.iter(f"{MATH}t")):
                words.parts.append(BEFORE[tag])
            _gather(child, words)


def _gather_run(run: Any, words: Words) -> None:
    properties = run.find(f"{W}rPr")
    if is_on(properties, "vanish"):
        return
    shown, font, begin = 0, _font_of(properties), len(words.parts)
    for child in run:
        name = child.tag.removeprefix(W) if isinstance(child.tag, str) else ""
        if name == "t":
            mark = mark_before(words.text, child.text or "", _text_behind(run)) if _is_raised(properties) else ""
            words.parts.append(mark + in_font(font, child.text or ""))
            shown += len((child.text or "").strip())
        elif name == "sym":
            words.parts.append(symbol(child.get(f"{W}font"), child.get(f"{W}char")))
        elif name in REFERENCES:
            words.notes.append((REFERENCES[name], child.get(f"{W}id", "")))
        elif name in SHOWN:
            words.parts.append(SHOWN[name])
        elif child.tag not in LEFT_OUT and len(child):
            _gather_nested(child, words)
    if shown:
        bold = None if properties is None or properties.find(f"{W}b") is None else is_on(properties, "b")
        words.weights[bold] = words.weights.get(bold, 0) + shown
        if words.opening is None and not bold and any(map(str.isalpha, "".join(words.parts[begin:]))):
            words.opening = begin
        words.underlined += shown if value_of(None if properties is None else properties.find(f"{W}u")) not in (None, "none") else 0
        size = None if properties is None else value_of(properties.find(f"{W}sz"))
        if size and size.isdecimal():
            words.sizes[float(size)] = words.sizes.get(float(size), 0) + shown


def _is_raised(properties: Any) -> bool:
    return properties is not None and value_of(properties.find(f"{W}vertAlign")) == "superscript"


def _text_behind(run: Any) -> str:
    behind = run.getnext()
    return "" if behind is None or behind.tag != f"{W}r" else behind.findtext(f"{W}t") or ""


def _font_of(properties: Any) -> str | None:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    return None if fonts is None else fonts.get(f"{W}ascii")


def _gather_nested(element: Any, words: Words) -> None:
    """Text boxes inside a drawing, and the words of phonetic guides (ruby)."""
    before = len(words.parts)
    _gather([element], words)
    if element.tag.endswith(("}drawing", "}pict", "}object")):
        del words.parts[before:]
