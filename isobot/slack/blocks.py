"""An answer as Block Kit blocks, a function of the answer alone.

Every string of a document, a question or a name stands in a `text` element of a rich_text block, in which Slack reads no markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import quote as in_url

from corpus.answer import Answer
from corpus.citation import Citation
from corpus.control import ControlLink, Provenance
from isobot.citation import CONTROLS_SHOWN, ENGLISH, SHOWN, remarks
from isobot.languages import Language
from isobot.slack import wording
from isobot.slack.limits import MAX_MESSAGE, MAX_RICH_TEXT, Block, characters, units
from isobot.slack.literal import clipped, cut, escaped, literal, pieces

Element = dict[str, Any]

CLAUSE, OPEN, MORE = "isobot_clause", "isobot_open", "isobot_more"
HELPFUL, NOT_HELPFUL, ASK_OWNER, SHARE = "isobot_helpful", "isobot_not_helpful", "isobot_ask_owner", "isobot_share"

MAX_NOTICE = 300  # characters of one notice
MAX_NOTICES = 5
MAX_QUOTE = 4000  # UTF-16 units of one quotation; what is longer is cut, and says so
MAX_PREVIEW = 1000  # characters of the quotation in a notification
RESERVED = 500  # characters kept free for the line that says how many places were left out, and for the buttons
MAX_URL = 3000


@dataclass(frozen=True, slots=True)
class Buttons:
    """What is offered under an answer. answer_id: of the recorded answer, which is all that a button carries.

    document_url: how documents are reached, with {path}; None offers no link. share: whether it may be shown to the channel.
    """

    answer_id: str
    document_url: str | None = None
    share: bool = False


def blocks_for(answer: Answer, today: date, buttons: Buttons | None = None, words: Language = ENGLISH) -> list[Block]:
    """The answer's blocks, within every limit of `isobot.slack.limits`: notices, then what is cited, best first.

    An abstention says so, names whom to ask, and shows what came nearest as near. `today` decides which documents are overdue.
    words: the language of all that is not quoted.
    """
    said = remarks(answer, words)
    blocks = [notices_block(said)] if any(map(str.strip, said)) else []
    if answer.abstained:
        blocks.append(abstention_block(answer, words))
    shown = answer.nearest[:SHOWN] if answer.abstained else answer.citations[:SHOWN]
    blocks = with_citations(blocks, shown, today, buttons, words, answer.whole)
    return [*blocks, answer_buttons(answer, buttons, words)] if buttons else blocks


def sentence_blocks(sentence: str) -> list[Block]:
    """One sentence of the bot's own, such as a refusal, as blocks."""
    return [rich_text(section(text(clipped(literal(sentence), MAX_NOTICE))))]


def plain_text(answer: Answer, today: date, words: Language = ENGLISH) -> str:
    """What a notification and a screen reader get: the first quotation and its place, or the abstention. Escaped for Slack."""
    lines = [clipped(notice, MAX_NOTICE) for notice in remarks(answer, words)[:MAX_NOTICES]]
    if answer.abstained:
        lines.append(f"{words.say('answer.abstention')} {wording.whom_to_ask(answer, words)}")
    else:
        first = answer.citations[0]
        at = cut(first.quote, MAX_PREVIEW)
        lines.append(f"“{first.quote[:at]}”" + ("" if at == len(first.quote) else f" {words.say('answer.cut')}"))
        lines.append(f"– {wording.document_of(first, words)}{wording.place_of(first, words)}")
        lines.extend(wording.marks_of(first, today, words))
    return escaped("\n".join(lines))


def sentence_text(sentence: str) -> str:
    """One sentence of the bot's own for a message's `text`, escaped."""
    return escaped(clipped(sentence, MAX_NOTICE))


def with_citations(
    blocks: list[Block],
    citations: tuple[Citation, ...],
    today: date,
    buttons: Buttons | None = None,
    words: Language = ENGLISH,
    whole: bool = False,
) -> list[Block]:
    """The blocks with as many citations after them as a message holds, and a line for those that it does not hold.

    whole: whether each shows its clause in place of the quotation.
    """
    for shown, citation in enumerate(citations):
        new = [citation_block(citation, today, words, whole)]
        if buttons:
            new.append(citation_buttons(citation, shown, buttons, words))
        if blocks:
            new.insert(0, {"type": "divider"})
        if characters([*blocks, *new]) > MAX_MESSAGE - RESERVED:
            blocks.append(left_out_block(len(citations) - shown, words))
            break
        blocks.extend(new)
    return blocks


