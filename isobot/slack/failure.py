"""What a person is told when something failed: a sentence, with a reference that also stands in the log."""

from __future__ import annotations

import logging
import secrets

from corpus.errors import NothingCitedError, QuestionError, SlackError
from isobot.citation import ENGLISH
from isobot.languages import Language
from isobot.question import MAX_CHARACTERS
from isobot.slack.metrics import FAILURES
from isobot.slack.reply import Reply
from isobot.slack.tokens import is_code

CLOSED = frozenset(
    {
        "channel_not_found", "not_in_channel", "is_archived", "restricted_action", "user_not_in_channel",
        "account_inactive", "token_revoked", "invalid_auth",
    }
)  # fmt: skip

UNSURE = frozenset({"internal_error", "fatal_error", "service_unavailable"})
"""After the first two a part of the call may have been done, says docs.slack.dev, "chat.postMessage"; of the third it says neither."""
EXPIRED = frozenset({"expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id"})

log = logging.getLogger("isobot.slack")


def failure(what: str, words: Language = ENGLISH) -> Reply:
    """The sentence for a person whom something inside failed; call it where the error is being handled, so that the log has it."""
    given = reference()
    FAILURES.inc()
    log.exception("%s failed (reference %s)", what, given, extra={"reference": given})
    return Reply.saying(words.say("failure.inside", reference=given))


def not_posted(problem: BaseException, channel: str, words: Language = ENGLISH) -> Reply:
    """The sentence for a person who had something posted elsewhere, where Slack did not take it."""
    given = reference()
    FAILURES.inc()
    log.error("a message for %s could not be posted (reference %s): %s", channel, given, problem, extra={"reference": given})
    return Reply.saying(words.say("failure.closed" if is_closed(problem) else "failure.refused", reference=given))


def no_question(problem: QuestionError, words: Language) -> str:
    """Why what was typed is no question."""
    if isinstance(problem, NothingCitedError):
        return words.say("answer.no_more" if problem.more else "answer.nothing_cited")
    if problem.characters:
        return words.say("ask.long", number=f"{problem.characters:,}", most=f"{MAX_CHARACTERS:,}")
    return words.say("ask.empty")


def is_closed(problem: BaseException) -> bool:
    """Whether Slack lets the bot say nothing there any more, so that a second try is in vain."""
    return slack_error(problem) in CLOSED


def was_refused(problem: BaseException) -> bool:
    """Whether a message surely was not posted: it may not be, or Slack said no; not so where Slack, or what stands before it, broke."""
    if isinstance(problem, SlackError):
        return True
    code = slack_error(problem)
    return is_code(code) and code not in UNSURE


def has_expired(problem: BaseException) -> bool:
    """Whether a modal was not opened since what was clicked or typed is more than three seconds ago, or was answered before."""
    return slack_error(problem) in EXPIRED


def slack_error(problem: BaseException) -> str:
    """The code with which Slack refused a call; "" for another error."""
    data = getattr(getattr(problem, "response", None), "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def reference() -> str:
    """Short enough to be read out, long enough to be found in a log."""
    return secrets.token_hex(4)
