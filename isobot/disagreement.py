"""Whether two sentences disagree: different numbers, or opposite duties, for the same thing.

The bounds were set by reading every pair that they let through: of all pairs of sentences in different documents of the sample
organisation and of 212 policies of others, a dozen, nearly all of which a reader would want to see side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache

from indexer.analysis import QUESTION_WORDS, analyse
from isobot.quantities import LONGEST, NUMBER, Bound, Quantity, number, quantities

CLOSE = 0.65  # least cosine of two sentences on the same thing
COVERED = 0.7  # least share of the shorter sentence's telling stems that stand in the other, too
TOGETHER = 1.45  # least sum of the two: what is barely close must be covered, and the other way round
FEWEST = 3  # telling stems that two sentences must share


class Duty(Enum):
    """What a sentence lays on its reader."""

    MUST = "must"
    MAY = "may"
    MUST_NOT = "must not"


OPPOSED: frozenset[frozenset[Duty | None]] = frozenset({frozenset({Duty.MUST, Duty.MUST_NOT}), frozenset({Duty.MAY, Duty.MUST_NOT})})
_FORBIDS = re.compile(
    r"\b(?:must|shall|may|can|should)\s?(?:not|n['’]t)\b|\b(?:is|are)\s?(?:not|n['’]t)\s(?:allowed|permitted)\b"
    r"|\b(?:cannot|never|forbidden|prohibited)\b",
    re.IGNORECASE,
)
_LAYS = (
    (Duty.MUST, re.compile(r"\b(?:must|shall|is required to|are required to|has to|have to)\b", re.IGNORECASE)),
    (Duty.MAY, re.compile(r"\b(?:may|can|is allowed|are allowed|is permitted|are permitted)\b", re.IGNORECASE)),
)
_EXCEPTS = re.compile(
    r"\b(?:unless|except|only|other than|apart from|without|if|where|when|until|provided|before|after|alone|either|instead)\b",
    re.IGNORECASE,
)
_ELIDED = re.compile(
    rf"(?:,|\b(?:and|or|but)\b)\s+(?:(?:and|or|but)\s+)?(?=\d)(?P<figure>{NUMBER})\s+(?:for|as|if|when|where|with|on|in|at)\b"
)
"""A figure that leaves out its unit, which is that of the one before: "14 characters for users, 20 for administrators"."""
_WRITTEN = re.compile(NUMBER)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][\w'’-]*(?: (?:of |the |and )*[A-Z][\w'’-]*)*")
_FORMAL = frozenset(
    analyse(" ".join(QUESTION_WORDS))
    + analyse("shall cannot never not forbidden prohibited allowed permitted required least most than maximum minimum")
)


@dataclass(frozen=True)
class Statement:
    """A sentence as far as it can disagree; each part is looked for when it is first asked for, since few pairs come to the last."""

    sentence: str

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return quantities(self.sentence)

    def values(self, unit: str) -> set[float]:
        """All that it states in a unit, figures that leave the unit out among them."""
        found = {figure.value for figure in self.quantities if figure.unit == unit}
        for match in _ELIDED.finditer(self.sentence[:LONGEST]):
            before = next((figure for figure in reversed(self.quantities) if figure.end <= match.start()), None)
            written = _WRITTEN.search(self.sentence, before.start, before.end) if before and before.unit == unit else None
            if before and written and (figure := number(written.group())):
                found.add(round(number(match["figure"]) * before.value / figure, 6))
        return found

    @cached_property
    def forbids(self) -> bool:
        """Whether its words forbid something, with or without an exception."""
        return _FORBIDS.search(self.sentence[:LONGEST]) is not None

    @cached_property
    def duty(self) -> Duty | None:
        """None where it lays none on anybody, several at once, or one with an exception."""
        return _duty(self.sentence[:LONGEST])

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of words with a capital inside the sentence: who does it, or where."""
        return frozenset(analyse(" ".join(_NAME.findall(self._words))))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The telling ones, without its figures, names and the words of its duty."""
        telling = frozenset(stem for stem in analyse(_NAME.sub(" ", self._words)) if stem not in _FORMAL and not stem.isdigit())
        return telling | {figure.unit for figure in self.quantities if figure.counts}

    @cached_property
    def _words(self) -> str:
        """The sentence without its figures."""
        bare, at = [], 0
        for figure in self.quantities:
            bare.append(self.sentence[at : figure.start])
            at = figure.end
        return " ".join([*bare, self.sentence[at:LONGEST]])


@lru_cache(maxsize=4096)
def statement_of(sentence: str) -> Statement:
    """What a sentence states; what was found of it is kept."""
    return Statement(sentence)


def differ(one: Statement, other: Statement, cosine: float) -> bool:
    """Whether two sentences state different numbers or opposite duties for the same thing. cosine: of their vectors.

    What costs little and tells most pairs apart is looked at first.
    """
    if cosine < CLOSE:
        return False
    opposed = (one.forbids or other.forbids) and frozenset({one.duty, other.duty}) in OPPOSED
    return (opposed or _figures_differ(one, other)) and _on_the_same(one, other, cosine)


def _on_the_same(one: Statement, other: Statement, cosine: float) -> bool:
    if one.names and other.names and not one.names & other.names:
        return False
    shared, fewest = len(one.stems & other.stems), min(len(one.stems), len(other.stems))
    if shared < FEWEST:
        return False
    covered = shared / fewest
    return covered >= COVERED and cosine + covered >= TOGETHER


def _figures_differ(one: Statement, other: Statement) -> bool:
    """Whether each states a figure of a unit that the other states too, and no figure of that unit stands in both."""
    if not (one.quantities and other.quantities):
        return False
    for unit in {figure.unit for figure in one.quantities} & {figure.unit for figure in other.quantities}:
        if one.values(unit) & other.values(unit):
            continue
        of_one, of_other = ([figure for figure in said.quantities if figure.unit == unit] for said in (one, other))
        if any(_comparable(this.bound, that.bound) for this in of_one for that in of_other):
            return True
    return False


def _comparable(one: Bound, other: Bound) -> bool:
    """At least 8 and at most 64 are no contradiction."""
    return {one, other} != {Bound.LEAST, Bound.MOST}


def _duty(sentence: str) -> Duty | None:
    if _EXCEPTS.search(sentence):
        return None
    negative = _FORBIDS.search(sentence)
    rest = _FORBIDS.sub(" ", sentence)
    positive = [duty for duty, form in _LAYS if form.search(rest)]
    if negative:
        return None if positive else Duty.MUST_NOT
    return positive[0] if len(positive) == 1 else None
