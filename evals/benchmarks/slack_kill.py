"""What killed bots leave behind in Slack: two replicas on PostgreSQL, one of them killed at each of twenty moments of a conversation.

The stand-in Slack lives with the tests and runs as a program of its own (`tests/slack/kills.py`), with the bots as two others.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.benchmarks.slack import loaded


@dataclass(frozen=True, slots=True)
class SlackKills:
    """moments: as `tests/slack/kills.py` counts them. chain: whether the log of answers held. exits: the bots' codes at their end."""

    moments: tuple[dict[str, Any], ...]
    chain: bool
    exits: tuple[int, ...]

    def total(self, what: str) -> int:
        return sum(moment[what] for moment in self.moments)

    @property
    def held(self) -> bool:
        once = all(moment["once"] == moment["questions"] and moment["killed"] for moment in self.moments)
        return once and not self.total("unfinished") and self.chain and not any(self.exits)

    def as_record(self) -> dict[str, Any]:
        return {"moments": list(self.moments), "chain": self.chain, "exits": list(self.exits), "held": self.held}

    def __str__(self) -> str:
        lines = [f"{len(self.moments)} conversations of two replicas on PostgreSQL, {self.total('killed')} times `kill -9`:"]
        lines += [
            f"  of {one['questions']} questions answered once {one['once']}, twice {one['doubled']}, never {one['lost']}: {one['moment']}"
            for one in self.moments
        ]
        lines.append(
            f"  The log of answers {'holds' if self.chain else 'DOES NOT HOLD'}; {self.total('unfinished')} events were left open."
        )
        lines.append("  No reply was doubled, no question lost." if self.held else "  SOMETHING DID NOT HOLD.")
        return "\n".join(lines)


def measure(documents: Path | None = None) -> SlackKills:
    """Kill bots that answer from a script, so `documents` are not asked for. Raises IsobotError when it fails."""
    found = loaded("tests.slack.kills")
    return SlackKills(tuple(found["moments"]), found["chain"], tuple(found["exits"]))
