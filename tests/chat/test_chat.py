"""What a person gets who asks and presses buttons without Slack."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from isobot.chat.session import Chat
from isobot.settings import Settings
from isobot.state.owner_replies import Status
from isobot.state.store import Store
from tests.organisation import ANALYST, HIDDEN_WORDS, MEMBER
from tests.slack.serve import ScriptedResponder

LOST = "within how many hours must a lost laptop be reported?"
FALCON = "whom do I call when ransomware is suspected?"

Begin = Callable[..., Chat]


def number(lines: list[str], label: str) -> str:
    """The number of the first button that says `label`."""
    rows = "  ".join(line for line in lines if line.startswith("["))
    return next(found[1] for found in re.finditer(r"\[(\d+)\] (.+?)(?=  |$)", rows) if found[2] == label)


def test_a_question_is_quoted_cited_and_offered_its_buttons(begin: Begin) -> None:
    """And is worth exit code 0."""
    chat = begin()
    lines = chat.take(LOST)
    assert lines[:2] == ["  │ A lost laptop must be reported to the Service Desk within four hours.", "  Laptop Standard v2.0 · §3.2 Loss"]
    assert "  review overdue since 2026-03-31" in lines
    assert [number(lines, label) for label in ("Whole clause", "Helpful")] == ["1", str(chat_buttons(lines) - 2)]
    assert chat.outcome == 0


def chat_buttons(lines: list[str]) -> int:
    return sum(len(re.findall(r"\[\d+\] ", line)) for line in lines if line.startswith("["))


def test_a_follow_up_leans_on_the_question_before_and_not_on_another_chat(begin: Begin) -> None:
    """It says how it was understood; in a chat of its own it is a question of its own."""
    chat = begin()
    chat.take("how long are payroll records kept?")
    assert "  Understood as: how long are payroll records kept? › and door camera footage?" in chat.take("and door camera footage?")
    other = begin()
    assert not any("Understood" in line for line in other.take("and door camera footage?"))


def test_buttons_open_the_clause_and_more_results_also_of_an_older_answer(begin: Begin) -> None:
    """Numbers go on growing, so that each stays its button."""
    chat = begin()
    first = chat.take("must the disk of a laptop be encrypted before it leaves the office?")
    second = chat.take("how long are payroll records kept?")
    assert int(number(second, "Whole clause")) == chat_buttons(first) + 1
    clause = chat.take("1")
    assert clause[:2] == ["── Whole clause ──", "  Laptop Standard v2.0 · §3.1 Disks"]
    assert any(line.startswith("  │ 3.1 Disks") for line in clause)
    assert "  After it" in clause
    more = chat.take(number(second, "More results"))
    assert more == ["  I have found nothing more that you may read."] or any(line.startswith("  │ ") for line in more)


@pytest.mark.parametrize("typed", ["0", "99", "1" * 5000])
def test_a_number_that_no_button_has_is_told_with_those_that_there_are(begin: Begin, typed: str) -> None:
    """Before anything was answered too; it is worth exit code 2."""
    chat = begin()
    assert chat.take(typed) == [f"There is no button {typed[:12]}: nothing was answered yet. Ask a question first."]
    last = chat_buttons(chat.take(LOST))
    assert chat.take(typed) == [f"There is no button {typed[:12]}; there are 1 to {last}, and the last ones are 1 to {last}."]
    assert chat.outcome == 2


def test_a_question_without_an_answer_says_so_and_whom_to_ask(begin: Begin) -> None:
    """It is worth exit code 1, and offers to ask the owner."""
    chat = begin(default_owner="Head of Security")
    lines = chat.take("who won the football last night?")
    assert any(line.startswith("  Your policies don't say. Please ask ") for line in lines)
    assert chat.outcome == 1
    assert "Helpful" not in " ".join(lines) and number(lines, "Ask the owner")


def test_what_is_no_question_is_told(begin: Begin) -> None:
    """With exit code 2; the chat goes on."""
    chat = begin()
    assert chat.take("?!") == ["  The question is empty. Ask in a sentence, for example: how long must a password be?"]
    assert chat.outcome == 2
    assert "at most" in chat.take("laptop " * 2000)[0] and chat.outcome == 2
    chat.take(LOST)
    assert chat.outcome == 0


def test_feedback_with_a_reason_is_recorded(begin: Begin, settings: Settings) -> None:
    """The form asks a field at a time, refuses what is no choice, and can be left; one who found it helpful after all says so."""
    chat = begin(audit_terminal=True)
    wrong = number(chat.take(LOST), "Not helpful")
    assert chat.take(wrong)[:2] == ["── Not helpful ──", "What was wrong with it? (a number; empty is 1, `cancel` ends it)"]
    assert chat.asks_for_a_field and chat.take("9") == ["Type a number from 1 to 4."]
    assert chat.take("3") == ["What should it have said? (empty leaves it out, `cancel` ends it)"]
    assert chat.take("two hours, since May") == ["  Thank you, I have noted that."]
    assert not chat.asks_for_a_field
    with Store.open(settings.state) as store:
        assert [(one.helpful, one.reason, one.comment) for one in store.feedback()] == [(False, "outdated", "two hours, since May")]
        chat.take(wrong)
        assert chat.take("Cancel") == ["Nothing was sent."] and not chat.asks_for_a_field
        assert [one.reason for one in store.feedback()] == ["outdated"]
        chat.take(str(int(wrong) - 1))
        assert [one.helpful for one in store.feedback()] == [True]


def test_asking_the_owner_says_that_it_needs_slack(begin: Begin) -> None:
    """And where it goes there; where no setting names the owner, that, as in Slack."""
    chat = begin(owners={"service desk": "C0DESK"})
    assert chat.take(number(chat.take(LOST), "Ask the owner")) == [
        "  This console is without Slack, so nothing was sent. In Slack it goes to C0DESK."
    ]
    chat = begin()
    assert chat.take(number(chat.take(LOST), "Ask the owner")) == [
        "  Nobody has told me how to reach Service Desk in Slack, so please ask them yourself."
    ]


def test_a_link_to_the_document_is_printed(begin: Begin) -> None:
    """Where the setting says how documents are reached."""
    chat = begin(document_url="https://files.example.org/{path}")
    assert chat.take(number(chat.take(LOST), "Open document")) == ["Open document: https://files.example.org/laptop-standard.md"]


def test_a_restricted_document_is_shown_to_its_group_alone(begin: Begin) -> None:
    """Not to another member, not by its buttons, and not to whoever sits there unnamed, whatever their login is called."""
    assert "extension 7788" in "\n".join(begin(ANALYST.upper()).take(FALCON))
    for user in (MEMBER, None, "stranger@example.org"):
        chat = begin(user)
        said = "\n".join([*chat.take(FALCON), *chat.take("and the falcon bridge?"), *chat.take("/where A.5.24")])
        last = chat_buttons(said.splitlines())
        said += "\n".join(line for place in range(1, last + 1) for line in chat.take(str(place)))
        assert "7788" not in said and HIDDEN_WORDS[1] not in said
        assert not [line for line in said.splitlines() if "falcon" in line.casefold() and "Understood" not in line]


def test_commands_are_those_of_slack(begin: Begin) -> None:
    """With and without their first word, a typo guessed."""
    chat = begin()
    assert chat.take("/isobot contorl A.5.18")[0] == "  ISO/IEC 27001:2022 A.5.18 Access rights"
    assert any("/isobot where A.8.13" in line for line in chat.take("/help"))
    assert chat.take("/settings") == ["  Settings are of a channel. Type /isobot settings in the channel that you mean."]


def test_answers_are_recorded_as_in_slack_where_a_setting_says_so(begin: Begin, settings: Settings) -> None:
    """Under the surface "chat" and the terminal's user, in the chain, those that a button brings too; else no state is made."""
    lines = begin(ANALYST).take(LOST)
    state = Path(settings.state.removeprefix("sqlite:///"))
    assert not state.exists() and not any("Recorded" in line for line in lines)
    chat = begin(ANALYST, audit_terminal=True)
    lines = chat.take(LOST)
    chat.take("/ask how long are payroll records kept?")
    with Store.open(settings.state) as store:
        first, second = store.answers()
        assert lines[-1] == f"Recorded as {first.id}"
        assert {first.surface, second.surface} == {"chat"} and second.question == "how long are payroll records kept?"
        assert store.people.identity_of(first.asker_ref) == f"terminal:{ANALYST}" == store.people.identity_of(second.asker_ref)
        assert store.verify_chain().holds and store.events.unfinished() == ()


