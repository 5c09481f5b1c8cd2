"""Commands, buttons, modals, the shortcut and App Home, with an index of the tiny organisation behind them, over a real socket."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from isobot.slack.all_parts import all_parts
from isobot.slack.manifest import SHORTCUT
from isobot.slack.parts import Command, Part, Parts
from isobot.slack.reception import command_of
from isobot.slack.visit import Visit
from isobot.state.store import Store
from tests.organisation import TODAY, index_of, matter, write_documents
from tests.slack.conftest import BotProcess
from tests.slack.stand_in import CHANNEL, COLLEAGUE, DIRECT, GUEST, PERSON, StandInSlack, person
from tests.slack.strictness import words_of

LOSS = "A lost laptop must be reported to the Service Desk within four hours."


def words(message: dict[str, Any]) -> str:
    blocks = message["blocks"]
    return "".join(words_of(json.loads(blocks) if isinstance(blocks, str) else blocks))


def whisper(slack: StandInSlack, number: int = 1) -> dict[str, Any]:
    slack.wait(lambda: len(slack.whispers) >= number, f"whisper {number}")
    return slack.whispers[number - 1]


def view(slack: StandInSlack, number: int = 1) -> dict[str, Any]:
    slack.wait(lambda: len(slack.views) >= number, f"view {number}")
    return slack.views[number - 1]


def test_the_way_of_an_answer(slack: StandInSlack, served: BotProcess, state: str) -> None:
    """Mentioned, answered with buttons; the clause opens whole with its neighbours; each button does what it says."""
    slack.mention("when must a lost laptop be reported?")
    (post,) = slack.wait_for_posts(1, 60)
    assert LOSS in words(post)
    assert "https://files.example.org/policies/laptop-standard.md" in json.dumps(post["blocks"])
    assert LOSS not in json.dumps([block for block in post["blocks"] if block["type"] == "actions"])
    slack.click(post, "Whole clause", COLLEAGUE)
    assert "3.2 Loss" in words(view(slack)) and "3.1 Disks" in words(view(slack)) and "3.3 Duties" in words(view(slack))
    slack.click(post, "Helpful", COLLEAGUE)
    assert words(whisper(slack)) == "Thank you, I have noted that."
    slack.click(post, "Not helpful")
    slack.submit(view(slack, 2), reason="outdated", comment="it is two hours now")
    slack.wait_for_posts(2)
    slack.click(post, "More results", GUEST)
    assert "as a guest" in words(whisper(slack, 2))
    slack.click(post, "Ask the owner")
    asked = slack.wait_for_posts(3)[2]
    assert asked["channel"] == CHANNEL and "when must a lost laptop be reported?" in words(asked)
    assert "I have asked Service Desk for you." in words(whisper(slack, 3))
    slack.click(asked, "Reply", COLLEAGUE)
    slack.submit(view(slack, 3), COLLEAGUE, reply="Two hours, as of *today* <!channel>.")
    reply, passed_on = slack.wait_for_posts(5)[3:]
    assert words(passed_on).startswith("I have passed your reply on.")
    assert reply["channel"] == CHANNEL and reply["thread_ts"] == post["thread_ts"]
    assert "Two hours, as of *today* <!channel>." in words(reply)
    assert served.end() == 0
    with Store.open(state) as store:
        assert [(one.helpful, one.reason, one.comment) for one in store.feedback()] == [
            (True, "", ""),
            (False, "outdated", "it is two hours now"),
        ]
    assert "(reference" not in served.errors()


def test_only_the_owner_replies_for_the_owner(slack: StandInSlack, served: BotProcess) -> None:
    """Who is not in the owner's channel can neither open the reply nor send one, whatever they submit; nor is another answer replied to."""
    slack.mention("when must a lost laptop be reported?")
    (post,) = slack.wait_for_posts(1, 60)
    slack.click(post, "Ask the owner")
    asked = slack.wait_for_posts(2)[1]
    slack.click(asked, "Reply", COLLEAGUE)
    form = view(slack)
    slack.channels[CHANNEL]["members"] = [COLLEAGUE]
    slack.users["U0EVE"] = person("U0EVE")
    slack.click(asked, "Reply", "U0EVE")
    assert words(whisper(slack, 2)) == "Only whom the question was sent to can reply to it here."
    slack.submit(form, "U0EVE", reply="Never.")
    assert words(slack.wait_for_posts(3)[2]) == "Only whom the question was sent to can reply to it here."
    back = json.loads(form["private_metadata"])
    forged = {**form, "private_metadata": json.dumps({**back, "value": json.dumps({**json.loads(back["value"]), "answer": "none"})})}
    slack.submit(forged, COLLEAGUE, reply="Never.")
    assert words(slack.wait_for_posts(4)[3]).startswith("I can no longer find that question.")
    slack.submit(form, COLLEAGUE, reply="x" * 3000)
    reply = slack.wait_for_posts(5)[4]
    assert "x" * 3000 in words(reply)


