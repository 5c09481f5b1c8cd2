"""`isobot ask`: one question answered, or one after another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.answer import Answer
    from isobot.conversation import Conversation
    from isobot.settings import Settings

    Recorder = Callable[[Answer], str | None]


def run(
    question: Annotated[
        str | None, typer.Argument(metavar='["QUESTION"]', help="What to ask. Left out: a prompt takes one after another.")
    ] = None,
    index: options.Index = None,
    user: options.AsUser = None,
    json: options.Json = False,
) -> None:
    """Answer a question with the words of your documents, and say where they stand.

    Exit code 1 says that the documents do not answer.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from isobot.conversation import Conversation
    from isobot.question import Question
    from isobot.responder import Responder
    from isobot.settings import Settings

    settings = Settings.load(index=index)
    groups = settings.groups_of(user)
    record = _recorder(settings, user)
    if question is None:
        _converse(Conversation(Responder(settings), groups), json, record)
        return
    asked = Question(options.as_typed(question), groups)
    responder = Responder(settings)
    answer = responder.phrased(responder.answer(asked))
    _show(answer, json, record)
    raise typer.Exit(FOUND_NOTHING if answer.abstained else DONE)


def _recorder(settings: Settings, user: str | None) -> Recorder:
    """Keeps an answer in the audit log before it is shown, and returns its number, where the settings say so."""
    if not settings.audit_terminal:
        return lambda answer: None
    from getpass import getuser

    from isobot.state.store import Store

    store = Store.open(settings.state)
    return lambda answer: store.record_answer(answer, f"terminal:{user or getuser()}", "terminal")


def _show(answer: Answer, json: bool, record: Recorder) -> None:
    number = record(answer)
    if json:
        from isobot.records import answer_record

        options.print_json(answer_record(answer) | ({"answer": number} if number else {}))
    else:
        from corpus.clock import today
        from isobot.cli.terminal import print_answer

        print_answer(answer, today())
        if number:
            print(f"\nRecorded as {number}")


def _converse(conversation: Conversation, json: bool, record: Recorder) -> None:
    """Questions from standard input, a line each and each behind the one before, until it ends or an empty line comes."""
    from corpus.errors import QuestionError
    from isobot.cli.typed import typed_lines

    if sys.stdin.isatty():
        print("Ask what your policies say; an empty line ends.")
    for line in typed_lines():
        if not line.strip():
            break
        try:
            _show(conversation.answer(line), json, record)
        except QuestionError as problem:
            print(problem, file=sys.stderr)
