"""A document of the organisation, or of the guidance that ships with isobot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

POLICIES = "policies"
GUIDANCE = "guidance"


class Status(StrEnum):
    """Where a document stands in its life. A document that states none is in force."""

    IN_FORCE = "in force"
    DRAFT = "draft"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about a document beside its text.

    path: POSIX path relative to the folder that was indexed; unique in a generation.
    audience: groups any of which may read it; None means every member of the organisation.
    framework: the edition that bare control ids in it belong to ("iso27001:2013"), where it declares one.
    controls: control ids that its metadata says it documents, as (framework, id) pairs.
    approved_by: who approved it, as it says.
    reference: the short name by which other documents call it ("PAS-04"), in capitals.
    designations: series and number by which it is known elsewhere ("NIST SP 800-61", "FIPS 200").
    sha256: of the file's bytes. text_sha256: of the canonical text as UTF-8.
    """

    path: str
    title: str
    sha256: str
    text_sha256: str
    version: str | None = None
    status: Status = Status.IN_FORCE
    owner: str | None = None
    audience: frozenset[str] | None = None
    collection: str = POLICIES
    effective: date | None = None
    review_by: date | None = None
    expires: date | None = None
    framework: str | None = None
    controls: tuple[tuple[str, str], ...] = ()
    reference: str | None = None
    approved_by: str | None = None
    designations: tuple[str, ...] = ()

    def is_overdue(self, today: date) -> bool:
        """Whether its review date has passed."""
        return self.review_by is not None and self.review_by < today

    def may_be_read_by(self, groups: frozenset[str]) -> bool:
        """Whether a member who belongs to `groups` may read it."""
        return self.audience is None or not self.audience.isdisjoint(groups)
