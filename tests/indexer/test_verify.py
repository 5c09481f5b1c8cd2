"""What verification catches: each part of an index that is no longer what was published."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import DamagedGenerationError, EncoderMismatchError, IsobotError, NoGenerationError
from indexer.generation import CURRENT, Generation, current_name
from indexer.manifest import FILE, Manifest, hashes_of
from indexer.verify import verify


@pytest.fixture
def index(organisation, tmp_path: Path) -> Path:
    """A copy of the organisation's index, to be damaged."""
    return Path(shutil.copytree(organisation.index, tmp_path / "index"))


@pytest.fixture
def folder(index: Path) -> Path:
    return index / "generations" / current_name(index)


def sealed(folder: Path) -> None:
    """State the hashes of the files as they are now, as somebody would who covers his traces."""
    manifest = json.loads((folder / FILE).read_text())
    (folder / FILE).write_text(json.dumps(manifest | {"files": hashes_of(folder)}))


def change(file: Path, statement: str) -> None:
    with sqlite3.connect(file) as connection:
        assert connection.execute(statement).rowcount
    connection.close()


def problems(index: Path) -> tuple[str, ...]:
    return verify(Generation.current(index)).problems


def test_a_published_index_holds(index, folder):
    """Nothing is found wrong with what a build made, and the counts are those of the manifest."""
    found = verify(Generation.current(index))
    manifest = Manifest.read(folder)
    assert found.problems == ()
    assert (found.documents, found.clauses, found.passages) == (manifest.documents, manifest.clauses, manifest.passages)
    assert found.documents == 8


def test_an_altered_text_is_named_by_its_hash(index):
    """One character in the store of texts is enough."""
    change(index / "texts.sqlite", "UPDATE texts SET characters = replace(characters, 'within four hours', 'within nine hours')")
    assert len(problems(index)) == 1
    assert "was altered" in problems(index)[0]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('UPDATE clauses SET "end" = "end" + 9000 WHERE position = 1 AND document = 0', "leaves its parent"),
        ("UPDATE clauses SET start = 0 WHERE position = 2 AND document = 0", "leaves its parent"),
        ("UPDATE clauses SET body = start - 1 WHERE position = 1 AND document = 0", "spans"),
        ("UPDATE clauses SET parent = position WHERE position = 1 AND document = 0", "as its parent, which does not stand before it"),
        ("UPDATE clauses SET parent = 99 WHERE position = 1 AND document = 0", "as its parent, which does not stand before it"),
        ("DELETE FROM clauses WHERE position = 3 AND document = 0", "belongs to clause"),
        ("DELETE FROM documents WHERE id = 7", "the manifest states 8 documents, 7 are there"),
        ("UPDATE links SET start = 123456, \"end\" = 123460", "a control id spans 123456:123460 in a text of"),
        (
            "UPDATE documents SET record = replace(record, 'Access Control Policy', 'Access'), pages = '[[1, 0, 99999, null]]'",
            "a page spans",
        ),
        ("UPDATE documents SET record = 'gibberish' WHERE id = 1", "is damaged at document 1"),
        ("UPDATE documents SET blocks = x'00' WHERE id = 1", "is damaged at document 1"),
        ("UPDATE documents SET record = replace(record, '[\"security\"]', 'null')", "documents.npy"),
    ],
)  # fmt: skip
def test_an_altered_catalogue_is_found_even_where_the_hashes_were_made_to_fit(statement, expected, index, folder):
    """Clauses that leave their text or their parent, lost rows, ranges beyond the text, and documents opened to everybody."""
    change(folder / "catalogue.sqlite", statement)
    assert any("catalogue.sqlite was altered" in problem for problem in problems(index))
    sealed(folder)
    found = problems(index)
    assert any(expected in problem for problem in found), found


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("start", 0, "leaves its clause"),
        ("end", 999_999, "leaves its clause"),
        ("clause", 77, "belongs to clause 77, which is not there"),
        ("document", 77, "belongs to document 77, which is not there"),
    ],
)
def test_a_moved_passage_is_found(column, value, expected, index, folder):
    """A passage must stay in the clause that it is a window of."""
    rows = np.load(folder / "passages.npy")
    rows[column][3] = value
    np.save(folder / "passages.npy", rows)
    sealed(folder)
    assert any(expected in problem for problem in problems(index))


def test_access_that_was_opened_is_found(index, folder):
    """What the search decides by must say what the document says."""
    rows = np.load(folder / "documents.npy")
    rows["audience"] = -1
    np.save(folder / "documents.npy", rows)
    sealed(folder)
    assert problems(index) == ("falcon-runbook.md: who may read it, or when, was altered in documents.npy",)


