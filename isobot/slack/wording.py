"""The bot's own sentences, and the words around a quotation as Slack may show them.

Every name in them has gone through `name`; what they say of a citation is `isobot.citation`'s.
"""

from __future__ import annotations

from datetime import date

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.control import ControlLink
from isobot.citation import NAMES, SAID, clause_label, document_label, marks, page_label
from isobot.slack.literal import clipped, literal

MAX_NAME = 150  # characters of a title, a heading or an owner; names are no quotations, so they may be cut
MAX_SHORT_NAME = 60  # characters of a page label or of a framework's or a control's name

HINT = "Ask me a question about your policies, for example: how long must a password be?"
ABSTENTION = "Your policies don't say."
NEAREST = "Not an answer, but near:"
UNNAMED = "unnamed"
CUT = "The quotation goes on in the document."


def name(text: str, limit: int = MAX_NAME) -> str:
    """A name of somebody else's as it may be shown: letter by letter, on one line, not longer than `limit` characters."""
    return clipped(literal(text), limit)


def document_of(citation: Citation) -> str:
    """Title and version, "BYOD Standard v2.1"; the path of a document without a title."""
    document = citation.document
    return (name(document_label(document)) if document.title.strip() else name(document.path)) or UNNAMED


def place_of(citation: Citation) -> str:
    """Clause and page as they follow the document: " · §3.2 Personal laptops · p. 4"; "" where neither is known."""
    parts = (name(clause_label(citation)), name(page_label(citation), MAX_SHORT_NAME))
    return "".join(f" · {part}" for part in parts if part)


def marks_of(citation: Citation, today: date) -> list[str]:
    return [name(mark) for mark in marks(citation, today)]


def control_of(link: ControlLink) -> str:
    """ "ISO/IEC 27001:2022 A.8.13"."""
    return name(f"{NAMES.get(link.framework, link.framework)} {link.id}", MAX_SHORT_NAME) or UNNAMED


def known_by(link: ControlLink) -> str:
    """How it is known that the clause documents the control: " named in the clause, edition assumed"."""
    return f" {SAID[link.provenance]}{', edition assumed' if link.ambiguous else ''}"


def whom_to_ask(answer: Answer) -> str:
    """The sentences of an abstention that say who may know."""
    owner = name(answer.owner or "")
    asked = f"Please ask {owner}." if owner else "No owner is named whom you could ask."
    return f"{asked} I have noted the question as one that your policies leave open."
