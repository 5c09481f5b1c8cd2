"""From text to the tokens that keyword search compares: folded, stemmed, with clause numbers and control ids kept whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import Stemmer

_QUESTION_WORDS = """
a about all also am an and any anyone anything are as ask asked at be because been before being but by can could did do does doing done
each either else ever every for from get gets getting give given go goes going got had has have having he her here him his how i if in
into is it its just kind know let like make many may me might mine much must my need needs no nor of on one or ought our ours out
please say says shall she should so some someone something sort such tell than that the their theirs them then there these they thing
things this those to too under up us use used using want was we were what when where whether which while who whom whose why will with
within without would yes you your yours
"""

QUESTION_WORDS = frozenset(_QUESTION_WORDS.split())
"""English words that carry the form of a question, not its matter."""

_FORMS = """
begin began begun; bind bound; break broke broken; bring brought; build built; buy bought; catch caught; child children
choose chose chosen; deal dealt; draw drew drawn; drive drove driven; eat ate eaten; fall fell fallen; feel felt; fight fought; find found
fly flew flown; forbid forbade forbidden; forget forgot forgotten; give gave; grow grew grown; hear heard; hide hid hidden; hold held
keep kept; know knew known; lead led; leave left; lend lent; lose lost loss losses; make made; mean meant; meet met
overwrite overwrote overwritten; pay paid; ring rang rung; run ran; say said; see saw seen; seek sought; sell sold; send sent
shake shook shaken; show shown; speak spoke spoken; spend spent; steal stole stolen; swear swore sworn; take took taken; teach taught
tell told; think thought; throw threw thrown; understand understood; undertake undertook undertaken; wear wore worn; win won
withdraw withdrew withdrawn; withhold withheld; write wrote written
"""
_IRREGULAR = {form: base for base, *forms in map(str.split, re.split(r"[;\n]", _FORMS.strip())) for form in forms}
"""What no stemmer brings together."""

_ACCENTS = re.compile("[\u0300-\u036f]")  # of Latin, Greek and Cyrillic; the marks of other scripts make other letters
_POSSESSIVE = re.compile(r"['’]s\b")
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_TOKEN = re.compile(r"[^\W_]+(?:[.\-/_][^\W_]+)*(?:\.?\([^\W_]{1,4}\))*")
_PART = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_PARENTHESIS = re.compile(r"\.?\(")
DISTINCT = 200_000  # words that are remembered: looking up what was made of one costs less than making it again


def fold(text: str) -> str:
    """Lower case without accents and compatibility forms: "Ünïcode ﬁle №5" becomes "unicode file no5"."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed))


def analyse(text: str, question: bool = False) -> list[str]:
    """The tokens of `text` in order: English stems, and each number or id both whole and in parts.

    question: leave out the words that only make it a question, unless nothing else would remain.
    "AC-2(1)" gives "ac-2(1)", "ac-2", "ac", "2", "1"; "4.2.1" gives "4.2.1" alone.
    """
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", fold(text)))
    words = [word for token in _TOKEN.findall(plain) for word in _forms(token)]
    if question:
        words = [word for word in words if word not in QUESTION_WORDS] or words
    return list(map(_stem, words))


def stems(words: Sequence[str]) -> list[str]:
    """What `analyse` gives for each of these, which must be plain words of the letters a to z; many at once, and none is remembered."""
    found: list[str] = _stemmer().stemWords([_IRREGULAR.get(word, word) for word in words])
    return found


def bigrams(tokens: Sequence[str]) -> list[str]:
    """Each two neighbouring tokens as one: ["access", "control", "polici"] gives ["access control", "control polici"].

    Of a question too, take them from all its words: without its question words, neighbours meet that no passage has side by side
    (on ObliQA dev, recall@10 of words and bigrams together is 0.789 with them and 0.762 without).
    """
    return [f"{first} {second}" for first, second in pairwise(tokens)]


@lru_cache(maxsize=DISTINCT)
def _forms(token: str) -> tuple[str, ...]:
    """A compound of letters comes in its parts; one that holds a digit is an id, and comes whole as well."""
    parts = tuple(_PART.findall(token))
    if len(parts) == 1 or not _DIGIT.search(token):
        return parts
    base = _PARENTHESIS.split(token, maxsplit=1)[0]
    shorter = (base,) if base != token and _DIGIT.search(base) else ()
    inner = () if all(part.isdigit() for part in parts) else tuple(part for part in parts if part != base)
    return (token, *shorter, *inner)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=DISTINCT)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(_IRREGULAR.get(word, word))
    return stem
