"""The responder: serves while the index changes, refuses another model, and many may ask at once."""

from __future__ import annotations

import json
import logging
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import DamagedGenerationError, EncoderMismatchError, NoGenerationError
from indexer.generation import CURRENT
from indexer.manifest import FILE
from isobot.question import Question
from isobot.records import answer_record
from isobot.responder import Responder
from isobot.settings import Settings
from tests.organisation import Organisation, index_of, write_documents

DAY = date(2026, 9, 15)
PATIENCE = 60.0  # seconds for what takes a moment where the machine is not crowded
LOST = "within how many hours must a lost laptop be reported?"


@pytest.fixture
def own(organisation: Organisation, tmp_path: Path, cache: Path) -> Organisation:
    """A copy of the organisation, to be changed."""
    shutil.copytree(organisation.documents, tmp_path / "documents")
    shutil.copytree(organisation.index, tmp_path / "index")
    return Organisation(tmp_path / "documents", tmp_path / "index", cache)


def first(responder: Responder) -> str:
    answer = responder.answer(Question(LOST))
    return (answer.citations or answer.nearest)[0].quote


def change(own: Organisation, hours: str) -> str:
    file = own.documents / "laptop-standard.md"
    file.write_text(file.read_text().replace("four hours", hours))
    return index_of(own.documents, own.index, own.cache).generation


def test_a_new_generation_answers_without_a_restart(own):
    """The next question after a build is answered from it."""
    responder = Responder(own.settings, lambda: DAY)
    assert "within four hours" in first(responder)
    published = change(own, "nine hours")
    assert "within nine hours" in first(responder)
    assert responder.generation.name == published


def test_while_a_new_generation_is_opened_the_one_before_answers(own, monkeypatch):
    """One thread opens it and gets its answer from it; who asks meanwhile does not wait."""
    responder = Responder(own.settings, lambda: DAY)
    opening, opened = threading.Event(), threading.Event()
    open_now = Responder._open

    def open_slowly(self):
        opening.set()
        assert opened.wait(PATIENCE)
        return open_now(self)

    monkeypatch.setattr(Responder, "_open", open_slowly)
    published = change(own, "nine hours")
    with ThreadPoolExecutor(1) as pool:
        newest = pool.submit(first, responder)
        assert opening.wait(PATIENCE)
        assert "within four hours" in first(responder)
        opened.set()
        assert "within nine hours" in newest.result(PATIENCE)
    assert responder.generation.name == published


def test_what_is_asked_while_a_generation_is_held_is_of_that_one(own):
    """Whatever is published meanwhile; another thread gets the new one, and so does this one afterwards."""
    responder = Responder(own.settings, lambda: DAY)
    before = responder.generation.name
    with responder.held():
        published = change(own, "nine hours")
        with ThreadPoolExecutor(1) as pool:
            assert "within nine hours" in pool.submit(first, responder).result(PATIENCE)
        assert "within four hours" in first(responder)
        with responder.held():
            assert responder.generation.name == before
        assert responder.generation.name == before
    assert "within nine hours" in first(responder)
    assert responder.generation.name == published


@pytest.mark.parametrize("part", [FILE, "vectors/vectors.faiss", "catalogue.sqlite", "keywords/clauses/starts.npy", "documents.npy"])
def test_a_damaged_new_generation_is_not_switched_to(part, own, caplog):
    """The one before goes on answering, the log says why, and the one after is taken up."""
    responder = Responder(own.settings, lambda: DAY)
    serving = responder.generation.name
    documents = write_documents(own.documents, **{"extra.md": "# Extra\n\n## 1 More\n\nMore words.\n"})
    broken = index_of(documents, own.index, own.cache).generation
    (own.index / "generations" / broken / part).write_bytes(b"damaged")
    with caplog.at_level(logging.WARNING):
        assert "within four hours" in first(responder)
    assert responder.generation.name == serving
    assert f"so {serving} goes on" in caplog.text
    assert "Run `isobot index`" in caplog.text
    assert "within nine hours" in (change(own, "nine hours") and first(responder))


def test_it_goes_on_when_the_index_loses_its_pointer_or_its_folder(own):
    """What is open is enough to answer; nothing fails until it is started anew."""
    responder = Responder(own.settings, lambda: DAY)
    first(responder)
    (own.index / CURRENT).unlink()
    assert "within four hours" in first(responder)
    (own.index / CURRENT).write_bytes(b"\xff")
    assert "within four hours" in first(responder)
    shutil.rmtree(own.index / "generations")
    shutil.rmtree(own.index / "encoders")
    assert "within four hours" in first(responder)


def test_nothing_published_is_refused_at_the_start(tmp_path):
    """With the command that helps."""
    with pytest.raises(NoGenerationError, match=r"There is no index in .*Build one with `isobot index"):
        Responder.open(tmp_path)


@pytest.mark.parametrize(
    "change", [{"model": "other/model"}, {"precision": "fp32"}, {"query_prompt": "query: "}, {"passage_prompt": "passage: "}]
)
def test_an_index_of_another_model_is_refused(change, organisation):
    """The sentence names what the index was built with, what is asked for now, and both ways out."""
    ((key, value),) = change.items()
    with pytest.raises(EncoderMismatchError) as refused:
        Responder(replace(organisation.settings, **change))
    assert f"was built with {key} {getattr(Settings(), key)!r}, and {key} is {value!r} now" in str(refused.value)
    assert f"Run `isobot index` to rebuild it, or set {key} back." in str(refused.value)


def test_an_index_without_its_encoder_is_refused_with_what_to_do(own):
    """Before anybody has asked."""
    shutil.rmtree(own.index / "encoders")
    with pytest.raises(DamagedGenerationError, match=r"has lost its encoder\. Run `isobot index` to put it back"):
        Responder(own.settings)


def test_many_ask_at_once_while_generations_change(own):
    """From eight threads every answer is whole, and each is one of those that single questions get."""
    responder = Responder(own.settings, lambda: DAY)
    questions = [LOST, "who reviews access?", "how long are payroll records kept?", "زيارة", "A.5.18"]
    questions.append("section 4.2 of the access control policy")

    def said(number: int) -> str:
        record = answer_record(responder.answer(Question(questions[number % len(questions)])))
        return json.dumps({key: value for key, value in record.items() if key not in ("generation", "milliseconds")})

    alone = {said(number) for number in range(len(questions))}
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(said, range(240)))
        assert answers == alone
        asked = [pool.submit(said, number) for number in range(120)]
        change(own, "nine hours")
        asked += [pool.submit(said, number) for number in range(120)]
        later = {answer.result() for answer in asked}
    afterwards = {said(number) for number in range(len(questions))}
    assert later <= alone | afterwards
    assert alone != afterwards
