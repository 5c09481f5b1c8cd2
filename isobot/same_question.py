"""Whether a heading that is a question asks something else than somebody did, with whom it shares its words."""

from __future__ import annotations

import re

from indexer.analysis import analyse
from isobot.permission import without_leave

NARROWER = 2  # words of its own that make a question one on something narrower
_ALTERNATIVE = re.compile(r"\s+or\s+\w+", re.IGNORECASE)  # "lost or stolen" is no narrower than "lost"
_FRAME = frozenset(
    analyse("long often soon early late fast time day week month year take last keep stay hold store retain valid cost pay")
)


def is_broader(asked: str, heading: str) -> bool:
    """Whether a heading is on a part of what is asked about: "May I keep my laptop during parental leave?" of "parental leave"."""
    matter, headed = (set(analyse(text, question=True)) for text in (without_leave(asked), _ALTERNATIVE.sub("", heading)))
    return matter < headed and len(headed - matter) >= NARROWER


def shares_frame(asked: str, heading: str, said: str) -> bool:
    """Whether a question has with a heading only its frame in common, and with all that is said below it nothing: "how long do we keep"
    of oars and of letters."""
    matter = set(analyse(asked, question=True))
    common = matter & set(analyse(heading, question=True))
    return len(common) > 1 and common <= _FRAME and bool(matter - _FRAME) and matter.isdisjoint(set(analyse(said)) - _FRAME)
