"""An owner's reply is kept after approval, shown with its clause to the same question, and to nobody who may not read that clause."""

from __future__ import annotations

import json
from typing import Any

from isobot.slack.curation import plain
from isobot.state.owner_replies import Status
from isobot.state.store import Store
from tests.slack.conftest import BotProcess
from tests.slack.stand_in import COLLEAGUE, DIRECT, PERSON, StandInSlack
from tests.slack.test_surface import LOSS, view, whisper, words

ASKED = "when must a lost laptop be reported?"
REPLY = "Two hours, as of *today* <!channel>."


def push(slack: StandInSlack, action: str, value: str, user: str) -> None:
    """Click a button of App Home."""
    button = {"type": "button", "action_id": action, "value": value}
    slack.interact("interactive", {"type": "block_actions", "user": {"id": user}, "actions": [button], "response_url": ""})


def home(slack: StandInSlack, user: str) -> dict[str, Any]:
    before = len(slack.views)
    slack.deliver({"type": "app_home_opened", "user": user, "tab": "home", "channel": DIRECT})
    return view(slack, before + 1)


def value_of(message: dict[str, Any], label: str) -> str:
    rows = (block["elements"] for block in message["blocks"] if block["type"] == "actions")
    return str(next(one["value"] for row in rows for one in row if one["text"]["text"] == label))


def test_the_way_of_an_owners_reply(slack: StandInSlack, served: BotProcess, state: str) -> None:
    """Replied, proposed by who replied, approved by an admin, and then given with its clause to whoever asks the same."""
    slack.mention(ASKED)
    (post,) = slack.wait_for_posts(1, 60)
    slack.click(post, "Ask the owner")
    asked = slack.wait_for_posts(2)[1]
    slack.click(asked, "Reply", COLLEAGUE)
    slack.submit(view(slack), COLLEAGUE, reply=REPLY)
    offered = next(one for one in slack.wait_for_posts(4)[2:] if one["channel"] == COLLEAGUE)
    id = value_of(offered, "Keep as an answer")
    told = len(slack.whispers)
    slack.click(offered, "Keep as an answer", PERSON)
    assert words(whisper(slack, told + 1)) == "Only who wrote a reply can have it kept."
    slack.click(offered, "Keep as an answer", COLLEAGUE)
    assert words(whisper(slack, told + 2)).startswith("I have put it to the admins.")
    assert "to be kept" not in words(home(slack, PERSON))
    shown = home(slack, COLLEAGUE)
    assert "Replies to be kept (1)" in words(shown) and REPLY in words(shown) and "§3.2 Loss" in words(shown)
    push(slack, "isobot_approve", id, PERSON)
    assert words(slack.wait_for_posts(5)[4]) == "Only admins decide what is kept."
    slack.command(ASKED)
    assert REPLY not in words(whisper(slack, told + 3))
    push(slack, "isobot_approve", id, COLLEAGUE)
    assert words(slack.wait_for_posts(6)[5]).startswith(f"Kept. Whoever asks “{ASKED}”")
    push(slack, "isobot_decline", id, COLLEAGUE)
    assert words(slack.wait_for_posts(7)[6]) == "That was decided before."
    slack.mention("When must a LOST laptop be reported")
    answered = slack.wait_for_posts(8)[7]
    assert words(answered).startswith("Service Desk replied to this question on 20") and REPLY in words(answered)
    assert LOSS in words(answered) and "broadcast" not in json.dumps(answered["blocks"])
    slack.command("by when do i have to report that my laptop is lost?")
    alone = whisper(slack, told + 4)
    assert REPLY in words(alone) and "Share to the channel" not in json.dumps(alone)
    slack.command("how often do owners review who has access?")
    assert REPLY not in words(whisper(slack, told + 5))
    with Store.open(state) as store:
        *_, last, _, _ = store.answers()
        assert last.notices[0].endswith(f"“{REPLY}”") and store.verify_chain().holds


def test_a_kept_reply_is_shown_with_its_clause_or_not_at_all(slack: StandInSlack, served: BotProcess, state: str) -> None:
    """To who may not read the clause it is as if nobody had replied; nor is it given where the clause has changed."""
    question = "whom to call when ransomware is suspected?"
    slack.direct_message(question)
    slack.wait_for_posts(1, 60)
    with Store.open(state) as store:
        (record,) = store.answers()
        id = store.owner_replies.add(question, "Call Zoe instead.", "Response Team", record.citations[0], "somebody")
        assert store.owner_replies.move(id, Status.SENT, Status.PROPOSED, "somebody")
        assert store.owner_replies.move(id, Status.PROPOSED, Status.APPROVED, "admin")
        assert not store.owner_replies.move(id, Status.PROPOSED, Status.DECLINED, "admin")
    slack.direct_message(question)
    assert "Call Zoe instead." in words(slack.wait_for_posts(2)[1])
    slack.direct_message(question, user=COLLEAGUE)
    assert "Zoe" not in words(slack.wait_for_posts(3)[2])
    slack.mention(question)
    assert "Zoe" not in words(slack.wait_for_posts(4)[3])


def test_questions_are_the_same_by_their_words() -> None:
    """Case, marks and spaces make no other question."""
    assert plain(" When  must a LOST laptop be reported?! ") == plain(ASKED)