def test_what_is_for_some_reaches_nobody_else(slack: StandInSlack, served: BotProcess) -> None:
    """A clause for one group opens for who belongs to it alone, is not offered to the channel, and is not shared by a forged click."""
    slack.direct_message("whom to call when ransomware is suspected?")
    (post,) = slack.wait_for_posts(1, 60)
    assert "extension 7788" in words(post)
    slack.click(post, "Whole clause", COLLEAGUE)
    assert words(whisper(slack)).startswith("I cannot show that passage any more")
    slack.click(post, "Whole clause", PERSON)
    assert "7788" in words(view(slack))
    slack.command("whom to call when ransomware is suspected?")
    answered = whisper(slack, 2)
    assert "extension 7788" in words(answered) and "Share to the channel" not in json.dumps(answered)
    forged = {**answered, "blocks": json.loads(json.dumps(answered["blocks"]).replace("isobot_more", "isobot_share"))}
    slack.click(forged, "More results")
    assert "not everybody in this channel may read" in words(whisper(slack, 3))
    assert len(slack.posts) == 1


def test_what_only_the_asker_may_read_is_told_to_them_alone(slack: StandInSlack, served: BotProcess) -> None:
    """The channel gets what it would get from anybody, and the asker their own answer beside it; a channel of their like gets it whole."""
    question = "whom to call when ransomware is suspected?"
    slack.mention(question, user=COLLEAGUE)
    (theirs,) = slack.wait_for_posts(1, 60)
    slack.mention(question, user=PERSON)
    _, hers = slack.wait_for_posts(2)
    assert words(hers) == words(theirs) and "7788" not in words(hers)
    alone = whisper(slack)
    assert alone["user"] == PERSON and "extension 7788" in words(alone)
    assert len(slack.whispers) == 1
    slack.channels["C0SECURITY"] = {"id": "C0SECURITY", "members": [PERSON]}
    slack.mention(question, channel="C0SECURITY")
    assert "extension 7788" in words(slack.wait_for_posts(3)[2])
    slack.channels["C0MIXED"] = {"id": "C0MIXED", "members": [PERSON, GUEST]}
    slack.mention(question, channel="C0MIXED")
    assert words(slack.wait_for_posts(4)[3]).startswith("Guests or people of another organisation read this channel")


def test_a_follow_up_in_a_thread_leans_on_the_answer_there(slack: StandInSlack, served: BotProcess, state: str) -> None:
    """Whoever asks it, with or without a mention, in a channel and in a direct conversation; beside the thread it leans on nothing."""
    slack.mention("when must a lost laptop be reported?", user=COLLEAGUE)
    (first,) = slack.wait_for_posts(1, 60)
    slack.say("show me the whole clause", first["thread_ts"], user=COLLEAGUE)
    whole = slack.wait_for_posts(2)[1]
    assert whole["thread_ts"] == first["thread_ts"]
    assert "3.2 Loss" in words(whole) and LOSS in words(whole)
    slack.mention("who owns that policy?", thread_ts=first["thread_ts"])
    assert "Laptop Standard v2.0 is owned by Service Desk." in words(slack.wait_for_posts(3)[2])
    slack.mention("who owns that policy?")
    assert "is owned by" not in words(slack.wait_for_posts(4)[3])
    slack.direct_message("how long are payroll records kept?")
    direct = slack.wait_for_posts(5)[4]
    slack.direct_message("and door camera footage?", thread_ts=direct["thread_ts"])
    answered = slack.wait_for_posts(6)[5]
    assert "thirty days" in words(answered)
    assert "Understood as: how long are payroll records kept? › and door camera footage?" in words(answered)
    assert served.end() == 0
    with Store.open(state) as store:
        assert [one.question for one in store.answers()][-1] == "how long are payroll records kept? › and door camera footage?"


