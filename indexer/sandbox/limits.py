"""What reading one file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on reading one file; a file that meets one is skipped, and the report says which.

    seconds: wall-clock time. memory_mb: address space of the process that reads, in MiB. file_mb: size of the file, in MiB.
    pages: pages or slides. characters: length of the canonical text.
    """

    seconds: int = 300
    memory_mb: int = 2048
    file_mb: int = 200
    pages: int = 5000
    characters: int = 20_000_000
