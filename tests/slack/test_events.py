"""What an event asks, who may be shown what, and which tokens serve."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SettingsError, SlackError
from isobot.slack.audience import FRESH_SECONDS, Audience, Refusal, groups_of
from isobot.slack.events import Asking, Surface, asking_from, deleted_in, words_of
from isobot.slack.tokens import APP_TOKEN, BOT_TOKEN, checked, checked_url, refused
from isobot.slack.unasked import reads_as_question
from isobot.slack.workspace import Workspace
from tests.slack.stand_in import BOT_USER, CHANNEL, COLLEAGUE, DIRECT, PERSON, TEAM, person

WORKSPACE = Workspace(TEAM, "Example", None, BOT_USER, "isobot")
MENTION = {"type": "app_mention", "user": PERSON, "channel": CHANNEL, "ts": "1.5", "text": f"<@{BOT_USER}> may i?"}
MESSAGE = {**MENTION, "type": "message", "channel_type": "im", "channel": DIRECT, "text": "may i?"}


def test_a_mention_asks_in_its_thread_and_a_direct_message_beside_itself() -> None:
    """A mention opens a thread on itself, or stays in the one it was made in; a direct message gets its reply below."""
    assert asking_from(MENTION, BOT_USER) == Asking("may i?", PERSON, CHANNEL, "1.5", "1.5", Surface.CHANNEL)
    assert asking_from({**MENTION, "thread_ts": "0.5"}, BOT_USER) == Asking("may i?", PERSON, CHANNEL, "1.5", "0.5", Surface.CHANNEL)
    assert asking_from(MESSAGE, BOT_USER) == Asking("may i?", PERSON, DIRECT, "1.5", None, Surface.DIRECT)
    assert asking_from(MESSAGE, BOT_USER, has_agent_view=True) == Asking("may i?", PERSON, DIRECT, "1.5", "1.5", Surface.DIRECT)


@pytest.mark.parametrize(
    "changed",
    [
        {"bot_id": "B1"}, {"subtype": "message_changed"}, {"subtype": "bot_message"}, {"subtype": "channel_join"}, {"hidden": True},
        {"edited": {"ts": "2"}}, {"user": BOT_USER}, {"user": "USLACKBOT"}, {"user": None}, {"type": "reaction_added"},
    ],
)  # fmt: skip
def test_what_no_person_has_just_said_asks_nothing(changed: dict[str, Any]) -> None:
    """Bots, edits, hidden subtypes and the bot itself are passed over, in channels and in direct messages."""
    assert asking_from({**MENTION, **changed}, BOT_USER) is None
    assert asking_from({**MESSAGE, **changed}, BOT_USER) is None


def test_a_deletion_names_the_message_that_is_gone() -> None:
    """Its channel and time; of one with replies Slack tells that it became a tombstone. An edit deletes nothing."""
    told = {"type": "message", "channel": CHANNEL, "hidden": True}
    assert deleted_in({**told, "subtype": "message_deleted", "deleted_ts": "1.5"}) == (CHANNEL, "1.5")
    changed = {**told, "subtype": "message_changed"}
    assert deleted_in({**changed, "message": {"subtype": "tombstone", "ts": "1.5"}}) == (CHANNEL, "1.5")
    assert deleted_in({**changed, "message": {"text": "may I?", "ts": "1.5"}}) is None
    assert deleted_in({**told, "subtype": "message_deleted"}) is None and deleted_in(MENTION) is None


PASSING = {**MENTION, "type": "message", "channel_type": "channel", "text": "may i?", "thread_ts": "0.5"}


def test_a_question_among_people_is_heard_and_not_taken_for_one_to_the_bot() -> None:
    """In public and private channels alike; group conversations are not heard."""
    assert asking_from(PASSING, BOT_USER) == Asking("may i?", PERSON, CHANNEL, "1.5", "0.5", Surface.CHANNEL, addressed=False)
    assert asking_from({**PASSING, "channel_type": "group"}, BOT_USER) is not None
    assert asking_from({**PASSING, "channel_type": "mpim"}, BOT_USER) is None


@pytest.mark.parametrize(
    "text", [f"<@{BOT_USER}> may i?", "<@U0BEN> may i?", "<!subteam^S1|@sec> may i?", "thanks!", "I am on it.", "", "👍", "What a day"]
)
def test_what_is_said_to_somebody_else_or_is_no_question_is_not_heard(text: str) -> None:
    """Nor is the twin of a mention, which is answered as the mention that it is."""
    asking = asking_from({**PASSING, "text": text}, BOT_USER)
    assert asking is None or text == "What a day"


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("and for contractors?", True), ("and for contractors", True), ("what about tablets", True), ("Und für Externe?", True),
        ("wie lange gilt das", True), ("is it (really?) so", True), ("must the disk be encrypted", True), ("may I", False),
        ("thanks, that helps", False), ("ok", False), ("", False), ("see https://a.example/?x=1 for more", False),
        ("and I will tell him tomorrow when we meet at the office again", False), ("I asked what to do.", False), ("?", False),
    ],
)  # fmt: skip
def test_questions_are_told_from_other_talk(words: str, question: bool) -> None:
    """By their mark or by how they begin; a question mark within an address is none."""
    assert reads_as_question(words) is question


def test_a_message_with_a_file_asks_what_its_words_ask() -> None:
    """Sharing a file is something a person says."""
    asking = asking_from({**MESSAGE, "subtype": "file_share", "files": [{"id": "F1"}]}, BOT_USER)
    assert asking is not None and asking.text == "may i?"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        (f"<@{BOT_USER}> may i?", "may i?"),
        (f"hey <@{BOT_USER}|isobot> may i?", "hey   may i?"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("see <https://a.example/x|the page> or <https://b.example>", "see the page or https://b.example"),
        ("<mailto:a@b.example|a@b.example> and <mailto:c@d.example>", "a@b.example and c@d.example"),
        ("<@U2> <#C1|general> <!here> <!subteam^S1|@sec> <!date^1^{date}|today>", "@U2 #general @here @sec today"),
        ("null\x00 half\ud800", "null half?"),
    ],
)
def test_words_are_read_as_they_were_typed(sent: str, typed: str) -> None:
    """Slack's references, links and entities are undone; what no database takes is not kept."""
    assert words_of(sent, BOT_USER) == typed


