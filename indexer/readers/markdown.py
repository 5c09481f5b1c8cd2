"""Markdown: what a person reads once it is rendered, its tables as their author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import BULLET, Canvas, item
from indexer.readers.frontmatter import split_front_matter
from indexer.readers.html import write_html
from indexer.readers.html_lines import is_titled
from indexer.readers.html_tags import ALL
from indexer.readers.markdown_contents import lines_of_contents
from indexer.readers.markdown_dialects import plain_markdown
from indexer.readers.markdown_notes import with_notes_in_place
from indexer.readers.markdown_tables import with_separators
from indexer.readers.powers import mark_before
from indexer.readers.text_file import opened

MAX_NESTING = 100  # levels of lists and quotations; what nests deeper is dropped by the parser
LONG_LINE = 20_000  # characters; the inline rules take the square of the length of what is no sentence
PIECE = 5_000
LONG = re.compile(rf"[^\n]{{{LONG_LINE},}}")
TAG = re.compile(r"</?([A-Za-z][\w-]*)[^<>]*>")
ALERT = re.compile(r"\[!([A-Za-z]+)\]\s*")
TASK = re.compile(r"\[([ xX])\](?=\s)")  # before an item: a box to tick
ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}\n]*\}\s*\Z")  # "{#anchor}" after a heading
STATEMENT = re.compile(r"[^\W\d_][\w ()/-]{0,30}:\s+\S")  # a line such as "Owner: Head of IT"


def read_markdown(path: Path) -> Reading:
    """Read CommonMark with tables, front matter, footnotes and admonitions; inline markup is removed. Raises a DocumentError."""
    text, canvas = opened(path)
    properties, body, warnings = split_front_matter(text)
    for warning in warnings:
        canvas.warn(warning)
    _Walk(canvas, with_separators(_folded(plain_markdown(body)))).run()
    return canvas.reading(properties)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    # Strikethrough stays off: words that their author struck out keep their tildes, so that nobody takes them for a rule.
    parser = parser.use(footnote_plugin, inline=False).use(deflist_plugin)
    return parser.use(admon_plugin).use(container_plugin, "box", validate=lambda *_: True)


def _folded(body: str) -> str:
    """The body with lines too long to parse parted into paragraphs, at spaces where there are any."""
    return LONG.sub(lambda line: "\n\n".join(_pieces(line[0])), body)


def _pieces(line: str) -> Iterator[str]:
    start = 0
    while len(line) - start > PIECE:
        space = line.rfind(" ", start, start + PIECE)
        end = space if space > start else start + PIECE
        yield line[start:end]
        start = end
    yield line[start:]


class _Walk:
    """Goes through the parser's tokens once and writes their blocks."""

    def __init__(self, canvas: Canvas, body: str) -> None:
        self.canvas = canvas
        self.lines = body.split("\n")
        self.tokens = with_notes_in_place(_parser().parse(body))
        self.numbers = _numbers(self.tokens)
        self.indented = _indented(self.tokens, self.lines)
        self.depth = 0
        self.inner = 0
        self.marker = ""
        self.heading = 0
        self.row: list[str] | None = None
        self.row_line = ""
        self.in_header = False
        self.markup: list[str] = []
        self.contents = lines_of_contents(self.tokens)
        self.term = False

    def run(self) -> None:
        if any(token.level >= MAX_NESTING - 1 for token in self.tokens):
            self.canvas.warn(f"Lists or quotations nest deeper than {MAX_NESTING // 2} levels; what lies deeper was left out.")
        for position, token in enumerate(self.tokens):
            if token.type != "html_block":
                self._write_markup()
            if token.type == "list_item_open":
                self.marker = f"{self.numbers[position]}{token.markup} " if token.info else BULLET
                self.inner = int(position in self.indented)
            if position in self.contents:
                self.canvas.add(BlockKind.FURNITURE, _shown(token.children or [])[0])
                self.marker = ""
                continue
            self._take(token)
        self._write_markup()

    def _take(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self.depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
            case "footnote_open":
                self.marker = f"[{token.meta.get('label') or token.meta['id'] + 1}] "
            case "list_item_close" | "footnote_close":
                self.marker = ""
            case "dt_open" | "dt_close":
                self.term = token.type == "dt_open"
            case "dd_open" | "dd_close":
                self.depth += token.nesting
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0
            case "container_box_open":
                self._box(token.info)
            case "fence" | "code_block":
                self.canvas.add(BlockKind.CODE, token.content, indent=self.depth)
            case "html_block":
                self.markup.append(token.content)
            case "inline":
                self._inline(token)
            case _:
                self._take_table(token)

    def _take_table(self, token: Token) -> None:
        match token.type:
            case "thead_open":
                self.in_header = True
            case "thead_close":
                self.in_header = False
            case "tr_open":
                self.row = []
                self.row_line = self.lines[token.map[0]] if token.map else ""
            case "tr_close":
                self._write_row()

    def _inline(self, token: Token) -> None:
        children = token.children or []
        if self.row is None and not (self.heading or self.marker or self.term) and (above := _title_above(children)):
            self.canvas.add(BlockKind.PARAGRAPH, _shown(children[:above])[0], indent=self.depth, bold=True)
            children = children[above + 1 :]
        text, bold, lead = _shown(children)
        if self.row is not None:
            self.row.append(" ".join(text.split()))
        elif self.heading:
            label = self.marker if self.marker[:1].isdigit() else ""
            self.canvas.add(BlockKind.HEADING, label + ATTRIBUTES.sub("", text), level=self.heading)
            self.marker = ""
        elif self.marker:
            above = max(self.depth - 1, 0) + self.inner
            lead = item(self.marker, _with_box(lead)) if lead else ""
            self.canvas.add(BlockKind.LIST_ITEM, item(self.marker, _with_box(text)), level=above + 1, indent=above, bold=bold, lead=lead)
            self.marker = ""
        else:
            text = ALERT.sub(lambda alert: f"{alert[1].capitalize()}: ", text, count=1) if ALERT.match(text) else text
            self.canvas.add(BlockKind.PARAGRAPH, text, indent=self.depth, bold=bold or self.term, lead=lead)

    def _write_row(self) -> None:
        cells, self.row = self.row or [], None
        if not any(cells):
            return
        written = self.row_line.lstrip("> \t")
        tight = written[:1] == "|" and not written[1:2].isspace()
        kind = BlockKind.TABLE_HEADER if self.in_header else BlockKind.TABLE_ROW
        self.canvas.add(kind, f"|{'|'.join(cells)}|" if tight else f"| {' | '.join(cells)} |")

    def _box(self, info: str) -> None:
        """The title of a ":::" box: what follows its class, else the class itself."""
        kind, _, title = re.sub(r"\[(.*)\]", r" \1", info).strip(" {}.").partition(" ")
        self.canvas.add(BlockKind.PARAGRAPH, title.strip() or kind.lstrip(".").capitalize(), bold=True)

    def _write_markup(self) -> None:
        """HTML that the author wrote into the text; blank lines may have cut it into several tokens."""
        if self.markup:
            write_html(self.canvas, TAG.sub(_escaped_unless_html, "\n".join(self.markup)))
            self.markup = []


def _with_box(text: str) -> str:
    return TASK.sub(lambda box: "☐" if box[1] == " " else "☑", text, count=1) if TASK.match(text) else text


def _numbers(tokens: Sequence[Token]) -> dict[int, str]:
    """The number of each ordered list item, by its token's position: as written, counted where they are all written alike ("1.")."""
    numbers: dict[int, str] = {}
    open_lists: list[list[int]] = []
    for position, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(position)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = open_lists.pop()
            written = [tokens[item].info for item in items]
            if len(items) > 1 and len(set(written)) == 1 and written[0]:
                written = [str(int(written[0]) + count) for count in range(len(items))]
            numbers.update(zip(items, written, strict=True))
    return numbers


def _indented(tokens: Sequence[Token], lines: Sequence[str]) -> set[int]:
    """The ordered items, by their tokens' positions, that their author set in under another, by less than the parser needs to see it.

    They begin again at 1 ("3. The kinds are:", and on the next line "  1. open").
    """
    found: set[int] = set()
    open_lists: list[int | None] = []  # how far the items of each stand in
    before = -1
    for position, token in enumerate(tokens):
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            open_lists.pop()
        elif token.type == "list_item_open" and token.info and token.map:
            line = lines[token.map[0]]
            column = len(line) - len(line.lstrip("> \t"))
            base = open_lists[-1] = column if open_lists[-1] is None else open_lists[-1]
            if column > base and (token.info == "1" or before in found):
                found.add(position)
            before = position
    return found


def _escaped_unless_html(tag: re.Match[str]) -> str:
    """"<NAME OF SYSTEM>" is a gap to be filled in, not markup."""
    return tag[0] if tag[1].lower() in ALL else tag[0].replace("<", "&lt;").replace(">", "&gt;")


def _shown(children: Sequence[Token]) -> tuple[str, bool, str]:
    """The words that inline tokens show, whether most of them are bold, and those that they begin with in bold where others follow."""
    lines: list[list[str]] = [[]]
    strong = letters = bold_letters = 0
    lead, opening = "", True
    for at, child in enumerate(children):
        strong += (child.type == "strong_open") - (child.type == "strong_close")
        if child.type == "softbreak":
            lines.append([])
        shown = _power(children, at) or _words_of(child)
        lines[-1].append(shown)
        letters += len(shown.strip())
        bold_letters += len(shown.strip()) if strong else 0
        opening = opening and (strong > 0 or not any(map(str.isalpha, shown)))
        lead += (" " if child.type == "softbreak" else shown) if opening else ""
    lead = "" if opening or not any(map(str.isalpha, lead)) else lead
    return _joined(["".join(line) for line in lines]), letters > 0 and 2 * bold_letters > letters, lead


def _power(children: Sequence[Token], at: int) -> str:
    """What parts the figure within `<sup>` from the figure before it; "" of any other token."""
    if at == 0 or at + 1 >= len(children) or children[at].content.lower() != "<sup>":
        return ""
    behind = children[at + 3].content if at + 3 < len(children) else ""
    return mark_before(children[at - 1].content, children[at + 1].content, behind)


def _title_above(children: Sequence[Token]) -> int:
    """Where the first line ends, in bold, that is the title of the paragraph's other lines; 0 without."""
    above = next((at for at, child in enumerate(children) if child.type in ("softbreak", "hardbreak")), 0)
    line = [child.type for child in children[:above] if child.type != "text" or child.content.strip()]
    if line[:1] != ["strong_open"] or line[-1] != "strong_close" or line.count("strong_open") > 1:
        return 0
    (title, _, _), (text, bold, lead) = _shown(children[:above]), _shown(children[above + 1 :])
    return 0 if bold or lead or not is_titled(title, text) else above


def _joined(lines: Sequence[str]) -> str:
    """Lines of one paragraph joined with spaces, as they render; lines such as "Owner: …" are meant to stand apart."""
    text = [lines[0]]
    for before, after in pairwise(lines):
        text += ["\n" if STATEMENT.match(before) and STATEMENT.match(after) else " ", after]
    return "".join(text)


def _words_of(token: Token) -> str:
    match token.type:
        case "text" | "code_inline" | "image":
            return token.content
        case "hardbreak":
            return "\n"
        case "footnote_ref":
            return f"[{token.meta.get('label') or token.meta['id'] + 1}]"
        case "html_inline":
            tag = TAG.fullmatch(token.content)
            if tag is None or tag[1].lower() in ALL:
                return "\n" if tag and tag[1].lower() == "br" else ""
            return token.content
    return ""
