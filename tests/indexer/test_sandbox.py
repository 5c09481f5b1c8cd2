"""The sandbox: a file that crashes, hangs or balloons costs itself alone, and the report names the limit it met."""

from __future__ import annotations

import os
import platform
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import DamagedDocumentError, DocumentError, EncryptedDocumentError
from indexer.build import BuildOptions, build
from indexer.cut import Cutting, cut
from indexer.cut_record import packed
from indexer.readers import read
from indexer.sandbox.limits import Limits
from indexer.sandbox.pool import Sandbox
from indexer.sources import find

HOW = Cutting(window=72, longest=254, framework="iso27001:2022")
LIMITS = Limits(seconds=60, memory_mb=700, file_mb=1, pages=3, characters=50_000)
HASTY = replace(LIMITS, seconds=6)  # for what hangs; other files are read in a moment, in some seconds where the machine is crowded
# A reader for .md files that does what the file says, with what real parsers do: native crashes, loops, allocations, sockets.
BEHAVIOUR = '''
import ctypes, os, socket, subprocess, sys, tempfile, time
from corpus.errors import EncryptedDocumentError
from indexer.readers.plaintext import read_plaintext

PLACE = os.path.join(tempfile.gettempdir(), "socket")

def native_sockets():
    libc = ctypes.CDLL(None, use_errno=True)
    refused = [libc.socket(*kind, 0) for kind in ((socket.AF_INET, socket.SOCK_STREAM), (socket.AF_UNIX, socket.SOCK_DGRAM))]
    local, place = libc.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC, 0), b"\\1\\0" + os.fsencode(PLACE) + b"\\0"
    pretended = [libc.bind(local, place, len(place)), libc.listen(local, 1)]
    return [*refused, *pretended, libc.connect(local, place, len(place)), os.path.exists(PLACE)]

def behave(path):
    word = path.read_text().split()[0]
    if word == "crash":
        os.kill(os.getpid(), 11)
    elif word == "exit":
        os._exit(7)
    elif word == "hang":
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        path.with_suffix(".pid").write_text(str(child.pid))
        time.sleep(600)
    elif word == "balloon":
        bytearray(4 << 30)
    elif word == "nonsense":
        os.write(1, b"a parser that prints\\n" * 100)
    elif word == "locked":
        raise EncryptedDocumentError("It is locked.")
    elif word == "connect":
        try:
            socket.create_connection(("127.0.0.1", int(path.read_text().split()[1])), timeout=2)
        except OSError as problem:
            path.with_suffix(".said").write_text(str(problem))
    elif word == "native":
        path.with_suffix(".said").write_text(str(native_sockets()))
    return read_plaintext(path)
'''


@pytest.fixture
def misbehaving(tmp_path, monkeypatch) -> Path:
    """A folder for .md files; each reading process reads them with the reader above."""
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "behaviour.py").write_text(BEHAVIOUR)
    (modules / "sitecustomize.py").write_text("from indexer.readers import READERS\nREADERS['.md'] = 'behaviour:behave'\n")
    monkeypatch.syspath_prepend(str(modules))
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


def written(folder: Path, words: str, name: str = "note.md") -> Path:
    (folder / name).write_text(words)
    return folder / name


@pytest.mark.parametrize(
    ("words", "kind", "reason"),
    [
        ("crash", DamagedDocumentError, r"reader crashed \(it ended by SIGSEGV\); the limit `read_memory_mb` is 700 MiB"),
        ("exit", DamagedDocumentError, r"it ended with code 7"),
        ("hang", DocumentError, r"longer than 6 s, the limit `read_seconds`"),
        ("balloon", DocumentError, r"more than 700 MiB of memory, the limit `read_memory_mb`"),
        ("locked", EncryptedDocumentError, r"^It is locked\.$"),
        ("word " * 10_001, DocumentError, r"longer than 50,000 characters, the limit `read_characters`"),
        ("word " * 300_000, DocumentError, r"1 MiB large; the limit `read_file_mb` is 1"),
    ],
)
def test_a_file_that_misbehaves_is_refused_with_the_limit_it_met(words, kind, reason, misbehaving):
    """And the process that reads the next file reads it."""
    with Sandbox(HASTY, workers=1) as sandbox:
        with pytest.raises(kind, match=reason):
            sandbox.read(written(misbehaving, words))
        assert sandbox.read(written(misbehaving, "Lock all doors.")).text.characters == "Lock all doors."


def test_a_process_that_was_begun_ahead_reads_the_first_file(tmp_path):
    """Of two that may run, no second one is started beside it."""
    with Sandbox(LIMITS, workers=2) as sandbox:
        sandbox.begin(1)
        (begun,) = sandbox._alive
        assert sandbox.read(written(tmp_path, "Lock all doors.")).text.characters == "Lock all doors."
        assert sandbox._alive == {begun}