def test_a_follow_up_inherits_only_what_its_readers_may_read(slack: StandInSlack, served: BotProcess) -> None:
    """What the asker alone was told beside a channel's answer is not what the channel's next question is about."""
    slack.mention("whom to call when ransomware is suspected?", user=PERSON)
    (first,) = slack.wait_for_posts(1, 60)
    assert "extension 7788" in words(whisper(slack))
    slack.mention("show me the whole clause", user=COLLEAGUE, thread_ts=first["thread_ts"])
    shown = slack.wait_for_posts(2)[1]
    assert "7788" not in words(shown) and "alcon" not in words(shown)
    assert len(slack.whispers) == 1
    slack.mention("show me the whole clause", user=PERSON, thread_ts=first["thread_ts"])
    assert "7788" not in words(slack.wait_for_posts(3)[2])


def test_commands_answer_to_one_person_and_may_be_shared(slack: StandInSlack, served: BotProcess) -> None:
    """Plain words ask; what everybody may read can be handed on to the channel; controls are looked up; help tells of all."""
    slack.command("when must a lost laptop be reported?", COLLEAGUE)
    answered = whisper(slack)
    assert answered["response_type"] == "ephemeral" and LOSS in words(answered)
    slack.click(answered, "Share to the channel", COLLEAGUE)
    (post,) = slack.wait_for_posts(1)
    assert post["channel"] == CHANNEL and LOSS in words(post)
    slack.command("contorl A.8.1")
    assert words(whisper(slack, 2)).startswith("ISO/IEC 27001:2022 A.8.1 ") and "disk of every laptop" in words(whisper(slack, 2))
    slack.command("where a.5.18")
    assert "every six months" in words(whisper(slack, 3))
    slack.command("")
    assert "/isobot control A.8.13" in words(whisper(slack, 4)) and "/isobot where A.8.13" in words(whisper(slack, 4))
    slack.command("?!")
    assert words(whisper(slack, 5)).startswith("The question is empty.")
    slack.command("laptops?", GUEST)
    assert "as a guest" in words(whisper(slack, 6))


def test_what_is_shared_says_that_its_documents_differ(
    slack: StandInSlack, start: Callable[..., BotProcess], cache: Path, tmp_path: Path
) -> None:
    """Two documents state different hours: whoever is handed the answer is told so, as who asked was."""
    other = matter("Travel Rules", owner="Facilities") + f"# Travel Rules\n\n## 1 Loss\n\n{LOSS.replace('four', 'nine')}\n"
    documents = write_documents(tmp_path / "documents", **{"travel-rules.md": other})
    index_of(documents, tmp_path / "differing", cache)
    changed = {"ISOBOT_INDEX": str(tmp_path / "differing"), "ISOBOT_CACHE": str(cache), "ISOBOT_TODAY": TODAY}
    bot = start((sys.executable, "-m", "isobot", "slack", "run"), **changed)
    assert bot.first_line, bot.errors()
    slack.command("when must a lost laptop be reported?", COLLEAGUE)
    said = "Two documents in force differ here: "
    assert said in words(whisper(slack))
    slack.click(whisper(slack), "Share to the channel", COLLEAGUE)
    (post,) = slack.wait_for_posts(1)
    assert said in words(post) and "within four hours" in words(post) and "within nine hours" in words(post)


def test_a_message_can_be_asked_about(slack: StandInSlack, served: BotProcess) -> None:
    """The shortcut asks with the words of the message, and answers to who used it; a message without words is told so."""
    payload = {"type": "message_action", "callback_id": SHORTCUT, "user": {"id": PERSON}, "channel": {"id": CHANNEL}}
    slack.interact("interactive", payload | {"message": {"ts": "1.1", "text": "I lost my laptop, when must it be reported?"}})
    assert LOSS in words(whisper(slack))
    slack.interact("interactive", payload | {"message": {"ts": "1.2", "text": ""}})
    assert "no words" in words(whisper(slack, 2))


