"""What a build did, for people and for scripts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.manifest import Manifest, Skipped


@dataclass(frozen=True, slots=True)
class Changes:
    """How the files differ from those of the generation before, by path; `renamed` as (before, now)."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def between(cls, before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
        """From the SHA-256 of each file by path: a path that went, whose bytes stand under a new one, was renamed."""
        gone: dict[str, list[str]] = {}
        for path in sorted(before.keys() - now.keys(), reverse=True):
            gone.setdefault(before[path], []).append(path)
        renamed = tuple((gone[now[path]].pop(), path) for path in sorted(now.keys() - before.keys()) if now[path] and gone.get(now[path]))
        old, new = {old for old, _ in renamed}, {new for _, new in renamed}
        return cls(
            added=tuple(sorted(now.keys() - before.keys() - new)),
            changed=tuple(sorted(path for path in now.keys() & before.keys() if now[path] != before[path])),
            removed=tuple(sorted(before.keys() - now.keys() - old)),
            renamed=renamed,
        )


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. `unchanged` says that the served generation already was what it would have built.

    documents, clauses, passages: the organisation's. guidance: on how many controls and requirement clauses guidance is beside them.
    changes: since the generation before; all empty on a first build. read: files that were parsed, the others being known already.
    """

    generation: str
    documents: int
    clauses: int
    passages: int
    seconds: float
    skipped: tuple[Skipped, ...]
    warnings: tuple[Skipped, ...] = ()
    unknown_references: tuple[Skipped, ...] = ()
    unchanged: bool = False
    guidance: int = 0
    changes: Changes = Changes()
    read: int = 0

    @classmethod
    def of(cls, manifest: Manifest, began: float, unchanged: bool = False, changes: Changes = Changes(), read: int = 0) -> BuildReport:
        """began: when, by the monotonic clock."""
        return cls(
            generation=manifest.name,
            documents=manifest.documents - manifest.guidance.documents,
            clauses=manifest.clauses - manifest.guidance.clauses,
            passages=manifest.passages - manifest.guidance.passages,
            seconds=time.monotonic() - began,
            skipped=manifest.skipped,
            warnings=manifest.warnings,
            unknown_references=manifest.unknown_references,
            unchanged=unchanged,
            guidance=manifest.guidance.controls,
            changes=changes,
            read=read,
        )
