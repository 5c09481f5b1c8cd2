"""Reading Markdown."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError, EmptyDocumentError
from indexer.readers.base import BlockKind, Reading
from indexer.readers.markdown import LONG_LINE, read_markdown
from indexer.readers.markdown_tables import with_separators
from tests.indexer.blocks import check_blocks, shapes, words


@pytest.fixture
def read(tmp_path: Path):
    def _read(text: str) -> Reading:
        path = tmp_path / "policy.md"
        path.write_text(text, encoding="utf-8", newline="")
        reading = read_markdown(path)
        check_blocks(reading)
        return reading

    return _read


def test_inline_markup_is_removed_and_words_are_kept(read):
    """Emphasis, backticks, link targets and backslashes go; the words of a link stay."""
    reading = read("Use **strong** _and_ `sudo` via [the guide](https://x.example/a) \\(MoJ\\) &amp; <b>more</b>.<!-- note -->\n")
    assert reading.text.characters == "Use strong and sudo via the guide (MoJ) & more."


def test_headings_keep_their_level_and_printed_number(read):
    """A heading's number is text of its author; marks and anchors are not."""
    reading = read("# Access ##\n\n## 4.2 Leavers {#leavers}\n\nText.\n")
    assert shapes(reading) == [("heading", 1, "Access"), ("heading", 2, "4.2 Leavers"), ("paragraph", 0, "Text.")]


def test_lists_are_indented_by_two_spaces_a_level(read):
    """Bullets become "- ", numbers stay as written, and a nested item stands two spaces further in."""
    reading = read("* one\n  * deep\n* two\n\n3) third\n4) fourth\n")
    assert reading.text.characters == "- one\n  - deep\n- two\n3) third\n4) fourth"
    assert [block.level for block in reading.blocks] == [1, 2, 1, 1, 1]


def test_boxes_to_tick_are_shown_as_ticked_or_open(read):
    """Whether one is ticked may say what was done; a word in brackets is a word."""
    reading = read("- [ ] Count the keys\n- [x] **Lock** the door\n- [X]\tRing\n\n1. [ ] Walk\n2. [x]y\n")
    assert words(reading) == ["- ☐ Count the keys", "- ☑ Lock the door", "- ☑ Ring", "1. ☐ Walk", "2. [x]y"]


def test_paragraphs_that_their_author_lettered_are_items(read):
    """Markdown knows no lists of letters; a bold one is a heading's."""
    reading = read("(a) Keys are kept.\n\n(b) Doors are shut.\n\n**(c) Locks**\n\n(d)oors\n")
    assert shapes(reading) == [
        ("list item", 0, "(a) Keys are kept."), ("list item", 0, "(b) Doors are shut."),
        ("paragraph", 0, "(c) Locks"), ("paragraph", 0, "(d)oors"),
    ]  # fmt: skip


def test_items_all_numbered_alike_are_counted(read):
    """A list written "1. 1. 1." shows 1, 2, 3 to its reader."""
    assert words(read("1. a\n1. b\n1. c\n")) == ["1. a", "2. b", "3. c"]


def test_items_set_in_by_two_spaces_stand_under_the_item_above_them(read):
    """Where they begin again at 1; what is only written unevenly stays a list."""
    reading = read("2. The kinds are:\n  1. open;\n  2. shut.\n3. Locks.\n")
    assert reading.text.characters == "2. The kinds are:\n  1. open;\n  2. shut.\n3. Locks."
    assert [block.level for block in reading.blocks] == [1, 2, 2, 1]
    assert [block.level for block in read("1. One.\n 2. Two.\n3. Three.\n").blocks] == [1, 1, 1]


def test_an_item_lettered_by_its_author_gets_no_bullet(read):
    """The author's "(a)" is the mark that people cite."""
    assert words(read("- (a) first\n- plain\n")) == ["(a) first", "- plain"]


def test_table_rows_stay_as_their_author_spaced_them(read):
    """Tight rows stay tight, spaced rows spaced; only inline markup goes."""
    tight = read("|Type|Time|\n|---|---|\n|Email|2 **weeks**|\n|[x](y)||\n")
    assert shapes(tight) == [("table header", 0, "|Type|Time|"), ("table row", 0, "|Email|2 weeks|"), ("table row", 0, "|x||")]
    spaced = read("Type | Time\n--- | ---\nEmail | 2 weeks\n")
    assert words(spaced) == ["| Type | Time |", "| Email | 2 weeks |"]


