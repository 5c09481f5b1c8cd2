"""The words around a quotation as Slack may show them, in the language that is wanted.

Every name in them has gone through `name`; the sentences are of the catalogue (`isobot.languages`).
"""

from __future__ import annotations

from datetime import date

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.control import ControlLink
from isobot.citation import NAMES, clause_label, document_label, mark_facts, page_label
from isobot.languages import Language
from isobot.slack.literal import clipped, literal

MAX_NAME = 150  # characters of a title, a heading or an owner; names are no quotations, so they may be cut
MAX_SHORT_NAME = 60  # characters of a page label or of a framework's or a control's name


def name(text: str, limit: int = MAX_NAME) -> str:
    """A name of somebody else's as it may be shown: letter by letter, on one line, not longer than `limit` characters."""
    return clipped(literal(text), limit)


def document_of(citation: Citation, words: Language) -> str:
    """Title and version, "BYOD Standard v2.1"; the path of a document without a title."""
    document = citation.document
    return (name(document_label(document)) if document.title.strip() else name(document.path)) or words.say("answer.unnamed")


def place_of(citation: Citation, words: Language) -> str:
    """Clause and page as they follow the document: " · §3.2 Personal laptops · p. 4"; "" where neither is known."""
    parts = (name(clause_label(citation)), name(page_label(citation, words), MAX_SHORT_NAME))
    return "".join(f" · {part}" for part in parts if part)


def marks_of(citation: Citation, today: date, words: Language) -> list[str]:
    """What a reader must know of the document before relying on it, each a short sentence."""
    return [words.say(f"mark.{key}", date=day) for key, day in mark_facts(citation, today)]


def state_of(citation: Citation, today: date, words: Language) -> str:
    """Since when the document is in force, and when its review is due: "in force since 2025-07-01 · review due 2026-12-31".

    "" where it states neither; what is overdue or not in force is told by its marks.
    """
    document, said = citation.document, []
    if document.effective and document.effective <= today and not (document.expires and document.expires < today):
        said.append(words.say("state.effective", date=document.effective.isoformat()))
    if document.review_by and not document.is_overdue(today):
        said.append(words.say("state.review", date=document.review_by.isoformat()))
    return " · ".join(said)


def control_of(link: ControlLink, words: Language) -> str:
    """ "ISO/IEC 27001:2022 A.8.13"."""
    return name(f"{NAMES.get(link.framework, link.framework)} {link.id}", MAX_SHORT_NAME) or words.say("answer.unnamed")


def known_by(link: ControlLink, words: Language) -> str:
    """How it is known that the clause documents the control: " named in the clause, edition assumed"."""
    assumed = words.say("provenance.assumed") if link.ambiguous else ""
    return f" {words.say(f'provenance.{link.provenance.value}')}{assumed}"


def whom_to_ask(answer: Answer, words: Language) -> str:
    """The sentences of an abstention that say who may know."""
    owner = name(answer.owner or "")
    asked = words.say("answer.ask_owner", owner=owner) if owner else words.say("answer.no_owner")
    return f"{asked} {words.say('answer.noted')}"
