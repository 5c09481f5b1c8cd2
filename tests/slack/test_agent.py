"""Which headings are worth a suggested question."""

from __future__ import annotations

import pytest

from corpus.clause import Clause
from corpus.document import Document
from isobot.slack.agent import says_its_subject

DOCUMENT = Document("byod.md", "Remote Working Standard", "a" * 64, "b" * 64)


@pytest.mark.parametrize(
    ("heading", "worth"),
    [
        ("Working from abroad", True), ("May I lend my laptop to my family?", True), ("Remote Working Standard", False), ("", False),
        ("How to read it", False), ("A record can be approved if it says:", False), ("General", False),
        ("Words " * 20, False),
    ],
)  # fmt: skip
def test_a_heading_is_asked_about_where_it_says_its_subject(heading: str, worth: bool) -> None:
    """Not the title again, not what only a reader of the document understands."""
    assert says_its_subject(Clause("1", heading, 1, 0, 9, 0), DOCUMENT) is worth
