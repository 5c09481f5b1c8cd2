"""The marked items of a clause: what they are under, where they end, how they are cited and looked up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause
from indexer.readers.base import Block, BlockKind
from isobot.citation import as_record, citation_line
from isobot.item_asked import items_asked
from isobot.items import item_at, item_quoted, items_marked, items_of
from isobot.question import Question
from isobot.responder import Responder
from tests.organisation import responder_on

LETTERS = "(a) Keys.\n(b) Doors, of which\n(i) one is oak and\n(ii) one is ash.\n(c) Locks.\n"
POLICY = """# Vault Policy

## 4 Rooms

### 4.2 Doors

Each vault door follows these rules, which the porter checks before the vault is opened in the morning and after it is closed:

(a) The side that faces the yard is painted green, so that the porter sees from afar whether the door stands open at night.

(b) The keys of both locks are kept

   (i) by the porter in the lodge, in a drawer of its own that is locked whenever nobody sits beside it, and

   (ii) by the duty manager in the safe on the second floor.

(c) Visitors see a door from the yard alone, in groups of no more than four, by somebody who has worked here for a year or longer and
has been told what may be said about the locks, the hinges, the bolts and the frame, and what may not be said about them to anybody.

(d) The carpenter oils each door every quarter, writes the date on the card beside the door and tells the porter so.

### 4.3 Windows

