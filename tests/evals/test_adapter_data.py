"""What an adapter is trained on: questions and passages, without a network."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import evals
from corpus.errors import DatasetError
from evals.adapter.batches import epoch, steps
from evals.adapter.documents_set import CutDocument, documents_set
from evals.adapter.folds import fold_of, held_out, probes_of
from evals.adapter.loading import load_sets
from evals.adapter.passages_set import passages_set
from evals.adapter.recipe import Recipe
from evals.adapter.training_set import HeadedPassage, Pair, Probe, TrainingSet
from evals.adapter.written import WrittenQuestion, read_written
from evals.dataset import Gold, StaffQuestion
from evals.loading import load
from indexer.cut import Cutting, cut
from indexer.generation import Generation
from indexer.progress import Silent
from isobot.settings import Settings
from tests.evals.examples import documents_dataset, passages_dataset, write_lines
from tests.indexer.readings import heading, reading

KEYS = "Every key is returned in the evening. A lost key is reported within two hours."
DOGS = "Dogs stay at home. Assistance dogs are welcome."
QUESTIONS = Path(evals.__file__).parent / "adapter" / "questions"


def document(path: str, *parts: object) -> CutDocument:
    """A document cut into passages of one sentence or two."""
    made = reading(parts)  # type: ignore[arg-type]
    how = Cutting(40, 60, "iso27001:2022")
    return CutDocument(made.text.characters, cut(path, "0" * 64, made, how, lambda texts: [len(text.split()) for text in texts]))


DOCUMENTS = (
    document("keys.md", heading("Keys"), KEYS),
    document("faq.md", heading("Frequently asked questions"), heading("May I bring my dog?", 2), DOGS),
)


def written(text: str, file: str, sentence: str, line: int = 1) -> WrittenQuestion:
    start = next(one.text for one in DOCUMENTS if one.path == file).index(sentence)
    return WrittenQuestion(text, file, start, start + len(sentence), line)


def test_a_question_is_paired_with_the_sentence_whose_range_it_has() -> None:
    """The second sentence of the only passage of the keys; the range of its passage's text says the sentence again."""
    found = documents_set("own", DOCUMENTS, [written("whom do I tell", "keys.md", "A lost key is reported within two hours.")])
    pair = found.pairs[0]
    assert (pair.question, pair.right, pair.sentence) == ("whom do I tell", 0, 1)
    passage = found.passages[0]
    assert passage.text == f"Keys\n{KEYS}" and passage.bare == KEYS
    start, end = passage.parts[2]
    assert passage.text[start:end] == "A lost key is reported within two hours."


def test_the_heading_of_a_curated_answer_asks_and_its_document_is_no_source_of_negatives() -> None:
    """The only question of the FAQ, with the first sentence under it."""
    found = documents_set("own", DOCUMENTS, [])
    assert found.pairs == (Pair("May I bring my dog?", 1, 0),)
    assert found.curated == {"faq.md"}
    assert found.probes == ()


def test_a_range_that_is_no_sentence_is_left_out_with_its_line() -> None:
    """One character off at either end, and a file that is not there; both sentences together count by the first."""
    right, whole = written("q", "keys.md", "Every key is returned in the evening.", 6), written("both", "keys.md", KEYS, 7)
    long = WrittenQuestion("q", "keys.md", right.start, right.end + 1, 8)
    late = WrittenQuestion("q", "keys.md", right.start + 1, right.end, 9)
    gone = WrittenQuestion("q", "gone.md", right.start, right.end, 10)
    found = documents_set("own", DOCUMENTS, [right, whole, long, late, gone])
    assert found.unresolved == (8, 9, 10)
    assert found.pairs[:2] == (Pair("q", 0, 0), Pair("both", 0, 0))


def test_evaluation_questions_are_measured_with_and_no_pairs() -> None:
    """The passage that holds the gold quote answers; a question that nothing answers is not measured with."""
    asked = (
        StaffQuestion("a", "how fast?", (Gold("keys.md", "A  lost key is\nreported"),)),
        StaffQuestion("b", "how far?"),
        StaffQuestion("c", "how high?", (Gold("keys.md", "not said at all"),)),
    )
    found = documents_set("own", DOCUMENTS, [written("when", "keys.md", "Every key is returned in the evening.")], asked)
    assert found.probes == (Probe("when", (0,), "written"), Probe("how fast?", (0,), "asked"))
    assert "how fast?" not in {pair.question for pair in found.pairs}


def test_judged_passages_are_pairs_of_the_documents_that_they_name(tmp_path: Path) -> None:
    """Two relevant passages make two pairs; one without text is no passage; without metadata a passage is its own document."""
    corpus = [
        {"_id": "a-1", "title": "1.1", "text": "Keys are kept.", "metadata": {"document": 4}},
        {"_id": "a-2", "title": "", "text": "  "},
        {"_id": "a-3", "text": "Badges are worn."},
    ]
    queries = [{"_id": "q", "text": "what is kept and worn?"}]
    folder = passages_dataset(tmp_path / "set", corpus, queries, {"dev": "q\ta-1\t1\nq\ta-2\t1\nq\ta-3\t1\n"})
    dataset = load(folder)
    found = passages_set(dataset)  # type: ignore[arg-type]
    assert found.passages == (
        HeadedPassage("1.1\nKeys are kept.", ((4, 18),), "4"),
        HeadedPassage("Badges are worn.", ((0, 16),), "a-3"),
    )
    assert found.pairs == (Pair("what is kept and worn?", 0), Pair("what is kept and worn?", 1))
    assert found.probes == (Probe("what is kept and worn?", (0, 1), "judged"),)


