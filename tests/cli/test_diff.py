"""`isobot diff`, as somebody runs it."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.organisation import HIDDEN, HIDDEN_WORDS, index_of, write_documents


@pytest.fixture
def changed(tmp_path, cache):
    """An index of two generations: in the second, the standard has a clause before its others, and the hidden runbook other words."""
    documents = write_documents(tmp_path / "documents")
    index = tmp_path / "index"
    first = index_of(documents, index, cache).generation
    laptops = documents / "laptop-standard.md"
    text = laptops.read_text()
    for old, new in (("3.3 Duties", "3.4 Duties"), ("3.2 Loss", "3.3 Loss"), ("within four", "within two")):
        text = text.replace(old, new)
    laptops.write_text(text)
    hidden = documents / HIDDEN
    hidden.write_text(hidden.read_text().replace("7788", "9900") + "\n## 3 Calls\n\nNobody calls the press from the falcon bridge.\n")
    return index, first, index_of(documents, index, cache).generation


def test_the_last_two_generations_are_compared(changed, isobot):
    """Renumbered clauses with the number they had, reworded ones with both texts."""
    index, first, second = changed
    done = isobot("diff", "--index", index)
    assert done.code == 0, done.err
    assert done.out.splitlines()[0] == f"From {first} to {second}:"
    assert "reworded, renumbered from 3.2" in done.out
    assert "within four hours" in done.out and "within two hours" in done.out


def test_what_somebody_may_not_read_has_not_changed(changed, isobot):
    """Byte for byte: the runbook is for one group alone, and without it the output is the same."""
    index, _, _ = changed
    as_member = isobot("diff", "--index", index, "--json").out
    assert not any(word.casefold() in as_member.casefold() for word in (*HIDDEN_WORDS, HIDDEN))
    as_analyst = json.loads(isobot("diff", "--index", index, "--json", "--as", "amira@example.org").out)
    assert {c["after"]["document"] for c in as_analyst["clauses"] if c["after"]} >= {HIDDEN}


def test_a_generation_that_is_not_there_is_named_with_those_that_are(changed, isobot):
    """So is one whose beginning fits several; exit code 2."""
    index, first, second = changed
    done = isobot("diff", "--index", index, "1999")
    assert done.code == 2
    assert "'1999' names no generation" in done.err and first in done.err and second in done.err
    assert "is the beginning of 2 generations" in isobot("diff", "--index", index, "2").err
    shutil.rmtree(index / "generations" / first)
    assert "nothing to compare it with" in isobot("diff", "--index", index).err
    assert isobot("diff", "--index", index, second).out.splitlines()[1] == "Nothing changed."