Windows are cleaned in May.
"""
STEPS = "# Opening Hours\n\n1. The lodge opens at seven.\n2. The vault opens at nine.\n3. Both close at six.\n"


def items(text: str, kinds: str = "", levels: str = "") -> dict[str, str]:
    """What each line is under, by its first word. kinds: one letter a line, p for running text and i for an item of a list (default).

    levels: how deep each line stands, one figure a line; default 0, for a reader that tells none.
    """
    blocks, at = [], 0
    for line, kind, level in zip(text.splitlines(), kinds or "i" * 9999, levels or "0" * 9999, strict=False):
        blocks.append(Block(BlockKind.PARAGRAPH if kind == "p" else BlockKind.LIST_ITEM, at, at + len(line), int(level)))
        at += len(line) + 1
    found = items_of(text, [Clause("1", "", 1, 0, len(text), 0)], 0, blocks)
    return {text[item.start : item.end].split(maxsplit=1)[1]: " ".join(item.marks) for item in found}


def test_an_item_within_another_is_under_it_and_ends_with_it() -> None:
    """(i) stands between (b) and (c), and is Roman."""
    assert list(items(LETTERS).values()) == ["(a)", "(b)", "(b) (i)", "(b) (ii)", "(c)"]
    assert "Doors, of which\n(i) one is oak and\n(ii) one is ash." in items(LETTERS)


def test_the_letter_i_follows_h() -> None:
    """It is no first Roman figure there."""
    assert list(items("".join(f"({letter}) Key {letter}.\n" for letter in "abcdefghij")).values())[-2:] == ["(i)", "(j)"]


def test_the_first_roman_figure_under_h_is_told_by_the_next_one() -> None:
    """(h) holds (i) and (ii), and the ninth letter comes behind them."""
    text = "".join(f"({letter}) Key {letter}.\n" for letter in "abcdefgh") + "(i) oak\n(ii) ash\n(i) Key i.\n"
    assert list(items(text).values())[-3:] == ["(h) (i)", "(h) (ii)", "(i)"]


@pytest.mark.parametrize(
    ("text", "kinds", "levels", "expected"),
    [
        ("a) Keys\n1) oak\n2) ash\nb) Doors", "", "", ["a)", "a) 1)", "a) 2)", "b)"]),
        ("1. Keys\na. oak\nb. ash\n2. Doors", "", "", ["1.", "1. a.", "1. b.", "2."]),
        ("(a)(i) Keys\n(ii) Doors\n(b) Locks", "", "", ["(a)", "(a) (i)", "(a) (ii)", "(b)"]),
        ("a) Keys\nb) Doors\n1) oak\na) new\n2) ash\nc) Locks", "", "", ["a)", "b)", "b) 1)", "b) 1) a)", "b) 2)", "c)"]),
        ("a) Keys\n1) oak\na) new\nb) Doors", "", "", ["a)", "a) 1)", "a) 1) a)"]),  # of the inner list or of the outer
        ("(a) Keys\nText.\n(a) Doors\n(b) Locks", "ipii", "", ["(a)", "(a)", "(b)"]),  # a second list
        ("(a) Keys\nText.\n(b) Doors", "ipi", "", ["(a)", "(b)"]),  # the list goes on
        ("(a)(i) Keys\n(a)(ii) Doors\n(b)(i) Locks", "", "", ["(a)", "(a) (i)", "(a) (ii)", "(b) (i)"]),
        ("(a) Keys\n(i) oak\n(ii) ash\nText.\n(i) open\n(ii) shut", "iiipii", "", ["(a)", "(a) (i)", "(a) (ii)"]),  # of (a) or not
        ("(a) Keys\nText.\n(i) Doors", "ipi", "", ["(a)"]),  # under (a), or a list of its own
        ("(a) Keys\nText.\n(i) Doors", "ipi", "102", ["(a)", "(a) (i)"]),  # the reader tells
        ("(a) Keys\n(d) Doors\n(i) Locks", "", "", ["(a)"]),  # what stood between was not read
        ("2. Keys\n3. Doors", "", "", []),  # no list begins so
        ("1. Keys\n2. Doors", "pp", "", []),  # running text; its numbers are the outline's
        ("• A. Smith wrote of keys", "", "", []),
        ("1.5 metres of chain", "", "", []),
    ],
)
def test_only_what_is_sure_is_marked(text: str, kinds: str, levels: str, expected: list[str]) -> None:
    """A wrong place in a list is worse than none."""
    assert list(items(text, kinds, levels).values()) == expected


def test_a_bullet_is_of_the_item_above_it_and_running_text_is_not() -> None:
    """Where a quotation lies in the latter, no item is named."""
    text = "(a) Keys\n- of oak\nThe rest is free."
    blocks = [Block(BlockKind.LIST_ITEM, 0, 8), Block(BlockKind.LIST_ITEM, 9, 17), Block(BlockKind.PARAGRAPH, 18, 35)]
    found = items_of(text, [Clause("1", "", 1, 0, 35, 0)], 0, blocks)
    holding = [item_at(found, *span) for span in ((0, 8), (9, 17), (0, 17), (18, 35), (9, 35))]
    assert [item and item.marks for item in holding] == [("(a)",), ("(a)",), ("(a)",), None, None]


def test_what_a_clause_below_holds_is_not_the_clause_s() -> None:
    """Each clause has the items of its own text alone."""
    text = "(a) Keys\n(b) Doors"
    blocks = [Block(BlockKind.LIST_ITEM, 0, 8), Block(BlockKind.LIST_ITEM, 9, 18)]
    clauses = [Clause("1", "", 1, 0, 18, 0), Clause("1.1", "", 2, 9, 18, 9, 0)]
    assert [item.marks for item in items_of(text, clauses, 0, blocks)] == [("(a)",)]


def test_a_numbered_paragraph_leads_to_its_items() -> None:
    """Its number is no part of that."""
    text = "6.2 Doors are:\n(a) oak"
    blocks = [Block(BlockKind.PARAGRAPH, 0, 14), Block(BlockKind.LIST_ITEM, 15, 22)]
    assert item_quoted(text, [Clause("6.2", "", 1, 0, 22, 4)], 0, blocks, (15, 22), 15) == (("(a)",), ((4, 14),))


LINES = st.lists(st.sampled_from(["(a) x", "(b) x", "(i) x", "(ii) x", "1) x", "2) x", "- x", "x", "a. x", "(c)(i) x"]), max_size=12)


@given(LINES, st.lists(st.integers(0, 3), min_size=12, max_size=12), st.lists(st.booleans(), min_size=12, max_size=12))
def test_items_nest_and_begin_with_their_marks(lines: list[str], levels: list[int], listed: list[bool]) -> None:
    """Two items are apart, or one holds the other whole and its marks are the first of the other's."""
    text, blocks, at = "\n".join(lines), [], 0
    for line, level, is_item in zip(lines, levels, listed, strict=False):
        blocks.append(Block(BlockKind.LIST_ITEM if is_item else BlockKind.PARAGRAPH, at, at + len(line), level if is_item else 0))
        at += len(line) + 1
    found = items_of(text, [Clause("1", "", 1, 0, max(len(text), 1), 0)], 0, blocks)
    for position, one in enumerate(found):
        assert one.marks[-1] in text[one.start : one.end]
        for other in found[position + 1 :]:
            apart = one.end <= other.start
            assert apart or (other.end <= one.end and other.marks[: len(one.marks)] == one.marks)


