"""`python -m evals conversations` scores what follow-ups gain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from evals.cli.options import Out, write


def run(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Conversations, one a line. Default: the sample organisation's.")
    ] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", help="What they are about. Default: the sample organisation's.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Keep the index here. Default: a folder of the cache.")
    ] = None,
    out: Out = None,
) -> None:
    """Score what follow-ups gain: the last turn of each conversation, alone and in the conversation.

    Questions of staff.jsonl beside FILE, where there is one, are asked behind unrelated ones: they must lose nothing.
    """
    from importlib import resources

    from evals.conversations import STAFF, measure, read_talks, report, shown
    from evals.dataset import DocumentsDataset
    from evals.documents_form import read_questions
    from evals.indexing import indexed
    from isobot.cli.progress import RichProgress
    from isobot.responder import Responder
    from isobot.settings import Settings

    with resources.as_file(resources.files("corpus")) as corpus, RichProgress() as progress:
        talks_file, folder = file or corpus / "questions" / "conversations.jsonl", documents or corpus / "policies"
        talks, settings = read_talks(talks_file), Settings.load()
        beside = talks_file.with_name(STAFF)
        staff = read_questions(beside, folder) if beside.is_file() else ()
        with indexed(DocumentsDataset(talks_file.stem, folder, staff), settings, index, progress) as (where, _):
            outcomes = measure(talks, Responder.open(where, settings), progress, staff)
    figures = report(outcomes)
    print(shown(figures, outcomes))
    write(figures, out)
