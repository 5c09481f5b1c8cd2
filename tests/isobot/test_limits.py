"""Quotations inside their clause, and what is shown around them inside its section, within limits, whatever the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.citation import MAX_CLAUSE_TEXT
from indexer.outline import outline
from indexer.passages import own_ranges, units_of
from indexer.readers.base import BlockKind
from isobot.layout import MAX_ITEM, MAX_QUOTE
from isobot.quotation import clause_units, context_span, opening_span, quote_span
from tests.indexer.readings import heading, item, part, reading
from tests.indexer.test_passages import PARTS

LONG = st.integers(1, 700).map(lambda count: ("word " * count).strip().capitalize() + ".")
ROWS = LONG.map(lambda words: part(f"| {words} |", BlockKind.TABLE_ROW))
COLUMNS = LONG.map(lambda words: part(f"| {words} |", BlockKind.TABLE_HEADER))
LEADS = LONG.map(lambda words: words[:-1] + ":")
MANY = st.lists(st.one_of(PARTS.map(lambda parts: parts[0]), LONG, LEADS, LONG.map(item), ROWS, COLUMNS), max_size=12)


@given(MANY, st.data())
def test_quotation_and_context_keep_their_limits_and_their_clause(parts, data):
    """Whichever sentences speak to a question: quotation in clause and in context, none longer than the contract allows, none empty."""
    made = reading([heading("1 Scope"), *parts])
    text, clauses, blocks = made.text.characters, outline(made, "A title"), made.blocks
    for position, clause in enumerate(clauses):
        units = clause_units(text, clauses, position, blocks)
        assert units == units_of(text, clause, own_ranges(clauses)[position], blocks)
        if not units:
            continue
        likeness = data.draw(st.dictionaries(st.integers(0, len(units) - 1), st.floats(-1, 1), min_size=1))
        for start, end in (quote_span(text, units, likeness, blocks), opening_span(text, units)):
            low, high = context_span(text, clauses, position, units, (start, end))
            section = clauses[clause.parent] if clause.parent is not None else clause
            assert section.start <= low <= start < end <= high <= section.end or (low, high) == (0, len(text.rstrip()))
            assert clause.start <= start < end <= clause.end
            assert text[start:end].strip()
            leads = any(text[unit.end - 1] == ":" for unit in units)
            plain = not leads and not {blocks[unit.block].kind for unit in units} & {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}
            assert end - start <= (MAX_QUOTE if plain else MAX_ITEM)
            assert high - low <= MAX_CLAUSE_TEXT


def test_a_long_sentence_that_leads_to_nothing_is_cut_like_any_other():
    """A colon at the end of a clause opens no list, so the limit of a list item is not for it."""
    made = reading([heading("1 Scope"), "Word " * 80 + "word:"])
    text, clauses = made.text.characters, outline(made, "A title")
    units = clause_units(text, clauses, len(clauses) - 1, made.blocks)
    start, end = quote_span(text, units, {0: 0.5}, made.blocks)
    assert end - start <= MAX_QUOTE


def _context(paragraphs, number):
    made = reading(paragraphs)
    text, clauses = made.text.characters, outline(made, "A title")
    position = next(i for i, clause in enumerate(clauses) if clause.number == number)
    units = clause_units(text, clauses, position, made.blocks)
    low, high = context_span(text, clauses, position, units, opening_span(text, units))
    return text[low:high]


def test_a_short_clause_is_shown_with_its_whole_section_where_that_fits():
    """One line of a list of duties is read with the lines beside it."""
    parts = [heading("1 Keys"), heading("1.1 Making"), "Make them.", heading("1.2 Ending"), "End them.", heading("2 Doors")]
    assert " ".join(_context(parts, "1.2").split()) == "1 Keys 1.1 Making Make them. 1.2 Ending End them."


def test_of_a_section_too_long_to_show_whole_clauses_beside_it_are_taken():
    """Two after for one before, and never a part of one."""
    long = "word " * 39 + "end."  # 199 characters; five clauses fit, six do not
    parts = [heading("1 Keys")]
    for number in range(1, 8):
        parts += [heading(f"1.{number} Key"), long]
    shown = _context(parts, "1.3")
    assert [line for line in shown.splitlines() if line.startswith("1.")] == [f"1.{number} Key" for number in (1, 2, 3, 4, 5)]
