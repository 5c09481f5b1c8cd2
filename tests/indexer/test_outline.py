"""Clauses come from heading marks, numbers and type, as a tree with exact ranges."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, path_of
from indexer.outline import outline
from indexer.readers import read
from indexer.readers.base import BlockKind
from tests.indexer.readings import bold, furniture, heading, item, part, reading
from tests.indexer.trees import check_tree

BODY = "Everybody who works for the company follows this rule at all times and in every place."

SAMPLE = sorted(path for path in (Path(__file__).parents[2] / "corpus" / "policies").iterdir() if path.suffix != ".toml")


def tree(clauses: tuple[Clause, ...]) -> list[tuple[int, str | None, str]]:
    return [(clause.level, clause.number, clause.heading) for clause in clauses]


def test_marked_headings_make_the_tree_of_their_levels():
    """A level 2 heading is a child of the level 1 heading before it, and its path says so."""
    clauses = outline(reading([heading("Backup Standard"), "Intro.", heading("Scope", 2), BODY, heading("Duties", 2), BODY]))
    assert tree(clauses) == [(1, None, "Backup Standard"), (2, None, "Scope"), (2, None, "Duties")]
    assert path_of(clauses, 2) == "Backup Standard › Duties"


def test_numbers_decide_the_depth_where_marks_are_flat():
    """ "4.2" under "4" is its child though both have the same heading level."""
    clauses = outline(reading([heading("4. Access", 2), heading("4.1 Accounts", 2), BODY, heading("4.2 Passwords", 2), BODY]))
    assert tree(clauses) == [(1, "4", "Access"), (2, "4.1", "Accounts"), (2, "4.2", "Passwords")]


def test_numbered_paragraphs_are_clauses_without_a_heading():
    """Their body begins after the number."""
    made = reading([bold("4 Policy", 1.2), f"4.1 {BODY}", f"4.2 {BODY}", bold("5 Compliance", 1.2), BODY])
    clauses = outline(made)
    assert tree(clauses) == [(1, "4", "Policy"), (2, "4.1", ""), (2, "4.2", ""), (1, "5", "Compliance")]
    assert made.text.characters[clauses[1].body : clauses[1].end].startswith("Everybody who works")


@pytest.mark.parametrize("first", ["Article 1 Members", "1. Members"])
def test_what_each_chapter_counts_anew_are_clauses_in_each(first):
    """1.1 and 1.2 stand under the first heading of Chapter II as they do under that of Chapter I."""
    chapter = [heading(first, 2), f"1.1 {BODY}", f"1.2 {BODY}"]
    clauses = outline(reading([heading("Chapter I Choir"), *chapter, heading("Chapter II Organ"), *chapter]))
    assert [clause.number for clause in clauses if clause.level == 3] == ["1.1", "1.2", "1.1", "1.2"]


def test_a_clause_whose_numbers_go_on_holds_what_stands_between():
    """A title in the type of "2.1", as a figure has, stands within 2.1 when 2.1.2 comes after it."""
    made = reading([
        bold("2 Logs", 1.2), bold("2.1 Sources"), bold("2.1.1 Doors", 0.9), BODY, bold("Log of a Door"), BODY,
        bold("2.1.2 Cameras", 0.9), BODY, bold("Annual Review"), BODY, bold("2.2 Uses"), BODY, bold("Thanks", 1.2), BODY,
    ])  # fmt: skip
    assert tree(outline(made)) == [
        (1, "2", "Logs"), (2, "2.1", "Sources"), (3, "2.1.1", "Doors"), (3, None, "Log of a Door"), (3, "2.1.2", "Cameras"),
        (2, None, "Annual Review"), (2, "2.2", "Uses"), (1, None, "Thanks"),
    ]  # fmt: skip


def test_a_title_set_like_its_chapter_holds_no_heading_of_the_chapter():
    """What stands after it in smaller type is a part of the chapter, as the numbers below it say."""
    made = reading([
        bold("10 Use"), BODY, bold("ASSUMPTIONS"), BODY, bold("All Keys", 0.9), BODY, bold("Kinds of Keys", 0.9),
        bold("10.2.1 Cards", 0.9), BODY,
    ])  # fmt: skip
    assert tree(outline(made)) == [
        (1, "10", "Use"), (2, None, "ASSUMPTIONS"), (2, "10.1", "All Keys"), (2, "10.2", "Kinds of Keys"), (3, "10.2.1", "Cards"),
    ]  # fmt: skip


def test_the_titles_of_a_table_are_no_headings():
    """What stands in bold directly below a table's caption is a part of the table; below a table with its caption underneath it is not."""
    row = part("| a | b |", BlockKind.TABLE_ROW)
    made = reading([
        bold("1 Devices", 1.2), BODY, bold("Table 2-1: Wiping", 0.8), bold("Phones", 0.95), bold("Old ones", 0.9), row,
        bold("Table 2-2: Keeping", 0.8), bold("Laptops", 0.95), row,
    ])  # fmt: skip
    assert tree(outline(made)) == [(1, "1", "Devices")]
    made = reading([bold("1 Devices", 1.2), BODY, row, bold("Table 1. Losses", 0.8), bold("After a Loss"), BODY])
    assert tree(outline(made)) == [(1, "1", "Devices"), (2, None, "After a Loss")]


