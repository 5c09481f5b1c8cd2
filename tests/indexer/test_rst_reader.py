"""Reading reStructuredText."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from indexer.metadata import document_from
from indexer.readers import read
from indexer.readers.rst import read_rst
from tests.indexer.blocks import check_blocks, shapes

PAGE = """\
=============
Backup Policy
=============

:Owner: CISO
:Version: 2.1

1 Purpose
=========

Backups are **kept**, see :ref:`the standard <std>`.

b. First
c. Second

   * inner

.. warning:: Test restores.

1.1 Periods
-----------

======  =====
Data    Years
======  =====
Logs    1
======  =====

::

   tar -c
"""


def test_a_page_is_read_as_it_would_be_shown(tmp_path: Path):
    """Sections by depth, lists with their numbers, tables by row, the words of references alone."""
    (tmp_path / "a.rst").write_text(PAGE)
    reading = read(tmp_path / "a.rst")
    check_blocks(reading)
    assert shapes(reading) == [
        ("heading", 1, "Backup Policy"),
        ("paragraph", 0, "Owner: CISO"),
        ("paragraph", 0, "Version: 2.1"),
        ("heading", 1, "1 Purpose"),
        ("paragraph", 0, "Backups are kept, see the standard."),
        ("list item", 1, "b. First"),
        ("list item", 1, "c. Second"),
        ("list item", 2, "- inner"),
        ("paragraph", 0, "Warning"),
        ("paragraph", 0, "Test restores."),
        ("heading", 2, "1.1 Periods"),
        ("table header", 0, "| Data | Years |"),
        ("table row", 0, "| Logs | 1 |"),
        ("code", 0, "tar -c"),
    ]
    document = document_from("a.rst", "", reading)
    assert (document.title, document.owner, document.version) == ("Backup Policy", "CISO", "2.1")


def test_no_directive_inserts_a_file_or_markup(tmp_path: Path):
    """What would bring another file in stands as written, with a warning; nothing of that file does."""
    (tmp_path / "secret.txt").write_text("the secret")
    for directive in (f"include:: {tmp_path}/secret.txt", f"csv-table:: T\n   :file: {tmp_path}/secret.txt", "raw:: html\n\n   <b>x</b>"):
        (tmp_path / "a.rst").write_text(f"Text.\n\n.. {directive}\n")
        reading = read_rst(tmp_path / "a.rst")
        assert "the secret" not in reading.text.characters
        assert directive.split("::")[0] in reading.text.characters
        assert "was not carried out" in reading.warnings[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(PAGE)), st.text(max_size=30), st.integers(0, 60))
def test_a_damaged_page_is_read_or_refused(tmp_path: Path, at: int, instead: str, removed: int):
    """No change of its text brings the reader down."""
    (tmp_path / "a.rst").write_text(PAGE[:at] + instead + PAGE[at + removed :], encoding="utf-8", errors="replace")
    with suppress(DocumentError):
        check_blocks(read_rst(tmp_path / "a.rst"))


def test_a_footnote_stands_in_the_clause_that_refers_to_it(tmp_path: Path):
    """Its mark is printed in brackets, so that it is no figure of the text, and its words come behind the paragraph."""
    path = tmp_path / "cards.rst"
    path.write_text("Cards\n=====\n\nLend 2 [1]_ or 3 [2]_ cards.\n\nKeys\n====\n\nHang them up.\n\n.. [1] By day.\n.. [2] By night.\n")
    assert [text for _, _, text in shapes(read_rst(path))] == [
        "Cards", "Lend 2 [1] or 3 [2] cards.", "[1] By day.", "[2] By night.", "Keys", "Hang them up.",
    ]  # fmt: skip


def test_directives_of_sphinx_show_what_a_page_shows(tmp_path: Path):
    """Boxes and tabs their text below their titles, contents as furniture, lists of files and remarks nothing, the day of making no day."""
    (tmp_path / "a.rst").write_text(
        "Keys\n====\n\n.. contents:: Parts\n\n.. toctree::\n   :maxdepth: 2\n\n   locks\n\n.. only:: html\n\n   Hang them |when|.\n\n"
        ".. tab-set::\n\n   .. tab-item:: Shed\n\n      On the hook.\n\n.. seealso:: The lock rules.\n\nLoans\n-----\n\nNone. [1]_\n\n"
        ".. [1] By day.\n\n   Nor by night.\n\n.. |when| date::\n\n.. TODO ask the council\n"
    )
    reading = read_rst(tmp_path / "a.rst")
    assert [(kind, text) for kind, _, text in shapes(reading)] == [
        ("heading", "Keys"), ("furniture", "Parts\nLoans"), ("paragraph", "Hang them [date]."), ("paragraph", "Shed"),
        ("paragraph", "On the hook."), ("paragraph", "See also"), ("paragraph", "The lock rules."), ("heading", "Loans"),
        ("paragraph", "None. [1]"), ("paragraph", "[1] By day."), ("paragraph", "Nor by night."),
    ]  # fmt: skip
    assert reading.warnings == ()
