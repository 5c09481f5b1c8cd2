"""An answer as blocks: what a person reads, and what a document can never make of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.answer import Answer
from corpus.control import ControlLink, Provenance
from corpus.document import GUIDANCE, Status
from corpus.errors import SlackError
from isobot.languages import language
from isobot.slack.blocks import Buttons, blocks_for, plain_text, sentence_blocks, sentence_text, with_citations
from isobot.slack.limits import validate
from tests.slack.examples import LAPTOPS, TODAY, abstention, answer, cite
from tests.slack.strictness import refusal_of_message, words_of


def lines(blocks: list[dict[str, Any]]) -> list[str]:
    return "".join(words_of(blocks)).split("\n")


def quote_of(block: dict[str, Any]) -> str:
    return "".join(words_of(next(part for part in block["elements"] if part["type"] == "rich_text_quote")))


def test_an_answer_is_its_quotation_its_place_and_its_controls() -> None:
    """One rich text: the quote, then document, clause and page, then each control as a tag with how it is known."""
    (block,) = blocks_for(answer(cite()), TODAY)
    assert block == {
        "type": "rich_text",
        "elements": [
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": LAPTOPS}]},
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "BYOD Standard v2.1", "style": {"bold": True}},
                    {"type": "text", "text": " · §3.2 Laptops · p. 4"},
                    {"type": "text", "text": "\n"},
                    {"type": "text", "text": "ISO/IEC 27001:2022 A.8.1", "style": {"code": True}},
                    {"type": "text", "text": " named in the clause   "},
                ],
            },
        ],
    }


def test_documents_stand_side_by_side_best_first() -> None:
    """Two citations are two blocks with a divider between them, each under its own document."""
    blocks = blocks_for(answer(cite("First.", ()), cite("Second.", (), title="Travel Policy")), TODAY)
    assert [block["type"] for block in blocks] == ["rich_text", "divider", "rich_text"]
    assert [quote_of(block) for block in blocks if block["type"] == "rich_text"] == ["First.", "Second."]


def test_a_reader_is_told_what_to_mind_about_the_document() -> None:
    """Overdue, superseded, expired and guidance documents are marked, each on a line of its own."""
    marked = cite("Words.", (), collection=GUIDANCE, status=Status.SUPERSEDED, review_by=date(2026, 8, 31), expires=date(2026, 8, 1))
    assert lines(blocks_for(answer(marked), TODAY))[1:] == [
        "guidance, not your policy",
        "superseded, not in force",
        "expired on 2026-08-01",
        "review overdue since 2026-08-31",
    ]


def test_a_review_that_is_due_today_is_not_overdue() -> None:
    """The review date itself still counts as in time."""
    assert lines(blocks_for(answer(cite("Words.", (), review_by=TODAY)), TODAY))[1:] == ["review due 2026-09-01"]


def test_the_age_of_a_document_stands_under_its_quotation() -> None:
    """Since when it is in force and when its review is due, on one line; what has expired is only said to have."""
    dated = {"effective": date(2025, 7, 1), "review_by": date(2026, 12, 31)}
    assert lines(blocks_for(answer(cite("Words.", (), **dated)), TODAY))[1:] == ["in force since 2025-07-01 · review due 2026-12-31"]
    expired = lines(blocks_for(answer(cite("Words.", (), effective=date(2025, 7, 1), expires=date(2026, 8, 1))), TODAY))
    assert expired[1:] == ["expired on 2026-08-01"]


def test_what_leads_to_a_quoted_item_stands_under_it() -> None:
    """With the item's mark behind the clause; a person reads that the item is forbidden."""
    whole = cite("You must not:\n(b) lend *your* laptop.", ())
    begin = whole.quote.index("(b)") + whole.start
    item = replace(whole, start=begin, item=("(b)",), leads=((whole.start, begin - 1),))
    assert lines(blocks_for(answer(item), TODAY))[:2] == [
        "(b) lend *your* laptop.BYOD Standard v2.1 · §3.2 Laptops › (b) · p. 4", "under “You must not:”",
    ]  # fmt: skip