def test_a_lead_in_that_lost_its_colon_is_no_heading():
    """A bold line that ends with a colon three times in a document leads in there, and also where the colon was forgotten."""
    parts = [entry for at in range(1, 4) for entry in (bold(f"KY-{at} - Keys"), bold("For Large Halls:"), BODY)]
    made = reading([*parts, bold("KY-4 - Locks"), bold("For Large Halls"), BODY, bold("Records"), BODY])
    assert [clause.heading for clause in outline(made)] == ["Keys", "Keys", "Keys", "Locks", "Records"]


def test_a_numbered_line_that_leads_into_a_list_is_no_heading():
    """ "4.1 The following is not allowed:" is a clause with the list as its text; set in bold the same words are its heading."""
    made = reading([bold("4 Policy", 1.2), "4.1 Nobody may:", item("(a) lend a key;"), "4.2 Keys are counted.", bold("4.3 Duties:"), BODY])
    assert tree(outline(made))[1:] == [(2, "4.1", ""), (2, "4.2", ""), (2, "4.3", "Duties:")]


def test_a_cross_reference_at_a_line_start_begins_no_clause():
    """Nor does a figure in mid-sentence."""
    mentions = ["1.3 of the policy on travel applies.", "Section 1.3 and its notes.", "1.5 million records are kept."]
    made = reading([bold("1 Policy", 1.2), BODY, *mentions])
    assert tree(outline(made)) == [(1, "1", "Policy")]


def test_a_numbered_list_in_a_clause_stays_in_it():
    """1. 2. 3. after clause 2 are its items, not clauses 1 to 3."""
    steps = [bold("2. Steps", 1.2), item("1. Lock the door"), item("2. Set the alarm")]
    made = reading([bold("1. Purpose", 1.2), BODY, *steps, bold("3. Records", 1.2), BODY])
    assert tree(outline(made)) == [(1, "1", "Purpose"), (1, "2", "Steps"), (1, "3", "Records")]


def test_larger_type_that_sentences_are_set_in_makes_no_headings():
    """Cells of a table stand in it, in pieces, as they do where a browser prints a page; in rarer larger type a line is a heading."""
    cells = ["Activity of the desk", "whoever comes by night.", "7 Porter", "Lend the key", "and write it down.", "8 Porter",
             "Count the keys", "every evening.", "9 Porter", "Ask for the badge", "when somebody leaves."]  # fmt: skip
    made = reading([bold("Keys", 1.5), BODY, *(part(cell, size=1.09) for cell in cells), part("Badges", size=1.3), BODY])
    assert tree(outline(made)) == [(1, None, "Keys"), (2, None, "Badges")]


