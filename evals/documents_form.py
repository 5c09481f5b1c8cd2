"""The form with documents: `documents/…` and `questions.jsonl`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import DatasetError, QuestionError
from evals.dataset import DOCUMENTS, QUESTIONS, DocumentsDataset, Gold, StaffQuestion, name_of
from evals.records import Record, records
from isobot.question import Question


def load_documents(folder: Path) -> DocumentsDataset:
    """Read and check the whole dataset. Raises DatasetError naming the file and line of the first mistake."""
    documents = folder / DOCUMENTS
    if not documents.is_dir():
        raise DatasetError(f"{folder / QUESTIONS} stands without {documents}. Put the documents that the questions are about there.")
    questions = read_questions(folder / QUESTIONS, documents)
    notes = _missing_alternatives(questions, documents)
    return DocumentsDataset(name_of(folder), documents, questions, tuple(notes))


def read_questions(file: Path, documents: Path) -> tuple[StaffQuestion, ...]:
    """Read and check questions about a folder of documents. Raises DatasetError naming the file and line of the first mistake."""
    questions: dict[str, StaffQuestion] = {}
    for record in records(file):
        question = _question(record, documents)
        if question.id in questions:
            record.fail(f"the id {question.id!r} was used before. Give every question an id of its own.")
        questions[question.id] = question
    if not questions:
        raise DatasetError(f"{file} holds no question. Write one JSON object a line.")
    return tuple(questions.values())


def _question(record: Record, documents: Path) -> StaffQuestion:
    text = record.filled("question")
    try:
        Question(text)
    except QuestionError as problem:
        record.fail(str(problem))
    gold = tuple(_gold(entry, documents) for entry in record.records("gold"))
    answerable = record.boolean("answerable")
    if answerable and not gold:
        record.fail('is answerable but has no "gold". Name at least one file and quote, or set "answerable" to false.')
    if gold and not answerable:
        record.fail('has "gold" but is not answerable. Set "answerable" to true, or empty "gold".')
    return StaffQuestion(record.filled("id"), text, gold, record.texts("also_in"), record.text("type", ""), record.text("corpus", ""))


def _gold(record: Record, documents: Path) -> Gold:
    gold = Gold(record.filled("file"), record.filled("quote"), record.text("section", ""), record.integer("page"))
    if not (documents / gold.file).is_file():
        record.fail(f"names the file {gold.file!r}, which is not in {documents}. Files are named relative to that folder.")
    return gold


def _missing_alternatives(questions: Iterable[StaffQuestion], documents: Path) -> list[str]:
    """A sentence for each `also_in` file that is not there: the question can be asked all the same."""
    return [
        f'Question {question.id}: "also_in" names {file}, which is not among the documents.'
        for question in questions
        for file in question.also_in
        if not (documents / file).is_file()
    ]