def test_all_but_the_quotation_is_said_in_the_language_that_is_wanted() -> None:
    """Marks, place, provenance and buttons; the quotation, names and headings stay as they are."""
    shown = blocks_for(answer(cite(review_by=date(2026, 8, 31))), TODAY, Buttons("a1"), language("de"))
    assert lines(shown[:1]) == [
        f"{LAPTOPS}BYOD Standard v2.1 · §3.2 Laptops · S. 4",
        "Überprüfung überfällig seit 2026-08-31",
        "ISO/IEC 27001:2022 A.8.1 im Abschnitt genannt   ",
    ]
    assert "".join(words_of(shown[-1])).startswith("Weitere TrefferHilfreich")
    assert plain_text(abstention(), TODAY, language("de")).startswith("Eure Richtlinien sagen dazu nichts. Bitte frage Security Office.")


def test_an_abstention_names_the_owner_and_shows_what_was_near_as_near() -> None:
    """It says that the policies do not say, whom to ask, and then what is not an answer."""
    blocks = blocks_for(abstention(cite()), TODAY)
    assert lines(blocks)[:2] == [
        "Your policies don't say. Please ask Security Office. I have noted the question as one that your policies leave open.",
        f"Not an answer, but near:{LAPTOPS}BYOD Standard v2.1 · §3.2 Laptops · p. 4",
    ]
    assert "No owner is named whom you could ask." in lines(blocks_for(abstention(owner=None), TODAY))[0]


def test_notices_come_before_the_answer() -> None:
    """That a control does not exist is said first."""
    blocks = blocks_for(answer(cite(), notices=("AC-99 is not a control of NIST SP 800-53 r5.",)), TODAY)
    assert "".join(words_of(blocks[0])) == "AC-99 is not a control of NIST SP 800-53 r5."


def test_that_two_documents_differ_is_said_first_by_name() -> None:
    """Before both quotations, in the message and in its notification."""
    said = "Two documents in force differ here: BYOD Standard v2.1 §3.2 and Travel Policy v2.1 §3.2."
    differing = answer(cite("After 5 minutes.", ()), cite("After 10 minutes.", (), title="Travel Policy"), differs=((0, 1),))
    assert "".join(words_of(blocks_for(differing, TODAY)[:1])) == said
    assert plain_text(differing, TODAY).startswith(said)


def test_a_rejected_link_is_not_shown_and_a_repeated_one_once() -> None:
    """Where the text names a control does not make it another tag."""
    links = (
        ControlLink("iso27001:2022", "A.8.1", Provenance.EXPLICIT, start=1, end=2),
        ControlLink("iso27001:2022", "A.8.1", Provenance.EXPLICIT, start=5, end=6),
        ControlLink("iso27001:2022", "A.5.9", Provenance.REJECTED),
        ControlLink("iso27001:2022", "A.7.9", Provenance.SUGGESTED, ambiguous=True),
    )
    assert lines(blocks_for(answer(cite("Words.", links)), TODAY))[1] == (
        "ISO/IEC 27001:2022 A.8.1 named in the clause   ISO/IEC 27001:2022 A.7.9 suggested, edition assumed   "
    )


def test_hidden_marks_are_written_out() -> None:
    """A right-to-left override cannot turn words around, and a control character cannot vanish; Hebrew's own marks stay."""
    (block,) = blocks_for(answer(cite("a\u202etxt.exe\u0007 \u05d0\u200f!", ())), TODAY)
    assert quote_of(block) == "a[U+202E]txt.exe[U+0007] \u05d0\u200f!"


def test_the_notification_is_escaped() -> None:
    """Slack's three characters become entities, and a colon before an emoji's name no longer begins one; times stay as they are."""
    said = plain_text(answer(cite("<!channel> & :smile: at 10:30:45", (), title="<@U1>")), TODAY)
    assert said == "“&lt;!channel&gt; &amp; :\u2060smile: at 10:30:45”\n– &lt;@U1&gt; v2.1 · §3.2 Laptops · p. 4"
    assert sentence_text("a < b") == "a &lt; b"


