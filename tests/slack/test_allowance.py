"""How many questions are taken within a minute, and what who asks more is told."""

from __future__ import annotations

from collections.abc import Callable

from isobot.slack.allowance import Allowance, Busy
from tests.slack.conftest import BotProcess
from tests.slack.stand_in import COLLEAGUE, StandInSlack
from tests.slack.strictness import words_of


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_person_may_ask_so_often_within_any_minute() -> None:
    """The third of two waits until the first is a minute old; others are not held up, and what was refused does not count."""
    clock = Clock()
    allowance = Allowance(2, 100, clock)
    assert allowance.take("U1") is None
    clock.seconds = 20.5
    assert allowance.take("U1") is None
    clock.seconds = 30.0
    assert allowance.take("U1") == allowance.take("U1") == Busy("ask.too_many", 2, 30)
    assert allowance.take("U2") is None
    clock.seconds = 60.0
    assert allowance.take("U1") is None
    assert allowance.take("U1") == Busy("ask.too_many", 2, 21)


def test_all_together_may_ask_so_often() -> None:
    """Whoever comes when the workspace has asked as often waits for the oldest question to be a minute old."""
    clock = Clock()
    allowance = Allowance(2, 3, clock)
    assert [allowance.take(user) for user in ("U1", "U2", "U3")] == [None] * 3
    clock.seconds = 59.9
    assert allowance.take("U4") == Busy("ask.all_ask", 3, 1)
    clock.seconds = 60.0
    assert allowance.take("U4") is None


def test_who_asks_too_often_is_told_when_to_ask_again(slack: StandInSlack, start: Callable[..., BotProcess]) -> None:
    """One friendly sentence, by a mention and by a command; a colleague is answered."""
    bot = start(ISOBOT_ASKS_PER_MINUTE="1")
    slack.mention("laptops")
    slack.wait_for_posts(1)
    slack.mention("keys")
    said = "".join(words_of(slack.wait_for_posts(2)[1]["blocks"]))
    assert said.startswith("You have asked me a lot just now; from one person I take at most 1 within a minute. Please ask again in ")
    slack.command("keys")
    slack.wait(lambda: len(slack.whispers) == 1, "the sentence")
    assert "from one person I take at most 1 within" in slack.whispers[0]["text"]
    slack.mention("keys", user=COLLEAGUE)
    assert "About keys" in "".join(words_of(slack.wait_for_posts(3)[2]["blocks"])), bot.errors()
