"""Builds: whole or not at all, whatever stops them, and never done twice."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

from corpus.errors import BusyIndexError, GenerationError, SettingsError, SourceError
from indexer.build import BuildOptions, build
from indexer.encoders.onnx import DEFAULT_MODEL, exported_folder
from indexer.generation import CURRENT, KEPT, Generation, current_name
from indexer.readers import Reading, read
from indexer.sources import Source, find
from indexer.verify import verify
from tests.organisation import DOCUMENTS, index_of, write_documents
from tests.privileges import public_folder, unprivileged

__all__ = ["public_folder"]
ROOT = Path(__file__).parents[2]
NOTE = "# Note\n\n## 1 Paper\n\nLock all paper away.\n"


@dataclass
class Told:
    """Keeps what a build says."""

    stages: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def stage(self, name: str, total: int) -> None:
        self.stages.append(name)

    def advance(self, steps: int = 1) -> None:
        pass

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.md").write_text(NOTE)
    return tmp_path / "documents"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def test_a_second_build_of_the_same_files_does_nothing(documents, index, cache):
    """The generation that is served is named again; nothing is read, and nothing written."""
    first = index_of(documents, index, cache)
    before = {path: path.stat().st_mtime_ns for path in index.rglob("*") if path.is_file() and path.name != "build.lock"}
    told = Told()
    second = build(find([documents]), index, BuildOptions(cache / "encoders"), told)
    assert (second.generation, second.unchanged, first.unchanged) == (first.generation, True, False)
    assert (second.documents, second.clauses, second.passages) == (first.documents, first.clauses, first.passages)
    assert told.stages == ["Looking at files"]
    assert before == {path: path.stat().st_mtime_ns for path in before}


@pytest.mark.parametrize("change", ["edit", "add", "remove", "framework", "window"])
def test_whatever_decides_the_result_makes_a_new_generation(change, documents, index, cache):
    """A changed, added or removed file is noticed, and so are the settings."""
    (documents / "other.md").write_text(NOTE.replace("paper", "doors"))
    first = index_of(documents, index, cache)
    options = BuildOptions(cache / "encoders")
    if change == "edit":
        (documents / "note.md").write_text(NOTE + "\nAlways.\n")
    elif change == "add":
        (documents / "third.md").write_text(NOTE)
    elif change == "remove":
        (documents / "other.md").unlink()
    elif change == "framework":
        options = BuildOptions(cache / "encoders", default_framework="iso27001:2013")
    else:
        options = BuildOptions(cache / "encoders", window=40)
    second = build(find([documents]), index, options)
    assert not second.unchanged
    assert current_name(index) == second.generation != first.generation


def test_only_the_last_generations_are_kept(documents, index, cache):
    """Enough for readers that have not switched yet, and no more."""
    names = []
    for turn in range(KEPT + 2):
        (documents / "note.md").write_text(f"{NOTE}\nTurn {turn}.\n")
        names.append(index_of(documents, index, cache).generation)
    assert sorted(path.name for path in (index / "generations").iterdir()) == names[-KEPT:]


def test_one_text_is_embedded_once_across_builds(documents, index, cache):
    """A build carries on from the vectors of the one before."""
    index_of(documents, index, cache)
    rows = vectors_in(index)
    (documents / "second.md").write_text(NOTE.replace("# Note", "# Note", 1))
    index_of(documents, index, cache)
    assert vectors_in(index) == rows


def test_a_passage_its_headings_and_its_sentences_are_embedded_in_one_run(documents, index, cache):
    """Its vector is the mean of what the encoder sees of all of it, and of its own words behind their headings."""
    (documents / "note.md").write_text("# Note\n\n## 1 Paper\n\nLock all paper away. Shred it after a year.\n")
    index_of(documents, index, cache)
    assert vectors_in(index) == 1
    generation = Generation.current(index)
    [row], text = generation.passages, generation.text(0).characters
    bare = text[row["start"] : row["end"]]
    assert bare == "Lock all paper away. Shred it after a year."
    above = "Note › Paper\n"
    spans = [(0, 43), (0, 20), (21, 43)]
    [expected] = generation.encoder().encode_parts([above + bare], [[(a + len(above), b + len(above)) for a, b in spans]])
    assert generation.vectors.rows()[0] == pytest.approx((expected[0] + expected[1]) / 2, abs=1e-3)
    assert np.einsum("ij,ij->i", expected[2:], np.asarray(generation.sentences.vectors, np.float32)) == pytest.approx([1, 1], abs=1e-3)


def vectors_in(index: Path) -> int:
    connection = sqlite3.connect(index / "embeddings.sqlite")
    try:
        return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    finally:
        connection.close()


class Vanishing(Source):
    """A file that is gone when it is read."""

    def read(self, parse=read) -> Reading:
        self.file.unlink()
        return super().read(parse)


class Rewritten(Source):
    """A file that somebody saves while it is read, the first time or every time."""

    def read(self, parse=read) -> Reading:
        reading = super().read(parse)
        text = self.file.read_text()
        if "endless" in self.path or "saved" not in text:
            self.file.write_text(text + "\nIt was saved once more.\n")
        return reading


def test_a_file_that_vanishes_is_skipped_with_the_reason(documents, index, cache):
    """Between listing and reading a file may go; the others are indexed."""
    (documents / "gone.md").write_text(NOTE)
    report = build([Vanishing("gone.md", documents / "gone.md"), *find([documents / "note.md"])], index, BuildOptions(cache / "encoders"))
    assert [(s.path, s.reason) for s in report.skipped] == [("gone.md", "It cannot be opened: No such file or directory.")]
    assert report.documents == 1
    listed = [Source("never.md", documents / "never.md"), *find([documents])]
    report = build(listed, index, BuildOptions(cache / "encoders"))
    assert [s.path for s in report.skipped] == ["never.md"]


def test_a_file_that_changes_during_the_build_is_indexed_as_it_is_afterwards(documents, index, cache):
    """The hash in the index is that of the words in the index."""
    source = Rewritten("note.md", documents / "note.md")
    build([source], index, BuildOptions(cache / "encoders"))
    generation = Generation.current(index)
    assert generation.document(0).sha256 == source.sha256()
    assert "saved once more" in generation.text(0).characters
    assert verify(generation).problems == ()
    assert index_of(documents, index, cache).unchanged


def test_a_file_that_never_stops_changing_is_skipped(documents, index, cache):
    """No hash could be true of what was read."""
    (documents / "endless.md").write_text(NOTE)
    items = [Rewritten("endless.md", documents / "endless.md"), *find([documents / "note.md"])]
    report = build(items, index, BuildOptions(cache / "encoders"))
    assert [(s.path, s.reason.partition(".")[0]) for s in report.skipped] == [("endless.md", "It kept changing while it was read")]


def test_documents_that_hold_nothing_to_quote_can_be_built_and_loaded(index, documents, cache):
    """A file of headings alone has no passage, and an index of it none either."""
    (documents / "note.md").write_text("---\ntitle: Empty Standard\n---\n# 1 Scope\n\n## 1.1 Parts\n\n### 1.1.1 More\n")
    index_of(documents, index, cache)
    Generation.current(index).load()
    assert verify(Generation.current(index)).problems == ()


def test_nothing_read_leaves_the_index_as_it_was_and_names_each_file(documents, index, cache):
    """A line for each document says why; the generation before goes on being served."""
    served = index_of(documents, index, cache).generation
    for name in ("a.pdf", "b.docx", "c.xlsx", "d.txt", "note.md"):
        (documents / name).write_bytes(b"")
    with pytest.raises(SourceError) as refused:
        index_of(documents, index, cache)
    lines = str(refused.value).splitlines()
    assert lines[0] == "None of the 5 documents could be read; the index is as it was."
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["a.pdf", "b.docx", "c.xlsx", "d.txt", "note.md"]
    assert current_name(index) == served
    assert not list((index / "generations").glob(".building-*"))


def test_two_builds_at_once_are_refused_in_a_sentence(documents, index, cache):
    """The second one says who is in its way and ends; the first is not disturbed."""
    index.mkdir()
    with FileLock(index / "build.lock"), pytest.raises(BusyIndexError, match=r"Another build is at work in .*Wait until it has ended"):
        index_of(documents, index, cache)
    index_of(documents, index, cache)


def test_an_index_path_that_is_a_file_or_below_one_is_refused(documents, tmp_path, cache):
    """The message names it; nothing is written."""
    (tmp_path / "file").write_text("mine")
    with pytest.raises(SettingsError, match=r"file is a file\. Name a folder"):
        index_of(documents, tmp_path / "file", cache)
    with pytest.raises(GenerationError, match="file/index could not be written: Not a directory"):
        index_of(documents, tmp_path / "file" / "index", cache)
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_may_not_be_written_is_named(documents, public_folder, cache):
    """With the reason of the system, and that nothing was lost."""
    public_folder.chmod(0o555)
    readable = [Source("note.md", documents / "note.md")]
    with unprivileged(), pytest.raises(GenerationError, match=r"index could not be written: Permission denied\. What was published"):
        build(readable, public_folder / "index", BuildOptions(cache / "encoders"))


@pytest.mark.parametrize(
    "damage", ["vectors/vectors.faiss", "catalogue.sqlite", "passages.npy", "keywords/clauses/terms.npy", "manifest.json"]
)
@pytest.mark.parametrize("how", ["missing", "empty", "garbage"])
def test_a_damaged_generation_is_built_anew(damage, how, documents, index, cache):
    """`isobot index` is what every message about damage advises: it has to help, although no document changed."""
    first = index_of(documents, index, cache)
    file = index / "generations" / first.generation / damage
    file.unlink() if how == "missing" else file.write_bytes(b"" if how == "empty" else os.urandom(999))
    second = index_of(documents, index, cache)
    assert not second.unchanged
    assert verify(Generation.current(index)).problems == ()


DAMAGE = ["pointer", "dangling", "text", "texts gone", "encoder gone", "encoder altered", "encoder's weight", "embeddings"]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_outside_the_generation_is_mended_too(damage, documents, index, cache):
    """The pointer, the texts, the encoder and the cache of vectors."""
    generation = index_of(documents, index, cache).generation
    (encoder,) = (index / "encoders").iterdir()
    if damage == "pointer":
        (index / CURRENT).write_bytes(b"\xff\x00/../")
    elif damage == "dangling":
        shutil.rmtree(index / "generations" / generation)
    elif damage == "text":
        with sqlite3.connect(index / "texts.sqlite") as connection:
            connection.execute("UPDATE texts SET characters = 'Something else.'")
        connection.close()
    elif damage == "texts gone":
        (index / "texts.sqlite").unlink()
    elif damage == "encoder gone":
        shutil.rmtree(encoder)
    elif damage == "encoder altered":
        (encoder / "model.onnx").write_bytes(b"no model")
    elif damage == "encoder's weight":
        model = bytearray((encoder / "model.onnx").read_bytes())
        model[len(model) // 2] ^= 1
        (encoder / "model.onnx").write_bytes(model)
    else:
        (index / "embeddings.sqlite").write_bytes(b"no database" * 500)
        (documents / "note.md").write_text(NOTE + "\nMore.\n")
    index_of(documents, index, cache)
    assert verify(Generation.current(index)).problems == ()
    exported = exported_folder(DEFAULT_MODEL, cache / "encoders")
    assert (encoder / "model.onnx").read_bytes() == (exported / "model.onnx").read_bytes()


KILL = """
import os, signal, sys
from pathlib import Path
from indexer import generation as store
from indexer.making import Making
from indexer.build import BuildOptions, build
from indexer.embeddings import EmbeddingCache
from indexer.sources import find
from indexer.texts import TextStore
moment, documents, index, cache = sys.argv[1:]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
def after(function):
    def run(*values, **named):
        function(*values, **named)
        die()
    return run
