"""`isobot backup` and `isobot restore`: a restore rehearsed, and what keeps one from being made."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import pytest

from isobot.settings import Settings
from isobot.state.schema import REVISIONS
from tests.organisation import Command, Organisation

QUESTION = "within how many hours must a lost laptop be reported?"


@pytest.fixture
def index(organisation: Organisation, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An index of its own, whose answers are recorded beside it."""
    index = tmp_path / "index"
    shutil.copytree(organisation.index, index)
    monkeypatch.setenv("ISOBOT_INDEX", str(index))
    monkeypatch.setenv("ISOBOT_AUDIT_TERMINAL", "true")
    return index


def answered(isobot: Command) -> dict[str, object]:
    told = json.loads(isobot("ask", QUESTION, "--json").out)
    return {key: value for key, value in told.items() if key not in ("answer", "milliseconds")}


def test_what_was_lost_is_as_it_was(isobot: Command, index: Path, tmp_path: Path) -> None:
    """Index and state are gone; restored, the same answers come, the recorded one is replayed, and everything verifies."""
    number = json.loads(isobot("ask", QUESTION, "--json").out)["answer"]
    before, exported = answered(isobot), isobot("audit", "export").out
    saved = isobot("backup", str(tmp_path / "saved.tar"))
    assert saved.code == 0 and "with the state" in saved.out, saved.err
    assert (tmp_path / "saved.tar").stat().st_mode & 0o777 == 0o600
    shutil.rmtree(index)
    restored = isobot("restore", str(tmp_path / "saved.tar"))
    assert restored.code == 0, restored.err
    assert isobot("audit", "export").out == exported
    assert (isobot("verify").code, isobot("audit", "verify").code, isobot("replay", number).code) == (0, 0, 0)
    assert answered(isobot) == before


def test_what_stands_there_is_put_aside_and_only_when_told_to(isobot: Command, index: Path, tmp_path: Path) -> None:
    """Without --force nothing changes; with it the answer given since the backup is in what was put aside."""
    isobot("ask", QUESTION)
    assert isobot("backup", str(tmp_path / "saved.tar")).code == 0
    isobot("ask", QUESTION)
    refused = isobot("restore", str(tmp_path / "saved.tar"))
    assert refused.code == 2 and "is there already" in refused.err and "--force" in refused.err
    assert json.loads(isobot("audit", "verify", "--json").out)["answers"] == 2
    told = json.loads(isobot("restore", str(tmp_path / "saved.tar"), "--force", "--json").out)
    assert json.loads(isobot("audit", "verify", "--json").out)["answers"] == 1
    (aside,) = (Path(path) for path in told["aside"] if Path(path).is_dir())
    assert next(aside.glob("state.db.before-*")).stat().st_size > 0 and (aside / "current").is_file()
    assert not list(tmp_path.glob(".restore-*")) and not list(tmp_path.glob(".backup-*"))


def test_a_damaged_backup_changes_nothing(isobot: Command, index: Path, tmp_path: Path) -> None:
    """One byte of a member, a cut end, a tar of something else: each is refused in a sentence, and the index answers on."""
    saved = tmp_path / "saved.tar"
    isobot("backup", str(saved))
    whole = saved.read_bytes()
    with tarfile.open(saved) as archive:
        at = archive.getmember("index/texts.sqlite").offset_data + 100
    other = tmp_path / "other.tar"
    with tarfile.open(other, "w") as archive:
        archive.add(index / "current", "current")
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    for content, said in ((changed, "damaged"), (whole[:9000], ""), (other.read_bytes(), "no backup of isobot"), (b"no tar", "no backup")):
        (tmp_path / "bad.tar").write_bytes(content)
        refused = isobot("restore", str(tmp_path / "bad.tar"), "--force")
        assert refused.code == 2 and said in refused.err and refused.err.count("\n") == 1
    assert isobot("ask", QUESTION).code == 0


def test_a_state_of_a_later_program_is_refused(isobot: Command, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Putting it back would leave a bot that cannot start."""
    isobot("ask", QUESTION)
    isobot("backup", str(tmp_path / "saved.tar"))
    monkeypatch.setattr("isobot.backup.put_back.REVISIONS", REVISIONS[:-1])
    refused = isobot("restore", str(tmp_path / "saved.tar"), "--force")
    assert refused.code == 3 and f"has schema {REVISIONS[-1]}" in refused.err
    assert isobot("audit", "verify").code == 0


def test_a_backup_that_cannot_be_written_says_where(isobot: Command, index: Path, tmp_path: Path) -> None:
    """A folder that is not there; and without an index there is nothing to save."""
    refused = isobot("backup", str(tmp_path / "none" / "saved.tar"))
    assert refused.code == 2 and "none" in refused.err and "Traceback" not in refused.err
    empty = isobot("backup", str(tmp_path / "saved.tar"), "--index", str(tmp_path / "nothing"))
    assert empty.code == 2 and not (tmp_path / "saved.tar").exists()


def test_a_state_in_another_database_is_named(isobot: Command, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not in the file, and pg_dump is what saves it; its password is not shown."""
    monkeypatch.setenv("ISOBOT_STATE", "postgresql+psycopg://bot:hush@db.example/isobot")
    pytest.importorskip("psycopg")
    saved = isobot("backup", str(tmp_path / "saved.tar"))
    assert saved.code == 0 and "pg_dump" in saved.out and "hush" not in saved.out and "without the state" in saved.out
    assert Settings.load().state.startswith("postgresql")
