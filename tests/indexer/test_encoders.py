"""Models taken into use, and encoders at work."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from corpus.errors import EncoderError, VectorError
from indexer.encoders.agreement import CHECK_SENTENCES, Agreement
from indexer.encoders.card import EncoderCard, fingerprint_of
from indexer.encoders.export import ExportOrder, export
from indexer.encoders.onnx import BASE_MODEL, DEFAULT_MODEL, encoder_for, exported_folder, load_encoder
from indexer.encoders.original import load_original
from tests.indexer.tiny import write_tiny_bert

PASSAGES = ["Staff must review access.", "No visitor may enter.", "The password is twelve characters long. " * 9, "laptop"]


def exported_here(model, folder, precision="int8", notice=lambda words: None, adapter=""):
    """An export in this process, which has loaded torch already."""
    export(ExportOrder(str(model), str(model), True, str(folder), precision, adapter=str(adapter)), notice)
    return load_encoder(folder)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return write_tiny_bert(tmp_path_factory.mktemp("tiny"), pooling="cls", dense=20, prompts={"query": "key: ", "document": ""})


@pytest.fixture(scope="module")
def tiny_cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def tiny_encoder(tiny, tiny_cache):
    return encoder_for(str(tiny), tiny_cache)


def test_the_default_model_is_exported_in_int8_and_close_to_the_original(encoder):
    """384 dimensions, 256 tokens, mean pooling; a mean cosine of at least 0.99 is on its card."""
    card = encoder.card
    assert (card.dimensions, card.max_tokens, card.pooling, card.precision) == (384, 256, ("mean", "normalize"), "int8")
    assert 0.99 <= card.cosine <= 1 and not card.int8_refused
    assert len(encoder.fingerprint) == 32 and encoder.model == DEFAULT_MODEL


def test_a_text_gets_the_same_vector_whatever_stands_beside_it(encoder):
    """To the bit: alone, among others, in another order, on one thread."""
    together = encoder.encode(PASSAGES, "passage")
    backwards = encoder.encode(PASSAGES[::-1], "passage")[::-1]
    alone = np.concatenate([load_encoder(encoder.folder, threads=1).encode([text], "passage") for text in PASSAGES])
    assert np.array_equal(together, backwards) and np.array_equal(together, alone)


def test_vectors_are_unit_rows_that_know_likeness(encoder):
    """A paraphrase without a word in common is nearer than another subject."""
    rows = encoder.encode(["lost notebook computer", "Report a stolen laptop at once.", "Visitors wear a badge."], "query")
    assert rows.dtype == np.float32 and rows.flags.c_contiguous and np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 1])
    assert rows[0] @ rows[1] > 0.3 > 0.15 > rows[0] @ rows[2]


def test_progress_counts_every_text_and_no_text_gives_no_row(encoder):
    """The counts add up to the texts; an empty list is a (0, 384) array."""
    counts: list[int] = []
    encoder.encode(PASSAGES, "passage", counts.append)
    assert sum(counts) == len(PASSAGES)
    assert encoder.encode([], "passage").shape == (0, 384)


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_an_empty_text_is_refused_by_its_position(encoder, empty):
    """The second of two."""
    with pytest.raises(VectorError, match="Text 1 of 2"):
        encoder.encode(["full", empty], "passage")


def test_a_lone_surrogate_does_not_stop_the_encoder(encoder):
    """Half a character, as a broken client may send, counts as an unknown one."""
    assert encoder.encode(["lost \ud83d badge"], "query").shape == (1, 384)


def test_tokens_are_counted_uncut_and_without_the_special_ones(encoder):
    """Two words are two tokens; 700 words are 700, though the model reads 256."""
    assert encoder.count_tokens(["password length", "", "the " * 700]) == [2, 0, 700]


def test_a_folder_of_ones_own_is_taken_into_use(tiny, tiny_encoder):
    """A random BERT with cls pooling, a dense layer and prompts: vectors are those of sentence-transformers, cut included."""
    from sentence_transformers import SentenceTransformer

    original = SentenceTransformer(str(tiny), device="cpu")
    card = tiny_encoder.card
    assert (card.pooling, card.dimensions, card.max_tokens) == (("cls", "dense", "normalize"), 20, 24)
    expected = original.encode(["key: " + text for text in PASSAGES], normalize_embeddings=True)
    cosines = np.einsum("ij,ij->i", expected, tiny_encoder.encode(PASSAGES, "query"))
    assert cosines.mean() >= 0.98
    assert not np.array_equal(tiny_encoder.encode(PASSAGES, "query"), tiny_encoder.encode(PASSAGES, "passage"))


@pytest.mark.parametrize("pooling", ["max", "lasttoken", "weightedmean", "mean_sqrt_len_tokens"])
def test_every_pooling_of_sentence_transformers_is_exported(pooling, tmp_path):
    """Full precision agrees to four places."""
    exported = exported_here(write_tiny_bert(tmp_path, pooling), tmp_path / "cache", "fp32")
    assert exported.card.pooling[0] == pooling
    assert exported.card.worst_cosine == pytest.approx(1, abs=1e-4)


def test_int8_that_disagrees_gives_way_to_full_precision(tmp_path):
    """A model whose activations have an outlier keeps fp32; the reason is told and stands on the card."""
    told: list[str] = []
    model = write_tiny_bert(tmp_path, outlier=2000.0)
    encoder = exported_here(model, tmp_path / "cache", "int8", told.append)
    assert encoder.card.precision == "fp32" and "mean cosine" in encoder.card.int8_refused
    assert any("int8 is refused" in words for words in told)


@pytest.mark.parametrize(
    ("mean", "worst", "precision", "refused"),
    [(0.9901, 0.90, "int8", False), (0.9899, 0.98, "int8", True), (0.9999, 0.998, "fp32", True), (1.0, 1.0, "fp32", False)],
)
def test_an_export_is_refused_below_the_limits(mean, worst, precision, refused):
    """0.99 in the mean for both; full precision is held to 0.999 for each sentence too."""
    assert bool(Agreement(mean, worst).objection(precision)) is refused


def test_a_vector_that_is_no_number_is_refused():
    """NaN is below every limit."""
    rows = np.full((2, 3), np.nan, np.float32)
    assert Agreement.between(rows, rows).objection("int8")


def test_the_check_sentences_are_distinct_and_cover_the_cut():
    """Short ones, and two that are longer than the 512 tokens that such models read."""
    assert len(set(CHECK_SENTENCES)) == len(CHECK_SENTENCES)
    assert min(map(len, CHECK_SENTENCES)) < 5 and sum(len(text.split()) > 512 for text in CHECK_SENTENCES) == 2


def test_a_cached_export_needs_neither_torch_nor_the_model(tiny, tiny_cache, tiny_encoder, tmp_path):
    """Even a copy of the folder elsewhere serves by itself, and torch stays out of the process that exports."""
    copy = shutil.copytree(tiny_encoder.folder, tmp_path / "copy")
    probe = (
        "import sys; from pathlib import Path; from indexer.encoders.onnx import load_encoder; "
        f"load_encoder(Path({str(copy)!r})).encode(['no visitor'], 'query'); "
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", probe], text=True) == "[]\n"


def test_the_export_is_made_once(tiny, tiny_cache, tiny_encoder):
    """The second time nothing is told, and nothing unfinished lies about."""
    told: list[str] = []
    again = encoder_for(str(tiny), tiny_cache, notify=told.append)
    assert not told and again.fingerprint == tiny_encoder.fingerprint
    assert not [path for path in tiny_cache.iterdir() if path.name.startswith(".")]


def test_two_exports_at_once_end_in_one_whole_folder(tmp_path):
    """The slower one leaves the quicker one's result alone."""
    model = write_tiny_bert(tmp_path)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: encoder_for(str(model), tmp_path / "cache", "fp32"), range(2))
    assert first.fingerprint == second.fingerprint
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [first.folder.name]


