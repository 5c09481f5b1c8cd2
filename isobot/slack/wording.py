"""The words around a quotation: where it stands, what it documents, what to mind about its document.

Every name in them has gone through `name`, so they may be shown as they are.
"""

from __future__ import annotations

from datetime import date

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.clause import ancestry
from corpus.control import ControlLink, Provenance
from corpus.document import GUIDANCE, Document, Status
from isobot.slack.literal import clipped, literal

MAX_NAME = 150  # characters of a title, a heading or an owner; names are no quotations, so they may be cut
MAX_SHORT_NAME = 40  # characters of a version, a page label or a control id

HINT = "Ask me a question about your policies, for example: how long must a password be?"
ABSTENTION = "Your policies don't say."
NEAREST = "Not an answer, but near:"
GUIDANCE_MARK = "guidance, not your policy"
CUT = "The quotation goes on in the document."

PROVENANCE = {
    Provenance.EXPLICIT: "named in the text",
    Provenance.DECLARED: "declared by the document",
    Provenance.CONFIRMED: "confirmed by a person",
    Provenance.SUGGESTED: "suggested by the search",
}


def name(text: str, limit: int = MAX_NAME) -> str:
    """A name of somebody else's as it may be shown: letter by letter, on one line, not longer than `limit` characters."""
    return clipped(literal(text), limit)


def title_of(document: Document) -> str:
    return name(document.title) or name(document.path)


def place_of(citation: Citation) -> str:
    """Version, clause and page, as they follow the title: "v2.1 §3.2 Personal laptops, p. 4"."""
    words = " ".join(part for part in (version_of(citation.document), clause_of(citation)) if part)
    page = page_of(citation)
    return f"{words}, {page}" if words and page else words or page


def version_of(document: Document) -> str:
    version = name(document.version or "", MAX_SHORT_NAME)
    return f"v{version}" if version[:1].isdigit() else version


def clause_of(citation: Citation) -> str:
    """The clause as one would say it: "§3.2 Laptops"; a list item after what holds it: "§3.2 (b)"; else its headings."""
    line = ancestry(citation.clauses, citation.position)
    numbered = next((at for at in range(len(line) - 1, -1, -1) if stands_alone(line[at].number)), None)
    if numbered is None:
        return name(citation.clause_path)
    words = [clause.number if clause.number else clause.heading for clause in line[numbered + 1 :]]
    named = " ".join(part for part in (line[numbered].number, *words, "" if words else line[numbered].heading) if part)
    return name(f"§{named}" if named[:1].isdigit() else named)


def stands_alone(number: str | None) -> bool:
    """Whether a clause number says where it is without the clauses that hold it: "3.2" does, "(b)" and "iv." do not."""
    return number is not None and any(character.isdigit() for character in number)


def page_of(citation: Citation) -> str:
    """The printed label of the page, or of the first and the last: "p. iv", "pp. 4–5"; the page's number where none is printed."""
    labels = [name(page.label or "", MAX_SHORT_NAME) or str(page.number) for page in citation.pages]
    if not labels:
        return ""
    return f"p. {labels[0]}" if labels[0] == labels[-1] else f"pp. {labels[0]}–{labels[-1]}"


def marks_of(document: Document, today: date) -> tuple[str, ...]:
    """What a reader must know before trusting it: one phrase each, none for a document that is simply in force."""
    marks = []
    if document.collection == GUIDANCE:
        marks.append(GUIDANCE_MARK)
    if document.status is not Status.IN_FORCE:
        marks.append(f"{document.status.value}, not in force")
    if document.effective is not None and document.effective > today:
        marks.append(f"in force only from {document.effective.isoformat()}")
    if document.expires is not None and document.expires < today:
        marks.append(f"expired on {document.expires.isoformat()}")
    if document.is_overdue(today) and document.review_by is not None:
        marks.append(f"overdue: its review was due on {document.review_by.isoformat()}")
    return tuple(marks)


def known_by(link: ControlLink) -> str:
    """How it is known that a clause documents a control: "iso27001:2022, named in the text"."""
    words = f"{name(link.framework, MAX_SHORT_NAME)}, {PROVENANCE[link.provenance]}"
    return f"{words}, edition assumed" if link.ambiguous else words


def whom_to_ask(answer: Answer) -> str:
    """The sentence of an abstention that says who may know."""
    owner = name(answer.owner or "")
    asked = f"Please ask {owner}." if owner else "No owner is named whom you could ask."
    return f"{asked} I have noted the question as one that your policies leave open."
