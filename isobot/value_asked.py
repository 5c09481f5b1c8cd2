"""The kind of value that a question asks for, and whether a text states one: an amount of money, a period, a telephone number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from indexer.figures import NUMBERS, states_figure


class Where(Enum):
    """Which words of a citation have to state the value."""

    QUOTE = "those quoted"
    CLAUSE = "its clause"
    SHOWN = "what is shown around the quotation"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: which questions ask for it, which texts state one, and where that has to stand."""

    asks: re.Pattern[str]
    states: Callable[[str], object]
    where: Where


_GAP = r"[^.?!]{0,80}?"  # of one sentence; without a bound, words said again and again would take seconds
_DOES = r"(?:is|are|was|do|does|did|will|would|can|could|may|must|should)"
_PAID = r"(?:costs?|paid|pays?|fined|charged?|charges|reimbursed?|spend|spent|claim|expense[ds]?|earn|owe|worth)"
_PRICE = r"(?:costs?|prices?|fees?|fines?|budgets?|salar(?:y|ies)|rewards?|allowance)"
_ASKS_MONEY = re.compile(
    rf"\bhow\s+much\s+(?:money\b|{_DOES}\b{_GAP}\b{_PAID}\b)|\bwhat\s+(?:do|does|did|will|would)\s+(?!i\b|we\b|you\b){_GAP}\bcost\b"
    rf"|\bwhat(?:['’]?s|\s+(?:is|are|was))\s+(?:the\s+|our\s+|my\s+)?(?:\w+\s+){{0,2}}?{_PRICE}\s+(?:of|for|to)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£$€¥₹%]|\b(?:GBP|USD|EUR|CHF)\b|\d\s*(?:pounds?|dollars?|euros?|pence|cents?|per\s*cent|[pk]\b)"
    r"|\b(?:free|(?:no|without|any)\s+(?:\w+\s+)?(?:charges?|costs?|fees?|limit)|in\s+full|full\s+(?:cost|amount|price)|unlimited)\b",
    re.IGNORECASE,
)
_ASKS_FIGURE = re.compile(
    r"\bhow\s+(?:long|old|big|large|far|late|early)\b|\b(?:what|which)\s+(?:time|dates?|years?|versions?|percentage|share)\b", re.IGNORECASE
)
_FIGURE_IN_WORDS = re.compile(
    r"\b(?:as\s+(?:soon|long|often|quickly|many|much)\s+as|no\s+(?:longer|later|more|sooner)|promptly|at\s+once|straight\s*away|right\s+away"
    r"|instantly|soon|timely|same|next|without|until|till|indefinite(?:ly)?|permanent(?:ly)?|for\s*ever|never|always|each|every|none|one|both"
    r"|regular(?:ly)?|periodic(?:ally)?|frequent(?:ly)?|continu(?:al|ous)(?:ly)?|single|unlimited|any\s+number|while|during|duration"
    r"|life(?:time)?|(?:mid)?night|noon|morning|evening|latest|current|newest|half|third|quarter|most|all|when(?:ever)?|before|after|expir(?:es|y)|periods?"
    r"|tenure|term\s+of)\b",
    re.IGNORECASE,
)
_SECOND = r"(?:seconds|(?<=\d\s)second|(?<=\ba\s)second|(?<=\bper\s)second|(?<=\bone\s)second)"  # a second floor or factor is no time
_UNIT = rf"(?:{_SECOND}|minutes?|mins?|hours?|hrs?|days?|week(?:end)?s?|fortnights?|months?|quarters?|years?|annum)"
_ADVERB = r"(?:hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|(?:semi-?|bi-?)?annual(?:ly)?|biennial(?:ly)?|yearly)"
_OCCASION = (
    r"(?:new|time|occasion|log-?in|log-?on|change|hand-?over|release|deployment|incident|visit|trip|journey|shift|use|project|event"
    r"|spring|summer|autumn|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_ASKS_INTERVAL = re.compile(r"\bhow\s+(?:often|frequently|regularly)\b|\bhow\s+many\s+times\s+(?:an?|per|each|every)\b", re.IGNORECASE)
_INTERVAL = re.compile(
    rf"\b(?:{_UNIT}|{_ADVERB}|once|twice|times|(?:every|each)\s+(?:\w+\s+)?{_OCCASION}s?"
    r"|regular(?:ly)?|periodic(?:ally)?|frequent(?:ly)?|occasional(?:ly)?|ongoing"
    r"|continu(?:al|ous)(?:ly)?|constant(?:ly)?|real[- ]time|always|never|when(?:ever)?|upon|before|after|prior|intervals?|the\s+clock|24/7"
    r"|as\s+(?:needed|necessary)|on\s+(?:demand|request)|random(?:ly)?|at\s+the\s+(?:start|beginning|end)\s+of)\b",
    re.IGNORECASE,
)
_ASKS_SPEED = re.compile(r"\bhow\s+(?:soon|quick(?:ly)?|fast|promptly)\b|\bby\s+when\b", re.IGNORECASE)
_SPEED = re.compile(
    rf"\b(?:{_UNIT}|{_ADVERB}|immediate(?:ly)?|delay|prompt(?:ly)?|as\s+(?:soon|quickly|fast)\s+as|at\s+once|straight\s*away|right\s+away"
    r"|instant(?:ly)?|soon|timely|time|real[- ]time|same|next|before|after|until|when|prior|deadlines?|automatic(?:ally)?|urgent(?:ly)?"
    r"|rapid(?:ly)?|quick(?:ly)?|fast|first|on\s+(?:the\s+spot|arrival|receipt|discovery)|overnight|asap)\b",
    re.IGNORECASE,
)
_LENGTH = r"(?:be(?!\s+(?:\w+ly\s+)?\w+(?:ed|pt|ld|wn|en|nt|ft)\b)|passwords?|passphrases?|pins?|keys?|secrets?)"
_HOW_LONG = rf"how\s+long\b(?!{_GAP}\b{_LENGTH}\b)"  # "how long must it be" asks for characters
_ASKS_DURATION = re.compile(rf"\b{_HOW_LONG}", re.IGNORECASE)
_ASKS_HOW_LONG = re.compile(rf"(?:\A|[.?!,;:–-]\s*|\b(?:and|so|but)\s+){_HOW_LONG}", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b(?:{_UNIT}|{_ADVERB}|long(?:er)?|until|till|indefinite(?:ly)?|permanent(?:ly)?|for\s*ever|never|while|whilst|during|duration|ends?"
    r"|life(?:time|cycle)?|expir\w*|laps(?:es?|ed)|before|noon|(?:mid|over)?nights?|mornings?|sessions?|immediate(?:ly)?|schedules?|straight\s*away|periods?|tenure|term\s+of|time\s*(?:frames?|limits?|spans?)"
    r"|time\s+(?:to|it|that|needed|taken|required)|deadlines?|as\s+(?:soon|quickly|fast)\s+as|promptly|at\s+once)\b"
    r"|\d[:.]\d\d\b|(?:\d|\b(?:an?|one|two|three|four|five))\s*-?(?:characters?|digits?|letters?|words?|lines?|pages?|bits?|bytes?|[cmk]?m|(?:centi|kilo)?met(?:re|er)s?)\b",
    re.IGNORECASE,
)
_LASTS = re.compile(rf"{_DURATION.pattern}|\b(?:once|times?|when|after|before|dates?)\b", re.IGNORECASE)
_OF_UNITS = rf"(?!\s+times\b)\s+(?:\w+\s+){{0,2}}?{_UNIT}\b"
_ASKS_COUNT = re.compile(rf"\bhow\s+many\b(?!\s+times\s+(?:an?|per|each|every)\b|{_OF_UNITS})", re.IGNORECASE)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_NAMED = (
    r"(?:clauses?|sections?|paragraphs?|pages?|steps?|tables?|figures?|versions?|appendix|annex|chapters?|parts?"
    r"|tiers?|levels?|zones?|phases?)"
)
_THINGS = (  # behind a number: what it counts
    r"\s+(?i:(?:(?!(?:the|all|and|or|to|by|an?|our|your|for|of|in|on|with|which|that|is|are|as|if|when)\s)[a-z-]+\s+)?"
    r"(?!(?:was|has|does|says|this|its|as|is|us)\b)(?:people|staff|[a-z]+s))\b"
)
_NO_COUNT = re.compile(  # the number of an item or a clause, of a text that is referred to, and years
    rf"^[-*•|\s]*\(?\d{{1,3}}(?:\.\d+)*[.)]\s|\b(?i:{_NAMED})[\s-]*\d[\d.:-]*\w*"
    rf"|\b(?!MAX|MIN)[A-Z]{{2,}}[\s-]*(?:(?<!\s)\d|\d{{3}}|\d+\b(?!{_THINGS}))[\d.:-]*\w*"
    rf"|\b(?:(?i:in|of|since|by|from|until|during|the|year)|{_MONTH})\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d\b(?!{_THINGS})",
    re.MULTILINE,
)
_COUNT = re.compile(
    rf"(?<![\w.:/-])\d|\b(?:one|{NUMBERS}|once|twice|single|both|none|half|any\s+number|as\s+many|unlimited|enough|sufficient)\b",
    re.IGNORECASE,
)
_ASKS_UNITS_OF = re.compile(rf"\bhow\s+many{_OF_UNITS}\s+of\b", re.IGNORECASE)
_ASKS_UNITS = re.compile(rf"\bhow\s+many{_OF_UNITS}(?!\s+of\b)", re.IGNORECASE)
_UNITS = re.compile(
    rf"(?:\d|\b(?:an?|one|{NUMBERS}|half|few|couple)\b)[^.\n]{{0,25}}?\b{_UNIT}\b|\b{_UNIT}\b[^.\n]{{0,25}}?\d|\|[^|\n]*\b{_UNIT}\b[^|\n]*\|[^.]*\|\s*\d[\d–-]*\s*\|"
    rf"|\b{_ADVERB}\b|\d[:.]\d\d\b|%|\bunlimited\b|\bno\s+(?:\w+\s+)?(?:limit|maximum|minimum)\b",
    re.IGNORECASE,
)
_NO_UNITS = re.compile(  # what says without a number how many days one has, though not how many of lessons
    r"\b(?:immediate(?:ly)?|at\s+once|straight\s*away|without\s+(?:\w+\s+)?delay|permanent(?:ly)?|indefinite(?:ly)?|for\s*ever|until"
    rf"|half\s+of|(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:within|of|for|after)\s+an?\s+(?:working\s+)?{_UNIT})\b",
    re.IGNORECASE,
)
_ASKS_DAY = re.compile(rf"(?:\A|[.?!,;–-]\s*|\band\s+)when\s+(?:did|was|were)\b(?!{_GAP}\b(?:supposed|meant)\b)", re.IGNORECASE)
_ASKS_PAST = re.compile(
    rf"\bhow\s+(?:many|much|often)\b{_GAP}\b(?:did|have|had)\s+(?:we|you|they)\b{_GAP}\b(?:last|this|past)\s+(?:year|quarter|month|week)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"\b(?:19|20)\d\d\b|\d\s*(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b|\b{_MONTH}\s+\d|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d\d"
    r"|\b[Ll]ast\s+(?:week|month|quarter|year)\b"
)
_DAY = re.compile(
    rf"{_DATE.pattern}|\b(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his)\s+(?:{_MONTH}\b|spring|summer|autumn|winter)|\b(?:ago|yesterday)\b"
)
_ASKS_REST = re.compile(
    r"\bhow\s+(?:many|much)\b(?:(?!\b(?:who|that|after|once|since|when|nothing|anything)\b)[^.?!]){0,80}\b(?:(?<!\bbe\s)(?<!\bthe\s)left|remaining)\W*\Z",
    re.IGNORECASE,
)
_REST = re.compile(r"\b(?:left|remain\w*|balances?|outstanding|rest)\b", re.IGNORECASE)
_KEY = r"(?:password|passcode|passphrase|pw|pin|code)"
_KEPT = r"(?:wi-?fi|wireless|network|guest|door|gate|alarm|safe|entry|office|building|voicemail)"
_ASKS_SECRET = re.compile(  # as all of a question: "the rule on door codes" and "the network password policy" are no secrets
    r"(?:\A\W*|[.?!,;:–-]\s*)what(?:['’]?s|\s+is)\s+(?:the\s+|our\s+)?(?:(?!(?:an?|of|for|on|to|about|in)\s)[\w-]+\s+){0,2}?"
    rf"(?:{_KEPT}\s+{_KEY}|{_KEY}\s+(?:of|for|to)\s+(?:[\w-]+\s+){{0,4}}?{_KEPT})"
    r"(?:\s+(?:here|please|(?:for|to|on|at|in|of\s+(?:the|our))\b[^.?!]{0,60}))?\W*\Z",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b(?:password|passcode|passphrase|pin|code)\b\s*(?:is|:|=|\|)\s*(?:[\"“‘`]|\S*\d)", re.IGNORECASE)
_ASKS_FORM = re.compile(  # "in what form is it given" asks how
    rf"(?<!\bin\s)\b(?:which|what)\s+form\b(?!\s+of\b)(?!{_GAP}\b(?:takes?|be\s+in)\b)", re.IGNORECASE
)
_FORM = re.compile(
    r"\b(?:forms?|templates?|questionnaires?|portals?|tickets?|requests?|apps?|sheets?|checklists?|letters?|pages?)\b|https?:",
    re.IGNORECASE,
)
_ASKS_TELEPHONE = re.compile(
    r"\bphone\s+numbers?\s+(?:of|for|to|at)\b"
    rf"|\b(?:which|what|whats|what['’]s)\b{_GAP}\b(?:phone\s+number\b|number\b{_GAP}\b(?:call|ring|dial)\b)"
    r"|\bnumber\s+(?:to|do\s+(?:i|we))\s+(?:call|ring|dial)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"(?:\+|\b)\d(?:[\s().-]?\d){4,}|\b(?:ext(?:ension)?\.?|dial|x)\s*\d{2,}", re.IGNORECASE)
_WHAT = r"\b(?:what(?:['’]?s|\s+is)?|which)\s+(?:the\s+)?(?:\w+\s+){0,2}?"
_ASKS_MAILBOX = re.compile(
    rf"\be-?mail\s+address(?:es)?\s+(?:of|for|to|at|do|should)\b|{_WHAT}(?:e-?mail\s+(?:of|for|to)\b|e-?mail\s+address|mailbox|address\b{_GAP}\be-?mail)",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"@|\bmailbox\b", re.IGNORECASE)


def _states_count(text: str) -> bool:
    return _COUNT.search(_NO_COUNT.sub("\n", text)) is not None


def _counts_units(text: str) -> bool:
    return _UNITS.search(text) is not None and _states_count(text)


_KINDS = (
    Kind(_ASKS_MONEY, _MONEY.search, Where.SHOWN),
    Kind(_ASKS_FIGURE, lambda text: states_figure(text) or _FIGURE_IN_WORDS.search(text), Where.SHOWN),
    Kind(_ASKS_INTERVAL, _INTERVAL.search, Where.QUOTE),
    Kind(_ASKS_SPEED, _SPEED.search, Where.QUOTE),
    Kind(_ASKS_HOW_LONG, _DURATION.search, Where.QUOTE),
    Kind(_ASKS_DURATION, _LASTS.search, Where.CLAUSE),
    Kind(_ASKS_COUNT, _states_count, Where.SHOWN),
    Kind(_ASKS_UNITS_OF, _counts_units, Where.SHOWN),
    Kind(_ASKS_UNITS, lambda text: _NO_UNITS.search(text) or _counts_units(text), Where.SHOWN),
    Kind(_ASKS_DAY, _DAY.search, Where.SHOWN),
    Kind(_ASKS_PAST, _DATE.search, Where.SHOWN),
    Kind(_ASKS_REST, _REST.search, Where.SHOWN),
    Kind(_ASKS_SECRET, _SECRET.search, Where.SHOWN),
    Kind(_ASKS_FORM, _FORM.search, Where.SHOWN),
    Kind(_ASKS_TELEPHONE, _TELEPHONE.search, Where.SHOWN),
    Kind(_ASKS_MAILBOX, _MAILBOX.search, Where.SHOWN),
)


def lacks_value(question: str, words: Callable[[Where], str]) -> bool:
    """Whether it asks for a kind of value of which a citation states none: "how much does a badge cost", where no money is spoken of.

    words: of the citation, by where they stand.
    """
    return any(kind.asks.search(question) and not kind.states(words(kind.where)) for kind in _KINDS)


def asks_interval(question: str) -> bool:
    """Whether it asks how often something is done."""
    return _ASKS_INTERVAL.search(question) is not None


def states_interval(text: str) -> bool:
    """Whether it says how often, or on which occasion."""
    return _INTERVAL.search(text) is not None
