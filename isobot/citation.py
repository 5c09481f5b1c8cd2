"""How a citation is written: as one line for people, and as a record for programs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from corpus.answer import Answer
from corpus.citation import Citation, Referred
from corpus.clause import PATH_SEPARATOR, Clause, ancestry
from corpus.control import ControlLink, Provenance
from corpus.document import GUIDANCE, Document, Status
from indexer.numbering import APPENDICES
from isobot.citation_request import citation_request
from isobot.languages import Language, language
from isobot.notice import said

CONTROLS_SHOWN = 10  # of one citation
CITED = 5  # clauses of an answer
SHOWN = 3  # citations to a person; what comes after them answers less often than it distracts

ENGLISH = language("en")  # what terminals and files are written in
SAID = {provenance: ENGLISH.say(f"provenance.{provenance.value}") for provenance in Provenance}
NAMES = {
    "iso27001:2022": "ISO/IEC 27001:2022",
    "iso27001:2013": "ISO/IEC 27001:2013",
    "nist-csf:2.0": "NIST CSF 2.0",
    "nist-800-53:r5": "NIST SP 800-53 r5",
    "soc2:2017": "SOC 2",
}


def document_label(document: Document) -> str:
    """Title and version as one would say them: "BYOD Standard v2.1"."""
    if document.version is None:
        return document.title
    version = document.version if document.version[:1] in "vV" else f"v{document.version}"
    return f"{document.title} {version}"


def clause_label(citation: Citation) -> str:
    """The clause as one would look it up, and the item in it: "§3.2 Personal devices › (b)", or the headings down to it where nothing is
    numbered."""
    if citation.clause.number:
        return PATH_SEPARATOR.join((f"{_number(citation)} {citation.clause.heading}".rstrip(), *citation.item))
    labels = [part for part in citation.path.split(PATH_SEPARATOR) if part != citation.document.title]
    return PATH_SEPARATOR.join(labels)


def _number(citation: Citation) -> str:
    """ "§3.2"; "Appendix F, §11" of a clause that an appendix counts anew, which is not the document's §11."""
    number = citation.clause.number or ""
    if not number[:1].isdigit():
        return number
    above = reversed(ancestry(citation.clauses, citation.position)[:-1])
    appendix = next((clause.number for clause in above if clause.number and clause.number.casefold().startswith(APPENDICES)), None)
    return f"{appendix}, §{number}" if appendix else f"§{number}"


def page_label(citation: Citation, words: Language = ENGLISH) -> str:
    """ "p. 4" or "pp. 4–5", by printed labels where there are any; "" for a format without pages, and for pages without a label there."""
    names = citation.text.names_of(citation.pages)
    if not names:
        return ""
    first, last = names[0], names[-1]
    return words.say("place.page", page=first) if first == last else words.say("place.pages", first=first, last=last)


def citation_line(citation: Citation) -> str:
    """ "BYOD Standard v2.1 · §3.2 Personal devices · p. 4"."""
    return " · ".join(part for part in (document_label(citation.document), clause_label(citation), page_label(citation)) if part)


def differences(answer: Answer, words: Language = ENGLISH) -> list[str]:
    """A sentence for each two that disagree: "Two documents in force differ here: BYOD Standard v2.1 §3.2 and Travel Policy §1."."""
    pairs = ((answer.citations[one], answer.citations[other]) for one, other in answer.differs)
    return [words.say("answer.differ", one=short_place(one), other=short_place(other)) for one, other in pairs]


def remarks(answer: Answer, words: Language = ENGLISH) -> tuple[str, ...]:
    """The sentences to show before what is cited: how a follow-up was understood, notices, which documents
    differ, and what a language model made of it."""
    taken = [words.say("answer.understood", question=answer.understood)] if _was_composed(answer) else []
    phrased = [words.say("answer.phrased", text=phrase.marked) for phrase in answer.phrased]
    return (*taken, *(said(notice, words) for notice in answer.notices), *differences(answer, words), *phrased)


def _was_composed(answer: Answer) -> bool:
    return bool(answer.understood) and citation_request(answer.question) is None


