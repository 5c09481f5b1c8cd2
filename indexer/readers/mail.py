"""Mail and web archives (MIME): the body as HTML or plain text, attachments by name."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from pathlib import Path
from typing import cast

from corpus.errors import DamagedDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.canvas import Canvas, cleaned
from indexer.readers.encoding import content_of, decoded
from indexer.readers.html import write_html
from indexer.readers.plaintext import write_plaintext

SHOWN = ("From", "To", "Cc", "Date")
ANSWERED = re.compile(r"\A(?:(?:re|fw|fwd|aw|wg|tr)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)  # before a subject, in English, German and French
MAX_HEADER = 300  # characters shown of one: a message may go to hundreds


def read_mail(path: Path) -> Reading:
    """Read a .eml message: subject, sender, date, body and the names of its attachments. Raises a DocumentError."""
    message = _message(path)
    canvas = Canvas()
    subject = _header(message, "Subject")
    canvas.add(BlockKind.HEADING, subject, level=1, bold=True)
    shown = [(name, _header(message, name)) for name in SHOWN]
    canvas.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in shown if value))
    properties = _write_body(canvas, message)
    named = [_filename(part) for part in message.iter_attachments()]
    if named:
        canvas.add(BlockKind.PARAGRAPH, f"Attachments: {', '.join(named)}")
        canvas.warn(f"Its attachments were not read: {', '.join(named)}. Save those that are documents beside it.")
    author = {"author": _header(message, "From"), "title": ANSWERED.sub("", subject)}
    return canvas.reading(properties | {name: value for name, value in author.items() if value})


def read_web_archive(path: Path) -> Reading:
    """Read a .mht page, or the .doc that Confluence exports, which is one. Raises a DocumentError."""
    canvas = Canvas()
    return canvas.reading(_write_body(canvas, _message(path)))


def _message(path: Path) -> EmailMessage:
    content = content_of(path)
    try:
        message = message_from_bytes(content, policy=policy.default)
    except (MessageError, ValueError, IndexError) as problem:
        raise DamagedDocumentError(f"It is no message that can be read ({problem}). Save it anew from the mail program.") from None
    if not message.keys():
        raise DamagedDocumentError("It has none of the header lines of a message. Save it anew from the mail program.")
    return message


def _write_body(canvas: Canvas, message: EmailMessage) -> dict[str, str]:
    """Append the HTML body, for it shows lists and tables as such, else the plain one; returns the properties that it states."""
    before = canvas.count
    for kind in ("html", "plain"):
        body = message.get_body(preferencelist=(kind,))
        if body is None:
            continue
        text = _text(canvas, cast(EmailMessage, body))
        if kind == "html":
            properties = write_html(canvas, text)
            if canvas.count > before:
                return properties
        else:
            write_plaintext(canvas, cleaned(text))
    return {}


def _text(canvas: Canvas, body: EmailMessage) -> str:
    """A body's characters: as its charset says, else as any text file's."""
    content = body.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text, warnings = decoded(content, body.get_content_charset())
    for warning in warnings:
        canvas.warn(warning)
    return text


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError, MessageError):  # what the standard library makes of malformed addresses
        return ""
    return value if len(value) <= MAX_HEADER else value[:MAX_HEADER].rsplit(" ", 1)[0] + " …"


def _filename(part: EmailMessage) -> str:
    try:
        name = part.get_filename()
    except (ValueError, IndexError, AttributeError, TypeError, MessageError):
        name = None
    return " ".join(cleaned(name or f"unnamed ({part.get_content_type()})").split())