def test_marks_are_compared_without_brackets_and_case() -> None:
    """Who asks for (a)(1) means a) 1)."""
    text = "a) Keys\n1) oak"
    blocks = [Block(BlockKind.LIST_ITEM, 0, 7), Block(BlockKind.LIST_ITEM, 8, 14)]
    assert items_marked(text, [Clause("1", "", 1, 0, 14, 0)], 0, blocks, ("a", "1")) == [(8, 14)]


@pytest.mark.parametrize(
    ("text", "marks", "found"),
    [
        ("Kept are (a) keys of staff, (b) keys of guests and (c) keys of nobody.", ("c",), True),
        ("Kept are (a) keys of staff, and the rest as in (c).", ("c",), False),  # what counts to it is missing
        ("Kept are keys as paragraph 1(a) and 1(b) of the tariff say.", ("b",), False),  # references
        ("(a) Keys, either (i) of oak or (ii) of ash.", ("a", "ii"), True),
        ("(a) Keys as 1(i) and 1(ii) of the tariff say.", ("a", "ii"), False),
    ],
)
def test_a_line_that_counts_through_its_items_holds_them(text: str, marks: tuple[str, ...], found: bool) -> None:
    """It is cited whole."""
    kind = BlockKind.LIST_ITEM if text.startswith("(") else BlockKind.PARAGRAPH
    blocks, clauses = [Block(kind, 0, len(text))], [Clause("1", "", 1, 0, len(text), 0)]
    assert items_marked(text, clauses, 0, blocks, marks) == ([(0, len(text))] if found else [])


def test_a_long_row_of_double_marks_is_soon_read() -> None:
    """Each line says again what it is under."""
    text = "".join(f"(a)({number}) Key {number}.\n" for number in range(1, 50)) + "(a)(i) Key.\n" * 5000
    began = time.process_time()
    assert list(items(text).values())[:3] == ["(a)", "(a) (1)", "(a) (2)"]
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("question", "whole", "items"),
    [
        ("section 4.2(b) of the vault policy", "section 4.2 of the vault policy", [("b",)]),
        ("4.2 (B) (ii) of the vault policy", "4.2 of the vault policy", [("b", "ii")]),
        ("vault policy 4.2 b)", "vault policy 4.2", [("b",)]),
        ("section 4.2(iii) of the vault policy", "section 4.2 of the vault policy", [("iii",)]),
        ("section 4.2(b)(viii)(A)", "section 4.2", [("b", "viii", "a")]),
        ("section 4.2(aa)", "section 4.2", [("aa",)]),
        ("paragraph (b) of section 4.2 of the vault policy", "section 4.2 of the vault policy", [("b",)]),
        ("item b in section 4.2", "section 4.2", [("b",)]),
        ("point 2 of 4.2", "4.2", [("2",)]),
        ("section 4.2, paragraph (b)", "section 4.2", [("b",)]),
        ("4.2 lit. b of the vault policy", "4.2 of the vault policy", [("b",)]),
        ("Abschnitt 4.2 Buchstabe k", "Abschnitt 4.2", [("k",)]),
        ("section 4.2(b) and (c)", "section 4.2", [("b",), ("c",)]),
        ("section 4.2 (b)(i), (ii) or (c)", "section 4.2", [("b", "i"), ("b", "ii"), ("c",)]),
    ],
)
def test_an_item_is_asked_for_as_people_write_it(question: str, whole: str, items: list[tuple[str, ...]]) -> None:
    """What is left names the section."""
    asked = items_asked(question)
    assert asked
    assert (asked.question, list(asked.items)) == (whole, items)


