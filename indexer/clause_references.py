"""Where a text refers to another clause or document: "see section 4.3", "as defined in the Data Handling Standard", "PAS-04, clause 6"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.clause import Clause, ClauseLink
from indexer.numbering import APPENDICES, bare_number

SECTION_WORDS = ("section", "clause", "paragraph", "sec.", "para.", "see", "§")  # of a clause that is printed with its number alone
NUMBER = r"(?:[A-Z]\.)?\d{1,3}(?:\.\d{1,3}){0,5}(?:\([a-z0-9]{1,4}\)){0,3}"
LETTER = r"[A-Z](?:\.\d{1,2}){0,3}|[IVX]{1,5}"
SECTION = re.compile(
    rf"(?:\b(?P<word>(?i:sections?|clauses?|paragraphs?|sec\.|para\.|annex|appendix|schedule|article|principle|chapter|part))\s{{1,3}}|"
    rf"(?P<sign>§{{1,2}})\s?|\b(?P<see>(?i:see))\s(?:also\s)?(?=\d{{1,3}}\.\d))"
    rf"(?P<first>(?:{NUMBER}|{LETTER})(?![\w-]))(?P<more>(?:\s?(?:,|and|or|to|–|-)\s?(?:{NUMBER})(?![\w-])){{0,6}})"
)
OTHERS = re.compile(NUMBER)
OF_THIS = re.compile(r"\s(?:of|in|to)\s(?:this|the present)\s", re.IGNORECASE)
OF_ANOTHER = re.compile(r",?\s(?:of\b|(?:in|from|under)\s(?:(?:the|our|its|that)\s)?[A-Z])|\s\(?[A-Z]{2,}")
KINDS = (
    r"(?:act|regulations?|standards?|polic(?:y|ies)|procedures?|guidelines?|guidance|codes?|directive|publication|contract|agreement|plan|method|"
    r"schedule|register|statement|handbook|manual|notice|rules)"
)
CODED = r"(?:,?\s?\([\w.-]{2,16}\))?"  # "(AUP-02)" behind a title
ANOTHER_S = re.compile(
    rf"(?:\b(?=\w*(?:\d|[A-Z]{{2}}))[\w/:.-]{{2,40}}|(?<!this )\b(?i:{KINDS})|\b(?:its|their|whose)){CODED}(?:['’]s)?,?\s\(?$|"
    rf"(?<!this )\b(?i:{KINDS}){CODED}(?:\s[a-z]+){{1,3}}\s(?:in|under)\s$"
)
IN_IT = re.compile(rf"(?:\s(?:v|version\s)?\d+(?:\.\d+)+)?{CODED}(?:(?:\s[a-z]+){{1,3}}\s(?:in|under)\s|,?\s\(?|\s?[–-]\s)", re.IGNORECASE)
BEFORE_IT = re.compile(r"\s(?:of|in|from|under)\s(?:(?:the|our)\s)?[\"“'‘(]?$", re.IGNORECASE)
LIST_GAP = 6  # characters between two references of one list
AND = re.compile(r",?\s(?:and|or)\s|,\s")  # between two references of one list, both to clauses of one document
OF = re.compile(r",?\sof\s")
REACH = 80  # characters before a title in which a section of it may be named
WORD = re.compile(r"[^\W_]+(?:['’&/][^\W_]+)*")
BETWEEN = re.compile(r"[\s,:&/()–—-]{1,4}")
KIND = re.compile(
    r"polic(?:y|ies)|standards?|procedures?|plan|guidelines?|guid(?:e|ance)|process|framework|runbook|playbook|schedule|register|statement|"
    r"handbook|manual|rules|code|notice|instructions?|strategy|charter|agreement|requirements"
)
TOKEN = re.compile(r"[A-Z](?<![\w./-].)[A-Z][A-Z0-9]*(?:[-_./][A-Z0-9]+)*(?![\w-])")  # what a document's reference may look like
TELLING = 3  # words of a title that names no kind of document: fewer are a topic


@dataclass(frozen=True, slots=True)
class _Title:
    document: int
    words: tuple[str, ...]


class Titles:
    """The titles and references of all documents, to be found in texts."""

    def __init__(self, titles: Iterable[tuple[int, str]], references: Iterable[tuple[int, str]] = ()) -> None:
        """titles, references: number and title of each document, and of each that has one its reference in capitals ("PAS-04").

        A title of a word alone is a topic and no name.
        """
        self._by_reference: defaultdict[str, list[int]] = defaultdict(list)
        for document, reference in references:
            self._by_reference[reference].append(document)
        self._by_words: defaultdict[str, defaultdict[str, list[_Title]]] = defaultdict(lambda: defaultdict(list))  # the first, the second
        for document, title in titles:
            words = tuple(word.casefold() for word in WORD.findall(title))
            if len(words) > 1:
                self._by_words[words[0]][words[1]].append(_Title(document, words))

    def found_in(self, text: str) -> Iterator[tuple[int, int, int]]:
        """(document, start, end) of every title that stands in the text with a capital, the shorter beside the longer, and of every
        reference."""
        words = WORD.findall(text)
        folded = [*map(str.casefold, words), ""]
        likely = [
            (at, at + len(title.words), title)
            for at, word in enumerate(folded)
            if word in self._by_words and not words[at][0].islower()
            for title in self._by_words[word].get(folded[at + 1], ())
            if tuple(folded[at : at + len(title.words)]) == title.words
        ]
        places = _places(text, words[: max(end for _, end, _ in likely)]) if likely else []
        for at, end, title in likely:
            if _together(places[at:end], text) and _names(title, folded[end : end + 1]):
                yield title.document, places[at][0], places[end - 1][1]
        for token in TOKEN.finditer(text):
            for document in self._by_reference.get(token.group(), ()):
                yield document, token.start(), token.end()


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where each of the words that a text begins with starts and ends. Between two stands no part of a word, so the next is found first."""
    places = []
    end = 0
    for word in words:
        start = text.index(word, end)
        end = start + len(word)
        places.append((start, end))
    return places


