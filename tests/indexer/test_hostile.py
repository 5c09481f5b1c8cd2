"""Hostile files: each costs itself and nothing else, and what is said of it names the limit that it met."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from indexer.build import BuildOptions, build
from indexer.readers import read
from indexer.sandbox.limits import Limits
from indexer.sandbox.pool import Sandbox
from indexer.sources import find
from tests.indexer import hostile
from tests.indexer.hostile import MEBIBYTE

LIMITS = Limits(seconds=20, memory_mb=500, characters=2_000_000)
PLENTY = 130 * MEBIBYTE


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, workers=1) as one:
        yield one


def refusal(sandbox: Sandbox, file: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        sandbox.read(file)
    return str(refused.value)


@pytest.mark.parametrize("suffix", hostile.OFFICE)
def test_an_archive_that_unpacks_to_a_hundred_times_its_size_is_refused(suffix, sandbox, tmp_path):
    """Before a byte of it is parsed: half a megabyte that would be 130."""
    bomb = hostile.zip_bomb(tmp_path, suffix, PLENTY)
    assert bomb.stat().st_size < MEBIBYTE
    said = refusal(sandbox, bomb)
    assert said.startswith("It would unpack to 13") and said.endswith("times its size; at most 100 times are read.")


def test_an_archive_of_many_parts_is_refused(tmp_path, monkeypatch):
    """Each costs a look, though all together hold nothing."""
    monkeypatch.setattr("indexer.readers.archive_bounds.MAX_PARTS", 20)
    with pytest.raises(DocumentError, match=r"^It has \d\d parts; at most 20 are read"):
        read(hostile.many_parts(tmp_path, 20))


def test_xml_that_balloons_as_a_tree_meets_the_limit_on_memory(sandbox, tmp_path):
    """Sixty megabytes of elements are ten times that as nodes; what the XML library says of it ("unknown error") is not passed on."""
    said = refusal(sandbox, hostile.paragraphs_bomb(tmp_path, 60 * MEBIBYTE))
    assert said == "Reading it took more than 500 MiB of memory, the limit `read_memory_mb`."


@pytest.mark.parametrize("suffix", hostile.OFFICE)
def test_entities_that_expand_are_refused(suffix, sandbox, tmp_path):
    """A kilobyte that would be ten thousand million words."""
    assert "declares XML entities, which no Office program does" in refusal(sandbox, hostile.entity_bomb(tmp_path, suffix))


@pytest.mark.parametrize("suffix", hostile.OFFICE)
def test_an_external_entity_is_neither_read_nor_asked_for(suffix, sandbox, tmp_path):
    """Neither a file of this machine nor an address; a server that listens hears nothing."""
    asked: list[str] = []
    with served(asked.append) as address:
        for target in (secret(tmp_path).as_uri(), address):
            assert "declares XML entities" in refusal(sandbox, hostile.external_entity(tmp_path, suffix, target))
    assert asked == []


@pytest.mark.parametrize(("suffix", "written"), hostile.REACHING_OUT.items())
def test_text_that_asks_for_another_file_does_not_get_it(suffix, written, sandbox, tmp_path):
    """Directives, entities and frames in HTML, reStructuredText and Markdown are left out or stay the text they are."""
    file = tmp_path / f"reaching{suffix}"
    file.write_text(written.replace("TARGET", str(secret(tmp_path))))
    text = sandbox.read(file).text.characters
    assert "Lock all doors." in text and "4711" not in text


def test_a_workbook_of_a_million_empty_rows_is_read_down_to_the_first_thousand(sandbox, tmp_path):
    """At once, and with a word that there may be more."""
    reading = sandbox.read(hostile.empty_rows(tmp_path, 1_000_000))
    assert reading.text.characters == "Sheet\n\n| LOCK | all | doors |"
    assert reading.warnings == ("Sheet 'Sheet' was read down to 1,000 empty rows; what may stand below was left out.",)


@pytest.mark.parametrize("kind", hostile.recursive_pdfs())
def test_a_pdf_whose_objects_hold_themselves_is_read_or_refused(kind, sandbox, tmp_path):
    """Whether its parser copes (with most) or crashes (pdfium, over page labels): the next file is read by a process that lives."""
    file = tmp_path / "recursive.pdf"
    file.write_bytes(hostile.recursive_pdfs()[kind])
    try:
        assert "Lock" in sandbox.read(file).text.characters
    except DocumentError as problem:
        assert "the limit `read_" in str(problem)
    (tmp_path / "next.txt").write_text("Lock all windows.")
    assert sandbox.read(tmp_path / "next.txt").text.characters == "Lock all windows."


def test_a_pdf_of_too_many_pages_is_refused(sandbox, tmp_path):
    """By their number, before the first is read."""
    said = refusal(sandbox, hostile.many_pages(tmp_path, 5001))
    assert said == "It has 5,001 pages; the limit `read_pages` is 5,000. Divide it, or raise the limit."


def test_a_page_that_unpacks_to_gigabytes_meets_a_limit(sandbox, tmp_path):
    """A quarter of a megabyte of compressed instructions; pdfium ends its process rather than ask for more memory."""
    assert "the limit `read_memory_mb`" in refusal(sandbox, hostile.flate_bomb(tmp_path, 100 * MEBIBYTE))


@pytest.mark.parametrize(("size", "limit"), [(500 * MEBIBYTE, "`read_file_mb` is 200"), (150 * MEBIBYTE, "at most 64 MB are read")])
def test_a_text_of_hundreds_of_megabytes_is_refused_by_its_size(size, limit, sandbox, tmp_path):
    """Nobody opens it."""
    assert limit in refusal(sandbox, hostile.sparse_text(tmp_path, size))


def test_names_with_control_characters_are_shown_as_text_and_kept_apart(tmp_path, cache):
    """An escape for each; two names that differ in nothing else are two documents, and one that is written like an escape is a third."""
    documents = tmp_path / "documents"
    documents.mkdir()
    for number, name in enumerate(["a\x1b[31m.md", "a\x1b\x1b[31m.md", "a\\x1b[31m.md", "b\nc.md", "\u202egnp.md"]):
        (documents / name).write_text(f"# Doors\n\nLock door {number}.\n")
    (documents / "d\udcff.md").write_text("# Doors\n\nLock door 9.\n")
    report = build(find([documents]), tmp_path / "index", BuildOptions(cache / "encoders"))
    assert (report.documents, report.skipped) == (6, ())
    paths = [source.path for source in find([documents])]
    assert sorted(paths) == sorted(
        ["a\\x1b[31m.md", "a\\x1b\\x1b[31m.md", "a\\\\x1b[31m.md", "b\\x0ac.md", "\\u202egnp.md", "d\\xff.md"]
    )


def test_copies_from_an_archive_never_overwrite_each_other(tmp_path):
    """Names that differ only in characters that no file system takes, or beyond a length that none takes."""
    import zipfile

    long = "x" * 300
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a\x01.md", "a\x02.md", "a_.md", f"{long}1.md", f"{long}2.md"):
            archive.writestr(name, f"This is {name[-5:]!r}.")
    found = find([tmp_path / "a.zip"], tmp_path / "fetched")
    assert {source.path[-8:]: source.read().text.characters for source in found} == {
        "a\\x01.md": "This is 'a\\x01.md'.", "a\\x02.md": "This is 'a\\x02.md'.", "a_.md": "This is 'a_.md'.",
        "xxxx1.md": "This is 'x1.md'.", "xxxx2.md": "This is 'x2.md'.",
    }  # fmt: skip


def secret(folder: Path) -> Path:
    file = folder / "secret.txt"
    file.write_text(hostile.SECRET)
    return file


class served:
    """A server on 127.0.0.1 that tells what it is asked for, until the end of the block."""

    def __init__(self, told: Callable[[str], None]) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}/secret"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