def test_a_heading_right_below_a_numbered_one_is_its_first_part():
    """Though set larger; what is set like it is a part as well, what is set like the number's heading stands outside, and with text
    between the larger heading begins anew."""
    made = reading([
        bold("4 Keys", 1.2), BODY, bold("Kinds of keys", 0.9), BODY, bold("4.1 Door keys", 0.9), bold("By day"), BODY, bold("By night"),
        BODY, bold("4.2 Safe keys", 0.9), bold("By day"), BODY, bold("Lost keys", 0.9), BODY,
        bold("5 Badges", 1.2), BODY, bold("5.1 Guests", 0.9), BODY, bold("Annexes", 1.2), BODY,
    ])  # fmt: skip
    assert tree(outline(made)) == [
        (1, "4", "Keys"), (2, None, "Kinds of keys"), (2, "4.1", "Door keys"), (3, None, "By day"), (3, None, "By night"),
        (2, "4.2", "Safe keys"), (3, None, "By day"), (2, None, "Lost keys"),
        (1, "5", "Badges"), (2, "5.1", "Guests"), (1, None, "Annexes"),
    ]  # fmt: skip


def test_a_chapter_ends_the_deeper_numbers_of_the_one_before():
    """Also where a heading without a number has closed that one."""
    made = reading([bold("4 Keys"), BODY, bold("REMARKS"), BODY, bold("4.1 Lending", 0.9), BODY, bold("5 Badges"), BODY])
    assert tree(outline(made))[-1] == (1, "5", "Badges")


def test_a_bold_heading_may_be_smaller_than_the_text_or_end_with_a_colon_where_it_is_larger():
    """Of the same size as the text a bold line with a colon leads in what follows; what is smaller still is a note."""
    made = reading([bold("Keys", 1.5), BODY, bold("Lending:", 1.2), BODY, bold("By night", 0.83), BODY, bold("Nobody may:"), item("- lie;"),
                    bold("Printed in Harbour Street", 0.7), BODY])  # fmt: skip
    assert tree(outline(made)) == [(1, None, "Keys"), (2, None, "Lending:"), (3, None, "By night")]


def test_plain_text_numbers_are_enough():
    """Without any type, short numbered lines that follow one another with text between are headings."""
    made = reading(["Travel policy", "1. Purpose", BODY, "2. Booking", BODY, "2.1 Trains", BODY, "2.2 Flights", BODY])
    expected = [(1, None, ""), (1, "1", "Purpose"), (1, "2", "Booking"), (2, "2.1", "Trains"), (2, "2.2", "Flights")]
    assert tree(outline(made)) == expected


def test_annexes_close_the_numbers_and_hold_their_own():
    """ "A.1" belongs to Annex A, which stands beside clause 1."""
    forms = [bold("Annex A — Forms", 1.2), BODY, bold("A.1 Request"), BODY, bold("A.2 Approval"), BODY]
    made = reading([bold("1 Records", 1.2), BODY, *forms])
    assert tree(outline(made)) == [(1, "1", "Records"), (1, "Annex A", "Forms"), (2, "A.1", "Request"), (2, "A.2", "Approval")]


def test_controls_hold_their_enhancements():
    """ "IR-2(1)" is a child of "IR-2"; both are under the clause that opens them."""
    controls = [bold("IR-2 – Training"), BODY, bold("IR-2(1) – Simulated Events"), BODY, bold("IR-3 – Testing"), BODY]
    made = reading([bold("1. PURPOSE"), BODY, bold("2. PROCEDURE"), BODY, *controls])
    assert tree(outline(made)) == [
        (1, "1", "PURPOSE"),
        (1, "2", "PROCEDURE"),
        (2, "IR-2", "Training"),
        (3, "IR-2(1)", "Simulated Events"),
        (2, "IR-3", "Testing"),
    ]


def test_policy_codes_in_list_items_are_clauses():
    """Markdown's "- **POL.BKP.001**" begins one; the statement is its body."""
    items = [item("-   **POL.BKP.001**\n\n    Backups are tested."), item("-   **POL.BKP.002**\n\n    Tapes are locked away.")]
    made = reading([heading("Backups"), *items])
    clauses = outline(made)
    assert tree(clauses) == [(1, None, "Backups"), (2, "POL.BKP.001", ""), (2, "POL.BKP.002", "")]
    assert made.text.characters[clauses[1].body : clauses[1].end].strip() == "Backups are tested."


