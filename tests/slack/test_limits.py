"""Every limit of Block Kit: what stands just within it is taken, what is one beyond it is refused, by a sentence that names it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from corpus.errors import SlackError
from isobot.slack.limits import message_problems, validate, validate_view, view_problems


def plain(length: int, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": "x" * length}


def button(**changed: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "isobot_a", "text": plain(3), **changed}


def section(**parts: Any) -> dict[str, Any]:
    return {"type": "section", **parts}


def actions(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def option(number: int = 0, **changed: Any) -> dict[str, Any]:
    return {"text": plain(3), "value": f"v{number}", **changed}


def menu(count: int, kind: str = "static_select", **changed: Any) -> dict[str, Any]:
    return {"type": kind, "action_id": "isobot_m", "options": [option(number) for number in range(count)], **changed}


def asked(element: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain(3), "element": element, **changed}


def rich(*leaves: dict[str, Any], part: str = "rich_text_section") -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": part, "elements": list(leaves)}]}


def confirmation(title: int = 1, text: int = 1, word: int = 1) -> dict[str, Any]:
    return {"title": plain(title), "text": plain(text), "confirm": plain(word), "deny": plain(word)}


EDGES = [
    ("section text", section(text=plain(3000)), section(text=plain(3001))),
    ("mrkdwn section", section(text=plain(3000, "mrkdwn")), section(text=plain(0, "mrkdwn"))),
    ("fields", section(fields=[plain(1)] * 10), section(fields=[plain(1)] * 11)),
    ("field", section(fields=[plain(2000)]), section(fields=[plain(2001)])),
    ("header", {"type": "header", "text": plain(150)}, {"type": "header", "text": plain(151)}),
    ("header kind", {"type": "header", "text": plain(1)}, {"type": "header", "text": plain(1, "mrkdwn")}),
    ("context", {"type": "context", "elements": [plain(1)] * 10}, {"type": "context", "elements": [plain(1)] * 11}),
    ("actions", actions(*(button(action_id=f"a{n}") for n in range(25))), actions(*(button(action_id=f"a{n}") for n in range(26)))),
    ("no actions", actions(button()), actions()),
    ("twin ids", actions(button(), button(action_id="b")), actions(button(), button())),
    ("button text", actions(button(text=plain(75))), actions(button(text=plain(76)))),
    ("button value", actions(button(value="v" * 2000)), actions(button(value="v" * 2001))),
    ("button url", actions(button(url="u" * 3000)), actions(button(url="u" * 3001))),
    ("button style", actions(button(style="danger")), actions(button(style="loud"))),
    ("button label", actions(button(accessibility_label="l" * 75)), actions(button(accessibility_label="l" * 76))),
    ("action_id", actions(button(action_id="a" * 255)), actions(button(action_id="a" * 256))),
    ("block_id", actions(button()) | {"block_id": "b" * 255}, actions(button()) | {"block_id": "b" * 256}),
    ("confirm title", actions(button(confirm=confirmation(title=100))), actions(button(confirm=confirmation(title=101)))),
    ("confirm text", actions(button(confirm=confirmation(text=300))), actions(button(confirm=confirmation(text=301)))),
    ("confirm word", actions(button(confirm=confirmation(word=30))), actions(button(confirm=confirmation(word=31)))),
    ("menu", actions(menu(100)), actions(menu(101))),
    ("empty menu", actions(menu(1)), actions(menu(0))),
    ("radio buttons", actions(menu(10, "radio_buttons")), actions(menu(11, "radio_buttons"))),
    ("check boxes", actions(menu(10, "checkboxes")), actions(menu(11, "checkboxes"))),
    ("overflow", actions(menu(5, "overflow")), actions(menu(6, "overflow"))),
    ("first choice", actions(menu(2, initial_option=option(1))), actions(menu(2, initial_option=option(2)))),
    ("placeholder", actions(menu(1, placeholder=plain(150))), actions(menu(1, placeholder=plain(151)))),
    ("option", actions(menu(0, options=[option(text=plain(75))])), actions(menu(0, options=[option(text=plain(76))]))),
    ("option value", actions(menu(0, options=[option(value="v" * 150)])), actions(menu(0, options=[option(value="v" * 151)]))),
    ("option note", actions(menu(0, options=[option(description=plain(75))])), actions(menu(0, options=[option(description=plain(76))]))),
    ("image alt", {"type": "image", "image_url": "u", "alt_text": "a" * 2000}, {"type": "image", "image_url": "u", "alt_text": "a" * 2001}),
    ("image url", {"type": "image", "image_url": "u" * 3000, "alt_text": "a"}, {"type": "image", "image_url": "u" * 3001, "alt_text": "a"}),
    ("markdown", {"type": "markdown", "text": "m" * 12_000}, {"type": "markdown", "text": "m" * 12_001}),
    ("rich text", rich({"type": "text", "text": "x" * 3000}), rich({"type": "text", "text": "x" * 3001})),
    ("empty leaf", rich({"type": "text", "text": "x"}), rich({"type": "text", "text": ""})),
    ("leaf", rich({"type": "user", "user_id": "U1"}), rich({"type": "user"})),
    ("unknown leaf", rich({"type": "emoji", "name": "wave"}), rich({"type": "sticker", "name": "wave"})),
    ("style", rich({"type": "text", "text": "x", "style": {"bold": True}}), rich({"type": "text", "text": "x", "style": {"loud": True}})),
    ("part", rich({"type": "text", "text": "x"}, part="rich_text_quote"), rich({"type": "text", "text": "x"}, part="rich_text_box")),
    ("empty part", rich({"type": "text", "text": "x"}), rich()),
    ("surrogates", {"type": "header", "text": {"type": "plain_text", "text": "😀" * 75}},
     {"type": "header", "text": {"type": "plain_text", "text": "😀" * 76}}),
    ("unknown block", {"type": "divider"}, {"type": "carousel"}),
]  # fmt: skip
INPUTS = [
    ("label", asked({"type": "plain_text_input"}, label=plain(2000)), asked({"type": "plain_text_input"}, label=plain(2001))),
    ("hint", asked({"type": "plain_text_input"}, hint=plain(2000)), asked({"type": "plain_text_input"}, hint=plain(2001))),
    ("typed", asked({"type": "plain_text_input", "max_length": 3000}), asked({"type": "plain_text_input", "max_length": 3001})),
    ("begun", asked({"type": "plain_text_input", "max_length": 3, "initial_value": "abc"}),
     asked({"type": "plain_text_input", "max_length": 2, "initial_value": "abc"})),
    ("element", asked(menu(2, "multi_static_select", initial_options=[option(1)])), asked({"type": "image", "image_url": "u"})),
]  # fmt: skip
VIEWS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("title", {"title": plain(24)}, {"title": plain(25)}),
    ("no title", {"title": plain(1)}, {"title": None}),
    ("close", {"close": plain(24)}, {"close": plain(25)}),
    ("private_metadata", {"private_metadata": "p" * 3000}, {"private_metadata": "p" * 3001}),
    ("callback_id", {"callback_id": "c" * 255}, {"callback_id": "c" * 256}),
    ("blocks", {"blocks": [{"type": "divider"}] * 100}, {"blocks": [{"type": "divider"}] * 101}),
    ("no blocks", {"blocks": [{"type": "divider"}]}, {"blocks": []}),
    ("submit", {"blocks": [asked({"type": "plain_text_input"})], "submit": plain(24)}, {"blocks": [asked({"type": "plain_text_input"})]}),
    ("bytes", {"blocks": [section(text=plain(3000))] * 80}, {"blocks": [section(text=plain(3000))] * 84}),
]


@pytest.mark.parametrize(("within", "beyond"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES])
def test_a_block_within_a_limit_is_taken_and_one_beyond_it_is_not(within: dict[str, Any], beyond: dict[str, Any]) -> None:
    """And slack_sdk's own model takes what we take."""
    assert list(message_problems([copy.deepcopy(within)])) == []
    assert list(message_problems([beyond])) != []
    with pytest.raises(SlackError, match=r"Slack would refuse the message, so it was not sent\."):
        validate([beyond])
    parsed = Block.parse(copy.deepcopy(within))
    assert parsed is not None
    try:
        parsed.validate_json()
    except SlackObjectFormationError as problem:
        pytest.fail(f"slack_sdk refuses what we take: {problem}")


