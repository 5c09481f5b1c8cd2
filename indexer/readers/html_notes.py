"""Notes of a page, as Pandoc, WordPress, MediaWiki, Google and Word write them: their marks shown, each behind what refers to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from indexer.readers.grid import on_one_line
from indexer.readers.html_tables import inner_text, runs_of_data
from indexer.readers.html_tags import BLOCKS, HEADINGS

MARK = re.compile(r"[\[(]?\s*(\d{1,3}|[a-z]{1,2}|[ivxl]{1,6}|[*†‡]{1,3})\s*[\])]?", re.IGNORECASE)
LEFT = re.compile(r"\A[\s^↑,.)\]]+|[\s↑↩\ufe0e\ufe0f]+\Z")  # what links back to the text leave
BACK_LINKS = ".mw-cite-backlink, .cite-accessibility-label"
RAISED = 'sup, [class*="FootnoteReference"], [class*="EndnoteReference"]'
LISTS = frozenset({"ul", "ol", "dl"})
PARTS = "p, ul, ol, dl, table, blockquote, pre"  # that a note may have several of
TAGS_AROUND = re.compile(r"\A<[^>]*>|</[^<>]*>\Z")
HOLDERS = frozenset({"div", "li", "dd", "aside", "section"})


@dataclass(frozen=True, slots=True)
class _Reference:
    """A raised link to a note. mark: as printed, without brackets. place: the block, list or table behind which the note belongs."""

    link: LexborNode
    mark: str
    note: LexborNode
    place: LexborNode


def put_notes_in_place(tree: LexborHTMLParser) -> None:
    """Show marks of notes as "[1]", and each note as a paragraph behind what refers to it first: it belongs to that clause.

    A note is what a raised link leads to and what leads back to it.
    """
    references = _references(tree)
    if not references:
        return
    notes = {reference.note.mem_id: reference.note for reference in references}
    outer = [next((node.mem_id for node in _above(reference.link) if node.mem_id in notes), None) for reference in references]
    named = {name for reference in references for name in _around(reference.link)}
    for note in notes.values():
        _without_back_links(note, named)
    for reference in references:
        _raised(reference.link).replace_with(f"[{reference.mark}]")
    ends: dict[int, LexborNode] = {}  # the last note behind a place, by the place; of a note within which another is referred to, its own
    for reference, within in sorted(zip(references, outer, strict=True), key=lambda pair: pair[1] is not None):
        place = reference.place.mem_id if within is None else within
        if reference.note.mem_id in ends or (within is not None and within not in ends):
            continue
        ends.get(place, reference.place).insert_after(_written(reference))
        written = ends.get(place, reference.place).next
        if written is not None:
            ends[place] = ends[reference.note.mem_id] = written
    for note in notes.values():
        _remove(note)


def _references(tree: LexborHTMLParser) -> list[_Reference]:
    anchors = {name: node for node in tree.css("[id], a[name]") for name in _names(node)}
    order = {node.mem_id: at for at, node in enumerate(tree.css("[id], a"))}
    links = [
        (link, match[1], target)
        for link in tree.css('a[href^="#"]')
        if (match := MARK.fullmatch(link.text().strip())) and _is_raised(link)
        and (target := anchors.get(_target(link))) is not None and order[link.mem_id] < order[target.mem_id]
    ]  # fmt: skip
    taken = {node.mem_id for link, _, _ in links for node in _above(link)}
    targets = {target.mem_id for _, _, target in links}
    data: dict[int, set[int]] = {}
    notes = {at: _note(target, taken, targets) for at, target in {target.mem_id: target for _, _, target in links}.items()}
    back = {at: {_target(link) for link in note.css('a[href^="#"]')} for at, note in notes.items() if not _is_headed(note)}
    known = {notes[target.mem_id].mem_id for link, _, target in links if not _around(link).isdisjoint(back.get(target.mem_id, ()))}
    return [
        _Reference(link, mark, note, _place(link, data))
        for link, mark, target in links
        if (note := notes[target.mem_id]).mem_id in known
    ]


def _names(node: LexborNode) -> list[str]:
    return [name for key in ("id", "name") if (name := node.attributes.get(key))]


def _target(link: LexborNode) -> str:
    return unquote((link.attributes.get("href") or "")[1:])


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def _is_raised(link: LexborNode) -> bool:
    raised = link.css_first(RAISED) is not None or any(node.tag == "sup" for node in _line(link))
    return raised or link.attributes.get("role") == "doc-noteref" or "footnote-ref" in (link.attributes.get("class") or "")


def _line(link: LexborNode) -> Iterator[LexborNode]:
    """The elements around a link that stand with it in one line."""
    for node in _above(link):
        if node.tag in BLOCKS:
            return
        yield node


def _around(link: LexborNode) -> set[str]:
    """The names by which something may lead back to a link: its own, and those of what raises it."""
    return {name for node in (link, *_line(link)) for name in _names(node)}


def _raised(link: LexborNode) -> LexborNode:
    """The link, or the element that raises it and nothing else."""
    return next((node for node in _line(link) if node.tag == "sup" and node.text().strip() == link.text().strip()), link)


def _note(target: LexborNode, links: set[int], targets: set[int]) -> LexborNode:
    """The whole note of an anchor: the block at it, and what holds that and no other note, no reference and no heading."""
    note = target if target.tag in BLOCKS else next((node for node in _above(target) if node.tag in BLOCKS), target)
    while (parent := note.parent) is not None and parent.tag in HOLDERS and parent.mem_id not in links:
        if _is_headed(parent) or any(node.mem_id in targets and node.mem_id != target.mem_id for node in parent.css("[id], a[name]")):
            break
        note = parent
    return note


def _is_headed(node: LexborNode) -> bool:
    """Whether it is a heading, or holds one and so a section rather than a note."""
    return node.tag in HEADINGS or node.css_first(", ".join(HEADINGS)) is not None


def _place(link: LexborNode, data: dict[int, set[int]]) -> LexborNode:
    """The block that holds a link, or the outermost list or table of data that holds that. data: the rows of data of each table seen."""
    place: LexborNode | None = None
    row: LexborNode | None = None
    for node in _above(link):
        if place is None and node.tag in BLOCKS:
            place = node
        if node.tag in LISTS:
            place = node
        elif node.tag == "tr":
            row = node
        elif node.tag == "table" and row is not None:
            if node.mem_id not in data:
                depth = 1 + sum(above.tag == "table" for above in _above(node))
                data[node.mem_id] = {other.mem_id for run in runs_of_data(node, depth) for other in run}
            if row.mem_id not in data[node.mem_id]:
                break
            place = node
    return place or link


def _without_back_links(note: LexborNode, named: set[str]) -> None:
    for node in note.css(BACK_LINKS):
        node.decompose()
    for link in note.css('a[href^="#"]'):
        if _target(link) in named:
            _raised(link).decompose()


def _written(reference: _Reference) -> LexborNode:
    """The note behind its mark: one paragraph, or blocks of its own where it has several."""
    note, mark = reference.note, f"[{reference.mark}] "
    blocks = [block for block in note.css(PARTS) if block.mem_id != note.mem_id and LEFT.sub("", block.text())]
    words = LEFT.sub("", on_one_line(inner_text(note)))
    if len(blocks) < 2:
        return _parsed(f"<p>{escape(mark + words)}</p>")
    for text in note.traverse(include_text=True):
        if text.is_text_node and (left := LEFT.sub("", text.text_content or "")):
            text.replace_with(mark + left)
            break
    return _parsed(f"<div>{TAGS_AROUND.sub('', note.html or '')}</div>")


def _parsed(markup: str) -> LexborNode:
    return LexborHTMLParser(markup).css("p, div")[0]


def _remove(note: LexborNode) -> None:
    parent = note.parent
    note.decompose()
    if parent is not None and parent.tag in LISTS and parent.css_first("li") is None:
        parent.decompose()
