"""The item of a section that a question asks for: "5.3(b)", "paragraph (b) of section 5.3", "item 2 of section 4"."""

from __future__ import annotations

import re

from isobot.items import bare_mark

_LETTERS = r"[a-z]{1,2}|[ivx]{1,6}"
_ROUND = rf"\(\s?(?:{_LETTERS}|\d{{1,2}})\s?\)"
_MARKS = rf"(?P<marks>{_ROUND}(?:\s?{_ROUND})*|(?:{_LETTERS})\))"
_BEHIND = re.compile(rf"(?<=\d),?\s?{_MARKS}(?!\w)", re.IGNORECASE)
_WORD = r"(?:sub-?)?(?:paragraphs?|paras?|items?|points?|bullets?|clauses?|sections?|letters?|steps?|rules?)"
_SECTION = r"(?:the\s+)?(?:(?:sections?|sec\.?|clauses?|paragraphs?|paras?|article|§)\s*\d|\d{1,3}\.\d)"
_OF = r"\s+(?:of|in|under|from)\s+"
_BEFORE = re.compile(rf"(?:(?<!\w){_WORD}\s+)?{_MARKS}{_OF}(?={_SECTION}|(?:the\s+)?(?:annex|appendix)\s)", re.IGNORECASE)
_WORDED = re.compile(rf"(?<!\w){_WORD}\s+(?P<marks>[a-z]|[ivx]{{1,5}}|\d{{1,2}}){_OF}(?={_SECTION})", re.IGNORECASE)
_MARK = re.compile(rf"{_LETTERS}|\d+", re.IGNORECASE)


def item_asked(question: str) -> tuple[str, tuple[str, ...]]:
    """The question without the item, and its marks in small letters, the outermost first: ("5.3 of the …", ("c", "ii")).

    The question as it is, and none, where it asks for no item.
    """
    match = _BEHIND.search(question) or _BEFORE.search(question) or _WORDED.search(question)
    if match is None:
        return question, ()
    return question[: match.start()] + question[match.end() :], tuple(map(bare_mark, _MARK.findall(match["marks"])))
