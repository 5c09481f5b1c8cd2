"""`python -m evals`: measure how well isobot answers, and how fast."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from evals.report import Report

app = typer.Typer(
    name="python -m evals",
    help="Measure how well isobot answers, and how fast.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE.json", help="Write the report as JSON to this file.")]


@app.command()
def run(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A dataset's folder.", show_default=False)],
    split: Annotated[str | None, typer.Option("--split", metavar="S", help="Split of a set of passages. Default: the only one.")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.json", help="Write it as JSON here, and as .md and .html beside it.")
    ] = None,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Keep the dataset's index here. Default: a folder of the cache.")
    ] = None,
    hide_gold: Annotated[
        bool, typer.Option("--hide-gold", help="Also ask each answerable question with the documents that answer it hidden.")
    ] = False,
) -> None:
    """Ask every question of DATASET and report how good the answers are.

    DATASET is a folder in one of two forms. Documents: documents/… of any format, and questions.jsonl with one question a
    line ({"id","question","answerable","gold":[{"file","quote"}]}, and optionally "type", "corpus", "also_in"). Passages
    (BEIR): corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.

    The index is made first. In the cache it is built anew each time, from vectors that are kept; a folder named with
    --index is brought up to date.
    """
    from evals.loading import load
    from evals.report_files import write
    from evals.run import run_dataset
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    loaded = load(dataset, split)
    settings = Settings.load()
    with RichProgress() as progress:
        report = run_dataset(loaded, index, settings, progress, hide_gold)
    _print_report(report)
    if out is not None:
        print(f"\nWritten to {out}, {' and '.join(map(str, write(report, out)))}.")


@app.command()
def pictures(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder that the pictures are written to.")] = Path("docs/pictures"),
) -> None:
    """Draw what people see in Slack, answered from the sample organisation's index. Chromium is needed."""
    from evals.pictures import make
    from isobot.settings import Settings

    for picture in make(Settings.load(), out):
        print(picture)


@app.command()
def outlines(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="PDFs, each with a JSON of its author's bookmarks beside it.")],
    out: Out = None,
) -> None:
    """Score the clauses that are read from PDFs against the bookmarks that their authors made."""
    from evals.outlines import score_outlines, shown

    score = score_outlines(folder)
    print(shown(score))
    _write(score, out)


@app.command()
def docx(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Folders with Word documents.", show_default=False)],
    out: Out = None,
) -> None:
    """Score the headings that are read from the PDF of a Word document against its heading styles. LibreOffice is needed."""
    from evals.docx_outlines import score_docx, shown

    score = score_docx(folders)
    print(shown(score))
    _write(score, out)


@app.command()
def controls(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="*.jsonl files that list where controls are documented.")],
    dataset: Annotated[
        Path | None,
        typer.Option("--dataset", metavar="DIR", help="The dataset whose documents they name. Default: policies/ beside FOLDER."),
    ] = None,
    out: Out = None,
) -> None:
    """Score where isobot finds controls documented against where people found them, and whether what is numbered by an id is a clause."""
    from corpus.clock import today
    from evals.clause_ids import score_clause_ids
    from evals.clause_ids import shown as shown_ids
    from evals.controls import read_places, score_controls, shown
    from evals.dataset import DocumentsDataset
    from evals.indexing import indexed
    from evals.loading import load
    from isobot.cli.progress import RichProgress
    from isobot.responder import Responder
    from isobot.settings import Settings

    places, settings = read_places(folder), Settings.load()
    documents = load(dataset or folder.resolve().parent / "policies")
    with RichProgress() as progress, indexed(documents, settings, None, progress) as (where, _):
        responder = Responder.open(where, settings)
        score = score_controls(places, responder.generation, today())
        if isinstance(documents, DocumentsDataset):
            ids = score_clause_ids(responder.generation, documents.documents, (file for place in places for file in place.files))
            score |= {"clause_ids": ids}
    print(shown({framework: figures for framework, figures in score.items() if framework != "clause_ids"}))
    if "clause_ids" in score:
        print(shown_ids(score["clause_ids"]))
    _write(score, out)


