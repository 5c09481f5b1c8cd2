"""What the author of a PDF marked as headings, by bookmarks or by tags, begins clauses."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.clause import Clause
from indexer.outline import outline
from indexer.readers.pdf import read_pdf
from tests.indexer.hostile import pdf_of
from tests.indexer.trees import check_tree

LINES = [
    "Keys of the building", "Every key is counted on Mondays, and the count is written into the book of keys at the desk.",
    "2.7 Lost keys", "A lost key is reported on the same day, and its lock is changed within two days of the report.",
    "Duplicates", "Nobody has a key copied without the consent of the person who answers for the building.",
]  # fmt: skip


def read_tree(path: Path) -> list[tuple[int, str | None, str]]:
    made = read_pdf(path)
    clauses: tuple[Clause, ...] = outline(made)
    check_tree(made, clauses)
    return [(clause.level, clause.number, clause.heading) for clause in clauses]


def drawn(path: Path, bookmarks: list[tuple[str, int]], lines: list[str] = LINES) -> Path:
    """One page of lines of one type, with bookmarks (title, level from 0) to it."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    for at, line in enumerate(lines):
        canvas.drawString(72, 760 - 30 * at, line)
    for at, (title, level) in enumerate(bookmarks):
        canvas.bookmarkPage(str(at))
        canvas.addOutlineEntry(title, str(at), level)
    canvas.save()
    return path


def tagged(path: Path, tags: list[tuple[str, str]]) -> Path:
    """One page of (tag, line) in one type, each line marked content of its own under its tag."""
    shown = b"\n".join(
        b"/%s <</MCID %d>> BDC BT /F 10 Tf 72 %d Td (%s) Tj ET EMC" % (tag.encode(), at, 760 - 30 * at, line.encode())
        for at, (tag, line) in enumerate(tags)
    )
    elements = [b"<</Type/StructElem/S/%s/P 6 0 R/Pg 3 0 R/K %d>>" % (tag.encode(), at) for at, (tag, _) in enumerate(tags)]
    kids = b" ".join(b"%d 0 R" % (7 + at) for at in range(len(tags)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/StructParents 0/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[0[%s]]>>>>" % (kids, kids),
        *elements,
    ]
    path.write_bytes(pdf_of(dict(enumerate(objects, start=1))))
    return path


def test_bookmarks_make_headings_of_lines_that_look_like_text(tmp_path):
    """Their levels make the tree; a number before a heading that the bookmark leaves out is kept."""
    path = drawn(tmp_path / "keys.pdf", [("KEYS OF THE BUILDING", 0), ("Lost keys", 1), ("Not on this page", 1), ("Duplicates", 1)])
    assert read_tree(path) == [(1, None, "Keys of the building"), (2, "2.7", "Lost keys"), (2, None, "Duplicates")]


def test_tags_make_headings_where_there_are_no_bookmarks(tmp_path):
    """A sentence that a program tagged as a heading is none."""
    tags = ["H1", "P", "H2", "P", "H2", "H3"]
    path = tagged(tmp_path / "keys.pdf", list(zip(tags, LINES, strict=True)))
    assert read_tree(path) == [(1, None, "Keys of the building"), (2, "2.7", "Lost keys"), (2, None, "Duplicates")]


def test_a_bulleted_item_is_no_heading_whatever_leads_to_it(tmp_path):
    """A program that bookmarks the items of a list makes no clauses of them."""
    lines = ["1 Keys", LINES[1], "• Duplicates", "• Spare keys", "2 Locks", LINES[3]]
    path = drawn(tmp_path / "keys.pdf", [("1 Keys", 0), ("Duplicates", 1), ("Spare keys", 1), ("2 Locks", 0)], lines)
    assert read_tree(path) == [(1, "1", "Keys"), (1, "2", "Locks")]


def test_a_bookmarked_paragraph_is_a_clause_without_a_heading(tmp_path):
    """Where a program bookmarked whole numbered paragraphs, their sentences stay text; one without a number begins no clause."""
    lines = ["1 Keys", f"1.1 {LINES[1]}", LINES[3], f"1.2 {LINES[5]}"]
    path = drawn(tmp_path / "keys.pdf", [("1 Keys", 0), (lines[1], 1), (lines[2], 1), (lines[3], 1)], lines)
    assert read_tree(path) == [(1, "1", "Keys"), (2, "1.1", ""), (2, "1.2", "")]