def _together(places: Sequence[tuple[int, int]], text: str) -> bool:
    return all(BETWEEN.fullmatch(text, end, start) for (_, end), (start, _) in pairwise(places))


def _names(title: _Title, following: Sequence[str]) -> bool:
    """Whether the words name a document: they say its kind, the next word does, or there are many."""
    return any(map(KIND.fullmatch, (*title.words, *following))) or len(title.words) >= TELLING


def clause_links(text: str, own: int, clauses: Sequence[Clause]) -> list[ClauseLink]:
    """References to clauses of the document itself, whose number is `own`, in the order of the text.

    Decided by the text and its own clauses alone. "4.3 of the …" and "the … Act, section 3" are of other documents, and
    a heading does not refer to its own clause.
    """
    numbers = _Numbers(clauses)
    links: list[ClauseLink] = []
    last = another = 0  # where the last reference to a clause of this document, and of another one, ends
    matches = list(SECTION.finditer(text))
    for match, of_another in zip(matches, _of_another(text, matches), strict=True):
        before = text[max(0, match.start() - 60) : match.start()]
        goes_on = bool(links) and match.start() - last <= LIST_GAP  # "section 4.1, section 4.3"
        listed = another and AND.fullmatch(text, another, match.start())  # "PAS-04, section 2 and clause 13.2"
        if of_another or (((ANOTHER_S.search(before) and not goes_on) or listed) and not OF_THIS.match(text, match.end())):
            another = match.end()
            continue
        last = match.end()
        for start, end, position in _named(match, numbers):
            clause = clauses[position]
            if not clause.start <= start < clause.body:
                links.append(ClauseLink(start, end, own, position))
    return links


def _of_another(text: str, matches: Sequence[re.Match[str]]) -> list[bool]:
    """Of each reference whether another document is named behind it, or behind the last one of its list."""
    of_another: list[bool] = []
    following: re.Match[str] | None = None
    for match in reversed(matches):
        goes_on = following is not None and AND.fullmatch(text, match.end(), following.start())
        here = OF_ANOTHER.match(text, match.end()) and not OF_THIS.match(text, match.end())
        of_another.append(bool(of_another[-1] if goes_on else here))
        following = match
    return of_another[::-1]


