"""The modal that shows a whole clause with the clauses before and after it."""

from __future__ import annotations

from typing import Any

from corpus.citation import Citation
from corpus.clause import Clause, ancestry
from isobot.citation import ENGLISH, references_line
from isobot.languages import Language
from isobot.slack import wording
from isobot.slack.blocks import Element, rich_text, section, text
from isobot.slack.limits import MAX_RICH_TEXT, Block
from isobot.slack.literal import cut, literal, pieces
from isobot.slack.visit import blocks_as_view

MAX_CLAUSE = 5000  # characters of the clause, before and after the quotation together
MAX_NEIGHBOUR = 1200


def clause_view(citation: Citation, words: Language = ENGLISH) -> dict[str, Any]:
    """The clause with its quotation in bold; its neighbours, where it has some, above and below."""
    clauses, here = citation.clauses, citation.clause
    siblings = [clause for clause in clauses if clause.parent == here.parent and clause is not here]
    before = max((clause for clause in siblings if clause.end <= here.start), key=lambda clause: clause.start, default=None)
    after = min((clause for clause in siblings if clause.start >= here.end), key=lambda clause: clause.start, default=None)
    place = [text(wording.document_of(citation, words), bold=True)]
    if known := wording.place_of(citation, words):
        place.append(text(known))
    if within := ancestry(clauses, citation.position)[:-1]:
        place.append(text(f"\n{wording.name(' › '.join(clause.label for clause in within))}", italic=True))
    blocks: list[Block] = [rich_text(section(*place))]
    blocks += neighbour(words.say("clause.before"), citation, before)
    blocks += [{"type": "divider"}, rich_text({"type": "rich_text_quote", "elements": whole(citation, words)})]
    blocks += neighbour(words.say("clause.after"), citation, after)
    if citation.refers:
        places = wording.name(references_line(citation.refers), MAX_NEIGHBOUR)
        blocks += [{"type": "divider"}, rich_text(section(text(words.say("place.refers", places=places), italic=True)))]
    return blocks_as_view(words.say("clause.title"), blocks, words)


def whole(citation: Citation, words: Language) -> list[Element]:
    """The clause's words, with those that were quoted in bold; a long clause is cut around them, and says so."""
    characters, clause = citation.text.characters, citation.clause
    quoted_end = min(citation.end, citation.start + MAX_CLAUSE)
    room = MAX_CLAUSE - (quoted_end - citation.start)
    start = max(clause.start, citation.start - room // 2)
    end = min(clause.end, quoted_end + room - (citation.start - start))
    parts = [(characters[start : citation.start], False), (characters[citation.start : quoted_end], True)]
    parts.append((characters[quoted_end:end].rstrip(), False))
    elements = [
        text(piece, **({"bold": True} if bold else {})) for said, bold in parts for piece in pieces(literal(said), MAX_RICH_TEXT // 2)
    ]
    if start > clause.start:
        elements.insert(0, text("… ", italic=True))
    if end < clause.end:
        elements.append(text(f"\n{words.say('clause.cut')}", italic=True))
    return elements


def neighbour(title: str, citation: Citation, clause: Clause | None) -> list[Block]:
    if clause is None or not (words := literal(citation.text.characters[clause.start : clause.end]).strip()):
        return []
    at = cut(words, MAX_NEIGHBOUR)
    ending = [text(" …", italic=True)] if at < len(words) else []
    return [{"type": "divider"}, rich_text(section(text(f"{title}\n", italic=True), text(words[:at]), *ending))]
