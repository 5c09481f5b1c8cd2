"""A tiny organisation: documents in every state of life, one for a single group, and an index of them with the real encoder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from indexer.build import BuildOptions, BuildReport, build
from indexer.encoders.onnx import OnnxEncoder
from indexer.sources import find
from isobot.responder import Responder
from isobot.settings import Settings

TODAY = "2026-09-15"
MEMBER, ANALYST = "bo@example.org", "amira@example.org"
SETTINGS = '[users]\n"amira@example.org" = ["security"]\n"bo@example.org" = ["sales"]\n'
HIDDEN = "falcon-runbook.md"
HIDDEN_WORDS = ("falcon", "Zebedee Quillfeather")

_LAPTOPS = """# Laptop Standard

## 3.1 Disks

The disk of every laptop must be encrypted before it leaves the office (A.8.1). The key is kept by the Service Desk.

## 3.2 Loss

A lost laptop must be reported to the Service Desk within four hours.

## 3.3 Duties

You must not:

- lend your laptop to a visitor or to a member of your family;
- leave it in a parked car overnight;
- connect it to a charger that you found.
"""
_RUNBOOK = """# Falcon Ransomware Runbook

## 1 First hour

When ransomware is suspected, call the falcon bridge on extension 7788 and pull the network cable (A.5.24).

## 2 Payment

No ransom is paid without a decision of the board.
"""


def responder_on(base: Path, documents: Mapping[str, str], cache: Path) -> Responder:
    """Answers from an index of these documents, by path, as of TODAY; all of it in `base`."""
    _write(base / "documents", documents)
    index_of(base / "documents", base / "index", cache)
    return Responder(Organisation(base / "documents", base / "index", cache).settings, lambda: date.fromisoformat(TODAY))


def matter(title: str, **properties: str) -> str:
    lines = [f"{key}: {value}" for key, value in {"title": title, **properties}.items()]
    return "\n".join(["---", *lines, "---", ""])


DOCUMENTS = {
    "access-control-policy.md": matter("Access Control Policy", version='"2.1"', owner="Security Office", controls="A.5.15, A.5.18")
    + """# Access Control Policy

## 4 Accounts

### 4.1 Requests

Access is granted by the owner of a system, in writing, and never by the person who asks for it (A.5.15).

### 4.2 Leavers

The account of a person who leaves is closed at the end of their last working day.

### 4.3 Reviews

Owners review who has access to their system every six months (ISO 27001 A.5.18). What nobody needs is taken away within a week.
""",
    "laptop-standard.md": matter("Laptop Standard", version='"2.0"', owner="Service Desk", review_by="2026-03-31") + _LAPTOPS,
    "laptop-standard-1.0.md": matter("Laptop Standard", version='"1.0"', owner="Service Desk", status="superseded")
    + _LAPTOPS.replace("four hours", "two working days"),
    "wiki/clean-desk-rules.md": matter("Clean Desk Rules", owner="Facilities", status="draft")
    + "# Clean Desk Rules\n\n## 1 Paper\n\nPaper with customer names on it is locked away every evening.\n",
    "wiki/guest-wifi-notice.md": matter("Guest Wifi Notice", owner="Network Team", expires="2026-01-31")
    + "# Guest Wifi Notice\n\n## 1 Voucher\n\nA guest gets a wireless voucher at reception that lasts for eight hours.\n",
    "badge-standard.md": matter("Badge Standard", owner="Facilities", effective="2027-01-01")
    + "# Badge Standard\n\n## 1 Wearing\n\nEvery badge is worn visibly above the waist.\n",
    "retention-schedule.md": matter("Retention Schedule", owner="Records Manager", collection="records")
    + "# Retention Schedule\n\n## 2 Periods\n\n| Record | Kept for | Reason |\n|---|---|---|\n"
    + "| Payroll records | seven years | tax law |\n| Door camera footage | thirty days | site safety |\n",
    HIDDEN: matter("Falcon Ransomware Runbook", version='"1.8"', owner="Zebedee Quillfeather", audience="security") + _RUNBOOK,
}
"""Path and text of each document. Who is in `security` may read one more than everybody else."""


def write_documents(folder: Path, *without: str, **more: str) -> Path:
    _write(folder, {path: text for path, text in {**DOCUMENTS, **more}.items() if path not in without})
    return folder


def _write(folder: Path, documents: Mapping[str, str]) -> None:
    for path, text in documents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Organisation:
    """documents: the folder that was indexed. index: where. cache: of exported models, as the setting `cache` names it."""

    documents: Path
    index: Path
    cache: Path

    @property
    def settings(self) -> Settings:
        return Settings(index=self.index, cache=self.cache)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def index_of(documents: Path, index: Path, cache: Path) -> BuildReport:
    return build(find([documents]), index, BuildOptions(cache / "encoders"))


@pytest.fixture(scope="session")
def cache(encoder_cache: Path, encoder: OnnxEncoder) -> Path:
    """The setting `cache`, with the default encoder in it."""
    return encoder_cache.parent


@pytest.fixture(scope="session")
def organisation(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Organisation:
    """The documents and their index, for tests that only read."""
    base = tmp_path_factory.mktemp("organisation")
    documents = write_documents(base / "documents")
    index_of(documents, base / "index", cache)
    return Organisation(documents, base / "index", cache)


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: Path) -> Path:
    """Settings and day of the organisation, in an empty folder of work, which is returned."""
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    for name in [name for name in os.environ if name.startswith(("ISOBOT_", "SLACK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ISOBOT_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("ISOBOT_TODAY", TODAY)
    monkeypatch.setenv("ISOBOT_GUIDANCE", "false")  # it takes seconds to embed, and few tests ask it
    monkeypatch.setenv("ISOBOT_CACHE", str(cache))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def isobot(environ: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command as a person would, in this process; whatever happens, no traceback may be printed."""
    from isobot.cli import main

    def run(*words: str | Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["isobot", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert "Something failed inside" not in err, err
        return Ended(code, out, err)

    return run
