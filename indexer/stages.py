"""Stages: by which words a document says where it stands in its life, beside the label "Status" and without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.document import Status
from indexer.dates import date_in
from indexer.readers.base import ROW_KINDS, Block, BlockKind

FIRST_BLOCKS = 12  # a stamp stands among these; further on the same words are about something else
FIRST_SECTION = re.compile(r"(?:§\s?)?\d{1,2}(?:\.\d{1,2})*[.)]?\s+[^\W\d_]")  # "1. Scope", not a date
MAX_STAMP = 100  # characters, of a line
MAX_SENTENCE = 300

DRAFT = re.compile(
    r"\b(draft|in review|under review|in development|proposed|pending|awaiting approval|not (yet )?(approved|in force)|unapproved|"
    r"consultation|entwurf|in (bearbeitung|arbeit|prüfung)|zur freigabe|"
    r"(noch )?nicht (freigegeben|genehmigt|in kraft|gültig|veröffentlicht)|projet|brouillon|"
    r"en cours de (validation|rédaction)|n['’]est pas (encore )?en vigueur|(pas encore|non) (approuvée?|validée?|en vigueur))\b"
)
SUPERSEDED = re.compile(
    r"\b(superseded|withdrawn|retired|obsolete|archived?|replaced|rescinded|revoked|cancelled|expired|deprecated|"
    r"no longer (in (force|use|effect)|valid|applies)|aufgehoben|außer kraft|zurückgezogen|ersetzt|abgelöst|ungültig|veraltet|archiviert|"
    r"nicht mehr (gültig|in kraft)|abrogée?|annulée?|remplacée?|retirée?|obsolète|caduc|caduque|archivée?|n['’]est plus en vigueur)\b"
)
IN_FORCE = re.compile(
    r"\b(approved|final|published|active|in force|current|effective|live|issued|released|adopted|ratified|none|freigegeben|genehmigt|"
    r"gültig|in kraft|verabschiedet|veröffentlicht|en vigueur|approuvée?|validée?|adoptée?|publiée?)\b"
)

_DRAFT_WORDS = r"(?:draft|entwurf|projet|brouillon)"
_OVER_WORDS = (
    r"(?:withdrawn|superseded|obsolete|rescinded|revoked|retired|archived|expired|no longer (?:in force|valid|in use)|"
    r"aufgehoben|außer kraft|zurückgezogen|abrogée?|annulée?)"
)
_KIND = (
    r"(?:policy|standard|procedure|document|guideline|guidance|plan|charter|code|handbook|manual|version|issue|edition|rule|regulation|"
    r"notice)s?"
)
_NUMBER = r"(?:no\.?\s*|v\.?\s?|version\s+)?\d[\d.]*"
_DRAFT_STAMP = (
    r"(?:(?:first|second|third|final|working|consultation|discussion|internal|preliminary|initial)\s+)?"
    rf"{_DRAFT_WORDS}(?:\s+(?:{_KIND}|copy|only))?(?:\s+{_NUMBER})?"
    r"(?:\s*[-–—,:(]*\s*(?:for|of|as of|as at|dated|not for|not yet|subject to|awaiting|pending|zur|vom|pour|du|do not)\s.{2,60})?"
    rf"|{_NUMBER}\s*[-–—,]?\s*{_DRAFT_WORDS}|not yet (?:approved|in force)"
)
_OVER_STAMP = (
    rf"{_OVER_WORDS}(?:\s+and\s+(?:replaced|superseded|withdrawn))?"
    r"(?:\s*[-–—,:]?\s*(?:by|on|as of|from|since|am|durch|le|seit|par)\s(?=.*\d).{2,80})?"  # "Withdrawn by staff" heads what they withdrew
    r"|(?:(?:withdrawn|superseded)\s+and\s+)?(?:superseded|replaced|ersetzt|remplacée?)\s+(?:by|durch|par)\s.{2,80}"
)
_STAMP = re.compile(f"{_DRAFT_STAMP}|{_OVER_STAMP}", re.IGNORECASE)
_DAY = re.compile(r"(?P<words>.*?)\s*[,–—-]\s*(?P<day>[\w ./]{6,20})")
_AT_THE_END = re.compile(rf".{{3,}}?(?:\s*[(\[]|\s[–—-]\s*)(?:{_DRAFT_WORDS}|{_OVER_WORDS})(?:\s+{_NUMBER})?[)\]]?", re.IGNORECASE)
_TOLD = re.compile(
    rf"(?:please note:?\s+|note:?\s+)?(?:this\s+(?:[\w-]+\s){{0,2}}?{_KIND}\s+(?:"
    r"(?:was|has been|is)\s+(?:(?:now|since|formally|hereby)\s+)?(?:withdrawn|obsolete|rescinded|revoked)\b"
    r"|(?:was|has been|is now|is hereby)\s+(?:retired|archived|cancelled)(?=\s*(?:\Z|,|on\b|since\b|as of\b|and (?:replaced|superseded)))"
    r"|(?:was|has been)\s+(?:(?:now|since|formally|hereby)\s+)?(?:superseded|replaced by)\b"
    rf"|is\s+(?:now\s+)?(?:superseded|replaced)\s+by\b.*\b{_KIND}\b"
    r"|is no longer (?:in force|valid|in use|in effect)\b|no longer applies\b"
    r"|is (?:still |only |currently )?(?:an? )?(?:[\w-]+ )?draft\b|is not yet (?:in force|approved)\b)"
    r"|this is an? (?:[\w-]+ )?draft\b)",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:remains?|in part|partly|partially|only (?:after|where)|[Ii]f|[Ww]hen|[Ww]here|[Uu]nless|until|once|whenever|should|may|will|"
    r"to the extent|after which)\b"
)


def status_in(words: str) -> Status | None:
    """What words beside "Status" mean; None for words that are not known."""
    plain = words.lower()
    for pattern, status in ((SUPERSEDED, Status.SUPERSEDED), (DRAFT, Status.DRAFT), (IN_FORCE, Status.IN_FORCE)):
        if pattern.search(plain):
            return status
    return None


def stamped(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """The lines above the first section that say by themselves that the document is a draft or no longer in force, each as a block.

    Whole lines ("DRAFT", "Draft for consultation, 4 August 2026", "Withdrawn on 1 May 2026"), a title that ends so ("Key Rules (draft)"),
    and a sentence that the document says of itself ("This policy was replaced by …"). Words in running text stamp nothing.
    """
    for block in _top_matter(text, blocks):
        if block.kind in ROW_KINDS or block.kind is BlockKind.CODE:
            continue
        for line in re.finditer(r"[^\n]+", text[block.start : block.end]):
            if is_stamp(line.group(), titled=block.kind is BlockKind.HEADING or block is blocks[0]):
                yield line.group(), Block(block.kind, block.start + line.start(), block.start + line.end())
        if says_so(told := text[block.start : block.end]):
            yield told, block


def _top_matter(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks before the first section, down to the first sentence; the first heading, of the outermost level, is the title.

    Further on "Draft" may head what is said about drafts.
    """
    titled = False
    for position, block in enumerate(blocks[:FIRST_BLOCKS]):
        words = text[block.start : block.end]
        if block.kind is BlockKind.HEADING:
            if titled or block.level > 1 or (position and is_stamp(words)):
                return
            titled = not is_stamp(words)
        if (len(words) > MAX_SENTENCE and block.kind not in ROW_KINDS) or _begins_section(words):
            return
        yield block
        if words.endswith(".") and len(words.split()) > 3 and block.kind not in ROW_KINDS:
            return


def is_stamp(line: str, titled: bool = False) -> bool:
    """Whether a line says nothing else than that the document is a draft or no longer in force; a title may say it at its end."""
    words = " ".join(line.split()).strip(" *_[](){}<>-–—=!.")
    if not words or len(words) > MAX_STAMP:
        return False
    day = _DAY.fullmatch(words)
    dated = bool(day and date_in(day["day"]) and _STAMP.fullmatch(day["words"]))
    return dated or bool(_STAMP.fullmatch(words)) or (titled and bool(_AT_THE_END.fullmatch(" ".join(line.split()))))


def says_so(text: str) -> bool:
    """Whether a text begins with a sentence in which the document says of itself, without condition, that it is a draft or over."""
    words = " ".join(text.split())
    first = re.split(r"(?<=[a-z)])\.\s", words, maxsplit=1)[0]
    return bool(_TOLD.match(first)) and not _SUPPOSED.search(first)


def _begins_section(words: str) -> bool:
    line = words.split("\n")[0]
    return bool(FIRST_SECTION.match(line)) and date_in(line) is None