def test_what_does_not_fit_is_left_out_whole_and_said() -> None:
    """What would break the limit over a message is left out from the last citation; a quotation that is cut says so."""
    long = "\u0001" * 1100  # each is written out with eight characters
    links = tuple(ControlLink(f"a-framework-of-{number:02d}", "x" * 60, Provenance.SUGGESTED) for number in range(12))
    blocks = with_citations([], tuple(cite(long, links) for _ in range(5)), TODAY)
    validate(blocks)
    assert [block["type"] for block in blocks] == ["rich_text", "divider"] * 3 + ["rich_text"] * 2
    assert "".join(words_of(blocks[-1])) == "1 more passage does not fit into this message. Ask more narrowly to see more."
    assert "The quotation goes on in the document." in "".join(words_of(blocks))


def test_a_person_is_shown_three_citations() -> None:
    """The other two answer less often than they distract."""
    blocks = blocks_for(answer(*[cite(f"Words {number}.", ()) for number in range(5)]), TODAY)
    assert [quote_of(block) for block in blocks[::2]] == ["Words 0.", "Words 1.", "Words 2."]


def test_a_block_that_slack_would_refuse_is_refused_here_first() -> None:
    """The message names the block and the limit."""
    with pytest.raises(SlackError, match=r"Block 1 \(header\): its text has 151 characters; 1 to 150 are allowed"):
        validate([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}])
    with pytest.raises(SlackError, match="51 blocks"):
        validate([{"type": "divider"}] * 51)
    with pytest.raises(SlackError, match="a text element has no text"):
        validate([{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": ""}]}]}])
    with pytest.raises(SlackError, match="12,001 characters over all blocks"):
        section = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3000}}
        validate([section] * 4 + [{"type": "section", "text": {"type": "plain_text", "text": "x"}}])


MARKUP = ["<!channel>", "@here", "<@U1>", "*b*", "`c`", ":smile:", "&amp;", "https://e.example"]
HOSTILE = st.sampled_from([*MARKUP, "\u202e", "\u0000", "\n", "😀", " "])
WORDS = st.lists(st.one_of(HOSTILE, st.text(st.characters(codec="utf-8"), max_size=60)), max_size=40).map("".join)
LINKS = st.builds(ControlLink, WORDS, WORDS, st.sampled_from(Provenance), st.booleans())


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    cited = [
        cite(
            ((draw(WORDS) + "x") * draw(st.integers(1, 30)))[:1200],
            tuple(draw(st.lists(LINKS, max_size=12))),
            draw(WORDS),
            title=draw(WORDS),
            version=draw(st.none() | WORDS),
            status=draw(st.sampled_from(Status)),
            review_by=draw(st.none() | st.dates()),
        )
        for _ in range(draw(st.integers(0, 5)))
    ]
    facts: dict[str, Any] = {"question": draw(WORDS), "owner": draw(st.none() | WORDS), "notices": tuple(draw(st.lists(WORDS, max_size=7)))}
    if len(cited) > 1 and draw(st.booleans()):
        return answer(*cited, differs=((0, 1),), **facts)
    return draw(st.sampled_from([answer, abstention]))(*cited, **facts)


@settings(max_examples=150, deadline=None)
@given(answers())
def test_no_answer_breaks_a_limit_or_becomes_markup(given_answer: Answer) -> None:
    """Whatever documents, names and questions say: Slack takes the message, every word stands in a text element, and the first
    quotation is there, letter by letter."""
    blocks = blocks_for(given_answer, TODAY)
    validate(blocks)
    fallback = plain_text(given_answer, TODAY)
    assert refusal_of_message({"blocks": blocks, "text": fallback}) is None
    assert "<" not in fallback and ">" not in fallback
    leaves = [leaf for block in blocks for part in block.get("elements", ()) for leaf in part["elements"]]
    assert {leaf["type"] for leaf in leaves} <= {"text"}
    json.dumps(blocks, ensure_ascii=False).encode("utf-8")
    shown = given_answer.citations or given_answer.nearest
    if shown and shown[0].quote.isprintable():
        quotes = [block for block in blocks if block.get("elements", [{}])[0].get("type") == "rich_text_quote"]
        assert quote_of(quotes[0]) == shown[0].quote


@given(WORDS.filter(str.strip))
def test_no_sentence_breaks_a_limit(sentence: str) -> None:
    """A refusal may carry words of a question, and is held to the same."""
    validate(sentence_blocks(sentence))
    assert "<" not in sentence_text(sentence)
