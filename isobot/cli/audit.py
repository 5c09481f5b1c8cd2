"""`isobot audit`: the log of every answer."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from isobot.cli import options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from isobot.audit.export import Who
    from isobot.state.records import AnswerRecord
    from isobot.state.store import Store

app = typer.Typer(help="The log of every answer: export, verify, erase a person, prune.", no_args_is_help=True)
DAY = "YYYY-MM-DD"


class Format(StrEnum):
    """How the log is written."""

    JSONL = "jsonl"
    CSV = "csv"


Yes = Annotated[bool, typer.Option("--yes", help="Do not ask whether it is meant: it cannot be undone.")]


@app.command()
def export(
    format: Annotated[Format, typer.Option("--format", help="jsonl keeps every field; csv is for spreadsheets.")] = Format.JSONL,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here, for you alone to read.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar=DAY, help="From this day on, UTC.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar=DAY, help="Up to this day, UTC, and it too.")] = None,
    identities: Annotated[bool, typer.Option("--identities", help="Say who asked; without it a token stands for each person.")] = False,
    index: options.Index = None,
) -> None:
    """Write every recorded answer, oldest first: who asked what and when, and what was cited from which text."""
    from isobot.audit.export import write_csv, write_jsonl

    first, last = _day("--since", since), _day("--until", until)
    write = write_jsonl if format is Format.JSONL else write_csv
    with _store(index) as store:
        who = _who(store, identities)
        records = _between(store, first, last)
        if out is None:
            stream = TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="")  # csv has line ends of its own
            write(records, stream, who)
            stream.detach()
        else:
            from isobot.whole_file import whole_file

            with whole_file(out) as file:
                count = write(records, file, who)
            print(f"{count:,} answers in {out}", file=sys.stderr)


@app.command()
def verify(
    head: Annotated[str | None, typer.Option("--head", metavar="HASH", help="A head printed earlier, to be found again.")] = None,
    index: options.Index = None,
    json: options.Json = False,
) -> None:
    """Compute the hash of every answer again, and say where the chain was changed. Keep the head that it prints in another place.

    Exit code 1 says that something was changed, removed or added.
    """
    from corpus.errors import DONE, FOUND_NOTHING

    with _store(index) as store:
        report = store.verify_chain(head)
    if json:
        options.print_json({"answers": report.answers, "pruned": report.pruned, "head": report.head, "breaks": list(report.breaks)})
    else:
        before = f", after {report.pruned:,} that were pruned" if report.pruned else ""
        found = "all hold" if report.holds else f"{len(report.breaks):,} break{'s' * (len(report.breaks) != 1)}"
        print(f"{report.answers:,} answers{before}: {found}.")
        for sentence in report.breaks:
            print(f"  {sentence}")
        print(f"head {report.head}")
    raise typer.Exit(DONE if report.holds else FOUND_NOTHING)


@app.command()
def erase(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="As an export with --identities names them, or how that ends.")],
    yes: Yes = False,
    index: options.Index = None,
) -> None:
    """Forget who a person was, the comments that they wrote, and their replies as an owner, kept ones too.

    Their questions stay, under a token that stands for nobody. What they wrote into a question itself stays as well, and a reply where
    an answer was recorded with it: that is part of the chain until it is pruned.
    """
    from corpus.errors import SourceError

    with _store(index) as store:
        found = store.people.known(options.as_typed(person).strip()) if person.strip() else ()
        if len(found) != 1:
            several = f"{len(found)} people are known whose names end so: {', '.join(found[:5])}. Name one in full."
            raise SourceError(several if found else f"Nobody is known as {person!r}. `isobot audit export --identities` shows who is.")
        options.be_sure(f"Forget who {found[0]} was?", yes)
        store.people.erase(found[0])
    print(f"{found[0]} is forgotten; the chain is as it was.")


@app.command()
def prune(
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=36_500, help="Keep this many days. Default: the setting audit_days.")
    ] = None,
    yes: Yes = False,
    index: options.Index = None,
) -> None:
    """Forget the answers that are older than so many days; what stays can still be verified.

    A running bot does so daily where audit_days is set.
    """
    from corpus.errors import SettingsError
    from isobot.settings import Settings
    from isobot.state.moments import utc_now
    from isobot.state.store import Store

    settings = Settings.load(index=index)
    kept = days or settings.audit_days
    if kept is None:
        raise SettingsError("Nothing says how long answers are kept. Give --days, or set audit_days.")
    options.be_sure(f"Forget every answer that is older than {kept} days?", yes)
    with Store.open(settings.state) as store:
        gone = store.prune(utc_now() - timedelta(days=kept))
    print(f"{gone:,} answers older than {kept} days are forgotten.")


def _store(index: Path | None) -> Store:
    from isobot.settings import Settings
    from isobot.state.store import Store

    return Store.open(Settings.load(index=index).state)


def _who(store: Store, identities: bool) -> Who:
    return (lambda ref: store.people.identity_of(ref) or "") if identities else lambda ref: ref


def _between(store: Store, first: date | None, last: date | None) -> Iterator[AnswerRecord]:
    for record in store.answers():
        day = datetime.fromisoformat(record.asked_at).date()
        if (first is None or first <= day) and (last is None or day <= last):
            yield record


def _day(option: str, given: str | None) -> date | None:
    from corpus.errors import SettingsError

    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise SettingsError(f"{option} is {given!r}, which is no date. Write it as {DAY}.") from None
