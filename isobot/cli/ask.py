"""`isobot ask`: one question answered, or one after another."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from corpus.answer import Answer
    from isobot.conversation import Conversation


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
    if question is None:
        _converse(Conversation(Responder(settings), groups), json)
        return
    asked = Question(options.as_typed(question), groups)
    responder = Responder(settings)
    answer = responder.phrased(responder.answer(asked))
    _show(answer, json)
    raise typer.Exit(FOUND_NOTHING if answer.abstained else DONE)


def _show(answer: Answer, json: bool) -> None:
    if json:
        from isobot.records import answer_record

        options.print_json(answer_record(answer))
    else:
        from corpus.clock import today
        from isobot.cli.terminal import print_answer

        print_answer(answer, today())


def _converse(conversation: Conversation, json: bool) -> None:
    """Questions from standard input, a line each and each behind the one before, until it ends or an empty line comes."""
    from corpus.errors import QuestionError

    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    at_terminal = sys.stdin.isatty()
    if at_terminal:
        print("Ask what your policies say; an empty line ends.")
    while True:
        try:
            line = input("\n› " if at_terminal else "")
        except (EOFError, KeyboardInterrupt):
            break
        if not line.strip():
            break
        try:
            _show(conversation.answer(line), json)
        except QuestionError as problem:
            print(problem, file=sys.stderr)