REMARKS = [
    "what does section 4.2 say", "may 3 people (or more) enter", "paragraph 2 of Schedule 1", "section 3 (HR) of the access policy",
    "removable media (usb sticks) in section 4.3", "laptops (max 2 kg) per section 5.3", "section 3 of SP 800-63", "items 4 of 5",
]  # fmt: skip


@pytest.mark.parametrize("question", REMARKS)
def test_a_remark_in_brackets_is_no_item(question: str) -> None:
    """Of two letters only doubled ones are a mark, and none ends a word."""
    assert items_asked(question) is None


def test_many_brackets_are_soon_read() -> None:
    """A question may be as long as it is allowed to be."""
    began = time.process_time()
    for many in ("(a)" * 7000, "4(a)" * 5000, "4.2 (a), " * 2500, "a) of " * 3500):
        items_asked(many)
    assert time.process_time() - began < 5


@pytest.fixture(scope="module")
def vaults(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Responder:
    return responder_on(tmp_path_factory.mktemp("vaults"), {"vault.md": POLICY, "hours.md": STEPS}, cache)


@pytest.mark.parametrize(
    ("question", "quote", "line"),
    [
        ("section 4.2(b)(ii) of the vault policy", "(ii) by the duty manager in the safe", "Vault Policy · §4.2 Doors › (b) › (ii)"),
        ("section 4.2(a) and (d) of the vault policy", "(a) The side that faces", "Vault Policy · §4.2 Doors › (a)"),
        ("what does 4.2 (d) of the vault policy say", "(d) The carpenter oils", "Vault Policy · §4.2 Doors › (d)"),
        ("section 4.2(a)", "(a) The side that faces", "Vault Policy · §4.2 Doors › (a)"),  # no other document has a 4.2
        ("how often is a vault door oiled", "(d) The carpenter oils", "Vault Policy · §4.2 Doors › (d)"),
        ("clause 2 of the opening hours", "2. The vault opens at nine.", "Opening Hours · 2."),
    ],
)
def test_an_item_is_cited_with_its_marks(question: str, quote: str, line: str, vaults: Responder) -> None:
    """The quotation is the item, and the citation says which."""
    cited = vaults.answer(Question(question)).citations[0]
    assert (cited.quote.startswith(quote), citation_line(cited)) == (True, line)
    assert (as_record(cited)["clause"]["path"], as_record(cited).get("lead_in", "")) == (cited.path, cited.lead_in)
    assert cited.path.endswith(line.split(" › ", 1)[1] if " › " in line else "2.")


def test_what_leads_to_an_item_is_said_beside_it(vaults: Responder) -> None:
    """The sentence above its list, and the item above it, where they break off; each is a slice of the document."""
    cited = vaults.answer(Question("section 4.2(b)(ii) of the vault policy")).citations[0]
    above = "Each vault door follows these rules, which the porter checks before the vault is opened in the morning and after it is closed:"
    assert cited.lead_in == f"{above} … (b) The keys of both locks are kept"
    assert [cited.text.characters[slice(*lead)] for lead in cited.leads] == [above, "(b) The keys of both locks are kept"]


def test_a_quotation_that_holds_what_leads_to_its_item_says_it_once(vaults: Responder) -> None:
    """Asked for the colour, it begins with the sentence above the list."""
    cited = vaults.answer(Question("what colour is the vault door")).citations[0]
    assert (cited.quote.startswith("Each vault door"), cited.lead_in) == (True, "")


def test_an_item_that_is_not_there_is_said_not_to_be_there(vaults: Responder) -> None:
    """Its section is no answer."""
    answer = vaults.answer(Question("section 4.2(g) of the vault policy"))
    assert (answer.abstained, answer.notices) == (True, ("Vault Policy has no section 4.2(g).",))