def test_settings_and_files_decide_where_an_export_stands(tiny, tmp_path):
    """Another precision, prompt or state of the files is another folder."""
    model = shutil.copytree(tiny, tmp_path / "model")
    places = {
        exported_folder(str(model), tmp_path),
        exported_folder(str(model), tmp_path, "fp32"),
        exported_folder(str(model), tmp_path, query_prompt="query: "),
        exported_folder(str(model), tmp_path, passage_prompt="query: "),
    }
    os.utime(model / "config.json", (1, 1))
    assert len(places | {exported_folder(str(model), tmp_path)}) == 5


def test_the_fingerprint_follows_everything_that_decides_a_vector():
    """Weights, tokenizer and each fact change it; nothing else is in it."""
    same = fingerprint_of("w", "t", precision="int8", query_prompt="")
    assert same == fingerprint_of("w", "t", query_prompt="", precision="int8")
    others = [fingerprint_of("v", "t", precision="int8", query_prompt=""), fingerprint_of("w", "u", precision="int8", query_prompt="")]
    others += [fingerprint_of("w", "t", precision="fp32", query_prompt=""), fingerprint_of("w", "t", precision="int8", query_prompt="q")]
    assert len({same, *others}) == 5


def test_a_model_that_is_nowhere_is_said_to_be(tmp_path):
    """A path without a folder, and a hub name that is not cached while the hub may not be asked."""
    with pytest.raises(EncoderError, match="does not exist"):
        encoder_for(str(tmp_path / "none"), tmp_path)
    with pytest.raises(EncoderError, match=r"nobody/no-such-model cannot be loaded.*HF_HUB_OFFLINE"):
        encoder_for("nobody/no-such-model", tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_model_of_unknown_modules_is_refused_by_their_names(tiny, tmp_path):
    """A layer that the export does not know is named."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import LayerNorm

    model = SentenceTransformer(str(tiny), device="cpu")
    SentenceTransformer(modules=[model[0], model[1], LayerNorm(32)], device="cpu").save(str(tmp_path / "odd"))
    with pytest.raises(EncoderError, match="LayerNorm"):
        exported_here(tmp_path / "odd", tmp_path / "cache")


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_damaged_export_is_reported_with_what_to_do(tiny_encoder, tmp_path, file):
    """Cut short or missing: the message names the folder."""
    folder = shutil.copytree(tiny_encoder.folder, tmp_path / "copy")
    (folder / file).write_bytes((folder / file).read_bytes()[:100])
    with pytest.raises(EncoderError, match="copy"):
        load_encoder(folder)
    (folder / file).unlink()
    with pytest.raises(EncoderError, match="copy"):
        load_encoder(folder)


def test_tokens_are_counted_without_the_network(tiny_encoder, tmp_path):
    """It is opened when the first text is encoded, and missed then."""
    folder = shutil.copytree(tiny_encoder.folder, tmp_path / "copy")
    (folder / "model.onnx").unlink()
    counting = load_encoder(folder, later=True)
    assert counting.count_tokens(PASSAGES) == tiny_encoder.count_tokens(PASSAGES)
    with pytest.raises(EncoderError, match="copy"):
        counting.encode(["laptop"], "query")


def test_an_export_of_another_version_is_refused(tiny_encoder, tmp_path):
    """An index made by a later isobot says so."""
    folder = shutil.copytree(tiny_encoder.folder, tmp_path / "copy")
    facts = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
    (folder / "encoder.json").write_text(json.dumps(facts | {"export_version": 99}), encoding="utf-8")
    with pytest.raises(EncoderError, match="version 99"):
        EncoderCard.read(folder)


def test_a_part_has_the_meaning_of_its_sentence(encoder):
    """Rows of the parts come after the row of the whole, and each is nearest to its own sentence."""
    first, second = "Report a stolen laptop at once.", "Visitors wear a badge in the building."
    text = f"{first} {second}"
    ((whole, *parts),) = encoder.encode_parts([text], [[(0, len(first)), (len(first) + 1, len(text))]])
    assert np.array_equal(whole, encoder.encode([text], "passage")[0])
    alone = encoder.encode([first, second], "passage")
    likeness = np.stack(parts) @ alone.T
    assert likeness.argmax(axis=1).tolist() == [0, 1]
    assert likeness.diagonal().min() > 0.7


def test_a_part_beyond_what_the_model_reads_is_encoded_by_itself(encoder):
    """Its words would otherwise have no token."""
    end = "Visitors wear a badge."
    text = "Keys are kept in the safe. " * 60 + end
    ((_, part),) = encoder.encode_parts([text], [[(len(text) - len(end), len(text))]])
    assert np.array_equal(part, encoder.encode([end], "passage")[0])


def adapter_of(file, changes):
    """A file of matrices that anybody could have trained."""
    save_file({name: np.asarray(rows, np.float16) for name, rows in changes.items()}, file)
    return file


def test_an_adapter_changes_the_weights_that_it_names_and_no_others(tiny, tmp_path):
    """B·A of (32, 1) and (1, 32) with ones in the first row and column: one value of one map grows by 0.5."""
    name = "encoder.layer.1.output.dense"
    inputs, outputs = np.zeros((1, 64)), np.zeros((32, 1))
    inputs[0, 3], outputs[7, 0] = 1, 0.5
    file = adapter_of(tmp_path / "one.safetensors", {f"{name}.A": inputs, f"{name}.B": outputs})
    plain, adapted = (load_original("tiny", str(tiny), True) for _ in range(2))
    adapted.adapt(file)
    before, after = (one.network[0].auto_model.state_dict() for one in (plain, adapted))
    changed = {key: (after[key] - before[key]).numpy() for key in before if not np.array_equal(before[key], after[key])}
    assert list(changed) == [f"{name}.weight"]
    assert changed[f"{name}.weight"][7, 3] == pytest.approx(0.5) and np.count_nonzero(changed[f"{name}.weight"]) == 1


def test_a_model_with_an_adapter_is_another_encoder(tiny, tmp_path):
    """Its file is named behind a plus sign; vectors and fingerprint are others, and a changed file is exported anew."""
    name = "encoder.layer.0.attention.self.query"
    rows = np.random.default_rng(3).normal(size=(2, 32))
    file = adapter_of(tmp_path / "mine.safetensors", {f"{name}.A": rows, f"{name}.B": rows.T})
    bare, adapted = exported_here(tiny, tmp_path / "bare"), exported_here(tiny, tmp_path / "adapted", adapter=file)
    assert adapted.fingerprint != bare.fingerprint
    assert adapted.encode(["password"], "query") @ bare.encode(["password"], "query").T < 0.9999
    first = exported_folder(f"{tiny}+{file}", tmp_path / "cache")
    adapter_of(file, {f"{name}.A": rows, f"{name}.B": 2 * rows.T})
    assert exported_folder(f"{tiny}+{file}", tmp_path / "cache") != first


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"encoder.layer.9.output.dense.A": [[1.0]], "encoder.layer.9.output.dense.B": [[1.0]]}, "does not fit"),
        ({"x": [1.0]}, "changes nothing"),
    ],
)
def test_an_adapter_of_another_model_is_refused(tiny, tmp_path, changes, said):
    file = adapter_of(tmp_path / "other.safetensors", changes)
    with pytest.raises(EncoderError, match=said):
        load_original("tiny", str(tiny), True).adapt(file)


def test_an_adapter_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(EncoderError, match=r"nonsense.*or one of: policies"):
        exported_folder("all-MiniLM-L6-v2+nonsense", Path("cache"))


def test_the_default_model_is_the_base_with_the_shipped_adapter(encoder):
    """A question in staff's words is nearer to the rule it asks for than to one that shares its words."""
    assert f"{BASE_MODEL}+policies" == DEFAULT_MODEL == encoder.model
    rules = ["Privately owned removable media must not be connected to company computers.", "Plug sockets are tested every year."]
    near, far = (encoder.encode(["can i plug my own usb in"], "query") @ encoder.encode(rules, "passage").T)[0]
    assert near > far
