"""Reading mail and web archives."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DamagedDocumentError, DocumentError
from indexer.readers import read
from tests.indexer.blocks import check_blocks, shapes


def message() -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = "New password rule", "Amira Okafor <amira@merrowline.example>", "all@merrowline.example"
    made["Date"] = "Mon, 02 Mar 2026 09:00:00 +0000"
    made.set_content("From Monday passwords have 14 characters.\n\nAsk the service desk.")
    return made


def test_a_message_is_read_with_its_head_and_its_attachments_named(tmp_path: Path):
    """Subject as heading, who and when as lines, the body, and what hangs on it by name with a warning."""
    made = message()
    made.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Passwörter v2.pdf")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    reading = read(tmp_path / "a.eml")
    check_blocks(reading)
    assert shapes(reading) == [
        ("heading", 1, "New password rule"),
        (
            "paragraph", 0,
            "From: Amira Okafor <amira@merrowline.example>\nTo: all@merrowline.example\nDate: Mon, 02 Mar 2026 09:00:00 +0000",
        ),
        ("paragraph", 0, "From Monday passwords have 14 characters."),
        ("paragraph", 0, "Ask the service desk."),
        ("paragraph", 0, "Attachments: Passwörter v2.pdf"),
    ]  # fmt: skip
    assert reading.warnings == ("Its attachments were not read: Passwörter v2.pdf. Save those that are documents beside it.",)


def test_the_title_of_an_answer_is_that_of_what_it_answers(tmp_path: Path):
    """What mail programs put before a subject is shown, and is no part of the title."""
    made = message()
    made.replace_header("Subject", "AW: Re: New password rule")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    reading = read(tmp_path / "a.eml")
    assert (reading.properties["title"], shapes(reading)[0][2]) == ("New password rule", "AW: Re: New password rule")


def test_an_html_body_is_read_as_html(tmp_path: Path):
    """Its tables are rows; the plain copy beside it is not read a second time."""
    made = message()
    made.add_alternative("<table><tr><th>Who</th><th>What</th></tr><tr><td>All</td><td>14</td></tr></table>", subtype="html")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    assert shapes(read(tmp_path / "a.eml"))[2:] == [("table header", 0, "| Who | What |"), ("table row", 0, "| All | 14 |")]


def test_the_word_export_of_a_wiki_is_read(tmp_path: Path):
    """Confluence exports pages as .doc files that are web pages packed into a message."""
    made = EmailMessage()
    made["Subject"] = "Exported From Confluence"
    made.set_content("<h1>Access</h1><p>Access is reviewed yearly.</p>", subtype="html")
    (tmp_path / "page.doc").write_bytes(made.as_bytes())
    assert shapes(read(tmp_path / "page.doc")) == [("heading", 1, "Access"), ("paragraph", 0, "Access is reviewed yearly.")]


def test_a_text_that_is_no_message_is_refused(tmp_path: Path):
    """With what to do."""
    (tmp_path / "a.eml").write_text("\nHello there")
    with pytest.raises(DamagedDocumentError, match="header lines"):
        read(tmp_path / "a.eml")


BYTES = message().as_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(BYTES)), st.binary(max_size=40), st.integers(0, 60))
def test_a_damaged_message_is_read_or_refused(tmp_path: Path, at: int, instead: bytes, removed: int):
    """No change of its bytes brings the reader down."""
    (tmp_path / "a.eml").write_bytes(BYTES[:at] + instead + BYTES[at + removed :])
    try:
        check_blocks(read(tmp_path / "a.eml"))
    except DamagedDocumentError as refused:
        assert "cannot be read (" not in str(refused) or "message" in str(refused)
    except DocumentError:
        pass
