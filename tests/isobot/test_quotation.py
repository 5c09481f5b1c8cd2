"""Which words of a clause are quoted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause
from indexer.analysis import analyse
from indexer.passages import Unit
from indexer.readers.base import Block, BlockKind
from indexer.sentences import sentences
from isobot.layout import MAX_ITEM, MAX_QUOTE
from isobot.quotation import clause_units, context_span, opening_span, quote_span, within
from isobot.tables import column_span

SAID, FURNITURE = BlockKind.PARAGRAPH, BlockKind.FURNITURE
ITEM = BlockKind.LIST_ITEM
ROW, HEADER = BlockKind.TABLE_ROW, BlockKind.TABLE_HEADER
HEADING = BlockKind.HEADING
INNER = "an item of a list within a list"
Kind = BlockKind | str


def laid_out(*pieces: tuple[Kind, str]) -> tuple[str, list[Unit], list[Block]]:
    """A text of one block a piece, each block one unit, but for table headers and furniture, which cannot be quoted by themselves."""
    text, units, blocks = "", [], []
    for kind, words in pieces:
        start = len(text)
        text += words + "\n"
        if kind not in (HEADER, FURNITURE, HEADING):
            units.append(Unit(start, start + len(words), len(blocks)))
        blocks.append(Block(ITEM, start, start + len(words), level=2) if kind is INNER else Block(kind, start, start + len(words)))
    return text, units, blocks


def quoted(pieces: list[tuple[Kind, str]], likeness: dict[int, float], asked: str = "") -> str:
    text, units, blocks = laid_out(*pieces)
    start, end = quote_span(text, units, likeness, blocks, frozenset(analyse(asked, question=True)) if asked else frozenset())
    return text[start:end]


def sentences_of(words: str, *pieces: tuple[Kind, str]) -> tuple[str, list[Unit], list[Block]]:
    """As `laid_out`, of a list item with several sentences and what stands below it."""
    text, units, blocks = laid_out((ITEM, words), *pieces)
    return text, [*(Unit(*span, 0) for span in sentences(text, units[0].start, units[0].end)), *units[1:]], blocks


def test_the_likeliest_sentence_is_quoted_alone_where_its_neighbours_speak_of_something_else():
    """A neighbour that is less than half as like is left out."""
    assert quoted([(SAID, "We like tea."), (SAID, "Lock your screen."), (SAID, "Doors are blue.")], {0: 0.1, 1: 0.6, 2: 0.29}) == (
        "Lock your screen."
    )


def test_a_neighbour_that_is_nearly_as_like_is_quoted_with_it():
    """Half as like is enough, and the quotation stays one run of text."""
    assert quoted([(SAID, "We like tea."), (SAID, "Lock your screen."), (SAID, "It locks after 5 minutes.")], {0: 0.1, 1: 0.6, 2: 0.3}) == (
        "Lock your screen.\nIt locks after 5 minutes."
    )


def test_lines_of_an_imprint_are_not_run_together():
    """A line that ends no sentence is a label; what stands below it is no part of the same statement."""
    lines = [(SAID, "Handbook of doors"), (SAID, "Ada Byron and Alan T."), (SAID, "Doors are locked at six.")]
    assert quoted(lines, {0: 0.5, 1: 0.4, 2: 0.6}) == "Ada Byron and Alan T.\nDoors are locked at six."
    assert quoted(lines, {0: 0.6, 1: 0.4, 2: 0.5}) == "Handbook of doors"


def test_the_last_item_of_another_list_does_not_open_a_quotation():
    """What stands before the words that answer belongs to the list above them, however near it is."""
    lists = [(ITEM, "- Be wary of who looks on."), (SAID, "Never:"), (ITEM, "- Lend your badge."), (ITEM, "- Leave it in the car.")]
    assert quoted(lists, {0: 0.6, 1: 0.7, 2: 0.1, 3: 0.1}) == "Never:\n- Lend your badge.\n- Leave it in the car."


def test_a_question_is_quoted_with_what_replies_to_it():
    """However little that is like the words of who asks; a list may reply as well."""
    assert quoted([(SAID, "Why lock it?"), (SAID, "It holds names."), (SAID, "Doors are blue.")], {0: 0.7, 1: 0.1, 2: 0.1}) == (
        "Why lock it?\nIt holds names."
    )
    assert quoted([(SAID, "What to lock?"), (ITEM, "- doors"), (ITEM, "- screens")], {0: 0.7, 1: 0.1, 2: 0.1}) == (
        "What to lock?\n- doors\n- screens"
    )


def test_sentences_that_are_all_unlike_the_question_still_give_one_quotation():
    """Where every cosine is negative nothing is grown, and nothing fails."""
    assert quoted([(SAID, "We like tea."), (SAID, "Doors are blue.")], {0: -0.2, 1: -0.1}) == "Doors are blue."


def test_only_sentences_that_were_offered_are_quoted():
    """A neighbour outside the passage that was found is not drawn in."""
    assert quoted([(SAID, "First."), (SAID, "Second."), (SAID, "Third.")], {1: 0.5}) == "Second."


LONG = "and so on, at length, " * 20


def test_a_list_item_comes_with_its_lead_in():
    """From the words that open the list, where they end with a colon, to the item, where the list is long."""
    pieces = [(SAID, "You must not:"), (ITEM, "(a) lend your badge;"), (ITEM, "(b) prop doors open;"), (ITEM, f"(c) {LONG}share codes.")]
    assert quoted(pieces, {1: 0.1, 2: 0.7, 3: 0.1}) == "You must not:\n(a) lend your badge;\n(b) prop doors open;"


def test_a_short_list_comes_whole():
    """One of two members would look like the only one."""
    pieces = [(SAID, "Members of the team are"), (ITEM, "- Ada Byron"), (ITEM, "- Alan T."), (SAID, "It meets on Mondays.")]
    assert quoted(pieces, {1: 0.7, 2: 0.1}) == "Members of the team are\n- Ada Byron\n- Alan T."


def test_an_item_of_an_inner_list_comes_with_the_item_that_it_stands_under():
    """Which says to what it applies; what opens the outer list is left out."""
    pieces = [
        (SAID, "We do this:"),
        (ITEM, f"1. {LONG}."),
        (ITEM, "2. In offices the network is set so:"),
        (INNER, "- WPA2 is on;"),
        (INNER, "- passwords change each quarter."),
        (ITEM, "3. Something else."),
    ]
    assert quoted(pieces, {3: 0.1, 4: 0.7}) == "2. In offices the network is set so:\n- WPA2 is on;\n- passwords change each quarter."


def test_an_item_that_leads_to_items_brings_them():
    """As many as a quotation holds, though the whole is no short list."""
    inner = [(INNER, f"- step {n} {'x' * 200}.") for n in range(4)]
    pieces = [(ITEM, "1. Once somebody leaves, the following steps are"), *inner, (ITEM, "2. Something else.")]
    assert quoted(pieces, {0: 0.7}) == "\n".join(words for _, words in pieces[:4])


def test_a_sentence_that_breaks_off_before_a_list_is_quoted_with_it():
    """Also without a colon."""
    pieces = [(SAID, "It is the manager's duty to ensure that"), (ITEM, "- all are told;"), (ITEM, "- a report is written.")]
    assert quoted(pieces, {0: 0.7, 1: 0.1}) == "It is the manager's duty to ensure that\n- all are told;\n- a report is written."


def test_the_furniture_of_a_page_does_not_come_between_sentences():
    """Neither those that are as like, nor what one leans on, nor another branch; that before all of them parts none."""
    page = (FURNITURE, "Page 3 of 9")
    assert quoted([(SAID, "Lock your screen."), page, (SAID, "Screens lock by themselves.")], {0: 0.6, 1: 0.5}) == "Lock your screen."
    assert quoted([(SAID, "Lock your screen."), page, (SAID, "Otherwise it locks.")], {1: 0.5}) == "Otherwise it locks."
    assert quoted([(SAID, "If lost, call."), page, (SAID, "If late, run.")], {1: 0.5}) == "If late, run."
    led = [(SAID, "Be there."), page, (SAID, "Lock your screen."), (SAID, "Otherwise it locks.")]
    assert quoted(led, {2: 0.5}) == "Lock your screen.\nOtherwise it locks."


def test_the_furniture_of_a_page_does_not_come_into_a_quotation_for_its_list():
    """What stands on the next page is left out, and so is a lead-in on the page before."""
    pieces = [(SAID, "You must not:"), (ITEM, "(a) lend your badge;"), (FURNITURE, "Page 3 of 9"), (ITEM, "(b) prop doors open.")]
    assert quoted(pieces, {1: 0.7}) == "You must not:\n(a) lend your badge;"
    assert quoted(pieces, {2: 0.7}) == "(b) prop doors open."


def test_words_above_a_deeper_list_are_no_lead_in():
    """An address that broke into a list does not open what goes on below it."""
    pieces = [(SAID, "Digital Service Desk"), (INNER, "- by telephone"), (ITEM, "3. Tell the police.")]
    assert quoted(pieces, {2: 0.7}) == "3. Tell the police."


SHIFTS = [
    (SAID, "Who opens the gate depends on the shift:"),
    (ITEM, f"- If you work by day, ask the porter. {LONG[:250]}."),
    (ITEM, f"- If you work by night, ask the warden. {LONG[:250]}."),
    (ITEM, "- Keys are brought back."),
]


def test_branches_are_quoted_together_where_the_question_names_none():
    """With what leads to them, and without the items that are no branch; whichever of them is likelier."""
    together = "\n".join(words for _, words in SHIFTS[:3])
    assert quoted(SHIFTS, {1: 0.7, 2: 0.6}, "who opens the gate") == together
    assert quoted(SHIFTS, {2: 0.7}, "who opens the gate") == together


def test_a_branch_that_the_question_names_ends_the_quotation():
    """What holds for others is not read behind it; where it is not the likelier one, both are quoted."""
    assert quoted(SHIFTS, {1: 0.7, 2: 0.6}, "who opens the gate by day") == "\n".join(words for _, words in SHIFTS[:2])
    assert quoted(SHIFTS, {1: 0.7, 2: 0.6}, "who opens the gate at night") == "\n".join(words for _, words in SHIFTS[:3])


def test_branches_that_do_not_fit_a_quotation_are_quoted_as_far_as_it_goes():
    """Whole items, never a part of one."""
    long = [(SAID, "It depends:"), *((ITEM, f"- If you are of team {n}, {LONG[:300]}.") for n in range(4))]
    assert quoted(long, {1: 0.7}) == "\n".join(words for _, words in long[:3])


def test_sentences_that_each_begin_with_a_condition_are_quoted_together():
    """Also where the other is less like the question; unless the question names one."""
    pieces = [(SAID, "If the rope is whole, dry it."), (SAID, "If the rope is torn, burn it."), (SAID, "Ropes are blue.")]
    both = "If the rope is whole, dry it.\nIf the rope is torn, burn it."
    assert quoted(pieces, {0: 0.6, 1: 0.1, 2: 0.1}, "what about old ropes") == both
    assert quoted(pieces, {0: 0.1, 1: 0.6, 2: 0.1}, "what about old ropes") == both
    assert quoted(pieces, {0: 0.1, 1: 0.6, 2: 0.1}, "what about a torn rope") == "If the rope is torn, burn it."


def test_a_step_that_leans_on_those_before_it_is_quoted_with_them():
    """With as many as it leans on, and with the items under these."""
    steps = [
        (ITEM, f"1. {LONG}."),
        (ITEM, "2. Go to part two if one of these is so:"),
        (INNER, f"- your boat is longer than {LONG[:150]};"),
        (INNER, "- it has a mast."),
        (ITEM, "3. If you have reached this step, you need no permit."),
        (ITEM, "4. Otherwise, ask the harbour master."),
        (ITEM, f"5. {LONG}."),
    ]
    assert quoted(steps, {4: 0.7}) == "\n".join(words for _, words in steps[1:5])
    assert quoted(steps, {5: 0.7}) == "\n".join(words for _, words in steps[1:6])
    assert quoted(steps, {1: 0.7}) == "\n".join(words for _, words in steps[1:4])


def test_a_sentence_that_leans_on_the_one_before_it_is_quoted_with_it():
    """However unlike that is; but not across a label, and not where both are too long."""
    assert quoted([(SAID, "Ask the porter."), (SAID, "If not, ring.")], {0: 0.1, 1: 0.7}) == "Ask the porter.\nIf not, ring."
    assert quoted([(SAID, "Boats are tied."), (SAID, "For example, a ferry is.")], {1: 0.7}) == "Boats are tied.\nFor example, a ferry is."
    assert quoted([(SAID, "The gate"), (SAID, "It is shut at six.")], {1: 0.7}) == "It is shut at six."
    assert quoted([(SAID, f"{LONG}."), (SAID, "Otherwise, ring.")], {1: 0.7}) == "Otherwise, ring."
    assert quoted([(SAID, "Ask the porter."), (SAID, "This policy is for all.")], {1: 0.7}) == "This policy is for all."


def test_an_item_begins_with_its_mark_and_its_name():
    """Also where a later sentence of it is the likeliest; a long item is quoted by that sentence."""
    text, units, blocks = sentences_of("- Gate. It is shut at six.", (ITEM, f"- Bell. {LONG}"))
    start, end = quote_span(text, units, {1: 0.7}, blocks)
    assert text[start:end] == "- Gate. It is shut at six."
    text, units, blocks = sentences_of(f"- Gate. {LONG.capitalize()}. Lock it.", (ITEM, "- Bell."))
    start, end = quote_span(text, units, {2: 0.7}, blocks)
    assert text[start:end] == "Lock it."


def test_what_leans_on_a_sentence_of_an_item_is_quoted_with_it():
    """As far as the item goes, and a quotation; what begins anew is not."""
    text, units, blocks = sentences_of("- A report is written. It must name the boat. Boats are blue.", (ITEM, f"- Bell. {LONG}"))
    start, end = quote_span(text, units, {0: 0.7}, blocks)
    assert text[start:end] == "- A report is written. It must name the boat."


def test_an_inner_item_comes_with_the_item_that_it_stands_under():
    """Also where that is a whole sentence, as long as both are short; one that names what follows comes in any case."""
    inner = [(INNER, "- Codes are six digits."), (INNER, "- They end after a minute."), (INNER, f"- {LONG}.")]
    assert quoted([(ITEM, "4. Whoever signs in types a code."), *inner], {2: 0.7}) == (
        "4. Whoever signs in types a code.\n- Codes are six digits.\n- They end after a minute."
    )
    assert quoted([(ITEM, f"4. {LONG}."), *inner], {2: 0.7}) == "- They end after a minute."
    following = f"4. {LONG[:380]}, the following steps are taken."
    assert quoted([(ITEM, following), *inner], {1: 0.7}) == f"{following}\n- Codes are six digits."


def test_a_short_list_without_a_lead_in_comes_whole():
    """Under a heading that says what it is about, unless the question names the item; nothing of another list, and no long list."""
    steps = [(SAID, "What we do."), (ITEM, "1. Tell your manager."), (ITEM, "2. Tell the police."), (SAID, "Boats are blue.")]
    assert quoted(steps, {2: 0.7}) == "1. Tell your manager.\n2. Tell the police."
    assert quoted(steps, {2: 0.7}, "what do the police know") == "2. Tell the police."
    assert quoted(steps, {2: 0.7}, "what does the manager know") == "1. Tell your manager.\n2. Tell the police."
    assert quoted([*steps[:3], (ITEM, f"3. {LONG}.")], {2: 0.7}) == "2. Tell the police."


def test_a_quotation_does_not_end_where_something_is_led_to():
    """Items go on behind a colon that are marked no deeper than it, up to the one that goes on counting; a paragraph does too."""
    items = [(ITEM, "3. Boats are counted:"), (ITEM, "1. each week;"), (ITEM, "2. after a storm."), (ITEM, f"4. {LONG}.")]
    assert quoted(items, {0: 0.7}) == "3. Boats are counted:\n1. each week;\n2. after a storm."
    assert quoted([(SAID, "The sum is:"), (SAID, "Two times two."), (SAID, "Boats are blue.")], {0: 0.7}) == "The sum is:\nTwo times two."


def test_a_list_item_far_from_its_lead_in_stands_alone():
    """The lead-in is left out where both would not fit a quotation."""
    pieces = [(SAID, "You must not:"), *((ITEM, f"({n}) " + "word " * 60 + "end;") for n in range(4)), (ITEM, "(z) share codes.")]
    assert quoted(pieces, {5: 0.7}) == "(z) share codes."


def test_an_item_that_its_heading_forbids_is_not_quoted_without_it():
    """By itself it would read like leave to do so; an item that says no itself, or stands under another heading, is quoted as ever."""
    long = "and speak of it to whoever asks you in the yard, on the quay or at the gate " * 4
    lend, sell, swim = f"1. Lend a key to friends {long}.", f"2. Sell what is found on board {long}.", f"3. Never swim {long}."
    items = [(ITEM, lend), (ITEM, sell), (ITEM, swim)]
    under_not_allowed = [(HEADING, "Not allowed"), *items]
    assert quoted(under_not_allowed, {0: 0.2, 1: 0.7, 2: 0.1}) == f"Not allowed\n{lend}\n{sell}"
    assert quoted(under_not_allowed, {0: 0.2, 1: 0.1, 2: 0.7}) == swim
    assert quoted([(HEADING, "Advice"), *items], {0: 0.2, 1: 0.7, 2: 0.1}) == sell
    assert quoted([(HEADING, "Not allowed"), (SAID, "Ask the crew."), *items], {0: 0.2, 1: 0.1, 2: 0.7, 3: 0.1}) == sell


def test_a_lead_in_is_quoted_with_the_list_that_it_leads_to():
    """Words that end with a colon answer nothing by themselves."""
    pieces = [(SAID, "Report at once:"), (ITEM, "- a lost laptop"), (ITEM, "- a stolen badge"), (SAID, "Others follow later.")]
    assert quoted(pieces, {0: 0.7, 1: 0.1, 2: 0.1, 3: 0.1}) == "Report at once:\n- a lost laptop\n- a stolen badge"


def test_a_sentence_that_names_a_table_is_quoted_with_its_rows():
    """Also where the rest of its paragraph stands between the two."""
    pieces = [(SAID, "Lengths are in the table."), (HEADER, "| Account | Length |"), (ROW, "| Ordinary | 14 |"), (ROW, "| Admin | 20 |")]
    assert quoted(pieces, {0: 0.7}) == "Lengths are in the table.\n| Account | Length |\n| Ordinary | 14 |\n| Admin | 20 |"


def test_a_table_row_comes_with_the_names_of_its_columns_where_they_stand_near():
    """A row without them says too little; far below them it stands alone."""
    near = [(HEADER, "| Account | Length |"), (ROW, "| Ordinary | 14 |"), (ROW, "| Admin | 20 |")]
    assert quoted(near, {0: 0.2, 1: 0.7}) == "| Account | Length |\n| Ordinary | 14 |\n| Admin | 20 |"
    far = [(HEADER, "| Account | Length |"), *((ROW, f"| Account {n} | {'x' * 90} |") for n in range(5)), (ROW, "| Admin | 20 |")]
    assert quoted(far, {5: 0.7}) == "| Admin | 20 |"


def test_a_short_table_comes_whole():
    """Which row answers is seen in it, also where another was likelier; nothing comes below a row found by itself, or in a long table."""
    short = [(HEADER, "| Items | Sample |"), (ROW, "| Up to 10 | all |"), (ROW, "| 11 to 50 | 8 |"), (ROW, "| More | 25 |")]
    assert quoted(short, {0: 0.7, 1: 0.6}) == "\n".join(words for _, words in short)
    assert quoted(short, {1: 0.7}) == "| Items | Sample |\n| Up to 10 | all |\n| 11 to 50 | 8 |"
    long = [*short, (ROW, f"| Never | {'x' * 400} |")]
    assert quoted(long, {1: 0.7}) == "| Items | Sample |\n| Up to 10 | all |\n| 11 to 50 | 8 |"


def test_a_small_table_comes_whole_where_the_question_does_not_tell_one_row():
    """Also without a header; a row that holds more of the question's words than any other stays alone, and so does one of a long table."""
    levels = (("High", "Boats sink"), ("Middle", "Boats leak"), ("Low", "Ropes wear"))
    rows = [(ROW, f"| {name} | {told} {'and so on ' * 12}|") for name, told in levels]
    header = (HEADER, "| Level | What happens |")
    table = [header, *rows, (SAID, "No more.")]
    assert quoted(table, {0: 0.6, 1: 0.7}, "how grave is damage") == "\n".join(words for _, words in table[:4])
    assert quoted(table, {0: 0.6, 1: 0.7}, "how grave is a leaking boat") == "\n".join(words for _, words in table[:3])
    assert quoted(table, {0: 0.7, 1: 0.6}, "how grave is a leaking boat") == "\n".join(words for _, words in table[:4])
    assert quoted(rows, {0: 0.6, 1: 0.7}, "how grave is damage") == "\n".join(words for _, words in rows)
    assert quoted(rows, {1: 0.7}, "how grave is damage") == rows[1][1]
    many = [(ROW, f"| {n} | {'and so on ' * 6}|") for n in range(7)]
    assert quoted(many, {0: 0.6, 1: 0.7}, "how grave is damage") == many[1][1]