@pytest.mark.parametrize(("within", "beyond"), [edge[1:] for edge in INPUTS], ids=[edge[0] for edge in INPUTS])
def test_a_field_within_a_limit_is_taken_in_a_view_and_in_no_message(within: dict[str, Any], beyond: dict[str, Any]) -> None:
    """Inputs stand in views alone."""
    view = {"type": "modal", "title": plain(3), "submit": plain(3)}
    assert list(view_problems(view | {"blocks": [within]})) == []
    assert list(view_problems(view | {"blocks": [beyond]})) != []
    assert any("only views" in problem for problem in message_problems([within]))


@pytest.mark.parametrize(("within", "beyond"), [edge[1:] for edge in VIEWS], ids=[edge[0] for edge in VIEWS])
def test_a_view_within_a_limit_is_taken_and_one_beyond_it_is_not(within: dict[str, Any], beyond: dict[str, Any]) -> None:
    """Modals: their title, their buttons, what they carry, their blocks and their size."""
    view = {"type": "modal", "title": plain(3), "blocks": [{"type": "divider"}]}
    validate_view(view | within)
    with pytest.raises(SlackError, match=r"Slack would refuse the view"):
        validate_view(view | beyond)


def test_a_message_is_held_to_what_counts_over_all_of_it() -> None:
    """Fifty blocks, the undocumented total, a text of 40,000 characters, ids that are different, and 12,000 of markdown together."""
    full = [section(text=plain(3000))] * 4
    assert list(message_problems(full, "x" * 40_000)) == []
    assert list(message_problems([*full, section(text=plain(1))])) == [
        "The message has 12,001 characters over all blocks; at most 12,000 are allowed."
    ]
    assert len(list(message_problems(full, "x" * 40_001))) == 1
    assert len(list(message_problems([{"type": "divider", "block_id": "a"}] * 2))) == 1
    assert len(list(message_problems([{"type": "divider"}] * 51))) == 1
    assert any("markdown" in problem for problem in message_problems([{"type": "markdown", "text": "m" * 6001}] * 2))
    assert json.loads(json.dumps(full)) == full
