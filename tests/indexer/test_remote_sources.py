"""Documents behind addresses: archives, web servers, whatever fsspec knows."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from corpus.errors import DocumentError, SourceError
from indexer.sources import Source, find


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder with its listings, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of a web server on this machine that serves the folder `web`."""
    web = tmp_path / "web" / "policies"
    (web / "hr").mkdir(parents=True)
    (web / "access rules.md").write_text("# Access\n\nAsk first.")
    (web / "hr" / "leave.txt").write_text("Leave is asked for.")
    (web / "logo.png").write_bytes(b"x")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "web")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def archive(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in entries.items():
            made.writestr(name, text)
    return path


def texts(sources: list[Source]) -> dict[str, str]:
    return {source.path: source.read().text.characters for source in sources}


def test_a_folder_of_a_web_server_and_a_file_of_it_are_read(served: str, tmp_path: Path):
    """The listing's links are followed downwards; a document is cited by its path below the address."""
    everything = texts(find([f"{served}/policies/"], tmp_path / "f"))
    assert everything == {"access rules.md": "Access\n\nAsk first.", "hr/leave.txt": "Leave is asked for."}
    assert texts(find([f"{served}/policies/hr/leave.txt"], tmp_path / "f")) == {"leave.txt": "Leave is asked for."}


def test_a_page_that_is_not_there_is_said(served: str, tmp_path: Path):
    """With the address, and nothing of a password in it."""
    with pytest.raises(SourceError, match=r"127\.0\.0\.1.*nothing.*Check the address") as refused:
        find([f"{served.replace('//', '//amira:hush@')}/nothing/"], tmp_path / "f")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("form", ["{}", "zip://{}", "zip://hr/::file://{}"])
def test_an_archive_is_read_as_the_folder_it_is(tmp_path: Path, form: str):
    """By its name, as zip://, and one folder of it."""
    made = archive(tmp_path / "policies.zip", **{"hr/leave.md": "Ask.", "__MACOSX/hr/._leave.md": "x", "logo.png": "x"})
    found = texts(find([form.format(made)], tmp_path / "f"))
    assert found == {"leave.md" if "::" in form else "hr/leave.md": "Ask."}


def test_names_that_lead_out_of_an_archive_are_refused_and_told(tmp_path: Path):
    """The other documents are read, and nothing is written beside the folder for copies."""
    made = archive(tmp_path / "a.zip", **{"good.md": "Good.", "../../evil.md": "Evil.", "..\\evil.md": "Evil.", "/abs/evil.md": "Evil."})
    found = find([made], tmp_path / "in" / "f")
    read = [source for source in found if not source.refusal]
    assert texts(read)["good.md"] == "Good."
    refused = [source for source in found if source.refusal]
    assert len(refused) >= 2
    for source in refused:
        with pytest.raises(DocumentError, match="leads out of the folder"):
            source.read()
    inside = (tmp_path / "in" / "f").resolve()
    assert all(path.resolve().is_relative_to(inside) for path in (tmp_path).rglob("evil.md"))


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A bomb costs itself alone; so does a file that is too large."""
    made = archive(tmp_path / "a.zip", **{"bomb.txt": "0" * 3_000_000, "good.md": "Good."})
    bomb, good = find([made], tmp_path / "f")
    assert ("as only an attack does" in bomb.refusal, good.refusal) == (True, "")
    monkeypatch.setattr("indexer.remote.MAX_BYTES", 4)
    assert "at most" in find([made], tmp_path / "f")[1].refusal


def test_an_archive_that_unpacks_to_a_hundred_times_its_size_is_not_unpacked_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Though none of its files is a bomb by itself: those that are within the limit are read, the others told."""
    monkeypatch.setattr("indexer.remote.UNSUSPICIOUS", 1_000_000)
    made = archive(tmp_path / "a.zip", **{f"{name}.txt": "Lock all doors. " * 25_000 for name in "abc"})  # 400,000 bytes each
    assert [bool(source.refusal) for source in find([made], tmp_path / "f")] == [False, False, True]
    assert "more than 100 times its size" in find([made], tmp_path / "f")[2].refusal


def test_a_document_that_is_gone_from_its_source_is_gone(tmp_path: Path):
    """Copies of an earlier build do not linger."""
    memory = fsspec.filesystem("memory")
    memory.pipe({"/kept/a.md": b"A.", "/kept/b.md": b"B."})
    assert sorted(texts(find(["memory://kept"], tmp_path))) == ["a.md", "b.md"]
    memory.rm("/kept/b.md")
    assert texts(find(["memory://kept"], tmp_path)) == {"a.md": "A."}
    assert [path.name for path in tmp_path.rglob("*.md")] == ["a.md"]


def test_several_sources_put_the_last_name_of_their_address_first(tmp_path: Path):
    """So that two documents of one name are told apart."""
    fsspec.filesystem("memory").pipe({"/wiki/a.md": b"A."})
    (tmp_path / "local").mkdir()
    (tmp_path / "local" / "a.md").write_text("L.")
    assert texts(find(["memory://wiki", tmp_path / "local"], tmp_path / "f")) == {"local/a.md": "L.", "wiki/a.md": "A."}


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """An archive that is not there, a protocol nobody knows, and an extra that is not installed."""
    with pytest.raises(SourceError, match=r"zip://gone\.zip names no file"):
        find(["zip://gone.zip"], tmp_path)
    with pytest.raises(SourceError, match="nosuch"):
        find(["nosuch://a"], tmp_path)
    monkeypatch.setitem(__import__("sys").modules, "s3fs", None)
    with pytest.raises(SourceError, match=r"pip install 'isobot\[s3\]'"):
        find(["s3://bucket/policies"], tmp_path)