def test_questions_are_headings_of_their_answers():
    """A short paragraph that ends with a question mark heads what follows, where there are three."""
    made = reading(["Who may visit?", BODY, "When is it open?", BODY, "Where do I sign in?", BODY])
    assert [clause.heading for clause in outline(made)] == ["Who may visit?", "When is it open?", "Where do I sign in?"]


def test_lettered_paragraphs_are_clauses_only_when_long():
    """(a), (b) with a few sentences each are children of their clause; short ones and "a)" stay its list."""
    long = f"{BODY} {BODY} {BODY}"
    duties = [bold("2 Duties", 1.2), "(a) Lock up.", "(b) Log out.", f"a) {long}"]
    made = reading([bold("1 Policy", 1.2), f"(a) {long}", f"(b) {long}", *duties])
    assert tree(outline(made)) == [(1, "1", "Policy"), (2, "(a)", ""), (2, "(b)", ""), (1, "2", "Duties")]


LONG = f"{BODY} {BODY} {BODY}"


def test_roman_items_stand_under_the_letter_before_them():
    """ "(i)" counts from one and not from the alphabet; "(b)" goes on after it, and a new clause begins anew."""
    items = [f"(a) {LONG}", f"(i) {LONG}", f"(ii) {LONG}", f"(iii) {LONG}", f"(iv) {LONG}", f"(b) {LONG}"]
    made = reading([bold("1 Duties", 1.2), BODY, *items, bold("2 Ends", 1.2), f"(i) {LONG}", f"(ii) {LONG}"])
    clauses = outline(made)
    assert tree(clauses) == [
        (1, "1", "Duties"), (2, "(a)", ""), *((3, f"({figure})", "") for figure in ("i", "ii", "iii", "iv")), (2, "(b)", ""),
        (1, "2", "Ends"), (2, "(i)", ""), (2, "(ii)", ""),
    ]  # fmt: skip
    assert path_of(clauses, 5) == "1 Duties › (a) › (iv)"


def test_eighth_and_ninth_letters_go_on_in_the_alphabet():
    """ "(i)" after "(h)" is no Roman figure."""
    made = reading([bold("1 Duties", 1.2), *(f"({letter}) {LONG}" for letter in "abcdefghij")])
    assert [clause.number for clause in outline(made)] == ["1", *(f"({letter})" for letter in "abcdefghij")]


def test_numbers_in_brackets_hold_what_is_numbered_below_them():
    """ "5(1)(a)" stands under "5(1)", and "5(2)" beside it."""
    made = reading([f"5(1) {LONG}", f"5(1)(a) {LONG}", f"5(1)(b) {LONG}", f"5(2) {LONG}"])
    assert tree(outline(made)) == [(1, "5(1)", ""), (2, "5(1)(a)", ""), (2, "5(1)(b)", ""), (1, "5(2)", "")]


def test_a_heading_below_its_number_is_no_clause_beside_it():
    """ "Article 7" above "Transfers" is one clause."""
    made = reading([bold("Article 7"), bold("Transfers"), BODY, bold("Article 8"), bold("Erasure"), BODY])
    assert tree(outline(made)) == [(1, "Article 7", "Transfers"), (1, "Article 8", "Erasure")]


def test_roman_figures_count_the_outermost_parts():
    """ "II." before a heading is its number; in running type it is an item of a list."""
    made = reading([bold("I. Purpose", 1.2), BODY, "II. as an item", bold("II. Scope", 1.2), BODY, bold("III. Policy", 1.2), BODY])
    assert tree(outline(made)) == [(1, "I", "Purpose"), (1, "II", "Scope"), (1, "III", "Policy")]


