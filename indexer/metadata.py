"""Metadata: a document's title, reference, version, status, owner, audience, dates and controls, from what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import PurePosixPath

from corpus.document import POLICIES, Document, Status
from indexer.audience import audience_of
from indexer.dates import date_in, is_ambiguous, month_comes_first
from indexer.designations import designations
from indexer.labels import DATES, Fact
from indexer.named_standards import CSF, ISO, NIST_CONTROLS, SOC2, NamedStandards
from indexer.passages import UNQUOTED
from indexer.readers.base import Block, Reading
from indexer.references import references
from indexer.stages import DRAFT, status_in
from indexer.statements import NEAR_CHARACTERS, Statement, stated_in, statements
from indexer.titles import title_of

BY_HAND = frozenset({".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".rst"})  # formats whose properties an author writes
DEFAULT_FRAMEWORK = "iso27001:2022"
FRAMEWORK_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*:[a-z0-9.]+")
MAX_PERSON = 80  # characters, and words: longer is a sentence about people
MAX_PERSON_WORDS = 10
VERSION = re.compile(
    r"(?:version|ver\.?|v|revision|rev\.?|issue)?\s*(?P<number>\d[\w.-]{0,20}|[A-Z]\d{0,2})(?:[\s,(/].{0,60})?", re.IGNORECASE
)
REFERENCE = re.compile(r"(?=.{3,24}$)(?=.*\d)[A-Z]{2}[A-Z0-9]*(?:[-_./][A-Z0-9]+)*")  # "PAS-04", "POL.ITR.012", "ISMS7"
YES = frozenset({"true", "yes", "1", "on"})
_FIELDS = {
    Fact.TITLE: "title",
    Fact.REFERENCE: "reference",
    Fact.VERSION: "version",
    Fact.STATUS: "status",
    Fact.OWNER: "owner",
    Fact.APPROVER: "approved_by",
    Fact.EFFECTIVE: "effective",
    Fact.REVIEW: "review_by",
    Fact.EXPIRY: "expires",
}
"""The facts that are told of a document, and where it keeps them."""


def document_from(path: str, sha256: str, reading: Reading) -> Document:
    """The document of a reading; `describe` gives the same with warnings."""
    return describe(path, sha256, reading)[0]


def describe(path: str, sha256: str, reading: Reading) -> tuple[Document, tuple[str, ...]]:
    """The document of a reading, and sentences about statements that could not be understood.

    path: as it is cited. sha256: of the file's bytes. What documents.toml declares outweighs properties written by hand, these outweigh
    the text near the start, and that outweighs what Office programs keep; where any statement restricts the audience, it is restricted.
    """
    document, facts = _described(path, sha256, reading)
    return document, tuple(facts.warnings)


def found_in(path: str, sha256: str, reading: Reading) -> tuple[Document, dict[Fact, str]]:
    """The document of a reading, and where each fact that it has was found ("front matter", "text, page 1")."""
    document, facts = _described(path, sha256, reading)
    return document, facts.places


def known(document: Document, fact: Fact) -> str | date | None:
    """What a document keeps of a fact; None where that is nothing. A status is always kept: without one it is in force."""
    value: str | date | None = getattr(document, _FIELDS[fact])
    return value


def stated_at(document: Document, text: str, blocks: Sequence[Block], fact: Fact) -> Block | None:
    """The row or the line near the start of a document that states a fact as the document keeps it; None where none does, as what is
    declared elsewhere outweighs the text."""
    month_first, value = month_comes_first(text), known(document, fact)
    for statement, place in stated_in(text, blocks):
        if statement.fact is fact and place.kind not in UNQUOTED and _Facts([statement], month_first).understood(fact) == value:
            return place
    return None


def _described(path: str, sha256: str, reading: Reading) -> tuple[Document, _Facts]:
    stated = statements(reading, PurePosixPath(path).suffix.lower() in BY_HAND)
    facts = _Facts(stated, month_comes_first(reading.text.characters))
    framework = facts.framework()
    title = title_of(path, reading, facts.title(reading.text.characters))
    return Document(
        path=path,
        title=title,
        sha256=sha256,
        text_sha256=reading.text.sha256,
        version=facts.version(),
        status=facts.status(),
        owner=facts.person(Fact.OWNER),
        audience=facts.audience(),
        collection=(facts.first(Fact.COLLECTION) or POLICIES).lower(),
        effective=facts.date(Fact.EFFECTIVE),
        review_by=facts.date(Fact.REVIEW),
        expires=facts.date(Fact.EXPIRY),
        framework=framework,
        controls=facts.controls(framework),
        reference=facts.reference(),
        approved_by=facts.person(Fact.APPROVER),
        designations=designations(title, reading),
    ), facts


class _Facts:
    """Interprets statements; the first of a kind that can be understood counts.

    month_first: whether dates in figures are known to begin with the month.
    """

    def __init__(self, stated: Iterable[Statement], month_first: bool | None = None) -> None:
        self._stated = list(stated)
        self._month_first = month_first
        self.warnings: list[str] = []
        self.places: dict[Fact, str] = {}

    def first(self, fact: Fact) -> str | None:
        return next((self._counting(statement).value for statement in self._all(fact)), None)

    def understood(self, fact: Fact) -> str | date | None:
        """What `known` gives for a document of these facts."""
        match fact:
            case Fact.REFERENCE:
                return self.reference()
            case Fact.VERSION:
                return self.version()
            case Fact.STATUS:
                return self.status()
            case Fact.OWNER | Fact.APPROVER:
                return self.person(fact)
            case Fact.EFFECTIVE | Fact.REVIEW | Fact.EXPIRY:
                return self.date(fact)
            case _:
                return self.first(fact)

    def title(self, text: str) -> str | None:
        """The first that is stated; where it stands in its table alone, as a template left it, one of the others that heads the text."""
        named = self._all(Fact.TITLE)
        if len(named) > 1 and named[0].place.startswith("text") and text.casefold().count(named[0].value.casefold()) < 2:
            lines = {line.strip().casefold() for line in text[:NEAR_CHARACTERS].splitlines()}
            named.sort(key=lambda one: " " not in one.value or one.value.casefold() not in lines)
        return self._counting(named[0]).value if named else None

    def _all(self, fact: Fact) -> list[Statement]:
        return [statement for statement in self._stated if statement.fact is fact]

    def _counting(self, statement: Statement) -> Statement:
        """The statement, noted as the one that its fact is taken from."""
        self.places.setdefault(statement.fact, statement.place)
        return statement

    def reference(self) -> str | None:
        """A short name of letters and digits that is neither a control's id nor a standard's name: those belong to others."""
        for statement in self._all(Fact.REFERENCE):
            name = statement.value.upper()
            others = references(name, None, DEFAULT_FRAMEWORK) or NamedStandards(name, loose=True).all
            if REFERENCE.fullmatch(name) and not others:
                self._counting(statement)
                return name
        return None

    def version(self) -> str | None:
        for statement in self._all(Fact.VERSION):
            if match := VERSION.fullmatch(statement.value):
                self._counting(statement)
                return match["number"].rstrip(".")
        return None

    def person(self, fact: Fact) -> str | None:
        """A person, a role or a body; a day ("Approved by: 1 March 2026") is none."""
        for statement in self._all(fact):
            value = statement.value.rstrip(" .") if len(statement.value.split()) <= 4 else statement.value
            if len(value) <= MAX_PERSON and len(value.split()) <= MAX_PERSON_WORDS and not value.endswith(".") and not date_in(value):
                self._counting(statement)
                return value
        return None

    def status(self) -> Status:
        """What the words say; a version called a draft, or `draft: true`, is a draft."""
        for statement in self._all(Fact.STATUS):
            if status := status_in(self._counting(statement).value):
                return status
            self.warnings.append(
                f"The status {statement.value!r} is not known, so it counts as in force. Write 'in force', 'draft' or 'superseded'."
            )
            return Status.IN_FORCE
        drafted = any(statement.value.lower() in YES for statement in self._all(Fact.DRAFT))
        return Status.DRAFT if drafted or self._version_is_draft() else Status.IN_FORCE

    def _version_is_draft(self) -> bool:
        return any(DRAFT.search(statement.value.lower()) for statement in self._all(Fact.VERSION) if VERSION.fullmatch(statement.value))

    def audience(self) -> frozenset[str] | None:
        """The narrowest of what is stated: one restriction outweighs any number of invitations."""
        stated = self._all(Fact.AUDIENCE)
        for statement in stated:
            groups = audience_of(statement.value)
            if groups is not None:
                self._counting(statement)
                if any(len(group.split()) > 6 for group in groups):
                    self.warnings.append(
                        f"The audience {statement.value[:80]!r} names no groups, so nobody may read it. Name groups, or write 'all staff'."
                    )
                return groups
        if stated:
            self._counting(stated[0])
        return None

    def date(self, fact: Fact) -> date | None:
        for statement in self._all(fact):
            day = date_in(statement.value, month_ends=fact is not Fact.EFFECTIVE, month_first=self._month_first is True)
            if day is not None:
                self._counting(statement)
                if self._month_first is None and is_ambiguous(statement.value):
                    self.warnings.append(
                        f"The {fact.value} {statement.value!r} may begin with the month; it counts as {day}. Write it as {day} or as it is."
                    )
                return day
            if fact in DATES:
                self.warnings.append(f"The {fact.value} {statement.value[:60]!r} is not a date that can be read. Write it as 2027-03-01.")
        return None

    def framework(self) -> str | None:
        for statement in self._all(Fact.FRAMEWORK):
            name = framework_of(statement.value)
            if name is not None:
                self._counting(statement)
                return name
        return None

    def controls(self, framework: str | None) -> tuple[tuple[str, str], ...]:
        pairs: dict[tuple[str, str], None] = {}
        for statement in self._all(Fact.CONTROLS):
            found = references(statement.value, framework, framework or DEFAULT_FRAMEWORK)
            if found:
                self._counting(statement)
            pairs.update(dict.fromkeys((reference.framework, reference.id) for reference in found))
            if not found and any(character.isdigit() for character in statement.value):
                self.warnings.append(f"The controls {statement.value[:60]!r} name no control id. Write them as A.8.13 or AC-2(1).")
        return tuple(pairs)


def framework_of(value: str) -> str | None:
    """The name of the framework that a person wrote ("ISO/IEC 27001:2013" is "iso27001:2013"), or None for one without an edition
    and for anything else."""
    words = value.strip().lower()
    if FRAMEWORK_NAME.fullmatch(words):
        return words
    for named in NamedStandards(value, loose=True).all:
        if named.family == ISO and named.edition and not named.guide:
            return f"iso27001:{named.edition}"
        if named.family == NIST_CONTROLS:
            return "nist-800-53:r5"
        if named.family == CSF and named.edition in (None, "2.0"):
            return "nist-csf:2.0"
        if named.family == SOC2:
            return "soc2:2017"
    return None
