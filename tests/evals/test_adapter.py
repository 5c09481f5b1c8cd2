"""Training an adapter, on a network small enough to be trained in a test."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from typer.testing import CliRunner, Result

from corpus.errors import DatasetError, EncoderError
from evals.adapter import command, making
from evals.adapter.batches import Batch
from evals.adapter.figures import figures, rows
from evals.adapter.folds import held_out
from evals.adapter.loss import loss_of
from evals.adapter.low_rank import adapted, mean_of, merged, tensors_of, write
from evals.adapter.making import make
from evals.adapter.mining import mined
from evals.adapter.network import Network, PassageVectors, load_network
from evals.adapter.ranking import ranks
from evals.adapter.recipe import Recipe
from evals.adapter.training import train
from evals.adapter.training_set import HeadedPassage, Pair, Probe, TrainingSet
from evals.cli.main import app
from indexer.encoders.original import load_original
from indexer.progress import Silent
from tests.evals.examples import write_lines
from tests.indexer.tiny import write_tiny_bert

TEXTS = ("staff may review a key", "the laptop must not access", "visitor access month", "no password the hour", "a month review staff",
         "key key hour")  # fmt: skip
ASKED = ("hour laptop", "visitor key", "no no", "review", "must password", "access the month")
QUICK = Recipe(rank=4, epochs=30, rate=1e-2, batch=8)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_tiny_bert(tmp_path_factory.mktemp("tiny")))


@pytest.fixture
def network(model: str) -> Network:
    return load_network(model, device="cpu")


def headed(text: str, document: str) -> HeadedPassage:
    above = "a no\n"
    return HeadedPassage(above + text, ((len(above), len(above) + len(text)),) * 2, document)


@pytest.fixture
def training() -> TrainingSet:
    """Six passages of six documents, one question each, which says nothing of what its passage says."""
    return TrainingSet(
        "own",
        tuple(headed(text, f"d{at}.md") for at, text in enumerate(TEXTS)),
        tuple(Pair(question, at, 0) for at, question in enumerate(ASKED)),
        tuple(Probe(question, (at,), "written") for at, question in enumerate(ASKED)),
    )


def placed(network: Network, training: TrainingSet) -> list[int]:
    return ranks(network, network.embedded(training.passages), training.probes)


def test_the_right_passage_rises_to_the_top(network: Network, training: TrainingSet) -> None:
    """At first chance ranks them; trained, each of the six questions has its own passage first."""
    before = placed(network, training)
    torch.manual_seed(0)
    with adapted(network.transformer, QUICK.rank) as maps:
        assert placed(network, training) == before  # a change that is not trained changes nothing
        train(network, maps, [training], QUICK, 40.0, lambda: None)
        after = placed(network, training)
    assert max(before) > 1 and after == [1] * 6
    assert placed(network, training) == before  # and one that is taken away leaves nothing


def test_the_file_changes_a_model_as_training_did(network: Network, training: TrainingSet, model: str, tmp_path: Path) -> None:
    """Two matrices for each of the six linear maps of both layers; merged into the weights they give the trained vectors."""
    file = tmp_path / "own.safetensors"
    with adapted(network.transformer, QUICK.rank) as maps:
        train(network, maps, [training], QUICK, 40.0, lambda: None)
        trained = network.questions(ASKED).detach()
        tensors = tensors_of(maps)
    write(tensors, file)
    inside = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense", "intermediate.dense",
              "output.dense")  # fmt: skip
    assert set(tensors) == {f"encoder.layer.{layer}.{name}.{side}" for layer in (0, 1) for name in inside for side in "AB"}
    shapes = {name: tuple(tensors[f"encoder.layer.1.{name}"].shape) for name in ("intermediate.dense.A", "intermediate.dense.B")}
    assert shapes == {"intermediate.dense.A": (4, 32), "intermediate.dense.B": (64, 4)}
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float16}
    assert [path.name for path in tmp_path.iterdir()] == ["own.safetensors"]
    plain = network.questions(ASKED)
    found = load_file(file)
    for name in {name.removesuffix(".A").removesuffix(".B") for name in found}:
        network.transformer.get_submodule(name).weight.data += found[f"{name}.B"].float() @ found[f"{name}.A"].float()
    assert not torch.allclose(plain, trained, atol=0.05)
    assert torch.allclose(network.questions(ASKED), trained, atol=0.01)


def test_what_is_kept_is_a_share_of_the_mean_of_trainings(network: Network) -> None:
    """Half of the mean of changes of 2 and 4 in one place is 1.5 there; at the end of the block the weights are as before."""
    name = "encoder.layer.0.output.dense"
    row, column = torch.zeros(1, 64), torch.zeros(32, 1)
    row[0, 5], column[3, 0] = 1, 1
    mean = mean_of([{f"{name}.A": row, f"{name}.B": times * column} for times in (2, 4)], 0.5)
    assert mean[f"{name}.A"].shape == (2, 64) and mean[f"{name}.B"].shape == (32, 2)
    weight = network.transformer.get_submodule(name).weight
    before = weight.detach().clone()
    with merged(network.transformer, mean):
        changed = weight.detach() - before
    assert changed[3, 5].item() == pytest.approx(1.5) and changed.count_nonzero() == 1
    assert torch.equal(weight, before)


def test_the_network_gives_the_vectors_of_the_model(network: Network, model: str) -> None:
    """Questions and passages of different lengths in one batch, as sentence-transformers encodes them; a part is the mean of its tokens."""
    original = load_original("tiny", model, True)
    assert torch.allclose(network.questions(ASKED), torch.tensor(original.encode(ASKED)), atol=1e-5)
    some = [headed(text, "d.md") for text in TEXTS]
    vectors = network.passages(some)
    assert torch.allclose(vectors.headed, torch.tensor(original.encode([one.text for one in some])), atol=1e-5)
    ids = torch.tensor([original.network[0].tokenizer(some[1].text)["input_ids"]])
    tokens = network.transformer(input_ids=ids).last_hidden_state[0, 3:-1]  # behind [CLS] a no
    assert torch.allclose(vectors.bare[1], torch.nn.functional.normalize(tokens.mean(0), dim=0), atol=1e-5)
    assert torch.equal(vectors.bare, vectors.sentences) and vectors.owners.tolist() == [0, 1, 2, 3, 4, 5]


def test_a_model_that_pools_otherwise_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="pools by cls"):
        load_network(str(write_tiny_bert(tmp_path, pooling="cls")))


class Asked:
    """A network that every question has the same vector for."""

    device = torch.device("cpu")

    def __init__(self, question: Sequence[float]) -> None:
        self._question = torch.tensor(question)

    def asked(self, texts: Sequence[str]) -> torch.Tensor:
        return self._question.repeat(len(texts), 1)


def test_negatives_are_near_the_question_and_no_answers() -> None:
    """Left out are the right passage, a second answer, what is nearly the right one, and what is curated; the rest stands by closeness."""
    passages = [[0.0, 0.0, 1.0], [0.6, 0.8, 0.0], [0.0, 0.3, 0.9], [1.0, 0.0, 0.0], [0.8, 0.6, 0.0], [0.9, 0.0, 0.4]]
    documents = ("right", "further", "like", "faq.md", "near", "nearest")
    training = TrainingSet(
        "own",
        tuple(HeadedPassage("text", ((0, 4),), document) for document in documents),
        (Pair("q", 0), Pair("q", 1), Pair("other", 4)),
        curated=frozenset({"faq.md"}),
    )
    asked: Any = Asked([1.0, 0.0, 0.0])
    rows_of_passages = torch.tensor(passages)
    found = mined(asked, training, rows_of_passages)
    assert found.pairs[0].wrong == (5, 4)
    assert found.pairs[1].wrong == (5, 2)  # 4 has the cosine 0.96 with this right passage
    assert found.pairs[2].wrong == (5, 2, 0)  # and 1 with this one
    assert mined(asked, training, rows_of_passages, 1).pairs[0].wrong == (5,)


def test_the_loss_is_the_surprise_at_the_right_passage_and_sentence() -> None:
    """Logits 1 and 0 by passages, 1, 0 and 0 by all sentences, 1 and 0 by those of the right passage."""
    east, north = [1.0, 0.0], [0.0, 1.0]
    both = torch.tensor([east, north])
    vectors = PassageVectors(both, both, torch.tensor([east, north, north]), torch.tensor([0, 0, 1]))
    two, three = math.log(1 + math.exp(-1)), math.log(1 + 2 * math.exp(-1))

    def loss(sentence: int | None, *also: tuple[int, int]) -> float:
        return loss_of(torch.tensor([east]), vectors, Batch(("q",), (), (0,), (sentence,), also), 1.0, 0.5).item()

    assert loss(None) == pytest.approx(two, abs=1e-6)
    assert loss(0) == pytest.approx(two + 0.5 * (three + two) / 2, abs=1e-6)
    assert loss(None, (0, 1)) == pytest.approx(0, abs=1e-6)


def with_every_other(training: TrainingSet) -> TrainingSet:
    """Each pair with all passages but the right one as its wrong ones."""
    places = range(len(training.passages))
    pairs = (replace(pair, wrong=tuple(at for at in places if at != pair.right)) for pair in training.pairs)
    return replace(training, pairs=tuple(pairs))


def test_folds_never_train_on_a_document_that_is_held_out(
    network: Network, training: TrainingSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What training is given has no passage of the fold, right or wrong; the last run has everything, and is the one that is kept."""
    given: list[TrainingSet] = []
    monkeypatch.setattr(making, "train", lambda network, maps, sets, recipe, scale, progress: given.extend(sets) or 0.0)
    monkeypatch.setattr(making, "mined", lambda network, one, embedded: with_every_other(one))
    made = make(network, [training], Recipe(rank=2, scales=(40.0,)), 3, Silent())
    folds = [held_out(training, fold, 3) for fold in range(3)]
    used = [fold for fold in folds if fold]
    assert len(given) == len(used) + 1 and len(used) > 1
    for held, one in zip(used, given, strict=False):
        seen = {at for pair in one.pairs for at in (pair.right, *pair.wrong)}
        assert {training.passages[at].document for at in seen}.isdisjoint(held)
        assert {pair.right for pair in one.pairs} == {at for at in range(6) if training.passages[at].document not in held}
    assert given[-1] == with_every_other(training)
    (record,) = made.held_out
    assert record["questions"] == 6 and record["before"] == record["after"]


