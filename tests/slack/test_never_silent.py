"""Whatever fails inside, whichever way somebody came in: they get a sentence with a reference, and the log has both it and the cause."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from isobot.slack.manifest import SHORTCUT
from tests.slack.conftest import SCRIPTED, BotProcess, variables
from tests.slack.stand_in import CHANNEL, DIRECT, PERSON, WAIT, StandInSlack
from tests.slack.strictness import words_of

REFERENCE = re.compile(r"tell whoever runs me this reference: ([0-9a-f]{8})")
CAUSE = "secret/path/of/the/server"
FIELD = {"type": "input", "element": {"type": "plain_text_input", "action_id": "question"}}
MODAL = {"type": "modal", "callback_id": "isobot_ask_view", "private_metadata": "{}", "blocks": [FIELD]}


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StandInSlack, BotProcess]]:
    """A bot whose answers fail where "explode" is asked, and that has no index to open clauses or App Home from."""
    folder = tmp_path_factory.mktemp("failing")
    with StandInSlack() as slack:
        bot = BotProcess(SCRIPTED, {**variables(slack, folder, f"sqlite:///{folder / 'state.db'}"), "NO_INDEX": "1"}, folder)
        assert bot.first_line, bot.errors()
        yield slack, bot
        bot.process.kill()
        bot.process.wait(WAIT)


def click(slack: StandInSlack, action: str, value: str) -> None:
    button = {"type": "button", "action_id": action, "value": value}
    slack.interact("interactive", {"type": "block_actions", "user": {"id": PERSON}, "channel": {"id": CHANNEL}, "actions": [button]})


def use_shortcut(slack: StandInSlack) -> None:
    message = {"ts": "1.1", "text": "explode"}
    slack.interact(
        "interactive",
        {"type": "message_action", "callback_id": SHORTCUT, "user": {"id": PERSON}, "channel": {"id": CHANNEL}, "message": message},
    )


def go_on(slack: StandInSlack) -> None:
    """Ask without a mention, where the bot has answered."""
    before = len(slack.posts)
    thread = slack.mention("laptops")["payload"]["event"]["ts"]
    slack.wait_for_posts(before + 1)
    slack.say("does it explode?", thread)


def open_clause(slack: StandInSlack) -> None:
    before = len(slack.posts)
    slack.mention("laptops")
    slack.click(slack.wait_for_posts(before + 1)[before], "Whole clause")


WAYS: dict[str, tuple[Callable[[StandInSlack], Any], str]] = {
    "mention": (lambda slack: slack.mention("explode"), CAUSE),
    "direct message": (lambda slack: slack.direct_message("explode"), CAUSE),
    "follow-up": (go_on, CAUSE),
    "command": (lambda slack: slack.command("explode"), CAUSE),
    "shortcut": (use_shortcut, CAUSE),
    "modal": (lambda slack: slack.submit(MODAL, question="explode"), CAUSE),
    "button": (open_clause, CAUSE),
    "App Home": (lambda slack: slack.deliver({"type": "app_home_opened", "user": PERSON, "tab": "home", "channel": DIRECT}), CAUSE),
    "settings": (lambda slack: slack.command("settings", "U0NOBODY"), "user_not_found"),
}


def told(slack: StandInSlack) -> list[dict[str, Any]]:
    return [*slack.posts, *slack.whispers, *slack.views]


def said_in(message: dict[str, Any]) -> str:
    blocks = message["blocks"]
    return "".join(words_of(json.loads(blocks) if isinstance(blocks, str) else blocks))


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_is_answered_with_a_reference_that_stands_in_the_log(way: str, failing: tuple[StandInSlack, BotProcess]) -> None:
    """Without a word of what failed; one sentence, once."""
    slack, bot = failing
    go, cause = WAYS[way]

    def references() -> list[str]:
        return [found[1] for one in told(slack) if (found := REFERENCE.search(said_in(one)))]

    before = references()
    go(slack)
    slack.wait(lambda: len(references()) > len(before), f"a sentence after {way}")
    (reference,) = set(references()) - set(before)
    assert not any(CAUSE in said_in(one) for one in told(slack))
    entry = bot.errors().split(f"(reference {reference})")[1].split("(reference ")[0]
    assert cause in entry


def test_a_trigger_that_expired_is_told_in_words_of_its_own(slack: StandInSlack, bot: BotProcess) -> None:
    """Slack gives up on a modal after three seconds, which is nobody's fault and wants no reference."""
    slack.failures["views.open"] = deque(["expired_trigger_id"])
    click(slack, "isobot_ask_here", "home")
    slack.wait(lambda: len(slack.whispers) == 1, "a sentence")
    assert said_in(slack.whispers[0]) == "Slack gave that up before I could show it. Please do it again."
    assert "reference" not in bot.errors()


def test_one_section_of_app_home_that_fails_leaves_the_others(failing: tuple[StandInSlack, BotProcess]) -> None:
    """The bot without an index still offers to be asked."""
    slack, _ = failing
    before = len(slack.views)
    slack.deliver({"type": "app_home_opened", "user": PERSON, "tab": "home", "channel": DIRECT})
    slack.wait(lambda: len(slack.views) > before, "App Home")
    assert said_in(slack.views[-1]).startswith("Ask what your policies say")
