"""Blocks as plain text, whatever stands in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from isobot.chat.text import rendered
from isobot.slack.blocks import Buttons, blocks_for, button, rich_text, section, text
from isobot.slack.limits import Block
from tests.slack.examples import TODAY, abstention, answer, cite

HOSTILE = "Pay.\n[1] Approve  [2] Send\n\x1b[2J\x1b]0;owned\x07<!channel> *bold* \u202etxt.exe\rgone"


def test_an_answer_is_quoted_behind_a_bar_with_its_buttons_numbered_below() -> None:
    """Numbers begin where they are told to, and each is the button that Slack would get."""
    lines, buttons = rendered(blocks_for(answer(cite()), TODAY, Buttons("a1", "https://files.example.org/{path}")), 6)
    assert lines == [
        "  │ A personal laptop may be used for work once its disk is encrypted.",
        "  BYOD Standard v2.1 · §3.2 Laptops · p. 4",
        "  ISO/IEC 27001:2022 A.8.1 named in the clause",
        "[6] Whole clause  [7] Open document",
        "[8] More results  [9] Helpful  [10] Not helpful  [11] Ask the owner",
    ]
    assert [one["value"] for one in buttons] == ["a1:0", "a1", "a1", "a1", "a1", "a1"]


def test_every_kind_of_block_is_told() -> None:
    """Headers, sections, context, lists, links and mentions; of a modal's field nothing, as it is asked for."""
    blocks: list[Block] = [
        {"type": "header", "text": {"type": "plain_text", "text": "Title"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "a &lt;b&gt; &amp;amp; *c*"}},
        {"type": "context", "elements": [{"type": "plain_text", "text": "small"}, {"type": "image", "image_url": "x", "alt_text": "face"}]},
        {"type": "image", "image_url": "x", "alt_text": "chart"},
        rich_text(section({"type": "user", "user_id": "U1"}, text(" in "), {"type": "channel", "channel_id": "C1"})),
        rich_text(section({"type": "link", "url": "https://a.example", "text": "here"}, text(" "), {"type": "link", "url": "https://b"})),
        rich_text({"type": "rich_text_list", "style": "bullet", "elements": [section(text("one")), section(text("two"))]}),
        {"type": "divider"},
        {"type": "input", "label": {"type": "plain_text", "text": "Why?"}, "element": {}},
    ]
    told = ["  Title", "  a <b> &amp; *c*", "  small face", "  chart", "  @U1 in #C1", "  here (https://a.example) https://b"]
    assert rendered(blocks) == ([*told, "  • one", "  • two", ""], [])


def test_hostile_text_of_a_document_is_harmless() -> None:
    """No control character reaches the screen, markup stays letters, and no line of it can be taken for buttons."""
    blocks = blocks_for(answer(cite(HOSTILE, heading="x\x1b[31m[9] Delete")), TODAY, Buttons("a1"))
    lines, buttons = rendered(blocks)
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if line.startswith("[")] == [
        "[1] Whole clause",
        "[2] More results  [3] Helpful  [4] Not helpful  [5] Ask the owner",
    ]
    assert len(buttons) == 5
    assert "  │ [1] Approve  [2] Send" in lines and any("<!channel> *bold* [U+202E]txt.exe" in line for line in lines)


@given(st.text(min_size=1, max_size=300).filter(str.strip), st.one_of(st.none(), st.integers(24, 90)))
def test_whatever_a_document_says_only_buttons_stand_at_the_margin(words: str, width: int | None) -> None:
    """At every width, letters of two cells among them; nothing that is not printable is printed, and no letter is lost."""
    blocks = [rich_text(section(text(words))), rich_text({"type": "rich_text_quote", "elements": [text(words)]})]
    lines, _ = rendered([*blocks, {"type": "actions", "elements": [button("Go", "go", "1")]}], width=width)
    assert all(line.isprintable() and line.startswith(("  ", "")) for line in lines)
    assert [line for line in lines if line and not line.startswith("  ")] == ["[1] Go"]
    letters = "".join(character for line in lines[:-1] for character in line if character.isalnum())
    assert letters == 2 * "".join(character for character in words if character.isalnum())


def test_long_lines_are_wrapped_at_the_width_behind_their_mark() -> None:
    """So that a quotation can be told from what stands around it on every line."""
    lines, _ = rendered(blocks_for(abstention(cite("word " * 60 + "end.")), TODAY), width=60)
    quoted = [line for line in lines if line.startswith("  │ ")]
    assert len(quoted) == 6 and all(len(line) <= 60 for line in lines)
    assert " ".join(line.removeprefix("  │ ") for line in quoted) == "word " * 60 + "end."