def short_place(citation: Citation) -> str:
    """ "BYOD Standard v2.1 §3.2"."""
    number, label = _number(citation), citation.clause.label
    place = f" {number}" if number.startswith("§") else f", {number if '§' in number else label}" if label else ""
    return f"{document_label(citation.document)}{place}"


def references_line(refers: Iterable[Referred]) -> str:
    """ "§4.3 Reviews; Laptop Standard v2.0 §3, §5 Loss": clauses of the same document by themselves, of another one under its name."""
    line, before = "", None
    for referred in refers:
        if referred.clause and referred.document.path == before:
            line += f", {_clause_alone(referred.clause)}"
        else:
            line += f"{'; ' if line else ''}{reference_label(referred)}"
        before = referred.document.path
    return line


def reference_label(referred: Referred) -> str:
    """ "§4.3 Reviews" of the same document, "Laptop Standard v2.0 §3" of another."""
    if referred.clause is None:
        return document_label(referred.document)
    label = _clause_alone(referred.clause)
    return label if referred.own else f"{document_label(referred.document)} {label}"


def _clause_alone(clause: Clause) -> str:
    number = f"§{clause.number}" if clause.number and clause.number[0].isdigit() else clause.number
    return " ".join(part for part in (number, clause.heading) if part)


def controls_line(links: Iterable[ControlLink]) -> str:
    """ "ISO/IEC 27001:2022 A.8.13, A.8.14 (named in the clause); SOC 2 CC6.1 (declared by the document); and 2 more".

    Each control once, those that are known in one way together; what a person has rejected is not shown.
    """
    alike: dict[tuple[str, str], dict[str, None]] = {}
    for link in links:
        if link.provenance is not Provenance.REJECTED:
            known = SAID[link.provenance] + (ENGLISH.say("provenance.assumed") if link.ambiguous else "")
            alike.setdefault((NAMES.get(link.framework, link.framework), known), {})[link.id] = None
    shown, left = [], CONTROLS_SHOWN
    for (framework, known), ids in alike.items():
        if some := list(ids)[:left]:
            shown.append(f"{framework} {', '.join(some)} ({known})")
            left -= len(some)
    more = sum(map(len, alike.values())) - (CONTROLS_SHOWN - left)
    return "; ".join([*shown, *([ENGLISH.say("answer.more_controls", number=more)] if more else [])])


def marks(citation: Citation, today: date) -> list[str]:
    """What a reader must know of the document before relying on it, each a short sentence."""
    return [ENGLISH.say(f"mark.{key}", date=day) for key, day in mark_facts(citation, today)]


def mark_facts(citation: Citation, today: date) -> list[tuple[str, str]]:
    """The same as keys of the catalogue, each with its day ("overdue", "2026-06-30"); "" for one without."""
    document = citation.document
    found: list[tuple[str, str]] = []
    if document.collection == GUIDANCE:
        found.append(("guidance", ""))
    if document.status is not Status.IN_FORCE:
        found.append((document.status.value, ""))
    if document.effective and today < document.effective:
        found.append(("not_yet", document.effective.isoformat()))
    if document.expires and document.expires < today:
        found.append(("expired", document.expires.isoformat()))
    if document.is_overdue(today) and document.review_by:
        found.append(("overdue", document.review_by.isoformat()))
    return found


def as_record(citation: Citation) -> dict[str, Any]:
    """The citation in the form that `--json` prints."""
    document, clause, pages = citation.document, citation.clause, citation.pages
    return {
        "document": {
            "path": document.path,
            "title": document.title,
            "version": document.version,
            "status": document.status.value,
            "collection": document.collection,
            "sha256": document.sha256,
            "text_sha256": document.text_sha256,
        },
        "clause": {"number": clause.number, "heading": clause.heading, "path": citation.path},
        "page": pages[0].number if pages else None,
        "page_end": pages[-1].number if pages else None,
        "page_label": pages[0].label if pages else None,
        "quote": citation.quote,
        **({"lead_in": citation.lead_in} if citation.lead_in else {}),
        "start": citation.start,
        "end": citation.end,
        "clause_text": citation.clause_text,
        "controls": [
            {"framework": link.framework, "id": link.id, "provenance": link.provenance.value, "ambiguous": link.ambiguous}
            for link in citation.controls
        ],
        "score": round(citation.score, 4),
    }
