"""What the state keeps of an answer, and the chain of hashes that shows whether it was changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

from corpus.citation import Citation
from isobot.citation import citation_line

FIRST_PREVIOUS_HASH = "0" * 64


def shallow(record: CitedSlice | AnswerRecord) -> dict[str, Any]:
    """The fields by name. `asdict` would copy what is in them too, which takes longer than all else that recording an answer does."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def digest(record: dict[str, Any]) -> str:
    """SHA-256, in hex, of canonical JSON in UTF-8 (sorted keys, no white space)."""
    canonical = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


@dataclass(frozen=True, slots=True)
class CitedSlice:
    """Where a quotation stood, without its words: the index keeps the text that `text_sha256` names.

    clause: its path ("5 Access control › 5.3 Passwords"). start, end: code points into that text, end exclusive.
    line: the citation as it was shown ("BYOD Standard v2.1 · §3.2 Laptops · p. 4"); None in answers recorded before it was kept.
    """

    path: str
    version: str | None
    sha256: str
    text_sha256: str
    clause: str
    start: int
    end: int
    line: str | None = None

    @classmethod
    def of(cls, citation: Citation) -> CitedSlice:
        document = citation.document
        return cls(
            path=document.path,
            version=document.version,
            sha256=document.sha256,
            text_sha256=document.text_sha256,
            clause=citation.path,
            start=citation.start,
            end=citation.end,
            line=citation_line(citation),
        )

    def as_hashed(self) -> dict[str, Any]:
        """The fields that go into the hash: an answer recorded before `line` was kept was hashed without it."""
        hashed = shallow(self)
        if self.line is None:
            del hashed["line"]
        return hashed


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it was given. All but `hash` goes into `hash`, and `previous_hash` is the hash of the answer before it.

    question: complete in itself; a follow-up as it was typed, behind what it follows.
    asked_at: ISO 8601, UTC. asker_ref: a random token; who it stands for is kept apart, and can be erased.
    surface: where it was asked ("slack:channel", "slack:direct", "cli").
    """

    id: str
    asked_at: str
    asker_ref: str
    question: str
    surface: str
    abstained: bool
    confidence: float
    owner: str | None
    generation: str
    citations: tuple[CitedSlice, ...]
    nearest: tuple[CitedSlice, ...]
    notices: tuple[str, ...]
    previous_hash: str
    hash: str = ""

    def computed_hash(self) -> str:
        """SHA-256, in hex, over every other field as canonical JSON in UTF-8 (sorted keys, no white space)."""
        exported = self.as_exported()
        del exported["hash"]
        return digest(exported)

    def as_exported(self) -> dict[str, Any]:
        """Every field in the form that is hashed, so that whoever has an export can compute the hashes again."""
        cited = {name: [one.as_hashed() for one in getattr(self, name)] for name in ("citations", "nearest")}
        return {**shallow(self), **cited}


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question that the documents did not answer: what was asked, when, what came nearest, and whom it was sent to."""

    answer_id: str
    asked_at: str
    question: str
    owner: str | None
    nearest: tuple[CitedSlice, ...]


@dataclass(frozen=True, slots=True)
class Lease:
    """By whom an event is worked on, and for how many seconds nobody else may; replicas' clocks must differ by less than that."""

    owner: str
    seconds: float


@dataclass(frozen=True, slots=True)
class DoubtfulEvent:
    """An event whose lease ran out. attempts: how often it was taken over, this time included. envelope: what came in."""

    event_id: str
    attempts: int
    envelope: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody said of an answer. reason: a key such as "outdated", "" for an answer that helped. comment: their words."""

    answer_id: str
    given_at: str
    helpful: bool
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where retention cut the chain: how many answers it took away, the time and the hash of the last of them.

    Checkpoints are a chain of their own, so that one cannot be taken out or changed unnoticed.
    """

    pruned_at: str
    answers: int
    until: str
    last_hash: str
    previous_hash: str
    hash: str = ""

    def computed_hash(self) -> str:
        exported = asdict(self)
        del exported["hash"]
        return digest(exported)


@dataclass(frozen=True, slots=True)
class ChainReport:
    """How many answers the chain holds, how many retention took away before them, and one sentence for each place where it breaks.

    head: hash of the newest answer. That the newest answers were cut off cannot be seen from the chain alone: keep `head` elsewhere.
    """

    answers: int
    head: str
    breaks: tuple[str, ...]
    pruned: int = 0

    @property
    def holds(self) -> bool:
        return not self.breaks


def verified(records: Iterable[AnswerRecord], checkpoints: Iterable[Checkpoint] = (), noted_head: str | None = None) -> ChainReport:
    """Compute every hash of the chain again, oldest first. noted_head: a head that was written down earlier, and must still be there."""
    breaks, pruned, before, expected = [], 0, FIRST_PREVIOUS_HASH, FIRST_PREVIOUS_HASH
    for checkpoint in checkpoints:
        if checkpoint.previous_hash != before or checkpoint.computed_hash() != checkpoint.hash:
            breaks.append(f"The checkpoint of {checkpoint.pruned_at} was changed, or one before it was removed.")
        pruned, before, expected = pruned + checkpoint.answers, checkpoint.hash, checkpoint.last_hash
    seen = {expected}
    count = 0
    for record in records:
        count += 1
        if record.previous_hash != expected:
            breaks.append(f"Answer {record.id} of {record.asked_at} does not follow the one before it: one was removed, added or moved.")
        if record.computed_hash() != record.hash:
            breaks.append(f"Answer {record.id} of {record.asked_at} was changed after it was recorded.")
        expected = record.hash
        seen.add(expected)
    if noted_head is not None and noted_head not in seen:
        breaks.append(f"No answer has the hash {noted_head} that was noted: answers were removed or changed since, or it was pruned.")
    return ChainReport(count, expected, tuple(breaks), pruned)


def slices(stored: list[dict[str, Any]]) -> tuple[CitedSlice, ...]:
    """The slices that a JSON column holds."""
    return tuple(CitedSlice(**fields) for fields in stored)