def test_an_owners_reply_that_was_kept_is_shown(begin: Begin, settings: Settings) -> None:
    """As in Slack, also where the chat itself records nothing."""
    chat = begin(audit_terminal=True)
    chat.take(LOST)
    with Store.open(settings.state) as store:
        (record,) = store.answers()
        kept = store.owner_replies.add(LOST, "Call us as well.", "Service Desk", record.citations[0], "ref")
        store.owner_replies.move(kept, Status.SENT, Status.APPROVED, "ref")
    lines = begin().take(LOST)
    assert lines[0].startswith("  Service Desk replied to this question on ") and lines[1] == "  Call us as well."


def test_a_failure_is_a_sentence_with_a_reference_that_the_log_has(begin: Begin, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing of the inside is said, it is worth exit code 3, and the next question is answered."""
    chat = begin(responder=ScriptedResponder())
    with caplog.at_level(logging.ERROR):
        (line,) = chat.take("explode")
    found = re.fullmatch(r"  Something went wrong on my side\. .* this reference: ([0-9a-f]{8})", line)
    assert found and found[1] in caplog.text and "secret" not in line
    assert chat.outcome == 3
    assert any("About laptops" in line for line in chat.take("laptops")) and chat.outcome == 0


def test_a_failing_button_is_told_too(begin: Begin, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the reception, as in Slack."""
    chat = begin(responder=ScriptedResponder())
    chat.take("laptops")
    monkeypatch.setenv("NO_INDEX", "1")
    assert chat.take("1")[0].startswith("  Something went wrong on my side.")


def test_a_state_that_cannot_be_read_only_loses_owners_replies(
    begin: Begin, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Where nothing is to be recorded; that is said in the log."""
    Path(settings.state.removeprefix("sqlite:///")).write_text("no database", encoding="utf-8")
    assert any("within four hours" in line for line in begin().take(LOST))
    assert "owners' replies that were kept are not shown" in caplog.text


def test_no_scratch_is_left_behind(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was asked in a chat that is not recorded is gone with it."""
    from isobot.chat.session import chatting

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    responder: Any = ScriptedResponder()
    with suppress(KeyboardInterrupt), chatting(settings, responder) as chat:
        chat.take("laptops")
        assert list((tmp_path / "scratch").iterdir())
        raise KeyboardInterrupt
    assert list((tmp_path / "scratch").iterdir()) == []