def test_a_sentence_longer_than_a_quotation_is_cut_between_words():
    """Never more than 400 characters, 800 for a row, and no word torn."""
    words = "word " * 300
    assert len(quoted([(SAID, words.strip())], {0: 0.5})) <= MAX_QUOTE
    assert quoted([(SAID, words.strip())], {0: 0.5}).endswith("word")
    assert MAX_QUOTE < len(quoted([(ROW, words.strip())], {0: 0.5})) <= MAX_ITEM


def test_the_opening_of_a_clause_is_as_many_units_as_fit():
    """Whole sentences from the first on."""
    text, units, _ = laid_out((SAID, "a" * 150 + "."), (SAID, "b" * 150 + "."), (SAID, "c" * 150 + "."))
    start, end = opening_span(text, units)
    assert text[start:end] == "a" * 150 + ".\n" + "b" * 150 + "."


def test_a_row_far_below_its_header_keeps_the_names_of_its_columns():
    """They are found across what a page repeats between rows; a quotation that begins with the header, or with no row, has them itself."""
    rows = [(ROW, f"| R-{at} | {'records of a kind ' * 6}| 7 years |") for at in range(5)]
    footer, after = (BlockKind.FURNITURE, "Page 2"), (SAID, "No more.")
    text, units, blocks = laid_out((HEADER, "| Entry | Record | Kept |"), *rows, footer, rows[0], after)
    last = units[-2]
    start, _ = quote_span(text, units, {len(units) - 2: 1.0}, blocks)
    columns = column_span(start, blocks)
    assert start == last.start
    assert columns is not None
    assert text[slice(*columns)] == "| Entry | Record | Kept |"
    assert column_span(blocks[0].start, blocks) is None
    assert column_span(units[-1].start, blocks) is None