def citation_buttons(citation: Citation, position: int, buttons: Buttons, words: Language) -> Block:
    """The buttons of one citation; position: its place among those of the answer, from 0."""
    offered = [button(words.say("button.clause"), CLAUSE, f"{buttons.answer_id}:{position}")]
    if buttons.document_url:
        url = buttons.document_url.replace("{path}", in_url(citation.document.path))
        if len(url) <= MAX_URL:
            offered.append(button(words.say("button.document"), OPEN, buttons.answer_id) | {"url": url})
    return {"type": "actions", "elements": offered}


def answer_buttons(answer: Answer, buttons: Buttons, words: Language) -> Block:
    """The buttons of the whole answer."""
    id = buttons.answer_id
    judged = {"more": MORE, "helpful": HELPFUL, "not_helpful": NOT_HELPFUL}
    offered = {} if answer.abstained else judged
    offered = {**offered, "owner": ASK_OWNER, **({"share": SHARE} if buttons.share else {})}
    return {"type": "actions", "elements": [button(words.say(f"button.{name}"), action, id) for name, action in offered.items()]}


def button(label: str, action: str, value: str) -> Element:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": label, "emoji": False}, "value": value}


def notices_block(notices: tuple[str, ...]) -> Block:
    said = [notice for notice in notices if notice.strip()][:MAX_NOTICES]
    return rich_text(section(*flattened([[text(clipped(literal(notice), MAX_NOTICE), italic=True)] for notice in said])))


def abstention_block(answer: Answer, words: Language) -> Block:
    elements = [text(words.say("answer.abstention"), bold=True), text(f" {wording.whom_to_ask(answer, words)}")]
    if answer.nearest:
        elements.append(text(f"\n{words.say('answer.near')}", italic=True))
    return rich_text(section(*elements))


def citation_block(citation: Citation, today: date, words: Language, whole: bool = False) -> Block:
    """The quotation or its clause; under it its place, the document's dates, what to mind about it, and the controls it documents."""
    shown = literal(citation.whole_clause if whole else citation.quote)
    at = len(shown) if units(shown) <= MAX_QUOTE else cut(shown, MAX_QUOTE // 2)
    quote = {"type": "rich_text_quote", "elements": [text(piece) for piece in pieces(shown[:at], MAX_RICH_TEXT // 2)]}
    lines = [[text(wording.document_of(citation, words), bold=True)]]
    if place := wording.place_of(citation, words):
        lines[0].append(text(place))
    if at < len(shown):
        lines.insert(0, [text(words.say("answer.cut"), italic=True)])
    if citation.column_names:
        lines.append([text(words.say("place.columns", names=wording.name(citation.column_names)))])
    if citation.lead_in:
        lines.append([text(words.say("place.lead", words=wording.name(citation.lead_in)))])
    if state := wording.state_of(citation, today, words):
        lines.append([text(state)])
    lines.extend([text(mark, italic=True)] for mark in wording.marks_of(citation, today, words))
    if tags := control_tags(citation.controls, words):
        lines.append(tags)
    return rich_text(quote, section(*flattened(lines)))


def control_tags(links: Iterable[ControlLink], words: Language) -> list[Element]:
    """The controls as tags, with how they are known; those that a person rejected are not shown."""
    kept = list(dict.fromkeys(link for link in unplaced(links) if link.provenance is not Provenance.REJECTED))
    tags: list[Element] = []
    for known, alike in groupby(sorted(kept[:CONTROLS_SHOWN], key=rank), key=lambda link: wording.known_by(link, words)):
        for tag in alike:
            tags += [text(wording.control_of(tag, words), code=True), text(" ")]
        tags[-1] = text(f"{known}   ")
    if len(kept) > CONTROLS_SHOWN:
        tags.append(text(words.say("answer.more_controls", number=len(kept) - CONTROLS_SHOWN)))
    return tags


def rank(link: ControlLink) -> tuple[int, bool]:
    """Those that are known in the same way stand together, the surest first."""
    return list(Provenance).index(link.provenance), link.ambiguous


def unplaced(links: Iterable[ControlLink]) -> list[ControlLink]:
    """The links without where the text names them: a control that is named twice is one tag."""
    return [ControlLink(link.framework, link.id, link.provenance, link.ambiguous) for link in links]


def left_out_block(count: int, words: Language) -> Block:
    return rich_text(section(text(words.count("answer.left_out", count), italic=True)))


def rich_text(*parts: Element) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: Element) -> Element:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words: str, **style: bool) -> Element:
    return {"type": "text", "text": words, "style": style} if style else {"type": "text", "text": words}


def flattened(lines: list[list[Element]]) -> list[Element]:
    """The elements of all lines in one row, with a line end between two lines."""
    row: list[Element] = []
    for line in lines:
        row.extend([text("\n"), *line] if row else line)
    return row