@given(st.text())
def test_any_text_becomes_words_that_utf8_carries(text: str) -> None:
    """No text of a message can break what keeps or searches it."""
    words = words_of(text, BOT_USER)
    assert words.encode("utf-8").decode("utf-8") == words


class FakeClient:
    """Answers users.info and conversations.info, and counts the calls."""

    def __init__(self, **user: Any) -> None:
        self.user, self.shared, self.calls = person(PERSON, **user), False, 0
        self.others: dict[str, Any] = {}
        self.members, self.lists = [PERSON, COLLEAGUE, BOT_USER], 0

    def users_info(self, user: str) -> dict[str, Any]:
        self.calls += 1
        return {"user": self.user if user == PERSON else person(user, **self.others)}

    def conversations_info(self, channel: str) -> dict[str, Any]:
        return {"channel": {"is_ext_shared": self.shared}}

    def conversations_members(self, channel: str, limit: int) -> list[dict[str, Any]]:
        if channel == "C0GONE":
            raise OSError("unreachable")
        return [{"members": self.members}]

    def usergroups_users_list(self, usergroup: str) -> dict[str, Any]:
        return {"users": [PERSON]}

    def users_list(self, limit: int) -> list[dict[str, Any]]:
        self.lists += 1
        return [{"members": [person(user, **self.others) for user in self.members]}]


def audience(client: FakeClient, clock: Any = lambda: 0.0, groups: Any = None) -> Audience:
    return Audience(client, WORKSPACE, {"AMIRA@example.org": frozenset({"security"}), "u0amira": frozenset({"board"})}, groups, clock)  # type: ignore[arg-type]


def asking(event: dict[str, Any]) -> Asking:
    found = asking_from(event, BOT_USER)
    assert found is not None
    return found


def test_groups_count_in_a_direct_message_alone() -> None:
    """By e-mail and by id, in any case of letters; a channel gets none of them."""
    assert audience(FakeClient()).of(asking(MESSAGE), {"is_ext_shared_channel": False}) == {"security", "board"}
    assert audience(FakeClient()).of(asking(MENTION), {"is_ext_shared_channel": False}) == frozenset()


def test_an_email_that_was_never_confirmed_gives_no_groups() -> None:
    """Anybody can write any address into a profile."""
    unconfirmed = person(PERSON, is_email_confirmed=False)
    assert groups_of(unconfirmed, {"amira@example.org": frozenset({"security"})}) == frozenset()


