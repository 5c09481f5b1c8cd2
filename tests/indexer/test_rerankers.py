"""Re-rankers: a CrossEncoder exported once, checked, and run without torch."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from corpus.errors import DamagedGenerationError, EncoderError, EncoderMismatchError
from indexer.build import BuildOptions, build
from indexer.generation import Generation, model_folder
from indexer.rerankers.export import ExportOrder, export
from indexer.rerankers.onnx import load_reranker, reranker_for
from indexer.sources import find
from isobot.question import Question
from isobot.responder import Responder
from isobot.settings import Settings
from tests.indexer.tiny import write_tiny_cross_encoder

PASSAGES = ["Staff must review access every month.", "No visitor may enter.", "The password is twelve characters long. " * 9, "laptop"]
QUESTION = "who must review access?"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_cross_encoder(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def reranker(tiny, models):
    return reranker_for(str(tiny), models, "fp32")


def predicted(model, passages):
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    return CrossEncoder(str(model), device="cpu").predict([(QUESTION, text) for text in passages], activation_fn=Identity())


def test_scores_are_those_of_the_original(reranker, tiny):
    """To a thousandth, the passage that is cut to 48 tokens included; its card names the limit."""
    assert np.allclose(reranker.scores(QUESTION, PASSAGES), predicted(tiny, PASSAGES), atol=1e-3)
    assert reranker.card.max_tokens == 48 and reranker.card.agreement >= 0.9999


def test_scores_depend_on_the_words(reranker):
    """Two passages of one length that differ in a word get two scores, as does one under two questions."""
    laptop, visitor = reranker.scores(QUESTION, ["no laptop", "no visitor"])
    (asked_otherwise,) = reranker.scores("who must review laptop?", ["no laptop"])
    assert abs(laptop - visitor) > 0.01 and abs(laptop - asked_otherwise) > 0.01


def test_a_model_without_token_types_is_taken_into_use(tmp_path):
    """DistilBERT is not told which of the two a token belongs to."""
    model = write_tiny_cross_encoder(tmp_path, types=False)
    export(ExportOrder("mine", str(model), True, str(tmp_path / "out"), "fp32"), lambda words: None)
    assert np.allclose(load_reranker(tmp_path / "out").scores(QUESTION, PASSAGES), predicted(model, PASSAGES), atol=1e-3)


def test_a_pair_gets_the_same_score_whatever_stands_beside_it(reranker):
    """To the bit, so that a hidden document changes no order; and no passage gives no score."""
    together = reranker.scores(QUESTION, PASSAGES)
    assert np.array_equal(together, np.concatenate([reranker.scores(QUESTION, [text]) for text in PASSAGES]))
    assert reranker.scores(QUESTION, []).shape == (0,)


def test_int8_is_used_where_it_agrees(tiny, tmp_path):
    """Its card says how well, and what was told says which."""
    told: list[str] = []
    export(ExportOrder("mine", str(tiny), True, str(tmp_path / "out")), told.append)
    card = load_reranker(tmp_path / "out").card
    assert (card.precision, card.agreement >= 0.98) == ("int8", True) and "exported in int8" in told[-1]


def test_a_model_of_several_scores_is_refused(tmp_path):
    """One that tells three classes apart is no re-ranker."""
    model = write_tiny_cross_encoder(tmp_path, labels=3)
    with pytest.raises(EncoderError, match="gives 3 scores"):
        export(ExportOrder("mine", str(model), True, str(tmp_path / "out")), lambda words: None)


def test_a_re_ranker_that_is_nowhere_is_said_to_be(tmp_path):
    with pytest.raises(EncoderError, match="does not exist"):
        reranker_for(str(tmp_path / "none"), tmp_path)


def test_a_cached_export_needs_no_torch(reranker, tmp_path):
    """A copy of the folder elsewhere serves by itself."""
    copy = shutil.copytree(reranker.folder, tmp_path / "copy")
    probe = (
        "import sys; from pathlib import Path; from indexer.rerankers.onnx import load_reranker; "
        f"load_reranker(Path({str(copy)!r})).scores('who', ['no visitor']); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", probe], text=True) == "[]\n"


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "reranker.json"])
def test_a_damaged_export_is_reported_with_what_to_do(reranker, tmp_path, file):
    folder = shutil.copytree(reranker.folder, tmp_path / "copy")
    (folder / file).write_bytes((folder / file).read_bytes()[:50])
    with pytest.raises(EncoderError, match="copy"):
        load_reranker(folder)


def test_an_export_of_another_version_is_refused(reranker, tmp_path):
    folder = shutil.copytree(reranker.folder, tmp_path / "copy")
    facts = json.loads((folder / "reranker.json").read_text(encoding="utf-8"))
    (folder / "reranker.json").write_text(json.dumps(facts | {"export_version": 99}), encoding="utf-8")
    with pytest.raises(EncoderError, match="version 99"):
        load_reranker(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory, cache, tiny):
    """A folder of one policy, indexed with the re-ranker."""
    home = tmp_path_factory.mktemp("built")
    rules = ["Staff review access.", "A visitor signs in.", "The laptop is locked.", "Backups are kept for 35 days."]
    (home / "rules").mkdir()
    text = "# Rules\n\n" + "\n\n".join(f"## {number} Rule\n\n{rule}" for number, rule in enumerate(rules, 1))
    (home / "rules" / "rules.md").write_text(text, encoding="utf-8")
    build(find([home / "rules"]), home / "index", BuildOptions(cache / "encoders", reranker=str(tiny)))
    return home


def test_an_index_answers_in_the_order_of_its_re_ranker(built, cache, tiny):
    """The clauses come as the original scores them with their title and path before them; the index records which one it was."""
    responder = Responder(Settings(index=built / "index", cache=cache, reranker=str(tiny)), lambda: date(2026, 9, 15))
    answer = responder.answer(Question("when is the laptop locked?"))
    shown = answer.citations or answer.nearest
    reranker = responder.generation.reranker
    texts = [f"Rules › {c.clause_path}\n{c.quote}" for c in shown]
    scores = reranker.scores("when is the laptop locked?", texts)
    assert len(shown) == 4 and list(scores) == sorted(scores, reverse=True)
    assert responder.generation.manifest.settings["reranker"] == str(tiny)


def test_settings_that_name_another_re_ranker_are_refused(built, cache):
    """Rather than answering in an order that nobody asked for."""
    with pytest.raises(EncoderMismatchError, match="reranker"):
        Responder(Settings(index=built / "index", cache=cache))


def test_an_index_that_lost_its_re_ranker_says_so_and_is_mended(built, tmp_path, cache, tiny):
    """By the next build, as it says."""
    index = shutil.copytree(built / "index", tmp_path / "index")
    generation = Generation.current(index)
    shutil.rmtree(model_folder(index, generation.manifest.settings["reranker_fingerprint"]))
    with pytest.raises(DamagedGenerationError, match="lost its re-ranker"):
        _ = generation.reranker
    generation.close()
    build(find([built / "rules"]), index, BuildOptions(cache / "encoders", reranker=str(tiny)))
    assert Generation.current(index).reranker is not None