def test_folds_that_leave_nothing_to_train_on_are_refused(network: Network, training: TrainingSet) -> None:
    """All questions are about one document."""
    alone = TrainingSet("own", training.passages, training.pairs[:1], training.probes[:1])
    with pytest.raises(DatasetError, match="none is left to train on"):
        make(network, [alone], Recipe(rank=2), 2, Silent())


def test_figures_count_hits_by_dataset_and_kind() -> None:
    """Ranks 1 and 4 before, 1 and 2 after, and of the other kind 20 and 10."""
    probes = (Probe("a", (0,), "written"), Probe("c", (1,), "asked"), Probe("b", (1,), "written"))
    found = figures([TrainingSet("own", (), (), probes)], [[1, 20, 4]], [[1, 10, 2]])
    assert rows(found) == [
        ("dataset", "kind", "questions", "hit@1", "hit@3", "hit@10"),
        ("own", "written", "2", "0.500 → 0.500", "0.500 → 1.000", "1.000 → 1.000"),
        ("own", "asked", "1", "0.000 → 0.000", "0.000 → 0.000", "0.000 → 1.000"),
    ]


@pytest.fixture
def typed(model: str, encoder_cache: Path, encoder: object, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """`python -m evals adapt` with what is typed behind it, on the tiny model."""
    monkeypatch.setattr(command, "load_network", lambda base, *prompts: load_network(model, *prompts, device="cpu"))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(app, ["adapt", *map(str, arguments)], env={"ISOBOT_CACHE": str(encoder_cache.parent)})

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents of a sentence, a question about each, and one whose range is no sentence."""
    sentences = ("Every key is returned.", "Badges are worn.", "Visitors sign the book.")
    for at, sentence in enumerate(sentences):
        file = tmp_path / "own" / "documents" / f"{at}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(sentence + "\n", encoding="utf-8")
    lines: list[dict[str, Any]] = [
        {"question": f"what of {at}?", "file": f"{at}.txt", "start": 0, "end": len(sentence)} for at, sentence in enumerate(sentences)
    ]
    write_lines(tmp_path / "own" / "training.jsonl", [*lines, lines[0] | {"end": 5}])
    return tmp_path / "own"


def test_an_adapter_is_made_of_documents_and_questions(typed: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    """From files to a file: what was trained on is told, and so is a line that no longer fits."""
    out = tmp_path / "own.safetensors"
    quick = ("--out", out, "--rank", 2, "--epochs", 1)
    done = typed(folder, *quick, "--folds", 2, "--json")
    assert done.exit_code == 0, done.output
    record = json.loads(done.stdout)
    assert record["datasets"] == [{"name": "own", "passages": 3, "pairs": 3, "unresolved": [4]}]
    assert (record["maps"], record["held_out"][0]["questions"], record["recipe"]["epochs"]) == (12, 3, 1)
    assert "lines 4. Drop these lines" in " ".join(done.stderr.split())
    assert out.stat().st_size > 0
    again = typed(folder, *quick, "--folds", 0, "--questions", folder / "training.jsonl")
    assert "12 maps changed in rank 4, trained on 3 pairs (cpu)." in again.stdout and "hit@1" not in again.stdout


def test_what_cannot_be_made_is_told_before_anything_is_read(typed: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    """A file of another kind, a folder that is not there, and one fold, which would hold out everything."""
    for arguments, reason in (
        (("--out", tmp_path / "own.bin"), "ends in .safetensors"),
        (("--out", tmp_path / "gone" / "a.safetensors"), "cannot be written"),
        (("--out", tmp_path / "a.safetensors", "--folds", 1), "--folds is 1"),
    ):
        done = typed(folder, *arguments)
        assert isinstance(done.exception, DatasetError) and reason in str(done.exception)


def test_questions_on_other_documents_are_refused(typed: Callable[..., Result], folder: Path, tmp_path: Path) -> None:
    """None of them is about a sentence: nothing is trained on what is left."""
    write_lines(tmp_path / "others.jsonl", [{"question": "what?", "file": "others.txt", "start": 0, "end": 9}])
    done = typed(folder, "--out", tmp_path / "a.safetensors", "--questions", tmp_path / "others.jsonl")
    assert isinstance(done.exception, DatasetError) and "None of the 1 questions" in str(done.exception)
    assert not (tmp_path / "a.safetensors").exists()