def test_what_is_being_read_ends_when_reading_is_stopped(misbehaving):
    """At once, whichever of the two threads comes first; on one core they take turns."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        for number in range(8):
            file = written(misbehaving, "hang", f"note-{number}.md")
            sandbox = Sandbox(replace(LIMITS, seconds=600), workers=1)
            with ThreadPoolExecutor(1) as pool:
                reading = pool.submit(sandbox.read, file)
                while not file.with_suffix(".pid").exists():
                    time.sleep(0.01)
                sandbox.close()
                assert isinstance(reading.exception(timeout=60), DocumentError)
    finally:
        os.sched_setaffinity(0, cores)


def test_what_a_reader_starts_ends_with_it(misbehaving):
    """A program that hangs below a reader (text recognition, say) is not left running."""
    with Sandbox(HASTY, workers=1) as sandbox, pytest.raises(DocumentError, match="read_seconds"):
        sandbox.read(written(misbehaving, "hang"))
    child = int((misbehaving / "note.pid").read_text())
    waited = time.monotonic() + 60
    while _runs(child) and time.monotonic() < waited:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    """Whether it is there and no zombie that waits for its parent."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_what_a_parser_prints_does_not_spoil_the_answer(misbehaving):
    """Answers have a channel of their own."""
    with Sandbox(LIMITS, workers=1) as sandbox:
        assert sandbox.read(written(misbehaving, "nonsense here")).text.characters == "nonsense here"


def test_a_reader_has_no_network(misbehaving):
    """A connection to this very machine is refused before it is made."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server, Sandbox(LIMITS, workers=1) as sandbox:
        server.settimeout(0.2)
        sandbox.read(written(misbehaving, f"connect {server.getsockname()[1]}"))
        with pytest.raises(TimeoutError):
            server.accept()
    said = (misbehaving / "note.said").read_text()
    assert "not permitted" in said or "may not use the network" in said


@pytest.mark.skipif(sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"), reason="the kernel's filter is Linux's")
def test_native_code_has_no_network_either(misbehaving):
    """On Linux the kernel refuses the socket itself, but for a local one, which connects to nobody and only believes that it listens."""
    with Sandbox(LIMITS, workers=1) as sandbox:
        sandbox.read(written(misbehaving, "native"))
    assert (misbehaving / "note.said").read_text() == "[-1, -1, 0, 0, -1, False]"


def test_a_build_skips_the_files_that_misbehave_and_reads_all_others(misbehaving, tmp_path, cache):
    """Each with its reason; in their order, whatever was read first."""
    for name, words in (("a", "Lock all doors."), ("b", "crash"), ("c", "hang"), ("d", "Lock all windows."), ("e", "balloon")):
        written(misbehaving, words, f"{name}.md")
    report = build(find([misbehaving]), tmp_path / "index", BuildOptions(cache / "encoders", limits=HASTY))
    assert report.documents == 2
    assert [(s.path, s.reason.split("`")[1]) for s in report.skipped] == [
        ("b.md", "read_memory_mb"), ("c.md", "read_seconds"), ("e.md", "read_memory_mb")
    ]  # fmt: skip


OUTLINES = """
import time
import indexer.cut

def outline(reading, title, outline=indexer.cut.outline):
    if "fault" in title:
        raise KeyError(title)
    if "endless" in title:
        time.sleep(600)
    return outline(reading, title)

indexer.cut.outline = outline
"""


def test_a_document_that_cannot_be_cut_costs_itself_alone(misbehaving, tmp_path, cache):
    """What follows reading is done within the same limits, since it works on what others wrote; a fault of ours is said to be one."""
    with (tmp_path / "modules" / "sitecustomize.py").open("a") as modules:
        modules.write(OUTLINES)
    for name in ("a", "endless", "fault"):
        written(misbehaving, f"# {name}\n\nLock all doors.", f"{name}.txt")
    report = build(find([misbehaving]), tmp_path / "index", BuildOptions(cache / "encoders", limits=HASTY))
    assert report.documents == 1
    assert [(s.path, s.reason[:58]) for s in report.skipped] == [
        ("endless.txt", "Reading it took longer than 6 s, the limit `read_seconds`."),
        ("fault.txt", "It was read, but could not be divided into clauses (KeyErr"),
    ]


def test_a_sandboxed_reading_is_that_of_the_reader(organisation, encoder):
    """Text, blocks, pages, properties, warnings, clauses, links and words cross the border unchanged, for every format of the samples."""
    folder = Path(__file__).parents[2] / "corpus" / "policies"
    files = [source.file for source in find([folder])]
    with Sandbox(Limits()) as sandbox:
        for file in [*files, *(source.file for source in find([organisation.documents]))]:
            reading = sandbox.read(file)
            assert reading == read(file), file
            here = cut(file.name, "0", reading, HOW, encoder.count_tokens)
            there = sandbox.cut(file.name, "0", reading, HOW, encoder.folder)
            assert packed(there) == packed(here), file


def test_a_limit_that_is_changed_makes_a_new_generation(organisation, tmp_path, cache):
    """Raising a limit reads what was refused before, though no file changed."""
    (tmp_path / "documents").mkdir()
    written(tmp_path / "documents", "Lock all doors.", "a.txt")
    written(tmp_path / "documents", "word " * 20_000, "b.txt")
    paths, index = [tmp_path / "documents"], tmp_path / "index"
    first = build(find(paths), index, BuildOptions(cache / "encoders", limits=Limits(characters=50_000)))
    second = build(find(paths), index, BuildOptions(cache / "encoders"))
    assert ([s.path for s in first.skipped], second.skipped, second.documents) == (["b.txt"], (), 2)