@pytest.mark.parametrize(
    ("heads", "numbers"),
    [
        (["Section 1 Scope", "Section 2: Duties", "Section 3 – Ends"], ["Section 1", "Section 2", "Section 3"]),
        (["§ 3.1 Fees", "§ 3.2 Fines"], ["§ 3.1", "§ 3.2"]),
        (["Principle 1: Fairness", "Principle 2: Accuracy"], ["Principle 1", "Principle 2"]),
        (["AC-1 Policy", "AC-2 Account management"], ["AC-1", "AC-2"]),
        (["Annex A Forms", "Appendix B - Glossary"], ["Annex A", "Appendix B"]),
        (["Article premier – Objet", "Article 2 – Accès", "Annexe 1"], ["Article premier", "Article 2", "Annexe 1"]),
        (["Kapitel 1 Reisen", "Artikel 1 Bahn", "Anlage 2"], ["Kapitel 1", "Artikel 1", "Anlage 2"]),
        (["Q1: Who may visit?", "Q2: When is it open?"], ["Q1", "Q2"]),
    ],
)
def test_every_kind_of_number_heads_its_clause(heads, numbers):
    """In a document that numbers its parts so."""
    made = reading([entry for head in heads for entry in (bold(head), BODY)])
    assert [clause.number for clause in outline(made)] == numbers


def test_articles_that_count_on_stand_under_the_titles_and_chapters_above_them():
    """A title in French or Spanish holds its chapters, and these their articles."""
    heads = ["TITRE Ier – Général", "Chapitre premier", "Article premier", "Article 2", "TITRE II – Accès", "Article 3"]
    made = reading([entry for head in heads for entry in (bold(head, 1.1 if head[0] == "A" else 1.3), BODY)])
    assert [(clause.level, clause.number) for clause in outline(made)] == [
        (1, "TITRE Ier"), (2, "Chapitre premier"), (3, "Article premier"), (3, "Article 2"), (1, "TITRE II"), (2, "Article 3"),
    ]  # fmt: skip


def test_a_line_in_capitals_above_a_paragraph_is_a_heading_beside_bold_ones():
    """Above a short line without a full stop it is none."""
    made = reading([bold("Washing"), BODY, "PARKING", "Fines are paid.", "DRAFT", "For comment", bold("Fuel"), BODY])
    assert tree(outline(made)) == [(1, None, "Washing"), (1, None, "PARKING"), (1, None, "Fuel")]


def test_text_before_the_first_heading_has_a_clause_of_its_own():
    """It is headed by the document's title."""
    assert tree(outline(reading(["Draft for comment.", heading("Scope"), BODY]), "Travel")) == [(1, None, "Travel"), (1, None, "Scope")]


def test_a_document_without_headings_is_one_clause():
    made = reading([BODY, BODY])
    (clause,) = outline(made)
    assert (clause.start, clause.body, clause.end) == (0, 0, len(made.text.characters))


LABELS = ["1. Purpose", "2. Scope", "2.1 Sites", "2.2.1 Doors", "4 Rules", "Annex A Forms", "A.1 Form", "AC-2 – Accounts", "(a) first"]
OTHERS = ["Overview", "POL.AB.001", "Q: Who?", "12", "**Bold**", "## Marked", "?", "3.1 of the policy"]
HEADS = st.sampled_from([*LABELS, *OTHERS])
TEXTS = HEADS | st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40) | st.just(BODY)
PARTS = st.builds(part, TEXTS, st.sampled_from(BlockKind), st.integers(0, 6), st.sampled_from([0.8, 1.0, 1.2, 1.5]), st.booleans())


@given(st.lists(PARTS, max_size=25))
def test_clauses_nest_and_cover_whatever_the_document(parts):
    """Children lie within parents, siblings are disjoint, and each character that is not furniture is in one innermost clause."""
    made = reading(parts)
    clauses = outline(made)
    check_tree(made, clauses)


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_nothing_of_a_document_is_lost(path):
    """Each of the sample organisation's documents, of every format, is parted into clauses whole."""
    made = read(path)
    clauses = outline(made)
    assert clauses
    check_tree(made, clauses)


def test_furniture_is_no_heading():
    """A running header that looks like a heading begins no clause."""
    assert tree(outline(reading([furniture("1. Purpose"), heading("Scope"), BODY]))) == [(1, None, "Scope")]


