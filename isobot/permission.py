"""Questions for leave to do something: "can I work from home", "am I allowed to print"."""

from __future__ import annotations

import re

_MAY = re.compile(
    r"\A\W*(?:(?:can|may|could)\s+(?:i|we)|(?:(?:am\s+i|are\s+we)\s+(?:allowed|permitted)|is\s+it\s+(?:ok|okay|allowed|permitted))\s+to)\s+",
    re.IGNORECASE,
)


def without_leave(question: str) -> str:
    """What somebody wants to do of a question whether one may; any other question as it is."""
    return _MAY.sub("", question)