def test_a_table_without_its_row_of_dashes_is_a_table(read):
    """Lines of bars with as many cells each; the first names the columns where its cells are short, and not all others are."""
    assert shapes(read("# Keys\n\n|Name|Rule|\n|Safe|Must be locked at night by the guard.|\n|Desk|Is open.|\n"))[1:] == [
        ("table header", 0, "|Name|Rule|"),
        ("table row", 0, "|Safe|Must be locked at night by the guard.|"),
        ("table row", 0, "|Desk|Is open.|"),
    ]
    assert shapes(read("|Owner|Head of IT|\n|Version|2.1|\n")) == [
        ("table row", 0, "|Owner|Head of IT|"), ("table row", 0, "|Version|2.1|"),
    ]  # fmt: skip
    assert words(read("|a|b|\n|c|d|\n|e|f|g|\n|h|i|j|\n")) == ["|a|b|", "|c|d|", "|e|f|g|", "|h|i|j|"]


def test_a_table_goes_on_after_a_cell_of_several_lines(read):
    """A bar alone ends that cell; the rows below it are rows, even a single one."""
    text = "|Name|Rule|\n|Safe|Is locked.|\n|Desk|Holds:\n\n- keys;\n- maps.\n|\n|Door|Is open.|\n"
    assert shapes(read(text))[-3:] == [("list item", 1, "- keys;"), ("list item", 1, "- maps."), ("table row", 0, "|Door|Is open.|")]


@pytest.mark.parametrize(
    "text",
    ["```\n|a|b|\n|c|d|\n```\n", "|a|b|\n", "|a|b|c|\n|d|e|\n", "Either |x| or\n|y|\n", "|Name|Rule|\n|---|---|\n|a|b|\n|c|\n|d|\n"],
)
def test_other_bars_are_left_alone(text):
    """Code, a single line, rows that do not agree, a line of a sentence, and a table that has its dashes."""
    assert with_separators(text) == text


@pytest.mark.parametrize("above", ["---", "Keys\n---", ":-:", "- - -"])
def test_a_rule_above_rows_is_not_their_row_of_dashes(above):
    """Dashes without a bar draw a line or underline a heading; the rows below them still make a table."""
    assert with_separators(f"{above}\n|a|b|\n|c|d|\n") == f"{above}\n\n| | |\n|---|---|\n|a|b|\n|c|d|\n"


@pytest.mark.parametrize("dashes", ["|---|---|", "--- | :-:", "  | - |:--|  ", "|---", "---|"])
def test_dashes_with_a_bar_are_a_tables_own(dashes):
    """The bars around them may be left out, and colons say how the columns are set."""
    text = f"|Name|Rule|\n{dashes}\n|a|b|\n|c|d|\n"
    assert with_separators(text) == text


@pytest.mark.parametrize("piece", [" ", "| ", "|", "- ", "-", "- | ", "|-", " |:-"])
def test_one_long_line_takes_no_longer_than_its_characters_in_short_ones(piece):
    """Whatever the longest line that is left whole repeats, looking for rows in it takes no square of its length."""
    long = (piece * LONG_LINE)[: LONG_LINE - 1] + "x"
    short = "\n\n".join(long[at : at + 50] for at in range(0, LONG_LINE, 50))

    def took(body: str) -> float:
        begun = time.process_time()
        with_separators(body)
        return time.process_time() - begun

    took(short)
    assert min(took(long) for _ in range(3)) < 10 * min(took(short) for _ in range(3))


def test_front_matter_becomes_properties_as_written(read):
    """Values keep their spelling: version 2.10 is not the number 2.1; a list is joined with commas."""
    reading = read("---\nTitle: Backups\nversion: 2.10\nreview_by: 2027-03-01\naudience: [HR, Legal]\n---\nText.\n")
    assert reading.properties == {"title": "Backups", "version": "2.10", "review_by": "2027-03-01", "audience": "HR, Legal"}
    assert reading.text.characters == "Text."


def test_malformed_front_matter_is_read_line_by_line(read):
    """One stray colon must not lose the document's owner."""
    reading = read("---\ntitle: Backups: how\nowner: CISO\n---\nText.\n")
    assert reading.properties == {"title": "Backups: how", "owner": "CISO"}
    assert reading.warnings == ("Its front matter is malformed; it was read line by line.",)