def test_questions_that_a_web_page_opens_are_headings_without_their_sign():
    """The "›" behind a question is the page's, not the question's."""
    asked = ["Who may book? ›", "Everyone may.", "How long is it kept? ›", "Two years.", "Does it cost? ›", "No."]
    assert tree(outline(reading([BODY, *asked])))[1:] == [
        (1, None, "Who may book?"), (1, None, "How long is it kept?"), (1, None, "Does it cost?"),
    ]  # fmt: skip


def test_lines_above_paragraphs_are_headings_where_text_has_neither_type_nor_numbers():
    """A date, a salutation and a line above nothing are none."""
    made = reading(["Keeping records", "What is kept", BODY, "Jan 5, 2023", BODY, "Dear colleagues,", BODY, "Amira Haddad"])
    assert tree(outline(made)) == [(1, None, "Keeping records"), (1, None, "What is kept")]


def test_lines_of_numbered_text_are_no_headings():
    """Where numbers give the clauses, a line by itself is part of one."""
    made = reading(["1. Purpose", BODY, "Keeping records", BODY, "2. Booking", BODY])
    assert tree(outline(made)) == [(1, "1", "Purpose"), (1, "2", "Booking")]


def test_a_title_alone_does_not_say_that_headings_are_marked():
    """Under a marked title, "1. Boats" in plain type begins a clause when its row goes on; under marked sections it does not."""
    rows = [part("1. Boats"), part("1.1 Keys hang in the hall of the house."), part("2. Oars"), part("2.1 Oars are wiped dry after use.")]
    assert tree(outline(reading([heading("Lake rules"), *rows]))) == [
        (1, None, "Lake rules"), (2, "1", "Boats"), (3, "1.1", ""), (2, "2", "Oars"), (3, "2.1", ""),
    ]  # fmt: skip
    assert "1" not in [clause.number for clause in outline(reading([heading("Lake rules"), heading("Use", 2), *rows]))]


def test_a_named_number_in_plain_type_counts_under_a_title():
    """"SECTION 2: OARS" holds "2.1" though only the title of the document is marked."""
    made = reading([heading("Lake rules"), part("SECTION 1: BOATS"), part("1.1 Keys hang in the hall."), part("SECTION 2: OARS")])
    assert tree(outline(made))[1:] == [(2, "SECTION 1", "BOATS"), (3, "1.1", ""), (2, "SECTION 2", "OARS")]


def test_figures_with_a_bracket_hold_the_dotted_numbers_under_them():
    """"1)" is a clause where "1.1" follows it, and "2)" where "2.1" does; a list of such figures in a clause stays a list."""
    rows = [part("1) Boats"), part("1.1) Keys hang in the hall."), part("2) Oars"), part("2.1) Oars are wiped dry.")]
    assert tree(outline(reading([*rows]))) == [(1, "1", "Boats"), (2, "1.1", ""), (1, "2", "Oars"), (2, "2.1", "")]
    listed = reading([heading("1 Boats"), part("Bring:"), part("1) a rope"), part("2) a vest"), heading("1.1 Keys", 2)])
    assert tree(outline(listed)) == [(1, "1", "Boats"), (2, "1.1", "Keys")]

@pytest.mark.parametrize(("more", "numbers"), [([], ["1.1", "1.2", "2.1"]), (["2.1 Oars stand in the rack."], ["1.1", "1.2"])])
def test_a_row_of_one_paragraph_is_a_clause_where_nothing_else_has_its_number(more, numbers):
    """2.1 after 1.2, without a chapter's heading and without 2.2; where another line is 2.1 too, one of them may be a mention."""
    parts = ["1.1 Boats are washed on Fridays.", "1.2 Sails are dried before they are put away.", "2.1 Lamps are lit at dusk.", *more]
    assert [clause.number for clause in outline(reading(parts), "Club") if clause.number] == numbers


def test_a_sentence_with_the_mark_of_a_note_is_no_heading():
    """"1.1 Doors are shut.[1]" is the text of its clause, as it would be without the note."""
    made = reading([heading("1. Doors"), part("1.1 Doors are shut.[1]"), part("[1] But not by day."), part("1.2 Lamps burn.[a][b]")])
    assert tree(outline(made)) == [(1, "1", "Doors"), (2, "1.1", ""), (2, "1.2", "")]
