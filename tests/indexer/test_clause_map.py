"""Clauses of one generation found again in another: by what they say, whatever they are numbered and wherever they stand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from indexer.clause_map import Side, Told, clause_map
from indexer.generation_diff import Change, difference

KEYS = ("4.1", "Keys", "Return every key to the reception desk before you leave the building.")
BADGES = ("4.2", "Badges", "Wear your badge where everybody can see it at all times.")
PAPER = ("4.3", "Paper", "Shred every confidential paper on the day on which it is no longer needed.")


def side(**documents: list[tuple[str | None, str, str]]) -> Side:
    """Flat documents by name: (number, heading, body) of each clause."""
    found = {i: Document(f"{name}.md", name, f"bytes {said}", f"text {said}") for i, (name, said) in enumerate(documents.items())}
    told = {
        i: [Told((i, at), number, heading, None, f"{heading} {body}".strip()) for at, (number, heading, body) in enumerate(clauses)]
        for i, clauses in enumerate(documents.values())
    }
    return Side(found, told)


def said(before: Side, after: Side) -> list[tuple[tuple[str, ...], str | None, str | None]]:
    return [
        (tuple(entry.changes), entry.before and entry.before.number, entry.after and entry.after.number)
        for entry in difference(before, after).clauses
    ]


def test_a_clause_put_before_others_renumbers_them_and_rewrites_none():
    """4.1 and 4.2 become 4.2 and 4.3 behind a new 4.1."""
    after = side(policy=[("4.1", "Paper", PAPER[2]), ("4.2", *KEYS[1:]), ("4.3", *BADGES[1:])])
    assert said(side(policy=[KEYS, BADGES]), after) == [
        ((Change.ADDED,), None, "4.1"),
        ((Change.RENUMBERED,), "4.1", "4.2"),
        ((Change.RENUMBERED,), "4.2", "4.3"),
    ]


def test_a_few_other_words_are_a_rewording():
    """And a number that changes with them is told as well."""
    other = KEYS[2].replace("reception desk", "security office")
    assert said(side(policy=[KEYS, BADGES]), side(policy=[("4.1", "Keys", other), BADGES])) == [((Change.REWORDED,), "4.1", "4.1")]
    both = [((Change.REWORDED, Change.RENUMBERED), "4.1", "7")]
    assert said(side(policy=[KEYS, BADGES]), side(policy=[BADGES, ("7", "Keys", other)])) == both


def test_a_clause_written_anew_under_its_number_and_heading_is_reworded():
    """No word in common but the heading; number and heading say that it is the same clause."""
    assert said(side(policy=[KEYS]), side(policy=[("4.1", "Keys", "None are issued any more; doors open by app.")])) == [
        ((Change.REWORDED,), "4.1", "4.1")
    ]


def test_clauses_that_go_and_come_are_removed_and_added():
    """Nothing about paper became anything about badges."""
    assert said(side(policy=[KEYS, PAPER]), side(policy=[KEYS, BADGES])) == [
        ((Change.ADDED,), None, "4.2"),
        ((Change.REMOVED,), "4.3", None),
    ]


def test_a_clause_found_in_another_document_has_moved():
    """Word for word; the document that it left keeps the rest."""
    found = difference(side(a=[KEYS, BADGES], b=[PAPER]), side(a=[BADGES], b=[PAPER, ("2", *KEYS[1:])]))
    assert [(c.changes, c.before.place, c.after.place) for c in found.clauses if c.before and c.after] == [
        ((Change.RENUMBERED, Change.MOVED), (0, 0), (1, 1))
    ]
    assert (found.added, found.removed, found.renamed) == ((), (), ())


def test_a_document_renamed_and_edited_is_the_same_document():
    """Most of its clauses say what they said."""
    found = difference(side(old=[KEYS, BADGES, PAPER]), side(new=[KEYS, BADGES, ("4.3", "Paper", "Burn it.")]))
    assert (found.renamed, found.added, found.removed) == ((("old.md", "new.md"),), (), ())
    assert [(c.changes, c.before.number) for c in found.clauses if c.before] == [((Change.REWORDED,), "4.3")]


def test_repeated_words_are_paired_in_order():
    """Two clauses that say the same stay apart; their numbers decide."""
    twice = [("1", "Scope", "All staff."), ("2", "Scope", "All staff.")]
    assert said(side(policy=twice), side(policy=twice)) == []
    assert said(side(policy=twice), side(policy=twice[1:])) == [((Change.REMOVED,), "1", None)]


WORDS = ["keys", "badges", "paper", "doors", "shall", "must", "not", "return", "wear", "every", "day", "desk"]
words = st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join)
clauses = st.lists(st.tuples(st.sampled_from([None, "1", "2", "2.1", "(a)"]), words, words), max_size=7)


@given(clauses, clauses)
def test_every_clause_is_accounted_for_once(old, new):
    """Whatever the documents say, a clause is paired with one at most, and what is not paired was added or removed."""
    before, after = side(policy=old), side(policy=new)
    pairs = clause_map(before, after).clauses
    assert len(set(pairs.values())) == len(pairs)
    found = difference(before, after).clauses
    assert sum(c.before is None for c in found) == len(new) - len(pairs)
    assert sum(c.after is None for c in found) == len(old) - len(pairs)


@given(clauses)
def test_nothing_changed_is_no_change(same):
    """A generation differs from itself in nothing."""
    assert difference(side(policy=same), side(policy=same)).empty
