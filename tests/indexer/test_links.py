"""Which clause documents which control."""

from __future__ import annotations

from corpus.clause import Clause
from corpus.control import ControlLink, Provenance
from corpus.document import Document
from indexer.links import control_links

DEFAULT = "iso27001:2022"
TEXT = "1 Backups (A.8.13)\nWe back up daily.\n1.1 Restores\nSee A.8.13, A.8.14 and A.8.13.\n2 Other\nSee A.8.99 and A.5.1.\n"
FIRST, RESTORES, OTHER = TEXT.index("1 Backups"), TEXT.index("1.1"), TEXT.index("2 Other")
CLAUSES = (
    Clause("1", "Backups (A.8.13)", 1, FIRST, OTHER, FIRST + 19),
    Clause("1.1", "Restores", 2, RESTORES, OTHER, RESTORES + 13, parent=0),
    Clause("2", "Other", 1, OTHER, len(TEXT), OTHER + 8),
)


def document(**fields: object) -> Document:
    return Document(path="backup.md", title="Backup", sha256="0" * 64, text_sha256="0" * 64, **fields)  # type: ignore[arg-type]


def test_a_reference_belongs_to_the_innermost_clause_that_holds_it():
    """The heading links its own clause, the child its own, and each clause has one link to a control, at its first mention."""
    links, _ = control_links(TEXT, CLAUSES, document(), DEFAULT)
    at = TEXT.index("A.8.13, ")
    assert [(link.id, link.start) for link in links[0]] == [("A.8.13", TEXT.index("A.8.13"))]
    assert [(link.id, link.start) for link in links[1]] == [("A.8.13", at), ("A.8.14", at + 8)]
    assert links[2] == (ControlLink(DEFAULT, "A.5.1", Provenance.EXPLICIT, True, TEXT.index("A.5.1"), TEXT.index("A.5.1") + 5),)


def test_unknown_references_are_returned_apart():
    """An id that no edition has is no link, and is reported with its place."""
    links, unknown = control_links(TEXT, CLAUSES, document(controls=((DEFAULT, "A.8.77"),)), DEFAULT)
    assert "A.8.99" not in {link.id for of_clause in links.values() for link in of_clause}
    assert [(reference.id, reference.text) for reference in unknown] == [("A.8.99", "A.8.99"), ("A.8.77", "A.8.77")]


def test_declared_controls_hang_from_the_first_clause():
    """What the metadata declares is a link of the whole document, unless the text of that clause says it itself."""
    links, _ = control_links(TEXT, CLAUSES, document(controls=((DEFAULT, "A.8.10"), (DEFAULT, "A.8.13"), ("house:1", "H-1"))), DEFAULT)
    assert [(link.id, link.provenance) for link in links[0]] == [
        ("A.8.10", Provenance.DECLARED), ("A.8.13", Provenance.EXPLICIT), ("H-1", Provenance.DECLARED),
    ]  # fmt: skip


def test_the_declared_framework_decides_the_edition():
    """In a document that declares :2013 a bare A.5.1 is :2013's, and not ambiguous."""
    links, _ = control_links(TEXT, CLAUSES, document(framework="iso27001:2013"), DEFAULT)
    assert [(link.framework, link.id, link.ambiguous) for link in links[2]] == [("iso27001:2013", "A.5.1", False)]


def test_a_mention_that_names_its_edition_outweighs_one_that_does_not():
    """The first mention is ambiguous, the second says :2022: the link stands at the second."""
    text = "See A.5.1.\n\nSee A.5.1 of ISO/IEC 27001:2022."
    links, _ = control_links(text, (Clause(None, "", 1, 0, len(text), 0),), document(), DEFAULT)
    assert [(link.ambiguous, link.start) for link in links[0]] == [(False, text.rindex("A.5.1"))]


def test_what_stands_before_the_first_clause_belongs_to_the_document():
    """A title page that names a control links the document's first clause; so does a text without any clause."""
    text = "Covers A.8.13.\n1 Scope\nAll."
    links, _ = control_links(text, (Clause("1", "Scope", 1, 15, len(text), 23),), document(), DEFAULT)
    assert [link.id for link in links[0]] == ["A.8.13"]
    assert [link.id for link in control_links(text, (), document(), DEFAULT)[0][0]] == ["A.8.13"]