@given(
    st.lists(st.tuples(st.sampled_from([SAID, ITEM, ROW, HEADER, BlockKind.FURNITURE]), st.integers(1, 40)), min_size=1, max_size=60),
    st.data(),
)
def test_a_part_of_a_long_clause_is_quoted_as_it_is_from_the_whole(pieces: list[tuple[BlockKind, int]], data: st.DataObject):
    """Only what is within reach of the passage is cut into sentences; what is quoted and what is shown around it are the same."""
    text, _, blocks = laid_out(*((kind, "Lock the gate, then " * size + ("list:" if size % 3 else "go.")) for kind, size in pieces))
    clauses = [Clause("1", "Gates", 1, 0, len(text), 0, None)]
    every = clause_units(text, clauses, 0, blocks)
    if not every:
        return
    first = data.draw(st.integers(0, len(every) - 1))
    near = (every[first].start, every[data.draw(st.integers(first, min(first + 3, len(every) - 1)))].end)
    found = []
    for offered in (every, clause_units(text, clauses, 0, blocks, near)):
        likeness = {position: 1 / (offered[position].end % 7 + 1) for position in within(offered, *near)}
        quote = quote_span(text, offered, likeness, blocks)
        found.append((quote, context_span(text, clauses, 0, offered, quote), opening_span(text, [offered[i] for i in likeness])))
    assert found[0] == found[1]