@pytest.mark.parametrize(
    "user",
    [
        {"is_restricted": True}, {"is_ultra_restricted": True}, {"is_stranger": True}, {"team_id": "T9"}, {"team_id": None},
        {"deleted": True}, {"is_bot": True}, {"team_id": "T9", "enterprise_user": {"enterprise_id": None}},
    ],
)  # fmt: skip
def test_who_is_no_full_member_is_refused(user: dict[str, Any]) -> None:
    """Guests, other organisations' people, bots and deactivated accounts, whatever the settings give them."""
    assert isinstance(audience(FakeClient(**user)).of(asking(MESSAGE), {"is_ext_shared_channel": False}), Refusal)


def test_a_member_of_the_same_enterprise_is_answered() -> None:
    """In an enterprise the people of its other workspaces are no strangers."""
    workspace = Workspace(TEAM, "Example", "E1", BOT_USER, "isobot")
    assert workspace.employs({"team_id": "T9", "enterprise_user": {"enterprise_id": "E1"}})
    assert not workspace.employs({"team_id": "T9", "enterprise_user": {"enterprise_id": "E2"}})


def test_a_shared_channel_is_refused_as_the_event_or_the_channel_tells() -> None:
    """Where the event does not say it, the channel is asked."""
    client = FakeClient()
    assert isinstance(audience(client).of(asking(MENTION), {"is_ext_shared_channel": True}), Refusal)
    assert audience(client).of(asking(MENTION), {}) == frozenset()
    client.shared = True
    assert isinstance(audience(client).of(asking(MENTION), {}), Refusal)


def test_what_slack_said_of_a_person_is_believed_for_a_while() -> None:
    """One call serves questions within the time, and a guest's new standing shows after it."""
    client, now = FakeClient(), [0.0]
    decides = audience(client, lambda: now[0])
    told = {"is_ext_shared_channel": False}
    assert decides.of(asking(MENTION), told) == decides.of(asking(MENTION), told) == frozenset()
    assert client.calls == 2  # the asker, and the one other member of the channel
    client.user, now[0] = person(PERSON, is_restricted=True), FRESH_SECONDS
    assert isinstance(decides.of(asking(MENTION), told), Refusal)


def test_a_channel_gets_what_all_its_members_may_read() -> None:
    """What everybody in it belongs to counts, whoever asks; one guest closes it; a list that cannot be had closes it too."""
    client = FakeClient()
    client.members = [PERSON, BOT_USER]
    assert audience(client).of_channel(CHANNEL) == {"security", "board"}
    client.members = [PERSON, COLLEAGUE]
    assert audience(client).of_channel(CHANNEL) == frozenset()
    client.others = {"is_restricted": True}
    assert isinstance(audience(client).of_channel(CHANNEL), Refusal)
    with pytest.raises(OSError, match="unreachable"):
        audience(client).of_channel("C0GONE")


def test_a_large_channel_is_looked_up_at_once() -> None:
    """The directory is read once, not a call for each of 500 people."""
    client = FakeClient()
    client.members = [f"U{number}" for number in range(500)]
    assert audience(client).of_channel(CHANNEL) == frozenset()
    assert (client.lists, client.calls) == (1, 0)


def test_groups_come_from_user_groups_channels_and_domains_and_fail_closed() -> None:
    """A person is of a group by any of its sources; one that cannot be read gives nothing; a domain is matched whole."""
    groups = {"a": frozenset({"S1"}), "b": frozenset({"C0GONE"}), "c": frozenset({"@example.org"}), "d": frozenset({"@ample.org"})}
    found = audience(FakeClient(), groups=groups).of_person(PERSON)
    assert found == {"security", "board", "a", "c"}
    assert audience(FakeClient(is_email_confirmed=False), groups=groups).of_person(PERSON) == {"board", "a"}


def test_a_token_is_checked_before_it_is_sent_and_explained_when_refused() -> None:
    """What another token mends is a matter of settings; no message shows a token."""
    assert checked(BOT_TOKEN, "xoxb-1") == "xoxb-1"
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN does not begin with xapp-"):
        checked(APP_TOKEN, "xoxb-secret")
    needed = refused(APP_TOKEN, {"error": "missing_scope", "needed": "connections:write"})
    assert isinstance(needed, SettingsError) and "a scope is missing (connections:write) (missing_scope)" in str(needed)
    assert isinstance(refused(BOT_TOKEN, {"error": "fatal_error"}), SlackError)


def test_an_api_address_ends_in_a_slash_and_is_http() -> None:
    """So that methods can be put after it."""
    assert checked_url("http://127.0.0.1:80/api") == "http://127.0.0.1:80/api/"
    assert checked_url(None) == "https://slack.com/api/"
    for wrong in ("127.0.0.1:80/api", "ftp://x/api", "http://"):
        with pytest.raises(SettingsError, match="which is no http address"):
            checked_url(wrong)