def of_documents(count: int) -> TrainingSet:
    """One passage and one question a document, each with all the other passages as wrong ones."""
    passages = tuple(HeadedPassage(f"text {at}", ((0, 6),), f"d{at}.md") for at in range(count))
    pairs = tuple(Pair(f"q{at}", at, None, tuple(other for other in range(count) if other != at)) for at in range(count))
    return TrainingSet("own", passages, pairs, tuple(Probe(f"q{at}", (at,), "written") for at in range(count)))


def test_what_is_held_out_is_neither_right_nor_wrong() -> None:
    """A question that a document held out answers as well is not trained on at all."""
    training = TrainingSet(
        "own",
        of_documents(4).passages,
        (Pair("one", 0, None, (2, 3)), Pair("both", 1, None, (2,)), Pair("both", 3, None, (2,)), Pair("three", 2, None, (3, 1))),
    )
    assert training.without({"d3.md"}).pairs == (Pair("one", 0, None, (2,)), Pair("three", 2, None, (1,)))


def test_each_question_is_measured_in_one_fold_and_by_its_document() -> None:
    """All documents are held out once; a probe is measured where its document is."""
    training = of_documents(20)
    parts = [held_out(training, fold, 3) for fold in range(3)]
    assert sorted(document for part in parts for document in part) == sorted(passage.document for passage in training.passages)
    for fold in range(3):
        measured = {training.passages[training.probes[at].right[0]].document for at in probes_of(training, fold, 3)}
        assert measured == parts[fold] == {document for document in parts[fold] if fold_of(document, 3) == fold}


def test_a_batch_is_of_one_corpus_and_an_epoch_of_every_pair() -> None:
    """130 pairs make batches of 44, 43 and 43, and 3 one of 3; each brings four wrong passages a question at most."""
    sets = [of_documents(130), of_documents(3)]
    found = list(epoch(sets, Recipe(), random.Random(1)))
    assert sorted(len(batch.questions) for batch in found) == [3, 43, 43, 44]
    assert len(found) == steps(sets, Recipe()) == 4
    assert sorted(question for batch in found for question in batch.questions) == sorted(
        pair.question for one in sets for pair in one.pairs
    )
    for batch in found:
        assert [batch.passages[at].text.split()[1] for at in batch.right] == [question[1:] for question in batch.questions]
        assert len(batch.passages) <= 5 * len(batch.questions)


def test_a_further_answer_in_the_batch_counts_neither_way() -> None:
    """Both answers of one question are there for the other question's sake."""
    training = TrainingSet("own", of_documents(2).passages, (Pair("q", 0), Pair("q", 1)))
    (batch,) = epoch([training], Recipe(), random.Random(1))
    assert set(batch.also_right) == {(0, batch.right[1]), (1, batch.right[0])}


@pytest.mark.parametrize("wrong", [{"start": 3}, {"start": 3, "end": 3}, {"start": -1, "end": 4}, {"start": True, "end": 4}])
def test_a_question_without_a_range_is_named_by_its_line(tmp_path: Path, wrong: dict[str, object]) -> None:
    file = tmp_path / "training.jsonl"
    write_lines(file, [{"question": "q", "file": "a.md", "start": 0, "end": 4}, {"question": "q", "file": "a.md"} | wrong])
    with pytest.raises(DatasetError, match="line 2"):
        read_written(file)


def test_datasets_that_do_not_fit_are_told_before_anything_is_read(tmp_path: Path) -> None:
    """A folder that is not there, one without questions, and more files than datasets of documents."""
    folder = documents_dataset(tmp_path / "own", [])
    settings = Settings.load({})
    for folders, questions, told in (
        ([tmp_path / "gone"], [], "There is no folder"),
        ([folder], [], "training.jsonl"),
        ([folder], [folder / "a.jsonl", folder / "b.jsonl"], "names 2 files, and 1 of the datasets"),
    ):
        with pytest.raises(DatasetError, match=told):
            load_sets(folders, questions, None, settings, Silent())


def test_the_questions_on_the_sample_organisation_are_about_sentences_of_its_documents(sample_index: Path) -> None:
    """In each range one sentence of a passage begins, at its start; a line whose document has changed is to be dropped or written anew."""
    generation = Generation.current(sample_index)
    file = QUESTIONS / "sample.jsonl"
    questions = read_written(file)

    def is_sentence(question: WrittenQuestion) -> bool:
        number = generation.catalogue.number_of(question.file)
        if number is None:
            return False
        starts, _ = generation.sentences.within(number, question.start, question.end)
        words = generation.text(number).characters[question.start : question.end]
        return starts.tolist() == [question.start] and words == words.strip() and len(words) == question.end - question.start

    stale = [question.line for question in questions if not is_sentence(question)]
    assert not stale, f"Drop these lines of {file}, or give their ranges anew: {', '.join(map(str, stale))}"
    assert len(questions) > 3000
    generation.close()


def test_the_questions_on_public_documents_have_the_same_form() -> None:
    """Every line has its question, file and range, and none stands there twice."""
    questions = read_written(QUESTIONS / "policies.jsonl")
    assert len({(one.text, one.file, one.start) for one in questions}) == len(questions) > 5000