@app.command()
def conversations(
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
    _write(figures, out)


@app.command()
def init(
    documents: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of your documents.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="DATASET", help="Folder that the dataset is made in.")] = Path("evaluation"),
    count: Annotated[int, typer.Option("--questions", metavar="N", min=1, help="Sentences to ask about.")] = 60,
) -> None:
    """Make a dataset of your own documents: a copy of them, and a questions file to fill.

    Each line of questions.jsonl has a sentence of a document. Write as its "question" what a colleague would type who needs
    that sentence, in their words and not the document's, or take the line out. The last ten lines, "answerable": false, are
    for questions that the documents do not answer. Then: python -m evals run DATASET.
    """
    from evals.questionnaire import make_questionnaire

    file, lines = make_questionnaire(documents, out, count)
    print(f"{file} has {lines} lines. Write a question in each, or take it out; then run `python -m evals run {out}`.")


@app.command()
def peers(
    datasets: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="Folders of datasets.", show_default=False)],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.md", help="Write the page to this file.")] = None,
) -> None:
    """Ask isobot and its peers the same questions in one run, and set quality, time and memory side by side.

    The peers are installed for this alone: pip install 'isobot\\[peers]'. Those that are not there are named as not run.
    """
    from evals.loading import load
    from evals.peers.page import page
    from evals.peers.side_by_side import compare_peers
    from isobot.cli.progress import RichProgress

    loaded = [(folder, load(folder)) for folder in datasets]
    with RichProgress() as progress:
        results = {dataset.name: compare_peers(dataset, folder, progress) for folder, dataset in loaded}
    written = page(" ".join(["python -m evals peers", *map(str, datasets)]), results)
    print(written)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(written, encoding="utf-8")
        print(f"Written to {out}.")


@app.command()
def bench(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A benchmark, or `all`.", show_default=False)] = None,
    documents: Annotated[
        Path | None, typer.Option("--documents", metavar="DIR", help="Run it on a copy of this folder. Default: the sample organisation's.")
    ] = None,
    passages: Annotated[int | None, typer.Option("--passages", metavar="N", min=1, help="Of `scale`. Default: 1,000,000.")] = None,
    out: Out = None,
) -> None:
    """Run the benchmark NAME, or all of them; without a name, list them."""
    from evals.benchmarks import BENCHMARKS, benchmark

    if name is None:
        for known, about in BENCHMARKS.items():
            print(f"{known:10} {about}")
        print("\nRun one with `python -m evals bench NAME`, or every one with `python -m evals bench all`.")
        return
    results: dict[str, Any] = {}
    for chosen in BENCHMARKS if name == "all" else (name,):
        found = benchmark(chosen, documents, passages)
        results[chosen] = found.as_record()
        print(found)
    _write(results if name == "all" else results[name], out)


@app.command()
def tune(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A dataset of documents.", show_default=False)],
    most_refused: Annotated[
        float, typer.Option("--refuse", metavar="SHARE", min=0.0, max=1.0, help="Share of answerable questions that may be refused.")
    ] = 0.15,
    hide_gold: Annotated[
        bool, typer.Option("--hide-gold", help="Ask each answerable question without its documents, too, as one without an answer.")
    ] = False,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="DIR", help="Keep the dataset's index here. Default: a folder of the cache.")
    ] = None,
    out: Out = None,
) -> None:
    """Choose from which confidence on isobot answers (the setting answer_from), by questions to your own documents.

    Some must have an answer in the documents and some none. The choice is judged by cross-validation, and nothing is changed.
    """
    from corpus.errors import DatasetError
    from evals.dataset import PassagesDataset
    from evals.loading import load
    from evals.run import run_dataset
    from evals.runner import Asked
    from evals.scoring import confidences
    from evals.tune import shown, tuned
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    loaded, settings = load(dataset), Settings.load()
    if isinstance(loaded, PassagesDataset):
        raise DatasetError(f"{dataset} holds passages, whose questions all have an answer. Give a dataset of documents.")
    with RichProgress() as progress:
        report = run_dataset(loaded, index, settings, progress, hide_gold)
    answerable, others = confidences(one for one in report.outcomes if isinstance(one, Asked))
    result = tuned(answerable, [*others, *(one.answer.confidence for one in report.hidden)], settings.answer_from, most_refused)
    print(shown(result))
    _write(result.as_record(), out)


