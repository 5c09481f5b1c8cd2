"""Hostile documents, names and questions on every surface: within every limit, and every word of theirs as text."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.answer import Answer
from corpus.errors import SlackError
from isobot.citation import ENGLISH
from isobot.slack.blocks import Buttons, blocks_for, plain_text
from isobot.slack.clause_view import clause_view
from isobot.slack.limits import validate, validate_view
from isobot.slack.visit import blocks_as_view
from tests.slack.examples import TODAY
from tests.slack.strictness import refusal_of_message, refusal_of_view
from tests.slack.test_blocks import answers

IDS = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
URLS = st.sampled_from([None, "https://files.example.org/{path}", f"https://files.example.org/{'x' * 2990}/{{path}}"])


def leaves(blocks: list[dict[str, Any]]) -> set[str]:
    """The kinds of what stands in rich texts; buttons and dividers left out."""
    rich = [block for block in blocks if block["type"] == "rich_text"]
    return {leaf["type"] for block in rich for part in block["elements"] for leaf in part["elements"]}


@settings(max_examples=40, deadline=None)
@given(answers(), IDS, URLS, st.booleans())
def test_an_answer_with_its_buttons_holds_every_limit(found: Answer, id: str, url: str | None, share: bool) -> None:
    """Whatever was found, wherever documents are reached; the two checks, which were written apart, agree."""
    blocks = blocks_for(found, TODAY, Buttons(id, url, share))
    validate(blocks, plain_text(found, TODAY))
    assert refusal_of_message({"blocks": blocks, "text": plain_text(found, TODAY)}) is None
    assert leaves(blocks) <= {"text"}
    assert '"type": "mrkdwn"' not in json.dumps(blocks)  # a quotation mark of a document's would be escaped


@settings(max_examples=40, deadline=None)
@given(answers())
def test_a_whole_clause_holds_every_limit(found: Answer) -> None:
    """In its modal, with its neighbours."""
    for citation in (*found.citations, *found.nearest):
        view = clause_view(citation)
        validate_view(view)
        assert refusal_of_view(view) is None and leaves(view["blocks"]) <= {"text"}


@given(st.text(max_size=3000), st.text(max_size=200))
def test_a_modal_carries_only_what_fits(kept: str, value: str) -> None:
    """What a modal takes along fits, or it is refused before Slack does."""
    view = blocks_as_view("Reply", [{"type": "divider"}], ENGLISH, "isobot_reply", "Send", json.dumps({"kept": kept, "value": value}))
    refused = len(view["private_metadata"]) > 3000
    try:
        validate_view(view)
    except SlackError:
        assert refused or any(character > "\uffff" for character in view["private_metadata"])
    else:
        assert not refused and refusal_of_view(view) is None
