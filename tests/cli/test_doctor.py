"""`isobot doctor` and `isobot verify`: what an operator looks at first."""

from __future__ import annotations

import json

from tests.organisation import Command


def test_every_setting_is_shown_with_where_it_came_from(isobot: Command, organisation, monkeypatch):
    """The file, a variable, an option, or the default; and what the index holds."""
    monkeypatch.setenv("ISOBOT_DEFAULT_OWNER", "Ada [Security]")
    ended = isobot("doctor", "--index", organisation.index, "--json")
    found = json.loads(ended.out)
    assert ended.code == 0
    rows = {key: row["from"] for key, row in found["settings"].items()}
    assert (rows["index"], rows["default_owner"], rows["model"]) == ("--index", "ISOBOT_DEFAULT_OWNER", "default")
    assert rows["users"].endswith("settings.toml")
    assert (found["index"]["documents"], found["index"]["skipped"], found["index"]["model"]) == (8, 0, "all-MiniLM-L6-v2+policies")
    shown = isobot("doctor", "--index", organisation.index).out
    assert "Ada [Security]" in shown
    assert "2 users" in shown


def test_programs_that_read_more_are_named_or_missed(isobot: Command, organisation, monkeypatch):
    """Tesseract and LibreOffice, which nobody must have."""
    monkeypatch.setattr("indexer.readers.tesseract.version", lambda: "")
    monkeypatch.setattr("indexer.readers.libreoffice.version", lambda: "LibreOffice 24.8.1.2, without Impress")
    found = json.loads(isobot("doctor", "--index", organisation.index, "--json").out)["programs"]
    assert found == {"scanned pages": None, "older formats": "LibreOffice 24.8.1.2, without Impress"}
    shown = isobot("doctor", "--index", organisation.index).out
    assert "scanned pages: not read; tesseract is not installed (Debian: tesseract-ocr)\n" in shown
    assert "older formats: LibreOffice 24.8.1.2, without Impress\n" in shown


def test_people_and_groups_are_shown_as_they_are_written(isobot: Command, organisation, monkeypatch, tmp_path):
    """By their names, and not as a program keeps them; none is "not set"."""
    (tmp_path / "own.toml").write_text('admins = ["Zoe@example.org", "amira@example.org"]\n[owners]\n"Service Desk" = "C0GENERAL"\n')
    monkeypatch.setenv("ISOBOT_SETTINGS", str(tmp_path / "own.toml"))
    found = json.loads(isobot("doctor", "--index", organisation.index, "--json").out)["settings"]
    shown = {key: found[key]["value"] for key in ("admins", "owners", "groups", "channel_managers")}
    assert shown == {
        "admins": "amira@example.org, zoe@example.org", "owners": "service desk: C0GENERAL", "groups": None, "channel_managers": None,
    }  # fmt: skip


def test_a_misspelt_variable_is_told(isobot: Command, organisation, monkeypatch):
    """It has no effect, which nobody would see otherwise."""
    monkeypatch.setenv("ISOBOT_ANSWER_FORM", "0.3")
    assert "ISOBOT_ANSWER_FORM is no variable of isobot and has no effect." in isobot("doctor", "--index", organisation.index).out
    monkeypatch.delenv("ISOBOT_ANSWER_FORM")
    assert json.loads(isobot("doctor", "--index", organisation.index, "--json").out)["unknown_variables"] == []


def test_what_is_no_address_is_told(isobot: Command, organisation, monkeypatch):
    """The bot would refuse to start, at whatever hour that is."""
    monkeypatch.setenv("ISOBOT_MONITOR", "nine")
    monkeypatch.setenv("ISOBOT_STATE", "postgres:secret//x")
    ended = isobot("doctor", "--index", organisation.index)
    assert ended.code == 1
    assert "The setting monitor is 'nine', which is no address to listen on. Write it like 127.0.0.1:3000." in ended.out
    assert "The setting `state` is no database address that is known" in ended.out
    assert len(json.loads(isobot("doctor", "--index", organisation.index, "--json").out)["wrong_addresses"]) == 2


def test_no_secret_is_shown(isobot: Command, organisation, monkeypatch):
    """Tokens and a database address with a password are masked, in both forms."""
    given = {
        "SLACK_BOT_TOKEN": "xoxb-hush", "SLACK_APP_TOKEN": "xapp-hush", "SLACK_SIGNING_SECRET": "hush",
        "ISOBOT_STATE": "postgresql+psycopg://isobot:hush@db/isobot",
    }  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for form in ([], ["--json"]):
        ended = isobot("doctor", "--index", organisation.index, *form)
        assert "hush" not in ended.out + ended.err
        assert ended.out.count("•••••") == len(given)


def test_an_index_that_cannot_serve_ends_with_one(isobot: Command, organisation, monkeypatch, tmp_path):
    """Missing, or of another model: the reason stands under the settings."""
    ended = isobot("doctor", "--index", tmp_path / "none")
    assert ended.code == 1
    assert "problem: There is no index in" in ended.out
    monkeypatch.setenv("ISOBOT_PRECISION", "fp32")
    ended = isobot("doctor", "--index", organisation.index)
    assert ended.code == 1
    assert "was built with precision 'int8'" in ended.out


def test_wrong_settings_end_every_command_with_two(isobot: Command, monkeypatch, tmp_path):
    """Before anything is done."""
    monkeypatch.setenv("ISOBOT_ANSWER_FROM", "often")
    for command in (["doctor"], ["ask", "a?"], ["index", str(tmp_path)], ["verify"], ["text", "a"], ["control", "A.5.1"]):
        ended = isobot(*command)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.startswith("isobot: answer_from from ISOBOT_ANSWER_FROM is 'often': ")


def test_an_index_that_holds_is_said_to(isobot: Command, organisation):
    """In a line for people, in JSON for programs."""
    ended = isobot("verify", "--index", organisation.index)
    assert ended.code == 0
    assert "8 documents, " in ended.out
    assert ended.out.endswith(": all hold.\n")
    found = json.loads(isobot("verify", "--index", organisation.index, "--json").out)
    assert set(found) == {"generation", "documents", "clauses", "passages", "problems"}
    assert found["problems"] == []


def test_documents_are_shown_with_what_they_say_and_lack(isobot: Command, tmp_path):
    """Each fact with its place, what is missing, and a document that cannot be read; in lines and in JSON."""
    (tmp_path / "a.md").write_text("---\nversion: 2.1\n---\n# Access\n\nNext review: 2027-03-01\n")
    (tmp_path / "b.wpd").write_text("x")
    (tmp_path / "documents.toml").write_text('[[source]]\nowner = "CISO"\n')
    ended = isobot("doctor", "--documents", tmp_path, "--json")
    first, second = json.loads(ended.out)["documents"]
    assert ended.code == 1
    assert first["found"]["owner"] == {"value": "CISO", "from": "documents.toml"}
    assert first["found"]["version"] == {"value": "2.1", "from": "front matter"}
    assert first["found"]["review date"] == {"value": "2027-03-01", "from": "text"}
    assert first["missing"] == ["audience"]
    assert second["path"] == "b.wpd" and second["reason"].startswith(".wpd is not read")
    shown = isobot("doctor", "--documents", tmp_path).out
    assert "  owner: CISO  (documents.toml)\n" in shown
    assert "2 documents: 1 without audience, 1 not read." in shown