@app.command()
def adapt(
    datasets: Annotated[list[Path], typer.Argument(metavar="DATASET...", help="Folders of datasets.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", metavar="FILE.safetensors", help="Write the adapter to this file.", show_default=False)],
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", metavar="FILE", help="Instead of training.jsonl; once for each DATASET of documents, in their order."),
    ] = None,
    split: Annotated[str | None, typer.Option("--split", metavar="S", help="Split of sets of passages. Default: the only one.")] = None,
    folds: Annotated[int, typer.Option("--folds", metavar="N", min=0, help="Folds of documents to measure with; 0 measures nothing.")] = 5,
    rank: Annotated[int, typer.Option("--rank", metavar="N", min=1, help="Rank of the change to each linear map.")] = 16,
    epochs: Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="Times that every question is seen.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was made as JSON.")] = False,
) -> None:
    """Train an adapter of the encoder on questions about your documents, and measure it on documents held out.

    DATASET is a folder of documents (or one with a folder documents/) and training.jsonl: one question a line,
    {"question","file","start","end"}, where start and end are the range of the sentence that answers in the text of the file,
    as `isobot ask --json` cites it. Or passages (BEIR), with queries.jsonl and qrels/SPLIT.tsv. Questions of a questions.jsonl
    are measured with and never trained on. CUDA is used where there is one.
    """
    from evals.adapter.command import adapt as make_adapter
    from evals.adapter.recipe import Recipe
    from isobot.cli.progress import RichProgress
    from isobot.settings import Settings

    with RichProgress() as progress:
        recipe = Recipe(rank=rank, epochs=epochs)
        record = make_adapter(datasets, questions or [], split, recipe, folds, out, Settings.load(), progress)
    if as_json:
        print(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        from evals.adapter.report import show

        show(record)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="A report of `run`.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="A later report on the same dataset.")],
    out: Out = None,
) -> None:
    """Say what got better and what got worse between two reports.

    Exit code 1 says that a metric fell by more than its interval.
    """
    from corpus.errors import DONE, FOUND_NOTHING
    from evals.compare import compare_reports, read_report, shown

    comparison = compare_reports(read_report(old), read_report(new))
    print(shown(comparison))
    _write(comparison.as_record(), out)
    raise typer.Exit(FOUND_NOTHING if comparison.fallen else DONE)


def main() -> None:
    """Run the command; no traceback reaches a user unless ISOBOT_DEBUG is set."""
    from corpus.errors import FAILED, IsobotError

    try:
        app()
    except IsobotError as problem:
        _leave(str(problem), problem.exit_code)
    except Exception as problem:
        if os.environ.get("ISOBOT_DEBUG"):
            raise
        _leave(f"Something failed inside evals ({type(problem).__name__}: {problem}). Set ISOBOT_DEBUG=1 to see where.", FAILED)


def _print_report(report: Report) -> None:
    from rich.console import Console
    from rich.table import Table

    from evals.markdown import metric_rows

    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in ("metric", "value", "95 % interval", "what it says"):
        table.add_column(title, no_wrap=title != "what it says")
    for row in metric_rows(report):
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    console = Console(highlight=False)
    console.print(table)
    built, latency = report.index, report.latency
    console.print(
        f"\n{report.questions:,} questions, {built.documents:,} documents, {built.passages:,} passages, "
        f"{len(built.skipped):,} not indexed; p50 {latency['p50']:.1f} ms, p95 {latency['p95']:.1f} ms."
    )
    for note in report.notes:
        console.print(note, markup=False)


def _write(record: dict[str, Any], out: Path | None) -> None:
    if out is not None:
        from evals.report_files import write_json

        write_json(record, out)
        print(f"\nWritten to {out}.")


def _leave(sentence: str, code: int) -> None:
    print(f"evals: {sentence}", file=sys.stderr)
    raise SystemExit(code)


if __name__ == "__main__":
    main()