def test_statements_on_lines_of_their_own_stay_apart(read):
    """Soft line ends join prose, but not lines such as "Owner: …"."""
    reading = read("**Owner:** CISO\n**Version:** 2.1\n\nA sentence\nover two lines.\n")
    assert words(reading) == ["Owner: CISO\nVersion: 2.1", "A sentence over two lines."]


def test_gaps_to_fill_in_are_no_html(read):
    """"<NAME OF SYSTEM>" is text that a person sees; real tags are not."""
    assert read("The <NAME OF SYSTEM> is <em>safe</em>.\n").text.characters == "The <NAME OF SYSTEM> is safe."


def test_html_tables_inside_markdown_become_rows(read):
    """A table that its author wrote as HTML is a table like others."""
    reading = read("<table>\n<tr><th>Data</th><th>Kept</th></tr>\n\n<tr><td>Logs</td><td>1 year</td></tr>\n</table>\n")
    assert shapes(reading) == [("table header", 0, "| Data | Kept |"), ("table row", 0, "| Logs | 1 year |")]


def test_boxes_alerts_code_and_footnotes_keep_their_words(read):
    """Admonitions keep title and text, code its lines, a footnote its mark."""
    reading = read('!!! warning "Careful"\n    Inside.\n\n> [!NOTE]\n> Read it.\n\n```\na\n  b\n```\n\nKept[^1].\n\n[^1]: Or not.\n')
    assert words(reading) == ["Careful", "Inside.", "Note: Read it.", "a\n  b", "Kept[1].", "[1] Or not."]
    assert [block.kind for block in reading.blocks][3] is BlockKind.CODE


def test_struck_out_words_keep_their_tildes(read):
    """A rule that was struck out must not read like one that stands."""
    assert read("You ~~must~~ may.\n").text.characters == "You ~~must~~ may."


def test_a_bold_paragraph_is_marked(read):
    """Boldness is a sign of a heading for whoever reads the outline."""
    assert [block.bold for block in read("**Scope**\n\nSome **bold** in a plain line of text.\n").blocks] == [True, False]


def test_characters_that_nobody_sees_are_dropped(read):
    """Control characters, zero-width spaces and marks that reorder letters go; no-break spaces become spaces."""
    assert read("a\u200bb\u202e c\u00a0d\x07e\r\nf" + " word" * 20).text.characters == "ab c de f" + " word" * 20


def test_deep_nesting_is_told(read):
    """What the parser drops beyond its limit is not lost in silence."""
    reading = read("".join("  " * depth + f"- item {depth}\n" for depth in range(80)))
    assert "item 40" in reading.text.characters
    assert reading.warnings == ("Lists or quotations nest deeper than 50 levels; what lies deeper was left out.",)


def test_a_long_single_line_is_read_whole(read):
    """Five megabytes without a line end are parted at spaces, and no word is lost."""
    line = "All laptops are encrypted. " * 185_000
    reading = read(line)
    assert reading.text.characters.split() == line.split()


def test_a_file_of_front_matter_alone_is_empty(read):
    """Properties are no text to search."""
    with pytest.raises(EmptyDocumentError, match="no text"):
        read("---\ntitle: x\n---\n")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("ab1 \n\t#*-_`|>[](){}<>!:~.\\&;\r\x00\u200b\u2028é😀---")) | st.text())
def test_any_text_is_read_or_refused(tmp_path: Path, text: str):
    """Whatever the characters, the blocks hold what they promise or a DocumentError says why not."""
    path = tmp_path / "any.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        check_blocks(read_markdown(path))
    except DocumentError as refused:
        assert str(refused)


def test_a_footnote_stands_in_the_clause_that_refers_to_it(read):
    """An exception written at the end of the file belongs to the paragraph or the list that has its mark."""
    reading = read("# Cards\n\n- Never lend it.[^a]\n- Sign it.\n\n# Keys\n\nHang them up.[^b]\n\n[^a]: But to a guard.\n[^b]: By night.\n")
    cards = ["Cards", "- Never lend it.[a]", "- Sign it.", "[a] But to a guard."]
    assert words(reading) == [*cards, "Keys", "Hang them up.[b]", "[b] By night."]
