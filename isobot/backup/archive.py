"""The form of a backup: a tar whose first member says what the others are."""

from __future__ import annotations

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

from corpus.errors import SourceError

CONTENTS = "backup.json"
INDEX = "index"
STATE = "state.db"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds. made_at: ISO 8601, UTC. revision: of the state's schema; None where there is no state in it.

    files: SHA-256, in hex, by member: `index/…` as in the index folder, and `state.db`.
    """

    made_at: str
    generation: str
    revision: str | None
    files: dict[str, str]
    version: int = VERSION


def hashed(file: Path) -> str:
    """SHA-256 of a file, in hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def put_contents(archive: tarfile.TarFile, contents: Contents) -> None:
    """Write what the other members are, before them."""
    words = json.dumps(asdict(contents), indent=1).encode()
    member = tarfile.TarInfo(CONTENTS)
    member.size = len(words)
    member.mode = 0o600
    archive.addfile(member, BytesIO(words))


def contents_of(archive: tarfile.TarFile, name: Path) -> Contents:
    """Raises SourceError for a tar that is no backup, or one of a later isobot."""
    try:
        first = archive.next()
        stream = archive.extractfile(first) if first is not None and first.name == CONTENTS else None
        if stream is None:
            raise ValueError(f"it does not begin with {CONTENTS}")
        told = json.loads(stream.read())
        version = told["version"]
        contents = Contents(**told) if version == VERSION else None
    except (tarfile.TarError, ValueError, KeyError, TypeError) as problem:
        raise SourceError(f"{name} is no backup of isobot ({problem}). Name a file that `isobot backup` wrote.") from None
    if contents is None:
        raise SourceError(f"{name} is a backup of form {version}; this isobot knows form {VERSION}. Use the isobot that made it.")
    return contents