PARTS = [
    "vectors/vectors.faiss",
    "keywords/passages/counts.npy",
    "keywords/clause_pairs/keywords.json",
]


@pytest.mark.parametrize("part", [*PARTS, "documents.npy"])
@pytest.mark.parametrize("how", ["missing", "altered", "truncated"])
def test_every_file_of_a_generation_is_checked(part, how, index, folder):
    """A missing one, a flipped bit, a lost end: the file is named, and the check goes on to its end."""
    content = (folder / part).read_bytes()
    if how == "missing":
        (folder / part).unlink()
    else:
        (folder / part).write_bytes(content[:-9] if how == "truncated" else content[:-1] + bytes([content[-1] ^ 1]))
    found = verify(Generation.current(index))
    said = "is missing" if how == "missing" else "was altered"
    assert any(str(folder / part) in problem and said in problem for problem in found.problems)
    assert found.clauses == Manifest.read(folder).clauses


def test_an_encoder_that_is_gone_or_was_altered_is_found(index):
    """An index that cannot be asked, or by another model than built it, does not hold."""
    (encoder,) = (index / "encoders").iterdir()
    card = json.loads((encoder / "encoder.json").read_text())
    (encoder / "encoder.json").write_text(json.dumps(card | {"fingerprint": "0" * 32}))
    assert any(f"the encoder {encoder.name[:12]} in the index is missing or was altered" in problem for problem in problems(index))
    assert any("the encoder in the index is 000000000000" in problem for problem in problems(index))
    shutil.rmtree(encoder)
    assert any("Run `isobot index` to put it back" in problem for problem in problems(index))


def test_an_index_that_is_not_there_is_told_from_a_damaged_one(tmp_path, index, folder):
    """Nothing published is the asker's matter; a pointer to nothing, or with no name in it, is damage."""
    with pytest.raises(NoGenerationError, match=r"There is no index in .*nowhere\. Build one with `isobot index PATH"):
        Generation.current(tmp_path / "nowhere")
    with pytest.raises(NoGenerationError, match="holds no generation 'other'"):
        Generation(index, "other")
    for content in (b"", b"\xff\xfe", b"../../etc", b"..", b"a/b"):
        (index / CURRENT).write_bytes(content)
        with pytest.raises(DamagedGenerationError, match=r"current holds .* names no generation\. Run `isobot index`"):
            Generation.current(index)
    (index / CURRENT).write_text("20200101T000000000Z-00000000\n")
    with pytest.raises(DamagedGenerationError, match=r"which is not there\. Run `isobot index`"):
        Generation.current(index)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "7", '{"format": 6}', '{"format": 6, "skipped": [1]}', "\udcff"]
)
def test_a_manifest_that_is_none_is_named(content, index, folder):
    """Whatever stands in the file, the error says which and what to do."""
    (folder / FILE).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(DamagedGenerationError, match=r"manifest.json cannot be read .*Run `isobot index`"):
        Generation.current(index)


def test_a_manifest_without_its_facts_is_damaged_and_of_another_format_is_refused(index, folder):
    """An index of an older isobot is not misread."""
    manifest = json.loads((folder / FILE).read_text())
    (folder / FILE).write_text(json.dumps(manifest | {"encoder": {"model": "x"}}))
    with pytest.raises(DamagedGenerationError, match="lacks facts about the encoder"):
        Generation.current(index)
    (folder / FILE).write_text(json.dumps(manifest | {"format": 1}))
    with pytest.raises(EncoderMismatchError, match=r"has index format 1; this version of isobot reads 6\. Run `isobot index`"):
        Generation.current(index)


@pytest.mark.parametrize("part", [*PARTS, "documents.npy", "passages.npy", "catalogue.sqlite"])
def test_loading_finds_what_could_not_answer(part, index, folder):
    """An index that opens is one that serves: each part is there and fits the others."""
    (folder / part).write_bytes(b"")
    with pytest.raises(IsobotError, match=r"Run `isobot index`"):
        Generation.current(index).load()


def test_parts_of_two_generations_do_not_load_together(index, folder):
    """Arrays of other lengths are refused instead of quoting the wrong clause."""
    np.save(folder / "passages.npy", np.load(folder / "passages.npy")[:-1])
    with pytest.raises(DamagedGenerationError, match="does not fit the other parts"):
        Generation.current(index).load()
