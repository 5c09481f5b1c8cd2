"""The kind of value that a question asks for, and whether a text states one: an amount of money, a figure, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.figures import NUMBERS, states_figure

_DOES = r"(?:is|are|was|do|does|did|will|would|can|could|may|must|should)"
_PAID = r"(?:costs?|paid|pays?|fined|charged?|charges|reimbursed?|spend|spent|claim|expense[ds]?|earn|owe|worth)"
_PRICE = r"(?:costs?|prices?|fees?|fines?|budgets?|salar(?:y|ies)|rewards?|allowance)"
_ASKS_MONEY = re.compile(
    rf"\bhow\s+much\s+(?:money\b|{_DOES}\b[^.?!]*?\b{_PAID}\b)"
    rf"|\bwhat(?:['’]?s|\s+(?:is|are|was))\s+(?:the\s+|our\s+|my\s+)?(?:\w+\s+){{0,2}}?{_PRICE}\s+(?:of|for|to)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€¥₹%]|\b(?:GBP|USD|EUR|CHF)\b|\d\s*(?:pounds?|dollars?|euros?|pence|cents?|per\s*cent|[pk]\b)"
    r"|\b(?:free|(?:no|without|any)\s+(?:\w+\s+)?(?:charges?|costs?|fees?|limit)|in\s+full|full\s+(?:cost|amount|price)|unlimited)\b",
    re.IGNORECASE,
)
_ASKS_FIGURE = re.compile(
    r"\bhow\s+(?:long|often|soon|quick(?:ly)?|fast|old|big|large|far|frequently|regularly|late|early)\b"
    r"|\b(?:what|which)\s+(?:time|dates?|years?|versions?|percentage|share)\b",
    re.IGNORECASE,
)
_FIGURE_IN_WORDS = re.compile(
    r"\b(?:as\s+(?:soon|long|often|quickly|many|much)\s+as|no\s+(?:longer|later|more|sooner)|promptly|at\s+once|straight\s*away|right\s+away"
    r"|instantly|soon|timely|same|next|without|until|till|indefinite(?:ly)?|permanent(?:ly)?|for\s*ever|never|always|each|every|none|one|both"
    r"|regular(?:ly)?|periodic(?:ally)?|frequent(?:ly)?|continu(?:al|ous)(?:ly)?|single|unlimited|any\s+number|while|during|duration"
    r"|life(?:time)?|(?:mid)?night|noon|morning|evening|latest|current|newest|half|third|quarter|most|all|when(?:ever)?|before|after|expir(?:es|y)|periods?)\b",
    re.IGNORECASE,
)
_ASKS_COUNT = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
_COUNT = re.compile(rf"\d|\b(?:one|{NUMBERS}|once|twice|single|both|none|half|any\s+number|as\s+many|unlimited)\b", re.IGNORECASE)
_ASKS_TELEPHONE = re.compile(
    r"\bphone\s+numbers?\s+(?:of|for|to|at)\b"
    r"|\b(?:which|what|whats|what['’]s)\b[^.?!]*?\b(?:phone\s+number\b|number\b[^.?!]*?\b(?:call|ring|dial)\b)"
    r"|\bnumber\s+(?:to|do\s+(?:i|we))\s+(?:call|ring|dial)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?:\+|\b)\d(?:[\s().-]?\d){4,}|\b(?:ext(?:ension)?\.?|dial|x)\s*\d{2,}", re.IGNORECASE)

_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (_ASKS_MONEY, _MONEY.search),
    (_ASKS_FIGURE, lambda text: states_figure(text) or _FIGURE_IN_WORDS.search(text)),
    (_ASKS_COUNT, _COUNT.search),
    (_ASKS_TELEPHONE, _TELEPHONE.search),
)


def lacks_value(question: str, text: str) -> bool:
    """Whether it asks for a kind of value of which the text states none: "how much does a badge cost", where no money is spoken of."""
    return any(asks.search(question) and not states(text) for asks, states in _KINDS)
