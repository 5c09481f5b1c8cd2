"""The models that an index keeps."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import EncoderError
from indexer.build import BuildOptions, build
from indexer.generation import Generation, current_name
from indexer.sources import find
from tests.organisation import index_of

NOTE = "# Note\n\n## 1 Paper\n\nLock all paper away.\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.md").write_text(NOTE)
    return tmp_path / "documents"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_model_that_is_damaged_is_not_kept_in_the_index(file, documents, index, cache, tmp_path):
    """Also where every passage was embedded before: the build fails, and what was published is served."""
    (documents / "more.md").write_text(NOTE.replace("paper", "glass"))
    first = index_of(documents, index, cache)
    (documents / "more.md").unlink()
    encoders = shutil.copytree(cache / "encoders", tmp_path / "encoders")
    for damaged in encoders.rglob(file):
        damaged.write_bytes(damaged.read_bytes()[:100])
    with pytest.raises(EncoderError, match="cannot be loaded"):
        build(find([documents]), index, BuildOptions(encoders))
    assert current_name(index) == first.generation
    Generation.current(index).encoder().encode(["paper"], "query")


def test_a_model_that_cache_and_index_have_lost_is_missed(documents, index, cache, tmp_path):
    """What neither has is not taken for the same."""
    index_of(documents, index, cache)
    encoders = shutil.copytree(cache / "encoders", tmp_path / "encoders")
    for model in [*encoders.rglob("model.onnx"), *index.rglob("model.onnx")]:
        model.unlink()
    with pytest.raises(EncoderError, match="lacks model"):
        build(find([documents]), index, BuildOptions(encoders))


def test_a_model_that_only_the_cache_has_lost_or_altered_is_not_put_in_place_of_the_right_one(documents, index, cache, tmp_path):
    """Where there is nothing to encode, nothing is amiss."""
    first = index_of(documents, index, cache)
    (kept,) = index.rglob("model.onnx")
    right = kept.read_bytes()
    encoders = shutil.copytree(cache / "encoders", tmp_path / "encoders")
    for model in encoders.rglob("model.onnx"):
        model.write_bytes(b"no model")
    assert build(find([documents]), index, BuildOptions(encoders)).generation == first.generation
    assert kept.read_bytes() == right
