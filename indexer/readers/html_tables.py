"""Tables of a page: which of their rows are data, what their cells say, and which rows name the columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from indexer.readers.canvas import Canvas
from indexer.readers.grid import CELL, ROW, Cell, on_one_line, rows_of_names, spread
from indexer.readers.html_tags import BLOCKS, heading_level, is_bold, is_dropped, is_hidden
from indexer.readers.layout import Part, names_what_follows, placed

MOST_COLUMNS = 100  # that one cell is believed to cover
MOST_NODES = 5000  # of a cell that are looked at for whether it holds a section
DEEPEST = 50  # tables within one another that are looked at so
PLACING = ("presentation", "none")  # roles of a table that says that it is none


def runs_of_data(table: LexborNode, depth: int = 1) -> Iterator[list[LexborNode]]:
    """The rows of a table that are data, those without another between them together; the others only place text.

    depth: how many tables it stands in, itself among them; what stands too deep is data.
    """
    run: list[LexborNode] = []
    for row, is_placed in zip(rows := list(_rows(table)), _placed(table, rows, depth), strict=True):
        if not is_placed:
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def write_rows(canvas: Canvas, data: Sequence[LexborNode]) -> None:
    """Append rows of data that stand below one another, the first with the names of the columns where it says so."""
    rows = [(row, _cells(row)) for row in data]
    grid = [[_cell(cell, len(rows) - position) for cell in cells] for position, (_, cells) in enumerate(rows)]
    named = 0  # rows from the first that names columns, with those that its cells reach down into
    in_head = [_in_head(row) for row, _ in rows]
    for position, ((_, cells), texts) in enumerate(zip(rows, spread(grid), strict=True)):
        bold = position == 0 < len(rows) - 1 and _is_bold_above(cells, rows[1][1])
        header = in_head[position] or (position == 0 and not any(in_head) and (_all_named(cells) or bold or _names_what_follows(rows)))
        if header and position == 0:
            named = rows_of_names(grid[0])
        canvas.add_row(texts, header or position < named < len(rows))


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    """The table's own rows, not those of tables inside it."""
    child = table.child
    while child is not None:
        if child.tag == "tr" and not is_hidden(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and not is_hidden(child):
            yield from _rows(child)
        child = child.next


def _cells(row: LexborNode) -> list[LexborNode]:
    cells: list[LexborNode] = []
    child = row.child
    while child is not None:
        if child.tag in ("td", "th") and not is_hidden(child):
            cells.append(child)
        child = child.next
    return cells


def _placed(table: LexborNode, rows: Sequence[LexborNode], depth: int) -> list[bool]:
    cells = [_cells(row) for row in rows]
    if depth > DEEPEST or any(_in_head(row) or _all_named(line) for row, line in zip(rows, cells, strict=True)):
        return [False] * len(rows)
    parts = [[_parts(cell) for cell in line] for line in cells]
    if table.attributes.get("role") in PLACING and any(len(cell) > 1 for line in parts for cell in line):
        return [True] * len(rows)
    return placed(parts)


def _in_head(row: LexborNode) -> bool:
    return row.parent is not None and row.parent.tag == "thead"


def _all_named(cells: Sequence[LexborNode]) -> bool:
    return len(cells) > 1 and all(cell.tag == "th" for cell in cells)


def _is_bold_above(cells: Sequence[LexborNode], below: Sequence[LexborNode]) -> bool:
    """Whether a first row is set in bold, and the one below it is not."""
    return len(cells) > 1 and _all_bold(cells) and not _all_bold(below)


def _names_what_follows(rows: Sequence[tuple[LexborNode, Sequence[LexborNode]]]) -> bool:
    return names_what_follows([[_parts(cell) for cell in cells] for _, cells in rows])


def _all_bold(cells: Sequence[LexborNode]) -> bool:
    """Whether every word of these cells is set in bold."""
    return all(part.bold for cell in cells for part in _parts(cell))


def _parts(cell: LexborNode) -> list[Part]:
    """The blocks of a cell, each line of theirs by itself, those of tables in it among them."""
    blocks: list[list[tuple[str, bool, bool]]] = [[]]  # words, whether in a heading, whether in bold
    stack: list[tuple[LexborNode | None, bool, bool]] = [(cell, False, False)]
    seen = 0
    while stack and seen < MOST_NODES:
        node, heading, bold = stack.pop()
        seen += 1
        if node is None:
            blocks.append([])
            continue
        if node.is_text_node:
            blocks[-1].append((node.text_content or "", heading, bold))
            continue
        tag = node.tag or ""
        if is_dropped(node) or is_hidden(node):
            continue
        if tag == "br":
            blocks.append([])
        heading, bold = heading or heading_level(node) > 0, bold or is_bold(node)
        if tag in BLOCKS:
            blocks.append([])
            stack.append((None, False, False))
        child = node.last_child
        while child is not None:
            stack.append((child, heading, bold))
            child = child.prev
    return [_part(words) for words in blocks if any(text.strip() for text, _, _ in words)]


def _part(words: Sequence[tuple[str, bool, bool]]) -> Part:
    filled = [(heading, bold) for text, heading, bold in words if text.strip()]
    text = " ".join("".join(text for text, _, _ in words).split())
    return Part(text, any(heading for heading, _ in filled), all(bold for _, bold in filled))


def _cell(cell: LexborNode, most: int) -> Cell:
    """A cell with what it covers. most: the rows from its own to the table's last."""
    across, down = (cell.attributes.get(name) or "1" for name in ("colspan", "rowspan"))
    return Cell(on_one_line(inner_text(cell)), _span(across, MOST_COLUMNS), _span(down, most))


def _span(value: str, most: int) -> int:
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 6 else 1


def inner_text(node: LexborNode) -> str:
    """What the element shows; items of lists, and rows and cells of tables in it, begin with their marks."""
    words: list[str] = []
    stack: list[LexborNode | str] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, str):
            words.append(current)
            continue
        if current.is_text_node:
            words.append(current.text_content or "")
            continue
        tag = current.tag or ""
        if is_dropped(current) or is_hidden(current):
            continue
        if current is not node:
            words += _marks(tag)
        if tag in ("table", "ul", "ol"):
            stack.append(ROW)
        child = current.last_child
        while child is not None:
            stack.append(child)
            child = child.prev
    return "".join(words)


def _marks(tag: str) -> list[str]:
    if tag in ("tr", "caption", "li"):
        return [ROW]
    if tag in ("td", "th"):
        return [CELL]
    return [" "] if tag in BLOCKS or tag == "br" else []
