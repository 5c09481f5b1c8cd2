"""`documents.toml`: what is indexed, and what holds for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import SourceError
from indexer.documents_toml import read_documents_toml
from indexer.metadata import document_from
from indexer.sources import find


def folder(at: Path, listing: str, *names: str) -> Path:
    for name in names:
        (at / name).parent.mkdir(parents=True, exist_ok=True)
        (at / name).write_text(f"Text of {name}.")
    (at / "documents.toml").write_text(listing)
    return at


def documents(*paths: Path) -> dict[str, Document]:
    return {source.path: document_from(source.path, source.sha256(), source.read()) for source in find(paths)}


def test_patterns_choose_and_declarations_hold(tmp_path: Path):
    """Each source lets in what its patterns name; a file of two sources gets what the later one says; paths are the folder's own."""
    listing = """
        [[source]]
        exclude = ["archive/", "*.txt"]
        owner = "CISO"
        review_date = 2027-03-01

        [[source]]
        path = "hr"
        include = ["**/*.md"]
        owner = "Head of People"
        audience = ["people", "board"]
        status = "draft"
    """
    at = folder(tmp_path, listing, "a.md", "note.txt", "archive/old.md", "hr/leave.md", "hr/x.txt")
    found = documents(at)
    assert sorted(found) == ["a.md", "hr/leave.md"]
    leave = found["hr/leave.md"]
    assert (found["a.md"].owner, str(found["a.md"].review_by), found["a.md"].audience) == ("CISO", "2027-03-01", None)
    assert (leave.owner, leave.audience, leave.status.value, str(leave.review_by)) == (
        "Head of People", {"people", "board"}, "draft", "2027-03-01",
    )  # fmt: skip
    assert documents(at / "documents.toml") == found


def test_sources_elsewhere_put_their_name_first(tmp_path: Path):
    """A folder outside is cited under its name, and so is the folder of the file itself."""
    folder(tmp_path / "other", "", "b.md")
    (tmp_path / "other" / "documents.toml").unlink()
    at = folder(tmp_path / "main", '[[source]]\npath = "."\n[[source]]\npath = "../other"\n', "a.md")
    assert sorted(documents(at)) == ["main/a.md", "other/b.md"]


@pytest.mark.parametrize(
    ("listing", "said"),
    [
        ("[[source]]\nowners = 'x'", "owners of source 1 in .* is no setting of a source. Known are: path, include"),
        ("[[source]]\n[[source]]\nstatus = 'ok'", "status of source 2 in .* is 'ok': must be one of 'in force', 'draft'"),
        ("[[source]]\nreview_date = 'soon'", "review_date of source 1 .* is 'soon': must be a date, as in 2027-03-01"),
        ("[[source]]\naudience = []", r"audience .* is \[\]: must be a list of groups"),
        ("[[source]]\ninclude = 3", "include .* is 3: must be a list of patterns"),
        ("[[source]]\npath = ''", "path .* is '': must be text"),
        ("[source]\npath = 'a'", r"names no source. Begin one with \[\[source\]\]"),
        ("title = 'x'", "sets 'title', which it cannot"),
        ("[[source", "cannot be read"),
        ("[[source]]\npath = 'gone'", "gone does not exist"),
        ("[[source]]\ninclude = ['*.pdf']", "holds no document that its patterns in documents.toml let in"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(tmp_path: Path, listing: str, said: str):
    """Key, value and what would be right."""
    with pytest.raises(SourceError, match=said):
        find([folder(tmp_path, listing, "a.md")])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.sampled_from(["path", "include", "owner", "audience", "status", "review_date", "x"]))
def test_any_listing_is_understood_or_refused(tmp_path: Path, text: str, key: str):
    """Whatever stands in it, nothing but a SourceError comes of it."""
    file = tmp_path / "documents.toml"
    for content in (text, f"[[source]]\n{key} = {text}", f"[[source]]\n{key} = [{text!r}]"):
        file.write_text(content, encoding="utf-8", errors="replace")
        try:
            assert read_documents_toml(file)
        except SourceError as refused:
            assert str(file) in str(refused)
