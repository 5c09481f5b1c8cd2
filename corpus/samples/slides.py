"""A source as a presentation: a title slide, document control, and a slide for each heading with its bullets, table and notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Cm, Emu, Pt

from corpus.samples.archive import dated
from corpus.samples.source import Block, Grid, Heading, Listing, Paragraph, Run, Runs, Source, plain

INK, TINT, GREY, WHITE = (RGBColor.from_string(code) for code in ("17324D", "E8EEF4", "5A7184", "FFFFFF"))  # type: ignore[no-untyped-call]
WIDTH, HEIGHT = Cm(33.867), Cm(19.05)  # 16:9
SIDE, BAR, TOP, FOOT = Cm(2), Cm(3.1), Cm(4.3), Cm(17.7)
TITLE_SLIDE, BULLETS, TITLE_ONLY = 0, 1, 5  # layouts of the library's template
NOTES = "Notes: "
FACE = "Calibri"


@dataclass(frozen=True, slots=True)
class _Slide:
    """One slide as its source has it. notes: what the speaker reads, a paragraph each."""

    title: str
    listing: Listing | None
    grid: Grid | None
    notes: tuple[str, ...]


def slides(source: Source) -> bytes:
    """The presentation's bytes, the same for the same source and library."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _set_properties(deck, source)
    _add_title_slide(deck, source)
    control = Grid(_cells(("Item", "Value")), tuple(_cells(row) for row in source.control_rows()))
    for slide in (_Slide("Document control", None, control, ()), *_slides(source.blocks)):
        _add_slide(deck, source, slide)
    target = BytesIO()
    deck.save(target)
    return dated(target, source)


def _slides(blocks: tuple[Block, ...]) -> Iterator[_Slide]:
    """A slide for each heading. Raises ValueError for what no slide can show."""
    starts = [position for position, block in enumerate(blocks) if isinstance(block, Heading)]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        heading, *body = blocks[start:end]
        assert isinstance(heading, Heading)
        notes = [plain(block.runs) for block in body if isinstance(block, Paragraph)]
        astray = next((text for text in notes if not text.startswith(NOTES)), None)
        if astray is not None:
            raise ValueError(f"{astray[:40]!r} on the slide {heading.text!r} is no note. Begin it with {NOTES!r}, or make it a bullet.")
        yield _Slide(
            heading.text,
            next((block for block in body if isinstance(block, Listing)), None),
            next((block for block in body if isinstance(block, Grid)), None),
            tuple(text.removeprefix(NOTES) for text in notes),
        )


def _cells(texts: tuple[str, ...]) -> tuple[Runs, ...]:
    return tuple((Run(text),) for text in texts)


def _set_properties(deck: Any, source: Source) -> None:
    properties = deck.core_properties
    properties.title, properties.subject, properties.author = source.title, source.edition, source.properties["owner"]
    properties.last_modified_by, properties.version, properties.language = source.properties["owner"], source.properties["version"], "en-GB"
    properties.created = properties.modified = datetime.combine(source.effective, time(9))


def _add_title_slide(deck: Any, source: Source) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_SLIDE])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = INK
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    for shape, top, height in ((title, Cm(5.5), Cm(4)), (subtitle, Cm(9.8), Cm(3))):
        _place(shape, SIDE, top, WIDTH - 2 * SIDE, height)
    _write(title.text_frame, [source.title], 44, WHITE, bold=True)
    issue = f"Version {source.properties['version']} – {source.properties['classification']}"
    _write(subtitle.text_frame, [f"Merrowline – {source.effective.day} {source.effective:%B %Y}", issue], 20, TINT)
    title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    for frame in (title.text_frame, subtitle.text_frame):
        for paragraph in frame.paragraphs:
            paragraph._p.get_or_add_pPr().set("algn", "l")


def _add_slide(deck: Any, source: Source, content: _Slide) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[BULLETS if content.listing else TITLE_ONLY])
    title = slide.shapes.title
    _place(title, 0, 0, WIDTH, BAR)
    title.fill.solid()
    title.fill.fore_color.rgb = INK
    _write(title.text_frame, [content.title], 30, WHITE, bold=True)
    title.text_frame.paragraphs[0]._p.get_or_add_pPr().set("algn", "l")
    title.text_frame.margin_left = SIDE
    title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    if content.listing:
        body = slide.placeholders[1]
        _place(body, SIDE, TOP, WIDTH - 2 * SIDE, FOOT - TOP)
        _write(body.text_frame, [plain(item.runs) for item in content.listing.items], 28, INK)
        for paragraph in body.text_frame.paragraphs:
            paragraph.space_after = Pt(18)
    if content.grid:
        _add_table(slide, content.grid)
    _add_footer(slide, source)
    if content.notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(content.notes)


def _add_table(slide: Any, grid: Grid) -> None:
    rows = (grid.header, *grid.rows)
    height = min(Cm(2.1), Emu(int((FOOT - TOP - Cm(0.5)) / len(rows))))
    table = slide.shapes.add_table(len(rows), len(grid.header), SIDE, TOP, WIDTH - 2 * SIDE, height * len(rows)).table
    size = 20 if len(rows) < 8 else 14
    lengths = [max(len(plain(row[column])) for row in rows) ** 0.5 for column in range(len(grid.header))]
    for column, length in zip(table.columns, lengths, strict=True):
        column.width = int((WIDTH - 2 * SIDE) * length / sum(lengths))
    for position, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        row.height = height
        for cell, text in zip(row.cells, texts, strict=True):
            cell.fill.solid()
            cell.fill.fore_color.rgb = INK if position == 0 else TINT if position % 2 == 0 else WHITE
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            _write(cell.text_frame, [plain(text)], size, WHITE if position == 0 else INK, bold=position == 0)


def _add_footer(slide: Any, source: Source) -> None:
    """Give the slide the footer and the number that its layout has room for."""
    texts = {PP_PLACEHOLDER.FOOTER: (SIDE, source.edition), PP_PLACEHOLDER.SLIDE_NUMBER: (WIDTH - Cm(7), "")}
    for holder in slide.slide_layout.placeholders:
        if holder.placeholder_format.type not in texts:
            continue
        left, text = texts[holder.placeholder_format.type]
        slide.shapes.clone_placeholder(holder)
        shape = slide.shapes[-1]
        _place(shape, left, FOOT, Cm(15) if text else Cm(5), Cm(1))
        _write(shape.text_frame, [text], 12, GREY)
        paragraph = shape.text_frame.paragraphs[0]._p
        paragraph.get_or_add_pPr().set("algn", "l" if text else "r")
        if not text:
            number = f'<a:fld {nsdecls("a")} id="{{5F2A7C51-0D5B-4B7E-9B55-6C7A3B0F3D01}}" type="slidenum"><a:rPr lang="en-GB" sz="1200"/>'
            paragraph.append(parse_xml(f"{number}<a:t>{len(slide.part.package.presentation_part.presentation.slides)}</a:t></a:fld>"))


def _place(shape: Any, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _write(frame: Any, lines: list[str], size: float, colour: RGBColor, bold: bool = False) -> None:
    """Replace the frame's text by a paragraph for each line."""
    frame.text = "\n".join(lines)
    frame.word_wrap = True
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.name, run.font.size, run.font.bold = FACE, Pt(size), bold
            run.font.color.rgb = colour