if moment == "reading":
    TextStore.put = after(TextStore.put)
elif moment == "embedding":
    EmbeddingCache._keep = after(EmbeddingCache._keep)
elif moment == "writing":
    Making._index_words = after(Making._index_words)
elif moment == "publishing":
    store._to_disk = after(store._to_disk)
elif moment == "named":
    rename = Path.rename
    def run(path, target):
        named = rename(path, target)
        if named.parent.name == "generations":  # a folder of reading gets a name too
            die()
        return named
    Path.rename = run
elif moment == "switching":
    Path.replace = die
elif moment == "switched":
    Path.replace = after(Path.replace)
build(find([Path(documents)]), Path(index), BuildOptions(Path(cache) / "encoders"))
"""


@pytest.mark.parametrize("moment", ["reading", "embedding", "writing", "publishing", "named", "switching", "switched"])
def test_a_build_that_is_killed_costs_nothing(moment, tmp_path, index, cache):
    """At every stage the last generation goes on being served whole, and the next build succeeds and sweeps up."""
    documents = write_documents(tmp_path / "documents", *list(DOCUMENTS)[2:])
    served = index_of(documents, index, cache).generation
    (documents / "access-control-policy.md").write_text(NOTE)
    command = [sys.executable, "-c", KILL, moment, str(documents), str(index), str(cache)]
    before = vectors_in(index)
    killed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert (current_name(index) == served) == (moment != "switched")
    assert verify(Generation.current(index)).problems == ()
    assert (vectors_in(index) > before) == (moment != "reading")  # what was embedded is not embedded again
    report = index_of(documents, index, cache)
    assert report.unchanged == (moment == "switched")
    assert verify(Generation.current(index)).problems == ()
    assert [path.name for path in (index / "generations").glob(".*")] + [path.name for path in index.glob(f".{CURRENT}*")] == []


def test_a_disk_that_fills_up_costs_nothing(tmp_path, documents, index, cache):
    """Whatever file cannot grow any more, one sentence says so, the last generation is served, and the next build succeeds."""
    served = index_of(documents, index, cache).generation
    write_documents(documents)
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2); from isobot.cli import main; main()"
    )
    environ = {**os.environ, "ISOBOT_CACHE": str(cache), "ISOBOT_INDEX": str(index), "ISOBOT_SETTINGS": ""}
    for limit in (2_000, 9_000, 17_000, 45_000):
        command = [sys.executable, "-c", limited, str(limit), "index", str(documents)]
        ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=120)
        assert ended.returncode == 3, (limit, ended.stdout, ended.stderr)
        assert "Traceback" not in ended.stderr
        assert "Something failed inside" not in ended.stderr, (limit, ended.stderr)
        assert current_name(index) == served
        assert verify(Generation.current(index)).problems == ()
    assert index_of(documents, index, cache).documents == len(DOCUMENTS) + 1


def test_ctrl_c_stops_a_build_with_a_sentence(tmp_path, documents, index, cache):
    """The exit code is that of a stopped command, the index is as it was, and nothing is left lying about."""
    served = index_of(documents, index, cache).generation
    for number in range(150):
        (documents / f"long-{number}.md").write_text(NOTE + f"\n## 2 Number {number}\n\n" + f"Sentence {number} has some words. " * 30)
    environ = {**os.environ, "ISOBOT_CACHE": str(cache), "ISOBOT_INDEX": str(index), "ISOBOT_SETTINGS": ""}
    with subprocess.Popen(
        [sys.executable, "-m", "isobot", "index", str(documents)],
        cwd=ROOT,
        env=environ,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        waited = time.monotonic() + 60
        while not list((index / "generations").glob(".building-*/catalogue.sqlite")) and time.monotonic() < waited:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert errors.splitlines()[-1] == "isobot: Stopped before it was done. What was published before is as it was."
    assert "Traceback" not in errors
    assert current_name(index) == served
    assert not list((index / "generations").glob(".building-*"))
