"""Tables whose cells were run together on their way into plain text: "GCC HighAzure Active Directory, …"."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHORTEST_TABLE = 3  # lines, the names of the columns among them
LONGEST_LABEL = 60  # characters of a first cell
LONGEST_HEADER = 120
_SEAM = re.compile(r"(?<=[^\W\d_])(?<![\s(/-][^\W\d_])(?=[A-Z][a-z])")
_LIST = re.compile(r",\s\S")


def seam(line: str) -> int | None:
    """Where the second cell of a line begins: at the first capital that follows a letter without a space; None where there is none."""
    match = _SEAM.search(line, 1, LONGEST_LABEL + 1)
    return match.start() if match and line[: match.start()].strip() == line[: match.start()] else None


def is_table(lines: Sequence[str]) -> bool:
    """Whether the lines of a paragraph are a table: short names of columns, then rows whose second cell lists things.

    Every line must have a seam, since "PowerApps" and "iPhone" have one in prose as well.
    """
    if len(lines) < SHORTEST_TABLE or len(lines[0].strip()) > LONGEST_HEADER or _LIST.search(lines[0]):
        return False
    return all(seam(line.strip()) is not None for line in lines) and sum(bool(_LIST.search(line)) for line in lines[1:]) * 2 > len(lines)


def cells_of(row: str) -> list[str]:
    """The cells of a table's row as it stands in the canonical text, ruled with "|" or run together."""
    if row.lstrip().startswith("|"):
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))]
    cut = seam(row)
    return [row] if cut is None else [row[:cut], row[cut:]]