def document_links(
    text: str, found: Iterable[tuple[int, int, int]], clauses_of: Callable[[int], Sequence[Clause]]
) -> list[ClauseLink]:
    """References to other documents by their titles and references, with the clauses that are named beside: "section 4.3 of the Data
    Handling Standard", "PAS-04, clauses 3.1 and 3.2".

    found: as `Titles.found_in` gives it. clauses_of: gives the clauses of a document.
    Each title decides for itself, whatever other titles stand in the same words.
    """
    links = []
    for document, start, end in found:
        before = text[max(0, start - REACH) : start]
        ahead = _sections_before(before)
        matches = ahead or _sections_behind(text, _skip(text, end))
        if not matches:
            links.append(ClauseLink(start, end, document, None))
            continue
        shift = max(0, start - REACH) if ahead else 0
        span = min(start, matches[0].start() + shift), max(end, matches[-1].end() + shift)
        numbers = _Numbers(clauses_of(document))
        positions = [position for match in matches for _, _, position in _named(match, numbers)]
        links.extend(ClauseLink(*span, document, position) for position in positions or (None,))
    return links


def _skip(text: str, end: int) -> int:
    """Where a section of the document whose title ends at `end` may be named."""
    match = IN_IT.match(text, end)
    return match.end() if match else end


def _sections_behind(text: str, at: int) -> list[re.Match[str]]:
    """The sections named from a place on, of the document before it: "clause 2 and section 13.2"; "section 3 of this policy" is not."""
    found: list[re.Match[str]] = []
    match = SECTION.match(text, at)
    while match and not OF_THIS.match(text, match.end()) and not OF.match(text, match.end()):
        found.append(match)
        glue = AND.match(text, match.end())
        match = SECTION.match(text, glue.end()) if glue else None
    return found


def _sections_before(before: str) -> list[re.Match[str]]:
    """The sections that the words before a title say are of it: "clause 2 and section 13.2 of the "."""
    glue = BEFORE_IT.search(before)
    found: list[re.Match[str]] = []
    if glue is None:
        return found
    at = glue.start()
    for match in reversed(list(SECTION.finditer(before, 0, at + 1))):
        listed = found and AND.fullmatch(before, match.end(), at) and not ANOTHER_S.search(before[: match.start()])
        if not (listed or (not found and match.end() == at)):
            break
        found.insert(0, match)
        at = match.start()
    return found


def _named(match: re.Match[str], numbers: _Numbers) -> list[tuple[int, int, int]]:
    """(start, end, position) of each clause that the words name and that is there; the first with its "section"."""
    word = (match["word"] or match["sign"] or match["see"]).casefold().removesuffix("s").replace("§§", "§")
    places = [(match.start(), match.end("first"), match["first"])]
    places += [(n.start(), n.end(), n.group()) for n in OTHERS.finditer(match.string, match.start("more"), match.end("more"))]
    found = [(start, end, numbers.position(word, number)) for start, end, number in places]
    return [(start, end, position) for start, end, position in found if position is not None]


class _Numbers:
    """Finds a document's clauses by what a text calls them; of several with one number the outermost, and of those the first."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._by_number: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for position, clause in enumerate(clauses):
            if clause.number:
                self._by_number[bare_number(clause.number)].append((clause.level, position, _kind(clause.number)))

    def position(self, word: str, number: str) -> int | None:
        """word: what stands before the number, "section" or "annex". "4.3(b)" is "4.3" where no clause is numbered so deep."""
        wanted = bare_number(number)
        while wanted:
            found = [entry for entry in self._by_number.get(wanted, ()) if _fits(word, entry[2])]
            if found:
                return min(found)[1]
            wanted, bracket, _ = wanted.rpartition("(")
            if not bracket:
                break
        return None


def _kind(number: str) -> str:
    """ "annex" of "Annex A"; "" of "4.3"."""
    word, space, _ = number.partition(" ")
    return word.casefold() if space and word.isalpha() else ""


def _fits(word: str, kind: str) -> bool:
    if word in APPENDICES:
        return kind in APPENDICES
    return kind in ("", "section", "clause") if word in SECTION_WORDS else kind == word