def test_app_home_shows_what_is_ones_own(slack: StandInSlack, served: BotProcess) -> None:
    """Ask from it; what I asked; the documents I own with their reviews; the index for admins alone."""
    slack.users[PERSON]["real_name"] = "service desk"
    slack.deliver({"type": "app_home_opened", "user": PERSON, "tab": "home", "channel": DIRECT})
    home = view(slack)
    assert "Documents you own" in words(home) and "review overdue since 2026-03-31" in words(home) and "Generation" not in words(home)
    payload = {"type": "block_actions", "user": {"id": PERSON}, "actions": [home["blocks"][1]["elements"][0]], "response_url": ""}
    slack.interact("interactive", payload)
    slack.submit(view(slack, 2), question="when must a lost laptop be reported?")
    (post,) = slack.wait_for_posts(1)
    assert post["channel"] == PERSON and LOSS in words(post)
    slack.deliver({"type": "app_home_opened", "user": PERSON, "tab": "home", "channel": DIRECT})
    assert "when must a lost laptop be reported?" in words(view(slack, 3))
    slack.deliver({"type": "app_home_opened", "user": COLLEAGUE, "tab": "home", "channel": DIRECT})
    assert "Generation" in words(view(slack, 4)) and "What you asked lately" not in words(view(slack, 4))
    slack.deliver({"type": "app_home_opened", "user": GUEST, "tab": "home", "channel": DIRECT})
    assert "as a guest" in words(view(slack, 5))


def test_the_agent_view_suggests_what_this_person_may_read(slack: StandInSlack, served: BotProcess) -> None:
    """Questions on documents in force, of those alone that are open to them; each is answered; a guest is suggested nothing."""
    for number, user in enumerate((GUEST, COLLEAGUE, PERSON)):
        slack.deliver({"type": "app_home_opened", "user": user, "tab": "messages", "channel": DIRECT})
        slack.wait(lambda expected=number: len(slack.prompts) >= expected, "prompts")
    theirs, hers = slack.prompts
    asked = [one["message"] for one in theirs["prompts"]]
    assert all(one.startswith("What does the ") and "Falcon" not in one for one in asked)
    assert any("Falcon" in one["message"] for one in hers["prompts"])
    assert theirs["title"] == "Try one of these, or ask in your own words:" and "thread_ts" not in theirs
    slack.direct_message(asked[0], user=COLLEAGUE)
    assert not words(slack.wait_for_posts(1)[0]).startswith("Your policies don't say")


def test_what_one_person_was_shown_is_taken_up_with_them_alone() -> None:
    """A click on a message in a thread belongs to the thread; one on what only they see there does not."""
    shown = {"type": "message", "channel_id": CHANNEL, "thread_ts": "1.5", "is_ephemeral": False}
    click = {"user": {"id": PERSON}, "channel": {"id": CHANNEL}, "actions": [{"value": "a1"}]}
    assert Visit.of(click | {"container": shown, "message": {"ts": "1.7", "thread_ts": "1.5"}}).thread_ts == "1.5"
    assert Visit.of(click | {"container": shown | {"is_ephemeral": True}}).thread_ts == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", ("help", "")), ("help", ("help", "")), ("hlep", ("help", "")), ("help me with laptops", ("ask", "help me with laptops")),
        ("ask may i?", ("ask", "may i?")), ("aks may i?", ("ask", "may i?")), ("may i?", ("ask", "may i?")),
        ("control A.8.13", ("control", "A.8.13")), ("contorl a.8.13", ("control", "a.8.13")),
        ("controls for visitors?", ("ask", "controls for visitors?")), ("where is the key?", ("ask", "where is the key?")),
        ("control", ("help", "")), ("where ", ("help", "")), ("control ISO/IEC 27001:2022 A.5.1", ("control", "ISO/IEC 27001:2022 A.5.1")),
        ("control xyz", ("control", "xyz")), ("control of keys", ("ask", "control of keys")), ("where toilets", ("ask", "where toilets")),
        ("task lists", ("ask", "task lists")), ("WHERE A.5.1", ("where", "A.5.1")),
    ],
)  # fmt: skip
def test_a_command_is_read_as_it_was_meant(typed: str, meant: tuple[str, str]) -> None:
    """A misspelt command is guessed, and what is no command is a question."""
    assert command_of(typed, all_parts().commands) == meant


def test_two_parts_cannot_bring_the_same_name() -> None:
    """Else one of them would never be heard."""
    one = Part("one", commands={"quiz": Command(lambda services, visit: None, "quiz", "Begin.")})
    with pytest.raises(ValueError, match="'two' brings the command 'quiz'"):
        Parts.of([one, Part("two", commands=one.commands)])
